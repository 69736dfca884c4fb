"""Imports: the batches, a line for each page they met, and the pages put in quarantine."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from archive.store.codec import dump, load, now, plain
from archive.store.events import INGESTION_END, INGESTION_START, QUARANTINE, SOFTWARE, add_event
from archive.store.results import BatchLine, BatchRecord, Quarantined
from archive.store.tables import batch_lines, batches, quarantined

PAGE = 500
ADD_LINE = insert(batch_lines)  # built once: building costs more than running


def start(connection: Connection, agent: str, arguments: Sequence[str]) -> int:
    """Add a batch with its opening event and return its number; batches whose process died are closed first."""
    for (number,) in connection.execute(select(batches.c.number).where(batches.c.finished.is_(None))).all():
        # Their writer held the lock we hold now, so it cannot be running any more.
        finish(connection, number, {}, outcome="interrupted", note="found unfinished when the next batch began")
    row = {"agent": plain(agent), "arguments": dump(list(arguments)), "started": now()}
    batch: int = connection.execute(insert(batches).values(row).returning(batches.c.number)).scalar_one()
    add_event(connection, INGESTION_START, agent=agent, batch=batch, after={"arguments": list(arguments)})
    return batch


def finish(
    connection: Connection, batch: int, counts: Mapping[str, int], *, outcome: str, note: str | None = None
) -> None:
    """Close a batch with its figures and its closing event."""
    closing = {"finished": now(), "outcome": outcome, "counts": dump(dict(counts))}
    connection.execute(update(batches).where(batches.c.number == batch).values(closing))
    add_event(connection, INGESTION_END, batch=batch, outcome=outcome, after=dict(counts), note=note)


def add_lines(connection: Connection, batch: int, lines: Sequence[BatchLine]) -> None:
    """Write down what became of these pages."""
    if lines:
        connection.execute(ADD_LINE, [_line_row(batch, line) for line in lines])


def _line_row(batch: int, line: BatchLine) -> dict[str, object]:
    return {
        "batch": batch,
        "name": plain(line.name),
        "outcome": line.outcome,
        "report_id": line.report_id,
        "code": line.code,
        "reason": None if line.reason is None else plain(line.reason),
        "issues": dump(line.issues),
    }


def read_lines(connection: Connection, batch: int) -> Iterator[BatchLine]:
    """Yield the lines of one batch in the order they were written."""
    chosen = select(batch_lines).where(batch_lines.c.batch == batch).order_by(batch_lines.c.number)
    for row in connection.execute(chosen):
        issues = tuple(load(row.issues))
        yield BatchLine(row.name, row.outcome, row.report_id, row.code, row.reason, issues)


def read_batches(connection: Connection) -> tuple[BatchRecord, ...]:
    """Return every batch, oldest first."""
    return tuple(_read(row) for row in connection.execute(select(batches).order_by(batches.c.number)))


def add_quarantined(connection: Connection, page: Quarantined) -> bool:
    """Write down a page that could not become a report; return False when this very page was known before."""
    name, reason = plain(page.name), plain(page.reason)
    known = select(quarantined.c.number).where(
        quarantined.c.name == name,
        quarantined.c.code == page.code,
        quarantined.c.reason == reason,
        quarantined.c.sha256.is_not_distinct_from(page.sha256),
    )
    if connection.execute(known).first() is not None:
        return False
    after = {"name": name, "code": page.code, "sha256": page.sha256}
    event = add_event(connection, QUARANTINE, agent=SOFTWARE, batch=page.batch, after=after, note=reason)
    row = {"name": name, "code": page.code, "reason": reason, "sha256": page.sha256, "batch": page.batch}
    connection.execute(insert(quarantined), row | {"event": event.number})
    return True


def read_quarantined(connection: Connection) -> tuple[Quarantined, ...]:
    """Return every page in quarantine, oldest first."""
    rows = connection.execute(select(quarantined).order_by(quarantined.c.number))
    return tuple(Quarantined(row.name, row.code, row.reason, row.sha256, row.batch) for row in rows)


def _read(row: Row[Any]) -> BatchRecord:
    arguments, counts = tuple(load(row.arguments)), load(row.counts) or {}
    return BatchRecord(row.number, row.agent, arguments, row.started, row.finished, row.outcome, counts)
