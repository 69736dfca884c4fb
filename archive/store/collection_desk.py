"""A person's work on collections: made, described, nested, ordered, published, filled and taken back.

Each act is one transaction with its events. What a collection is called, where it lies and who may see it are
changed as attributes, with what they were before; a report's place in it is an event of the report.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from archive.errors import AlreadyUndone, BadCollection, ChangedSince, UnknownCollection
from archive.finding_aids import ELEMENT_KEYS, LEVELS, LONGEST
from archive.holdings import Collection, CollectionFigures, CollectionItem, Event
from archive.identifiers import make_collection_key
from archive.store.codec import dump, load, plain
from archive.store.collecting import collections_of, read_collections, read_live, read_row, read_tree
from archive.store.collection_items import add_items, at, in_order, move_item, read_item, remove_items
from archive.store.events import MODIFICATION, add_event, find_any, read_event
from archive.store.room import Room
from archive.store.tables import collection_items, collections, originals, reports

Json = Any  # what an event says, read back from JSON
PAGE = 500
LONGEST_NAME = 300
LONGEST_NOTE = 5_000
DEEPEST = 12
SEEN_ELSEWHERE = ("name", "parent", "public", "deleted")  # after these the reports inside are found otherwise
UNDOES = "undoes event {}"


class CollectionDesk(Room):
    """A person's work on collections; `by` is who, and stands in the log."""

    # --- reading --------------------------------------------------------------------------------------------

    def all(self) -> tuple[Collection, ...]:
        """Return every collection, those that readers do not see too, as they are ordered."""
        with self.snapshot() as connection:
            order = _order(connection)
            return tuple(sorted(read_collections(connection, hidden=True), key=lambda one: (order[one.key], one.key)))

    def get(self, key: str) -> Collection:
        """Return one collection; raises UnknownCollection."""
        with self.snapshot() as connection:
            return read_row(read_live(connection, key))

    def is_shown(self, key: str) -> bool:
        """Tell whether readers may see a collection."""
        with self.snapshot() as connection:
            return read_tree(connection).is_shown(key)

    def of(self, report_id: str) -> tuple[Collection, ...]:
        """Return every collection a report was put into."""
        with self.snapshot() as connection:
            keys = collections_of(connection, [report_id]).get(report_id, ())
            return tuple(read_row(read_live(connection, key)) for key in keys)

    def counts(self) -> Mapping[str, int]:
        """Return how many reports were put into each collection, those in its parts not among them."""
        with self.snapshot() as connection:
            counting = select(collection_items.c.collection, func.count()).group_by(collection_items.c.collection)
            return {row[0]: row[1] for row in connection.execute(counting)}

    def items(self, key: str, *, offset: int = 0, limit: int = 50) -> tuple[CollectionItem, ...]:
        """Return some of the reports put into a collection, in its order."""
        with self.snapshot() as connection:
            chosen = in_order(key).offset(offset).limit(limit)
            return tuple(CollectionItem(row.report_id, row.note) for row in connection.execute(chosen))

    def figures(self, key: str) -> CollectionFigures:
        """Return what the reports of a collection and of all its parts come to."""
        with self.snapshot() as connection:
            inside = select(collection_items.c.report_id).where(
                collection_items.c.collection.in_(read_tree(connection).below(key))
            )
            return _count(connection, select(reports).where(reports.c.id.in_(inside)).subquery())

    def figures_of(self, ids: Sequence[str]) -> CollectionFigures:
        """Return what these reports come to."""
        total = CollectionFigures()
        for start in range(0, len(ids), PAGE):
            with self.snapshot() as connection:
                some = select(reports).where(reports.c.id.in_(ids[start : start + PAGE])).subquery()
                total = _add_up(total, _count(connection, some))
        return total

    # --- the collection itself ------------------------------------------------------------------------------

    def create(self, name: str, *, by: str, parent: str | None = None, public: bool = False) -> str:
        """Make a collection, seen by nobody else until it is made public, and return its key; BadCollection."""
        with self.transaction() as connection:
            name = _check_name(name)
            key = make_collection_key(name)
            there = connection.execute(select(collections).where(collections.c.key == key)).one_or_none()
            if there is not None and not there.deleted:
                raise BadCollection(f"there is one of that name already ({there.name})")
            if there is None:
                connection.execute(insert(collections).values(key=key, name=name, deleted=True))
            first = {"name": name, "parent": _check_parent(connection, key, parent), "public": public,
                     "place": _next_place(connection, parent), "deleted": False}  # fmt: skip
            _change(connection, key, first, by=by)
            return key

    def describe(
        self, key: str, *, by: str, name: str, level: str, elements: Mapping[str, str], question: str = ""
    ) -> Event | None:
        """Write a collection's name, level, description and question; None when nothing differs. BadCollection."""
        if level not in LEVELS:
            raise BadCollection(f"its level is one of {', '.join(LEVELS)}")
        written = {part: plain(text.strip()) for part, text in elements.items() if text.strip()}
        if not written.keys() <= set(ELEMENT_KEYS) or any(len(text) > LONGEST for text in written.values()):
            raise BadCollection(f"each element of its description has at most {LONGEST:,} characters")
        values = {"name": _check_name(name), "level": level, "elements": written, "question": plain(question.strip())}
        with self.transaction() as connection:
            return _change(connection, key, values, by=by)

    def publish(self, key: str, *, public: bool, by: str) -> Event | None:
        """Show a collection to readers, or to people of the desk only; None when it is so already."""
        with self.transaction() as connection:
            return _change(connection, key, {"public": public}, by=by)

    def nest(self, key: str, parent: str | None, *, by: str) -> Event | None:
        """Make a collection part of another, or of none; BadCollection when it would be part of itself."""
        with self.transaction() as connection:
            parent = _check_parent(connection, key, parent)
            if read_live(connection, key).parent == parent:
                return None
            return _change(connection, key, {"parent": parent, "place": _next_place(connection, parent)}, by=by)

    def place(self, key: str, position: int, *, by: str) -> Event | None:
        """Put a collection at this position, from 1, among those that are part of the same."""
        with self.transaction() as connection:
            return _place(connection, key, position, by=by)

    def delete(self, key: str, *, by: str, reason: str = "") -> Event | None:
        """Take a collection away; its reports stay in the archive, its parts move up to what it was part of."""
        with self.transaction() as connection:
            return _delete(connection, key, by=by, note=reason or None)

    # --- what is in it --------------------------------------------------------------------------------------

    def add(self, key: str, ids: Iterable[str], *, by: str, reason: str = "") -> int:
        """Put reports at the end of a collection and return how many were not in it yet; UnknownCollection."""
        with self.transaction() as connection:
            read_live(connection, key)
            return len(add_items(connection, key, dict.fromkeys(ids, None), by=by, reason=reason))

    def remove(self, key: str, report_id: str, *, by: str, reason: str = "") -> Event:
        """Take a report out of a collection; UnknownCollection when it is not in it."""
        with self.transaction() as connection:
            (number,) = remove_items(connection, key, [report_id], by=by, reason=reason).values() or (0,)
            if not number:
                raise UnknownCollection(key, report_id)
            return read_event(connection, number)

    def move(self, key: str, report_id: str, position: int, *, by: str) -> Event | None:
        """Put a report at this position, from 1, of a collection; None when it stands there. UnknownCollection."""
        with self.transaction() as connection:
            return move_item(connection, key, report_id, position, by=by)

    def annotate(self, key: str, report_id: str, text: str, *, by: str) -> Event | None:
        """Write what the curator says of a report in this collection; None when nothing differs."""
        text = plain(text.strip())
        if len(text) > LONGEST_NOTE:
            raise BadCollection(f"a curator's text has at most {LONGEST_NOTE:,} characters")
        with self.transaction() as connection:
            before = read_item(connection, key, report_id).note
            if before == text:
                return None
            connection.execute(update(collection_items).where(at(key, report_id)).values(note=text))
            return add_event(
                connection, MODIFICATION, agent=by, report_id=report_id,
                before={"collection": key, "text": before}, after={"collection": key, "text": text},
            )  # fmt: skip


