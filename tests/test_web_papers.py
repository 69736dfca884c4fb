"""A person's own papers: lists, notes, saved searches; and snapshots that are cited."""

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.holdings import Correction
from indexer import Catalogue, SearchRequest
from tests.desk import Desk, sign_in
from tests.reading import find_id
from web.desk.snapshots import compare_ids

pytestmark = pytest.mark.slow

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture
def catalogue(workplace: Flask) -> Catalogue:
    """Return the catalogue behind the workplace."""
    found: Catalogue = workplace.extensions["dateline"].catalogue
    return found


@pytest.fixture
def rosa(workplace: Flask) -> Desk:
    """Return a researcher's browser."""
    return sign_in(workplace, "researcher", "Rosa")


@pytest.fixture
def report(catalogue: Catalogue) -> str:
    """Return a report."""
    return find_id(catalogue, "title:gogjali")


def undo(desk: Desk, page: str) -> str:
    """Press the button of the notice on a page, and return what is said then."""
    form = desk.get(page).select(".notice form")[-1]
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input") if one["name"] != "csrf"}
    return desk.send(str(form["action"]), **fields)


def test_a_list_is_kept_in_its_owner_s_order(rosa: Desk, catalogue: Catalogue, report: str) -> None:
    """Begun from ticked reports, added to from a report's page, ordered, and taken away as a file."""
    others = [hit.id for hit in catalogue.search(SearchRequest()).hits if hit.id != report][:2]
    assert rosa.send("/desk/lists", name="Walls", r=others) == "2 reports put on the list “Walls”."
    rosa.post("/desk/lists", list="1", r=report)
    rosa.post("/desk/lists/1/move", report=report, place="1")
    rosa.post("/desk/lists/1/take-off", report=others[0])
    assert catalogue.papers.paper(rosa.user, 1).reports == (report, others[1])
    table = rosa.client.get("/export/reports.csv?kept=1").text.splitlines()
    assert [report in table[1], others[1] in table[2]] == [True, True]
    assert "Walls, kept by Rosa" in rosa.client.get("/export?kept=1").text


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda desk, _: desk.post("/desk/lists/1/remove"), "/desk/lists"),
        (lambda desk, report: desk.post("/desk/lists/1/take-off", report=report), "/desk/lists/1"),
        (lambda desk, _: desk.post("/desk/lists/1/about", name="Other", text="x"), "/desk/lists/1"),
    ],
)
def test_every_act_on_a_list_is_undone(
    rosa: Desk, catalogue: Catalogue, report: str, act: Callable[[Desk, str], object], said: str
) -> None:
    """The notice's button brings back what stood before."""
    rosa.send("/desk/lists", name="Walls", r=report)
    before = catalogue.papers.paper(rosa.user, 1)
    act(rosa, report)
    assert undo(rosa, said) == "It stands as it did before."
    after = catalogue.papers.paper(rosa.user, 1)
    assert (after.name, after.text, after.reports, after.removed) == (
        before.name, before.text, before.reports, before.removed,
    )  # fmt: skip


def test_what_was_changed_again_since_is_not_overwritten(rosa: Desk, catalogue: Catalogue, report: str) -> None:
    """An undo that comes late says so, and leaves the later word."""
    rosa.post("/desk/lists", name="Walls", r=report)
    first = catalogue.state().last_event
    rosa.post("/desk/lists/1/about", name="Doors", text="")
    assert "changed again since" in rosa.send("/desk/papers/undo", event=first, back="/desk/lists")
    assert catalogue.papers.paper(rosa.user, 1).name == "Doors"


