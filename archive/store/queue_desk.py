"""The queues of the desk as the store keeps them: how many wait in each, which, and what a person decided of one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, tuple_

from archive.errors import AlreadyUndone, NotUndoable, NotWaiting
from archive.holdings import Correction, Event
from archive.queues import QUEUES, mark_line
from archive.store.codec import load_report
from archive.store.curation import correct
from archive.store.events import MODIFICATION, add_event, last_event, read_event
from archive.store.room import Room
from archive.store.tables import (
    collection_items,
    kept_lines,
    quarantined,
    queue_dismissals,
    queue_items,
    reports,
    story_items,
)
from archive.store.tables import reader_problems as problems
from archive.store.tasks import count_unsorted, find_unsorted, sort_reports
from archive.waiting import Alike, Narrowing, RecurringLine, Waiting

PAGE = 50
LEAST_REPEATED = 5  # reports of one outlet in which a line stands before it is asked about
MOST_LINES = 5_000
MOST_ALIKE = 100_000
NOWHERE = ""
ORDER = (queue_items.c.outlet, queue_items.c.cause, queue_items.c.report_id)
DISMISSED = "dismissed"


ALL = Narrowing()


class QueueDesk(Room):
    """What waits for a person, queue by queue; each decision is one transaction with its event."""

    _lines: tuple[int, tuple[tuple[str, int, int, str], ...]] | None = None  # by the event they were counted at

    def counts(self, narrowing: Narrowing = ALL) -> Mapping[str, int]:
        """Return how much waits in each queue; those that hold no reports are left out where one narrows."""
        with self.snapshot() as connection:
            found = _count_items(connection, narrowing)
            if narrowing == ALL:
                found.update(_count_others(connection))
                found["boilerplate"] = len(self._open_lines(connection))
            return {queue.key: found[queue.key] for queue in QUEUES}

    def page(
        self, queue: str, narrowing: Narrowing = ALL, *, after: str | None = None, offset: int = 0, limit: int = PAGE
    ) -> tuple[Waiting, ...]:
        """Return some of what waits in a queue, like beside like; those behind the report `after` if it is named."""
        with self.snapshot() as connection:
            chosen = _chosen(select(queue_items), queue, narrowing).order_by(*ORDER).offset(offset).limit(limit)
            if after is not None:
                place = connection.execute(select(*ORDER).where(*_is(queue, after))).one_or_none()
                chosen = chosen if place is None else chosen.where(tuple_(*ORDER) > tuple_(*place))
            return tuple(_read(row) for row in connection.execute(chosen))

    def find(self, queue: str, report_id: str) -> Waiting | None:
        """Return what a report has waiting in a queue."""
        with self.snapshot() as connection:
            return _find(connection, queue, report_id)

    def place_of(self, waiting: Waiting, narrowing: Narrowing = ALL) -> tuple[int, str | None, str | None]:
        """Return a report's number in its queue, from 1, and the reports before and after it."""
        key = tuple_(*ORDER)
        own = tuple_(waiting.outlet or NOWHERE, waiting.cause, waiting.report_id)
        with self.snapshot() as connection:
            counted = _chosen(select(func.count()).select_from(queue_items), waiting.queue, narrowing)
            before = _chosen(select(queue_items.c.report_id), waiting.queue, narrowing).where(key < own)
            after = _chosen(select(queue_items.c.report_id), waiting.queue, narrowing).where(key > own)
            descending = [column.desc() for column in ORDER]
            return (
                int(connection.execute(counted.where(key < own)).scalar_one()) + 1,
                connection.execute(before.order_by(*descending).limit(1)).scalar(),
                connection.execute(after.order_by(*ORDER).limit(1)).scalar(),
            )

    def alike(self, queue: str, narrowing: Narrowing = ALL, *, limit: int = PAGE) -> tuple[Alike, ...]:
        """Return the groups of reports that can be decided alike, the largest first."""
        counted = func.count()
        chosen = _chosen(select(queue_items.c.outlet, queue_items.c.cause, counted), queue, narrowing)
        grouped = chosen.group_by(queue_items.c.outlet, queue_items.c.cause).order_by(counted.desc(), *ORDER[:2])
        with self.snapshot() as connection:
            return tuple(Alike(row[0] or None, row[1], row[2]) for row in connection.execute(grouped.limit(limit)))

    def ids(self, queue: str, narrowing: Narrowing) -> tuple[str, ...]:
        """Return every report that waits in a queue, in order, as far as it is narrowed."""
        chosen = _chosen(select(queue_items.c.report_id), queue, narrowing).order_by(*ORDER).limit(MOST_ALIKE)
        with self.snapshot() as connection:
            return tuple(connection.execute(chosen).scalars())

    def count(self, queue: str, narrowing: Narrowing) -> int:
        """Return how many reports wait in a queue, as far as it is narrowed."""
        with self.snapshot() as connection:
            return _scalar(connection, _chosen(select(func.count()).select_from(queue_items), queue, narrowing))

    def tasks_of(self, report_id: str) -> tuple[Waiting, ...]:
        """Return everything a report has waiting."""
        with self.snapshot() as connection:
            rows = connection.execute(select(queue_items).where(queue_items.c.report_id == report_id))
            return tuple(_read(row) for row in rows)

    def settle(self, queue: str, report_id: str, *, by: str, reason: str = "") -> Event:
        """Let a person say that what a queue shows of a report is no problem; NotWaiting when it shows nothing."""
        with self.transaction() as connection:
            waiting = _find(connection, queue, report_id)
            if waiting is None:
                raise NotWaiting(report_id, queue)
            return correct(connection, Correction(report_id, f"settled:{queue}", waiting.cause, by, reason))

    # --- what waits and is no report's ----------------------------------------------------------------------

    def lines(self, outlet: str | None = None, *, offset: int = 0, limit: int = PAGE) -> tuple[RecurringLine, ...]:
        """Return the lines that recur in an outlet's reports and that nobody has dismissed, the commonest first."""
        with self.snapshot() as connection:
            found = [line for line in self._open_lines(connection) if outlet in (None, line[0])]
            return tuple(_read_line(connection, *line) for line in found[offset : offset + limit])

    def line(self, key: str) -> RecurringLine | None:
        """Return one recurring line by its key; None when it does not recur any more."""
        with self.snapshot() as connection:
            found = next((line for line in self._all_lines(connection) if _line_key(*line[:2]) == key), None)
            return None if found is None else _read_line(connection, *found)

    def reports_with(self, key: str) -> tuple[str, ...]:
        """Return the ids of an outlet's reports that have a recurring line in their text."""
        outlet, _, mark = key.rpartition(":")
        chosen = select(kept_lines.c.report_id).where(kept_lines.c.outlet == outlet, kept_lines.c.mark == _number(mark))
        with self.snapshot() as connection:
            return tuple(connection.execute(chosen.order_by(kept_lines.c.report_id)).scalars())

    def reports_in(self, collection: str) -> tuple[str, ...]:
        """Return the ids of a collection's reports, in order."""
        held = select(collection_items.c.report_id).where(collection_items.c.collection == collection)
        with self.snapshot() as connection:
            return tuple(connection.execute(held.order_by(collection_items.c.report_id)).scalars())

    def dismiss(self, queue: str, key: str, *, by: str, reason: str = "") -> Event:
        """Let a person say that a line needs nothing; NotWaiting when that was said before."""
        with self.transaction() as connection:
            same = (queue_dismissals.c.queue == queue) & (queue_dismissals.c.key == key)
            if connection.execute(select(queue_dismissals).where(same)).first() is not None:
                raise NotWaiting(key, queue)
            after = {DISMISSED: key, "queue": queue}
            event = add_event(connection, MODIFICATION, agent=by, after=after, note=reason or None)
            connection.execute(insert(queue_dismissals), {"queue": queue, "key": key, "event": event.number})
            return event

    def dismissed(self, queue: str) -> frozenset[str]:
        """Return the keys of what persons have found to need nothing."""
        with self.snapshot() as connection:
            return _dismissed(connection, queue)

    # --- reports that came in before there were queues ------------------------------------------------------

    def unsorted(self) -> int:
        """Return how many reports have not been looked through for what waits."""
        with self.snapshot() as connection:
            return count_unsorted(connection)

    def sort_older(self, limit: int = 500) -> int:
        """Look through some reports that came in before there were queues; 0 when there is none left."""
        with self.transaction() as connection:
            found = find_unsorted(connection, limit)
            sort_reports(connection, found)
            return len(found)

    def _all_lines(self, connection: Connection) -> tuple[tuple[str, int, int, str], ...]:
        newest = last_event(connection)
        known = self._lines
        if known is None or known[0] != newest:
            counted = func.count()
            grouped = (
                select(kept_lines.c.outlet, kept_lines.c.mark, counted, func.min(kept_lines.c.report_id))
                .group_by(kept_lines.c.outlet, kept_lines.c.mark)
                .having(counted >= LEAST_REPEATED)
                .order_by(counted.desc(), kept_lines.c.outlet, kept_lines.c.mark)
                .limit(MOST_LINES)
            )
            known = (newest, tuple((row[0], row[1], row[2], row[3]) for row in connection.execute(grouped)))
            self._lines = known
        return known[1]

    def _open_lines(self, connection: Connection) -> list[tuple[str, int, int, str]]:
        dismissed = _dismissed(connection, "boilerplate")
        return [line for line in self._all_lines(connection) if _line_key(*line[:2]) not in dismissed]


