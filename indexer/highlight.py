"""Where a query's words stand in a text: the same analysis and the same rules that found the report.

Marks are plain (text, matched) parts; joined in order they are the text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from indexer.analysis import Stream, Token, tokenize
from indexer.layout import find_pieces, list_forms
from indexer.query import clauses
from indexer.query.clauses import Clause, Close, Leaf, Term, words_sought
from indexer.query.matching import find_tokens
from indexer.results import Snippet

Parts: TypeAlias = tuple[tuple[str, bool], ...]

SNIPPET = 200  # characters
SNIPPETS = 2  # of one report, beside its title
MOST_READ = 100_000  # characters of a report looked through for snippets; a page of results must not wait for a book
PIECE = re.compile(r"\S+")  # al-Baghdadi,
ELLIPSIS = "…"
SHOWN_WHOLE = ("title", "byline", "media")  # short fields, shown as they are when something in them matches
SHOWN_IN_PIECES = ("text", "caption", "comments")


class Mark(NamedTuple):
    """A stretch of a text that a word of the query matched; `word` numbers the query's words."""

    start: int
    end: int
    word: int


class Window(NamedTuple):
    """A piece of one value of a field, and how well it shows the query: different words, then marks."""

    field: str
    text: str
    marks: tuple[Mark, ...]
    words: int


def mark_texts(texts: Mapping[str, Sequence[str]], clause: Clause) -> Mapping[str, tuple[Parts, ...]]:
    """Return every text of every field as parts."""
    leaves = words_sought(clause)
    return {
        field: tuple(cut(text, find_marks(text, field, leaves)) for text in values) for field, values in texts.items()
    }


def make_snippets(texts: Mapping[str, Sequence[str]], clause: Clause) -> tuple[Snippet, ...]:
    """Return the title and other short fields where they match, then the pieces that show the query best."""
    leaves = words_sought(clause)
    whole = [
        Snippet(field, cut(text, marks))
        for field in SHOWN_WHOLE
        for text in texts.get(field, ())
        if (marks := find_marks(text, field, leaves))
    ]
    windows: list[Window] = []
    room = MOST_READ
    for field in SHOWN_IN_PIECES:
        for text in texts.get(field, ()):
            windows += find_windows(field, text, find_marks(text[: max(room, 0)], field, leaves))
            room -= len(text)
    ranked = sorted(range(len(windows)), key=lambda at: (-windows[at].words, -len(windows[at].marks), at))
    best = [windows[at] for at in sorted(ranked[:SNIPPETS])]
    return (*whole, *(Snippet(window.field, show(window)) for window in best))


