"""The timeline of a result and the list of a facet's values: every report and every value is in reach."""

from flask.testing import FlaskClient

from indexer import Catalogue, SearchRequest
from tests.reading import read, said


def test_the_table_has_every_dated_report(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Certain and uncertain figures add up to the reports found, less those said to have no date."""
    drawn = reading_room.timeline(SearchRequest(), "year")
    page = read(reader, "/search/dates?step=year")
    cells = [[said(cell).replace(",", "") for cell in row.select("td")] for row in page.select("#table tbody tr")]
    figures = sum(int(certain) + float(spread or 0) for certain, spread, *_ in cells)
    assert abs(figures - (drawn.total - drawn.undated)) <= 0.05 * len(cells) + 0.01
    assert len(page.select("svg g")) == len(cells) == len(drawn.bars)
    assert f"{drawn.undated} reports without a date" in said(page.select_one("figcaption"))


def test_a_period_leads_to_its_reports(reader: FlaskClient) -> None:
    """A year, a month or a day of the table is a link to the reports that may be from then."""
    for step in ("year", "month", "day"):
        rows = read(reader, f"/search/dates?q=bridge+OR+war&step={step}").select("#table tbody tr")
        row = next(row for row in rows if said(row.select_one("td")) != "0")
        found = read(reader, str(row.select("th a")[0]["href"]))
        assert int(said(found.find("h1")).split()[0].replace(",", "")) >= int(said(row.select_one("td")))


def test_every_value_of_a_facet_is_listed(reader: FlaskClient, reading_room: Catalogue) -> None:
    """From A to Z or by count, each with its reports, and the one for none among them."""
    facet = reading_room.facet(SearchRequest(), "place")
    assert facet
    listed = [said(row) for row in read(reader, "/search/values/place").select(".choices .count")]
    assert listed == [f"({value.count:,})" for value in facet.values[:100]]
    names = [
        said(row).casefold() for row in read(reader, "/search/values/place?by=name").select(".choices .value > bdi")
    ]
    assert names == sorted(names)


def test_a_value_is_found_by_part_of_its_name_and_ticked_beside_others(reader: FlaskClient) -> None:
    """Ticking adds to what is ticked already, in sight or not; what is ticked has its tick."""
    page = read(reader, "/search/values/place?place=IQ&find=mosul")
    assert "Mosul" in [said(row) for row in page.select(".choices .value > bdi")]
    form = page.select_one("form#search")
    assert form
    sent = {(str(box["name"]), str(box["value"])) for box in form.select("input")}
    assert sent == {("q", ""), ("place", "IQ")}
    assert read(reader, "/search/values/place?place=IQ&find=iraq").select_one(".choices input[checked]")


def test_the_months_of_a_year_are_listed_in_the_order_of_time(reader: FlaskClient, reading_room: Catalogue) -> None:
    """What lies in a value has a page of its own, to which the value leads."""
    facet = reading_room.facet(SearchRequest(), "date")
    assert facet
    year = next(value.parent for value in facet.values if value.parent)
    months = sorted(value.value for value in facet.values if value.parent == year)
    door = read(reader, f"/search/values/date?find={year}").select_one("a.door")
    assert door
    listed = read(reader, str(door["href"])).select(".choices input")
    assert [row["value"] for row in listed] == months


def test_what_is_no_facet_has_no_page(reader: FlaskClient) -> None:
    """An address may say anything."""
    assert reader.get("/search/values/nonsense").status_code == 404
    assert reader.get("/search/values/place?at=999999&find=%00", follow_redirects=True).status_code == 200
