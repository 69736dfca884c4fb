"""The one door for data in and out of an archive."""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, inspect, text

from archive.errors import HomeTooNew, OriginalLost, SourceError
from archive.home import Home
from archive.identifiers import make_report_id
from archive.model import (
    Collection,
    Correction,
    Description,
    Event,
    Evidence,
    JudgedBlock,
    Page,
    Source,
    StoredReport,
)
from archive.store import accession, batches, collecting, curation, effective, events, fixity, reading
from archive.store.lock import PATIENCE, WriterLock
from archive.store.originals import Originals
from archive.store.results import BatchLine, BatchRecord, Finding, Outcome, Quarantined, Status, make_line
from archive.store.sqlite import for_writing, in_plain_words, open_database
from archive.store.tables import SCHEMAS


class Store:
    """Everything an archive holds: originals, records, corrections and the log, each change in one transaction.

    Reading is free to any thread; writing takes the home's lock, waits for it and then says HomeBusy.
    Use it as a context manager, or call `close`.
    """

    def __init__(self, home: Home, engine: Engine, *, patience: float = PATIENCE) -> None:
        self.home = home
        self._engine = engine
        self._lock = WriterLock(home, patience)
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
    def hold(self) -> Iterator[None]:
        """Keep the right to write for a whole batch; HomeBusy when another writer has it."""
        with self._lock.held() as taken:
            if taken:
                self._originals.clear()
                self._quarantine.clear()
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make one transaction of all writes inside: durable together at the end of the block, or not at all."""
        with self._write():
            yield

    @contextmanager
    def _write(self) -> Iterator[Connection]:
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
    def _read(self) -> Iterator[Connection]:
        writing: Connection | None = getattr(self._here, "connection", None)
        if writing is not None:
            yield writing
            return
        with in_plain_words(self.home.path), self._engine.connect() as connection:
            yield connection

    # --- taking in ------------------------------------------------------------------------------------------

    def start_batch(self, by: str, arguments: Sequence[str]) -> int:
        """Begin an import and return its number; a batch whose program was killed is closed as interrupted."""
        with self._write() as connection:
            return batches.start(connection, by, arguments)

    def finish_batch(
        self, batch: int, counts: Mapping[str, int], *, outcome: str = "success", note: str | None = None
    ) -> None:
        """End an import with its figures; `outcome` is success, interrupted or failure."""
        with self._write() as connection:
            batches.finish(connection, batch, counts, outcome=outcome, note=note)

    def put(self, page: Page, description: Description, *, batch: int, collection: str | None = None) -> Outcome:
        """Store one page: its original first, then record, line and events in one transaction.

        `imported`: it is new. `unchanged`: same bytes, same name, same description. `updated`: same bytes, but a new
        description, kept as a further version under the corrections there are. `duplicate`: same bytes under another
        name, written down as a further source of the same report.
        """
        if hashlib.sha256(page.content).hexdigest() != page.source.sha256:
            message = f"the digest of {page.source.name} is not the digest of its bytes"
            raise ValueError(message)
        with self._write() as connection:
            kept = self._originals.keep(page.content, page.source.sha256)
            outcome = accession.take_in(connection, page, description, kept, batch=batch, collection=collection)
            batches.add_line(connection, batch, make_line(page, description, outcome))
        return outcome

    def given_outlet(self, sha256: str) -> str | None:
        """Return the outlet a person named when the page with this digest was imported; None when nobody did."""
        with self._read() as connection:
            return effective.read_given_outlet(connection, make_report_id(sha256))

    def quarantine(self, name: str, error: SourceError, content: bytes | None, *, batch: int) -> bool:
        """Put a page that cannot become a report aside, with its bytes if given; False when it was there already."""
        sha256 = None if content is None else hashlib.sha256(content).hexdigest()
        with self._write() as connection:
            if content is not None and sha256 is not None:
                self._quarantine.keep(content, sha256)
            batches.add_line(connection, batch, BatchLine(name, "quarantined", code=error.code, reason=str(error)))
            return batches.add_quarantined(connection, Quarantined(name, error.code, str(error), sha256, batch))

    def skip(self, name: str, reason: str, *, batch: int) -> None:
        """Write down that an import met a file of a kind we do not read."""
        with self._write() as connection:
            batches.add_line(connection, batch, BatchLine(name, "skipped", reason=reason))

    # --- what is held ---------------------------------------------------------------------------------------

    def report(self, report_id: str) -> StoredReport:
        """Return the report with this id, corrections applied; UnknownReport when there is none."""
        with self._read() as connection:
            return reading.read_report(connection, report_id)

    def reports(self) -> Iterator[StoredReport]:
        """Yield every report in order of id; memory does not grow with the archive, and writing may go on."""
        last = ""
        while page := self._page(last):
            yield from page
            last = page[-1].id

    def _page(self, after: str) -> tuple[StoredReport, ...]:
        with self._read() as connection:
            return reading.read_page(connection, after)

    def count(self) -> int:
        """Return how many reports there are."""
        with self._read() as connection:
            return reading.count_reports(connection)

    def blocks(self, report_id: str) -> tuple[JudgedBlock, ...]:
        """Return every block of the report's page with its verdict, in order and without `runs`."""
        with self._read() as connection:
            return reading.read_blocks(connection, report_id)

    def evidence(self, report_id: str) -> tuple[Evidence, ...]:
        """Return what the rules found for each field, and then each person's correction in force."""
        with self._read() as connection:
            return reading.read_evidence(connection, report_id)

    def sources(self, report_id: str) -> tuple[Source, ...]:
        """Return every name under which the report's original came, oldest first."""
        with self._read() as connection:
            return reading.sources_of(connection, report_id)

    def original(self, report_id: str) -> tuple[Source, bytes]:
        """Return the original as it came in; OriginalLost when its bytes are missing or are no longer the same."""
        source = self.sources(report_id)[0]
        content = self._originals.read(source.sha256)
        if content is None:
            raise OriginalLost(report_id, source.sha256)
        return source, content

    def collections(self) -> tuple[Collection, ...]:
        """Return every collection, by key."""
        with self._read() as connection:
            return collecting.read_collections(connection)

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Return every page in quarantine, oldest first."""
        with self._read() as connection:
            return batches.read_quarantined(connection)

    def batches(self) -> tuple[BatchRecord, ...]:
        """Return every import, oldest first."""
        with self._read() as connection:
            return batches.read_batches(connection)

    def batch_lines(self, batch: int) -> Iterator[BatchLine]:
        """Yield what became of each page of one import, in order."""
        with self._read() as connection:
            yield from batches.read_lines(connection, batch)

    def status(self) -> Status:
        """Return what the archive holds, in figures."""
        with self._read() as connection:
            return reading.read_status(connection)

    # --- the log, and a person's word -----------------------------------------------------------------------

    def events(self, report_id: str | None = None, after: int = 0) -> Iterator[Event]:
        """Yield the events with a number above `after`, oldest first; of one report, or of the whole archive."""
        while page := self._events(report_id, after):
            yield from page
            after = page[-1].number

    def _events(self, report_id: str | None, after: int) -> tuple[Event, ...]:
        with self._read() as connection:
            return events.read_events(connection, report_id, after)

    def last_event(self) -> int:
        """Return the number of the newest event; 0 when nothing has happened yet."""
        with self._read() as connection:
            return events.last_event(connection)

    def changed_since(self, number: int) -> tuple[str, ...]:
        """Return the ids of the reports that read differently since the event with this number, in order."""
        with self._read() as connection:
            return tuple(events.changed_since(connection, number))

    def correct(self, correction: Correction) -> Event:
        """Let a person overrule a field; UnknownReport, UnknownField, BadCorrection, BadDate or UnknownOutlet."""
        with self._write() as connection:
            return curation.correct(connection, correction, self.home.authorities)

    def undo(self, event_number: int, by: str) -> Event:
        """Take a correction back by a further event; UnknownEvent, NotUndoable or AlreadyUndone."""
        with self._write() as connection:
            return curation.undo(connection, event_number, by)

    # --- keeping --------------------------------------------------------------------------------------------

    def verify(self) -> Iterator[Finding]:
        """Check the digest of every original, the database and every record; yields each thing that is wrong.

        One fixity event is written per run, with how many originals were checked, and one more per problem: an event
        for each sound original would make every run grow the log by the size of the archive. Into a damaged
        database (F04) nothing is written, and the other checks wait until it is whole. Writers wait meanwhile.
        """
        with self.hold(), self._read() as connection:
            damages = tuple(fixity.check_database(connection))
            yield from damages
            if damages:
                return
            problems = 0
            for finding in fixity.check_holdings(connection, self._originals):
                problems += 1
                self._note_finding(finding)
                yield finding
            checked = reading.read_status(connection).originals
            self._note_fixity("failure" if problems else "success", {"originals": checked, "problems": problems})

    def _note_finding(self, finding: Finding) -> None:
        after = {"code": finding.code, "sha256": finding.sha256}
        self._note_fixity("failure", after, report_id=finding.report_id, note=finding.message)

    def _note_fixity(
        self, outcome: str, after: object, *, report_id: str | None = None, note: str | None = None
    ) -> None:
        with self._write() as connection:
            events.add_event(connection, events.FIXITY, report_id=report_id, outcome=outcome, after=after, note=note)

    def _migrate(self) -> None:
        found = self._schema()
        if found == SCHEMAS[-1]:
            return
        if found is not None and found not in SCHEMAS:
            raise HomeTooNew(self.home.path, found)
        # Only a home that is new or old needs Alembic, which takes most of a second to load.
        from archive.store.migrate import upgrade  # noqa: PLC0415

        with self._write() as connection:
            upgrade(connection)

    def _schema(self) -> str | None:
        with self._read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)
