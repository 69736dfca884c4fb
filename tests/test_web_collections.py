"""Collections in the browser: made, filled, ordered, described, published, read as a finding aid, and taken back."""

import pytest
from flask import Flask

from indexer import Catalogue, SearchRequest
from tests.desk import Desk, sign_in
from web.context import EXTENSION

pytestmark = pytest.mark.slow

KEY = "the-siege"
HERE = f"/desk/collections/{KEY}"


@pytest.fixture
def catalogue(workplace: Flask) -> Catalogue:
    """Return the catalogue of the workplace."""
    found: Catalogue = workplace.extensions[EXTENSION].catalogue
    return found


@pytest.fixture
def ids(curator: Desk, catalogue: Catalogue) -> list[str]:
    """Make a collection of three reports and return their ids."""
    assert "Only people of the desk" in curator.send("/desk/collections", name="The siege")
    ids = list(catalogue.find_all(SearchRequest("city")).ids)[:3]
    catalogue.collection_desk.add(KEY, ids, by="A curator")
    return ids


def order(catalogue: Catalogue) -> list[str]:
    """Return the reports of the collection in its order."""
    return [item.report_id for item in catalogue.collection_desk.items(KEY)]


def undo_last(curator: Desk, catalogue: Catalogue) -> None:
    """Undo the newest event as the notice's button does."""
    number = max(event.number for event in catalogue._store.events())
    assert "Undone." in curator.send(f"{HERE}/undo", event=number)


def test_what_is_private_is_shown_to_no_reader(
    workplace: Flask, curator: Desk, catalogue: Catalogue, ids: list[str]
) -> None:
    """Neither its page nor the list, nor the report's page, nor a facet nor a file names it, until it is published."""
    reader = workplace.test_client()
    ways = (
        "/collections",
        f"/a/{ids[0]}",
        "/search?q=city",
        "/export.csv?q=city",
        f"/a/{ids[0]}.json",
        "/api/v1/search?q=city",
    )
    assert KEY not in reader.get(f"/a/{ids[0]}/history").text
    assert KEY in curator.client.get(f"/a/{ids[0]}/history").text
    assert reader.get(f"/collections/{KEY}").status_code == 404
    assert [way for way in ways if "siege" in reader.get(way).text and KEY in reader.get(way).text] == []
    assert curator.client.get(f"/collections/{KEY}").status_code == 200
    curator.send(f"{HERE}/publish", public="1")
    assert reader.get(f"/collections/{KEY}").status_code == 200
    assert "The siege" in reader.get("/collections").text
    assert catalogue.count(SearchRequest(selected={"collection": (KEY,)})) == 3
    undo_last(curator, catalogue)
    assert reader.get(f"/collections/{KEY}").status_code == 404


def test_reports_are_put_in_order_without_a_script(curator: Desk, catalogue: Catalogue, ids: list[str]) -> None:
    """Up, down, to any place; taken out and put back where it was."""
    curator.send(f"{HERE}/items/{ids[2]}/move", position="1")
    assert order(catalogue) == [ids[2], ids[0], ids[1]]
    undo_last(curator, catalogue)
    assert order(catalogue) == ids
    assert "stays in the archive" in curator.send(f"{HERE}/items/{ids[1]}/remove")
    assert order(catalogue) == [ids[0], ids[2]]
    undo_last(curator, catalogue)
    assert order(catalogue) == ids


def test_a_finding_aid_says_what_was_written_and_what_is_counted(
    workplace: Flask, curator: Desk, ids: list[str]
) -> None:
    """ISAD(G) elements with their numbers, dates with their doubts, the curator's text under its report."""
    curator.send(f"{HERE}/publish", public="1")
    curator.send(f"{HERE}/describe", name="The siege", level="series", scope="The battle for the city.", question="")
    curator.send(f"{HERE}/items/{ids[0]}/note", text="The first to say so.")
    text = workplace.test_client().get(f"/collections/{KEY}").text
    for said in (
        "Scope and content",
        "3.3.1",
        "The battle for the city.",
        "series",
        "3 reports",
        "The first to say so.",
    ):
        assert said in text, said


def test_a_part_lies_within_the_whole(workplace: Flask, curator: Desk, catalogue: Catalogue, ids: list[str]) -> None:
    """Who narrows to the whole finds the reports of its part; it cannot be made part of its own part."""
    curator.send(f"{HERE}/publish", public="1")
    curator.send(f"{HERE}/nest", parent="demonstration-reports")
    assert "The siege" in workplace.test_client().get("/collections/demonstration-reports").text
    answer = curator.post("/desk/collections/demonstration-reports/nest", parent=KEY)
    assert (answer.status_code, "part of itself" in answer.text) == (400, True)
    assert catalogue.report(ids[0]).within == ()  # it is in the whole itself as well
    curator.send(f"{HERE}/delete")
    assert curator.client.get(HERE).status_code == 404
    undo_last(curator, catalogue)
    assert curator.client.get(HERE).status_code == 200


def test_a_question_fills_a_collection_and_can_be_frozen(curator: Desk, catalogue: Catalogue, ids: list[str]) -> None:
    """A pasted address of a search is read; what it finds is counted with it, and put in for good on request."""
    curator.send(
        f"{HERE}/describe", name="The siege", level="file", question="https://here.example/search?q=mosul&page=2"
    )
    assert catalogue.collection_desk.get(KEY).question == "q=mosul"
    preview = curator.post(f"{HERE}/freeze").headers["Location"]
    curator.send(f"{preview}/start")
    assert set(order(catalogue)) == {*ids, *catalogue.find_all(SearchRequest("mosul")).ids}


def test_two_curators_do_not_trip_over_each_other(workplace: Flask, curator: Desk, ids: list[str]) -> None:
    """What another has deleted meanwhile is said, and nothing breaks."""
    other = sign_in(workplace, name="Ben")
    other.send(f"{HERE}/items/{ids[0]}/remove")
    assert "is not in" in curator.send(f"{HERE}/items/{ids[0]}/move", position="2")
    other.send(f"{HERE}/delete")
    assert curator.post(f"{HERE}/items/{ids[1]}/move", position="2").status_code == 404
