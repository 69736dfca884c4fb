"""Pages about outlets, places, names and days: what there is, and where the archive is silent."""

import pytest
from flask.testing import FlaskClient

from indexer import Catalogue, Facet, FacetValue, SearchRequest
from tests.reading import read, said
from web.charts.calendar import draw_calendar


def dates(**counts: int) -> Facet:
    """Return a date facet with these counts, `y2016` for 2016 and `m2016_11` for November."""
    values = {name[1:].replace("_", "-") if name[0] in "ym" else name: number for name, number in counts.items()}
    return Facet("date", "Date", tuple(FacetValue(value, value, number) for value, number in values.items()))


def test_gaps_are_the_months_between_without_a_report() -> None:
    """From the first month to the last, silence is named in words."""
    calendar = draw_calendar(dates(y2016=3, m2016_01=1, m2016_02=1, m2016_06=1, y2017=1, m2017_02=1, unknown=4), str)
    assert calendar.gaps == ("March 2016 to May 2016", "July 2016 to January 2017")
    assert calendar.undated == 4


def test_months_before_the_first_are_no_gap() -> None:
    """What lies outside is not missing."""
    (year,) = draw_calendar(dates(y2016=2, m2016_05=1, m2016_07=1), str).years
    assert [month.value for month in year.months if month.gap] == ["2016-06"]
    assert [month.value for month in year.months if month.href] == ["2016-05", "2016-07"]


def test_the_fullest_month_is_the_darkest() -> None:
    """Shades run from 1 to 4; a month with any report is never blank."""
    (year,) = draw_calendar(dates(y2016=101, m2016_01=1, m2016_02=50, m2016_03=100), str).years
    assert [month.level for month in year.months[:4]] == [1, 2, 4, 0]


def test_long_silence_is_one_row() -> None:
    """Ten years without a report are said once."""
    rows = draw_calendar(dates(y1994=1, m1994_07=1, y2005=1, m2005_01=1), str).years
    assert [row.year for row in rows] == ["1994", "1995–2004", "2005"]


def test_a_calendar_of_nothing_is_empty() -> None:
    """Only undated reports make no calendar."""
    assert draw_calendar(dates(unknown=3), str).years == ()


@pytest.mark.parametrize(("key", "path"), [("outlet", "/outlets")])
def test_a_list_has_every_value_with_its_count(
    reader: FlaskClient, reading_room: Catalogue, key: str, path: str
) -> None:
    """Each row leads to a page about it."""
    values = reading_room.tally(SearchRequest(), (key,)).facets[key].values
    rows = read(reader, path).select("tbody tr")
    assert len(rows) == len(values)
    assert {reader.get(str(row.select("a")[0]["href"])).status_code for row in rows} == {200}


def test_an_outlet_s_page_counts_what_its_search_finds(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The number at the head is the number of the search behind it."""
    page = read(reader, "/outlets/marrowby-signal")
    total = reading_room.search(SearchRequest(selected={"outlet": ("marrowby-signal",)})).total
    assert said(page.select_one(".tools a")) == f"{total} reports"
    assert "This archive holds nothing of it from August 1994 to July 2008" in said(page.find("main"))


def test_a_place_is_known_under_all_its_names(reader: FlaskClient) -> None:
    """Other names, what lies around it, and the warning that a mention is not an event."""
    page = said(read(reader, "/places/geonames:99072").find("main"))
    assert page.startswith("Places › Iraq › Nineveh Mosul")
    assert "Mossul" in page
    assert "does not say that what it tells of happened there" in page


def test_a_country_leads_to_the_places_in_it(reader: FlaskClient) -> None:
    """Provinces and towns of a country are one step away."""
    assert "Nineveh" in [said(link) for link in read(reader, "/places/IQ").select(".inline-list a")]


@pytest.mark.parametrize("path", ["/outlets/nobody", "/outlets/unknown", "/places/geonames:0", "/names/nobody",
                                  "/collections/none", "/browse/2017/13", "/browse/2017/02/30", "/browse/0000",
                                  "/browse/99999"])  # fmt: skip
def test_what_is_not_there_is_not_found(reader: FlaskClient, path: str) -> None:
    """No page about nothing."""
    assert reader.get(path).status_code == 404


def test_an_actor_s_names_are_counted_apart(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Who says ISIS, who says ISIL: one row for each printed name, with the reports that print it."""
    rows = read(reader, "/names/islamic-state").select("table")[0].select("tbody tr")
    counts = {said(row.find("th")): said(row.select("td")[0]) for row in rows}
    assert {"ISIS", "ISIL", "Daesh"} <= set(counts)
    assert all(
        int(number) == reading_room.count(SearchRequest(selected={"name": (name,)})) for name, number in counts.items()
    )


def test_a_day_has_its_reports_and_the_same_day_elsewhen(reader: FlaskClient) -> None:
    """The month leads to the day, the day to its report."""
    links = [str(link["href"]) for link in read(reader, "/browse/2017/07").select(".month a")]
    assert links[0] == "/browse/2017/07/11"
    page = read(reader, links[0])
    assert [said(title) for title in page.select(".hit h3")] == ["Mosul Is Declared Free, and Its Old City Is Dust"]


def test_an_outlet_shows_its_numbers_against_its_days(reader: FlaskClient) -> None:
    """The drawing's numbers stand in a table, and the outlet's page leads there."""
    href = "/outlets/quillwort-courier/numbers"
    assert read(reader, "/outlets/quillwort-courier").select_one(f'a[href="{href}"]')
    page = read(reader, href)
    assert page.select(".chart .spot")
    assert sum(int(said(row)) for row in page.select("table tr td:last-child")) >= len(page.select(".chart .spot"))


def test_an_outlet_without_numbers_says_so(reader: FlaskClient) -> None:
    """No empty drawing; what is no outlet is not there."""
    assert "No report of" in said(read(reader, "/outlets/larkfield-monitor/numbers").find("main"))
    assert reader.get("/outlets/nobody/numbers").status_code == 404
