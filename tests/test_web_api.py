"""The same answers as JSON."""

from flask.testing import FlaskClient

from indexer import Catalogue, SearchRequest
from web.shapes import result_to_json


def test_the_api_answers_like_the_command(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The JSON of a search is the shape that `dateline search --json` prints."""
    request = SearchRequest(text="mosul", selected={"outlet": ("mithal", "samphire-features")}, per_page=2)
    answer = reader.get("/api/v1/search?q=mosul&outlet=mithal&outlet=samphire-features&per=2")
    assert answer.json == reader.application.json.loads(
        reader.application.json.dumps(result_to_json(reading_room.search(request)))
    )


def test_pages_of_an_answer_are_linked(reader: FlaskClient) -> None:
    """The Link header leads from page to page."""
    links = reader.get("/api/v1/search?per=10&page=2").headers["Link"]
    assert links == '</api/v1/search?per=10>; rel="prev", </api/v1/search?page=3>; rel="next"'.replace("per=10", "")


def test_a_cut_query_is_told(reader: FlaskClient) -> None:
    """A program learns too that its query was too long."""
    answer = reader.get("/api/v1/search?q=" + "word+" * 2_500).json
    assert answer
    assert "10,000 characters" in answer["diagnostics"][0]["message"]
