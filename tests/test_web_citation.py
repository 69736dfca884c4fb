"""The line a reader copies into a footnote."""

from datetime import date

import pytest

from archive.model import AuthorKind, Byline, Date, DateBasis, Report, Source, StoredReport
from web.citation import cite

SOURCE = Source("page.txt", "0" * 64, "text/plain", 1)
PERSON: AuthorKind = "person"


def cited(report: Report) -> tuple[str | None, str]:
    """Return the authors and the date of a report's citation."""
    citation = cite(
        StoredReport("bcd", report, 1), title="T", archive="A", address="http://a/b", today=date(2026, 3, 9)
    )
    return citation.authors, citation.date


@pytest.mark.parametrize(
    ("names", "authors"),
    [((), None), (("Ana",), "Ana"), (("Ana", "Ben"), "Ana and Ben"), (("Ana", "Ben", "Cem"), "Ana, Ben and Cem")],
)
def test_authors_are_listed_as_in_a_sentence(names: tuple[str, ...], authors: str | None) -> None:
    """One, two or three names, or none."""
    byline = Byline("as printed", names, (PERSON,) * len(names), None, "rule")
    assert cited(Report(SOURCE, byline=byline))[0] == authors


@pytest.mark.parametrize(
    ("edtf", "basis", "said"),
    [
        ("2016-11-03", "stated", "3 November 2016."),
        ("[2016-11-03..2016-11-04]", "inferred", "[3 or 4 November 2016]."),
        (None, "unknown", "n.d."),
        ("2016", "unknown", "n.d."),
    ],
)
def test_a_date_is_no_surer_than_it_is(edtf: str | None, basis: DateBasis, said: str) -> None:
    """Inferred dates stand in square brackets; unknown ones are n.d."""
    assert cited(Report(SOURCE, published=Date(edtf, basis=basis)))[1] == said
