"""Every room of the catalogue, by its name: a subject that a person works on, read and changed through one door."""

from collections.abc import Iterable
from functools import cached_property

from archive.store import Accounts, Sessions, Store
from indexer.bulk_edits import BulkEdits
from indexer.collection_desk import CollectionDesk
from indexer.room import Room
from indexer.tagging import Tagging


class StoryDesk(Room):
    """A person's word on which reports print the same copy."""

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

    @cached_property
    def tagging(self) -> Tagging:
        """The words that people give reports."""
        return Tagging(self._store, self.keep_up)

    @cached_property
    def story_desk(self) -> StoryDesk:
        """A person's word on which reports print the same copy."""
        return StoryDesk(self._store, self.keep_up)
