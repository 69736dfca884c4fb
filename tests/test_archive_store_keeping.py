"""Keeping: originals on the disk as they came, one writer at a time, a full disk, and what verify finds."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import DiskFull, HomeBusy, HomeUnusable, OriginalLost
from archive.holdings import Correction
from archive.home import Home
from archive.store import Store
from archive.store.lock import WriterLock
from archive.store.originals import Originals
from tests.factories import make_description, make_page


def put(store: Store, text: str = "One\nTwo\n") -> str:
    """Store a page and return its report's id."""
    page = make_page(text, name=f"{len(text)}.txt")
    return store.put(page, make_description(page), batch=store.start_batch("ann", [])).report_id


def original(home: Home) -> Path:
    """Return the only file among the originals."""
    (file,) = (file for file in home.originals.rglob("*") if file.is_file())
    return file


# --- originals --------------------------------------------------------------------------------------------------


def test_an_original_lies_under_its_digest(store: Store) -> None:
    """The bytes as they came are a file named by their SHA-256, and nothing else is left beside it."""
    put(store)
    file = original(store.home)
    assert file.read_bytes() == b"One\nTwo\n"
    assert file.parent.name + file.name == make_page("One\nTwo\n").source.sha256


def test_a_file_is_on_the_disk_before_it_has_its_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are forced to the disk, then the name, and only then does the record speak of them."""
    said: list[str] = []

    def overhear(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def act(*arguments: object) -> object:
            said.append(name)
            return real(*arguments)

        monkeypatch.setattr(owner, name, act)

    for owner, name in ((os, "fsync"), (Path, "replace"), (Originals, "settle")):
        overhear(owner, name)
    put(store)
    first = said.index("fsync")
    assert said[first : first + 5] == ["fsync", "replace", "settle", "fsync", "fsync"]


def test_what_is_kept_while_names_are_settled_waits_for_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hand that is still keeping a file after Ctrl-C breaks no closing batch, and its name is settled later."""
    kept = Originals(tmp_path, tmp_path)
    synced: list[Path] = []

    def keep_another(folder: Path) -> None:
        synced.append(folder)
        if folder.name == "ab":
            kept.keep(b"another", "cd" * 32)

    monkeypatch.setattr("archive.store.originals._sync_folder", keep_another)
    kept.keep(b"one", "ab" * 32)
    kept.settle()
    monkeypatch.setattr("archive.store.originals._sync_folder", synced.append)
    kept.settle()
    assert synced.count(tmp_path / "ab") == synced.count(tmp_path / "cd") == 1


def test_what_a_dead_writer_left_is_cleared(store: Store) -> None:
    """A half-written file is no original, and the next writer throws it away."""
    draft = store.home.originals / "unfinished" / "half"
    draft.parent.mkdir()
    draft.write_bytes(b"On")
    assert list(store.verify()) == []
    assert not draft.exists()


@pytest.mark.parametrize("harm", [lambda file: file.write_bytes(b"One\nTwo!"), lambda file: file.unlink()])
def test_a_lost_original_is_not_given_out(store: Store, harm: Callable[[Path], None]) -> None:
    """Bytes that are missing or are no longer those that came in are never shown as the original."""
    report_id = put(store)
    harm(original(store.home))
    with pytest.raises(OriginalLost, match=report_id):
        store.original(report_id)


def test_importing_again_repairs_a_damaged_original(store: Store) -> None:
    """The same page come in again brings its original back, and the log says so."""
    report_id = put(store)
    original(store.home).write_bytes(b"damaged")
    put(store)
    assert store.original(report_id)[1] == b"One\nTwo\n"
    assert [event.type for event in store.events(report_id)][-1] == "recovery"
    assert list(store.verify()) == []


# --- verify -----------------------------------------------------------------------------------------------------


def test_a_sound_archive_has_no_findings(store: Store) -> None:
    """With everything in place verify finds nothing, and one event says what was checked."""
    put(store)
    put(store, "Another page\nTwo\n")
    before = store.last_event()
    assert list(store.verify()) == []
    (event,) = store.events(after=before)
    assert (event.type, event.outcome, event.after) == (
        "fixity check", "success", {"originals": 2, "problems": 0},
    )  # fmt: skip
    assert store.changed_since(before) == ()


def break_record(home: Home) -> None:
    """Cut the record of a report short, past the store."""
    from sqlalchemy import create_engine, text  # noqa: PLC0415  # only here

    engine = create_engine(f"sqlite:///{home.database}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE reports SET record = '{\"id\": 1}'"))
    engine.dispose()


@pytest.mark.parametrize(
    ("code", "harm"),
    [
        ("F01", lambda home: original(home).unlink()),
        ("F02", lambda home: original(home).write_bytes(b"One\nTwo!")),
        ("F03", lambda home: shutil.copy(original(home), original(home).with_name("0" * 62))),
        ("F03", lambda home: (home.originals / "notes.txt").write_bytes(b"my notes")),
        ("F05", break_record),
    ],
)
def test_verify_finds_what_is_wrong(store: Store, code: str, harm: Callable[[Home], object]) -> None:
    """A missing, changed or unknown original and a broken record are found, each with its code and an event."""
    put(store)
    harm(store.home)
    before = store.last_event()
    (finding,) = store.verify()
    assert finding.code == code
    assert finding.message.endswith(".")
    problem, run = store.events(after=before)
    assert (problem.outcome, problem.note) == ("failure", finding.message)
    assert (run.outcome, run.after) == ("failure", {"originals": 1, "problems": 1})


