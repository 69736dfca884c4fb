"""One portion of a bulk edit that puts reports into a collection, or takes them out."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from archive.edits import Edit
from archive.errors import UnknownCollection
from archive.store.codec import load
from archive.store.collecting import read_live
from archive.store.collection_items import add_items, remove_items
from archive.store.corrections import Json
from archive.store.portions import GONE, Done, Item, Order
from archive.store.tables import collection_items, events, reports


def look_inside(connection: Connection, edit: Edit, items: Sequence[Item]) -> list[Done]:
    """Say of each report whether the edit would put it in or take it out; `waiting` would change."""
    ids = [item.report_id for item in items]
    known = set(connection.execute(select(reports.c.id).where(reports.c.id.in_(ids))).scalars())
    inside = _inside(connection, edit.value, ids)
    found = []
    for item in items:
        if item.report_id not in known:
            found.append(Done(item, "refused", GONE))
        else:
            same = (item.report_id in inside) == (edit.act == "add")
            found.append(Done(item, "same" if same else "waiting"))
    return found


def foresee_inside(connection: Connection, edit: Edit, items: Sequence[Item]) -> Mapping[str, tuple[Json, Json]]:
    """Return for each report whether it is in the collection now, and whether it will be: its key, or None."""
    inside = _inside(connection, edit.value, [item.report_id for item in items])
    to_be = edit.value if edit.act == "add" else None
    return {item.report_id: (edit.value if item.report_id in inside else None, to_be) for item in items}


def gather(connection: Connection, order: Order, items: Sequence[Item]) -> list[Done]:
    """Put these reports into the collection, or take them out, each with its event."""
    edit = order.edit
    try:
        read_live(connection, edit.value)
    except UnknownCollection as problem:
        return [Done(item, "refused", str(problem)) for item in items]
    looked = look_inside(connection, edit, items)
    ids = [one.item.report_id for one in looked if one.outcome == "waiting"]
    if edit.act == "add":
        numbers = add_items(connection, edit.value, dict.fromkeys(ids), by=order.by, reason=order.reason)
    else:
        numbers = remove_items(connection, edit.value, ids, by=order.by, reason=order.reason)
    return [_settled(one.item, numbers) if one.outcome == "waiting" else one for one in looked]


def scatter(connection: Connection, order: Order, items: Sequence[Item]) -> list[Done]:
    """Undo what `gather` did, by the events these items name; a report with a curator's text since is left in."""
    edit, ids = order.edit, [item.report_id for item in items]
    try:
        read_live(connection, edit.value)
    except UnknownCollection as problem:
        return [Done(item, "refused", str(problem)) for item in items]
    inside = _inside(connection, edit.value, ids)
    if edit.act == "add":
        kept = {one for one in ids if inside.get(one)}
        numbers = remove_items(
            connection, edit.value, [one for one in ids if one not in kept], by=order.by, reason=order.reason
        )
    else:
        kept = set()
        said = select(events.c.number, events.c.before).where(events.c.number.in_([item.value for item in items]))
        before = {row.number: load(row.before) for row in connection.execute(said)}
        back = {item.report_id: before[item.value] for item in items}
        numbers = add_items(connection, edit.value, back, by=order.by, reason=order.reason)
    return [
        Done(item, "kept", "a curator has written a text for it since")
        if item.report_id in kept
        else _settled(item, numbers)
        for item in items
    ]


def _inside(connection: Connection, key: str, ids: Sequence[str]) -> Mapping[str, str]:
    chosen = select(collection_items.c.report_id, collection_items.c.note).where(collection_items.c.collection == key)
    return {row.report_id: row.note for row in connection.execute(chosen.where(collection_items.c.report_id.in_(ids)))}


def _settled(item: Item, numbers: Mapping[str, int]) -> Done:
    if item.report_id in numbers:
        return Done(item, "changed", event=numbers[item.report_id])
    return Done(item, "same", "it was so already")
