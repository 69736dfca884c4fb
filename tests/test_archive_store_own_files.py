"""The library's own files change whole, with an event each, and can be changed back."""

from pathlib import Path

import pytest

from archive.errors import AlreadyUndone, NotUndoable, OwnFileMoved
from archive.home import Home
from archive.store import Store

FILE, TABLE = "outlets/tern.toml", "authorities/places.tsv"


def write(store: Store, name: str, text: str | None) -> int:
    """Put a text in the place of a file and return its event's number."""
    event = store.own_files.change(name, lambda _: text, by="bea", reason="why")
    assert event is not None
    return event.number


def test_a_change_is_told_and_taken_back(store: Store) -> None:
    """The event has the text before and after; undoing brings the old text back, and is told too."""
    first, second = write(store, FILE, "a = 1\n"), write(store, FILE, "a = 2\n")
    assert store.own_files.names("outlets") == (FILE,)
    edits = store.own_files.edits(FILE)
    assert [(edit.event, edit.before, edit.after, edit.by) for edit in edits] == [
        (second, "a = 1\n", "a = 2\n", "bea"), (first, None, "a = 1\n", "bea"),
    ]  # fmt: skip
    store.own_files.undo(second, by="cyd")
    assert store.own_files.read(FILE) == "a = 1\n"
    store.own_files.undo(first, by="cyd")
    assert store.own_files.read(FILE) is None
    assert [edit.undone for edit in store.own_files.edits(FILE)] == [False, False, True, True]
    with pytest.raises(AlreadyUndone):
        store.own_files.undo(first, by="cyd")


def test_a_change_is_not_taken_back_from_under_a_later_one(store: Store) -> None:
    """What somebody changed since, here or by hand, is not overwritten."""
    first = write(store, FILE, "a = 1\n")
    (store.home.path / FILE).write_text("a = 3\n")
    with pytest.raises(OwnFileMoved):
        store.own_files.undo(first, by="cyd")


def test_rows_of_a_table_are_taken_back_one_by_one(store: Store) -> None:
    """Two people's rows of one table can each be undone, whichever came first."""
    write(store, TABLE, "id\tname\n")
    first = write(store, TABLE, "id\tname\nl:a\tA\n")
    write(store, TABLE, "id\tname\nl:a\tA\nl:b\tB\n")
    store.own_files.undo(first, by="cyd")
    assert store.own_files.read(TABLE) == "id\tname\nl:b\tB\n"


def test_a_change_that_fails_or_changes_nothing_leaves_nothing(store: Store) -> None:
    """No event without a change, and no half of one."""
    write(store, FILE, "a = 1\n")
    before = store.last_event()
    assert store.own_files.change(FILE, lambda text: text, by="bea") is None
    with pytest.raises(ZeroDivisionError):
        store.own_files.change(FILE, lambda _: str(1 // 0), by="bea")
    assert (store.last_event(), store.own_files.read(FILE)) == (before, "a = 1\n")


@pytest.mark.parametrize("name", ["outlets/../settings.toml", "settings.toml", "/etc/passwd", "outlets/A.toml", ""])
def test_no_other_file_can_be_named(store: Store, home: Home, name: str) -> None:
    """A name is one of ours or none at all."""
    with pytest.raises(NotUndoable):
        store.own_files.change(name, lambda _: "x", by="bea")
    assert not Path(home.path / "outlets").exists()
