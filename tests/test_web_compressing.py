"""Pages travel small to who can read them so."""

import gzip

import pytest
from flask.testing import FlaskClient

from web.assets import STATIC

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/search", "/help/search", "/api/v1/search", "/feed/search.atom"])
def test_a_compressed_page_is_the_page(reader: FlaskClient, path: str) -> None:
    """Unpacked, it is what a reader without gzip gets, and caches keep the two apart."""
    packed, plain = reader.get(path, headers=GZIP), reader.get(path)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_the_search_page_is_light(reader: FlaskClient) -> None:
    """With every report and every facet, a page of the samples travels in less than 60 kB."""
    assert len(reader.get("/search?per=25", headers=GZIP).data) < 60_000


def test_what_is_streamed_is_not_held_back(reader: FlaskClient) -> None:
    """An export goes out as it is written."""
    assert "Content-Encoding" not in reader.get("/export/reports.csv", headers=GZIP).headers


@pytest.mark.parametrize("name", ["dateline.css", "dateline.js", "suggest.js", "mark.svg"])
def test_our_files_travel_packed_and_once(reader: FlaskClient, name: str) -> None:
    """Packed they are the files themselves; a browser keeps them for a year, and their links change with them."""
    packed, plain = reader.get(f"/static/{name}", headers=GZIP), reader.get(f"/static/{name}")
    assert gzip.decompress(packed.data) == plain.data == (STATIC / name).read_bytes()
    assert "immutable" in plain.headers["Cache-Control"]
    again = reader.get(f"/static/{name}", headers={"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_only_our_files_are_sent(reader: FlaskClient) -> None:
    """No way of writing an address leads out of their folder."""
    for name in ("../application.py", "..%2fapplication.py", "%2e%2e/application.py", "/etc/passwd", "dateline.css/"):
        assert reader.get(f"/static/{name}", follow_redirects=True).status_code == 404
