"""Suggestions while a reader types: what they are, and where they lead."""

import pytest
from flask.testing import FlaskClient

from indexer import Catalogue
from tests.reading import find_id


def suggested(reader: FlaskClient, typed: str) -> list[tuple[str, str, str]]:
    """Return what is suggested for a text: label, kind and link."""
    response = reader.get("/suggest", query_string={"q": typed})
    assert response.status_code == 200
    return [(found["label"], found["kind"], found["href"]) for found in response.get_json()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("samph", ("Samphire Features", "Outlet, 5 reports", "/search?outlet=samphire-features")),
        ("FEATÚ", ("Samphire Features", "Outlet, 5 reports", "/search?outlet=samphire-features")),
        ("gogj", ("Kokjali (Mosul)", "Place, ", "/search?place=")),
        ("Islamic sta", ("Islamic State", "Name used, ", "/search?name=Islamic+State")),
        ("bridge samph", ("bridge + Samphire Features", "Outlet, 5 reports", "/search?q=bridge&outlet=")),
    ],
)
def test_values_of_the_collection_are_suggested(reader: FlaskClient, typed: str, found: tuple[str, str, str]) -> None:
    """Outlets, places and names that begin so, in any case, in any of their words; what stands before stays asked."""
    matching = [one for one in suggested(reader, typed) if all(map(str.startswith, one, found))]
    assert matching
    assert all(reader.get(href).status_code == 200 for _, _, href in matching)


def test_titles_lead_to_their_reports(reader: FlaskClient, reading_room: Catalogue) -> None:
    """A headline is found by its words, the last one unfinished."""
    report_id = find_id(reading_room, "title:gogjali")
    title = reading_room.report(report_id).report.title
    assert title is not None
    assert (title.value, "Report", f"/a/{report_id}") in suggested(reader, " ".join(title.value.split()[:3])[:-1])


@pytest.mark.parametrize("typed", ["", " ", "x", "%", "zugunruhe", '"(', "\x00", "<b>", "(" * 500])
def test_little_or_odd_text_suggests_nothing(reader: FlaskClient, typed: str) -> None:
    """No text is an error."""
    assert suggested(reader, typed) == []


def test_a_hostile_title_is_only_words(reader: FlaskClient) -> None:
    """What a page calls itself comes as text in JSON."""
    response = reader.get("/suggest?q=zugzwang")
    assert response.mimetype == "application/json"
    assert [found["label"] for found in response.get_json()] == [
        'Zugzwang <script>alert("title")</script> {{ 7 * 7 }} "><b onclick=\'x\'>'
    ]
