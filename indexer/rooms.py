"""Every room of the catalogue, by its name: a subject that a person works on, read and changed through one door."""

from collections.abc import Iterable
from functools import cached_property

from archive.holdings import StoryAct, StoryInDoubt
from archive.store import Accounts, Papers, Sessions, Snapshots, Store
from archive.store.actor_desk import ActorDesk
from archive.store.batch_desk import BatchDesk
from archive.store.outlet_desk import OutletDesk
from archive.store.place_desk import PlaceDesk
from archive.store.quarantine_desk import QuarantineDesk
from archive.store.rule_desk import RuleDesk
from indexer.bulk_edits import BulkEdits
from indexer.collection_desk import CollectionDesk
from indexer.curating import Correcting, Problems, Queues
from indexer.jobs import JobRoom
from indexer.room import Room
from indexer.tagging import Tagging
from indexer.withdrawals import Withdrawals


class StoryDesk(Room):
    """A person's word on which reports print the same copy."""

    def count_undecided(self, outlet: str | None = None) -> int:
        """Return how many stories no person has decided on; with an outlet, those that it printed."""
        return self._store.story_desk.count_undecided(outlet)

    def undecided(self, outlet: str | None = None, *, offset: int = 0, limit: int = 50) -> tuple[StoryInDoubt, ...]:
        """Return stories no person has decided on, those that hang together by the weakest link first."""
        return self._store.story_desk.undecided(outlet, offset=offset, limit=limit)

    def acts(self, story_id: str) -> tuple[StoryAct, ...]:
        """Return what persons did to a story, the latest first. Raises UnknownStory."""
        return self._store.story_desk.acts(story_id)

    def confirm(self, story_id: str, *, by: str, reason: str = "") -> str:
        """Let a person say that a story is right as it stands; returns its id. Raises UnknownStory."""
        confirmed = self._store.story_desk.confirm(story_id, by=by, reason=reason)
        self._keep_up()
        return confirmed

    def split(self, story_id: str, report_ids: Iterable[str], *, by: str, reason: str = "") -> str:
        """Let a person take reports out of a story; returns the id of what they are now. UnknownStory, NotInStory."""
        own = self._store.story_desk.split(story_id, report_ids, by=by, reason=reason)
        self._keep_up()
        return own

    def merge(self, ids: Iterable[str], *, by: str, reason: str = "") -> str:
        """Let a person make one story of these stories and reports; returns its id. Raises UnknownStory."""
        merged = self._store.story_desk.merge(tuple(ids), by=by, reason=reason)
        self._keep_up()
        return merged

    def choose_first(self, story_id: str, report_id: str | None, *, by: str, reason: str = "") -> None:
        """Let a person choose which version of a story is shown first; None takes the choice back. NotInStory."""
        self._store.story_desk.choose_first(story_id, report_id, by=by, reason=reason)
        self._keep_up()


class Rooms:
    """The rooms of one open catalogue; `Catalogue` is one of these."""

    _store: Store

    def keep_up(self) -> None:
        """Let the index follow what has just changed in the store."""
        raise NotImplementedError

    @property
    def accounts(self) -> Accounts:
        """Who may do what; the index has nothing of it, so it is the store's own room."""
        return self._store.accounts

    @property
    def sessions(self) -> Sessions:
        """Who is signed in; the store's own room too."""
        return self._store.sessions

    @cached_property
    def bulk(self) -> BulkEdits:
        """Edits of many reports at once, each a batch that can be undone."""
        return BulkEdits(self._store, self.keep_up)

    @cached_property
    def collection_desk(self) -> CollectionDesk:
        """A person's work on collections."""
        return CollectionDesk(self._store, self.keep_up)

    @property
    def papers(self) -> Papers:
        """A person's own lists, notes and saved searches; the store's own room too."""
        return self._store.papers

    @property
    def snapshots(self) -> Snapshots:
        """Answers frozen under a number, to be cited; the store's own room too."""
        return self._store.snapshots

    @cached_property
    def tagging(self) -> Tagging:
        """The words that people give reports."""
        return Tagging(self._store, self.keep_up)

    @cached_property
    def story_desk(self) -> StoryDesk:
        """A person's word on which reports print the same copy."""
        return StoryDesk(self._store, self.keep_up)

    @cached_property
    def jobs(self) -> JobRoom:
        """Long work asked for at the desk."""
        return JobRoom(self._store)

    @property
    def batch_desk(self) -> BatchDesk:
        """Whole batches; no index is needed for them."""
        return self._store.batch_desk

    @property
    def quarantine_desk(self) -> QuarantineDesk:
        """Pages that could not become reports; no index holds them."""
        return self._store.quarantine_desk

    @property
    def rule_desk(self) -> RuleDesk:
        """The rules by which pages are read; what they change in reports is a job's."""
        return self._store.rule_desk

    @cached_property
    def correcting(self) -> Correcting:
        """What the forms of a correction ask, and moving a block of a page."""
        return Correcting(self._store, self.keep_up)

    @cached_property
    def queues(self) -> Queues:
        """What waits for a person, queue by queue."""
        return Queues(self._store, self.keep_up)

    @cached_property
    def problems(self) -> Problems:
        """What readers reported of pages."""
        return Problems(self._store, self.keep_up)

    @property
    def place_desk(self) -> PlaceDesk:
        """The library's own places; what they change in reports is a job's."""
        return self._store.place_desk

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """Reports taken out of the archive: sealed, deleted, or put back."""
        return Withdrawals(self._store, self.keep_up)

    @property
    def outlet_desk(self) -> OutletDesk:
        """The library's word on outlets; what it changes in reports is a job's."""
        return self._store.outlet_desk

    @property
    def actor_desk(self) -> ActorDesk:
        """The library's own actors; what they change in reports is a job's."""
        return self._store.actor_desk
