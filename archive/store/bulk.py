"""Edits of many reports: planned, worked off in portions, stopped, taken up again and undone.

A plan is written down with its reports before the first of them is touched. Each portion is one transaction, so a
program that is killed leaves whole portions, and whoever works next goes on with the first report that waits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from archive.edits import COLLECTION, BulkEdit, Edit, EditCounts, EditLine, ItemOutcome, State, check_edit, show
from archive.errors import EditNotReady, HomeBusy, UnknownEdit
from archive.store.codec import dump, load, now, plain
from archive.store.collecting import read_live
from archive.store.corrections import Json
from archive.store.curation import find_authorities
from archive.store.events import MODIFICATION, add_event, last_event
from archive.store.gathering import foresee_inside, gather, look_inside, scatter
from archive.store.lock import WriterLock
from archive.store.portions import Done, Item, Order, carry_out, foresee, look, read_shown, take_back
from archive.store.room import Room
from archive.store.tables import bulk_edits, bulk_items, events

PORTION = 250  # reports changed in one transaction: other writers wait no longer than this takes
LOOKED_AT = 20_000  # reports looked at for a preview; the others are looked at when it is their turn
KEPT = timedelta(days=2)  # how long a plan that nobody starts is kept
SETTLE = (
    update(bulk_items)
    .where(bulk_items.c.bulk == bindparam("edit"), bulk_items.c.place == bindparam("at"))
    .values(outcome=bindparam("outcome"), note=bindparam("note"), event=bindparam("event"))
)  # built once: building costs more than running


class BulkEdits(Room):
    """Edits of many reports at once, each a batch that can be undone."""

    @cached_property
    def _turn(self) -> WriterLock:
        return WriterLock(self.home, 0, self.home.working_lock)

    # --- planning -------------------------------------------------------------------------------------------

    def plan(self, edit: Edit, ids: Iterable[str], *, by: str, reason: str = "", question: str = "") -> int:
        """Write down an edit of these reports without beginning it, and return its number; raises BadEdit.

        `question` says how the reports were found. The first LOOKED_AT of them are looked at: what would stay the
        same, or cannot take the value, is told apart at once.
        """
        items = [Item(place, report_id) for place, report_id in enumerate(dict.fromkeys(ids))]
        return self._plan(check_edit(edit), items, by=by, reason=reason, question=question)

    def plan_each(
        self, field: str, values: Mapping[str, Json], *, by: str, reason: str = "", question: str = ""
    ) -> int:
        """Write down an edit that gives each of these reports its own value of a field; as `plan`."""
        items = [Item(place, *pair, own=True) for place, pair in enumerate(values.items())]
        return self._plan(check_edit(Edit(field, "set")), items, by=by, reason=reason, question=question)

    def _plan(self, edit: Edit, items: Sequence[Item], *, by: str, reason: str, question: str) -> int:
        with self.snapshot() as connection:
            seen = last_event(connection)
        looked: list[Done] = []
        for start in range(0, min(len(items), LOOKED_AT), PORTION):
            some = items[start : min(start + PORTION, LOOKED_AT)]
            with self.snapshot() as connection:
                looked += self._look(connection, edit, some)
        looked += [Done(item, "waiting") for item in items[LOOKED_AT:]]
        with self.transaction() as connection:
            _forget_old(connection)
            row = _plan_row(
                edit, by=by, reason=reason, question=question, looked_at=min(len(items), LOOKED_AT), seen=seen
            )
            return _add(connection, row, looked)

    def drop(self, number: int) -> None:
        """Forget an edit that was planned and never begun; raises UnknownEdit and EditNotReady."""
        with self.transaction() as connection:
            _demand(_read(connection, number), "dropped", "planned")
            _forget(connection, [number])

    # --- deciding -------------------------------------------------------------------------------------------

    def start(self, number: int, *, by: str) -> None:
        """Let a planned edit, or one that was stopped, be worked off; raises UnknownEdit and EditNotReady."""
        with self.transaction() as connection:
            found = _read(connection, number)
            _demand(found, "started", "planned", "stopped")
            _put(connection, number, state="waiting", started=found.started or now())
            _say(connection, found, "started", {"reports": found.counts.waiting}, by=by)

    def stop(self, number: int, *, by: str) -> None:
        """Let an edit rest after the portion that is being written; raises UnknownEdit and EditNotReady."""
        with self.transaction() as connection:
            found = _read(connection, number)
            _demand(found, "stopped", "waiting", "running")
            _put(connection, number, state="stopped")
            _note(connection, found, f"stopped by {by} after {found.counts.done:,} of {found.counts.total:,} reports")
            _say(connection, found, "stopped", asdict(found.counts), by=by)

    def undo(self, number: int, *, by: str, reason: str = "") -> int:
        """Begin the undoing of an edit as a further one, and return its number; raises UnknownEdit and EditNotReady.

        What was changed singly since is left as it stands, and is listed.
        """
        with self.transaction() as connection:
            found = _read(connection, number)
            _demand(found, "undone", "done", "stopped")
            if found.undoes is not None or found.undone is not None:
                raise EditNotReady(number, "an undoing" if found.undoes else "undone already", "undone")
            made = select(bulk_items).where(bulk_items.c.bulk == number, bulk_items.c.outcome == "changed")
            done = [
                Done(Item(place, row.report_id, row.event, own=True), "waiting")
                for place, row in enumerate(connection.execute(made.order_by(bulk_items.c.place)))
            ]
            why = f"undoes bulk edit {number}" + (f": {reason}" if reason else "")
            row = _plan_row(
                found.edit, by=by, reason=why, question=found.question, looked_at=0, seen=last_event(connection)
            )
            _forget_rest(connection, number)
            own = _add(connection, row | {"undoes": number, "state": "waiting", "started": now()}, done)
            _say(connection, _read(connection, own), "started", {"reports": len(done), "undoes": number}, by=by)
            return own

    # --- working --------------------------------------------------------------------------------------------

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Have the right to work off what waits; False while another thread or process has it."""
        try:
            with self._turn.held():
                self._find_interrupted()
                yield True
        except HomeBusy:
            yield False

    def advance(self, portion: int = PORTION) -> int | None:
        """Work off one portion of the oldest edit that waits, and return its number; None when nothing waits.

        Only for who has the turn. An edit of which no report waits is left for `close`.
        """
        with self.transaction() as connection:
            chosen = select(bulk_edits).where(bulk_edits.c.state.in_(("waiting", "running")))
            row = connection.execute(chosen.order_by(bulk_edits.c.number).limit(1)).one_or_none()
            if row is None:
                return None
            items = _next_items(connection, row.number, portion)
            if row.state == "waiting":
                _put(connection, row.number, state="running")
            order = Order(Edit(**load(row.edit)), row.by, _reason(row), row.last_event)
            _settle(connection, row.number, self._work(connection, order, items, undoes=row.undoes is not None))
            return int(row.number)

    def _look(self, connection: Connection, edit: Edit, items: Sequence[Item]) -> list[Done]:
        if edit.field == COLLECTION:
            read_live(connection, edit.value)
            return look_inside(connection, edit, items)
        return look(connection, edit, items, find_authorities(connection, self.home.authorities))

    def _work(self, connection: Connection, order: Order, items: Sequence[Item], *, undoes: bool) -> list[Done]:
        if order.edit.field == COLLECTION:
            return (scatter if undoes else gather)(connection, order, items)
        if undoes:
            return take_back(connection, order, items)
        return carry_out(connection, order, items, find_authorities(connection, self.home.authorities))

    def close(self, number: int) -> bool:
        """Write down that an edit has come to its end; False when it has not."""
        with self.transaction() as connection:
            found = _read(connection, number)
            if found.state != "running" or found.counts.waiting:
                return False
            _put(connection, number, state="done", finished=now())
            _say(connection, found, "finished", asdict(found.counts), by=found.by)
            return True

    def _find_interrupted(self) -> None:
        # Its worker had the turn that we have now, so it cannot be at work any more.
        with self.snapshot() as connection:
            left = connection.execute(select(bulk_edits.c.number).where(bulk_edits.c.state == "running")).scalars()
            numbers = list(left)
        for number in numbers:
            with self.transaction() as connection:
                found = _read(connection, number)
                said = f"cut short after {found.counts.done:,} of {found.counts.total:,} reports, and taken up again"
                _put(connection, number, state="waiting")
                _note(connection, found, said)
                _say(connection, found, "resumed", asdict(found.counts), by=found.by)

    # --- reading --------------------------------------------------------------------------------------------

    def edit(self, number: int) -> BulkEdit:
        """Return one edit and how far it is; raises UnknownEdit."""
        with self.snapshot() as connection:
            return _read(connection, number)

    def edits(self, *, offset: int = 0, limit: int = 50) -> tuple[BulkEdit, ...]:
        """Return the edits that were begun, newest first."""
        with self.snapshot() as connection:
            begun = select(bulk_edits.c.number).where(bulk_edits.c.state != "planned")
            numbers = connection.execute(begun.order_by(bulk_edits.c.number.desc()).offset(offset).limit(limit))
            return tuple(_read(connection, number) for number in numbers.scalars().all())

    def count(self) -> int:
        """Return how many edits were begun."""
        with self.snapshot() as connection:
            counting = select(func.count()).select_from(bulk_edits).where(bulk_edits.c.state != "planned")
            return int(connection.execute(counting).scalar_one())

    def waits(self) -> bool:
        """Tell whether an edit waits to be worked off, or is being worked off."""
        with self.snapshot() as connection:
            open_states = select(bulk_edits.c.number).where(bulk_edits.c.state.in_(("waiting", "running")))
            return connection.execute(open_states.limit(1)).first() is not None

    def lines(
        self, number: int, outcomes: Sequence[ItemOutcome] = (), *, offset: int = 0, limit: int = 50
    ) -> tuple[EditLine, ...]:
        """Return some reports of an edit, in order: all, or those with these outcomes; raises UnknownEdit."""
        with self.snapshot() as connection:
            found = _read(connection, number)
            chosen = (
                select(bulk_items, events.c.before, events.c.after)
                .outerjoin(events, events.c.number == bulk_items.c.event)
                .where(bulk_items.c.bulk == number)
            )
            if outcomes:
                chosen = chosen.where(bulk_items.c.outcome.in_(outcomes))
            rows = connection.execute(chosen.order_by(bulk_items.c.place).offset(offset).limit(limit)).all()
            waiting = [_item(row) for row in rows if row.outcome == "waiting"]
            seer = foresee_inside if found.edit.field == COLLECTION else foresee
            to_be = seer(connection, found.edit, waiting) if found.undoes is None else {}
            return tuple(_line(found.edit.field, row, to_be.get(row.report_id)) for row in rows)


