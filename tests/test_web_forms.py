"""What a report says to other programs: Zotero's recipe, unAPI, and files at stable addresses."""

import json

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer import Catalogue
from tests.reading import find_id, read
from web.pages.forms import FORMS, UNAPI


@pytest.fixture(scope="module")
def gogjali(reading_room: Catalogue) -> str:
    """Return the id of a signed report without a date."""
    return find_id(reading_room, "title:gogjali")


@pytest.fixture
def page(reader: FlaskClient, gogjali: str) -> BeautifulSoup:
    """Return the page of that report."""
    return read(reader, f"/a/{gogjali}")


def tags(page: BeautifulSoup) -> dict[str, list[str]]:
    """Return the page's meta tags by name."""
    found: dict[str, list[str]] = {}
    for tag in page.select("meta[name], meta[property]"):
        found.setdefault(str(tag.get("name") or tag.get("property")), []).append(str(tag["content"]))
    return found


def test_zotero_takes_the_page_for_a_newspaper_article(page: BeautifulSoup) -> None:
    """The tags that were measured to make one: type, title, author, publication."""
    found = tags(page)
    assert found["DC.type"] == ["newspaperArticle"]
    assert found["og:type"] == ["article"]
    assert found["DC.title"] == found["citation_title"] == found["og:title"]
    assert found["citation_author"] == found["DC.creator"] == ["Qasirli, Hadi"]
    assert found["og:site_name"] == ["Samphire Features"]


@pytest.mark.parametrize("tag", ["citation_journal_title", "DC.coverage", "citation_date", "DC.date"])
def test_tags_that_would_mislead_are_absent(page: BeautifulSoup, tag: str) -> None:
    """No journal, no shelf mark out of a place, and no date that is unknown."""
    assert tag not in tags(page)


def test_a_date_is_given_in_edtf(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Where there is a date, both families of tags have it as it is."""
    report = find_id(reading_room, "date:1900..2030")
    edtf = reading_room.report(report).report.published.edtf
    found = tags(read(reader, f"/a/{report}"))
    assert found["DC.date"] == found["citation_date"] == [edtf]


def test_unapi_is_announced_and_names_the_report(page: BeautifulSoup, gogjali: str) -> None:
    """A link to the server and an abbr with the id, which is how Zotero finds it."""
    assert page.select_one("link[rel=unapi-server][type='application/xml'][href='/unapi']")
    assert [tag["title"] for tag in page.select("abbr.unapi-id")] == [gogjali]


def test_unapi_lists_its_formats(reader: FlaskClient, gogjali: str) -> None:
    """Without an id 200, with one 300, and the same formats in both."""
    everything, one = reader.get("/unapi"), reader.get(f"/unapi?id={gogjali}")
    assert (everything.status_code, one.status_code) == (200, 300)
    for answer in (everything, one):
        assert [tag["name"] for tag in BeautifulSoup(answer.text, "xml").select("format")] == list(UNAPI)


@pytest.mark.parametrize("name", UNAPI)
def test_unapi_sends_what_the_address_of_the_form_sends(reader: FlaskClient, gogjali: str, name: str) -> None:
    """The record is the same by both ways."""
    assert reader.get(f"/unapi?id={gogjali}&format={name}").text == reader.get(f"/a/{gogjali}/cite.{UNAPI[name]}").text


@pytest.mark.parametrize(
    ("query", "status"), [("?id=bcdfghjkmnpq", 404), ("?id=bcdfghjkmnpq&format=ris", 404), ("?id=x&format=pdf", 406)]
)
def test_unapi_refuses_as_its_standard_says(reader: FlaskClient, query: str, status: int) -> None:
    """Unknown reports are 404, unknown formats 406."""
    assert reader.get(f"/unapi{query}").status_code == status


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_its_address_and_type(reader: FlaskClient, gogjali: str, form: str) -> None:
    """The page's head and its citation box lead to a file of the right type."""
    answer = reader.get(f"/a/{gogjali}/cite.{form}")
    assert (answer.status_code, answer.content_type) == (200, FORMS[form].media_type)
    assert "Qasirli" in answer.text


def test_an_unknown_form_is_not_found(reader: FlaskClient, gogjali: str) -> None:
    """No file of a form there is not."""
    assert reader.get(f"/a/{gogjali}/cite.docx").status_code == 404


def test_the_text_form_is_the_report_without_readers_words(
    reader: FlaskClient, gogjali: str, reading_room: Catalogue
) -> None:
    """Title, byline and every passage; no comment."""
    report, text = reading_room.report(gogjali).report, reader.get(f"/a/{gogjali}.txt").text
    assert all(passage.text in text for passage in report.body)
    assert not any(comment.text in text for comment in report.comments)
    assert text.splitlines()[1] == "By Hadi Qasirli in Erbil"


def test_search_engines_get_a_news_article(page: BeautifulSoup, gogjali: str, reading_room: Catalogue) -> None:
    """JSON-LD with headline, author and identifiers, without comments and without an invented date."""
    script = page.select_one("script[type='application/ld+json']")
    assert script is not None
    said = json.loads(script.text)
    assert (said["@type"], said["author"]) == ("NewsArticle", [{"@type": "Person", "name": "Hadi Qasirli"}])
    assert {"ARK", "SHA-256"} <= {one["propertyID"] for one in said["identifier"]}
    assert "datePublished" not in said
    assert not any(comment.text in script.text for comment in reading_room.report(gogjali).report.comments)