def test_nobody_sees_or_changes_another_s_papers(workplace: Flask, rosa: Desk, report: str) -> None:
    """Not even an admin: lists, searches and private notes are their writer's alone."""
    rosa.post("/desk/lists", name="Secret walls", r=report)
    rosa.post(f"/a/{report}/notes", text="A secret thought")
    rosa.post("/desk/searches", name="Secret search", address="q=mosul")
    rosa.post("/snapshots", name="Secret snapshot", address="q=mosul")
    other = sign_in(workplace, "admin")
    for address in ("/desk/lists/1", "/desk/searches/3", "/snapshots/1", "/export?snapshot=1", "/snapshots/1/ids.txt"):
        assert other.client.get(address).status_code == 404, address
    for address in ("/desk/lists", "/desk/notes", "/desk/searches", "/snapshots", f"/a/{report}"):
        assert "ecret" not in other.get(address).get_text(), address
    for address in ("/desk/lists/1/remove", "/desk/notes/2", "/desk/searches/3/remove", "/snapshots/1/show"):
        assert other.post(address, text="x").status_code == 404, address
    assert other.client.get("/export?kept=1").status_code == 404
    assert workplace.test_client().get("/export?kept=1").status_code == 401


def test_a_note_is_shared_when_its_writer_says_so(workplace: Flask, rosa: Desk, report: str) -> None:
    """The desk sees it with the writer's name; readers never do."""
    rosa.post(f"/a/{report}/notes", text="The second photograph is older.", shared="1")
    other = sign_in(workplace)
    assert "Shared by Rosa" in other.get(f"/a/{report}").get_text()
    assert "second photograph" not in workplace.test_client().get(f"/a/{report}").text
    rosa.post("/desk/notes/1", text="The second photograph is older.")
    assert "second photograph" not in other.get(f"/a/{report}").get_text()
    assert "is removed" in rosa.send("/desk/notes/1/remove")
    assert "no note yet" in rosa.get("/desk/notes").get_text()


def test_a_note_leaves_no_trace_in_a_report_s_history(rosa: Desk, catalogue: Catalogue, report: str) -> None:
    """History is read by everybody."""
    before = catalogue.history(report)
    rosa.post(f"/a/{report}/notes", text="A thought")
    assert catalogue.history(report) == before


def test_a_saved_search_says_what_is_new(rosa: Desk, catalogue: Catalogue, report: str) -> None:
    """What was changed into it since one last looked is named, and old news after one has seen it."""
    rosa.post("/desk/searches", name="Zugzwang", address="q=title:zugzwang")
    assert "0 reports" in rosa.get("/desk/searches").get_text()
    catalogue.correct(Correction(report, "title", "Zugzwang on the wall", "N. Karim"))
    page = rosa.get("/desk/searches/1").get_text()
    assert "1 more than when you last looked" in page
    assert "Zugzwang on the wall" in page
    assert "later is new" in rosa.send("/desk/searches/1/seen")
    assert "Zugzwang on the wall" not in rosa.get("/desk/searches/1").get_text()
    assert "as many as when you last looked" in rosa.get("/desk/searches").get_text()


def test_a_snapshot_is_frozen_and_says_what_changed_since(
    workplace: Flask, rosa: Desk, catalogue: Catalogue, report: str
) -> None:
    """Its reports and digest stay; what is found more, and no more, is counted and listed."""
    rosa.post("/snapshots", name="Walls", address="q=title:gogjali")
    rosa.post("/snapshots/1/show")
    catalogue.correct(Correction(report, "title", "Something else", "N. Karim"))
    other = find_id(catalogue, "mosul")
    catalogue.correct(Correction(other, "title", "Gogjali again", "N. Karim"))
    reader = workplace.test_client()
    page = reader.get("/snapshots/1").text
    assert "1 report more" in page
    assert "1 of these no more" in page
    assert f"/a/{other}" in reader.get("/snapshots/1?show=added").text
    ids = reader.get("/snapshots/1/ids.txt").data
    assert ids == f"{report}\n".encode()
    assert hashlib.sha256(ids).hexdigest() in page
    assert report in reader.get("/export/reports.csv?snapshot=1").text


