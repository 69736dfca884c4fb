"""A person's work on reports: correcting fields, moving blocks, the queues of what waits, what readers reported."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.authorities import PlaceEntry, load_places
from archive.edits import Edit
from archive.holdings import Event
from archive.model import Evidence
from archive.outlet_files import outlet_names
from archive.queues import QUEUE_BY_KEY
from archive.restoring import name_blocks
from archive.waiting import Alike, Narrowing, Problem, RecurringLine, Waiting
from indexer.room import Room

ALL = Narrowing()
MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place of the gazetteer to choose: `around` are the places it lies in, the nearest first."""

    id: str
    name: str
    kind: str
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that some source gives a field: as a correction takes it, as printed, and where it says so."""

    value: str
    printed: str
    evidence: Evidence


class Correcting(Room):
    """What the forms of a correction ask, and moving a block of a page; the catalogue itself corrects values."""

    def last_event(self) -> int:
        """Return the number of the newest event: what a form is made from."""
        return self._store.last_event()

    def field_at(self, report_id: str, field: str, event: int) -> object:
        """Return how a field read, as JSON, once this event had happened; UnknownReport, UnknownField."""
        return self._store.correcting.field_at(report_id, field, event)

    def find_places(self, name: str) -> tuple[PlaceChoice, ...]:
        """Return the places that bear this name, countries and large places first; an id finds its place."""
        gazetteer = load_places(self._store.home.authorities)
        entry = gazetteer.get(name.strip())
        found = [entry] if entry else list(gazetteer.candidates(name.strip()))[:MOST_PLACES]
        return tuple(self._choice(one) for one in found)

    def place(self, place_id: str) -> PlaceChoice | None:
        """Return one place to choose; None where the gazetteer has none of this id."""
        entry = load_places(self._store.home.authorities).get(place_id)
        return self._choice(entry) if entry else None

    def outlets(self) -> Mapping[str, str]:
        """Return the outlets that a report can be given to, by key: those with rules."""
        return dict(sorted(outlet_names().items(), key=lambda pair: pair[1].casefold()))

    def proposals(self, report_id: str, field: str) -> tuple[Proposal, ...]:
        """Return each value that the page or its container gives a field, once, in the order of the evidence."""
        found: dict[str, Proposal] = {}
        for item in self._store.evidence(report_id):
            if item.field == field and item.basis != "person" and item.value:
                value = item.printed if field in ("byline", "dateline") else item.value
                found.setdefault(value, Proposal(value, item.printed, item))
        return tuple(found.values())

    def block_names(self, report_id: str) -> tuple[str | None, ...]:
        """Return the name of each block of a page, in order; None for those that cannot be moved."""
        return self._store.correcting.block_names(report_id)

    def move_block(self, report_id: str, name: str, *, kept: bool, by: str, reason: str = "") -> Event:
        """Let a person take a block back into the text, or set it aside; UnknownReport, UnknownBlock."""
        event = self._store.correcting.move_block(report_id, name, kept=kept, by=by, reason=reason)
        self._keep_up()
        return event

    def _choice(self, entry: PlaceEntry) -> PlaceChoice:
        around = load_places(self._store.home.authorities).parents(entry.id)
        return PlaceChoice(entry.id, entry.name, entry.kind, tuple(one.name for one in reversed(around)))


class Queues(Room):
    """What waits for a person, queue by queue; after a decision the index follows."""

    def counts(self, narrowing: Narrowing = ALL) -> Mapping[str, int]:
        """Return how much waits in each queue."""
        return self._store.queue_desk.counts(narrowing)

    def page(
        self, queue: str, narrowing: Narrowing = ALL, *, after: str | None = None, offset: int = 0, limit: int = 50
    ) -> tuple[Waiting, ...]:
        """Return some of what waits in a queue, like beside like."""
        return self._store.queue_desk.page(queue, narrowing, after=after, offset=offset, limit=limit)

    def find(self, queue: str, report_id: str) -> Waiting | None:
        """Return what a report has waiting in a queue."""
        return self._store.queue_desk.find(queue, report_id)

    def place_of(self, waiting: Waiting, narrowing: Narrowing = ALL) -> tuple[int, str | None, str | None]:
        """Return a report's number in its queue, from 1, and the reports before and after it."""
        return self._store.queue_desk.place_of(waiting, narrowing)

    def alike(self, queue: str, narrowing: Narrowing = ALL, *, limit: int = 50) -> tuple[Alike, ...]:
        """Return the groups of reports that can be decided alike, the largest first."""
        return self._store.queue_desk.alike(queue, narrowing, limit=limit)

    def count_alike(self, waiting: Waiting) -> int:
        """Return how many reports of one outlet wait for the same cause."""
        return self._store.queue_desk.count(waiting.queue, _like(waiting))

    def tasks_of(self, report_id: str) -> tuple[Waiting, ...]:
        """Return everything a report has waiting."""
        return self._store.queue_desk.tasks_of(report_id)

    def settle(self, queue: str, report_id: str, *, by: str, reason: str = "") -> Event:
        """Let a person say that what a queue shows of a report is no problem; raises NotWaiting."""
        event = self._store.queue_desk.settle(queue, report_id, by=by, reason=reason)
        self._keep_up()
        return event

    def plan_settling(self, waiting: Waiting, *, by: str, reason: str = "") -> int:
        """Plan one bulk edit that settles every report like this one; returns its number."""
        edit = Edit(f"settled:{waiting.queue}", "set", waiting.cause)
        return self._plan(edit, waiting, by=by, reason=reason)

    def plan_confirming(self, waiting: Waiting, *, by: str, reason: str = "") -> int:
        """Plan one bulk edit that makes what stands in the queue's field a person's word in every report like this."""
        field = QUEUE_BY_KEY[waiting.queue].field or ""
        return self._plan(Edit(field, "confirm"), waiting, by=by, reason=reason)

    def plan_setting(self, waiting: Waiting, value: object, *, by: str, reason: str = "") -> int:
        """Plan one bulk edit that gives the queue's field this value in every report like this; raises BadEdit."""
        field = QUEUE_BY_KEY[waiting.queue].field or ""
        return self._plan(Edit(field, "set", value), waiting, by=by, reason=reason)

    def lines(self, outlet: str | None = None, *, offset: int = 0, limit: int = 50) -> tuple[RecurringLine, ...]:
        """Return the lines that recur in an outlet's reports and that nobody has dismissed, the commonest first."""
        return self._store.queue_desk.lines(outlet, offset=offset, limit=limit)

    def line(self, key: str) -> RecurringLine | None:
        """Return one recurring line by its key; None when it does not recur any more."""
        return self._store.queue_desk.line(key)

    def plan_setting_aside(self, line: RecurringLine, *, by: str, reason: str = "") -> int:
        """Plan one bulk edit that sets a recurring line aside in every report that has it; returns its number."""
        edit = Edit(next(name_blocks([line.text])), "set", {"kept": False, "text": line.text})
        ids = self._store.queue_desk.reports_with(line.key)
        said = f"the line “{line.text[:100]}” in reports of {line.outlet}"
        return self._store.bulk.plan(edit, ids, by=by, reason=reason or said)

    def dismiss(self, queue: str, key: str, *, by: str, reason: str = "") -> Event:
        """Let a person say that a line needs nothing; raises NotWaiting."""
        return self._store.queue_desk.dismiss(queue, key, by=by, reason=reason)

    def dismissed(self, queue: str) -> frozenset[str]:
        """Return the keys of what persons have found to need nothing."""
        return self._store.queue_desk.dismissed(queue)

    def unsorted(self) -> int:
        """Return how many reports have not been looked through for what waits."""
        return self._store.queue_desk.unsorted()

    def sort_older(self, limit: int = 500) -> int:
        """Look through some reports that came in before there were queues; 0 when there is none left."""
        return self._store.queue_desk.sort_older(limit)

    def _plan(self, edit: Edit, waiting: Waiting, *, by: str, reason: str) -> int:
        ids = self._store.queue_desk.ids(waiting.queue, _like(waiting))
        said = (
            f"the queue “{QUEUE_BY_KEY[waiting.queue].label}”, {waiting.outlet or 'outlet not known'}: {waiting.cause}"
        )
        return self._store.bulk.plan(edit, ids, by=by, reason=reason, question=said)


class Problems(Room):
    """What readers reported of pages; the index has nothing of it."""

    def report(self, report_id: str, said: str, *, contact: str = "") -> Problem:
        """Keep what a reader wrote of a page; UnknownReport, BadProblem."""
        return self._store.problems.report(report_id, said, contact=contact)

    def page(self, *, offset: int = 0, limit: int = 50) -> tuple[Problem, ...]:
        """Return some of what is open, oldest first."""
        return self._store.problems.page(offset=offset, limit=limit)

    def of_report(self, report_id: str) -> tuple[Problem, ...]:
        """Return everything readers wrote of one page, oldest first."""
        return self._store.problems.of_report(report_id)

    def count(self) -> int:
        """Return how many are open."""
        return self._store.problems.count()

    def close(self, number: int, *, by: str, answer: str = "") -> Problem:
        """Let a person answer what a reader wrote, and close it; raises BadProblem."""
        return self._store.problems.close(number, by=by, answer=answer)

    def reopen(self, number: int, *, by: str) -> Problem:
        """Let what was closed be open again; raises BadProblem."""
        return self._store.problems.reopen(number, by=by)


def _like(waiting: Waiting) -> Narrowing:
    return Narrowing(outlet=waiting.outlet or "", cause=waiting.cause)