def _line(field: str, row: Row[Any], to_be: tuple[Json, Json] | None) -> EditLine:
    if row.event is not None:
        before, after = read_shown(field, row.before, row.after)
    else:
        before, after = (show(to_be[0]), show(to_be[1])) if to_be else ((), ())
    return EditLine(row.report_id, row.outcome, before, after, row.note)


def _item(row: Row[Any]) -> Item:
    return Item(row.place, row.report_id, load(row.value), own=row.value is not None)


def _reason(row: Row[Any]) -> str:
    return f"{row.reason} (bulk edit {row.number})" if row.reason else f"bulk edit {row.number}"


def _plan_row(edit: Edit, *, by: str, reason: str, question: str, looked_at: int, seen: int) -> dict[str, object]:
    return {
        "edit": dump(asdict(edit)),
        "state": "planned",
        "by": plain(by),
        "planned": now(),
        "reason": plain(reason.strip()),
        "question": plain(question),
        "looked_at": looked_at,
        "last_event": seen,
        "notes": "[]",
    }


def _add(connection: Connection, row: Mapping[str, object], looked: Sequence[Done]) -> int:
    number: int = connection.execute(insert(bulk_edits).values(row).returning(bulk_edits.c.number)).scalar_one()
    rows = [
        {
            "bulk": number,
            "place": one.item.place,
            "report_id": one.item.report_id,
            "outcome": one.outcome,
            "value": dump(one.item.value) if one.item.own else None,
            "note": one.note,
        }
        for one in looked
    ]
    if rows:
        connection.execute(insert(bulk_items), rows)
    return number


