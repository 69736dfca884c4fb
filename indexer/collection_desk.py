"""A person's work on collections, with the index right behind: what is in one is a facet."""

from collections.abc import Iterable, Mapping, Sequence

from archive.holdings import Collection, CollectionFigures, CollectionItem, Event
from indexer.room import Room


class CollectionDesk(Room):
    """A person's work on collections; `by` is who, and stands in the log."""

    def all(self) -> tuple[Collection, ...]:
        """Return every collection, those that readers do not see too, as they are ordered."""
        return self._store.collection_desk.all()

    def get(self, key: str) -> Collection:
        """Return one collection; raises UnknownCollection."""
        return self._store.collection_desk.get(key)

    def shown(self) -> frozenset[str]:
        """Return the keys of the collections that readers may see."""
        return frozenset(one.key for one in self._store.collections())

    def of(self, report_id: str) -> tuple[Collection, ...]:
        """Return every collection a report was put into."""
        return self._store.collection_desk.of(report_id)

    def counts(self) -> Mapping[str, int]:
        """Return how many reports were put into each collection, those in its parts not among them."""
        return self._store.collection_desk.counts()

    def items(self, key: str, *, offset: int = 0, limit: int = 50) -> tuple[CollectionItem, ...]:
        """Return some of the reports put into a collection, in its order."""
        return self._store.collection_desk.items(key, offset=offset, limit=limit)

    def figures(self, key: str) -> CollectionFigures:
        """Return what the reports of a collection and of all its parts come to."""
        return self._store.collection_desk.figures(key)

    def figures_of(self, ids: Sequence[str]) -> CollectionFigures:
        """Return what these reports come to."""
        return self._store.collection_desk.figures_of(ids)

    def create(self, name: str, *, by: str, parent: str | None = None, public: bool = False) -> str:
        """Make a collection, seen by nobody else until it is made public, and return its key; BadCollection."""
        key = self._store.collection_desk.create(name, by=by, parent=parent, public=public)
        self._keep_up()
        return key

    def describe(
        self, key: str, *, by: str, name: str, level: str, elements: Mapping[str, str], question: str = ""
    ) -> Event | None:
        """Write a collection's name, level, description and question; None when nothing differs. BadCollection."""
        event = self._store.collection_desk.describe(
            key, by=by, name=name, level=level, elements=elements, question=question
        )
        return self._after(event)

    def publish(self, key: str, *, public: bool, by: str) -> Event | None:
        """Show a collection to readers, or to people of the desk only; None when it is so already."""
        return self._after(self._store.collection_desk.publish(key, public=public, by=by))

    def nest(self, key: str, parent: str | None, *, by: str) -> Event | None:
        """Make a collection part of another, or of none; BadCollection when it would be part of itself."""
        return self._after(self._store.collection_desk.nest(key, parent, by=by))

    def place(self, key: str, position: int, *, by: str) -> Event | None:
        """Put a collection at this position, from 1, among those that are part of the same."""
        return self._store.collection_desk.place(key, position, by=by)

    def delete(self, key: str, *, by: str, reason: str = "") -> Event | None:
        """Take a collection away; its reports stay in the archive, its parts move up to what it was part of."""
        return self._after(self._store.collection_desk.delete(key, by=by, reason=reason))

    def add(self, key: str, ids: Iterable[str], *, by: str, reason: str = "") -> int:
        """Put reports at the end of a collection and return how many were not in it yet; UnknownCollection."""
        added = self._store.collection_desk.add(key, ids, by=by, reason=reason)
        self._keep_up()
        return added

    def remove(self, key: str, report_id: str, *, by: str, reason: str = "") -> Event:
        """Take a report out of a collection; UnknownCollection when it is not in it."""
        event = self._store.collection_desk.remove(key, report_id, by=by, reason=reason)
        self._keep_up()
        return event

    def move(self, key: str, report_id: str, position: int, *, by: str) -> Event | None:
        """Put a report at this position, from 1, of a collection; None when it stands there. UnknownCollection."""
        return self._store.collection_desk.move(key, report_id, position, by=by)

    def annotate(self, key: str, report_id: str, text: str, *, by: str) -> Event | None:
        """Write what the curator says of a report in this collection; None when nothing differs."""
        return self._store.collection_desk.annotate(key, report_id, text, by=by)

    def _after(self, event: Event | None) -> Event | None:
        if event is not None:
            self._keep_up()
        return event
