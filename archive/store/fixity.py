"""Checking that what we hold is what came in: the originals' digests, the database's file, every record."""

from collections.abc import Callable, Iterator
from itertools import chain

from sqlalchemy import Connection, Table, select

from archive.store.codec import load_report
from archive.store.originals import Originals
from archive.store.results import Finding
from archive.store.sqlite import integrity_problems
from archive.store.tables import originals as original_rows
from archive.store.tables import reports

PAGE = 500
DAMAGED = "F04"


def check_database(connection: Connection) -> Iterator[Finding]:
    """Yield F04 for each fault in the database's own file."""
    for problem in integrity_problems(connection):
        yield Finding(
            DAMAGED, f"The database is damaged ({problem}). Stop importing and bring archive.db back from a backup."
        )


def check_holdings(connection: Connection, originals: Originals, told: Callable[[], object]) -> Iterator[Finding]:
    """Yield F01, F02, F03 and F05 for originals and records that are not as they should be; streams.

    `told` is called for each original that has been read.
    """
    yield from chain(
        _check_kept(connection, originals, told), _check_strays(connection, originals), _check_records(connection)
    )


def _check_kept(connection: Connection, originals: Originals, told: Callable[[], object]) -> Iterator[Finding]:
    for sha256 in _keys(connection, original_rows, "sha256"):
        today = originals.digest(sha256)
        told()
        if today is None:
            said = f"The original {sha256} is missing. Bring it back from a backup, or import the page again."
            yield Finding("F01", said, sha256)
        elif today != sha256:
            said = f"The original {sha256} was changed. Bring it back from a backup, or import the page again."
            yield Finding("F02", said, sha256)


def _check_strays(connection: Connection, originals: Originals) -> Iterator[Finding]:
    for name, sha256 in originals.names():
        known = select(original_rows.c.sha256).where(original_rows.c.sha256 == sha256)
        if sha256 is None or connection.execute(known).first() is None:
            said = (
                f"No record knows the file originals/{name}; an import that was cut short leaves such files. "
                "Import the same pages again, or remove it."
            )
            yield Finding("F03", said, sha256)


def _check_records(connection: Connection) -> Iterator[Finding]:
    for report_id in _keys(connection, reports, "id"):
        record = connection.execute(select(reports.c.record).where(reports.c.id == report_id)).scalar_one()
        try:
            load_report(record)
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            said = f"The record of report {report_id} cannot be read ({problem!r}). Import its page again."
            yield Finding("F05", said, report_id=report_id)


def _keys(connection: Connection, table: Table, key: str) -> Iterator[str]:
    # By pages of keys, so that neither memory nor one long query grows with the archive.
    last = ""
    while (
        page := connection.execute(select(table.c[key]).where(table.c[key] > last).order_by(table.c[key]).limit(PAGE))
        .scalars()
        .all()
    ):
        yield from page
        last = page[-1]
