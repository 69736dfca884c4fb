"""What came in: every import, and what became of each page of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BatchLine, BatchReading, BatchRecord
from web.context import here
from web.paging import turn_pages
from web.words import ENDED_WORDS, OUTCOME_WORDS, count, date_in_words

pages = Blueprint("batches", __name__)

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class BatchView:
    """One import in the list."""

    number: int
    href: str
    day: str
    time: str
    by: str
    ended: str
    what: str
    figures: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the lines: an outcome and how many pages had it."""

    label: str
    count: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """What became of one page."""

    name: str
    outcome: str
    href: str | None
    code: str | None
    reason: str | None
    issues: str


@pages.get("/batches")
def index() -> ResponseReturnValue:
    """Show every import, the latest first."""
    page = render_template("batches.html", batches=[view_batch(one) for one in reversed(here().catalogue.batches())])
    return _unlisted(page)


@pages.get("/batches/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """Show one import: its figures, and what became of its pages; `?outcome=` shows only some."""
    catalogue = here().catalogue
    reading = catalogue.batch(number)
    outcome = request.args.get("outcome", "")
    chosen = outcome if outcome in reading.outcomes else ""
    total = reading.outcomes[chosen] if chosen else sum(reading.outcomes.values())
    last = max(1, -(-total // PER_PAGE))
    at = min(_page_number(), last)
    lines = catalogue.batch_lines(number, [chosen] if chosen else (), offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    page = render_template(
        "batch.html",
        batch=view_batch(reading.record),
        choices=_choices(reading, chosen),
        codes=[f"{code} × {times:,}" for code, times in reading.codes.items()],
        lines=[view_line(line) for line in lines],
        total=total,
        turning=turn_pages(at, last, lambda there: _href(number, chosen, there)),
    )
    return _unlisted(page)


def view_batch(record: BatchRecord) -> BatchView:
    """Return an import in words."""
    return BatchView(
        number=record.number,
        href=url_for("batches.show", number=record.number),
        day=date_in_words(record.started[:10]) or record.started,
        time=record.started[11:16] + " UTC",
        by=record.agent,
        ended=ENDED_WORDS.get(record.outcome, record.outcome or ""),
        what=" ".join(record.arguments),
        figures=", ".join(f"{number:,} {_word(outcome)}" for outcome, number in record.counts.items()),
    )


def view_line(line: BatchLine) -> LineView:
    """Return the line of one page in words."""
    return LineView(
        name=line.name,
        outcome=line.outcome,
        href=url_for("reports.show", report_id=line.report_id) if line.report_id else None,
        code=line.code,
        reason=line.reason,
        issues=", ".join(dict.fromkeys(line.issues)),
    )


def _choices(reading: BatchReading, chosen: str) -> Sequence[Choice]:
    number = reading.record.number
    every = Choice("all", count(sum(reading.outcomes.values()), "page"), _href(number, "", 1), not chosen)
    known = [outcome for outcome in OUTCOME_WORDS if outcome in reading.outcomes]
    return [
        every,
        *(
            Choice(_word(outcome), f"{reading.outcomes[outcome]:,}", _href(number, outcome, 1), outcome == chosen)
            for outcome in known
        ),
    ]


def _word(outcome: str) -> str:
    return OUTCOME_WORDS.get(outcome, outcome)


def _href(number: int, outcome: str, page: int) -> str:
    return url_for("batches.show", number=number, outcome=outcome or None, page=page if page > 1 else None)


def _page_number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else 1


def _unlisted(page: str) -> ResponseReturnValue:
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
