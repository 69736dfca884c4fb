"""What readers report of a page: kept as they wrote it, until a person answers and closes it."""

from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from archive.errors import BadProblem, UnknownReport
from archive.store.codec import plain
from archive.store.events import MODIFICATION, REPORTED, add_event, read_event
from archive.store.room import Room
from archive.store.tables import reader_problems as problems
from archive.store.tables import reports
from archive.waiting import Problem

READER = "a reader"
LONGEST, LONGEST_CONTACT = 2_000, 200
MOST_OPEN = 50  # of one report, so that no flood buries the others


class Problems(Room):
    """What readers reported; each act is one transaction with its event."""

    def report(self, report_id: str, said: str, *, contact: str = "") -> Problem:
        """Keep what a reader wrote of a page; UnknownReport, BadProblem when it is empty, too long or one too many."""
        said, contact = said.strip(), " ".join(contact.split())
        if not said:
            raise BadProblem("write what is wrong with the page")
        if len(said) > LONGEST or len(contact) > LONGEST_CONTACT:
            raise BadProblem(f"write at most {LONGEST:,} characters, and {LONGEST_CONTACT} on how to reach you")
        with self.transaction() as connection:
            if connection.execute(select(reports.c.id).where(reports.c.id == report_id)).first() is None:
                raise UnknownReport(report_id)
            if _count(connection, report_id=report_id) >= MOST_OPEN:
                raise BadProblem("this page has many open reports already, and will be looked at")
            event = add_event(connection, REPORTED, agent=READER, report_id=report_id, note=plain(said))
            row = {"report_id": report_id, "said": plain(said), "contact": plain(contact) or None, "at": event.when}
            adding = insert(problems).values(row | {"event": event.number}).returning(problems.c.number)
            number: int = connection.execute(adding).scalar_one()
            return _read(connection, connection.execute(select(problems).where(problems.c.number == number)).one())

    def page(self, *, offset: int = 0, limit: int = 50) -> tuple[Problem, ...]:
        """Return some of what is open, oldest first."""
        with self.snapshot() as connection:
            chosen = _open(select(problems)).order_by(problems.c.number).offset(offset).limit(limit)
            return tuple(_read(connection, row) for row in connection.execute(chosen).all())

    def of_report(self, report_id: str) -> tuple[Problem, ...]:
        """Return everything readers wrote of one page, oldest first."""
        with self.snapshot() as connection:
            chosen = select(problems).where(problems.c.report_id == report_id).order_by(problems.c.number)
            return tuple(_read(connection, row) for row in connection.execute(chosen).all())

    def count(self) -> int:
        """Return how many are open."""
        with self.snapshot() as connection:
            return _count(connection)

    def close(self, number: int, *, by: str, answer: str = "") -> Problem:
        """Let a person answer what a reader wrote, and close it; BadProblem when it is not open."""
        answer = answer.strip()
        if len(answer) > LONGEST:
            raise BadProblem(f"write at most {LONGEST:,} characters")
        with self.transaction() as connection:
            row = connection.execute(_open(select(problems)).where(problems.c.number == number)).one_or_none()
            if row is None:
                raise BadProblem("it is not open any more")
            after = {"problem": number, "state": "closed"}
            event = add_event(
                connection, MODIFICATION, agent=by, report_id=row.report_id, after=after, note=answer or None
            )
            closing = {"closed": event.number, "answer": plain(answer) or None}
            connection.execute(update(problems).where(problems.c.number == number).values(closing))
            closed = connection.execute(select(problems).where(problems.c.number == number)).one()
            return _read(connection, closed)

    def reopen(self, number: int, *, by: str) -> Problem:
        """Let what was closed be open again; BadProblem when it is not closed."""
        with self.transaction() as connection:
            closed = select(problems).where(problems.c.number == number, problems.c.closed.is_not(None))
            row = connection.execute(closed).one_or_none()
            if row is None:
                raise BadProblem("it is not closed")
            after = {"problem": number, "state": "open"}
            add_event(connection, MODIFICATION, agent=by, report_id=row.report_id, after=after)
            reopening = {"closed": None, "answer": None}
            connection.execute(update(problems).where(problems.c.number == number).values(reopening))
            return _read(connection, connection.execute(select(problems).where(problems.c.number == number)).one())


def _open(chosen: Select[Any]) -> Select[Any]:
    return chosen.where(problems.c.closed.is_(None))


def _count(connection: Connection, *, report_id: str | None = None) -> int:
    counting = _open(select(func.count()).select_from(problems))
    if report_id is not None:
        counting = counting.where(problems.c.report_id == report_id)
    return int(connection.execute(counting).scalar_one())


def _read(connection: Connection, row: Row[Any]) -> Problem:
    closing = None if row.closed is None else read_event(connection, row.closed)
    return Problem(
        row.number,
        row.report_id,
        row.said,
        row.contact,
        row.at,
        row.answer,
        closing.agent if closing else None,
        closing.when if closing else None,
    )
