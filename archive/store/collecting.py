"""Collections: named groups of reports, made as soon as an import or a librarian names them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, insert, select

from archive.holdings import Collection
from archive.identifiers import make_collection_key
from archive.store.codec import plain
from archive.store.events import MODIFICATION, add_event, make_row
from archive.store.tables import collection_items, collections

# Built once: building a statement costs more than running it.
KNOWN = select(collections.c.key).where(collections.c.key == bindparam("collection"))
HELD = select(collection_items.c.report_id).where(
    collection_items.c.collection == bindparam("collection"), collection_items.c.report_id == bindparam("report_id")
)
COLLECTIONS_OF = (
    select(collection_items)
    .where(collection_items.c.report_id.in_(bindparam("ids", expanding=True)))
    .order_by(collection_items.c.collection)
)
ADD_COLLECTION = insert(collections)
ADD_ITEM = insert(collection_items)


def collect(connection: Connection, name: str, report_id: str, *, batch: int | None = None) -> bool:
    """Put a report into the collection with this name or key; return False when it was in it already."""
    key = found_collection(connection, name)
    pair = {"collection": key, "report_id": report_id}
    if connection.execute(HELD, pair).first() is not None:
        return False
    connection.execute(ADD_ITEM, pair)
    add_event(connection, MODIFICATION, report_id=report_id, batch=batch, after={"collection": key})
    return True


def collect_new(connection: Connection, name: str, report_ids: Sequence[str], *, batch: int) -> list[dict[str, object]]:
    """Put reports that are just being made into a collection; returns the rows of the events that say so."""
    key = found_collection(connection, name)
    connection.execute(ADD_ITEM, [{"collection": key, "report_id": report_id} for report_id in report_ids])
    return [make_row(MODIFICATION, report_id=one, batch=batch, after={"collection": key}) for one in report_ids]


def found_collection(connection: Connection, name: str) -> str:
    """Return the key of the collection with this name or key; it is made when it is not there."""
    key = make_collection_key(name)
    if connection.execute(KNOWN, {"collection": key}).first() is None:
        connection.execute(ADD_COLLECTION, {"key": key, "name": plain(name.strip())})
    return key


def read_collections(connection: Connection) -> tuple[Collection, ...]:
    """Return every collection, by key."""
    rows = connection.execute(select(collections).order_by(collections.c.key))
    return tuple(Collection(row.key, row.name) for row in rows)


def collections_of(connection: Connection, report_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the collection keys of each of these reports, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(COLLECTIONS_OF, {"ids": tuple(report_ids)}):
        found[row.report_id].append(row.collection)
    return {report_id: tuple(keys) for report_id, keys in found.items()}
