"""Every room of the store, by its name."""

from functools import cached_property

from archive.store.access import Access
from archive.store.accounts import Accounts
from archive.store.actor_desk import ActorDesk
from archive.store.batch_desk import BatchDesk
from archive.store.bulk import BulkEdits
from archive.store.collection_desk import CollectionDesk
from archive.store.correcting import Correcting
from archive.store.outlet_desk import OutletDesk
from archive.store.own_files import OwnFiles
from archive.store.papers import Papers
from archive.store.place_desk import PlaceDesk
from archive.store.problems import Problems
from archive.store.quarantine_desk import QuarantineDesk
from archive.store.queue_desk import QueueDesk
from archive.store.records import Records
from archive.store.rule_desk import RuleDesk
from archive.store.sessions import Sessions
from archive.store.snapshots import Snapshots
from archive.store.story_desk import StoryDesk
from archive.store.tagging import Tagging
from archive.store.withdrawals import Withdrawals


class Rooms(Access):
    """An open archive with its rooms: a subject that a person works on has one."""

    @cached_property
    def bulk(self) -> BulkEdits:
        """Edits of many reports at once, each a batch that can be undone."""
        return BulkEdits(self)

    @cached_property
    def records(self) -> Records:
        """The records of many reports, as they lie there."""
        return Records(self)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may do what: accounts, their roles, passwords and tokens."""
        return Accounts(self)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self)

    @cached_property
    def collection_desk(self) -> CollectionDesk:
        """A person's work on collections."""
        return CollectionDesk(self)

    @cached_property
    def papers(self) -> Papers:
        """A person's own lists, notes and saved searches."""
        return Papers(self)

    @cached_property
    def snapshots(self) -> Snapshots:
        """Answers frozen under a number, to be cited."""
        return Snapshots(self)

    @cached_property
    def tagging(self) -> Tagging:
        """The words that people give reports."""
        return Tagging(self)

    @cached_property
    def story_desk(self) -> StoryDesk:
        """A person's word on which reports print the same copy."""
        return StoryDesk(self)

    @cached_property
    def correcting(self) -> Correcting:
        """A person's work on one report's fields and blocks."""
        return Correcting(self)

    @cached_property
    def queue_desk(self) -> QueueDesk:
        """What waits for a person, queue by queue."""
        return QueueDesk(self)

    @cached_property
    def problems(self) -> Problems:
        """What readers reported of pages."""
        return Problems(self)

    @cached_property
    def batch_desk(self) -> BatchDesk:
        """Whole batches: their reports, and those that came in by nothing else."""
        return BatchDesk(self)

    @cached_property
    def quarantine_desk(self) -> QuarantineDesk:
        """A person's word on pages that could not become reports."""
        return QuarantineDesk(self)

    @cached_property
    def own_files(self) -> OwnFiles:
        """The library's own files of rules and authorities, changed with an event each."""
        return OwnFiles(self)

    @cached_property
    def rule_desk(self) -> RuleDesk:
        """The rules by which pages are read."""
        return RuleDesk(self)

    @cached_property
    def place_desk(self) -> PlaceDesk:
        """The library's own places."""
        return PlaceDesk(self)

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """Reports taken out of the archive: sealed, deleted, or put back."""
        return Withdrawals(self)

    @cached_property
    def outlet_desk(self) -> OutletDesk:
        """The library's word on outlets."""
        return OutletDesk(self)

    @cached_property
    def actor_desk(self) -> ActorDesk:
        """The library's own actors."""
        return ActorDesk(self)
