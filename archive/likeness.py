"""How alike the texts of two reports are: the short runs of words they share, and what that says. Pure.

Outlets print the same wire copy cut, retitled, with other words for the actors and with paragraphs of their own. What
stays is most short runs of words. A text's shingles are its runs of SHINGLE words; its marks are the few shingles
whose digests are smallest, so that two texts share marks in proportion to what they share, however long they are.

The thresholds were found on benchmarks/reprints.py, all together; `python benchmarks/stories.py` tells what a change
of one of them costs.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from heapq import nsmallest

LIKENESS_VERSION = 1  # raised whenever the marks of a text change; older ones are then made anew

WORD = re.compile(r"\d+(?:[.,/:-]\d+)*|[^\W_]+")  # 6-3/16 · 1,200 · Mosul; Qa'im is two words, here and everywhere
SHINGLE = 4  # words
MARKS = 24  # of one text
MOST_TEXT = 200_000  # characters compared; more is a book, and a page must not keep an import waiting
DIGEST = 6  # bytes; a database keeps so small a number in as many
FEWEST = 24  # shingles, in a text and in common; fewer say too little

OPENING, SHORTEST_OPENING = 0.4, 40  # the part of a text that counts as its opening, and the fewest shingles of it
# Shared of the shorter text, at least: with an opening found in the other text, and without one.
SHARE, SHARE_WITHOUT_OPENING = 0.25, 0.7
OPENING_SHARE = 0.55  # shared of one text's opening, at least
# Within one outlet the house's own closing paragraphs and forms are shared too: there both openings must agree.
HOUSE_SHARE, HOUSE_OPENING_SHARE = 0.5, 0.6
# Words standing between shared ones: so many may be others, of the different words there; of the numbers, so many.
LONGEST_GAP = 14
EXCHANGED_WORDS, EXCHANGED_NUMBERS = 0.13, 0.34


class Words:
    """The words of a report's text, and what is compared of them."""

    def __init__(self, passages: Iterable[str]) -> None:
        self.words: tuple[str, ...] = tuple(WORD.findall("\n".join(passages)[:MOST_TEXT].casefold()))

    @cached_property
    def shingles(self) -> tuple[int, ...]:
        """The digests of every run of SHINGLE words, in order."""
        runs = zip(*(self.words[start:] for start in range(SHINGLE)), strict=False)
        return tuple(_digest(" ".join(run)) for run in runs)

    @cached_property
    def distinct(self) -> frozenset[int]:
        """The shingles, each once."""
        return frozenset(self.shingles)

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The smallest digests among the shingles, rising; none of a text too short to compare."""
        return tuple(nsmallest(MARKS, self.distinct)) if len(self.distinct) >= FEWEST else ()

    @cached_property
    def opening(self) -> frozenset[int]:
        """The shingles of the opening."""
        return frozenset(self.shingles[: max(SHORTEST_OPENING, int(len(self.shingles) * OPENING))])

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common, as shares from 0 to 1.

    `share` is of the shorter text's shingles; `openings` are of either text's opening, the larger first; `exchanged`
    of the words and `numbers` of the numbers that stand where the texts agree around them are others in one of them.
    """

    shared: int
    share: float
    openings: tuple[float, float]
    exchanged: float
    numbers: float

    def is_reprint(self, *, one_house: bool) -> bool:
        """Tell whether one text is a reprint of the other; `one_house` says that one outlet printed both."""
        if self.shared < FEWEST or self.exchanged > EXCHANGED_WORDS or self.numbers > EXCHANGED_NUMBERS:
            return False
        most, least = self.openings
        if one_house:
            return self.share >= HOUSE_SHARE and least >= HOUSE_OPENING_SHARE
        return self.share >= SHARE_WITHOUT_OPENING or (self.share >= SHARE and most >= OPENING_SHARE)


def compare_texts(one: Words, other: Words) -> Likeness:
    """Return what two texts have in common."""
    common = one.distinct & other.distinct
    openings = sorted((_part(a.opening & b.distinct, a.opening) for a, b in ((one, other), (other, one))), reverse=True)
    ways = [_exchanges(a, b, common) for a, b in ((one, other), (other, one))]
    return Likeness(
        shared=len(common),
        share=len(common) / max(1, min(len(one.distinct), len(other.distinct))),
        openings=(openings[0], openings[1]),
        exchanged=max(words for words, _ in ways),
        numbers=max(numbers for _, numbers in ways),
    )


def _exchanges(one: Words, other: Words, common: frozenset[int]) -> tuple[float, float]:
    """Return which part of a text's words, and of its numbers, is exchanged for others inside what is shared."""
    inside = [False] * len(one.words)
    for at, shingle in enumerate(one.shingles):
        if shingle in common:
            inside[at : at + SHINGLE] = [True] * SHINGLE
    same = {word for word, shared in zip(one.words, inside, strict=True) if shared}
    others = {one.words[at] for at in _between(inside)} - other.vocabulary
    numbers = {word for word in others if word[0].isdigit()}
    same_numbers = {word for word in same if word[0].isdigit()}
    return _part(others, same | others), _part(numbers, same_numbers | numbers)


def _between(inside: list[bool]) -> Iterator[int]:
    """Yield the places in short gaps between shared stretches."""
    last = None  # where the last shared word stands
    for at, shared in enumerate(inside):
        if shared:
            if last is not None and 1 < at - last <= LONGEST_GAP + 1:
                yield from range(last + 1, at)
            last = at


def _part(some: frozenset[int] | set[str], whole: frozenset[int] | set[str]) -> float:
    return len(some) / max(1, len(whole))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=DIGEST).digest(), "big")
