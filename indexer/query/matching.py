"""A clause against tokens, word by word: slow, obvious, and the definition the engines are tested by."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Words
from fnmatch import fnmatchcase
from typing import TypeAlias

from indexer.analysis import Stream, Token
from indexer.query.clauses import Close, Leaf, Like, Near, Sequence, StartsWith, Term

WordLeaf: TypeAlias = Term | StartsWith | Like | Near


def find_tokens(leaf: Leaf, tokens: Words[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield each group of tokens of one field that a leaf's words match."""
    match leaf:
        case Sequence():
            yield from _find_sequence(leaf, tokens)
        case Close():
            yield from _find_close(leaf, tokens)
        case _:
            stream = stream_of(leaf)
            yield from ((token,) for token in tokens if fits(leaf, token.form(stream)))


def stream_of(leaf: WordLeaf) -> Stream:
    """Return the stream whose forms a leaf of one word is compared with."""
    return leaf.stream if isinstance(leaf, Term) else "folded"


def fits(leaf: WordLeaf, form: str) -> bool:
    """Tell whether a word, in the form it has in the leaf's stream, is what the leaf looks for."""
    match leaf:
        case Term(_, _, text):
            return form == text
        case StartsWith(_, text):
            return form.startswith(text)
        case Like(_, pattern):
            return is_like(form, pattern)
        case Near():
            return is_near(form, leaf)


def is_near(word: str, near: Near) -> bool:
    """Tell whether a folded word is as close to another as asked."""
    return word.startswith(near.text[: near.fixed]) and edit_distance(word, near.text, near.distance) <= near.distance


def is_like(word: str, pattern: str) -> bool:
    """Tell whether a folded word, which has no brackets, fits a pattern of letters, * and ?."""
    return fnmatchcase(word, pattern)


def edit_distance(one: str, other: str, limit: int) -> int:
    """Return the optimal string alignment distance of two words, or limit + 1 when it is more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for to, its in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != its))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == its:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _find_sequence(leaf: Sequence, tokens: Iterable[Token]) -> Iterator[tuple[Token, ...]]:
    standing: dict[str, dict[int, Token]] = defaultdict(dict)
    for token in tokens:
        standing[token.form(leaf.stream)].setdefault(token.position, token)
    if all(word in standing for word in leaf.words):
        places = [standing[word] for word in leaf.words]
        for first in places[0].values():
            yield from _continue((first,), places, leaf.slop)


def _find_close(leaf: Close, tokens: Words[Token]) -> Iterator[tuple[Token, ...]]:
    ones = _find_sequence(Sequence(leaf.field, leaf.stream, leaf.one), tokens)
    others = list(_find_sequence(Sequence(leaf.field, leaf.stream, leaf.other), tokens))
    starts = [other[0].position for other in others]
    for one in ones:
        after, before = one[-1].position + 1, one[0].position - len(leaf.other)
        for first, last in ((after, after + leaf.words), (before - leaf.words, before)):
            for other in others[bisect_left(starts, first) : bisect_right(starts, last)]:
                yield (*one, *other) if first == after else (*other, *one)


def _continue(found: tuple[Token, ...], places: list[dict[int, Token]], slop: int) -> Iterator[tuple[Token, ...]]:
    if len(found) == len(places):
        yield found
        return
    after = found[-1].position + 1
    for between in range(slop + 1):
        if token := places[len(found)].get(after + between):
            yield from _continue((*found, token), places, slop - between)
