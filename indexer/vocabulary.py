"""The words of one field, found by what a search compares: stem, folded form, beginning, pattern, near spelling."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from indexer.analysis import Stream, compare
from indexer.query.clauses import Near
from indexer.query.matching import is_like, is_near

LETTERS = re.compile(r"[^*?]*")  # bomb in bomb*ing
LAST = "\U0010ffff"


class Vocabulary:
    """The printed forms of one field, each found by every form it has."""

    def __init__(self, printed: Iterable[str]) -> None:
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_folded: dict[str, list[str]] = defaultdict(list)
        self._printed = set()
        for word in printed:
            folded, stem = compare(word)
            self._by_stem[stem].append(word)
            self._by_folded[folded].append(word)
            self._printed.add(word)
        self._sorted = sorted(self._by_folded)
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for folded in self._sorted:
            self._by_length[len(folded)].append((_letters(folded), folded))

    def with_form(self, stream: Stream, text: str) -> Sequence[str]:
        """Return the words that have this form in a stream."""
        if stream == "printed":
            return [text] if text in self._printed else []
        return (self._by_stem if stream == "stem" else self._by_folded).get(text, [])

    def beginning(self, text: str) -> Iterator[str]:
        """Yield the words whose folded form begins so."""
        for folded in self._from(text):
            yield from self._by_folded[folded]

    def like(self, pattern: str) -> Iterator[str]:
        """Yield the words whose folded form fits a pattern."""
        for folded in self._from(LETTERS.match(pattern)[0]):  # type: ignore[index] # matches any text
            if is_like(folded, pattern):
                yield from self._by_folded[folded]

    def near(self, near: Near) -> Iterator[str]:
        """Yield the words whose folded form is near another."""
        wanted, length = _letters(near.text), len(near.text)
        for other in range(length - near.distance, length + near.distance + 1):
            for letters, folded in self._by_length.get(other, ()):
                # One edit changes at most two of the letters used: a quick look that spares most comparisons.
                if (wanted ^ letters).bit_count() <= 2 * near.distance and is_near(folded, near):
                    yield from self._by_folded[folded]

    def _from(self, beginning: str) -> Sequence[str]:
        return self._sorted[bisect_left(self._sorted, beginning) : bisect_left(self._sorted, beginning + LAST)]


def _letters(word: str) -> int:
    """Return which letters a word has, as bits; letters far apart in Unicode may share one."""
    return reduce(or_, (1 << (ord(letter) & 63) for letter in word), 0)
