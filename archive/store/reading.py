"""Reading reports back: the effective record, its blocks, its evidence, its original's whereabouts."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, case, func, or_, select

from archive.errors import UnknownReport
from archive.holdings import StoredReport
from archive.model import Evidence, JudgedBlock, Source
from archive.restoring import judge_again
from archive.store.accession import read_sources
from archive.store.codec import load_blocks, load_evidence, load_report
from archive.store.collecting import collections_of, shown_collections
from archive.store.corrections import is_about_value, is_block, named_field, overrules, to_evidence
from archive.store.events import FIXITY, last_event, last_of
from archive.store.overrides import NONE, count_corrections, live_corrections
from archive.store.results import Standing, Status, Stretch
from archive.store.stories import stories_of
from archive.store.tables import batches, originals, quarantined, reports, versions

PAGE = 100
# Built once: building a statement costs more than running it.
NEEDED = (reports.c.id, reports.c.version, reports.c.record)
BY_IDS = select(*NEEDED).where(reports.c.id.in_(bindparam("ids", expanding=True)))
AFTER = select(*NEEDED).where(reports.c.id > bindparam("after")).order_by(reports.c.id).limit(PAGE)
NOWHERE: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def read_report(connection: Connection, report_id: str) -> StoredReport:
    """Return the report with this id; UnknownReport when there is none."""
    found = _read(connection, BY_IDS, {"ids": (report_id,)})
    if not found:
        raise UnknownReport(report_id)
    return found[0]


def read_reports(connection: Connection, ids: Sequence[str]) -> tuple[StoredReport, ...]:
    """Return the reports with these ids in this order; ids that are nobody's are left out. At most PAGE at a time."""
    found = {stored.id: stored for stored in _read(connection, BY_IDS, {"ids": tuple(ids)})}
    return tuple(found[report_id] for report_id in ids if report_id in found)


def read_page(connection: Connection, after: str) -> tuple[StoredReport, ...]:
    """Return up to PAGE reports whose ids come after this one, in order of id."""
    return _read(connection, AFTER, {"after": after})


def read_standing(connection: Connection, after: str, ids: Sequence[str] | None) -> tuple[Standing, ...]:
    """Return up to PAGE newest descriptions of reports whose ids come after this one, or of these ids only."""
    newest = and_(reports.c.id == versions.c.report_id, reports.c.version == versions.c.number)
    chosen = select(versions).join(reports, newest).where(reports.c.id > after).order_by(reports.c.id).limit(PAGE)
    rows = connection.execute(chosen if ids is None else chosen.where(reports.c.id.in_(ids))).all()
    found = [row.report_id for row in rows]
    live, held = live_corrections(connection, found), collections_of(connection, found)
    return tuple(
        Standing(
            row.report_id,
            row.rule_set,
            row.record,
            row.blocks,
            row.evidence,
            tuple(each.field for each in live.get(row.report_id, NONE)),
            held.get(row.report_id, ()),
        )
        for row in rows
    )


def count_reports(connection: Connection) -> int:
    """Return how many reports there are."""
    return int(connection.execute(select(func.count()).select_from(reports)).scalar_one())


def divide_reports(connection: Connection, parts: int) -> tuple[Stretch, ...]:
    """Return all reports as so many stretches, none longer than another by more than one."""
    total = count_reports(connection)
    ends = [total * part // parts for part in range(1, parts)]
    nth = select(reports.c.id).order_by(reports.c.id).limit(1)
    marks = [connection.execute(nth.offset(max(0, end - 1))).scalar() or "" for end in ends]
    counts = (end - start for start, end in pairwise([0, *ends, total]))
    return tuple(map(Stretch, ["", *marks], [*marks, None], counts))


def read_blocks(connection: Connection, report_id: str) -> tuple[JudgedBlock, ...]:
    """Return every block of the report's page as its newest version or a person judged them, without their runs."""
    blocks = load_blocks(_newest(connection, report_id).blocks)
    live = live_corrections(connection, [report_id]).get(report_id, NONE)
    said = {each.field: bool(each.value["kept"]) for each in live if is_block(each)}
    return judge_again(blocks, said) if said else blocks


def read_evidence(connection: Connection, report_id: str) -> tuple[Evidence, ...]:
    """Return what the rules found for each field, and after it each person's word in force."""
    described = load_evidence(_newest(connection, report_id).evidence)
    live = live_corrections(connection, [report_id]).get(report_id, NONE)
    return described + tuple(to_evidence(each) for each in live if is_about_value(each))


def sources_of(connection: Connection, report_id: str) -> tuple[Source, ...]:
    """Return every name under which the report's original came, oldest first; UnknownReport when there is none."""
    sha256 = connection.execute(select(reports.c.sha256).where(reports.c.id == report_id)).scalar()
    if sha256 is None:
        raise UnknownReport(report_id)
    return read_sources(connection, sha256)


def read_status(connection: Connection) -> Status:
    """Return what the archive holds, in figures."""
    # A report with only one bound may span no day but that one, as far as anybody knows.
    earliest, latest = func.min(reports.c.earliest), func.max(func.coalesce(reports.c.latest, reports.c.earliest))
    undated = case((and_(reports.c.earliest.is_(None), reports.c.latest.is_(None)), 1))
    held = connection.execute(
        select(
            func.count(), func.count(reports.c.outlet.distinct()), func.count(undated), earliest, latest
        ).select_from(reports)
    ).one()
    kept = connection.execute(select(func.count(), func.coalesce(func.sum(originals.c.bytes), 0))).one()
    unfinished = select(func.count()).where(or_(batches.c.outcome.is_(None), batches.c.outcome != "success"))
    checked = last_of(connection, FIXITY)  # a run ends with the event of the run
    return Status(
        reports=held[0],
        outlets=held[1],
        undated=held[2],
        earliest=held[3],
        latest=held[4],
        originals=kept[0],
        bytes=kept[1],
        corrections=count_corrections(connection),
        quarantined=_count(connection, select(func.count()).where(quarantined.c.closed.is_(None))),
        batches=_count(connection, select(func.count()).select_from(batches)),
        unfinished=_count(connection, unfinished),
        events=last_event(connection),
        checked=checked.when if checked else None,
        problems=checked.after.get("problems", 0) if checked and isinstance(checked.after, dict) else 0,
    )


def _count(connection: Connection, counting: Select[Any]) -> int:
    return int(connection.execute(counting).scalar_one())


def _newest(connection: Connection, report_id: str) -> Row[Any]:
    chosen = (
        select(versions)
        .join(reports, and_(reports.c.id == versions.c.report_id, reports.c.version == versions.c.number))
        .where(reports.c.id == report_id)
    )
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise UnknownReport(report_id)
    return row


def _read(connection: Connection, chosen: Select[Any], asked: Mapping[str, Any]) -> tuple[StoredReport, ...]:
    rows = connection.execute(chosen, asked).all()
    ids = [row.id for row in rows]
    held, live = shown_collections(connection, ids), live_corrections(connection, ids)
    told = stories_of(connection, ids)
    return tuple(
        StoredReport(
            row.id,
            load_report(row.record),
            row.version,
            collections=held.get(row.id, NOWHERE)[0],
            corrected=tuple(dict.fromkeys(named_field(each) for each in live.get(row.id, NONE) if overrules(each))),
            story=told.get(row.id),
            within=held.get(row.id, NOWHERE)[1],
        )
        for row in rows
    )
