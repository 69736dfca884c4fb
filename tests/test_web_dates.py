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
    rows = read(reader, "/search/values/place").select("tbody tr")
    listed = [said(row.select_one("td")) for row in rows]
    assert listed == [f"{value.count:,}" for value in facet.values[:100]]
    names = [
        said(row.select_one("th a")).casefold()
        for row in read(reader, "/search/values/place?by=name").select("tr + tr")
    ]
    assert names == sorted(names)


def test_a_value_is_found_by_part_of_its_name_and_selected_beside_others(reader: FlaskClient) -> None:
    """Choosing a value adds it to those of its facet that are selected already; chosen again it is taken out."""
    page = read(reader, "/search/values/place?place=IQ&find=mosul")
    link = next(row for row in page.select("tbody th a") if said(row) == "Mosul")
    assert str(link["href"]).count("place=") == 2
    assert "selected" in said(read(reader, "/search/values/place?place=IQ&find=iraq").select_one("tbody th"))


def test_what_is_no_facet_has_no_page(reader: FlaskClient) -> None:
    """An address may say anything."""
    assert reader.get("/search/values/nonsense").status_code == 404
    assert reader.get("/search/values/place?at=999999&find=%00", follow_redirects=True).status_code == 200
