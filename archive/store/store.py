"""The one door for data in and out of an archive."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from archive.errors import OriginalLost, SourceError
from archive.holdings import Collection, Correction, Event, StoredReport, Story
from archive.identifiers import make_report_id
from archive.model import Description, Evidence, JudgedBlock, Page, Source
from archive.ready import Ready, make_ready
from archive.store import (
    accession,
    batches,
    collecting,
    curation,
    effective,
    events,
    fixity,
    reading,
    sketches,
    stories,
    undoing,
    withdrawals,
)
from archive.store.results import (
    EVERYTHING,
    BatchLine,
    BatchRecord,
    Finding,
    Held,
    Outcome,
    Quarantined,
    Standing,
    Status,
    Stretch,
    Version,
    make_line,
)
from archive.store.rooms import Rooms


class Store(Rooms):
    """Everything an archive holds: originals, records, corrections and the log, each change in one transaction.

    Reading is free to any thread; writing takes the home's lock, waits for it and then says HomeBusy.
    Use it as a context manager, or call `close`. What a person does at the desk is in the store's rooms (rooms.py).
    """

    # --- taking in ------------------------------------------------------------------------------------------

    def start_batch(self, by: str, arguments: Sequence[str]) -> int:
        """Begin an import and return its number; a batch whose program was killed is closed as interrupted."""
        with self.transaction() as connection:
            return batches.start(connection, by, arguments)

    def finish_batch(
        self, batch: int, counts: Mapping[str, int], *, outcome: str = "success", note: str | None = None
    ) -> None:
        """End an import with its figures; `outcome` is success, interrupted or failure."""
        with self.transaction() as connection:
            batches.finish(connection, batch, counts, outcome=outcome, note=note)

    def put(self, page: Page, description: Description, *, batch: int, collection: str | None = None) -> Outcome:
        """Store one page: its original first, then record, line and events in one transaction.

        `imported`: it is new. `unchanged`: same bytes, same name, same description. `updated`: same bytes, but a new
        description, kept as a further version under the corrections there are. `duplicate`: same bytes under another
        name, written down as a further source of the same report.
        """
        with self.writing():
            (outcome,) = self.put_all([(page, make_ready(description))], batch=batch, collection=collection)
            self.add_lines(batch, [make_line(page.source, outcome)])
        return outcome

    def put_all(
        self, pages: Sequence[tuple[Page, Ready | None]], *, batch: int, collection: str | None = None
    ) -> tuple[Outcome, ...]:
        """Store pages described elsewhere, together and in order; as `put`, but their lines are the caller's to add.

        None for a description says that the one there is would come out again.
        """
        with self.snapshot() as connection:
            gone = withdrawals.refuse_withdrawn(connection, (page.source for page, _ in pages))
        if gone:
            kept_out = [(page.source.sha256, page.source.part) in gone for page, _ in pages]
            rest = [pair for pair, out in zip(pages, kept_out, strict=True) if not out]
            taken = iter(self.put_all(rest, batch=batch, collection=collection))
            return tuple(
                Outcome("withdrawn", make_report_id(page.source.sha256, page.source.part)) if out else next(taken)
                for (page, _), out in zip(pages, kept_out, strict=True)
            )
        contents = {page.source.sha256: page.content for page, _ in pages}
        for sha256, content in contents.items():
            if hashlib.sha256(content).hexdigest() != sha256:
                message = f"the digest {sha256} is not the digest of the bytes that came with it"
                raise ValueError(message)
        with self.transaction() as connection:
            kept = self._originals.keep_all(contents)
            outcomes = accession.take_in_all(connection, pages, kept, batch=batch, collection=collection)
            stories.group(connection, _marked(pages, outcomes), batch=batch)
            return outcomes

    def renew(self, ready: Ready, *, batch: int) -> bool:
        """Give a report that is there a further version, under its corrections; False when nothing differs."""
        with self.transaction() as connection:
            renewed = accession.renew(connection, ready, batch=batch)
            if renewed:
                stories.group(connection, [sketches.Marked(ready.report_id, ready.marks)], batch=batch)
            return renewed

    def held(self, source: Source) -> Held | None:
        """Return what is known of this page from earlier imports; None when its bytes never came in."""
        with self.snapshot() as connection:
            return accession.read_held(connection, make_report_id(source.sha256, source.part))

    def given_outlet(self, sha256: str, part: int = 0) -> str | None:
        """Return the outlet a person named when the page with this digest was imported; None when nobody did."""
        with self.snapshot() as connection:
            return effective.read_given_outlet(connection, make_report_id(sha256, part))

    def quarantine(self, name: str, error: SourceError, content: bytes | None, *, batch: int) -> bool:
        """Put a page that cannot become a report aside, with its bytes if given; False when it was there already."""
        with self.writing():
            self.add_lines(batch, [BatchLine(name, "quarantined", code=error.code, reason=str(error))])
            return self.set_aside(name, error, content, batch=batch)

    def set_aside(self, name: str, error: SourceError, content: bytes | None, *, batch: int) -> bool:
        """Put a page in quarantine as `quarantine` does; its line is the caller's to add."""
        sha256 = None if content is None else hashlib.sha256(content).hexdigest()
        with self.transaction() as connection:
            if content is not None and sha256 is not None:
                self._quarantine.keep(content, sha256)
            return batches.add_quarantined(connection, Quarantined(name, error.code, str(error), sha256, batch))

    def skip(self, name: str, reason: str, *, batch: int) -> None:
        """Write down that an import met a file of a kind we do not read."""
        self.add_lines(batch, [BatchLine(name, "skipped", reason=reason)])

    def add_lines(self, batch: int, lines: Sequence[BatchLine]) -> None:
        """Write down what became of these pages of an import, in order."""
        with self.transaction() as connection:
            batches.add_lines(connection, batch, lines)

    # --- what is held ---------------------------------------------------------------------------------------

    def report(self, report_id: str) -> StoredReport:
        """Return the report with this id, corrections applied; UnknownReport when there is none."""
        with self.snapshot() as connection:
            return reading.read_report(connection, report_id)

    def reports(self, stretch: Stretch = EVERYTHING) -> Iterator[StoredReport]:
        """Yield every report, or one stretch, in order of id; memory does not grow, and writing may go on."""
        after, last = stretch.after, stretch.last
        while page := self._page(after):
            yield from (stored for stored in page if last is None or stored.id <= last)
            after = page[-1].id
            if last is not None and after >= last:
                return

    def divide(self, parts: int) -> tuple[Stretch, ...]:
        """Return all reports as stretches of about the same length, which join without a gap."""
        with self.snapshot() as connection:
            return reading.divide_reports(connection, parts)

    def _page(self, after: str) -> tuple[StoredReport, ...]:
        with self.snapshot() as connection:
            return reading.read_page(connection, after)

    def reports_of(self, ids: Iterable[str]) -> Iterator[StoredReport]:
        """Yield the reports with these ids in this order, leaving out what is not there; reads some at a time."""
        waiting = iter(ids)
        while part := tuple(islice(waiting, reading.PAGE)):
            with self.snapshot() as connection:
                found = reading.read_reports(connection, part)
            yield from found

    def standing(self, ids: Iterable[str] | None = None) -> Iterator[Standing]:
        """Yield how every report, or each of these, is described, in order of id; writing may go on meanwhile."""
        wanted = None if ids is None else sorted(ids)
        parts = (
            [None] if wanted is None else [wanted[at : at + reading.PAGE] for at in range(0, len(wanted), reading.PAGE)]
        )
        for part in parts:
            last = ""
            while page := self._standing(last, part):
                yield from page
                last = page[-1].report_id

    def _standing(self, after: str, ids: Sequence[str] | None) -> tuple[Standing, ...]:
        with self.snapshot() as connection:
            return reading.read_standing(connection, after, ids)

    def count(self) -> int:
        """Return how many reports there are."""
        with self.snapshot() as connection:
            return reading.count_reports(connection)

    def blocks(self, report_id: str) -> tuple[JudgedBlock, ...]:
        """Return every block of the report's page with its verdict, in order and without `runs`."""
        with self.snapshot() as connection:
            return reading.read_blocks(connection, report_id)

    def evidence(self, report_id: str) -> tuple[Evidence, ...]:
        """Return what the rules found for each field, and then each person's correction in force."""
        with self.snapshot() as connection:
            return reading.read_evidence(connection, report_id)

    def sources(self, report_id: str) -> tuple[Source, ...]:
        """Return every name under which the report's original came, oldest first."""
        with self.snapshot() as connection:
            return reading.sources_of(connection, report_id)

    def versions(self, report_id: str) -> tuple[Version, ...]:
        """Return every description the report has had, oldest first, without corrections; raises UnknownReport."""
        with self.snapshot() as connection:
            return accession.read_versions(connection, report_id)

    def original(self, report_id: str) -> tuple[Source, bytes]:
        """Return the original as it came in; OriginalLost when its bytes are missing or are no longer the same."""
        source = self.sources(report_id)[0]
        content = self._originals.read(source.sha256)
        if content is None:
            raise OriginalLost(report_id, source.sha256)
        return source, content

    def collections(self) -> tuple[Collection, ...]:
        """Return every collection that readers may see, by key."""
        with self.snapshot() as connection:
            return collecting.read_collections(connection)

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Return every page in quarantine, oldest first."""
        with self.snapshot() as connection:
            return batches.read_quarantined(connection)

    def batches(self) -> tuple[BatchRecord, ...]:
        """Return every import, oldest first."""
        with self.snapshot() as connection:
            return batches.read_batches(connection)

    def batch(self, number: int) -> BatchRecord:
        """Return one import; raises UnknownBatch."""
        with self.snapshot() as connection:
            return batches.read_batch(connection, number)

    def batch_lines(self, batch: int) -> Iterator[BatchLine]:
        """Yield what became of each page of one import, in order."""
        with self.snapshot() as connection:
            yield from batches.read_lines(connection, batch)

    def batch_page(
        self, batch: int, outcomes: Sequence[str] = (), *, offset: int = 0, limit: int = 100
    ) -> tuple[BatchLine, ...]:
        """Return some lines of one import, in order: all kinds, or those with these outcomes."""
        with self.snapshot() as connection:
            return batches.read_page(connection, batch, outcomes, offset=offset, limit=limit)

    def batch_counts(self, batch: int) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return how many pages of one import had each outcome, and how often each code was met."""
        with self.snapshot() as connection:
            return batches.count_lines(connection, batch), batches.count_issues(connection, batch)

    def status(self) -> Status:
        """Return what the archive holds, in figures."""
        with self.snapshot() as connection:
            return reading.read_status(connection)

    # --- the log, and a person's word -----------------------------------------------------------------------

    def events(self, report_id: str | None = None, after: int = 0) -> Iterator[Event]:
        """Yield the events with a number above `after`, oldest first; of one report, or of the whole archive."""
        while page := self._events(report_id, after):
            yield from page
            after = page[-1].number

    def _events(self, report_id: str | None, after: int) -> tuple[Event, ...]:
        with self.snapshot() as connection:
            return events.read_events(connection, report_id, after)

    def last_event(self) -> int:
        """Return the number of the newest event; 0 when nothing has happened yet."""
        with self.snapshot() as connection:
            return events.last_event(connection)

    def changed_since(self, number: int, *, by_hand: bool = False) -> tuple[str, ...]:
        """Return the ids of the reports that read differently since the event with this number, in order.

        With `by_hand` those that an import or a re-run alone has touched are left out.
        """
        with self.snapshot() as connection:
            touched = events.changed_since(connection, number, by_hand=by_hand)
            found = {*touched, *collecting.regrouped_since(connection, number)}
            return tuple(sorted(found))

    def correct(self, correction: Correction) -> Event:
        """Let a person overrule a field; UnknownReport, UnknownField, BadCorrection, BadDate or UnknownOutlet."""
        with self.transaction() as connection:
            return curation.correct(connection, correction, self.home.authorities)

    def undo(self, event_number: int, by: str) -> Event:
        """Take what an event did back by a further one; UnknownEvent, NotUndoable, AlreadyUndone, ChangedSince."""
        with self.transaction() as connection:
            if events.read_event(connection, event_number).type == events.DEACCESSION:
                return withdrawals.undo(connection, self.withdrawals, event_number, by=by)
            return undoing.undo(connection, event_number, by=by)

    # --- stories: which reports print the same copy --------------------------------------------------------

    def story(self, story_id: str) -> Story:
        """Return a story by its id, by that of a story that went into it, or by a report's; raises UnknownStory."""
        with self.snapshot() as connection:
            return stories.read_story(connection, story_id)

    def stories_of(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the story of each of these reports that has one."""
        with self.snapshot() as connection:
            return stories.stories_of(connection, tuple(ids))

    def story_sizes(self, ids: Iterable[str]) -> Mapping[str, int]:
        """Return how many reports the story of each of these reports has; a report without one is left out."""
        with self.snapshot() as connection:
            return stories.sizes_of(connection, tuple(ids))

    def count_stories(self) -> tuple[int, int]:
        """Return how many stories there are, and how many reports are in them."""
        with self.snapshot() as connection:
            return stories.count_all(connection)

    def has_stories(self) -> bool:
        """Tell whether any report reprints another."""
        with self.snapshot() as connection:
            return stories.has_any(connection)

    def group_older(self, limit: int = reading.PAGE) -> int:
        """Put some reports that came in before there were stories into theirs; 0 when there is none left.

        Returns how many were compared; each call is one transaction with its events.
        """
        with self.transaction() as connection:
            found = sketches.find_unsketched(connection, limit)
            stories.group(connection, stories.mark(connection, found))
            return len(found)

    def ungrouped(self) -> int:
        """Return how many reports have not been compared with the others yet."""
        with self.snapshot() as connection:
            return sketches.count_unsketched(connection)

    # --- keeping --------------------------------------------------------------------------------------------

    def verify(self, told: Callable[[], object] = bool) -> Iterator[Finding]:
        """Check the digest of every original, the database and every record; yields each thing that is wrong.

        `told` is called for each original that has been read.

        One fixity event is written per run, with how many originals were checked, and one more per problem: an event
        for each sound original would make every run grow the log by the size of the archive. Into a damaged
        database (F04) nothing is written, and the other checks wait until it is whole. Imports wait meanwhile; persons
        may go on: what looks wrong is looked at once more while nobody writes.
        """
        with self.one_batch(), self.snapshot() as connection:
            damages = tuple(fixity.check_database(connection))
            yield from damages
            if damages:
                return
            problems = 0
            with self.hold():
                self.withdrawals.tidy()
            held = fixity.check_holdings(connection, self._originals, told)
            for finding in chain(held, self.withdrawals.check()):
                for one in self._note_finding(finding):
                    problems += 1
                    yield one
            checked = reading.read_status(connection).originals
            self._note_fixity("failure" if problems else "success", {"originals": checked, "problems": problems})

    def _note_finding(self, finding: Finding) -> tuple[Finding, ...]:
        """Write down and return what is wrong still when nobody writes: nothing, where an act was met in its midst."""
        with self.transaction() as connection:
            sealed = self.withdrawals.check(finding.sha256) if finding.sha256 else ()
            again = chain(fixity.check_again(connection, self._originals, finding), sealed)
            found = tuple(one for one in again if one.report_id == finding.report_id)
            for one in found:
                after = {"code": one.code, "sha256": one.sha256}
                self._note_fixity("failure", after, report_id=one.report_id, note=one.message)
        return found

    def _note_fixity(
        self, outcome: str, after: object, *, report_id: str | None = None, note: str | None = None
    ) -> None:
        with self.transaction() as connection:
            events.add_event(connection, events.FIXITY, report_id=report_id, outcome=outcome, after=after, note=note)


def _marked(pages: Sequence[tuple[Page, Ready | None]], outcomes: Iterable[Outcome]) -> Iterator[sketches.Marked]:
    for (_, ready), outcome in zip(pages, outcomes, strict=True):
        if ready is not None and outcome.kind in {"imported", "updated"}:
            yield sketches.Marked(ready.report_id, ready.marks)
