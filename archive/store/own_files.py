"""The library's own files in the home: rules of outlets, places, actors, what is known of collections.

Each change is made whole under the writer's lock, is an event with before and after, and can be taken back. The file
is what counts: somebody may edit it by hand, and the next change here starts from what it finds.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from archive.errors import AlreadyUndone, NotUndoable, OwnFileMoved
from archive.holdings import Event, OwnFileEdit
from archive.home import home_error
from archive.store.events import MODIFICATION, add_event, read_event
from archive.store.room import Room
from archive.store.tables import events

# outlets/tern-gazette.toml, authorities/places.tsv, collections.toml
NAME = re.compile(
    r"outlets/[a-z0-9]+(?:-[a-z0-9]+)*\.toml|authorities/(?:places\.tsv|actors\.toml|outlets\.toml)|collections\.toml"
)
Json = Any  # what an event says, read back from JSON
Change = Callable[[str | None], str | None]


class OwnFiles(Room):
    """The library's own files: read, changed with a reason, and changed back."""

    def read(self, name: str) -> str | None:
        """Return the text of one of these files; None when it is not there."""
        return _read(self._path(name))

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files there are in a folder of the home, in order."""
        found = (f"{folder}/{path.name}" for path in sorted((self.home.path / folder).glob("*")))
        return tuple(name for name in found if NAME.fullmatch(name))

    def change(self, name: str, change: Change, *, by: str, reason: str = "") -> Event | None:
        """Put what `change` makes of a file's text in its place; None takes the file away.

        Nothing is written when `change` raises; None is returned when it changes nothing.
        """
        with self.changing(name, by=by, reason=reason) as made:
            after = change(self.read(name))
            _write(self._path(name), after)
        return made[0] if made else None

    @contextmanager
    def changing(self, name: str, *, by: str, reason: str = "") -> Iterator[list[Event]]:
        """Let the block write one of these files, alone; the event of what it changed is in the list afterwards."""
        path, made = self._path(name), list[Event]()
        with self.transaction() as connection:
            before = _read(path)
            yield made
            after = _read(path)
            if before != after:
                made.append(_note(connection, name, before, after, by=by, reason=reason))

    def edits(self, name: str) -> tuple[OwnFileEdit, ...]:
        """Return every change of a file that was made here, the latest first."""
        with self.snapshot() as connection:
            return tuple(_edits(connection, name))

    def edit(self, event: int) -> OwnFileEdit:
        """Return the change of this event; raises UnknownEvent, and NotUndoable when it changed no such file."""
        with self.snapshot() as connection:
            return _edit(connection, event)

    def undo(self, event: int, *, by: str, check: Callable[[str], object] = str) -> Event:
        """Take the change of this event back; raises NotUndoable, AlreadyUndone, OwnFileMoved, and what `check` does.

        `check` is shown the text that would be there.
        """
        with self.transaction() as connection:
            edit = _edit(connection, event)
            if edit.undone:
                raise AlreadyUndone(event, edit.by)
            path = self._path(edit.file)
            before = _read(path)
            after = _take_back(edit, before)
            check(after or "")
            _write(path, after)
            return _note(connection, edit.file, before, after, by=by, reason=f"undoes event {event}", undoes=event)

    def _path(self, name: str) -> Path:
        if NAME.fullmatch(name) is None:
            raise NotUndoable(0, f"a change of {name}")
        return self.home.path / name


def _note(
    connection: Connection,
    name: str,
    before: str | None,
    after: str | None,
    *,
    by: str,
    reason: str,
    undoes: int | None = None,
) -> Event:
    said = _said(name, before, after)
    if undoes is not None:
        said[1]["undoes"] = undoes
    return add_event(connection, MODIFICATION, agent=by, before=said[0], after=said[1], note=reason or None)


def _said(name: str, before: str | None, after: str | None) -> tuple[dict[str, Json], dict[str, Json]]:
    """Return what the event of a change says: of a table its lines, of other files the whole text."""
    if not name.endswith(".tsv") or after is None:
        return {"file": name, "text": before}, {"file": name, "text": after}
    new = after.splitlines()
    old = new[:1] if before is None else before.splitlines()  # the first line names the columns
    return {"file": name, "lines": _minus(old, new)}, {"file": name, "lines": _minus(new, old)}


def _minus(some: Sequence[str], others: Sequence[str]) -> list[str]:
    left = set(others)
    return [line for line in some if line not in left]


def _take_back(edit: OwnFileEdit, now: str | None) -> str | None:
    """Return the text without this change; OwnFileMoved when what it brought is no longer there as it was."""
    if edit.lines is None:
        if now != edit.after:
            raise OwnFileMoved(edit.file)
        return edit.before
    gone, came = edit.lines
    lines = (now or "").splitlines()
    if any(line not in lines for line in came):
        raise OwnFileMoved(edit.file)
    # What went comes back where its successor stands, since other rows may refer to it.
    place = min((lines.index(line) for line in came), default=len(lines))
    before = [line for line in lines[:place] if line not in came]
    return "\n".join([*before, *gone, *(line for line in lines[place:] if line not in came)]) + "\n"


def _edits(connection: Connection, name: str) -> Iterator[OwnFileEdit]:
    chosen = select(events.c.number).where(
        events.c.report_id.is_(None),
        events.c.type == MODIFICATION,
        events.c.after.startswith('{"file":"' + name + '"', autoescape=True),
    )
    found = [_read_edit(read_event(connection, number)) for number in connection.execute(chosen).scalars().all()]
    undone = {edit.undoes for edit in found}
    for edit in sorted(found, key=lambda edit: -edit.event):
        yield edit if edit.event not in undone else replace(edit, undone=True)


def _edit(connection: Connection, number: int) -> OwnFileEdit:
    event = read_event(connection, number)
    if event.type != MODIFICATION or not isinstance(event.after, dict) or "file" not in event.after:
        raise NotUndoable(number, event.type)
    name: str = event.after["file"]
    return next(edit for edit in _edits(connection, name) if edit.event == number)


def _read_edit(event: Event) -> OwnFileEdit:
    before, after = _json(event.before), _json(event.after)
    lines = (tuple(before["lines"]), tuple(after["lines"])) if "lines" in after else None
    return OwnFileEdit(
        event.number, after["file"], event.agent, event.when, event.note or "",
        before.get("text"), after.get("text"), lines, after.get("undoes"),
    )  # fmt: skip


def _json(value: Json) -> Json:
    return value


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None


def _write(path: Path, text: str | None) -> None:
    try:
        if text is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.new")
        with draft.open("w", encoding="utf-8", newline="\n") as written:
            written.write(text)
        draft.replace(path)
    except OSError as problem:
        raise home_error(path.parent, problem) from problem
