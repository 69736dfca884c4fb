"""The effective record: what the newest rules made of the page, with every correction in force laid over it."""

from sqlalchemy import Connection, and_, bindparam, select, update

from archive.errors import UnknownReport
from archive.model import Report
from archive.store.codec import dump_report, load_report, plain
from archive.store.corrections import apply
from archive.store.overrides import NONE, live_corrections
from archive.store.tables import reports, versions

# Built once: building a statement costs more than running it.
DESCRIBED = (
    select(versions.c.record)
    .join(reports, and_(reports.c.id == versions.c.report_id, reports.c.version == versions.c.number))
    .where(reports.c.id == bindparam("report_id"))
)


def read_described(connection: Connection, report_id: str) -> Report:
    """Return the report as the rules described it, without corrections; UnknownReport when there is none."""
    record = connection.execute(DESCRIBED, {"report_id": report_id}).scalar()
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
    report = apply(read_described(connection, report_id), live)
    row = columns(report, dump_report(report, report_id))
    connection.execute(update(reports).where(reports.c.id == report_id).values(row))


def columns(report: Report, record: str) -> dict[str, object]:
    """Return the columns of a report's row that follow from its effective record."""
    published = report.published
    return {
        "record": record,
        "outlet": None if report.outlet is None else plain(report.outlet.key),
        "earliest": published.earliest,
        "latest": published.latest,
    }
