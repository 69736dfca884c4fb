"""Two versions of one piece of copy, sentence by sentence: what stayed, what was changed, cut, added or moved. Pure."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple

Change = Literal["same", "changed", "moved", "cut", "added"]
Parts = tuple[tuple[str, bool], ...]

# He said so. “We left.” | The convoy …: a sentence ends before a space and a capital, a figure or a quotation mark,
# but not after one capital letter (U.S. | Army) or a common short form.
SENTENCE_END = re.compile(
    r"(?<![\s.(][A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bGen\.)(?<!\bCol\.)(?<!\bNo\.)"
    r"(?<=[.!?؟۔।。])[\"”’»)\]]?\s+(?=[^\Wa-z_]|[\"“‘«(\[¿¡])"
)
WORD = re.compile(r"\s*\S+")
LETTERS = re.compile(r"[^\W_]+")
ALIKE = 0.45  # of two sentences' pairs of words, shared: one is then a version of the other
MOST_SENTENCES = 2_000  # of one version; a page must not wait for a book
MOST_HOLDERS = 50  # sentences with one pair of words that are looked at: the same line may stand in a text very often
LONGEST_NAME = 5  # words exchanged for others that still read as a name


class Row(NamedTuple):
    """One sentence of the first version beside that of the second; a side that lacks it is empty.

    Sides are (text, differs) parts that joined are the sentence; `ends` tells that a paragraph of the first version,
    or of the second where the first lacks the sentence, ends here.
    """

    change: Change
    first: Parts
    second: Parts
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions as rows, and which words of the first are others in the second, with how often, most often first."""

    rows: tuple[Row, ...]
    renamed: tuple[tuple[str, str, int], ...]

    def count(self, change: Change) -> int:
        """Return how many sentences changed so."""
        return sum(row.change == change for row in self.rows)


class Sentence(NamedTuple):
    """One sentence; `ends` tells that its paragraph ends with it."""

    text: str
    ends: bool


def split_sentences(paragraphs: Iterable[str]) -> tuple[Sentence, ...]:
    """Return the sentences of a text, so many at most."""
    found: list[Sentence] = []
    for paragraph in paragraphs:
        texts = list(_cut(paragraph))
        found += [Sentence(text, number == len(texts)) for number, text in enumerate(texts, 1)]
        if len(found) >= MOST_SENTENCES:
            break
    return tuple(found[:MOST_SENTENCES])


def compare_versions(first: Sequence[Sentence], second: Sequence[Sentence]) -> Comparison:
    """Compare two versions, given in sentences; what moved stands where the first version has it."""
    pairs = _pair(first, second)
    in_order = _rising(pairs)
    rows: list[Row] = []
    renamed: Counter[tuple[str, str]] = Counter()
    taken = {at for at in pairs if at is not None}
    to = 0
    for at, sentence in enumerate(first):
        partner = pairs[at]
        if partner is None:
            rows.append(Row("cut", ((sentence.text, True),), (), sentence.ends))
            continue
        if at in in_order:
            rows += _added(second, range(to, partner), taken)
            to = partner + 1
        row, exchanged = _beside(sentence, second[partner], moved=at not in in_order)
        rows.append(row)
        renamed.update(exchanged)
    rows += _added(second, range(to, len(second)), taken)
    return Comparison(tuple(rows), tuple((*pair, times) for pair, times in renamed.most_common()))


def count_printing(base: Sequence[Sentence], others: Iterable[Sequence[Sentence]]) -> tuple[int, ...]:
    """Return for each sentence how many of the other versions print it, changed or not."""
    printed = [0] * len(base)
    for other in others:
        for at, partner in enumerate(_pair(base, other)):
            printed[at] += partner is not None
    return tuple(printed)


def _cut(paragraph: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(paragraph):
        yield paragraph[start : end.end()].strip()
        start = end.end()
    if paragraph[start:].strip():
        yield paragraph[start:].strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(LETTERS.findall(text.casefold()))


def _turns(text: str) -> Counter[tuple[str, ...]]:
    words = ("", *_words(text), "")
    return Counter(pairwise(words))


def _pair(first: Sequence[Sentence], second: Sequence[Sentence]) -> list[int | None]:
    """Return for each sentence of the first version the one of the second that prints it; each is used once."""
    turns = [_turns(sentence.text) for sentence in second]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, found in enumerate(turns):
        for turn in found:
            holders[turn].append(at)
    scored = []
    for at, sentence in enumerate(first):
        own = _turns(sentence.text)
        shared: Counter[int] = Counter()
        for turn, times in own.items():
            for other in holders.get(turn, ())[:MOST_HOLDERS]:
                shared[other] += min(times, turns[other][turn])
        for other, times in shared.items():
            likeness = 2 * times / (own.total() + turns[other].total())
            if likeness >= ALIKE:
                scored.append((-likeness, abs(at - other), at, other))
    partners: list[int | None] = [None] * len(first)
    used: set[int] = set()
    for _, _, at, other in sorted(scored):
        if partners[at] is None and other not in used:
            partners[at] = other
            used.add(other)
    return partners


def _rising(pairs: Sequence[int | None]) -> set[int]:
    """Return the places of the longest run of partners that stand in the same order in both versions."""
    tails: list[int] = []  # partners that end the best runs of each length
    holders: list[int] = []  # and where they stand
    before: dict[int, int | None] = {}
    for at, partner in enumerate(pairs):
        if partner is None:
            continue
        length = bisect_left(tails, partner)
        before[at] = holders[length - 1] if length else None
        tails[length : length + 1] = [partner]
        holders[length : length + 1] = [at]
    run, last = set(), holders[-1] if holders else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def _added(second: Sequence[Sentence], places: Iterable[int], taken: set[int]) -> Iterator[Row]:
    for at in places:
        if at not in taken:
            yield Row("added", (), ((second[at].text, True),), second[at].ends)


def _beside(one: Sentence, other: Sentence, *, moved: bool) -> tuple[Row, list[tuple[str, str]]]:
    """Return two versions of a sentence with their differing words marked, and the words exchanged for others."""
    left, right = WORD.findall(one.text), WORD.findall(other.text)
    keys = [[" ".join(_words(word)) or word.strip() for word in side] for side in (left, right)]
    first: list[tuple[str, bool]] = []
    second: list[tuple[str, bool]] = []
    exchanged = []
    for kind, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        differs = kind != "equal"
        first.append(("".join(left[i:j]), differs))
        second.append(("".join(right[k:m]), differs))
        if kind == "replace" and max(j - i, m - k) <= LONGEST_NAME:
            exchanged.append((" ".join(keys[0][i:j]), " ".join(keys[1][k:m])))
    changed = any(differs for _, differs in (*first, *second))
    kind_of: Change = "moved" if moved else "changed" if changed else "same"
    return Row(kind_of, _without_empty(first), _without_empty(second), one.ends), exchanged


def _without_empty(parts: Iterable[tuple[str, bool]]) -> Parts:
    return tuple(part for part in parts if part[0])
