"""Tags: given and taken by curators, searched by readers, undone like everything."""

import pytest
from flask import Flask

from indexer import Catalogue, SearchRequest
from tests.desk import Desk, sign_in
from tests.reading import find_id

pytestmark = pytest.mark.slow


@pytest.fixture
def catalogue(workplace: Flask) -> Catalogue:
    """Return the catalogue behind the workplace."""
    found: Catalogue = workplace.extensions["dateline"].catalogue
    return found


@pytest.fixture
def report(catalogue: Catalogue) -> str:
    """Return a report."""
    return find_id(catalogue, "title:gogjali")


def test_a_tag_is_found_by_word_and_by_facet(
    workplace: Flask, curator: Desk, catalogue: Catalogue, report: str
) -> None:
    """What a curator gives, every reader finds, in the text of a query and beside the results."""
    assert curator.send(f"/a/{report}/tags", tag="  Mass  graves ") == "Given the tag “Mass graves”."
    assert [hit.id for hit in catalogue.search(SearchRequest("tag:graves")).hits] == [report]
    reader = workplace.test_client()
    assert f"/a/{report}" in reader.get("/search?tag=Mass+graves").text
    assert 'name="tag" value="Mass graves"' in reader.get("/search").text
    assert catalogue.record(report)["tags"] == ["Mass graves"]


def test_a_tag_is_no_correction_of_what_the_rules_say(curator: Desk, catalogue: Catalogue, report: str) -> None:
    """The report is still one that the rules alone describe."""
    curator.send(f"/a/{report}/tags", tag="Mosul")
    assert catalogue.report(report).corrected == ()
    assert [one.by for one in catalogue.evidence(report) if one.field == "tags"] == ["A curator"]
    assert catalogue.search(SearchRequest("review:corrected")).total == 0


def test_giving_and_taking_are_undone(curator: Desk, catalogue: Catalogue, report: str) -> None:
    """Each leaves an event that its notice takes back."""
    curator.post(f"/a/{report}/tags", tag="one")
    curator.post(f"/a/{report}/tags", tag="Two")
    curator.post(f"/a/{report}/tags/remove", tag="one")
    assert catalogue.report(report).report.tags == ("Two",)
    last = catalogue.history(report)[-1]
    assert last.agent == "A curator"
    assert curator.send(f"/a/{report}/tags/undo", event=last.number) == "It stands as it did before."
    assert catalogue.report(report).report.tags == ("one", "Two")
    assert "already" in curator.send(f"/a/{report}/tags/undo", event=last.number)


@pytest.mark.parametrize(("tag", "said"), [("", "from 1 to"), ("x" * 61, "60 characters"), ("\x07", "cannot be shown")])
def test_what_is_no_tag_is_said(curator: Desk, report: str, tag: str, said: str) -> None:
    """Nothing is changed, and the page says why."""
    assert said in curator.send(f"/a/{report}/tags", tag=tag)


def test_a_tag_is_given_once(curator: Desk, catalogue: Catalogue, report: str) -> None:
    """In whatever case; and it is only words wherever it is shown."""
    curator.send(f"/a/{report}/tags", tag="<b onclick=x>")
    assert "already" in curator.send(f"/a/{report}/tags", tag="<B onclick=x>")
    assert "no tag" in curator.send(f"/a/{report}/tags/remove", tag="other")
    assert catalogue.report(report).report.tags == ("<b onclick=x>",)
    assert "<b onclick" not in str(curator.get(f"/a/{report}")).replace("&lt;", "")


def test_a_researcher_gives_no_tags(workplace: Flask, report: str) -> None:
    """What everybody sees is a curator's."""
    assert sign_in(workplace, "researcher").post(f"/a/{report}/tags", tag="x").status_code == 403


def test_a_report_that_is_not_there_has_no_tags(curator: Desk) -> None:
    """It is not found."""
    assert curator.post("/a/bcdfghjkmnpq/tags", tag="x").status_code == 404
