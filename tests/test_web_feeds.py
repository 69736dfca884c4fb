"""For programs that come by: feeds, the search box for browsers, and the map of the site."""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from indexer import Catalogue, SearchRequest
from tests.reading import read
from web.pages import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parse(reader: FlaskClient, address: str) -> etree._Element:
    """Return the root of the XML at this address."""
    return etree.fromstring(reader.get(address).data)


def test_a_feed_holds_the_result_s_first_reports(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Its entries are the hits, each with what Atom demands."""
    feed = parse(reader, "/feed/search.atom?q=mosul")
    hits = reading_room.search(SearchRequest(text="mosul")).hits
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [
        f"http://localhost/a/{hit.id}" for hit in hits
    ]
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(part.findtext(ATOM + tag) for tag in ("id", "title", "updated"))


def test_an_entry_says_when_its_report_last_changed(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The time is that of the last event of its history."""
    for entry in parse(reader, "/feed/search.atom?q=mosul").iter(f"{ATOM}entry"):
        report_id = str(entry.findtext(f"{ATOM}id")).rpartition("/")[2]
        told = str(entry.findtext(f"{ATOM}updated")).replace("+00:00", "Z")
        assert told == reading_room.history(report_id)[-1].when


def test_an_uncertain_date_is_no_date_of_a_feed(reader: FlaskClient) -> None:
    """`published` stands only where one day is certain."""
    feed = parse(reader, "/feed/search.atom?date=unknown")
    assert list(feed.iter(f"{ATOM}entry"))
    assert not list(feed.iter(f"{ATOM}published"))


def test_hostile_titles_and_queries_are_text_in_a_feed(reader: FlaskClient) -> None:
    """The feed stays well formed."""
    feed = parse(reader, "/feed/search.atom?q=zugzwang+OR+%22%3C%2Ffeed%3E%00")
    assert '<script>alert("title")</script>' in str(feed.findtext(f"{ATOM}entry/{ATOM}title"))


def test_browsers_learn_how_to_search_here(reader: FlaskClient) -> None:
    """Every page names the description, and its template is the search page."""
    link = read(reader, "/").select_one("link[rel=search]")
    assert link is not None
    urls = [str(node.get("template")) for node in parse(reader, str(link["href"])) if "Url" in str(node.tag)]
    assert "http://localhost/search?q={searchTerms}&page={startPage?}" in urls


def test_the_map_of_the_site_names_every_report(reader: FlaskClient, reading_room: Catalogue,
                                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """All files together have each report once, and there is no file beyond the last."""
    monkeypatch.setattr(feeds, "ADDRESSES", 10)
    files = [node.text for node in parse(reader, "/sitemap.xml").iter(f"{MAP}loc")]
    named = [node.text for file in files for node in parse(reader, str(file)).iter(f"{MAP}loc")]
    assert len(named) == len(set(named)) == reading_room.status().reports
    assert reader.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


def test_crawlers_are_asked_to_leave_searches_alone(reader: FlaskClient) -> None:
    """Reports may be read by all; searches and exports are for people."""
    said = reader.get("/robots.txt").text
    assert "Disallow: /search\n" in said
    assert "Disallow: /a" not in said.replace("/api/", "")