def find_marks(text: str, field: str, leaves: Sequence[Leaf]) -> tuple[Mark, ...]:
    """Return where the words looked for in this field stand in one text, in order and without overlap."""
    here = [(number, leaf) for number, leaf in enumerate(leaves) if leaf.field == field]
    here = _at_all(text, here)
    if not here:
        return ()
    tokens = _read_tokens(text, [leaf for _, leaf in here])
    marks = {mark for number, leaf in here for group in find_tokens(leaf, tokens) for mark in _marks(group, number)}
    return _without_overlap(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _at_all(text: str, leaves: Sequence[tuple[int, Leaf]]) -> list[tuple[int, Leaf]]:
    """Leave out the leaves whose words a text does not have; most texts of a page of results have none to be marked."""
    forms = cache(lambda stream: list_forms(text, stream))
    return [(number, leaf) for number, leaf in leaves if _has_all(leaf, forms)]


def _read_tokens(text: str, leaves: Sequence[Leaf]) -> Sequence[Token]:
    """Return the tokens in which these leaves are to be looked for.

    Single words are looked for one by one: then only the pieces that have one are read, and positions mean nothing.
    """
    forms: dict[Stream, set[str]] = {}
    for leaf in leaves:
        if not isinstance(leaf, Term):
            return tokenize(text)
        forms.setdefault(leaf.stream, set()).add(leaf.text)
    pieces = frozenset[str]().union(*(find_pieces(text, stream, wanted) for stream, wanted in forms.items()))
    return [
        token._replace(start=piece.start() + token.start, end=piece.start() + token.end)
        for piece in PIECE.finditer(text)
        if piece.group() in pieces
        for token in tokenize(piece.group())
    ]


def _has_all(leaf: Leaf, forms: Callable[[Stream], frozenset[str]]) -> bool:
    words = _words_of(leaf)
    return words is None or forms(words[0]).issuperset(words[1])


def _words_of(leaf: Leaf) -> tuple[Stream, tuple[str, ...]] | None:
    """Return the stream and the words that must all be there; None where a leaf names no words."""
    match leaf:
        case Term(_, stream, text):
            return stream, (text,)
        case clauses.Sequence(_, stream, words):
            return stream, words
        case Close(_, stream, one, other):
            return stream, (*one, *other)
        case _:
            return None


def cut(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> Parts:
    """Return text[start:end] in (text, matched) parts."""
    parts, at, stop = [], start, len(text) if end is None else end
    for mark in marks:
        if start <= mark.start and mark.end <= stop:
            parts += [(text[at : mark.start], False), (text[mark.start : mark.end], True)]
            at = mark.end
    parts.append((text[at:stop], False))
    return tuple(part for part in parts if part[0])


def find_windows(field: str, text: str, marks: Sequence[Mark]) -> list[Window]:
    """Return pieces of at most SNIPPET characters that together hold every mark."""
    windows, at = [], 0
    while at < len(marks):
        inside = [mark for mark in marks[at : at + SNIPPET] if mark.end <= marks[at].start + SNIPPET] or [marks[at]]
        windows.append(Window(field, text, tuple(inside), len({mark.word for mark in inside})))
        at += len(inside)
    return windows


def show(window: Window) -> Parts:
    """Return the words around a window's marks, cut between words, with … where the text goes on."""
    first, last = window.marks[0].start, window.marks[-1].end
    room = max(SNIPPET - (last - first), 0) // 2
    start = _word_start(window.text, max(first - room, 0), first)
    end = _word_end(window.text, min(last + SNIPPET - room - (last - first), len(window.text)), last)
    before, after = (ELLIPSIS if start else ""), (ELLIPSIS if end < len(window.text) else "")
    return tuple(
        part for part in ((before, False), *cut(window.text, window.marks, start, end), (after, False)) if part[0]
    )


def opening(texts: Sequence[str]) -> str:
    """Return the first words of a text, about as many as a snippet holds."""
    text = " ".join(texts[:3])
    if len(text) <= SNIPPET:
        return text
    return text[: _word_end(text, SNIPPET, 0) or SNIPPET].rstrip() + ELLIPSIS


def _marks(group: tuple[Token, ...], number: int) -> list[Mark]:
    """Return the marks of one match; words that follow each other are marked in one piece."""
    marks: list[Mark] = []
    position = -2
    for token in group:
        if token.position == position + 1:
            marks[-1] = marks[-1]._replace(end=token.end)
        else:
            marks.append(Mark(token.start, token.end, number))
        position = token.position
    return marks


def _without_overlap(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in marks:
        if kept and mark.start < kept[-1].end:
            kept[-1] = kept[-1]._replace(end=max(kept[-1].end, mark.end))
        else:
            kept.append(mark)
    return tuple(kept)


def _word_start(text: str, at: int, limit: int) -> int:
    """Return where the first whole word from `at` begins, not after `limit`."""
    if at == 0 or text[at - 1].isspace():
        return at
    space = text.find(" ", at, limit)
    return limit if space < 0 else space + 1


def _word_end(text: str, at: int, limit: int) -> int:
    """Return where the last whole word before `at` ends, not before `limit`."""
    if at >= len(text) or text[at].isspace():
        return at
    space = text.rfind(" ", limit, at)
    return limit if space < 0 else space