def _next_items(connection: Connection, number: int, portion: int) -> list[Item]:
    chosen = select(bulk_items).where(bulk_items.c.bulk == number, bulk_items.c.outcome == "waiting")
    return [_item(row) for row in connection.execute(chosen.order_by(bulk_items.c.place).limit(portion))]


def _settle(connection: Connection, number: int, done: Iterable[Done]) -> None:
    rows = [
        {"edit": number, "at": one.item.place, "outcome": one.outcome, "note": one.note, "event": one.event}
        for one in done
    ]
    if rows:
        connection.execute(SETTLE, rows)


def _read(connection: Connection, number: int) -> BulkEdit:
    small = number <= 2**31 - 1  # an address may say any number, and a database counts only so far
    row = connection.execute(select(bulk_edits).where(bulk_edits.c.number == number)).one_or_none() if small else None
    if row is None:
        raise UnknownEdit(number)
    counting = select(bulk_items.c.outcome, func.count()).where(bulk_items.c.bulk == number)
    counts = {each[0]: each[1] for each in connection.execute(counting.group_by(bulk_items.c.outcome))}
    undone = connection.execute(select(bulk_edits.c.number).where(bulk_edits.c.undoes == number)).scalar()
    state: State = row.state
    return BulkEdit(
        number, Edit(**load(row.edit)), state, row.by, row.planned, row.reason, row.question, EditCounts(**counts),
        row.looked_at, row.undoes, undone, row.started, row.finished, tuple(load(row.notes)),
    )  # fmt: skip