# --- taking back -------------------------------------------------------------------------------------------------


def is_about_collection(event: Event) -> bool:
    """Tell whether an event changed a collection, or what is in it."""
    return event.type == MODIFICATION and isinstance(event.after, Mapping) and "collection" in event.after


def undo(connection: Connection, number: int, *, by: str) -> Event:
    """Take an act on a collection back; raises AlreadyUndone and ChangedSince."""
    event = read_event(connection, number)
    note = UNDOES.format(number)
    if (undone := find_any(connection, number, note)) is not None:
        raise AlreadyUndone(number, undone.agent)
    done = _undo_item(connection, event, by, note) if event.report_id else _undo_change(connection, event, by, note)
    if done is None:
        raise ChangedSince(number, "the collection has been changed since")
    return done


def _undo_item(connection: Connection, event: Event, by: str, note: str) -> Event | None:
    before, after, one = _said(event.before), _said(event.after), event.report_id or ""
    key = after["collection"] or before["collection"]
    read_live(connection, key)
    if "position" in after:
        return move_item(connection, key, one, before["position"], by=by, note=note)
    if "text" in after:
        if read_item(connection, key, one).note != after["text"]:
            return None
        connection.execute(update(collection_items).where(at(key, one)).values(note=before["text"]))
        return add_event(connection, MODIFICATION, agent=by, report_id=one, before=after, after=before, note=note)
    if after["collection"]:
        numbers = remove_items(connection, key, [one], by=by, reason=note)
    else:
        numbers = add_items(connection, key, {one: before}, by=by, reason=note)
    return read_event(connection, numbers[one]) if one in numbers else None


