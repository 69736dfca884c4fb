"""Collections: named groups of reports, made as soon as an import or a librarian names them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, insert, select

from archive.model import Collection
from archive.store.codec import plain
from archive.store.events import MODIFICATION, add_event
from archive.store.tables import collection_items, collections

NOT_IN_A_KEY = re.compile(r"[\W_]+")  # "Mosul, 2016–17" becomes mosul-2016-17
LONGEST_KEY = 100
# Built once: building a statement costs more than running it.
KNOWN = select(collections.c.key).where(collections.c.key == bindparam("collection"))
HELD = select(collection_items.c.report_id).where(
    collection_items.c.collection == bindparam("collection"), collection_items.c.report_id == bindparam("report_id")
)
ADD_COLLECTION = insert(collections)
ADD_ITEM = insert(collection_items)


def make_collection_key(name: str) -> str:
    """Return the key of the collection with this name: its words in small letters, joined by hyphens."""
    return NOT_IN_A_KEY.sub("-", name.casefold()).strip("-")[:LONGEST_KEY] or "collection"


def collect(connection: Connection, name: str, report_id: str, *, batch: int | None = None) -> bool:
    """Put a report into the collection with this name or key; return False when it was in it already."""
    key = make_collection_key(name)
    pair = {"collection": key, "report_id": report_id}
    if connection.execute(KNOWN, pair).first() is None:
        connection.execute(ADD_COLLECTION, {"key": key, "name": plain(name.strip())})
    if connection.execute(HELD, pair).first() is not None:
        return False
    connection.execute(ADD_ITEM, pair)
    add_event(connection, MODIFICATION, report_id=report_id, batch=batch, after={"collection": key})
    return True


def read_collections(connection: Connection) -> tuple[Collection, ...]:
    """Return every collection, by key."""
    rows = connection.execute(select(collections).order_by(collections.c.key))
    return tuple(Collection(row.key, row.name) for row in rows)


def collections_of(connection: Connection, report_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the collection keys of each of these reports, in order."""
    chosen = select(collection_items).where(collection_items.c.report_id.in_(report_ids))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(chosen.order_by(collection_items.c.collection)):
        found[row.report_id].append(row.collection)
    return {report_id: tuple(keys) for report_id, keys in found.items()}
