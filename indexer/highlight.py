"""Where a query's words stand in a text: the same analysis and the same rules that found the report.

Marks are plain (text, matched) parts; joined in order they are the text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from indexer.analysis import APOSTROPHES, HYPHENS, Stream, Token, tokenize
from indexer.layout import find_pieces, list_forms
from indexer.query import clauses
from indexer.query.clauses import Clause, Close, Leaf, StartsWith, Term, words_sought
from indexer.query.matching import WordLeaf, find_tokens, fits, stream_of
from indexer.results import Snippet
from indexer.spreading import words_of

Parts: TypeAlias = tuple[tuple[str, bool], ...]

SNIPPET = 200  # characters
SNIPPETS = 2  # of one report, beside its title
MOST_READ = 100_000  # characters of a report looked through for snippets; a page of results must not wait for a book
MOST_COMPARED = 20_000  # comparisons of a word with a pattern or a near spelling that are kept at hand
ELLIPSIS = "…"
TOGETHER = str.maketrans(dict.fromkeys(f"{APOSTROPHES}{HYPHENS}.,"))  # what may stand inside a word: U.S. → US
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
    if not here:
        return ()
    letters = text.lower().translate(TOGETHER) if text.isascii() else None
    if letters is not None:
        here = [(number, leaf) for number, leaf in here if _may_stand(leaf, letters)]
    if not here:
        return ()
    pieces = frozenset(text.split())  # no word reaches over white space
    forms: dict[Stream, frozenset[str]] = {}
    marks: set[Mark] = set()
    together: list[tuple[int, Leaf]] = []
    for number, leaf in here:
        if not isinstance(leaf, clauses.Sequence | Close):
            marks.update(_mark_word(text, pieces, leaf, number))
            continue
        if leaf.stream not in forms:
            forms[leaf.stream] = list_forms(pieces, leaf.stream)
        if forms[leaf.stream].issuperset(words_of(leaf)):
            together.append((number, leaf))
    tokens = tokenize(text) if together else ()
    for number, leaf in together:
        marks.update(mark for group in find_tokens(leaf, tokens) for mark in _marks(group, number))
    return _without_overlap(sorted(marks, key=lambda mark: (mark.start, -mark.end))) if marks else ()


def _may_stand(leaf: Leaf, letters: str) -> bool:
    """Tell whether a text with these letters and no signs inside its words may match: a quick look before a close one.

    Only the last two letters of a stem may be others than the word's: dying, die.
    """
    match leaf:
        case Term(_, "stem", text):
            return text[: max(len(text) - 2, 1)] in letters
        case Term(_, _, text) | StartsWith(_, text):
            return text.lower() in letters
        case clauses.Sequence() | Close():
            cut = 2 if leaf.stream == "stem" else 0
            return all(word[: max(len(word) - cut, 1)].lower() in letters for word in words_of(leaf))
        case _:
            return True


def _mark_word(text: str, pieces: frozenset[str], leaf: WordLeaf, number: int) -> Iterator[Mark]:
    """Yield the marks of one word; only the pieces of text that may have it are looked at closely."""
    stream = stream_of(leaf)
    for letters in _letters_of(leaf, pieces):
        for piece in find_pieces(pieces, stream, letters):
            spans = [(token.start, token.end) for token in tokenize(piece) if _fits(leaf, token.form(stream))]
            for at in _places_of(piece, text) if spans else ():
                yield from (Mark(at + start, at + end, number) for start, end in spans)


def _letters_of(leaf: WordLeaf, pieces: frozenset[str]) -> Iterable[str]:
    """Return letters of which some must stand in a word for the leaf to match it."""
    if isinstance(leaf, Term | StartsWith):
        return (leaf.text,)
    return [form for form in list_forms(pieces, "folded") if _fits(leaf, form)]


_fits = lru_cache(MOST_COMPARED)(fits)


def _places_of(piece: str, text: str) -> Iterator[int]:
    """Yield where a piece stands between white space."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(piece, at + 1)


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
