"""A clause against tokens, word by word: slow, obvious, and the definition the engines are tested by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Words

from indexer.analysis import Token
from indexer.query.clauses import Leaf, Near, Sequence, StartsWith, Term


def find_tokens(leaf: Leaf, tokens: Words[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield each group of tokens of one field that a leaf's words match."""
    if isinstance(leaf, Sequence):
        yield from _find_sequence(leaf, tokens)
        return
    for token in tokens:
        if _fits(leaf, token):
            yield (token,)


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


def _fits(leaf: Term | StartsWith | Near, token: Token) -> bool:
    match leaf:
        case Term(_, stream, text):
            return token.form(stream) == text
        case StartsWith(_, text):
            return token.folded.startswith(text)
        case Near(_, text, distance):
            return edit_distance(token.folded, text, distance) <= distance


def _find_sequence(leaf: Sequence, tokens: Iterable[Token]) -> Iterator[tuple[Token, ...]]:
    standing: dict[str, dict[int, Token]] = defaultdict(dict)
    for token in tokens:
        standing[token.form(leaf.stream)].setdefault(token.position, token)
    if all(word in standing for word in leaf.words):
        places = [standing[word] for word in leaf.words]
        for first in places[0].values():
            yield from _continue((first,), places, leaf.slop)


def _continue(found: tuple[Token, ...], places: list[dict[int, Token]], slop: int) -> Iterator[tuple[Token, ...]]:
    if len(found) == len(places):
        yield found
        return
    after = found[-1].position + 1
    for between in range(slop + 1):
        if token := places[len(found)].get(after + between):
            yield from _continue((*found, token), places, slop - between)
