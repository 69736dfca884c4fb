"""The reports in a collection, in its order, each with what the curator says of it there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from archive.errors import UnknownCollection
from archive.holdings import Event
from archive.store.collecting import last_place, read_live
from archive.store.events import MODIFICATION, add_event, add_events, make_row
from archive.store.tables import collection_items, reports

Json = Any  # what an event says, read back from JSON


def add_items(
    connection: Connection, key: str, ids: Mapping[str, Json], *, by: str, reason: str = ""
) -> Mapping[str, int]:
    """Put reports into a collection and return the event of each that was not in it and is held.

    Each id may bear what was said of the item before it was taken out: its place and the curator's text.
    """
    chosen = select(collection_items.c.report_id).where(collection_items.c.collection == key)
    held = set(connection.execute(chosen.where(collection_items.c.report_id.in_(ids))).scalars())
    known = set(connection.execute(select(reports.c.id).where(reports.c.id.in_(ids))).scalars())
    new = [one for one in ids if one in known and one not in held]
    if not new:
        return {}
    rows, last = [], last_place(connection, key)
    for place, one in enumerate(new, last + 1):
        old = ids[one] or {"place": place, "note": ""}
        _make_room(connection, key, old["place"])
        rows.append({"collection": key, "report_id": one, "place": old["place"], "note": old["note"]})
    connection.execute(insert(collection_items), rows)
    events = [make_row(MODIFICATION, agent=by, report_id=one, before={"collection": None},
                       after={"collection": key}, note=reason or None) for one in new]  # fmt: skip
    return dict(zip(new, add_events(connection, events), strict=True))


def remove_items(
    connection: Connection, key: str, ids: Sequence[str], *, by: str, reason: str = ""
) -> Mapping[str, int]:
    """Take reports out of a collection and return the event of each that was in it."""
    chosen = select(collection_items).where(collection_items.c.collection == key)
    rows = connection.execute(chosen.where(collection_items.c.report_id.in_(ids))).all()
    if not rows:
        return {}
    gone = [row.report_id for row in rows]
    connection.execute(delete(collection_items).where(
        collection_items.c.collection == key, collection_items.c.report_id.in_(gone)))  # fmt: skip
    events = [make_row(MODIFICATION, agent=by, report_id=row.report_id,
                       before={"collection": key, "place": row.place, "note": row.note},
                       after={"collection": None}, note=reason or None) for row in rows]  # fmt: skip
    return dict(zip(gone, add_events(connection, events), strict=True))


def move_item(
    connection: Connection, key: str, report_id: str, position: int, *, by: str, note: str | None = None
) -> Event | None:
    """Put a report at this position, from 1, of a collection; None when it stands there."""
    row = read_item(connection, key, report_id)
    before = _position(connection, row)
    beside = connection.execute(in_order(key).offset(max(position, 1) - 1).limit(1)).one_or_none()
    target = last_place(connection, key) if beside is None else beside.place
    if beside is not None and beside.report_id == report_id:
        return None
    place = collection_items.c.place
    between = (
        and_(place >= target, place < row.place) if target < row.place else and_(place > row.place, place <= target)
    )
    step = 1 if target < row.place else -1
    inside = collection_items.c.collection == key
    connection.execute(update(collection_items).where(inside, between).values(place=place + step))
    connection.execute(update(collection_items).where(at(key, report_id)).values(place=target))
    after = _position(connection, read_item(connection, key, report_id))
    if after == before:
        return None
    return add_event(
        connection, MODIFICATION, agent=by, report_id=report_id, note=note,
        before={"collection": key, "position": before}, after={"collection": key, "position": after},
    )  # fmt: skip


def in_order(key: str) -> Any:  # noqa: ANN401 - a statement, whose type says nothing to a reader
    """Choose the reports of a collection, in its order."""
    chosen = select(collection_items).where(collection_items.c.collection == key)
    return chosen.order_by(collection_items.c.place, collection_items.c.report_id)


def at(key: str, report_id: str) -> Any:  # noqa: ANN401 - as in_order
    """Choose one report in one collection."""
    return and_(collection_items.c.collection == key, collection_items.c.report_id == report_id)


def read_item(connection: Connection, key: str, report_id: str) -> Row[Any]:
    """Return a report's row in a collection; raises UnknownCollection."""
    read_live(connection, key)
    row = connection.execute(select(collection_items).where(at(key, report_id))).one_or_none()
    if row is None:
        raise UnknownCollection(key, report_id)
    return row


def _position(connection: Connection, row: Row[Any]) -> int:
    place = collection_items.c.place
    earlier = (place < row.place) | ((place == row.place) & (collection_items.c.report_id < row.report_id))
    counting = select(func.count()).where(collection_items.c.collection == row.collection, earlier)
    return int(connection.execute(counting).scalar_one()) + 1


def _make_room(connection: Connection, key: str, place: int) -> None:
    """Move what stands at this place and after it one on, if something stands there."""
    inside = collection_items.c.collection == key
    taken = select(collection_items.c.report_id).where(inside, collection_items.c.place == place)
    if connection.execute(taken.limit(1)).first() is not None:
        later = update(collection_items).where(inside, collection_items.c.place >= place)
        connection.execute(later.values(place=collection_items.c.place + 1))
