"""Imports: the batches, a line for each page they met, and the pages put in quarantine."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from archive.errors import UnknownBatch
from archive.store.codec import dump, load, now, plain
from archive.store.events import INGESTION_END, INGESTION_START, QUARANTINE, SOFTWARE, add_event
from archive.store.results import BatchLine, BatchRecord, Quarantined
from archive.store.tables import batch_lines, batches, quarantined

PAGE = 500
LARGEST = 2**31 - 1
ADD_LINE = insert(batch_lines)  # built once: building costs more than running


def start(connection: Connection, agent: str, arguments: Sequence[str]) -> int:
    """Add a batch with its opening event and return its number; batches whose process died are closed first."""
    close_unfinished(connection)
    row = {"agent": plain(agent), "arguments": dump(list(arguments)), "started": now()}
    batch: int = connection.execute(insert(batches).values(row).returning(batches.c.number)).scalar_one()
    add_event(connection, INGESTION_START, agent=agent, batch=batch, after={"arguments": list(arguments)})
    return batch


def find_unfinished(connection: Connection) -> list[int]:
    """Return the batches that are under way, or whose process died."""
    return list(connection.execute(select(batches.c.number).where(batches.c.finished.is_(None))).scalars())


def close_unfinished(connection: Connection) -> None:
    """Close batches whose process died as interrupted; only for whoever has the right to a batch."""
    for number in find_unfinished(connection):
        # Who brought them in had the right that we have now, so it cannot be running any more.
        counts = count_lines(connection, number)
        finish(connection, number, counts, outcome="interrupted", note="found unfinished")


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
    for row in connection.execute(_lines(batch, ()).order_by(batch_lines.c.number)):
        yield _read_line(row)


def read_page(
    connection: Connection, batch: int, outcomes: Sequence[str], *, offset: int, limit: int
) -> tuple[BatchLine, ...]:
    """Return some of a batch's lines, in order; only those with one of these outcomes, if any are named."""
    chosen = _lines(batch, outcomes).order_by(batch_lines.c.number).offset(offset).limit(limit)
    return tuple(_read_line(row) for row in connection.execute(chosen))


def count_lines(connection: Connection, batch: int) -> Mapping[str, int]:
    """Return how many lines a batch has of each outcome, also when it was never finished."""
    counting = select(batch_lines.c.outcome, func.count()).where(batch_lines.c.batch == batch)
    return {row[0]: row[1] for row in connection.execute(counting.group_by(batch_lines.c.outcome))}


def count_issues(connection: Connection, batch: int) -> Mapping[str, int]:
    """Return how often a batch met each issue, and each reason for quarantine, by code."""
    found: Counter[str] = Counter()
    # Few pages differ in their list of issues, so counting equal lists first leaves little to read.
    alike = select(batch_lines.c.issues, func.count()).where(batch_lines.c.batch == batch)
    for issues, count in connection.execute(alike.group_by(batch_lines.c.issues)):
        for code in load(issues):
            found[code] += count
    coded = select(batch_lines.c.code, func.count()).where(batch_lines.c.batch == batch, batch_lines.c.code != "")
    for code, count in connection.execute(coded.group_by(batch_lines.c.code)):
        found[code] += count
    return dict(sorted(found.items()))


def read_batches(connection: Connection) -> tuple[BatchRecord, ...]:
    """Return every batch, oldest first."""
    return tuple(_read(row) for row in connection.execute(select(batches).order_by(batches.c.number)))


def read_batch(connection: Connection, number: int) -> BatchRecord:
    """Return one batch; UnknownBatch when there is none."""
    small = number <= LARGEST  # an address may say any number, and a database counts only so far
    row = connection.execute(select(batches).where(batches.c.number == number)).one_or_none() if small else None
    if row is None:
        raise UnknownBatch(number)
    return _read(row)


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
    rows = connection.execute(select(quarantined).where(quarantined.c.closed.is_(None)).order_by(quarantined.c.number))
    return tuple(Quarantined(row.name, row.code, row.reason, row.sha256, row.batch) for row in rows)


def _lines(batch: int, outcomes: Sequence[str]) -> Select[Any]:
    chosen = select(batch_lines).where(batch_lines.c.batch == batch)
    return chosen.where(batch_lines.c.outcome.in_(outcomes)) if outcomes else chosen


def _read_line(row: Row[Any]) -> BatchLine:
    return BatchLine(row.name, row.outcome, row.report_id, row.code, row.reason, tuple(load(row.issues)))


def _read(row: Row[Any]) -> BatchRecord:
    arguments, counts = tuple(load(row.arguments)), load(row.counts) or {}
    return BatchRecord(row.number, row.agent, arguments, row.started, row.finished, row.outcome, counts)
