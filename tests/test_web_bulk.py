"""Bulk edits in the browser, without JavaScript: from a result to a preview, to what was done, and back."""

import pytest
from flask import Flask

from archive.holdings import Correction
from indexer import Catalogue, SearchRequest
from tests.desk import Desk, sign_in
from web.application import create_app
from web.context import EXTENSION

pytestmark = pytest.mark.slow

MOSUL = "q=mosul"


@pytest.fixture
def catalogue(workplace: Flask) -> Catalogue:
    """Return the catalogue of the workplace."""
    found: Catalogue = workplace.extensions[EXTENSION].catalogue
    return found


def plan(curator: Desk, question: str = MOSUL, **form: str) -> str:
    """Send the form for the reports of a search and return the address of the preview."""
    answer = curator.post(f"/desk/bulk/new?{question}", **form)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_result_leads_to_its_bulk_edit(curator: Desk, catalogue: Catalogue) -> None:
    """Above the results stands the way to edit all of them, with their true number; readers have no such way."""
    page = curator.get(f"/search?{MOSUL}")
    href = str(page.find("a", string="bulk edit")["href"])  # type: ignore[index]
    found = catalogue.count(SearchRequest("mosul"))
    assert curator.get(href).h1.text == f"Edit {found} reports"  # type: ignore[union-attr]
    assert "bulk edit" not in curator.client.application.test_client().get(f"/search?{MOSUL}").text


def test_nothing_changes_before_the_preview_is_accepted(curator: Desk, catalogue: Catalogue) -> None:
    """The preview shows before and after of each report; dropped, it leaves no trace."""
    last = len(catalogue.bulk.edits())
    address = plan(curator, field="section", act="add", value="Heronry")
    page = curator.get(address)
    row = page.select_one("tbody tr")
    assert row is not None
    assert row.select("td")[1].text.endswith("Heronry")
    assert not catalogue.count(SearchRequest("section:heronry"))
    assert "Nothing was changed" in curator.send(f"{address}/drop")
    assert len(catalogue.bulk.edits()) == last
    assert curator.client.get(address).status_code == 404


def test_an_edit_is_found_at_once_and_undone_by_one_press(curator: Desk, catalogue: Catalogue) -> None:
    """Accepted, the new value is found by the next search; the page says so and offers Undo."""
    found = catalogue.count(SearchRequest("mosul"))
    address = plan(curator, field="section", act="add", value="Heronry", reason="one heading")
    assert f"{found} reports changed." in curator.send(f"{address}/start")
    assert catalogue.count(SearchRequest("section:heronry")) == found
    page = curator.get(address)
    assert "one heading" in page.text
    assert f"{found} reports changed." in curator.send(f"{address}/undo")
    assert catalogue.count(SearchRequest("section:heronry")) == 0
    assert "Taken back" in curator.get(address).text
    assert [row.select("td")[3].text for row in curator.get("/desk/bulk").select("tbody tr")] == ["done", "done"]


def test_what_was_corrected_since_is_listed_and_left(curator: Desk, catalogue: Catalogue) -> None:
    """The undo's page shows the report that somebody else has corrected, with the name."""
    address = plan(curator, field="title", act="set", value="Water")
    curator.send(f"{address}/start")
    report_id = next(catalogue.find_all(SearchRequest("title:water")).ids)
    catalogue.correct(Correction(report_id, "title", "High water", "Ben"))
    undoing = curator.post(f"{address}/undo").headers["Location"]
    assert "corrected since by Ben, and that stands" in curator.get(f"{undoing}?show=kept").text
    assert catalogue.count(SearchRequest('title:"high water"')) == 1


def test_ticked_reports_can_be_put_into_a_new_collection(curator: Desk, catalogue: Catalogue) -> None:
    """Only the ticked ones, in the order they were ticked; the collection is made on the way."""
    ids = list(catalogue.find_all(SearchRequest("mosul")).ids)[:3]
    query = "&".join(f"r={one}" for one in reversed(ids))
    address = plan(curator, query, field="collection", act="add", name="The siege")
    curator.send(f"{address}/start")
    assert [item.report_id for item in catalogue.collection_desk.items("the-siege")] == ids[::-1]
    assert "Put into the collection" in curator.get(address).text


def test_a_date_may_be_written_in_words(curator: Desk) -> None:
    """As EDTF it is shown in the preview."""
    address = plan(curator, field="published", act="set", value="about March 1990")
    assert "1990-03~" in curator.get(address).text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"field": "body", "act": "set", "value": "x"}, "is not one for"),
        ({"field": "title", "act": "find", "value": "x"}, "say what is to be replaced"),
        ({"field": "published", "act": "set", "value": "soon"}, "not a date we can read"),
        ({"field": "title", "act": "", "value": "x"}, "choose what is to be done"),
        ({"field": "collection", "act": "add", "collection": "nowhere"}, "No collection has the key"),
    ],
)
def test_an_edit_that_cannot_be_is_said_on_the_form(curator: Desk, form: dict[str, str], said: str) -> None:
    """The form comes back with the sentence and what was written."""
    answer = curator.post(f"/desk/bulk/new?{MOSUL}", **form)
    assert (answer.status_code, said in answer.text) == (400, True)


def test_two_presses_do_it_once(workplace: Flask, curator: Desk) -> None:
    """Whoever comes second is told how it stands, and nothing happens twice."""
    other = sign_in(workplace, name="Ben")
    address = plan(curator, field="section", act="add", value="Heronry")
    curator.send(f"{address}/start")
    assert "is done and cannot be started" in other.send(f"{address}/start")


def test_what_a_stopped_server_left_is_taken_up_by_the_next(curator: Desk, catalogue: Catalogue) -> None:
    """An edit that waits, or was cut short, goes on as soon as a server runs, without anybody asking."""
    address = plan(curator, field="section", act="add", value="Heronry")
    catalogue.bulk.start(int(address.rsplit("/", 1)[1]), by="A curator")
    following = create_app(catalogue)
    following.extensions["dateline.work"].wait(30)
    assert catalogue.count(SearchRequest("section:heronry")) == catalogue.count(SearchRequest("mosul"))
