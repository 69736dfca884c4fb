"""The map of a result: every place of all matches, drawn and as a table, with links that narrow the search."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from archive.home import Home
from archive.store import Store
from indexer import Catalogue, SearchRequest
from tests.factories import make_description, make_page
from tests.reading import read, said
from web.application import create_app


def rows(page: BeautifulSoup) -> dict[str, Tag]:
    """Return the rows of the table by the place's name."""
    return {said(row.find("th")).partition(" (")[0]: row for row in page.select("#table tbody tr")}


def test_the_map_says_what_the_place_facet_says(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Countries are counted over all matches, as in the facet beside the results."""
    facet = next(found for found in reading_room.search(SearchRequest()).facets if found.key == "place")
    countries = {value.label: f"{value.count:,}" for value in facet.values if value.parent in {None, value.value}}
    shown = rows(read(reader, "/search/map?level=country"))
    assert shown
    assert {name: said(row.select_one(".figure")) for name, row in shown.items()}.items() <= countries.items()


def test_every_disc_is_a_row_with_the_same_count_and_goal(reader: FlaskClient) -> None:
    """Who cannot see the drawing reads the same places, counts and links in the table."""
    page = read(reader, "/search/map?q=mosul&level=place&view=all")
    table = rows(page)
    discs = page.select("svg a")
    assert discs
    for disc in discs:
        name, _, rest = str(disc["aria-label"]).partition(": ")
        assert rest.startswith(said(table[name].select_one(".figure")))
        assert table[name].select_one("th a[href]")
        assert disc["href"] in {link["href"] for link in table[name].select("th a")}


def test_a_country_leads_into_it_and_a_town_to_its_reports(reader: FlaskClient) -> None:
    """Choosing a country narrows the map; choosing a town lists the reports, as many as were counted."""
    country = rows(read(reader, "/search/map?level=country"))["Iraq"].select_one("th a")
    assert country
    inner = read(reader, str(country["href"]))
    assert parse_qs(urlsplit(str(country["href"])).query)["place"] == ["IQ"]
    town = rows(inner)["Mosul"]
    listed = read(reader, str(town.select("th a")[0]["href"]))
    assert said(listed.find("h1")).startswith(f"{said(town.select_one('.figure'))} report")


def test_a_selected_country_shows_only_what_lies_in_it(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The facet counts as if nothing were selected; the map keeps what lies in the selection."""
    located = reading_room.locate(SearchRequest(selected={"place": ("IQ",)}))
    assert {place.country for place in located.places} == {"IQ"}
    assert located.nowhere == 0
    assert "Remove Place: Iraq" in {
        a.get("aria-label") for a in read(reader, "/search/map?place=IQ").select(".chips a")
    }


@pytest.mark.parametrize(
    "address", ["/search/map?page=3", "/search/map?level=x&view=y", "/search/map?view=all&q=mosul"]
)
def test_a_map_has_one_address(reader: FlaskClient, address: str) -> None:
    """Any other spelling of an address leads to the canonical one."""
    response = reader.get(address)
    assert response.status_code == 302
    assert reader.get(response.location).status_code == 200


def test_nothing_to_draw_is_said(reader: FlaskClient) -> None:
    """A map without a match says so and leads back."""
    page = read(reader, "/search/map?q=zugunruhe")
    assert "No report matches" in said(page.find("main"))
    assert not page.select("svg")
    assert page.select(".empty a[href]")


def test_reports_that_name_no_place_are_told(home: Home) -> None:
    """Where no report of a result names a place, the map says why it is empty."""
    with Store.open(home) as store, store.writing():
        store.put(make_page(), make_description(), batch=store.start_batch("tester", []))
    with Catalogue.open(home, engine="memory") as catalogue:
        page = read(create_app(catalogue).test_client(), "/search/map")
        assert "This report names no place that we know" in said(page.find("main"))
        assert catalogue.locate(SearchRequest()).nowhere == 1


def test_other_names_are_told_and_switched_off_on_the_map(reader: FlaskClient) -> None:
    """A search by one spelling says which others it finds, and one link keeps to the words as written."""
    searched = read(reader, "/search/map?q=mossul").select_one(".searched")
    assert "al-Mawsil" in said(searched)
    assert searched
    switch = str(searched.select("a")[0]["href"])
    assert switch.startswith("/search/map?q=mossul")
    assert read(reader, switch).select(".empty")


def test_the_results_lead_to_their_map_and_back(reader: FlaskClient) -> None:
    """The same search is one link away in both directions."""
    link = read(reader, "/search?q=mosul&place=IQ").select_one("a.to-map")
    assert link
    back = read(reader, str(link["href"])).select(".tools a")[0]
    assert back["href"] == "/search?q=mosul&place=IQ"