def test_persons_go_on_while_the_archive_is_checked(store: Store) -> None:
    """A correction and a withdrawal by others in the midst of a check are done at once, and neither is a finding."""
    first, second = put(store), put(store, "Another page\nTwo\n")

    def act() -> None:
        with Store.open(store.home, patience=0) as other:
            if other.count() == 2:
                other.correct(Correction(first, "title", "High water", "ben"))
                other.withdrawals.withdraw(second, by="ben", reason="a court's order")
                other.withdrawals.withdraw(first, by="ben", reason="a court's order")

    assert list(store.verify(act)) == []
    assert (store.count(), store.withdrawals.count()) == (0, 2)


@pytest.mark.parametrize(
    "harm",
    [
        "sql = 'CREATE INDEX events_of_report ON events (type)'",
        "rootpage = 2",
    ],
)
def test_a_damaged_database_is_found_and_left_alone(store: Store, harm: str) -> None:
    """F04 is said, and nothing is written into a database that is not whole."""
    put(store)
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(f"UPDATE sqlite_master SET {harm} WHERE name = 'events_of_report'")
    store.close()
    before = store.home.database.read_bytes()
    assert {finding.code for finding in store.verify()} == {"F04"}
    store.close()
    assert store.home.database.read_bytes() == before


# --- one writer -------------------------------------------------------------------------------------------------


def test_a_second_writer_waits_and_then_says_so(store: Store) -> None:
    """While one store writes another cannot, but it can read; afterwards it can write."""
    with Store.open(store.home, patience=0.1) as other:
        with store.hold(), pytest.raises(HomeBusy, match="Another command is writing"):
            other.start_batch("ben", [])
        assert other.count() == 0
        assert other.start_batch("ben", []) == 1


def test_a_second_writer_gets_its_turn(store: Store) -> None:
    """A writer that is waiting goes on as soon as the first is done."""
    done: list[int] = []
    with Store.open(store.home, patience=10) as other:
        waiting = threading.Thread(target=lambda: done.append(other.start_batch("ben", [])))
        with store.hold():
            waiting.start()
            store.start_batch("ann", [])
        waiting.join()
    assert done == [2]


def test_a_batch_keeps_out_only_other_batches(store: Store) -> None:
    """While an import is under way a second one is refused, and a correction is not."""
    with Store.open(store.home, patience=0.1) as other, store.one_batch():
        with pytest.raises(HomeBusy, match="Another command is writing"), other.one_batch():
            pass
        assert other.start_batch("ben", []) == 1


def test_a_batch_that_never_pauses_gives_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits to write is let in by a batch whose next group is always ready."""
    monkeypatch.setattr("archive.store.access.TURN_SECONDS", 0.0)
    done: list[int] = []
    with Store.open(store.home, patience=10) as other, store.one_batch():
        waiting = threading.Thread(target=lambda: done.append(other.start_batch("ben", [])))
        waiting.start()
        for _ in range(100):
            store.start_batch("ann", [])
            store.give_way()
            if done:
                break
        waiting.join()
    assert done[0] < 100


def test_threads_of_one_store_write_in_turn(home: Home) -> None:
    """Threads may share a store: each write is whole, none is lost."""
    with Store.open(home, patience=10) as store:
        threads = [threading.Thread(target=put, args=(store, f"{'x' * size}\n")) for size in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.count() == 8


def test_a_thread_waits_no_longer_than_its_patience(home: Home) -> None:
    """A thread that finds another thread of the same store writing is told so in time."""
    lock = WriterLock(home, patience=0.05)
    refused: list[bool] = []

    def try_it() -> None:
        try:
            with lock.held():
                refused.append(False)
        except HomeBusy:
            refused.append(True)

    with lock.held():
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert refused == [True]


HOLD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from archive.home import open_home
from archive.store.lock import WriterLock
with WriterLock(open_home(Path(sys.argv[1]))).held():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_dead_writers_lock_is_free(store: Store) -> None:
    """A writer that was killed while it held the lock keeps nobody out."""
    died = subprocess.run([sys.executable, "-c", HOLD_AND_DIE, str(store.home.path)], check=False)
    assert died.returncode == -9
    assert store.start_batch("ann", []) == 1


# --- no room ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_for_an_original_stores_nothing(store: Store, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """When the disk is full nothing half-written is left, what was stored before stays, and room cures it."""
    put(store, "Before\nTwo\n")

    def refuse(_: int) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(DiskFull, match="Everything reported as done is kept"):
            put(store)
    assert (store.count(), list(store.verify())) == (1, [])
    put(store)
    assert store.count() == 2


def test_no_room_in_the_database_stores_nothing(store: Store) -> None:
    """When the database cannot grow the page is refused as a whole, with the same words."""
    put(store, "Before\nTwo\n")
    with store.snapshot() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        put(store, "Too much\n" + "x" * 200_000)
    assert store.count() == 1
    store.close()  # a new connection has no such limit
    put(store, "Too much\n" + "x" * 200_000)
    assert store.count() == 2


def test_a_home_that_may_not_be_written_is_said(home: Home) -> None:
    """A folder in the database's place is the system's refusal in one sentence."""
    home.database.unlink()
    home.database.mkdir()
    with pytest.raises(HomeUnusable, match="unable to open database file"):
        Store.open(home)
