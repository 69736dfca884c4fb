"""All that is SQLite's own: how it is opened, what its refusals mean, and whether its file is sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from archive.errors import DiskFull, HomeBusy, HomeError, HomeUnusable

BUSY_MILLISECONDS = 10_000
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",  # readers go on while one writer writes
    "PRAGMA synchronous = FULL",  # a commit is on the disk before we say so
    "PRAGMA foreign_keys = ON",
)
WRITING = "dateline_writing"
PRIMARY_CODE = 0xFF  # SQLite's extended error codes carry the primary one in their low byte
# SQLite says FULL only for a full disk; a quota or a limit on the size of files it calls a failure to write or grow.
NO_ROOM = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)


def open_database(database: Path) -> Engine:
    """Return the engine for this SQLite file; nothing is opened until it is used."""
    engine = create_engine(URL.create("sqlite", database=str(database)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def for_writing(engine: Engine) -> Engine:
    """Return the same engine, its transactions taking the write lock at once, so that none fails half-way."""
    return engine.execution_options(**{WRITING: True})


@contextmanager
def in_plain_words(home: Path) -> Iterator[None]:
    """Turn what SQLite refuses into the archive's own errors."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise  # a fault of this program, and never of the disk
    except DatabaseError as problem:
        raise _refusal(home, _first(problem)) from problem


def integrity_problems(connection: Connection) -> Iterator[str]:
    """Yield each thing SQLite finds wrong in its own file; nothing when the file is sound."""
    try:
        for (line,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if line != "ok":
                yield str(line)
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"a row of {row[0]} points to a row of {row[2]} that is not there"
    except DatabaseError as problem:  # too damaged for SQLite to say where
        yield str(problem.orig)


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's sqlite3 would begin transactions by its own rules; we begin them ourselves, in _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _first(problem: DatabaseError) -> DatabaseError:
    """Return what went wrong first: without room SQLite ends a transaction itself, and then undoing it fails too."""
    earlier: BaseException | None = problem
    while earlier is not None:
        problem = earlier if isinstance(earlier, DatabaseError) else problem
        earlier = earlier.__context__
    return problem


def _refusal(home: Path, problem: DatabaseError) -> HomeError:
    code = getattr(problem.orig, "sqlite_errorcode", 0)
    if code in NO_ROOM:
        return DiskFull(home)
    if code & PRIMARY_CODE in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return HomeBusy(home)
    return HomeUnusable(home, str(problem.orig))
