"""Snapshots: answers frozen under a number, to be cited; what is in one never changes."""

import hashlib
import zlib
from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from archive.errors import BadPaper, UnknownSnapshot
from archive.papers import LONGEST_NAME, MOST_FROZEN, Frozen, Snapshot
from archive.people import User
from archive.store.codec import now, plain
from archive.store.events import SNAPSHOT, add_event
from archive.store.people_tables import snapshots, users
from archive.store.room import Room

FULL: Select[Any] = select(
    *(column for column in snapshots.c if column.name != "ids"), users.c.name.label("author")
).join(users, users.c.number == snapshots.c.owner)


class Snapshots(Room):
    """Answers frozen under a number, to be cited."""

    def take(self, user: User, name: str, of: Frozen, ids: Iterable[str]) -> Snapshot:
        """Freeze these reports in this order; BadPaper when there are none, or too many."""
        held = tuple(islice(ids, MOST_FROZEN + 1))
        if not held:
            raise BadPaper("nothing was found, so there is nothing to cite")
        if len(held) > MOST_FROZEN:
            raise BadPaper(f"a snapshot holds at most {MOST_FROZEN:,} reports; ask a narrower question")
        text = write_ids(held)
        row = {"owner": user.number, "name": " ".join(plain(name).split())[:LONGEST_NAME], "address": of.address,
               "asked": plain(of.asked), "engine": of.engine, "version": of.version, "last_event": of.last_event,
               "total": len(held), "digest": hashlib.sha256(text).hexdigest(), "ids": zlib.compress(text),
               "taken": now(), "public": False, "removed": False}  # fmt: skip
        with self.beside() as connection:
            number: int = connection.execute(insert(snapshots).values(row).returning(snapshots.c.number)).scalar_one()
            after = {"snapshot": number, "digest": row["digest"], "address": of.address, "total": len(held)}
            add_event(connection, SNAPSHOT, agent=user.name, after=after)
            return _read(_row(connection, number))

    def find(self, number: int, user: User | None) -> Snapshot:
        """Return a snapshot that this person, or a reader, may see; UnknownSnapshot otherwise."""
        with self.snapshot() as connection:
            found = _read(_row(connection, number))
        own = user is not None and found.owner == user.number
        if found.removed or not (found.public or own):
            raise UnknownSnapshot(number)
        return found

    def ids(self, number: int) -> tuple[str, ...]:
        """Return the ids of a snapshot's reports, in its order."""
        with self.snapshot() as connection:
            text = connection.execute(select(snapshots.c.ids).where(snapshots.c.number == number)).scalar()
        if text is None:
            raise UnknownSnapshot(number)
        return tuple(zlib.decompress(text).decode("ascii").split())

    def count(self, user: User | None) -> int:
        """Return how many snapshots this person, or a reader, may see."""
        with self.snapshot() as connection:
            return connection.execute(select(func.count()).select_from(snapshots).where(_seen(user))).scalar_one()

    def seen(self, user: User | None, *, offset: int = 0, limit: int = 50) -> tuple[Snapshot, ...]:
        """Return some of the snapshots that this person, or a reader, may see, the newest first."""
        chosen = FULL.where(_seen(user)).order_by(snapshots.c.number.desc()).offset(offset).limit(limit)
        with self.snapshot() as connection:
            return tuple(_read(row) for row in connection.execute(chosen))

    def change(self, user: User, number: int, *, public: bool | None = None, removed: bool | None = None) -> Snapshot:
        """Show one's snapshot to all or to nobody, take it away or bring it back. Raises UnknownSnapshot."""
        with self.beside() as connection:
            before = _read(_row(connection, number))
            if before.owner != user.number:
                raise UnknownSnapshot(number)
            values = {"public": before.public if public is None else public,
                      "removed": before.removed if removed is None else removed}  # fmt: skip
            connection.execute(update(snapshots).where(snapshots.c.number == number).values(values))
            said = {"snapshot": number, "public": before.public, "removed": before.removed}
            add_event(connection, SNAPSHOT, agent=user.name, before=said, after={"snapshot": number, **values})
            return _read(_row(connection, number))


def write_ids(ids: Iterable[str]) -> bytes:
    """Return ids as a snapshot is hashed: one a line."""
    return "".join(f"{one}\n" for one in ids).encode("ascii")


def _seen(user: User | None) -> Any:  # noqa: ANN401  a clause of the toolkit
    own = snapshots.c.owner == (user.number if user else -1)
    return and_(snapshots.c.removed.is_(False), or_(snapshots.c.public.is_(True), own))


def _row(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(FULL.where(snapshots.c.number == number)).one_or_none()
    if row is None:
        raise UnknownSnapshot(number)
    return row


def _read(row: Row[Any]) -> Snapshot:
    of = Frozen(row.address, row.asked, row.engine, row.version, row.last_event)
    return Snapshot(row.number, row.owner, row.author, row.name, of, row.total, row.digest, row.taken, row.public,
                    row.removed)  # fmt: skip
