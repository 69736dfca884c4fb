"""A report with everything that hangs on it, taken out of the tables as one parcel and put back again.

What hangs on a report is known from the tables' own references, so that a subject that is added later is taken along.
Events stay: the log is only ever added to. Marks by which reprints are found are made anew.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Table, delete, insert, select, tuple_, update

from archive.store.tables import metadata, originals, reports, sketch_marks, sketches, sources

Json = Any  # rows of any table, as JSON
BYTES = "bytes:"  # how binary values are written
ALONE = (sources, originals)  # of an original, which several reports may share


def wrap(connection: Connection, report_id: str) -> Json:
    """Take a report and all that hangs on it out of the tables; returns them as JSON, table by table."""
    row = connection.execute(select(reports).where(reports.c.id == report_id)).mappings().one()
    _forget_marks(connection, report_id)
    parcel: dict[str, Json] = {"rows": {}, "emptied": []}
    found: dict[str, list[Mapping[str, Any]]] = {reports.name: [dict(row)]}
    _gather(connection, reports, found[reports.name], found, parcel["emptied"])
    others = select(reports.c.id).where(reports.c.sha256 == row["sha256"], reports.c.id != report_id)
    shared = connection.execute(others.limit(1)).first() is not None
    for table in ALONE:  # taken along in any case, and taken out with the last report that shares them
        own = select(table).where(table.c.sha256 == row["sha256"])
        found[table.name] = [dict(each) for each in connection.execute(own).mappings()]
    for table in reversed(metadata.sorted_tables):  # what refers to others goes before them
        if rows := found.get(table.name):
            if not (shared and table in ALONE):
                connection.execute(delete(table).where(_is_any(table, rows)))
            parcel["rows"][table.name] = [{name: _write(value) for name, value in each.items()} for each in rows]
    return parcel


def unwrap(connection: Connection, parcel: Json) -> None:
    """Put a parcel's rows back where they were, with new numbers where theirs were given away since."""
    digests = [each["sha256"] for each in parcel["rows"][originals.name]]
    there = select(originals.c.sha256).where(originals.c.sha256.in_(digests))
    shared = connection.execute(there.limit(1)).first() is not None
    for table in metadata.sorted_tables:
        rows = [_fit(table, each) for each in parcel["rows"].get(table.name, ())]
        if shared and table in ALONE:
            continue
        number = table.autoincrement_column
        if rows and number is not None and connection.execute(select(table).where(_is_any(table, rows))).first():
            rows = [{name: value for name, value in each.items() if name != number.name} for each in rows]
        if rows:
            connection.execute(insert(table), rows)
    for name, column, key, value in parcel["emptied"]:
        table = metadata.tables[name]
        again = update(table).where(_is_any(table, [key]), table.c[column].is_(None))
        connection.execute(again.values({column: value}))


def _gather(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], found: dict[str, Json], emptied: list[Json]
) -> None:
    """Find every row that refers to these rows, and those that refer to them in turn."""
    for other, reference in _references(table):
        values = {row[reference.column.name] for row in rows}
        column = other.c[reference.parent.name]
        there = [dict(each) for each in connection.execute(select(other).where(column.in_(values))).mappings()]
        if column.nullable and other is not table:
            emptied += [[other.name, column.name, _key(other, each), each[column.name]] for each in there]
            connection.execute(update(other).where(column.in_(values)).values({column.name: None}))
            continue
        known = found.setdefault(other.name, [])
        new = [each for each in there if each not in known]
        known += new
        if new:
            _gather(connection, other, new, found, emptied)


def _references(table: Table) -> Iterator[tuple[Table, ForeignKey]]:
    for other in metadata.sorted_tables:
        for reference in other.foreign_keys:
            if reference.column.table is table:
                yield other, reference


def _forget_marks(connection: Connection, report_id: str) -> None:
    own = select(sketches.c.number).where(sketches.c.report_id == report_id)
    for number in connection.execute(own).scalars().all():
        connection.execute(delete(sketch_marks).where(sketch_marks.c.sketch == number))
    connection.execute(delete(sketches).where(sketches.c.report_id == report_id))


def _fit(table: Table, row: Mapping[str, Json]) -> dict[str, Any]:
    """Return a row as its table takes it today."""
    return {name: _read(value) for name, value in row.items() if name in table.c}


def _is_any(table: Table, rows: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - a condition of SQL
    keys: list[Column[Any]] = list(table.primary_key.columns)
    return tuple_(*keys).in_([tuple(row[key.name] for key in keys) for row in rows])


def _key(table: Table, row: Mapping[str, Any]) -> Json:
    return {key.name: row[key.name] for key in table.primary_key.columns}


def _write(value: object) -> Json:
    return BYTES + base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _read(value: Json) -> object:
    if isinstance(value, str) and value.startswith(BYTES):
        return base64.b64decode(value.removeprefix(BYTES))
    return value
