"""Tree → clause: every word analysed, every field named, every date counted in days."""

import re
from collections.abc import Iterable
from itertools import product

from indexer.analysis import MAX_WORD, Stream, Token, find_words, fold, tokenize
from indexer.query.clauses import (
    EVERYTHING,
    NOTHING,
    All,
    AnyOf,
    Between,
    Clause,
    Close,
    Has,
    Like,
    Near,
    Sequence,
    StartsWith,
    Term,
    Undated,
    Without,
)
from indexer.query.dates import read_range
from indexer.query.tree import (
    And,
    DateRange,
    Fuzzy,
    Leaf,
    Nearby,
    Node,
    Not,
    Or,
    Phrase,
    UnknownDate,
    Wildcard,
    Within,
    Word,
    sides,
)
from indexer.query.tree import Has as HasField

PIECE = re.compile(r"[*?]|[^*?]+")  # m, * and sul of m*sul
MAX_FREE_NAMES = 3  # hyphenated names in one phrase that are tried with and without their hyphens independently


def understand(  # noqa: PLR0911 - one line for each kind of node
    tree: Node, fields: tuple[str, ...], *, certain: bool = False
) -> Clause:
    """Return what a tree asks for when words without a field are looked for in `fields`."""
    match tree:
        case And(parts):
            return All(tuple(understand(part, fields, certain=certain) for part in parts))
        case Or(parts):
            return AnyOf(tuple(understand(part, fields, certain=certain) for part in parts))
        case Not(part):
            return Without(understand(part, fields, certain=certain))
        case Within(named, part):
            return understand(part, named, certain=certain)
        case Nearby():
            return _understand_nearby(tree, fields)
        case DateRange(start, end):
            days = read_range(start, end)
            return Between(days.first, days.last, certain) if days else NOTHING
        case _:
            return _understand_leaf(tree, fields)


def _understand_nearby(tree: Nearby, fields: tuple[str, ...]) -> Clause:
    ones, others = sides(tree.left), sides(tree.right)
    # Words are compared alike on both sides: = before one of them holds for all.
    exact = any(leaf.exact for leaf in (*ones, *others))
    stream = _stream([leaf.text for leaf in (*ones, *others)], exact=exact)
    return _any(
        [
            Close(field, stream, left, right, tree.words)
            for field in fields
            for one, other in product(ones, others)
            for left, right in product(_forms(one.text, stream), _forms(other.text, stream))
        ]
    )


def _understand_leaf(leaf: Leaf, fields: tuple[str, ...]) -> Clause:
    match leaf:
        case Word(text, exact):
            return _in_fields(text, 0, fields, exact=exact)
        case Phrase(text, slop, exact):
            return _in_fields(text, slop, fields, exact=exact)
        case Wildcard(pattern):
            return _any([_like(field, pattern) for field in fields])
        case Fuzzy(text, distance, fixed):
            return _any([Near(field, _in_one_piece(text), distance, fixed) for field in fields])
        case HasField(field):
            return Without(Undated()) if field == "date" else Has(field)
        case _:
            return Undated() if isinstance(leaf, UnknownDate) else EVERYTHING


def _in_fields(text: str, slop: int, fields: tuple[str, ...], *, exact: bool) -> Clause:
    stream = _stream([text], exact=exact)
    return _any([_words(field, stream, words, slop) for field in fields for words in _forms(text, stream)])


def _stream(texts: Iterable[str], *, exact: bool) -> Stream:
    # Smart case: what is typed without capitals and accents is found in any case; typed with them, only as printed.
    shown = any(token.printed != token.folded for text in texts for token in tokenize(text))
    return "stem" if not exact else "printed" if shown else "folded"


def _forms(text: str, stream: Stream) -> list[tuple[str, ...]]:
    """Return the words to compare for each way to read a text."""
    return [tuple(token.form(stream) for token in reading) for reading in _readings(text)]


def _words(field: str, stream: Stream, words: tuple[str, ...], slop: int) -> Clause:
    return Term(field, stream, words[0]) if len(words) == 1 else Sequence(field, stream, words, slop)


def _readings(text: str) -> list[tuple[Token, ...]]:
    """Return the ways to read a text: each hyphenated name in its parts, or in one piece."""
    names = [_name_readings(word) for word in find_words(text)]
    if sum(len(ways) > 1 for ways in names) <= MAX_FREE_NAMES:
        chosen = list(product(*names))
    else:
        chosen = [tuple(ways[0] for ways in names), tuple(ways[-1] for ways in names)]
    return [tuple(token for way in ways for token in way) for ways in chosen if ways]


def _name_readings(word: str) -> list[tuple[Token, ...]]:
    tokens = tokenize(word)
    parts = tuple(token for token in tokens if not token.joined)
    whole = next((token for token in tokens if token.joined), None)
    return [parts, (whole,)] if whole else [parts]


def _like(field: str, pattern: str) -> Clause:
    folded = "".join(piece if piece in "*?" else _in_one_piece(piece) for piece in PIECE.findall(pattern))
    plain = folded.removesuffix("*")
    return StartsWith(field, plain) if plain != folded and not set(plain) & set("*?") else Like(field, folded)


def _in_one_piece(text: str) -> str:
    return fold("".join(token.printed for token in tokenize(text) if not token.joined))[:MAX_WORD]


def _any(parts: list[Clause]) -> Clause:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