def _undo_change(connection: Connection, event: Event, by: str, note: str) -> Event | None:
    before, after = _said(event.before), _said(event.after)
    key = after["collection"]
    if "position" in after:
        return _place(connection, key, before["position"], by=by, note=note)
    attributes = {name: value for name, value in before.items() if name not in {"collection", "place"}}
    row = _row(connection, key)
    now = {name: load(row.elements) if name == "elements" else getattr(row, name) for name in attributes}
    if any(now[name] != after[name] for name in attributes):
        return None
    if attributes.get("parent"):
        _check_parent(connection, key, attributes["parent"])
    if attributes.get("deleted") is False and row.parent and _row(connection, row.parent).deleted:
        attributes["parent"] = None  # what it was part of is gone by now
    if attributes.get("deleted"):
        return _delete(connection, key, by=by, note=note)
    done = _change(connection, key, attributes, by=by, note=note)
    for part in after.get("parts", ()):
        there = _row(connection, part)
        if not there.deleted and there.parent == row.parent:
            _change(connection, part, {"parent": key}, by=by, note=f"'{row.name}' is back")
    return done


# --- reading and checking -----------------------------------------------------------------------------------------


def _change(
    connection: Connection,
    key: str,
    values: Mapping[str, Json],
    *,
    by: str,
    note: str | None = None,
    parts: Json = None,
) -> Event | None:
    row = _row(connection, key)
    if row.deleted and values.get("deleted", True):
        raise UnknownCollection(key)
    before = {name: load(row.elements) if name == "elements" else getattr(row, name) for name in values}
    changed = [name for name in values if before[name] != values[name]]
    if not changed:
        return None
    after: dict[str, Json] = {"collection": key, **{name: values[name] for name in changed}}
    event = add_event(
        connection, MODIFICATION, agent=by, note=note,
        before={"collection": key, **{name: before[name] for name in changed}},
        after=after | ({"parts": parts} if parts else {}),
    )  # fmt: skip
    new: dict[str, Json] = {name: dump(values[name]) if name == "elements" else values[name] for name in changed}
    if any(name in SEEN_ELSEWHERE for name in changed):
        new["changed"] = event.number
    connection.execute(update(collections).where(collections.c.key == key).values(new))
    return event