def is_dismissal(event: Event) -> bool:
    """Tell whether an event is a person's word that something needs nothing."""
    return event.type == MODIFICATION and isinstance(event.after, Mapping) and DISMISSED in event.after


def undo_dismissal(connection: Connection, number: int, *, by: str) -> Event:
    """Let what a person had dismissed wait again; AlreadyUndone, NotUndoable."""
    event = read_event(connection, number)
    said: Any = event.after
    if not is_dismissal(event):
        raise NotUndoable(number, event.type)
    gone = connection.execute(delete(queue_dismissals).where(queue_dismissals.c.event == number)).rowcount
    if not gone:
        raise AlreadyUndone(number, "somebody")
    before = {DISMISSED: said[DISMISSED], "queue": said["queue"]}
    return add_event(connection, MODIFICATION, agent=by, before=before, note=f"undoes event {number}")


def _chosen(chosen: Select[Any], queue: str, narrowing: Narrowing) -> Select[Any]:
    chosen = chosen.where(queue_items.c.queue == queue)
    if narrowing.outlet is not None:
        chosen = chosen.where(queue_items.c.outlet == narrowing.outlet)
    if narrowing.cause is not None:
        chosen = chosen.where(queue_items.c.cause == narrowing.cause)
    if narrowing.collection is not None:
        held = select(collection_items.c.report_id).where(collection_items.c.collection == narrowing.collection)
        chosen = chosen.where(queue_items.c.report_id.in_(held))
    return chosen


