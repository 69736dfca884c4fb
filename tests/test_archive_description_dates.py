"""Dates: read only when written out, and the publication date no more certain than the page."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.description.daystrings import read_day
from archive.edtf_dates import parse_edtf
from tests.describing import PROSE, codes, report_on

HTML = "text/html"
READ = (
    ("3 November 2016", "2016-11-03"),
    ("November 3, 2016", "2016-11-03"),
    ("November 3rd, 2016", "2016-11-03"),
    ("3rd November 2016", "2016-11-03"),
    ("3 Nov. 2016", "2016-11-03"),
    ("  3   November\u00a02016 ", "2016-11-03"),
    ("13 OCT 89", "1989-10-13"),
    ("18 APRIL 89", "1989-04-18"),
    ("4 Sept 1970", "1970-09-04"),
    ("4 may 2016", "2016-05-04"),
    ("1 January 30", "1930-01-01"),
    ("1 January 29", "2029-01-01"),
    ("29 February 2016", "2016-02-29"),
    ("2016-11-03", "2016-11-03"),
    ("2016-11-03T23:58:00-11:00", "2016-11-03"),
    ("2016-11-03 06:58", "2016-11-03"),
    ("20161103", "2016-11-03"),
)
NOT_READ = """
02/11/2016 | 11.02.2016 | 1,200 | May | 2005 -2017 | 2005 | 20 percent | 20 percent 2016 | 31 February 2016 | July 1
29 February 2015 | July 2014 | 12 marathon 2016 | 3 Monday 2016 | 10 GMT 2016 | 12 noon 2016 | Monday | 3 November
3 November 16 2016 | 0 November 2016 | 32 May 2016 | 3 May 0000 | 3 May 0016 | 3 November 20161 | 2016-13-03
2016-11-31 | 20161331 | 19001 | ٣ November ٢٠١٦ | ٢٠١٦-١١-٠٣ | today | yesterday | 3 Decibels 2016 |
"""


@pytest.mark.parametrize(("text", "day"), READ)
def test_a_day_written_out_is_read(text: str, day: str) -> None:
    """A string that states year, month and day is that day, as printed, without a time zone's shift."""
    assert read_day(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("text", re.split(r" \| |\n", NOT_READ.strip("\n")))
def test_what_leaves_anything_open_is_no_day(text: str) -> None:
    """No month, no order, no such day, or no date at all: nothing is read, and nothing completed."""
    assert read_day(text) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_is_read_however_it_is_written(day: dt.date) -> None:
    """A day written in any of the usual ways is that day again."""
    month = day.strftime("%B")
    for text in (f"{day.day} {month} {day.year}", f"{month[:3].upper()} {day.day}, {day.year}", day.isoformat()):
        assert read_day(text) == day


@given(st.text(max_size=20) | st.from_regex(r"\d{0,3} ?[A-Za-z]{0,9}\.?,? ?\d{0,5}", fullmatch=True))
def test_any_text_is_a_day_or_none(text: str) -> None:
    """No text stops the reader."""
    assert read_day(text) is None or isinstance(read_day(text), dt.date)


def page(*head: str, body: str = PROSE) -> str:
    """Return an HTML page of an unknown outlet with these lines in its head."""
    return f"<html><head>{''.join(head)}</head><body><h1>A bridge opens again</h1>{body}</body></html>"


def meta(name: str, value: str) -> str:
    """Return a head value."""
    return f'<meta name="{name}" content="{value}">'


THIRD = meta("DC.date", "2016-11-03")
LD = '<script type="application/ld+json">{"datePublished": "2016-11-03T08:00Z"}</script>'
LINE = "<p>Published: Thursday, 3 November 2016 6:58</p>"
FILED = "<p>SAIGON, 13 OCT 65 (FWS) -- The bridge was opened to carts again after the rain had stopped.</p>"
# The page, the publication date with its basis, and the codes of its issues about dates.
PUBLISHED = {
    "nothing": (page(), None, "unknown", ["D01"]),
    "the head": (page(THIRD), "2016-11-03", "stated", []),
    "structured data": (page(LD), "2016-11-03", "stated", []),
    "a line": (page(body=LINE + PROSE), "2016-11-03", "stated", []),
    "three that agree": (page(THIRD, LD, body=LINE + PROSE), "2016-11-03", "stated", []),
    "two that disagree": (page(meta("date", "2016-11-05"), LD), "[2016-11-03,2016-11-05]", "inferred", ["D02"]),
    "three that disagree": (
        page(meta("pubdate", "2016-11-07"), meta("date", "2016-11-05"), LD),
        "[2016-11-03,2016-11-05,2016-11-07]", "inferred", ["D02"],
    ),
    "a change is no publication": (page(meta("article:modified_time", "2016-11-03")), None, "unknown", ["D01"]),
    "a change in a line": (page(body=f"<p>Last updated: 3 November 2016 6:58</p>{PROSE}"), None, "unknown", ["D01"]),
    "an uncertain order": (page(meta("date", "02/11/2016")), None, "unknown", ["D01"]),
    "a month": (page(meta("date", "2016-11")), None, "unknown", ["D01"]),
    "a date in the text": (page(body=f"<p>On 3 November 2016 it rained. {PROSE}</p>"), None, "unknown", ["D01"]),
    "the day of a letter in the text": (
        page(body=f"<p>{PROSE}</p><p>23 DECEMBER 1989</p><p>{PROSE}</p>"), None, "unknown", ["D01"],
    ),
    "only a dateline": (page(body=FILED), "1965-10-13", "stated", []),
    "a dateline beside the head": (page(THIRD, body=FILED), "2016-11-03", "stated", []),
}  # fmt: skip


@pytest.mark.parametrize(("html", "edtf", "basis", "issues"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_publication_date_is_what_the_page_states(
    html: str, edtf: str | None, basis: str, issues: list[str]
) -> None:
    """Statements that agree are one stated day, those that disagree one day among several; else it is unknown."""
    report = report_on(html, media_type=HTML)
    assert (report.published.edtf, report.published.basis) == (edtf, basis)
    assert [code for code in codes(report) if code.startswith("D")] == issues


def test_a_dateline_s_day_is_evidence_even_when_another_counts() -> None:
    """The day on which a report was filed is kept beside the day on which it was published."""
    evidence = report_on(page(THIRD, body=FILED), media_type=HTML).published.evidence
    assert [(one.value, one.zone) for one in evidence] == [("2016-11-03", "meta"), ("1965-10-13", "dateline")]


@pytest.mark.parametrize("name", [name for name, (_, edtf, _, _) in PUBLISHED.items() if edtf])
def test_a_publication_date_has_the_bounds_of_its_edtf(name: str) -> None:
    """What the record says in EDTF and what it says as earliest and latest day are one."""
    published = report_on(PUBLISHED[name][0], media_type=HTML).published
    assert published.edtf is not None
    bounds = parse_edtf(published.edtf)
    assert (published.earliest, published.latest) == (bounds.earliest, bounds.latest)


@pytest.mark.parametrize("outlet", ["aawsat-en-archive", "quillwort-courier"])
def test_the_day_of_a_picture_is_never_the_report_s(outlet: str) -> None:
    """A date in a caption and the years in a site's name leave the publication date unknown."""
    title = {
        "aawsat-en-archive": "A Bridge Opens | ASHARQ AL-AWSAT English Archive 2005 -2017",
        "quillwort-courier": "A Bridge Opens | QUILLWORT COURIER Archive 1991-2017",
    }[outlet]
    agency = "AFP" if outlet == "aawsat-en-archive" else "FWS"
    report = report_on(f"{title}\nMedia ID: 41\nA bridge in Samara, 3 November 2016. ({agency})\n{PROSE}")
    assert len(report.captions) == 1
    assert (report.published.edtf, report.published.basis) == (None, "unknown")