def _place(connection: Connection, key: str, position: int, *, by: str, note: str | None = None) -> Event | None:
    row = read_live(connection, key)
    there = [one.key for one in _siblings(connection, row.parent)]
    before, beside = there.index(key) + 1, [one for one in there if one != key]
    beside.insert(min(max(position, 1), len(there)) - 1, key)
    for place, one in enumerate(beside, 1):
        connection.execute(update(collections).where(collections.c.key == one).values(place=place))
    if beside.index(key) + 1 == before:
        return None
    return add_event(
        connection, MODIFICATION, agent=by, note=note,
        before={"collection": key, "position": before}, after={"collection": key, "position": beside.index(key) + 1},
    )  # fmt: skip


def _delete(connection: Connection, key: str, *, by: str, note: str | None) -> Event | None:
    row = read_live(connection, key)
    parts = [one.key for one in _siblings(connection, key)]
    for part in parts:
        _change(connection, part, {"parent": row.parent}, by=by, note=f"'{row.name}' was deleted")
    return _change(connection, key, {"deleted": True}, by=by, note=note, parts=parts)


def _row(connection: Connection, key: str) -> Row[Any]:
    row = connection.execute(select(collections).where(collections.c.key == key)).one_or_none()
    if row is None:
        raise UnknownCollection(key)
    return row


def _check_name(name: str) -> str:
    name = plain(" ".join(name.split()))
    if not name or len(name) > LONGEST_NAME:
        raise BadCollection(f"its name has from 1 to {LONGEST_NAME} characters")
    return name


def _check_parent(connection: Connection, key: str, parent: str | None) -> str | None:
    if parent is None:
        return None
    read_live(connection, parent)
    tree = read_tree(connection)
    if parent in tree.below(key):
        raise BadCollection("it would be part of itself")
    if len(list(tree.above(parent))) >= DEEPEST:
        raise BadCollection(f"collections lie at most {DEEPEST} deep in one another")
    return parent


def _siblings(connection: Connection, parent: str | None) -> Sequence[Row[Any]]:
    beside = collections.c.parent.is_(None) if parent is None else collections.c.parent == parent
    chosen = select(collections).where(beside, collections.c.deleted.is_(False))
    return connection.execute(chosen.order_by(collections.c.place, collections.c.key)).all()


def _next_place(connection: Connection, parent: str | None) -> int:
    return max((row.place for row in _siblings(connection, parent)), default=0) + 1


def _order(connection: Connection) -> Mapping[str, int]:
    return {row.key: row.place for row in connection.execute(select(collections.c.key, collections.c.place))}


def _count(connection: Connection, some: Any) -> CollectionFigures:  # noqa: ANN401 - as _in_order
    held, of = some.c, originals.c
    row = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(of.bytes), 0),
            func.min(held.earliest),
            func.max(func.coalesce(held.latest, held.earliest)),
            func.count().filter(held.earliest.is_(None), held.latest.is_(None)),
            func.count().filter(held.earliest.is_distinct_from(held.latest)),
        ).select_from(some.join(originals, of.sha256 == held.sha256))
    ).one()
    return CollectionFigures(*row)


def _add_up(one: CollectionFigures, other: CollectionFigures) -> CollectionFigures:
    return replace(
        one,
        reports=one.reports + other.reports,
        bytes=one.bytes + other.bytes,
        earliest=min(filter(None, (one.earliest, other.earliest)), default=None),
        latest=max(filter(None, (one.latest, other.latest)), default=None),
        undated=one.undated + other.undated,
        uncertain=one.uncertain + other.uncertain,
    )


def _said(json: object) -> Json:
    return json or {}
