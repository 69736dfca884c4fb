"""Nothing from a page runs, every answer carries its headers, and pages can only be read."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from indexer import Catalogue
from tests.reading import HOSTILE_NAME, find_id, read, said
from web.ark import make_ark

HOSTILE_TEXT = "\"><script>alert(1)</script>' onfocus='x {{ config }} <b onclick=x> javascript:alert(1) \x00\x1f\u202e"
REPORT_PAGES = ("", "/original", "/comments")


@pytest.fixture(scope="module")
def hostile(reading_room: Catalogue) -> str:
    """Return the id of the page that attacks its reader."""
    return find_id(reading_room, "zugzwang")


def addresses(website: Flask, report_id: str) -> Iterator[str]:
    """Yield an address for every rule of the application."""
    values = {"<report_id>": report_id, "<path:filename>": "dateline.css", "<path:name>": make_ark(report_id)[4:],
              "<form>": "ris", "<story_id>": report_id, "<name>": "reports.csv", "<value>": "marrowby-signal",
              "<actor_id>": "islamic-state", "<int(fixed_digits=4):year>": "2017",
              "<int(fixed_digits=2):month>": "07", "<int(fixed_digits=2):day>": "11"}  # fmt: skip
    for rule in website.url_map.iter_rules():
        yield re.sub("<[^>]+>", lambda found: values.get(found[0], "1"), rule.rule)


def attacks(page: BeautifulSoup) -> list[str]:
    """Return what in a page could run or fetch: scripts, frames, foreign pictures, handlers, styles, odd links."""
    ours = "[type='application/ld+json'], [src^='/static/dateline.js?'], [src^='/static/suggest.js?']"
    tags = [tag.name for tag in page.select(f"script:not({ours}), iframe, img, object, embed, style, base, b[onclick]")]
    handlers = [name for tag in page.select("*") for name in tag.attrs if name.startswith("on") or name == "style"]
    sources = (
        "https://www.geonames.org/",
        "https://creativecommons.org/",
        "https://www.naturalearthdata.com/",
        "https://whosonfirst.org/",
    )
    schemes = ("/", "#", "http://localhost", "?", *sources)
    links = [str(tag["href"]) for tag in page.select("[href]") if not str(tag["href"]).startswith(schemes)]
    return tags + handlers + links


@pytest.mark.slow
def test_every_route_answers_with_the_headers(website: Flask, reader: FlaskClient, hostile: str) -> None:
    """No address of the application forgets the policy, the sniffing guard or the frame guard."""
    for address in (*addresses(website, hostile), "/nowhere", "/search?page=2&q=x", "/a/bcd"):
        with reader.get(address) as response:
            headers = response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["X-Frame-Options"] == "DENY", address
        assert headers["Referrer-Policy"] == "no-referrer", address
        assert headers["Permissions-Policy"], address


def test_the_policy_allows_our_own_files_and_forms_and_nothing_else(reader: FlaskClient) -> None:
    """No inline style or script, no frame, no other site."""
    assert reader.get("/").headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("tail", REPORT_PAGES)
def test_a_hostile_page_is_only_words(reader: FlaskClient, hostile: str, tail: str) -> None:
    """Title, byline, text, links and file name of a hostile page are shown and never obeyed."""
    assert attacks(read(reader, f"/a/{hostile}{tail}?q=zugzwang")) == []


def test_a_hostile_page_is_only_words_in_a_list_of_results(reader: FlaskClient) -> None:
    """Its title and snippets are harmless among the results too."""
    page = read(reader, "/search?q=zugzwang")
    assert attacks(page) == []
    assert '<script>alert("title")</script> {{ 7 * 7 }}' in said(page.select_one(".hit h2"))


def test_a_hostile_file_name_is_shown_as_written(reader: FlaskClient, hostile: str) -> None:
    """A file name is text, whatever it says."""
    assert HOSTILE_NAME in said(read(reader, f"/a/{hostile}").select_one(".identifiers"))


@pytest.mark.parametrize("where", ["q", "outlet", "x.place", "sort", "page"])
def test_a_hostile_address_is_only_words(reader: FlaskClient, where: str) -> None:
    """Whatever stands in the address is escaped wherever the page repeats it."""
    response = reader.get("/search", query_string={where: HOSTILE_TEXT}, follow_redirects=True)
    assert response.status_code == 200
    assert attacks(BeautifulSoup(response.text, "lxml")) == []


@pytest.mark.slow
def test_no_page_of_ours_has_inline_style_or_script(website: Flask, reader: FlaskClient, hostile: str) -> None:
    """The policy forbids them, so nothing of ours may rely on them."""
    for address in addresses(website, hostile):
        with reader.get(address) as response:
            if response.mimetype == "text/html":
                assert attacks(BeautifulSoup(response.get_data(as_text=True), "lxml")) == [], address


def test_no_route_takes_more_than_reading_and_forms(website: Flask) -> None:
    """GET and HEAD for pages, POST for forms, and nothing else."""
    taken = {rule.endpoint: frozenset(rule.methods or ()) for rule in website.url_map.iter_rules()}
    assert set(taken.values()) == {frozenset({"GET", "HEAD"}), frozenset({"POST"})}


def test_a_head_has_the_headers_and_no_body(reader: FlaskClient) -> None:
    """A program may ask for the headers alone."""
    response = reader.head("/search?q=mosul")
    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_sending_is_refused_in_words(reader: FlaskClient, method: str) -> None:
    """A request to change something gets a page that says these pages can only be read."""
    response = reader.open("/search", method=method)
    assert response.status_code == 405
    assert "Nothing can be sent here" in response.text


def test_the_program_s_version_is_not_told(reader: FlaskClient) -> None:
    """No page says which libraries made it."""
    assert not {"Server", "X-Powered-By"} & set(reader.get("/").headers.keys())