def test_a_snapshot_is_hidden_removed_and_brought_back(workplace: Flask, rosa: Desk) -> None:
    """Only its owner does it, each act is undone, and its number is not given again."""
    rosa.post("/snapshots", name="Walls", address="q=mosul")
    reader = workplace.test_client()
    assert reader.get("/snapshots/1").status_code == 404
    assert "Everybody sees" in rosa.send("/snapshots/1/show")
    assert reader.get("/snapshots/1").status_code == 200
    assert "taken away" in rosa.send("/snapshots/1/remove")
    assert reader.get("/snapshots/1").status_code == 404
    assert rosa.send("/snapshots/1/restore") == "The snapshot is there again."
    rosa.post("/snapshots/1/remove")
    rosa.post("/snapshots", name="Doors", address="q=mosul")
    assert "Doors" in rosa.get("/snapshots/2").get_text()
    assert rosa.post("/snapshots/2/burn").status_code == 404


def test_an_export_of_a_snapshot_tells_what_it_is(rosa: Desk) -> None:
    """The sheet cites it, with the question as it was asked."""
    rosa.post("/snapshots", name="Walls", address="q=title:gogjali")
    text = rosa.client.get("/export/PROVENANCE.txt?snapshot=1").text
    assert "snapshot 1" in text
    assert "title:gogjali" in text


def test_an_empty_answer_is_no_snapshot(rosa: Desk) -> None:
    """There is nothing to cite."""
    assert "nothing was found" in rosa.send("/snapshots", address="q=zugunruhe")


def test_ids_are_compared_in_their_order() -> None:
    """What was added comes in the order of now, what is gone in the order of then."""
    difference = compare_ids(("a", "b", "c", "d"), ("e", "c", "a", "f"))
    assert (difference.added, difference.gone) == (("e", "f"), ("b", "d"))


@pytest.mark.parametrize(
    ("address", "fields", "said"),
    [
        ("/desk/lists", {"name": " "}, "needs a name"),
        ("/desk/lists", {"name": "x" * 201}, "at most 200"),
        ("/a/REPORT/notes", {"text": " "}, "the note is empty"),
        ("/a/REPORT/notes", {"text": "x" * 10_001}, "10,000"),
    ],
)
def test_what_cannot_be_kept_is_said(rosa: Desk, report: str, address: str, fields: dict[str, str], said: str) -> None:
    """Nothing is kept, and the page says why."""
    assert said in rosa.send(address.replace("REPORT", report), **fields)


def test_hostile_words_are_only_words(rosa: Desk, report: str) -> None:
    """Names and texts are shown as they were written, wherever they are shown."""
    rosa.post("/desk/lists", name=HOSTILE, r=report)
    rosa.post(f"/a/{report}/notes", text=HOSTILE, shared="1")
    rosa.post("/desk/searches", name=HOSTILE, address="q=" + HOSTILE)
    rosa.post("/snapshots", name=HOSTILE, address="q=mosul")
    for path in ("/desk/lists", "/desk/lists/1", "/desk/notes", "/desk/searches", "/desk/searches/3", "/snapshots",
                 "/snapshots/1", f"/a/{report}"):  # fmt: skip
        page = rosa.get(path)
        assert "alert(1)" in page.get_text(), path
        assert not [one for one in page.select("script") if "alert(1)" in one.get_text()], path


def test_papers_are_found_and_paged(rosa: Desk) -> None:
    """Twenty-five on a page; the box finds; none found is said."""
    for number in range(30):
        rosa.post("/desk/lists", name=f"List {number:02}")
    assert len(rosa.get("/desk/lists").select(".waits li")) == 25
    assert len(rosa.get("/desk/lists?page=2").select(".waits li")) == 5
    assert len(rosa.get("/desk/lists?find=list+1").select(".waits li")) == 10
    assert "None has" in rosa.get("/desk/lists?find=100%25").get_text()


def test_readers_see_nothing_of_it(reader: FlaskClient) -> None:
    """No form, no link, no snapshot."""
    page = reader.get("/search?q=mosul").text
    assert "Keep this search" not in page
    assert "There is none yet" in reader.get("/snapshots").text
