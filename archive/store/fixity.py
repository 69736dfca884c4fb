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


def check_again(connection: Connection, originals: Originals, finding: Finding) -> Iterator[Finding]:
    """Yield what is wrong now with the original or the record that an earlier finding was about."""
    sha256 = finding.sha256
    if sha256 is None:
        yield from _check_record(connection, finding.report_id) if finding.report_id else (finding,)
    elif _is_known(connection, sha256):
        yield from _check_original(originals, sha256)
    elif finding.code == "F03" and originals.path(sha256).exists():
        yield finding


def _check_kept(connection: Connection, originals: Originals, told: Callable[[], object]) -> Iterator[Finding]:
    for sha256 in _keys(connection, original_rows, "sha256"):
        yield from _check_original(originals, sha256)
        told()


def _check_original(originals: Originals, sha256: str) -> Iterator[Finding]:
    today = originals.digest(sha256)
    if today is None:
        said = f"The original {sha256} is missing. Bring it back from a backup, or import the page again."
        yield Finding("F01", said, sha256)
    elif today != sha256:
        said = f"The original {sha256} was changed. Bring it back from a backup, or import the page again."
        yield Finding("F02", said, sha256)


def _check_strays(connection: Connection, originals: Originals) -> Iterator[Finding]:
    for name, sha256 in originals.names():
        if sha256 is None or not _is_known(connection, sha256):
            said = (
                f"No record knows the file originals/{name}; an import that was cut short leaves such files. "
                "Import the same pages again, or remove it."
            )
            yield Finding("F03", said, sha256)


def _is_known(connection: Connection, sha256: str) -> bool:
    return (
        connection.execute(select(original_rows.c.sha256).where(original_rows.c.sha256 == sha256)).first() is not None
    )


def _check_records(connection: Connection) -> Iterator[Finding]:
    for report_id in _keys(connection, reports, "id"):
        yield from _check_record(connection, report_id)


def _check_record(connection: Connection, report_id: str) -> Iterator[Finding]:
    record = connection.execute(select(reports.c.record).where(reports.c.id == report_id)).scalar()
    if record is None:
        return
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
