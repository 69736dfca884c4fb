"""Edits of many reports: previewed as they will run, safe to kill, undone whole, and no single word overwritten."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.edits import Edit, EditCounts
from archive.errors import EditNotReady, UnknownEdit
from archive.holdings import Correction
from archive.home import Home
from archive.store import Store
from archive.store.tables import reports
from tests.factories import make_description, make_page

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SIZE = 12
# Works off what waits in portions of 5, and says after each how far it is; killed by the test.
WORKER = """
import sys, time
from pathlib import Path
from archive.home import open_home
from archive.store import Store
with Store.open(open_home(Path(sys.argv[1]))) as store, store.bulk.turn():
    while (number := store.bulk.advance(5)) is not None:
        print(store.bulk.edit(number).counts.done, flush=True)
        time.sleep(0.02)
"""


def fill(store: Store, size: int = SIZE) -> list[str]:
    """Store so many reports, every third under the section World, and return their ids."""
    batch, found = store.start_batch("ann", []), []
    with store.writing():
        for number in range(size):
            page = make_page(f"Flood {number}\nThe river rose by {number} feet.\nTop\n", name=f"{number}.txt")
            described = make_description(page, section=("World",) if number % 3 == 0 else ())
            found.append(store.put(page, described, batch=batch).report_id)
    return found


def work(store: Store, portion: int = 5) -> None:
    """Work off everything that waits."""
    with store.bulk.turn() as mine:
        assert mine
        while (number := store.bulk.advance(portion)) is not None:
            store.bulk.close(number)


def run(store: Store, edit: Edit, ids: list[str]) -> int:
    """Plan an edit and work it off."""
    number = store.bulk.plan(edit, ids, by="ann", reason="one spelling")
    store.bulk.start(number, by="ann")
    work(store)
    return number


def records(store: Store) -> Mapping[str, Any]:
    """Return each report's row as it lies in the database, to the byte."""
    with store.snapshot() as connection:
        return {row.id: tuple(row) for row in connection.execute(select(reports))}


@pytest.fixture
def ids(store: Store) -> list[str]:
    """Return the ids of the reports in `store`."""
    return fill(store)


def test_a_plan_says_what_would_change_and_changes_nothing(store: Store, ids: list[str]) -> None:
    """Before anything is written, each report's value is there as it is and as it would be."""
    before = records(store)
    number = store.bulk.plan(Edit("section", "set", ["World"]), ids, by="ann", question="q=flood")
    found = store.bulk.edit(number)
    assert (found.state, found.counts, found.question) == ("planned", EditCounts(waiting=8, same=4), "q=flood")
    (first, *_) = store.bulk.lines(number, ["waiting"], limit=3)
    assert (first.report_id, first.before, first.after) == (ids[1], (), ("World",))
    assert records(store) == before


def test_an_edit_reads_as_the_same_corrections_made_singly(store: Store, ids: list[str]) -> None:
    """Record, history and evidence are those of single corrections; the log names the bulk edit."""
    number = run(store, Edit("title", "find", "High water", old="flood"), ids)
    store.correct(Correction(ids[0], "language", "ar", "ben"))
    stored = store.report(ids[0])
    assert (stored.report.title and stored.report.title.value, stored.corrected) == (
        "High water 0",
        ("title", "language"),
    )
    event = next(each for each in store.events(ids[0]) if each.type == "metadata modification")
    assert (event.agent, event.note) == ("ann", f"one spelling (bulk edit {number})")
    assert event.before != event.after
    assert store.bulk.edit(number).counts == EditCounts(changed=SIZE)
    assert store.bulk.lines(number, limit=1)[0].after == ("High water 0",)


EDITS = st.sampled_from([
    Edit("title", "find", "High water", old="flood"), Edit("title", "set", None), Edit("title", "set", "Flood 3"),
    Edit("section", "add", "Rivers"), Edit("section", "remove", "World"),
    Edit("section", "replace", "Abroad", old="World"), Edit("published", "set", "2016-11"),
    Edit("published", "confirm"), Edit("byline", "set", "By Ann Reed in Ur"), Edit("media_id", "set", "12"),
    Edit("language", "replace", "ar", old="en"), Edit("outlet", "remove", "samara-gazette"),
])  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, min_size=1, max_size=4), st.integers(1, 7))
def test_edits_undone_restore_every_record(store: Store, edits: list[Edit], portion: int) -> None:
    """Whatever was edited, in portions of any size: undone in turn, every record is the same to the byte."""
    ids = list(records(store)) or fill(store)
    before = records(store)
    numbers = [run(store, edit, ids) for edit in edits]
    for number in reversed(numbers):
        store.bulk.undo(number, by="ben")
        work(store, portion)
    assert records(store) == before


