"""What a reader sees when something is not there, not understood, or broken."""

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.errors import OriginalLost
from indexer import Catalogue
from tests.reading import find_id, read, said

SECRET = "the ladder in the cellar"


@pytest.fixture
def broken(reading_room: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every search fail with words that no reader should see."""

    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(reading_room, "search", fail)


@pytest.mark.parametrize("address", ["/nowhere", "/a/", "/static/nothing.css", "/api/v2/search", "/a/x/y/z"])
def test_what_is_not_there_is_said_kindly(reader: FlaskClient, address: str) -> None:
    """An address of nothing gets a page with ways on."""
    response = reader.get(address)
    assert response.status_code == 404
    assert "This page is not here" in response.text


@pytest.mark.usefixtures("broken")
def test_a_failure_shows_a_number_and_never_a_trace(reader: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """The reader gets a reference; the log has the same reference with the cause."""
    with caplog.at_level(logging.ERROR):
        page = said(read(reader, "/search?q=x", status=500))
    number = re.search(r"the number ([0-9a-f]{8})", page)
    assert number
    assert SECRET not in page
    assert "Traceback" not in page
    assert number[1] in caplog.text
    assert SECRET in caplog.text


@pytest.mark.usefixtures("broken")
def test_a_failure_of_the_api_is_json(reader: FlaskClient) -> None:
    """A program gets its error as JSON, with the status and no trace."""
    answer = reader.get("/api/v1/search?q=x")
    assert answer.status_code == 500
    assert answer.json
    assert set(answer.json) == {"error", "status"}
    assert SECRET not in answer.text


def test_an_unknown_record_is_json_too(reader: FlaskClient) -> None:
    """A record that is not there is told in the record's own form."""
    answer = reader.get("/a/bcdfghjkmnpq.json")
    assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_a_lost_original_is_told_without_its_path(
    reader: FlaskClient, reading_room: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the file is missing, the reader learns that and the keeper's log says which."""

    def lose(report_id: str) -> None:
        raise OriginalLost(report_id, "0" * 64)

    monkeypatch.setattr(reading_room, "original", lose)
    page = read(reader, f"/a/{find_id(reading_room, 'gogjali')}/original/raw", status=500)
    assert "The original cannot be shown" in said(page)


def test_an_error_page_is_a_page_like_the_others(website: Flask) -> None:
    """It has the box, the way home, and the line about the places."""
    page = read(website.test_client(), "/nowhere", status=404)
    assert page.select("form[role=search]")
    assert page.select("main a[href='/']")
    assert "GeoNames" in said(page.find("footer"))
