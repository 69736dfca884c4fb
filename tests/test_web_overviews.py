"""Trends, comparison and timeline: the right numbers, and what they do not say said beside them."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.holdings import StoredReport
from archive.model import DateMentioned, Passage, Report, Source, Span
from archive.record import report_to_json
from indexer import Catalogue, SearchRequest
from indexer.keyness import WordCounts, count_words, find_distinctive, measure
from tests.reading import read, said
from web.charts.series import draw_lanes, draw_lines, list_periods, scale
from web.pages.timeline import gather_dates

SPAN = Span(0, 1)
SOURCE = Source("p", "0" * 64, "text/plain", 1)


@given(st.floats(0.001, 1e9), st.booleans())
def test_a_scale_holds_its_numbers_in_few_lines(most: float, whole: bool) -> None:  # noqa: FBT001  drawn
    """The top is at least the largest number, with at most five steps, and whole where asked."""
    top, step = scale(most, whole=whole)
    assert top >= most * (1 - 1e-6)
    assert round(top / step) <= 5
    assert not whole or step == round(step)


@pytest.mark.parametrize(
    ("values", "periods"),
    [
        (["2016-11", "2017-02"], ("2016-11", "2016-12", "2017-01", "2017-02")),
        (["2016", "2014"], ("2014", "2015", "2016")),
        ([], ()),
    ],
)
def test_periods_have_no_holes(values: list[str], periods: tuple[str, ...]) -> None:
    """From the first to the last, every one."""
    assert list_periods(values) == periods


def test_lines_rise_with_their_numbers() -> None:
    """The larger number is the higher dot, and every period has one."""
    (line,) = draw_lines(("2015", "2016", "2017"), [{"2015": 1, "2016": 4}]).lines
    heights = [y for _, y in line.dots]
    assert heights[1] < heights[0] < heights[2]


def test_lanes_rise_and_hang_from_one_line() -> None:
    """Upper bars end where lower bars begin."""
    lanes = draw_lanes(("2015", "2016"), {"2015": 2}, {"2016": 5})
    assert lanes.upper[0].y + lanes.upper[0].height == lanes.lower[0].y == lanes.middle


def test_trends_are_the_counts_of_the_search(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The table has, for each year, what a search within that year finds; the undated are told."""
    text = reader.get("/trends.csv?q=city&unit=year").text.removeprefix("\ufeff")
    rows = {row["period"]: float(row["city"]) for row in csv.DictReader(io.StringIO(text))}
    assert rows.pop("without a date") == reading_room.search(SearchRequest("city", {"date": ("unknown",)})).total
    for year, number in rows.items():
        assert number == reading_room.search(SearchRequest("city", {"date": (year,)})).total
    assert "6 without a date (38 %)" in said(read(reader, "/trends?q=city").find("main"))


def test_shares_are_of_each_thousand_reports(reader: FlaskClient) -> None:
    """One of two reports of a year is 500 of a thousand."""
    page = read(reader, "/trends?q=city&measure=share&unit=year")
    cells = {said(row.find("th")): said(row.find("td")) for row in page.select(".matrix tbody tr")}
    assert cells["2017"] == "500"


def test_five_questions_are_the_most(reader: FlaskClient) -> None:
    """More are left out, the same twice is once."""
    page = read(reader, "/trends?" + "&".join(f"q={word}" for word in ["a", "b", "c", "d", "e", "f", "a"]))
    assert len(page.select(".legend li")) == 5


def test_log_likelihood_is_that_of_its_authors() -> None:
    """A worked value: 20 of 1,000 words against 5 of 1,000, and nothing for equal shares."""
    assert round(measure(20, 5, 1_000, 1_000), 2) == 9.64
    assert measure(10, 20, 1_000, 2_000) == pytest.approx(0)


def test_distinctive_words_are_those_one_side_has_more_of() -> None:
    """The most telling first; what both use alike is not named."""
    here = WordCounts(1, 1_000, {"terrorists": 30, "the": 60, "rare": 2})
    there = WordCounts(1, 1_000, {"militants": 30, "the": 60})
    assert [one.word for one in find_distinctive(here, there, 10)] == ["terrorists"]


def test_words_of_readers_do_not_count() -> None:
    """Only title and text are counted, and numbers are no words."""
    report = Report(SOURCE, body=(Passage("The bridge fell in 1999", "paragraph", SPAN),))
    assert count_words([StoredReport("bcd", report, 1)]).counts == {"the": 1, "bridge": 1, "fell": 1, "in": 1}


def test_a_comparison_counts_both_sides(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Totals, what both have, and the way to what only one has."""
    page = read(reader, "/compare?a=city&b=mosul")
    told = said(page.select_one(".told"))
    for text in ("city", "mosul", "(city) (mosul)"):
        total = reading_room.search(SearchRequest(text)).total
        assert f"{total} report" in told
    only = next(str(link["href"]) for link in page.select(".told a") if said(link) == "those only in A")
    assert "NOT" in only


def test_dates_mentioned_are_never_taken_for_the_date_of_publication() -> None:
    """Each in its own lane; what is wider than a year is counted as vague."""
    month = DateMentioned("May 1990", "1990-05", "1990-05-01", "1990-05-31", SPAN)
    decade = DateMentioned("the nineties", "199X", "1990-01-01", "1999-12-31", SPAN)
    report = Report(SOURCE, dates_mentioned=(month, decade))
    published, mentioned = gather_dates([report_to_json(report, "bcd")])
    assert (published.months, published.vague) == ({}, 1)
    assert (mentioned.months, mentioned.vague) == ({"1990-05": 1}, 1)


@pytest.mark.parametrize(
    "path",
    ["/trends?q=%22&q=(((&q=%00&unit=x&measure=y", "/compare?a=%22(&b=NOT", "/timeline?q=((", "/trends.csv?q==1%2B1"],
)
def test_odd_questions_are_answered(reader: FlaskClient, path: str) -> None:
    """Nothing a reader writes breaks a page, and no heading of a table is a formula."""
    answer = reader.get(path)
    assert answer.status_code == 200
    assert not answer.text.removeprefix("\ufeff").partition(",")[2].startswith("=")
