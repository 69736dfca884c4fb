"""The rows of the queues: written whenever a record is, so that a queue is read and never worked out."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select

from archive.model import Evidence, Report
from archive.queues import DERIVATION, QUEUE_BY_KEY, Task, find_lines, find_tasks
from archive.ready import Ready, plain
from archive.store.codec import load_evidence, load_report
from archive.store.corrections import Live, settled_causes
from archive.store.overrides import NONE, live_corrections
from archive.store.tables import kept_lines, queue_items, queue_marks, reports, versions

# Built once: building a statement costs more than running it.
ADD_ITEMS, ADD_MARKS, ADD_LINES = map(insert, (queue_items, queue_marks, kept_lines))
QUEUED = (queue_items, queue_marks, kept_lines)
CLEARINGS = tuple(delete(table).where(table.c.report_id == bindparam("gone")) for table in QUEUED)
IDS: BindParameter[str] = bindparam("ids", expanding=True)
EVIDENCE = (
    select(reports.c.id, versions.c.evidence)
    .join(versions, (versions.c.report_id == reports.c.id) & (versions.c.number == reports.c.version))
    .where(reports.c.id.in_(IDS))
)
# A report with the evidence that still counts and the corrections in force.
Found = tuple[str, Report, Sequence[Evidence], tuple[Live, ...]]


def add_tasks(connection: Connection, new: Sequence[Ready]) -> None:
    """Write what reports that are just being made have waiting."""
    connection.execute(ADD_MARKS, [{"report_id": ready.report_id, "derivation": DERIVATION} for ready in new])
    items = [row for ready in new for row in _item_rows(ready.report_id, ready.outlet, ready.tasks)]
    lines = [row for ready in new for row in _line_rows(ready.report_id, ready.outlet, ready.lines)]
    if items:
        connection.execute(ADD_ITEMS, items)
    if lines:
        connection.execute(ADD_LINES, lines)


def renew_tasks(
    connection: Connection, report_id: str, report: Report, evidence: Iterable[Evidence], live: Iterable[Live]
) -> None:
    """Write anew what a report has waiting, as its effective record says and a person has settled."""
    clear_tasks(connection, report_id)
    _write(connection, [(report_id, report, _heard(evidence, live), tuple(live))])


def renew_all(connection: Connection, found: Mapping[str, Report]) -> None:
    """Write anew what these reports have waiting, as their effective records say; a fraction of one by one."""
    live = live_corrections(connection, tuple(found))
    ready = []
    for row in connection.execute(EVIDENCE, {"ids": list(found)}):
        said = live.get(row.id, NONE)
        ready.append((row.id, found[row.id], _heard(load_evidence(row.evidence), said), said))
    for table in QUEUED:
        connection.execute(delete(table).where(table.c.report_id.in_(list(found))))
    _write(connection, ready)


def clear_tasks(connection: Connection, report_id: str) -> None:
    """Take everything a report has waiting out of the queues."""
    for clearing in CLEARINGS:
        connection.execute(clearing, {"gone": report_id})


def find_unsorted(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the ids of some reports whose tasks were never found, or found by an older derivation."""
    marked = select(queue_marks.c.report_id).where(queue_marks.c.derivation == DERIVATION)
    chosen = select(reports.c.id).where(reports.c.id.not_in(marked)).order_by(reports.c.id).limit(limit)
    return tuple(connection.execute(chosen).scalars())


def count_unsorted(connection: Connection) -> int:
    """Return how many reports have not been looked through for what waits."""
    marked = select(func.count()).select_from(queue_marks).where(queue_marks.c.derivation == DERIVATION)
    held = select(func.count()).select_from(reports)
    return int(connection.execute(held).scalar_one()) - int(connection.execute(marked).scalar_one())


def sort_reports(connection: Connection, ids: Sequence[str]) -> None:
    """Find the tasks of these reports."""
    newest = (versions.c.report_id == reports.c.id) & (versions.c.number == reports.c.version)
    chosen = select(reports.c.id, reports.c.record, versions.c.evidence).join(versions, newest, isouter=True)
    live = live_corrections(connection, ids)
    for row in connection.execute(chosen.where(reports.c.id.in_(ids))).all():
        evidence = load_evidence(row.evidence) if row.evidence else ()
        renew_tasks(connection, row.id, load_report(row.record), evidence, live.get(row.id, NONE))


def _heard(evidence: Iterable[Evidence], live: Iterable[Live]) -> list[Evidence]:
    """Return the evidence that still counts: a person's word on a field ends what its sources say differently."""
    spoken = {each.field for each in live}
    return [item for item in evidence if item.field not in spoken]


def _write(connection: Connection, found: Sequence[Found]) -> None:
    if not found:
        return
    items, lines = [], []
    for report_id, report, evidence, live in found:
        outlet = None if report.outlet is None else plain(report.outlet.key)
        spoken = {each.field for each in live}
        tasks = find_tasks(report, evidence, settled_causes(live))
        # A person who says that a date is unknown has answered as well as one who gives it.
        open_tasks = [task for task in tasks if QUEUE_BY_KEY[task.queue].field not in spoken]
        items += _item_rows(report_id, outlet, open_tasks)
        lines += _line_rows(report_id, outlet, find_lines(report))
    connection.execute(ADD_MARKS, [{"report_id": report_id, "derivation": DERIVATION} for report_id, *_ in found])
    if items:
        connection.execute(ADD_ITEMS, items)
    if lines:
        connection.execute(ADD_LINES, lines)


def _item_rows(report_id: str, outlet: str | None, tasks: Iterable[Task]) -> list[dict[str, object]]:
    return [
        {"queue": task.queue, "report_id": report_id, "outlet": outlet or "", "cause": plain(task.cause)}
        for task in tasks
    ]


def _line_rows(report_id: str, outlet: str | None, lines: Iterable[int]) -> list[dict[str, object]]:
    return [{"outlet": outlet, "mark": mark, "report_id": report_id} for mark in lines if outlet is not None]
