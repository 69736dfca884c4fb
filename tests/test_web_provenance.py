"""Where each value of a report comes from."""

from archive.holdings import StoredReport
from archive.model import Basis, Byline, Evidence, Report, Source, Zone
from indexer import FIELDS, Span
from web.provenance import ProvenanceRow, trace

STORED = StoredReport("bcd", Report(Source("page.txt", "0" * 64, "text/plain", 1)), 1)


def evidence(field: str, value: str, *, zone: Zone = "body", basis: Basis = "printed", start: int = 0) -> Evidence:
    """Return a reason for a value, printed in capitals at `start`."""
    return Evidence(field, value, value.upper(), zone, "test/rule", basis, Span(start, start + 1))


def rows(*items: Evidence, stored: StoredReport = STORED) -> tuple[ProvenanceRow, ...]:
    """Return the rows for this evidence, places as their numbers and labels in brackets."""
    return trace(stored, items, lambda span: str(span.start), lambda key, value: f"{key}({value})")


def test_fields_stand_in_the_order_of_the_field_table() -> None:
    """Whatever the order of the evidence, rows follow the table."""
    found = rows(*(evidence(field.name, "2016") for field in reversed(FIELDS)))
    assert [row.label for row in found] == [field.label for field in FIELDS]


def test_a_value_is_said_as_readers_know_it() -> None:
    """A place by its label, a date in words."""
    found = rows(evidence("published", "2016-11"), evidence("places", "geonames:1"))
    assert [row.value for row in found] == ["November 2016", "place(geonames:1)"]


def test_reasons_for_one_value_stand_together() -> None:
    """Five mentions of one name are one row, the first three in sight."""
    row = rows(*(evidence("names", "n", start=start) for start in range(5)))[0]
    assert (len(row.first), len(row.more)) == (3, 2)


def test_alternatives_are_rows_of_their_own() -> None:
    """Two dates that disagree are both shown, under one label."""
    found = rows(evidence("published", "2016"), evidence("published", "2017"))
    assert [(row.label, row.anchor, row.value) for row in found] == [
        ("Date", "from-date", "2016"),
        ("Date", "", "2017"),
    ]


def test_what_stands_in_metadata_has_no_link_into_the_text() -> None:
    """The original's blocks do not show the page's head."""
    line = rows(evidence("title", "t", zone="meta", basis="metadata"))[0].first[0]
    assert (line.basis, line.zone, line.href) == ("in the page's metadata", None, None)


def test_a_value_without_evidence_shows_its_own_rule() -> None:
    """A byline of the record that no evidence covers still says which rule read it and where."""
    report = Report(STORED.report.source, byline=Byline("By Ana", ("Ana",), ("person",), None, "own/rule", Span(7, 9)))
    line = rows(stored=StoredReport("bcd", report, 1))[0].first[0]
    assert (line.rule, line.href) == ("own/rule", "7")


def test_a_person_s_word_names_the_person() -> None:
    """A correction says who made it, and that a person did."""
    item = Evidence("title", "t", "", "import", "correction", "person", by="N. Karim", status="accepted")
    line = rows(item)[0].first[0]
    assert (line.basis, line.by, line.status) == ("a person's word", "N. Karim", "accepted by a person")