def _demand(found: BulkEdit, wish: str, *states: State) -> None:
    if found.state not in states:
        raise EditNotReady(found.number, found.state, wish)


def _put(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(bulk_edits).where(bulk_edits.c.number == number).values(values))


def _note(connection: Connection, found: BulkEdit, said: str) -> None:
    _put(connection, found.number, notes=dump([*found.notes, f"{now()}: {said}"]))


def _say(connection: Connection, found: BulkEdit, what: str, figures: Mapping[str, object], *, by: str) -> None:
    after = {"bulk edit": found.number, what: dict(figures)}
    add_event(connection, MODIFICATION, agent=by, after=after, note=found.reason or None)


def _forget_old(connection: Connection) -> None:
    before = (datetime.now(UTC) - KEPT).strftime("%Y-%m-%dT%H:%M:%SZ")
    old = select(bulk_edits.c.number).where(bulk_edits.c.state == "planned", bulk_edits.c.planned < before)
    _forget(connection, list(connection.execute(old).scalars()))


def _forget(connection: Connection, numbers: Sequence[int]) -> None:
    connection.execute(delete(bulk_items).where(bulk_items.c.bulk.in_(numbers)))
    connection.execute(delete(bulk_edits).where(bulk_edits.c.number.in_(numbers)))


def _forget_rest(connection: Connection, number: int) -> None:
    """Leave what a stopped edit had not come to: once it is undone it will not go on."""
    waiting = (bulk_items.c.bulk == number) & (bulk_items.c.outcome == "waiting")
    said = {"outcome": "kept", "note": "not reached before it was undone"}
    connection.execute(update(bulk_items).where(waiting).values(said))
    _put(connection, number, state="done")
