"""Withdrawn reports: gone from all that reads, sealed whole, put back to the byte, and kept out by every import."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive.errors import AlreadyUndone, NotWithdrawn, SamePerson, UnknownReport
from archive.holdings import Correction
from archive.home import Home
from archive.store import Store
from archive.store.tables import metadata
from tests.copies import put_copy, write_copy
from tests.factories import make_description, make_page
from tests.test_archive_store_bulk import fill

ROOT = Path(__file__).parents[1]
STAYS = ("events", "withdrawals", "alembic_version", "sqlite_sequence", "sketches", "sketch_marks", "stories")
WORKER = """
import sys
from pathlib import Path
from archive.home import open_home
from archive.store import Store
with Store.open(open_home(Path(sys.argv[1]))) as store:
    ids = [stored.id for stored in store.reports()]
    print("ready", flush=True)
    while True:
        for one in ids:
            store.withdrawals.withdraw(one, by="ann", reason="")
        for one in ids:
            store.withdrawals.restore(one, by="ann")
"""


def contents(store: Store) -> Mapping[str, list[Any]]:
    """Return what lies in every table, log and marks apart."""
    with store.snapshot() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in metadata.sorted_tables
            if table.name not in STAYS
        }


def test_a_withdrawn_report_is_gone_from_every_table(store: Store) -> None:
    """No table but the log and that of withdrawals speaks of it, and its original lies apart."""
    ids = fill(store, 3)
    store.correct(Correction(ids[0], "title", "High water", "ben"))
    store.collection_desk.add(store.collection_desk.create("Floods", by="ann"), ids, by="ann")
    sha256 = store.report(ids[0]).report.source.sha256
    store.withdrawals.withdraw(ids[0], by="ann", reason="a court's order")
    told = {name for name, rows in contents(store).items() if any(ids[0] in row for row in rows)}
    assert told == {"batch_lines"}
    with pytest.raises(UnknownReport):
        store.report(ids[0])
    assert not store._originals.path(sha256).exists()
    assert (store.home.withdrawn / sha256[:2] / sha256[2:]).is_file()
    assert (list(store.verify()), store.count(), len(store.collection_desk.items("floods"))) == ([], 2, 2)
    found = store.withdrawals.find(ids[0])
    assert found is not None
    assert (found.title, found.state, found.by, found.reason) == ("High water", "sealed", "ann", "a court's order")


def test_put_back_it_is_as_it_was(store: Store) -> None:
    """Every row of every table is there again; the undo of the event does it, once."""
    ids = fill(store, 3)
    store.correct(Correction(ids[0], "title", "High water", "ben"))
    key = store.collection_desk.create("Floods", by="ann")
    store.collection_desk.add(key, ids, by="ann")
    store.collection_desk.annotate(key, ids[0], "Look.", by="ann")
    before = contents(store)
    event = store.withdrawals.withdraw(ids[0], by="ann", reason="")
    assert contents(store) != before
    store.undo(event.number, "ben")
    assert contents(store) == before
    assert store.original(ids[0])[1]
    with pytest.raises(AlreadyUndone, match="by ben"):
        store.undo(event.number, "cem")
    assert (list(store.verify()), list(store.home.withdrawn.glob("??/*"))) == ([], [])


def test_it_leaves_its_story_and_comes_back_to_it(store: Store) -> None:
    """Two that are left stay a story, one alone is none; a new copy is not put together with a withdrawn one."""
    one, other, third = [put_copy(store, name, write_copy(1)) for name in ("dawn", "dusk", "noon")]
    story = store.report(one).story
    assert story is not None
    store.withdrawals.withdraw(one, by="ann", reason="")
    assert store.story(other).reports == tuple(sorted([other, third]))
    store.withdrawals.withdraw(other, by="ann", reason="")
    assert store.report(third).story is None
    for report_id in (other, one):
        store.withdrawals.restore(report_id, by="ann")
    assert set(store.story(one).reports) == {one, other, third}


def test_the_same_bytes_are_not_taken_in_again(store: Store) -> None:
    """Whatever their name, and in the midst of others; the line says why, and nothing is kept of them."""
    ids = fill(store, 2)
    store.withdrawals.withdraw(ids[0], by="ann", reason="")
    pages = [
        make_page(f"Flood {number}\nThe river rose by {number} feet.\nTop\n", name=f"again-{number}.txt")
        for number in range(3)
    ]
    batch = store.start_batch("ben", [])
    outcomes = [store.put(page, make_description(page), batch=batch).kind for page in pages]
    assert outcomes == ["withdrawn", "duplicate", "imported"]
    line = next(iter(store.batch_lines(batch)))
    assert (line.outcome, line.reason) == (
        "withdrawn",
        "withdrawn from this archive by a person, and so not taken in again",
    )
    assert list(store.verify()) == []


def test_one_part_of_an_original_leaves_the_others_whole(store: Store) -> None:
    """The original is sealed when the last of its reports goes."""
    page = make_page()
    batch = store.start_batch("ann", [])
    ids = []
    for part in (1, 2):
        piece = replace(page, source=replace(page.source, part=part))
        ids.append(store.put(piece, make_description(piece), batch=batch).report_id)
    store.withdrawals.withdraw(ids[0], by="ann", reason="")
    assert store.original(ids[1])[1] == page.content
    store.withdrawals.withdraw(ids[1], by="ann", reason="")
    assert not store._originals.path(page.source.sha256).exists()
    store.withdrawals.restore(ids[0], by="ann")
    store.withdrawals.restore(ids[1], by="ann")
    assert (store.original(ids[0])[1], list(store.verify())) == (page.content, [])


def test_deleting_takes_two_persons(store: Store) -> None:
    """Who asks cannot confirm; deleted, nothing is left but that it was here, and it cannot come back."""
    ids = fill(store, 1)
    event = store.withdrawals.withdraw(ids[0], by="ann", reason="")
    for _ in range(2):
        with pytest.raises(SamePerson):
            store.withdrawals.delete(ids[0], by="ann")
        store.withdrawals.ask_deletion(ids[0], by="ann")
    store.withdrawals.keep_sealed(ids[0], by="ben")
    with pytest.raises(SamePerson):
        store.withdrawals.delete(ids[0], by="ben")
    store.withdrawals.ask_deletion(ids[0], by="ann")
    store.withdrawals.delete(ids[0], by="ben")
    assert list(store.home.withdrawn.glob("??/*")) == []
    with pytest.raises(NotWithdrawn):
        store.undo(event.number, "ann")
    assert store.withdrawals.find(ids[0]) is not None
    assert list(store.verify()) == []
    page = make_page("Flood 0\nThe river rose by 0 feet.\nTop\n", name="0.txt")
    assert store.put(page, make_description(page), batch=1).kind == "withdrawn"
    assert b"river rose" not in store.home.database.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.05, 0.11, 0.2, 0.33])
def test_killed_in_the_act_nothing_is_lost_or_out_of_place(home: Home, after: float) -> None:
    """SIGKILL at any moment: each report is in the archive or sealed, with its original; all checks pass."""
    with Store.open(home) as store:
        ids = fill(store, 4)
    with subprocess.Popen([sys.executable, "-c", WORKER, str(home.path)], cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(after)
        child.send_signal(signal.SIGKILL)
    with Store.open(home) as store:
        assert list(store.verify()) == []
        for report_id in ids:
            if store.withdrawals.find(report_id):
                assert store.withdrawals.original(report_id)
                store.withdrawals.restore(report_id, by="ann")
            assert store.original(report_id)[1]
        assert list(store.verify()) == []
