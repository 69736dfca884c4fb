"""The pages that explain: how to search, and what this archive is."""

import pytest
from flask.testing import FlaskClient

from indexer import Catalogue, SearchRequest
from indexer.query.tokens import QUERY_FIELDS
from tests.reading import read, said
from web.pages.help import EXAMPLES, Example

QUERIES = [example for _, examples in EXAMPLES for example in examples]


@pytest.mark.parametrize("example", QUERIES, ids=[example.query for example in QUERIES])
def test_every_example_is_read_as_meant(reading_room: Catalogue, example: Example) -> None:
    """The query language understands each example without a remark."""
    assert reading_room.search(SearchRequest(text=example.query)).diagnostics == ()


def test_every_example_says_how_many_reports_it_finds(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The numbers are those of this archive."""
    found = [said(number) for number in read(reader, "/help/search").select(".examples .found")]
    totals = [reading_room.search(SearchRequest(example.query)).total for example in QUERIES]
    assert found == ["1 report" if total == 1 else f"{total} reports" for total in totals]
    assert sum(total > 0 for total in totals) > len(totals) / 2


@pytest.mark.parametrize("key", QUERY_FIELDS)
def test_every_field_has_an_example(key: str) -> None:
    """No field of the language is missing from the help page; the collection's goes by its short name too."""
    assert any(f"{key}:" in example.query.replace("in:", "collection:") for example in QUERIES)


def test_every_example_can_be_tried(reader: FlaskClient) -> None:
    """Each example is a link to its own search."""
    links = [str(link["href"]) for link in read(reader, "/help/search").select(".examples a")]
    assert len(links) == len(QUERIES)
    assert all(reader.get(link).status_code == 200 for link in links)


def test_about_says_what_the_archive_holds_today(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Reports are counted, and the engine that finds them is named."""
    status = reading_room.status()
    held = f"{status.reports} reports from {status.outlets} outlets, searched with {status.engine}."
    assert held in said(read(reader, "/about").find("main"))


def test_about_says_what_it_is_and_whose_places_these_are(reader: FlaskClient) -> None:
    """The page names the licence of the places and links to it."""
    page = read(reader, "/about")
    assert "CC BY 4.0" in said(page.find("main"))
    assert page.select("main a[href='https://www.geonames.org/']")


def test_what_reports_lack_is_counted_and_leads_there(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Each number without something is that of the search it leads to; the last check of the originals is told."""
    page = read(reader, "/about/data")
    for link in page.select(".matrix a"):
        found = said(read(reader, str(link["href"])).find("h1")).split()[0]
        assert found == said(link)
    assert "not been compared" in said(page.find("main"))
    assert reading_room.status().originals > 0
