"""The same answers as JSON."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from indexer import Catalogue, SearchRequest
from tests.reading import find_id
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


def test_the_description_is_valid_and_names_every_route(reader: FlaskClient, website: Flask) -> None:
    """The OpenAPI document keeps its own standard, and what is served under /api/v1 is what it describes."""
    document = reader.get("/api/openapi.json").json
    assert document
    validate(document)
    served = {rule.rule.replace("<", "{").replace(">", "}") for rule in website.url_map.iter_rules()}
    assert {path for path in served if path.startswith("/api/v1/")} == set(document["paths"])


@pytest.mark.parametrize("path", ["/api/v1/search?q=mosul", "/api/v1/status", "/api/v1/reports/ID",
                                  "/api/v1/reports/ID/evidence"])  # fmt: skip
def test_an_answer_is_as_described(reader: FlaskClient, reading_room: Catalogue, path: str) -> None:
    """Every operation's answer fits its schema."""
    document = reader.get("/api/openapi.json").json
    assert document
    operation = document["paths"][path.partition("?")[0].replace("ID", "{report_id}")]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    checker = OAS31Validator({**schema, "components": document["components"]})
    answer = reader.get(path.replace("ID", find_id(reading_room, "title:gogjali"))).json
    assert [error.message for error in checker.iter_errors(answer)] == []


def test_a_report_is_the_same_under_both_addresses(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The record of the page and of the API are one."""
    report = find_id(reading_room, "title:gogjali")
    assert reader.get(f"/api/v1/reports/{report}").data == reader.get(f"/a/{report}.json").data


def test_what_is_not_there_is_told_as_json(reader: FlaskClient) -> None:
    """A program gets words it can read."""
    answer = reader.get("/api/v1/reports/bcdfghjkmnpq")
    assert (answer.status_code, answer.json and answer.json["status"]) == (404, 404)
