"""Collections: named groups of reports, made as soon as an import or a librarian names them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from archive.errors import UnknownCollection
from archive.holdings import Collection
from archive.identifiers import make_collection_key
from archive.store.codec import load, plain
from archive.store.events import MODIFICATION, add_event, make_row
from archive.store.tables import collection_items, collections

# Built once: building a statement costs more than running it.
KNOWN = select(collections.c.deleted).where(collections.c.key == bindparam("collection"))
HELD = select(collection_items.c.report_id).where(
    collection_items.c.collection == bindparam("collection"), collection_items.c.report_id == bindparam("report_id")
)
COLLECTIONS_OF = (
    select(collection_items.c.report_id, collection_items.c.collection)
    .join(collections, collections.c.key == collection_items.c.collection)
    .where(collection_items.c.report_id.in_(bindparam("ids", expanding=True)), collections.c.deleted.is_(False))
    .order_by(collection_items.c.collection)
)
LAST = select(func.max(collection_items.c.place)).where(collection_items.c.collection == bindparam("collection"))
NESTED = select(collections.c.key, collections.c.parent, collections.c.public).where(collections.c.deleted.is_(False))
ADD_COLLECTION = insert(collections)
ADD_ITEM = insert(collection_items)


@dataclass(frozen=True, slots=True)
class Tree:
    """Which collection is part of which, and which readers may see."""

    parents: Mapping[str, str | None]
    public: Mapping[str, bool]

    def above(self, key: str) -> Iterator[str]:
        """Yield what a collection is part of, the nearest first."""
        seen = {key}
        while (parent := self.parents.get(key)) is not None and parent not in seen:
            seen.add(parent)
            key = parent
            yield key

    def below(self, key: str) -> set[str]:
        """Return a collection with all that are part of it."""
        return {key} | {one for one in self.parents if key in self.above(one)}

    def is_shown(self, key: str) -> bool:
        """Tell whether readers may see a collection: it is public, and so is all that it is part of."""
        return self.public.get(key, False) and all(self.public.get(one, False) for one in self.above(key))


def collect(connection: Connection, name: str, report_id: str, *, batch: int | None = None) -> bool:
    """Put a report into the collection with this name or key; return False when it was in it already."""
    key = found_collection(connection, name)
    pair = {"collection": key, "report_id": report_id}
    if connection.execute(HELD, pair).first() is not None:
        return False
    connection.execute(ADD_ITEM, pair | {"place": last_place(connection, key) + 1})
    add_event(connection, MODIFICATION, report_id=report_id, batch=batch, after={"collection": key})
    return True


def collect_new(connection: Connection, name: str, report_ids: Sequence[str], *, batch: int) -> list[dict[str, object]]:
    """Put reports that are just being made into a collection; returns the rows of the events that say so."""
    key = found_collection(connection, name)
    first = last_place(connection, key) + 1
    rows = [{"collection": key, "report_id": one, "place": place} for place, one in enumerate(report_ids, first)]
    connection.execute(ADD_ITEM, rows)
    return [make_row(MODIFICATION, report_id=one, batch=batch, after={"collection": key}) for one in report_ids]


def found_collection(connection: Connection, name: str) -> str:
    """Return the key of the collection with this name or key; it is made when it is not there."""
    key = make_collection_key(name)
    deleted = connection.execute(KNOWN, {"collection": key}).scalar()
    if deleted is None:
        connection.execute(ADD_COLLECTION, {"key": key, "name": plain(name.strip())})
    elif deleted:  # who imports into it wants it back
        event = add_event(connection, MODIFICATION, before={"collection": key, "deleted": True},
                          after={"collection": key, "deleted": False})  # fmt: skip
        back = update(collections).where(collections.c.key == key)
        connection.execute(back.values(deleted=False, changed=event.number))
    return key


def last_place(connection: Connection, key: str) -> int:
    """Return the place of the last report in a collection; 0 in an empty one."""
    return connection.execute(LAST, {"collection": key}).scalar() or 0


def read_collections(connection: Connection, *, hidden: bool = False) -> tuple[Collection, ...]:
    """Return the collections that readers may see, or with `hidden` all there are, by key."""
    chosen = select(collections).where(collections.c.deleted.is_(False)).order_by(collections.c.key)
    rows = connection.execute(chosen).all()
    tree = _plant(rows)
    return tuple(read_row(row) for row in rows if hidden or tree.is_shown(row.key))


def read_row(row: Row[Any]) -> Collection:
    """Return the collection of a row."""
    return Collection(row.key, row.name, row.parent, row.level, row.public, row.question, load(row.elements))


def read_live(connection: Connection, key: str) -> Row[Any]:
    """Return the row of a collection that is there and not deleted; raises UnknownCollection."""
    row = connection.execute(select(collections).where(collections.c.key == key)).one_or_none()
    if row is None or row.deleted:
        raise UnknownCollection(key)
    return row


def read_tree(connection: Connection) -> Tree:
    """Return which of the collections there are is part of which."""
    return _plant(connection.execute(NESTED).all())


def collections_of(connection: Connection, report_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of all collections each of these reports was put into, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(COLLECTIONS_OF, {"ids": tuple(report_ids)}):
        found[row.report_id].append(row.collection)
    return {report_id: tuple(keys) for report_id, keys in found.items()}


def shown_collections(
    connection: Connection, report_ids: Sequence[str]
) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each of these reports the collections readers may see it in, and those that these are part of."""
    held = collections_of(connection, report_ids)
    if not held:
        return {}
    tree = read_tree(connection)
    found = {}
    for report_id, keys in held.items():
        shown = tuple(key for key in keys if tree.is_shown(key))
        above = {one for key in shown for one in tree.above(key)} - set(shown)
        found[report_id] = (shown, tuple(sorted(above)))
    return found


def regrouped_since(connection: Connection, number: int) -> Iterator[str]:
    """Yield the ids of reports whose collections read differently since the event with this number."""
    changed = list(connection.execute(select(collections.c.key).where(collections.c.changed > number)).scalars())
    if changed:
        tree = read_tree(connection)
        keys = {one for key in changed for one in tree.below(key)}
        inside = select(collection_items.c.report_id).where(collection_items.c.collection.in_(keys))
        yield from connection.execute(inside.distinct()).scalars()


def _plant(rows: Sequence[Any]) -> Tree:
    return Tree({row.key: row.parent for row in rows}, {row.key: row.public for row in rows})
