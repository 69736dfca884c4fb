"""The public record: every key always there, and the report comes back whole."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import (
    Byline,
    Caption,
    Comment,
    Date,
    Dateline,
    DateMentioned,
    Evidence,
    Issue,
    MediaId,
    Mention,
    Name,
    OutletClaim,
    Passage,
    Place,
    Report,
    SetAside,
    Span,
    Title,
)
from archive.record import (
    date_from_json,
    date_to_json,
    evidence_from_json,
    evidence_to_json,
    report_from_json,
    report_to_json,
)
from tests.factories import make_page

KEYS = """
    id source outlet title byline dateline media_id section language published body captions comments
    comments_declared set_aside places mentions names dates_mentioned tags issues
"""
RECORD = KEYS.split()
SPAN = Span(0, 4)
WHOLE = Report(
    source=make_page().source,
    outlet=OutletClaim("samara", "Samara Gazette", "samara/name", "inferred", SPAN),
    title=Title("Bridge opens", "Bridge opens | Samara", "samara/title", "printed", SPAN),
    byline=Byline("By Jane Roe in Samara", ("Jane Roe",), ("person",), "Samara", "samara/byline", SPAN),
    dateline=Dateline("SAMARA (FWS)", "SAMARA", "FWS", "dateline/agency", SPAN),
    media_id=MediaId("4100", "samara/media-id", SPAN),
    body=(Passage("The bridge opened.", "paragraph", SPAN),),
    captions=(Caption("The bridge.", "FWS", SPAN),),
    comments=(Comment("At last!", SPAN),),
    set_aside=(SetAside("Back to top", "navigation", "samara/top", SPAN),),
    places=(Place("geonames:1", "Samara", "RU", None, 53.2, 50.1, "main", (Mention("Samara", SPAN, "geonames:1"),)),),
    mentions=(Mention("Bezymyanka", SPAN),),
    names=(Name("islamic-state", "ISIL", 2),),
    dates_mentioned=(DateMentioned("May 3rd", "2017-05-03", "2017-05-03", "2017-05-03", SPAN),),
    issues=(Issue("D01", "No date.", SPAN),),
    tags=("bridges",),
)
INNER = (
    ("source", "name sha256 media_type bytes url captured part"),
    ("outlet", "key name rule basis span"),
    ("title", "value printed rule basis span"),
    ("byline", "value authors kinds place rule span"),
    ("dateline", "value place source rule span"),
    ("media_id", "value rule span"),
    ("published", "edtf earliest latest basis evidence"),
    ("body", "text kind span"),
    ("captions", "text credit span"),
    ("comments", "text span"),
    ("set_aside", "text kind rule span"),
    ("places", "id name country admin1 lat lon role mentions"),
    ("mentions", "text span place"),
    ("names", "id printed count"),
    ("dates_mentioned", "text edtf earliest latest span"),
    ("issues", "code message span"),
)

degrees = st.none() | st.floats(-180, 180)
places = st.lists(st.builds(Place, lat=degrees, lon=degrees), max_size=2).map(tuple)
reports = st.builds(Report, places=places)


@settings(max_examples=40)
@given(reports, st.none() | st.text(min_size=1))
def test_a_report_comes_back_whole(report: Report, report_id: str | None) -> None:
    """Written as JSON and read again, a report is the same report."""
    written = json.loads(json.dumps(report_to_json(report, report_id)))
    assert report_from_json(written) == report
    assert written["id"] == report_id


@settings(max_examples=40)
@given(reports)
def test_the_record_always_has_every_key(report: Report) -> None:
    """The keys of the record and their order do not depend on what is known."""
    assert list(report_to_json(report, None)) == RECORD


@pytest.mark.parametrize(("key", "inner"), INNER)
def test_every_value_always_has_its_keys(key: str, inner: str) -> None:
    """A value of the record has exactly the keys that the design lists."""
    value = report_to_json(WHOLE, None)[key]
    first = value[0] if isinstance(value, list) else value
    assert isinstance(first, dict)
    assert sorted(first) == sorted(inner.split())


def test_what_is_absent_is_null_or_an_empty_list() -> None:
    """A report of which nothing is known has nulls and empty lists, and an unknown date."""
    record = report_to_json(Report(make_page().source), None)
    assert record.pop("published") == {
        "edtf": None, "earliest": None, "latest": None, "basis": "unknown", "evidence": [],
    }  # fmt: skip
    del record["source"]
    assert all(value is None or value == [] for value in record.values())


def test_spans_are_pairs_of_figures() -> None:
    """A span is written as its start and its end."""
    record = report_to_json(WHOLE, None)
    assert isinstance(record["title"], dict)
    assert record["title"]["span"] == [0, 4]


@given(st.builds(Evidence))
def test_evidence_comes_back_whole(evidence: Evidence) -> None:
    """Written as JSON and read again, evidence is the same evidence."""
    assert evidence_from_json(json.loads(json.dumps(evidence_to_json(evidence)))) == evidence


def test_a_date_comes_back_whole() -> None:
    """Written as JSON and read again, a date keeps its bounds and its evidence."""
    said = Evidence("published", "2016-11-03", "3 November 2016", "dateline", "samara/date", "printed", SPAN)
    date = Date("[2016-11-03,2016-11-04]", "2016-11-03", "2016-11-04", "inferred", (said,))
    assert date_from_json(date_to_json(date)) == date


@pytest.mark.parametrize("key", [key for key in RECORD if key not in {"id", "tags"}])
def test_what_lacks_a_key_is_no_record(key: str) -> None:
    """A record without one of its keys is refused, whichever it is; only tags came later than the first records."""
    record = report_to_json(WHOLE, None)
    del record[key]
    with pytest.raises(KeyError):
        report_from_json(record)
