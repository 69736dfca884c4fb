"""The advanced form → a query: each box of the form as a piece of the language, put together and written out."""

from dataclasses import dataclass
from typing import Final

from indexer.analysis import find_words
from indexer.query.dates import read_range
from indexer.query.limits import MAX_SLOP
from indexer.query.parser import combine, negate, parse
from indexer.query.terms import OPERATORS
from indexer.query.tokens import QUERY_FIELDS
from indexer.query.tree import And, DateRange, Has, Nearby, Node, Or, Phrase, UnknownDate, Within, Word, children
from indexer.query.writer import write
from indexer.results import Diagnostic

FIELD_BOXES: Final = ("title", "byline", "place", "name", "section", "caption", "media")
DEFAULT_NEARNESS: Final = 10


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader wrote into the boxes; empty boxes ask for nothing.

    `near` are the two sides of W/`within`. `where` names the fields that words, phrase and choices are looked for in,
    `fields` has a text for each of FIELD_BOXES that is asked about, `first` and `last` are dates as typed, `has` the
    keys of fields that must be known, and `more` is a query to start from.
    """

    words: str = ""
    phrase: str = ""
    choices: str = ""
    unwanted: str = ""
    near: tuple[str, str] = ("", "")
    within: int = DEFAULT_NEARNESS
    where: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    outlet: str = ""
    first: str = ""
    last: str = ""
    undated: bool = False
    has: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The query a form builds, and what the reader should know about it."""

    query: str
    diagnostics: tuple[Diagnostic, ...] = ()


def write_form(form: Form) -> Written:
    """Return the query of a form. Boxes are in the query language too, so a box may hold `bomb*` or `(a OR b)`."""
    diagnostics: list[Diagnostic] = []

    def read(text: str) -> Node | None:
        parsed = parse(text)
        diagnostics.extend(parsed.diagnostics)
        return parsed.tree if text.strip() and write(parsed.tree) else None

    words, choices, unwanted = read(form.words), read(form.choices), read(form.unwanted)
    sought = [words, _phrase(form.phrase), _as_choices(choices), _near(form)]
    fields = tuple(field for field in form.where if field in QUERY_FIELDS)
    parts = [
        read(form.more),
        _in_fields(fields, combine(And, [part for part in sought if part is not None])),
        *(_in_fields((key,), read(text)) for key, text in form.fields if key in FIELD_BOXES),
        _in_fields(("outlet",), _phrase(form.outlet)),
        _dates(form, diagnostics),
        *(Has(key) for key in form.has if key in QUERY_FIELDS),
        negate(_in_fields(fields, _as_choices(unwanted))),
    ]
    tree = combine(And, [part for part in parts if part is not None])
    # Written, read and written again: a box may hold what means something else inside a field, and the reader is to
    # see the query as it will be read.
    query = write(parse(write(tree)).tree) if tree else ""
    return Written(query, tuple(diagnostics))


def _phrase(text: str) -> Node | None:
    words = find_words(text)
    return Phrase(" ".join(words)) if words else None


def _near(form: Form) -> Node | None:
    """Return W/n of the two boxes; one of them alone is a word or phrase like any other."""
    sides = [side for text in form.near if (side := _side(text)) is not None]
    if len(sides) < len(form.near):
        return sides[0] if sides else None
    left, right = sides
    return Nearby(left, right, min(max(form.within, 0), MAX_SLOP))


def _side(text: str) -> Node | None:
    words = find_words(text)
    if len(words) == 1 and words[0] not in OPERATORS:
        return Word(words[0])
    return _phrase(text)


def _as_choices(node: Node | None) -> Node | None:
    return Or(children(node)) if isinstance(node, And) else node


def _in_fields(fields: tuple[str, ...], node: Node | None) -> Node | None:
    return Within(fields, node) if fields and node is not None else node


def _dates(form: Form, diagnostics: list[Diagnostic]) -> Node | None:
    first, last = form.first.strip() or None, form.last.strip() or None
    dates: list[Node] = [UnknownDate()] if form.undated else []
    if first or last:
        if read_range(first, last) is None:
            wrong = first if first and read_range(first, None) is None else last
            message = f"'{(wrong or '')[:40]}' is not a date. Write 2016, 2016-10 or 2016-10-17."
            diagnostics.append(Diagnostic("warning", message, 0, 0))
        else:
            dates.insert(0, DateRange(first, last))
    return combine(Or, dates)
