"""The log: one row for everything that happened, only ever added to, in the terms of PREMIS."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from archive.errors import UnknownEvent
from archive.holdings import Event
from archive.store.codec import dump, load, now, plain
from archive.store.tables import events

INGESTION_START = "ingestion start"
INGESTION_END = "ingestion end"
DIGEST = "message digest calculation"
ACCESSION = "accession"
EXTRACTION = "metadata extraction"
MODIFICATION = "metadata modification"
FIXITY = "fixity check"
QUARANTINE = "quarantine"
DEACCESSION = "deaccession"
ACCOUNT = "account change"  # of a person: who may do what
REPORTED = "reader report"
PAPER = "personal paper"  # a person's own list, note or saved search; it names no report
SNAPSHOT = "snapshot"
RECOVERY = "recovery"  # a damaged original replaced by its own bytes, come in again
# After these a report reads differently from outside, so an index must look at it again.
VISIBLE = (ACCESSION, EXTRACTION, MODIFICATION, DEACCESSION)
SOFTWARE = "dateline"
PAGE = 500
ADD_ALL = insert(events).returning(events.c.number, sort_by_parameter_order=True)
ADD = insert(events).returning(events.c.number)  # built once: building costs more than running


def add_event(
    connection: Connection,
    kind: str,
    *,
    agent: str = SOFTWARE,
    report_id: str | None = None,
    batch: int | None = None,
    outcome: str = "success",
    before: object = None,
    after: object = None,
    note: str | None = None,
) -> Event:
    """Add one event to the log and return it with its number."""
    row = make_row(
        kind, agent=agent, report_id=report_id, batch=batch, outcome=outcome, before=before, after=after, note=note
    )
    number: int = connection.execute(ADD, row).scalar_one()
    return Event(number, kind, str(row["at"]), agent, report_id, batch, outcome, before, after, note)


def add_events(connection: Connection, rows: Sequence[Mapping[str, object]]) -> list[int]:
    """Add the events of these rows (`make_row`) together and return their numbers, in order."""
    return list(connection.execute(ADD_ALL, rows).scalars())


def make_row(
    kind: str,
    *,
    agent: str = SOFTWARE,
    report_id: str | None = None,
    batch: int | None = None,
    outcome: str = "success",
    before: object = None,
    after: object = None,
    note: str | None = None,
) -> dict[str, object]:
    """Return an event that happens now as a row of the log."""
    return {
        "type": kind,
        "at": now(),
        "agent": plain(agent),
        "report_id": report_id,
        "batch": batch,
        "outcome": outcome,
        "before": None if before is None else dump(before),
        "after": None if after is None else dump(after),
        "note": None if note is None else plain(note),
    }


def read_events(connection: Connection, report_id: str | None, after: int) -> tuple[Event, ...]:
    """Return up to PAGE events with a number above `after`, oldest first; of one report, or of all."""
    chosen = select(events).where(events.c.number > after).order_by(events.c.number).limit(PAGE)
    if report_id is not None:
        chosen = chosen.where(events.c.report_id == report_id)
    return tuple(_read(row) for row in connection.execute(chosen))


def read_event(connection: Connection, number: int) -> Event:
    """Return the event with this number; UnknownEvent when there is none."""
    row = connection.execute(select(events).where(events.c.number == number)).one_or_none()
    if row is None:
        raise UnknownEvent(number)
    return _read(row)


def last_event(connection: Connection) -> int:
    """Return the number of the newest event; 0 in an empty log."""
    return connection.execute(select(func.max(events.c.number))).scalar() or 0


def last_of(connection: Connection, kind: str) -> Event | None:
    """Return the newest event of a kind; None when there is none."""
    chosen = select(events).where(events.c.type == kind).order_by(events.c.number.desc()).limit(1)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else _read(row)


def changed_since(connection: Connection, number: int, *, by_hand: bool = False) -> Iterator[str]:
    """Yield the ids of reports that later events made read differently, in order; `by_hand`: only those of no batch."""
    touched = select(events.c.report_id).where(
        events.c.number > number,
        events.c.type.in_(VISIBLE),
        events.c.report_id.is_not(None),
        *((events.c.batch.is_(None),) if by_hand else ()),
    )
    yield from connection.execute(touched.distinct().order_by(events.c.report_id)).scalars()


def find_any(connection: Connection, number: int, note: str) -> Event | None:
    """Return the first event after this one that bears this note; None when there is none."""
    chosen = select(events).where(events.c.number > number, events.c.note == note).order_by(events.c.number).limit(1)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else _read(row)


def _read(row: Row[Any]) -> Event:
    before, after = load(row.before), load(row.after)
    return Event(
        row.number, row.type, row.at, row.agent, row.report_id, row.batch, row.outcome, before, after, row.note
    )
