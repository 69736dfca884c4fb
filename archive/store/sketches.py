"""Which reports may print the same copy: found by the marks of their texts, so many of them at most."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text, update

from archive.likeness import LIKENESS_VERSION, MARKS
from archive.store.tables import reports, sketch_marks, sketches

MOST_HOLDERS = 64  # of one mark that are looked at, the newest: words that everybody prints would lead to everybody
FEWEST_SHARED = 2  # marks; one may be chance
MOST_CANDIDATES = 12  # of one report that are compared word by word
NO_MARK = -1

# Built once: building a statement costs more than running it.
KNOWN = select(sketches).where(sketches.c.report_id == bindparam("report_id"))
ADD = insert(sketches).returning(sketches.c.number)
ADD_MARKS = insert(sketch_marks)
DROP_MARKS = delete(sketch_marks).where(
    sketch_marks.c.mark == bindparam("held_mark"), sketch_marks.c.sketch == bindparam("held_by")
)
_NEWEST = f"ORDER BY sketch DESC LIMIT {MOST_HOLDERS}"
_HOLDERS = " UNION ALL ".join(
    f"SELECT sketch FROM (SELECT sketch FROM sketch_marks WHERE mark = :m{at} {_NEWEST}) AS of{at}"
    for at in range(MARKS)
)
CANDIDATES = text(
    f"SELECT sketches.report_id FROM (SELECT sketch, count(*) AS shared FROM ({_HOLDERS}) AS holders GROUP BY sketch "
    f"HAVING count(*) >= {FEWEST_SHARED}) AS found JOIN sketches ON sketches.number = found.sketch "
    f"WHERE sketches.report_id <> :own ORDER BY found.shared DESC, sketches.report_id LIMIT {MOST_CANDIDATES}"
)


class Marked(NamedTuple):
    """A report and the marks of its text."""

    report_id: str
    marks: tuple[int, ...]


def keep_sketches(connection: Connection, marked: Iterable[Marked]) -> tuple[Marked, ...]:
    """Keep the marks of these reports and return those whose marks are new or others than before."""
    return tuple(one for one in marked if _keep(connection, one))


def find_candidates(connection: Connection, one: Marked) -> tuple[str, ...]:
    """Return the reports that share marks with this one, those that share most first."""
    if not one.marks:
        return ()
    asked = {f"m{at}": one.marks[at] if at < len(one.marks) else NO_MARK for at in range(MARKS)}
    return tuple(connection.execute(CANDIDATES, {**asked, "own": one.report_id}).scalars())


def find_unsketched(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return some reports whose marks are not kept yet, or are of another kind, in order of id."""
    missing = or_(sketches.c.number.is_(None), sketches.c.kind != LIKENESS_VERSION)
    joined = reports.outerjoin(sketches, sketches.c.report_id == reports.c.id)
    chosen = select(reports.c.id).select_from(joined).where(missing).order_by(reports.c.id).limit(limit)
    return tuple(connection.execute(chosen).scalars())


def count_unsketched(connection: Connection) -> int:
    """Return how many reports have not been compared yet."""
    compared = select(func.count()).select_from(sketches).where(sketches.c.kind == LIKENESS_VERSION)
    held = connection.execute(select(func.count()).select_from(reports)).scalar_one()
    return int(held - connection.execute(compared).scalar_one())


def _keep(connection: Connection, one: Marked) -> bool:
    packed = _pack(one.marks)
    row = connection.execute(KNOWN, {"report_id": one.report_id}).one_or_none()
    if row is None:
        values = {"report_id": one.report_id, "kind": LIKENESS_VERSION, "marks": packed}
        _add_marks(connection, connection.execute(ADD, values).scalar_one(), one.marks)
        return True
    if (row.kind, row.marks) == (LIKENESS_VERSION, packed):
        return False
    if held := _unpack(row.marks):
        connection.execute(DROP_MARKS, [{"held_mark": mark, "held_by": row.number} for mark in held])
    changed = update(sketches).where(sketches.c.number == row.number)
    connection.execute(changed.values(kind=LIKENESS_VERSION, marks=packed))
    _add_marks(connection, row.number, one.marks)
    return True


def _add_marks(connection: Connection, number: int, marks: Sequence[int]) -> None:
    if marks:
        connection.execute(ADD_MARKS, [{"mark": mark, "sketch": number} for mark in marks])


def _pack(marks: Sequence[int]) -> bytes:
    return struct.pack(f">{len(marks)}q", *marks)


def _unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(packed) // 8}q", packed)