def test_undoing_leaves_what_was_changed_since(store: Store, ids: list[str]) -> None:
    """A single correction made after the edit stands, is listed, and taken back shows what stood before the edit."""
    number = run(store, Edit("title", "set", "Water"), ids)
    later = store.correct(Correction(ids[2], "title", "High water", "ben"))
    store.undo(next(store.events(ids[3], later.number - 1 - SIZE)).number, "cem")
    own = store.bulk.undo(number, by="ann")
    work(store)
    kept = store.bulk.lines(own, ["kept", "same"])
    assert [(line.report_id, line.note) for line in kept] == [
        (ids[2], "corrected since by ben, and that stands"), (ids[3], "undone singly before, by cem"),
    ]  # fmt: skip
    titles = [stored.report.title and stored.report.title.value for stored in store.reports_of(ids[2:5])]
    assert titles == ["High water", "Flood 3", "Flood 4"]
    store.undo(later.number, "ben")
    assert store.report(ids[2]).report.title.value == "Flood 2"  # type: ignore[union-attr]


def test_what_was_corrected_after_the_preview_is_left_alone(store: Store, ids: list[str]) -> None:
    """Nobody's word is overwritten by an edit whose preview did not show it."""
    number = store.bulk.plan(Edit("title", "set", "Water"), ids, by="ann")
    store.correct(Correction(ids[4], "title", "High water", "ben"))
    store.bulk.start(number, by="ann")
    work(store)
    (kept,) = store.bulk.lines(number, ["kept"])
    assert (kept.report_id, kept.note) == (ids[4], "corrected by ben after this edit was planned")


def test_a_value_a_field_cannot_take_is_refused_with_its_reason(store: Store, ids: list[str]) -> None:
    """The preview says so already; the other reports are edited."""
    number = store.bulk.plan_each("published", {ids[0]: "2016-11", ids[1]: "soon", "nobody000000": "2016"}, by="ann")
    assert store.bulk.edit(number).counts == EditCounts(waiting=1, refused=2)
    assert "not a date we can read" in str(store.bulk.lines(number, ["refused"])[0].note)


def test_an_edit_stopped_can_go_on_or_be_undone(store: Store, ids: list[str]) -> None:
    """Stopped between portions it stays whole; undone then, what it never reached is left."""
    before = records(store)
    number = store.bulk.plan(Edit("language", "set", "ar"), ids, by="ann")
    store.bulk.start(number, by="ann")
    with store.bulk.turn():
        store.bulk.advance(5)
        store.bulk.stop(number, by="ben")
        assert store.bulk.advance(5) is None
    assert store.bulk.edit(number).notes[0].endswith("stopped by ben after 5 of 12 reports")
    store.bulk.undo(number, by="ben")
    work(store)
    assert records(store) == before
    with pytest.raises(EditNotReady, match="undone already"):
        store.bulk.undo(number, by="ben")


@pytest.mark.slow
@pytest.mark.parametrize("undoing", [False, True])
def test_a_killed_edit_is_taken_up_where_it_was(home: Home, undoing: bool) -> None:  # noqa: FBT001
    """SIGKILL in the middle of an edit or of its undoing: the next worker ends it, and the edit says so."""
    with Store.open(home) as store:
        ids = fill(store, 60)
        number = store.bulk.plan(Edit("title", "set", "Water"), ids, by="ann")
        store.bulk.start(number, by="ann")
        if undoing:
            work(store)
            number = store.bulk.undo(number, by="ann")
        with subprocess.Popen(
            [sys.executable, "-c", WORKER, str(home.path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            for _ in range(3):
                child.stdout.readline()
            child.send_signal(signal.SIGKILL)
        work(store)
        found = store.bulk.edit(number)
        assert (found.state, found.counts) == ("done", EditCounts(changed=60))
        assert "of 60 reports, and taken up again" in found.notes[0]
        titles = {stored.report.title and stored.report.title.value for stored in store.reports()}
        assert titles == ({f"Flood {one}" for one in range(60)} if undoing else {"Water"})
        assert list(store.verify()) == []


def test_only_one_works_at_a_time(home: Home, store: Store) -> None:
    """Whoever comes second is told so at once, and a plan that was dropped is gone."""
    with Store.open(home) as other, store.bulk.turn() as mine, other.bulk.turn() as theirs:
        assert (mine, theirs) == (True, False)
    number = store.bulk.plan(Edit("title", "set", "x"), [], by="ann")
    store.bulk.drop(number)
    with pytest.raises(UnknownEdit):
        store.bulk.edit(number)
