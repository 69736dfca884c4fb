"""The effective record: what the newest rules made of the page, with every correction in force laid over it."""

from sqlalchemy import Connection, and_, bindparam, select, update

from archive.errors import UnknownReport
from archive.model import Report
from archive.store.codec import dump_report, load_evidence, load_report, plain
from archive.store.corrections import apply
from archive.store.overrides import NONE, live_corrections
from archive.store.tables import reports, versions
from archive.store.tasks import renew_tasks

# Built once: building a statement costs more than running it.
DESCRIBED = (
    select(versions.c.record, versions.c.evidence)
    .join(reports, and_(reports.c.id == versions.c.report_id, reports.c.version == versions.c.number))
    .where(reports.c.id == bindparam("report_id"))
)


def read_described(connection: Connection, report_id: str, *, until: int | None = None) -> Report:
    """Return the report as the rules described it, without corrections; UnknownReport when there is none.

    `until` asks for its description once that event had happened, or for its first.
    """
    record = connection.execute(DESCRIBED, {"report_id": report_id}).scalar()
    if until is not None:
        older = select(versions.c.record).where(versions.c.report_id == report_id).order_by(versions.c.number)
        then = older.where(versions.c.event <= until).order_by(None).order_by(versions.c.number.desc())
        record = connection.execute(then).scalar() or connection.execute(older).scalar() or record
    if record is None:
        raise UnknownReport(report_id)
    return load_report(record)


def read_given_outlet(connection: Connection, report_id: str) -> str | None:
    """Return the key of the outlet a person named when importing this report; None when nobody did."""
    try:
        outlet = read_described(connection, report_id).outlet
    except UnknownReport:
        return None
    return outlet.key if outlet is not None and outlet.basis == "person" else None


def write_effective(connection: Connection, report_id: str, *, version: int | None = None) -> None:
    """Write the effective record anew, from `version` if given and otherwise from the newest one."""
    if version is not None:
        connection.execute(update(reports).where(reports.c.id == report_id).values(version=version))
    live = live_corrections(connection, [report_id]).get(report_id, NONE)
    described = connection.execute(DESCRIBED, {"report_id": report_id}).one_or_none()
    if described is None:
        raise UnknownReport(report_id)
    report = apply(load_report(described.record), live)
    row = columns(report, dump_report(report, report_id))
    connection.execute(update(reports).where(reports.c.id == report_id).values(row))
    renew_tasks(connection, report_id, report, load_evidence(described.evidence), live)


def columns(report: Report, record: str) -> dict[str, object]:
    """Return the columns of a report's row that follow from its effective record."""
    published = report.published
    return {
        "record": record,
        "outlet": None if report.outlet is None else plain(report.outlet.key),
        "earliest": published.earliest,
        "latest": published.latest,
    }