def _is(queue: str, report_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return queue_items.c.queue == queue, queue_items.c.report_id == report_id


def _find(connection: Connection, queue: str, report_id: str) -> Waiting | None:
    row = connection.execute(select(queue_items).where(*_is(queue, report_id))).one_or_none()
    return None if row is None else _read(row)


def _count_items(connection: Connection, narrowing: Narrowing) -> Counter[str]:
    found: Counter[str] = Counter()
    for queue in QUEUES:
        counting = _chosen(select(func.count()).select_from(queue_items), queue.key, narrowing)
        found[queue.key] = int(connection.execute(counting).scalar_one())
    return found


def _count_others(connection: Connection) -> Mapping[str, int]:
    undecided = (
        select(story_items.c.story)
        .where(story_items.c.story.is_not(None))
        .group_by(story_items.c.story)
        .having(func.count(story_items.c.by) == 0)
        .subquery()
    )
    return {
        "reprint": _scalar(connection, select(func.count()).select_from(undecided)),
        "quarantined": _scalar(
            connection, select(func.count()).select_from(quarantined).where(quarantined.c.closed.is_(None))
        ),
        "reported": _scalar(connection, select(func.count()).select_from(problems).where(problems.c.closed.is_(None))),
    }


def _scalar(connection: Connection, counting: Select[Any]) -> int:
    return int(connection.execute(counting).scalar_one())


def _dismissed(connection: Connection, queue: str) -> frozenset[str]:
    chosen = select(queue_dismissals.c.key).where(queue_dismissals.c.queue == queue)
    return frozenset(connection.execute(chosen).scalars())


def _read_line(connection: Connection, outlet: str, mark: int, count: int, report_id: str) -> RecurringLine:
    record = connection.execute(select(reports.c.record).where(reports.c.id == report_id)).scalar_one()
    body: Sequence[Any] = load_report(record).body
    text = next((passage.text for passage in body if mark_line(passage.text) == mark), "")
    return RecurringLine(_line_key(outlet, mark), outlet, text, count, report_id)


def _line_key(outlet: str, mark: int) -> str:
    return f"{outlet}:{mark}"


def _number(mark: str) -> int:
    return int(mark) if mark.isascii() and mark.isdigit() and len(mark) < len(str(2**63)) else -1


def _read(row: Any) -> Waiting:  # noqa: ANN401  # a row of queue_items
    return Waiting(row.queue, row.report_id, row.outlet or None, row.cause)
