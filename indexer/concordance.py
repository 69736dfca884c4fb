"""Keyword in context (KWIC): every place where a query's words stand, with the words on either side.

The places are those the highlighting marks. Lines come as the reports are read; sorted by words or by outlet they are
put in order in runs on disk, so that no result is too large for memory.
"""

import heapq
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import IO, Literal, NamedTuple, TypeAlias, get_args

from archive.holdings import StoredReport
from indexer.analysis import tokenize
from indexer.document import make_document
from indexer.highlight import find_marks
from indexer.query.clauses import Clause, words_sought
from indexer.results import Diagnostic, Searched

LineOrder = Literal["newest", "oldest", "outlet", "L1", "L2", "L3", "R1", "R2", "R3", "keyword"]
LINE_ORDERS: tuple[LineOrder, ...] = get_args(LineOrder)
FIELDS = ("title", "text", "caption", "byline", "comments")  # where readers read, in this order
CONTEXT = 100  # characters on either side
NEIGHBOURS = 3  # words on either side that lines are sorted by
RUN = 20_000  # lines sorted in memory at a time
LAST = "\U0010ffff"  # sorts after every word

Key: TypeAlias = tuple[str, ...]


class Line(NamedTuple):
    """One place of one report: the keyword as printed and the text on either side, within the same passage.

    `passage` counts the report's paragraphs from 1, as its page does; None in a title, a caption or elsewhere.
    """

    report_id: str
    field: str
    passage: int | None
    left: str
    keyword: str
    right: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a query over the `total` reports that match it, in order, each given once; and what was searched."""

    total: int
    lines: Iterator[Line]
    searched: Searched
    diagnostics: tuple[Diagnostic, ...] = ()


def read_lines(reports: Iterable[StoredReport], clause: Clause) -> Iterator[Line]:
    """Yield every line of these reports, in their order and that of their text."""
    leaves = words_sought(clause)
    for stored in reports:
        report = stored.report
        texts = make_document(stored).texts
        outlet = report.outlet.name if report.outlet else None
        for field in FIELDS:
            for number, text in enumerate(texts[field], 1):
                for mark in find_marks(text, field, leaves):
                    yield Line(
                        stored.id,
                        field,
                        number if field == "text" else None,
                        _before(text, mark.start),
                        text[mark.start : mark.end],
                        _after(text, mark.end),
                        outlet,
                        report.published.edtf,
                    )


def sort_lines(lines: Iterable[Line], order: LineOrder, *, run: int = RUN) -> Iterator[Line]:
    """Yield lines in an order; lines that are alike in it stay as they come. Dates are the reports' own order."""
    key_of = KEYS.get(order)
    if key_of is None:
        yield from lines
        return
    waiting = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterator[tuple[Key, int, Line]]] = []
        number = 0
        while part := [(key_of(line), at, line) for at, line in enumerate(islice(waiting, run), number)]:
            number += len(part)
            part.sort(key=lambda entry: entry[:2])
            if len(part) < run and not runs:
                yield from (line for _, _, line in part)
                return
            runs.append(_keep(part, stack))
        yield from (line for _, _, line in heapq.merge(*runs, key=lambda entry: entry[:2]))


def _keep(part: Sequence[tuple[Key, int, Line]], stack: ExitStack) -> Iterator[tuple[Key, int, Line]]:
    run = tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass")  # noqa: SIM115 - the stack closes it
    file = stack.enter_context(run)
    for entry in part:
        file.write(json.dumps(entry) + "\n")
    file.seek(0)
    return _read_back(file)


def _read_back(file: IO[str]) -> Iterator[tuple[Key, int, Line]]:
    for written in file:
        key, number, line = json.loads(written)
        yield tuple(key), number, Line(*line)


def _before(text: str, at: int) -> str:
    """Return the words before a place, whole ones, so many characters at most."""
    if at <= CONTEXT:
        return text[:at]
    space = text.find(" ", at - CONTEXT, at)
    return text[space + 1 if space >= 0 else at - CONTEXT : at]


def _after(text: str, at: int) -> str:
    """Return the words after a place, as before it."""
    if len(text) - at <= CONTEXT:
        return text[at:]
    space = text.rfind(" ", at, at + CONTEXT + 1)
    return text[at : space if space > at else at + CONTEXT]


def _left_words(line: Line) -> Key:
    words = [token.folded for token in tokenize(line.left) if not token.joined]
    return tuple(reversed(words[-NEIGHBOURS:]))


def _right_words(line: Line) -> Key:
    words = (token.folded for token in tokenize(line.right) if not token.joined)
    return tuple(islice(words, NEIGHBOURS))


def _by_words(words_of: Callable[[Line], Key], first: int) -> Callable[[Line], Key]:
    """Return the key that looks at the first-th word on one side, then at those beyond it, then at the keyword."""
    return lambda line: (*_filled(words_of(line))[first - 1 :], line.keyword.casefold())


def _filled(words: Key) -> Key:
    # Where the passage ends there is no word: such lines come first.
    return (*words, *[""] * (NEIGHBOURS - len(words)))


KEYS: Mapping[LineOrder, Callable[[Line], Key]] = {
    "outlet": lambda line: ((line.outlet or LAST).casefold(), line.published or LAST),
    "keyword": lambda line: (line.keyword.casefold(), *_filled(_right_words(line))),
    "L1": _by_words(_left_words, 1),
    "L2": _by_words(_left_words, 2),
    "L3": _by_words(_left_words, 3),
    "R1": _by_words(_right_words, 1),
    "R2": _by_words(_right_words, 2),
    "R3": _by_words(_right_words, 3),
}
