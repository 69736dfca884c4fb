"""Taking reports out of the archive, with a reason: sealed, or deleted by two persons together, and put back.

A withdrawn report is in no table that anything else reads. All there is of it lies in one parcel, its original in a
folder of its own; what stays is the log, and a row that says that it was here.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text, update

from archive.errors import AlreadyUndone, NotWithdrawn, SamePerson, UnknownReport
from archive.holdings import Event, Withdrawal
from archive.identifiers import make_report_id
from archive.model import Report, Source
from archive.store import stories, story_desk
from archive.store.codec import dump, load, load_report, now, plain
from archive.store.events import ACCESSION, DEACCESSION, add_event, last_event, read_event
from archive.store.originals import Originals
from archive.store.parcels import unwrap, wrap
from archive.store.results import Finding
from archive.store.room import Room
from archive.store.sketches import keep_sketches
from archive.store.tables import originals, reports, withdrawals

SEALED, DELETED, RESTORED = "sealed", "deleted", "restored"
TOGETHER = 50  # reports withdrawn in one transaction


class Withdrawals(Room):
    """Reports taken out of the archive; `by` is who, and stands in the log with the reason."""

    @cached_property
    def _open(self) -> Originals:
        return Originals(self.home.originals, self.home.path)

    @cached_property
    def _sealed(self) -> Originals:
        return Originals(self.home.withdrawn, self.home.path)

    # --- acts -----------------------------------------------------------------------------------------------

    def withdraw(self, report_id: str, *, by: str, reason: str) -> Event:
        """Take a report out of the archive and seal it; raises UnknownReport."""
        with self.transaction() as connection:
            event = self._withdraw(connection, report_id, by, reason)
        self.tidy()
        return event

    def withdraw_all(self, ids: Iterable[str], *, by: str, reason: str) -> int:
        """Take these reports out of the archive, those that are there, and return how many that were."""
        waiting, done = list(dict.fromkeys(ids)), 0
        for start in range(0, len(waiting), TOGETHER):
            with self.transaction() as connection:
                some = waiting[start : start + TOGETHER]
                held = set(connection.execute(select(reports.c.id).where(reports.c.id.in_(some))).scalars())
                for report_id in some:
                    if report_id in held:
                        self._withdraw(connection, report_id, by, reason)
                done += len(held)
        self.tidy()
        return done

    def restore(self, report_id: str, *, by: str, reason: str = "") -> Event:
        """Put a sealed report back as it was; NotWithdrawn when it is not sealed."""
        with self.transaction() as connection:
            event = self._restore(connection, report_id, by, reason)
        self.tidy()
        return event

    def ask_deletion(self, report_id: str, *, by: str) -> None:
        """Ask that a sealed report be deleted for good; another person has to confirm. NotWithdrawn."""
        with self.transaction() as connection:
            row = _read(connection, report_id, SEALED)
            _put(connection, row, asked_by=plain(by), asked_at=now())
            after = {"withdrawn": SEALED, "deletion": "asked for"}
            add_event(connection, DEACCESSION, agent=by, report_id=report_id, outcome="asked", after=after)

    def keep_sealed(self, report_id: str, *, by: str) -> None:
        """Take the wish to delete back, or refuse it; NotWithdrawn."""
        with self.transaction() as connection:
            row = _read(connection, report_id, SEALED)
            _put(connection, row, asked_by=None, asked_at=None)
            after = {"withdrawn": SEALED, "deletion": "refused"}
            add_event(connection, DEACCESSION, agent=by, report_id=report_id, outcome="refused", after=after)

    def delete(self, report_id: str, *, by: str) -> Event:
        """Delete a sealed report, its original and all that is known of it; cannot be undone.

        SamePerson when nobody else has asked for it; NotWithdrawn.
        """
        with self.transaction() as connection:
            connection.execute(text("PRAGMA secure_delete = ON"))
            row = _read(connection, report_id, SEALED)
            if row.asked_by is None or row.asked_by == plain(by):
                raise SamePerson(report_id)
            _put(connection, row, state=DELETED, parcel=None, title="", ended=now(), ended_by=plain(by))
            after = {"withdrawn": DELETED, "asked for by": row.asked_by}
            event = add_event(connection, DEACCESSION, agent=by, report_id=report_id, after=after)
        self.tidy()
        return event

    def tidy(self) -> None:
        """Remove files that stand where they no longer belong, as after a program that was killed in an act."""
        with self.snapshot() as connection:
            rows = connection.execute(select(withdrawals.c.sha256, withdrawals.c.state).distinct()).all()
            sealed = {row.sha256 for row in rows if row.state == SEALED}
            held = {row.sha256: _is_held(connection, row.sha256) for row in rows}
        for sha256, is_held in held.items():
            if is_held or sha256 not in sealed:
                self._sealed.path(sha256).unlink(missing_ok=True)
            elif self._sealed.digest(sha256) != sha256:
                continue  # its only copy may be the one in the open folder
            if not is_held:
                self._open.path(sha256).unlink(missing_ok=True)

    # --- reading --------------------------------------------------------------------------------------------

    def find(self, report_id: str) -> Withdrawal | None:
        """Return the withdrawal of a report that is not in the archive now; None when it was never withdrawn."""
        with self.snapshot() as connection:
            row = _newest(connection, report_id)
            return None if row is None or row.state == RESTORED else _to_withdrawal(row)

    def all(self, *, offset: int = 0, limit: int = 50) -> tuple[Withdrawal, ...]:
        """Return the withdrawals, newest first: those that stand, and those that were taken back."""
        with self.snapshot() as connection:
            chosen = select(withdrawals).order_by(withdrawals.c.number.desc()).offset(offset).limit(limit)
            return tuple(map(_to_withdrawal, connection.execute(chosen)))

    def count(self, *, standing: bool = False) -> int:
        """Return how many withdrawals there were, or how many reports are withdrawn now."""
        with self.snapshot() as connection:
            counting = select(func.count()).select_from(withdrawals)
            counting = counting.where(withdrawals.c.state != RESTORED) if standing else counting
            return int(connection.execute(counting).scalar_one())

    def report(self, report_id: str) -> Report:
        """Return a sealed report as it last read, for those who decide on it; NotWithdrawn."""
        with self.snapshot() as connection:
            parcel = load(_read(connection, report_id, SEALED).parcel)
            return load_report(parcel["rows"][reports.name][0]["record"])

    def original(self, report_id: str) -> bytes | None:
        """Return a sealed report's original; None where it was damaged before. NotWithdrawn."""
        with self.snapshot() as connection:
            row = _read(connection, report_id, SEALED)
        return self._sealed.read(row.sha256) or self._open.read(row.sha256)

    def check(self, only: str | None = None) -> Iterable[Finding]:
        """Yield F01 and F02 for sealed originals, all or only the one of a digest, that are missing or were changed."""
        with self.snapshot() as connection:
            chosen = select(withdrawals).where(withdrawals.c.state == SEALED, withdrawals.c.with_original)
            chosen = chosen if only is None else chosen.where(withdrawals.c.sha256 == only)
            rows = [row for row in connection.execute(chosen) if not _is_held(connection, row.sha256)]
        for row in rows:
            today = self._sealed.digest(row.sha256)
            if today != row.sha256:
                code, what = ("F01", "is missing") if today is None else ("F02", "was changed")
                said = f"The sealed original {row.sha256} of a withdrawn report {what}. Bring it back from a backup."
                yield Finding(code, said, row.sha256, row.report_id)

    # --- inside ---------------------------------------------------------------------------------------------

    def _withdraw(self, connection: Connection, report_id: str, by: str, reason: str) -> Event:
        row = connection.execute(select(reports).where(reports.c.id == report_id)).one_or_none()
        if row is None:
            raise UnknownReport(report_id)
        act = _leave_story(connection, report_id, by)
        title = load_report(row.record).title
        event = add_event(
            connection, DEACCESSION, agent=by, report_id=report_id, after={"withdrawn": SEALED}, note=reason or None
        )
        values = {
            "report_id": report_id, "sha256": row.sha256, "state": SEALED, "by": plain(by), "at": event.when,
            "reason": plain(reason), "event": event.number, "title": "" if title is None else title.value,
            "story_act": act, "with_original": False,
        }  # fmt: skip
        connection.execute(insert(withdrawals).values(values))  # first: without it no correction may be taken out
        parcel = wrap(connection, report_id)
        alone = not _is_held(connection, row.sha256)
        content = self._open.read(row.sha256) if alone else None
        if content is not None:
            self._sealed.keep(content, row.sha256)
            self._sealed.settle()
        _put(
            connection,
            _read(connection, report_id, SEALED),
            parcel=dump(parcel),
            with_original=not alone or content is not None,
        )
        return event

    def _restore(self, connection: Connection, report_id: str, by: str, reason: str) -> Event:
        row = _read(connection, report_id, SEALED)
        content = None if _is_held(connection, row.sha256) else self._sealed.read(row.sha256)
        if content is not None:
            self._open.keep(content, row.sha256)
            self._open.settle()
        unwrap(connection, load(row.parcel))
        keep_sketches(connection, list(stories.mark(connection, [report_id])))
        _put(connection, row, state=RESTORED, parcel=None, ended=now(), ended_by=plain(by), asked_by=None)
        event = add_event(
            connection, ACCESSION, agent=by, report_id=report_id, before={"withdrawn": SEALED},
            after={"withdrawn": None}, note=reason or f"undoes event {row.event}",
        )  # fmt: skip
        if row.story_act is not None:
            with suppress(AlreadyUndone):
                story_desk.undo(connection, row.story_act, by=by)
        return event


