"""Getting at an archive's files: opening them, one writer at a time, and what is durable together."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, inspect, text

from archive.errors import HomeTooNew
from archive.home import Home
from archive.store.lock import PATIENCE, PAUSE, WriterLock
from archive.store.originals import Originals
from archive.store.sqlite import for_writing, in_plain_words, open_database
from archive.store.tables import SCHEMAS

TURN_SECONDS = 1.0  # how long a batch writes on before those who wait are let in
BATCH_PATIENCE = 600.0  # seconds: a batch half done is not given up because others have much to write


class Access:
    """An open archive: its lock, its folders of originals, and transactions for reading and writing."""

    def __init__(self, home: Home, engine: Engine, *, patience: float = PATIENCE) -> None:
        self.home = home
        self._engine = engine
        self._patience = patience
        self._lock = WriterLock(home, patience)
        self._batches = WriterLock(home, patience, home.batch_lock)
        self._gave_way = 0.0
        self._originals = Originals(home.originals, home.path)
        self._quarantine = Originals(home.quarantine, home.path)
        self._here = threading.local()  # .connection: the transaction this thread is writing in

    @classmethod
    def open(cls, home: Home, *, patience: float = PATIENCE) -> Self:
        """Open the store of this home and bring its schema up to date; HomeTooNew when a newer program wrote it.

        `patience` is how long, in seconds, a write waits for another writer before it is HomeBusy.
        """
        store = cls(home, open_database(home.database), patience=patience)
        try:
            store._migrate()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing: who may, and when it is done --------------------------------------------------------------

    @contextmanager
    def one_batch(self) -> Iterator[None]:
        """Keep the right to bring in or describe again many reports; HomeBusy when another batch is under way.

        It is not the right to write: each transaction takes that for itself, and between two of them others may.
        """
        with self._batches.held():
            with self.hold():
                self._originals.clear()
                self._quarantine.clear()
            yield

    def give_way(self) -> None:
        """Let those who wait to write have a turn, between two transactions of a batch and once a second at most."""
        if time.monotonic() - self._gave_way >= TURN_SECONDS:
            time.sleep(2 * PAUSE)  # who waits asks once in every PAUSE
            self._gave_way = time.monotonic()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep the right to write, for one transaction or several; HomeBusy when another writer has it."""
        with self._lock.held(max(self._patience, BATCH_PATIENCE) if self._batches.taken else None):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make one transaction of all writes inside: durable together at the end of the block, or not at all."""
        with self.transaction():
            yield

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection to write through, for the store and its rooms; all of it is durable at the end, or none."""
        outer: Connection | None = getattr(self._here, "connection", None)
        if outer is not None:
            with outer.begin_nested():  # a write that fails inside a group leaves no half of itself behind
                yield outer
            return
        with self.hold(), in_plain_words(self.home.path), for_writing(self._engine).begin() as connection:
            self._here.connection = connection
            try:
                yield connection
                # The files' names must be on the disk before a record speaks of them.
                self._originals.settle()
                self._quarantine.settle()
            finally:
                self._here.connection = None

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection to read through, for the store and its rooms; inside a transaction, that one."""
        writing: Connection | None = getattr(self._here, "connection", None)
        if writing is not None:
            yield writing
            return
        with in_plain_words(self.home.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def beside(self) -> Iterator[Connection]:
        """Give a connection to write what no import touches, such as accounts and a person's own lists.

        It waits for the transaction of another writer, and not for the whole of that writer's batch.
        """
        outer: Connection | None = getattr(self._here, "connection", None)
        if outer is not None:
            with outer.begin_nested():
                yield outer
            return
        with in_plain_words(self.home.path), for_writing(self._engine).begin() as connection:
            yield connection

    def _migrate(self) -> None:
        found = self._schema()
        if found == SCHEMAS[-1]:
            return
        if found is not None and found not in SCHEMAS:
            raise HomeTooNew(self.home.path, found)
        # Only a home that is new or old needs Alembic, which takes most of a second to load.
        from archive.store.migrate import upgrade  # noqa: PLC0415

        with self.transaction() as connection:
            upgrade(connection)

    def _schema(self) -> str | None:
        with self.snapshot() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)
