"""What a catalogue shows of what is kept, as it stands in the store: reports, originals, histories and imports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from archive.holdings import Event, StoredReport, Story
from archive.model import Evidence, JudgedBlock, Source
from archive.record import report_to_json
from archive.store import BatchLine, BatchRecord, Status, Store, Version
from indexer.named import ActorPage, PlacePage, actor_named, find_actor, find_place
from indexer.numbers import Numbers, read_numbers

LOOKED_AT = 16  # reports kept in memory because somebody looks at them


@dataclass(frozen=True, slots=True)
class BatchReading:
    """One import, how many of its pages had each outcome, and how often each issue or reason was met, by code."""

    record: BatchRecord
    outcomes: Mapping[str, int]
    codes: Mapping[str, int]


class Shelves:
    """The part of a catalogue that needs no index: one report, its page and its history, and every import."""

    def __init__(self, store: Store) -> None:
        self._store = store

        @lru_cache(LOOKED_AT)
        def look_at(report_id: str, _last_event: int) -> StoredReport:
            return store.report(report_id)

        @lru_cache(1)
        def count(_last_event: int) -> Status:
            return store.status()

        self._look_at, self._count = look_at, count

    def report(self, report_id: str) -> StoredReport:
        """Return a report, corrections applied; raises UnknownReport."""
        # A page asks several times for its report: read once, as long as nothing is written down.
        return self._look_at(report_id, self._store.last_event())

    def reports(self, ids: Iterable[str]) -> Iterator[StoredReport]:
        """Yield the reports with these ids in this order, corrections applied; what is not there is left out."""
        return self._store.reports_of(ids)

    def records(self, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yield these reports as public JSON records, for counting over thousands of them."""
        return self._store.records.of(ids)

    def changed(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return when something last happened to each of these reports; for the reports of one page."""
        return self._store.records.changed(ids)

    def numbers(self, ids: Iterable[str]) -> Numbers:
        """Return the Media IDs of these reports of one outlet against the days their pages state."""
        return read_numbers(self._store.records.of(ids), self._store.home.settings.media_order_least)

    def story(self, story_id: str) -> Story:
        """Return a story by its id or by that of one of its reports; raises UnknownStory."""
        return self._store.story(story_id)

    def record(self, report_id: str) -> dict[str, object]:
        """Return a report as the public JSON record; raises UnknownReport."""
        return report_to_json(self._store.report(report_id).report, report_id)

    def blocks(self, report_id: str) -> tuple[JudgedBlock, ...]:
        """Return every block of the report's page with its verdict, in order."""
        return self._store.blocks(report_id)

    def evidence(self, report_id: str) -> tuple[Evidence, ...]:
        """Return why each value of the report is believed."""
        return self._store.evidence(report_id)

    def history(self, report_id: str) -> tuple[Event, ...]:
        """Return everything that happened to a report, oldest first; raises UnknownReport."""
        self._store.report(report_id)
        return tuple(self._store.events(report_id))

    def versions(self, report_id: str) -> tuple[Version, ...]:
        """Return every description the report has had, oldest first, without corrections; raises UnknownReport."""
        return self._store.versions(report_id)

    def original(self, report_id: str) -> tuple[Source, bytes]:
        """Return the original as it came in; raises UnknownReport and OriginalLost."""
        return self._store.original(report_id)

    def actor(self, actor_id: str) -> ActorPage | None:
        """Return what the authority file says of an actor."""
        return find_actor(actor_id, self._store.home.authorities)

    def actor_named(self, printed: str) -> str | None:
        """Return the id of the actor that a printed name means."""
        return actor_named(printed, self._store.home.authorities)

    def place(self, place_id: str) -> PlacePage | None:
        """Return what the gazetteer says of a place; a country by its code."""
        return find_place(place_id, self._store.home.authorities)

    def sources(self, report_id: str) -> tuple[Source, ...]:
        """Return every name under which the report's original came, oldest first."""
        return self._store.sources(report_id)

    def batches(self) -> tuple[BatchRecord, ...]:
        """Return every import, oldest first."""
        return self._store.batches()

    def batch(self, number: int) -> BatchReading:
        """Return one import with its figures, counted from its lines; raises UnknownBatch."""
        return BatchReading(self._store.batch(number), *self._store.batch_counts(number))

    def batch_lines(
        self, number: int, outcomes: Sequence[str] = (), *, offset: int = 0, limit: int = 100
    ) -> tuple[BatchLine, ...]:
        """Return some lines of one import, in order: all kinds, or those with these outcomes."""
        return self._store.batch_page(number, outcomes, offset=offset, limit=limit)
