"""Where the words of a phrase may stand, as exact phrases for an engine whose own nearness is another than ours.

Positions are those of indexer/layout.py.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, product
from typing import TypeAlias

from indexer.layout import BESIDE
from indexer.query import clauses
from indexer.query.clauses import Close

MOST_PHRASES = 600  # ways to read one phrase that are tried: spreads of its words, times forms that may be joined ones

Places: TypeAlias = tuple[int, ...]
Words: TypeAlias = tuple[str, ...]
Phrase: TypeAlias = tuple[Sequence[tuple[int, str]], int]  # words with their positions, and how far the last may be off


def words_of(leaf: clauses.Sequence | Close) -> Words:
    """Return the words that must all stand in a field."""
    return leaf.words if isinstance(leaf, clauses.Sequence) else (*leaf.one, *leaf.other)


def spread_words(leaf: clauses.Sequence | Close, stands_joined: Callable[[str], bool]) -> list[Phrase]:
    """Return the phrases that together are every way for the words to stand.

    The library's own slop is another rule than ours: the edits to the positions asked for, in any direction. For two
    words it comes to "the second at most so far from this position", which says ours when aimed at the middle of
    where the second may stand. For more words there is one exact phrase for each way to spread the words between. All
    of them are asked for each word that is somewhere the joined form of a name as well, with its sign for that.
    """
    may_stand = cache(lambda word: (word, BESIDE + word) if stands_joined(word) else (word,))
    if isinstance(leaf, clauses.Sequence) and len(leaf.words) == 2:  # noqa: PLR2004 - a pair
        return [phrase for pair in product(*map(may_stand, leaf.words)) for phrase in _spread_pair(pair, leaf.slop)]
    if isinstance(leaf, clauses.Sequence):
        placed = ((places, leaf.words) for places in arrange(len(leaf.words), leaf.slop))
    else:
        orders = ((leaf.one, leaf.other), (leaf.other, leaf.one))
        if len(leaf.one) == len(leaf.other) == 1:
            return [
                phrase
                for first, second in orders
                for pair in product(*map(may_stand, first + second))
                for phrase in _spread_pair(pair, leaf.words)
            ]
        placed = (
            ((*range(len(first)), *range(len(first) + between, len(first) + between + len(second))), first + second)
            for first, second in orders
            for between in range(leaf.words + 1)
        )
    return list(islice(_stand(placed, may_stand), MOST_PHRASES))


def _stand(placed: Iterable[tuple[Places, Words]], may_stand: Callable[[str], Words]) -> Iterator[Phrase]:
    # Every way with no joined form comes before the first with one, should they be too many.
    for places, words in sorted(placed, key=lambda pair: pair[0][-1]):
        for forms in product(*map(may_stand, words)):
            yield tuple(zip(places, forms, strict=True)), 0


def _spread_pair(pair: Words, between: int) -> list[Phrase]:
    first, second = pair
    half, odd = divmod(between, 2)
    near = (((0, first), (1 + half, second)), half)
    return [near, (((0, first), (1 + between, second)), 0)] if odd else [near]


def arrange(words: int, slop: int) -> Iterator[tuple[int, ...]]:
    """Yield the positions of so many words in order, first at 0, with at most `slop` positions left between them."""
    if words == 1:
        yield (0,)
        return
    for between in range(slop + 1):
        for rest in arrange(words - 1, slop - between):
            yield (0, *(place + 1 + between for place in rest))
