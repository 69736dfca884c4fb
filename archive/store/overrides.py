"""Corrections as rows: added, undone by a further row, and never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, func, insert, select

from archive.errors import AlreadyUndone, NotUndoable
from archive.holdings import Correction, Event
from archive.store.codec import dump, load, plain
from archive.store.corrections import Json, Live
from archive.store.events import MODIFICATION, add_event, read_event
from archive.store.tables import corrections

NONE: tuple[Live, ...] = ()
OF_REPORTS = (  # built once: building a statement costs more than running it
    select(corrections)
    .where(corrections.c.report_id.in_(bindparam("ids", expanding=True)))
    .order_by(corrections.c.event)
)


def add_correction(
    connection: Connection, correction: Correction, value: Json, *, before: Json, after: Json, batch: int | None = None
) -> Event:
    """Add a correction with its event; `value` has been checked, `before` and `after` are the field in the record."""
    event = add_event(
        connection,
        MODIFICATION,
        agent=correction.by,
        report_id=correction.report_id,
        batch=batch,
        before={correction.field: before},
        after={correction.field: after},
        note=correction.reason or None,
    )
    _add_row(connection, event, correction.field, value, reason=correction.reason)
    return event


def find_undoable(connection: Connection, number: int) -> tuple[str, Live]:
    """Return the report and the correction of this event; NotUndoable, AlreadyUndone or UnknownEvent otherwise."""
    event = read_event(connection, number)
    row = connection.execute(select(corrections).where(corrections.c.event == number)).one_or_none()
    if row is None or row.undoes is not None:
        raise NotUndoable(number, event.type if row is None else "the undoing of another event")
    undone = connection.execute(select(corrections.c.by).where(corrections.c.undoes == number)).scalar()
    if undone is not None:
        raise AlreadyUndone(number, undone)
    return row.report_id, Live(row.event, row.field, load(row.value), row.by, row.at, row.reason)


def add_undoing(connection: Connection, report_id: str, undone: Live, *, by: str, before: Json, after: Json) -> Event:
    """Add the row and the event that take a correction out of force."""
    event = add_event(
        connection,
        MODIFICATION,
        agent=by,
        report_id=report_id,
        before={undone.field: before},
        after={undone.field: after},
        note=f"undoes event {undone.event}",
    )
    _add_row(connection, event, undone.field, None, undoes=undone.event)
    return event


def live_corrections(
    connection: Connection, report_ids: Sequence[str], *, without: Iterable[int] = (), until: int | None = None
) -> Mapping[str, tuple[Live, ...]]:
    """Return the corrections in force of each of these reports, in the order they were made: one per field at most.

    `without` leaves out the corrections of these events, as if they had been undone; `until` asks which were in force
    once that event had happened.
    """
    rows = connection.execute(OF_REPORTS, {"ids": tuple(report_ids)}).all()
    if until is not None:
        rows = [row for row in rows if row.event <= until]
    undone = {row.undoes for row in rows if row.undoes is not None} | set(without)
    found: defaultdict[str, dict[str, Live]] = defaultdict(dict)
    for row in rows:
        if row.undoes is None and row.event not in undone:
            live = Live(row.event, row.field, load(row.value), row.by, row.at, row.reason)
            found[row.report_id][row.field] = live  # a later word on the same field stands
    return {report_id: _in_order(fields.values()) for report_id, fields in found.items()}


def count_corrections(connection: Connection) -> int:
    """Return how many corrections were made and not undone."""
    made = select(func.count()).where(corrections.c.undoes.is_(None))
    undone = select(func.count()).where(corrections.c.undoes.is_not(None))
    return int(connection.execute(made).scalar_one()) - int(connection.execute(undone).scalar_one())


def _in_order(live: Iterable[Live]) -> tuple[Live, ...]:
    return tuple(sorted(live, key=lambda each: each.event))


def _add_row(
    connection: Connection, event: Event, field: str, value: Json, *, reason: str = "", undoes: int | None = None
) -> None:
    row = {
        "event": event.number,
        "report_id": event.report_id,
        "field": field,
        "value": dump(value),
        "by": plain(event.agent),
        "at": event.when,
        "reason": plain(reason),
        "undoes": undoes,
    }
    connection.execute(insert(corrections), row)
