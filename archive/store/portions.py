"""One portion of a bulk edit: some hundred reports read, changed and written together, which costs a fraction each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import BindParameter, Connection, and_, bindparam, insert, select, update

from archive.edits import Edit, ItemOutcome, change, is_decision, is_same, show, simplify
from archive.errors import ArchiveError
from archive.holdings import Correction
from archive.model import Report
from archive.record import report_from_json, report_to_json
from archive.store.codec import dump, dump_report, load, load_report, now, plain
from archive.store.corrections import Authorities, Json, Live, apply, check, field_to_json
from archive.store.effective import columns
from archive.store.events import MODIFICATION, add_events, make_row
from archive.store.overrides import NONE, live_corrections
from archive.store.tables import corrections, reports, versions
from archive.store.tasks import renew_all

# Built once: building a statement costs more than running it.
IDS: BindParameter[str] = bindparam("ids", expanding=True)
STANDING = (
    select(reports.c.id, reports.c.record, versions.c.record.label("described"))
    .join(versions, and_(reports.c.id == versions.c.report_id, reports.c.version == versions.c.number))
    .where(reports.c.id.in_(IDS))
)
RECORDS = select(reports.c.id, reports.c.record).where(reports.c.id.in_(IDS))
LATER = select(corrections.c.report_id, corrections.c.by).where(
    corrections.c.report_id.in_(IDS),
    corrections.c.field == bindparam("field"),
    corrections.c.event > bindparam("after"),
)
MADE = select(corrections).where(corrections.c.event.in_(IDS))
UNDONE = select(corrections.c.undoes, corrections.c.by).where(corrections.c.undoes.in_(IDS))
WRITE = (
    update(reports)
    .where(reports.c.id == bindparam("report"))
    .values({name: bindparam(f"new_{name}") for name in ("record", "outlet", "earliest", "latest")})
)
ADD = insert(corrections)
# What a record that cannot be read back raises.
DAMAGED = (AttributeError, KeyError, TypeError, ValueError)
GONE = "the report is not there any more"


@dataclass(frozen=True, slots=True)
class Item:
    """One report of a bulk edit, with its own value where it has one."""

    place: int
    report_id: str
    value: Json = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one report of a bulk edit."""

    item: Item
    outcome: ItemOutcome
    note: str | None = None
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Whose word a bulk edit is, why, and since which event single corrections come before it."""

    edit: Edit
    by: str
    reason: str
    last_event: int


@dataclass(frozen=True, slots=True)
class _Write:
    """A report that reads differently: its event, the row of its correction, its new record."""

    done: Done
    event: dict[str, object]
    row: dict[str, object]
    report: Report | None


@dataclass(frozen=True, slots=True)
class _Stand:
    """A report as it stands: what readers see, what the rules made, and the corrections in force."""

    record: Mapping[str, Json]
    described: Report
    live: tuple[Live, ...]


def look(connection: Connection, edit: Edit, items: Sequence[Item], authorities: Authorities) -> list[Done]:
    """Say of each report what the edit would do to it now; `waiting` would change. Nothing is written."""
    ids = [item.report_id for item in items]
    records = {row.id: row.record for row in connection.execute(RECORDS, {"ids": ids})}
    live = live_corrections(connection, ids) if edit.act == "confirm" else {}
    checked = _Checked(edit.field, authorities)
    return [_look(edit, item, records.get(item.report_id), live.get(item.report_id, NONE), checked) for item in items]


def foresee(connection: Connection, edit: Edit, items: Sequence[Item]) -> Mapping[str, tuple[Json, Json]]:
    """Return value now and value to be of each report that is there."""
    ids = [item.report_id for item in items]
    records = {row.id: json.loads(row.record) for row in connection.execute(RECORDS, {"ids": ids})}
    now_there = {one: simplify(edit.field, _read_field(edit.field, record)) for one, record in records.items()}
    return {
        item.report_id: (now_there[item.report_id], _wanted(edit, item, now_there[item.report_id]))
        for item in items
        if item.report_id in now_there
    }


def carry_out(connection: Connection, order: Order, items: Sequence[Item], authorities: Authorities) -> list[Done]:
    """Put the edit in force on these reports; each change is a correction with its event, as if made singly.

    A report whose field a person corrected after the edit was planned is left alone.
    """
    edit, ids = order.edit, [item.report_id for item in items]
    stands = _read_stands(connection, ids)
    asked = {"ids": ids, "field": edit.field, "after": order.last_event}
    later = {row.report_id: row.by for row in connection.execute(LATER, asked)}
    checked = _Checked(edit.field, authorities)
    found: list[Done | _Write] = []
    for item in items:
        stand = stands.get(item.report_id)
        if item.report_id in later:
            found.append(Done(item, "kept", f"corrected by {later[item.report_id]} after this edit was planned"))
        elif isinstance(stand, _Stand):
            found.append(_correct(order, item, stand, checked))
        else:
            found.append(Done(item, "refused", stand or GONE))
    return _write(connection, found)


def take_back(connection: Connection, order: Order, items: Sequence[Item]) -> list[Done]:
    """Undo the corrections that these items name; where a later one stands, it goes on standing."""
    numbers = {"ids": [item.value for item in items]}
    made = {row.event: row for row in connection.execute(MADE, numbers)}
    undone = {row.undoes: row.by for row in connection.execute(UNDONE, numbers)}
    ids = [item.report_id for item in items]
    stands, without = _read_stands(connection, ids), live_corrections(connection, ids, without=made)
    found: list[Done | _Write] = []
    for item in items:
        stand = stands.get(item.report_id)
        if item.value in undone:
            found.append(Done(item, "same", f"undone singly before, by {undone[item.value]}"))
        elif isinstance(stand, _Stand):
            found.append(_restore(order, item, stand, without.get(item.report_id, NONE), made[item.value].field))
        else:
            found.append(Done(item, "refused", stand or GONE))
    return _write(connection, found)


def _look(edit: Edit, item: Item, record: str | None, live: tuple[Live, ...], checked: "_Checked") -> Done:
    if record is None:
        return Done(item, "refused", GONE)
    try:
        value = simplify(edit.field, _read_field(edit.field, json.loads(record)))
        wanted = _wanted(edit, item, value)
        if _changes_nothing(edit, value, wanted, live):
            return Done(item, "same")
        checked(wanted)
    except ArchiveError as problem:
        return Done(item, "refused", str(problem))
    except DAMAGED as problem:
        return Done(item, "refused", f"its record cannot be read ({problem!r})")
    return Done(item, "waiting")


def _correct(order: Order, item: Item, stand: _Stand, checked: "_Checked") -> "Done | _Write":
    edit = order.edit
    try:
        before = simplify(edit.field, _read_field(edit.field, stand.record))
        wanted = _wanted(edit, item, before)
        if _changes_nothing(edit, before, wanted, stand.live):
            return Done(item, "same")
        value = checked(wanted)
    except ArchiveError as problem:
        return Done(item, "refused", str(problem))
    new = Live(0, edit.field, value, plain(order.by), now(), plain(order.reason))
    report = apply(stand.described, (*(each for each in stand.live if each.field != edit.field), new))
    return _make_write(order, item, stand, report, Correction(item.report_id, edit.field, value, new.by, new.reason))


def _restore(order: Order, item: Item, stand: _Stand, after: tuple[Live, ...], field: str) -> "_Write":
    report = apply(stand.described, after)
    said = Correction(item.report_id, field, None, plain(order.by))
    written = _make_write(order, item, stand, report, said, undoes=item.value)
    standing = next((each for each in stand.live if each.field == field), None)
    if standing is not None and standing.event != item.value:
        note = f"corrected since by {standing.by}, and that stands"
        return replace(written, done=Done(item, "kept", note), report=None)
    return written


def _make_write(
    order: Order, item: Item, stand: _Stand, report: Report, said: Correction, *, undoes: int | None = None
) -> "_Write":
    after = field_to_json(report, said.field) if is_decision(said.field) else report_to_json(report, None)[said.field]
    event = make_row(
        MODIFICATION,
        agent=order.by,
        report_id=item.report_id,
        before={said.field: _bare(said.field, _read_field(said.field, stand.record))},
        after={said.field: _bare(said.field, after)},
        note=order.reason or None,
    )
    row = {
        "report_id": item.report_id,
        "field": said.field,
        "value": dump(said.value),
        "by": said.by,
        "at": event["at"],
        "reason": said.reason,
        "undoes": undoes,
    }
    return _Write(Done(item, "changed"), event, row, report)


def _write(connection: Connection, found: Sequence["Done | _Write"]) -> list[Done]:
    writes = [each for each in found if isinstance(each, _Write)]
    numbers = add_events(connection, [each.event for each in writes]) if writes else []
    if writes:
        connection.execute(ADD, [each.row | {"event": number} for each, number in zip(writes, numbers, strict=True)])
    changed = [_columns(each.done.item.report_id, each.report) for each in writes if each.report is not None]
    if changed:
        connection.execute(WRITE, changed)
        renew_all(connection, {one.done.item.report_id: one.report for one in writes if one.report is not None})
    left = iter(numbers)
    return [replace(each.done, event=next(left)) if isinstance(each, _Write) else each for each in found]


def _columns(report_id: str, report: Report) -> dict[str, object]:
    new = columns(report, dump_report(report, report_id))
    return {"report": report_id} | {f"new_{name}": value for name, value in new.items()}


def _read_stands(connection: Connection, ids: Sequence[str]) -> Mapping[str, _Stand | str]:
    live = live_corrections(connection, ids)
    found: dict[str, _Stand | str] = {}
    for row in connection.execute(STANDING, {"ids": ids}):
        try:
            stand = _Stand(json.loads(row.record), load_report(row.described), live.get(row.id, NONE))
        except DAMAGED as problem:
            found[row.id] = f"its record cannot be read ({problem!r})"
        else:
            found[row.id] = stand
    return found


def _wanted(edit: Edit, item: Item, value: Json) -> Json:
    return item.value if item.own else change(edit, value)


def _changes_nothing(edit: Edit, value: Json, wanted: Json, live: Iterable[Live]) -> bool:
    if edit.act == "confirm":
        return any(each.field == edit.field for each in live)
    return is_same(edit.field, value, wanted)


def _read_field(field: str, record: Mapping[str, Json]) -> Json:
    return field_to_json(report_from_json(record), field) if is_decision(field) else record[field]


def _bare(field: str, value: Json) -> Json:
    return {key: part for key, part in value.items() if key != "evidence"} if field == "published" else value


class _Checked:
    """Checks values as single corrections are checked, each only once."""

    def __init__(self, field: str, authorities: Authorities) -> None:
        self._check = partial(check, field)
        self._authorities = authorities
        self._known: dict[str, Json] = {}

    def __call__(self, value: Json) -> Json:
        written = dump(value)
        if written not in self._known:
            self._known[written] = self._check(value, self._authorities)
        return self._known[written]


def read_shown(field: str, before: str | None, after: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what an event says of a field before and after, as texts a person reads."""
    values = [(load(text) or {}).get(field) for text in (before, after)]
    one, other = (show(simplify(field, value)) for value in values)
    return one, other
