"""The pages that explain: how to search, and what this archive is."""

import pytest
from flask.testing import FlaskClient

from indexer import Catalogue, SearchRequest
from tests.reading import read, said
from web.pages.help import EXAMPLES, Example

QUERIES = [example for _, examples in EXAMPLES for example in examples]


@pytest.mark.parametrize("example", QUERIES, ids=[example.query for example in QUERIES])
def test_every_example_is_read_as_meant(reading_room: Catalogue, example: Example) -> None:
    """The query language understands each example without a remark."""
    assert reading_room.search(SearchRequest(text=example.query)).diagnostics == ()


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
