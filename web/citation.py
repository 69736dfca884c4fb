"""The line a reader copies into a footnote."""

from dataclasses import dataclass
from datetime import date

from indexer import StoredReport
from web.words import MONTHS, date_in_words, join_words


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation in print order; an absent part is None, and inferred dates stand in square brackets.

    `date` closes with the full stop of its sentence.
    """

    authors: str | None
    title: str
    outlet: str | None
    date: str
    media_id: str | None
    archive: str
    report_id: str
    address: str
    accessed: str


def cite(stored: StoredReport, *, title: str, archive: str, address: str, today: date) -> Citation:
    """Return the citation of a report as read on this day."""
    report = stored.report
    return Citation(
        authors=(join_words(report.byline.authors) or None) if report.byline else None,
        title=title,
        outlet=report.outlet.name if report.outlet else None,
        date=_date(stored),
        media_id=report.media_id.value if report.media_id else None,
        archive=archive,
        report_id=stored.id,
        address=address,
        accessed=f"{today.day} {MONTHS[today.month - 1]} {today.year}",
    )


def _date(stored: StoredReport) -> str:
    published = stored.report.published
    words = date_in_words(published.edtf)
    if words is None or published.basis == "unknown":
        return "n.d."
    return f"[{words}]." if published.basis == "inferred" else f"{words}."
