"""The list of ticked reports, kept in its address."""

from flask.testing import FlaskClient

from indexer import Catalogue, SearchRequest
from tests.reading import read, said
from web.listing import LONGEST_LIST, read_list


def test_ticked_reports_are_listed(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The form under the results leads to the list, without JavaScript."""
    page = read(reader, "/search?q=mosul")
    boxes = page.select(".tick input[form=list]")
    assert page.select("form#list[action='/lists'][method=get]")
    assert [box["value"] for box in boxes] == [hit.id for hit in reading_room.search(SearchRequest(text="mosul")).hits]
    listed = read(reader, f"/lists?r={boxes[1]['value']}&r={boxes[0]['value']}")
    assert said(listed.find("h1")) == "2 reports on this list"
    assert [tag["title"] for tag in listed.select("abbr.unapi-id")] == [boxes[1]["value"], boxes[0]["value"]]


def test_an_empty_list_says_how_to_fill_it(reader: FlaskClient) -> None:
    """A reader who comes too early is told what to do."""
    assert "tick the boxes" in said(read(reader, "/lists").find("main"))


def test_what_is_gone_is_told(reader: FlaskClient) -> None:
    """An id that names no report is counted, not hidden."""
    page = read(reader, "/lists?r=bcdfghjkmnpq")
    assert "Nothing is on your list" in said(page.find("main"))


def test_a_list_has_bounds() -> None:
    """Ids only, each once, and not endless."""
    ids = [f"{number:012d}" for number in range(LONGEST_LIST + 5)]
    assert read_list(["x", "<b>", ids[0], *ids]) == tuple(ids[:LONGEST_LIST])