def undo(connection: Connection, room: Withdrawals, number: int, *, by: str) -> Event:
    """Take a withdrawal back; AlreadyUndone when it is no more, NotWithdrawn when it cannot be."""
    event = read_event(connection, number)
    report_id = event.report_id or ""
    row = _newest(connection, report_id)
    if row is None or row.event != number or row.state == RESTORED:
        raise AlreadyUndone(number, "somebody" if row is None else row.ended_by or row.by)
    return room.restore(report_id, by=by)


def refuse_withdrawn(connection: Connection, sources: Iterable[Source]) -> set[tuple[str, int]]:
    """Return which of these pages, by digest and part, were withdrawn: a person's word outlives their coming again."""
    ids = {make_report_id(source.sha256, source.part): (source.sha256, source.part) for source in sources}
    found: set[tuple[str, int]] = set()
    chosen = select(withdrawals.c.report_id).where(withdrawals.c.state != RESTORED)
    for report_id in connection.execute(chosen.where(withdrawals.c.report_id.in_(ids))).scalars():
        found.add(ids[report_id])
    return found


def _leave_story(connection: Connection, report_id: str, by: str) -> int | None:
    """Take a report out of its story, and return the event of it; None when it is in none."""
    told = stories.stories_of(connection, [report_id]).get(report_id)
    if told is None:
        return None
    before = last_event(connection)
    story_desk.split(connection, told, [report_id], by=by, reason="withdrawn")
    return before + 1 if last_event(connection) > before else None


def _is_held(connection: Connection, sha256: str) -> bool:
    """Tell whether an original is in the archive, for this report or for another part of it."""
    return connection.execute(select(originals.c.sha256).where(originals.c.sha256 == sha256)).first() is not None


def _newest(connection: Connection, report_id: str) -> Row[Any] | None:
    chosen = select(withdrawals).where(withdrawals.c.report_id == report_id)
    return connection.execute(chosen.order_by(withdrawals.c.number.desc()).limit(1)).one_or_none()


def _read(connection: Connection, report_id: str, state: str) -> Row[Any]:
    row = _newest(connection, report_id)
    if row is None or row.state != state:
        raise NotWithdrawn(report_id)
    return row


def _put(connection: Connection, row: Row[Any], **values: object) -> None:
    connection.execute(update(withdrawals).where(withdrawals.c.number == row.number).values(values))


def _to_withdrawal(row: Row[Any]) -> Withdrawal:
    return Withdrawal(
        row.report_id, row.title, row.state, row.by, row.at, row.reason, row.event,
        row.asked_by, row.ended_by, row.ended,
    )  # fmt: skip
