"""Taking a page in: its original's row, its sources, its report and each version of the description."""

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, insert, select

from archive.errors import UnknownReport
from archive.identifiers import make_report_id
from archive.model import Page, Source
from archive.ready import Ready, plain, with_source
from archive.store.codec import load_report, now
from archive.store.collecting import collect
from archive.store.effective import write_effective
from archive.store.events import ACCESSION, DIGEST, EXTRACTION, RECOVERY, SOFTWARE, add_event
from archive.store.originals import Kept
from archive.store.results import Held, Outcome, Version
from archive.store.tables import events, originals, reports, sources, versions

# Built once: building a statement costs more than running it.
ADD_ORIGINAL, ADD_SOURCE, ADD_REPORT, ADD_VERSION = map(insert, (originals, sources, reports, versions))
NEWEST = (
    select(versions.c.number, versions.c.rule_set, versions.c.digest, versions.c.record, reports.c.sha256)
    .join(reports, (versions.c.report_id == reports.c.id) & (versions.c.number == reports.c.version))
    .where(reports.c.id == bindparam("report_id"))
)
SOURCES = (
    select(sources, originals.c.bytes)
    .join(originals, originals.c.sha256 == sources.c.sha256)
    .where(sources.c.sha256 == bindparam("digest_of_bytes"))
    .order_by(sources.c.number)
)
VERSIONS = (
    select(versions.c.number, versions.c.rule_set, versions.c.record, events.c.at, events.c.batch)
    .join(events, events.c.number == versions.c.event)
    .where(versions.c.report_id == bindparam("report_id"))
    .order_by(versions.c.number)
)


@dataclass(frozen=True, slots=True)
class Known:
    """A report that is there already: its newest version, and every name its original came under, oldest first."""

    report_id: str
    version: int
    rule_set: str
    digest: str
    record: str
    sources: tuple[Source, ...]

    @property
    def issues(self) -> tuple[str, ...]:
        """The codes of its issues, as it was described last."""
        return tuple(issue["code"] for issue in json.loads(self.record)["issues"])


def take_in(
    connection: Connection, page: Page, ready: Ready | None, kept: Kept, *, batch: int, collection: str | None
) -> Outcome:
    """Store what one page brings that is not there yet, and say what that was.

    A page whose bytes are known under another name becomes a further source of the same report. Its description is
    used only when it comes from another rule set than the stored one. None for a description says that the one there
    is would come out again. The original of a listing page is kept without a report; what is a report stays one.
    """
    report_id = make_report_id(page.source.sha256, page.source.part)
    known = _find(connection, report_id)
    if known is not None:
        outcome = _compare(connection, known, page.source, ready, batch=batch)
    elif ready is None:
        raise UnknownReport(report_id)
    elif ready.listing is not None:
        if _add_source_once(connection, page, None, batch):
            after = {"source": plain(page.source.name), "sha256": page.source.sha256}
            note = f"a listing page, no report: {ready.listing}"
            add_event(connection, ACCESSION, batch=batch, after=after, note=note)
        return Outcome("listing", report_id, issues=ready.issues, listing=ready.listing)
    else:
        _add_source_once(connection, page, report_id, batch)
        _add_report(connection, ready, batch)
        outcome = Outcome("imported", report_id, issues=ready.issues)
    if kept == "repaired" and known is not None:
        add_event(connection, RECOVERY, report_id=report_id, batch=batch, after={"sha256": page.source.sha256})
    if collection and collect(connection, collection, report_id, batch=batch) and outcome.kind == "unchanged":
        return replace(outcome, kind="updated")
    return outcome


def renew(connection: Connection, ready: Ready, *, batch: int) -> bool:
    """Add a further version to a report that is there, corrections over it; False when its texts are the same."""
    known = _find(connection, ready.report_id)
    if known is None:
        raise UnknownReport(ready.report_id)
    changed = _add_version(connection, ready, known=known, batch=batch)
    if changed:
        write_effective(connection, ready.report_id, version=known.version + 1)
    return changed


def read_held(connection: Connection, report_id: str) -> Held | None:
    """Return what is known of the page with this report id; None when it never came in."""
    known = _find(connection, report_id)
    if known is None:
        return None
    report = load_report(known.record)
    named = report.outlet.key if report.outlet is not None and report.outlet.basis == "person" else None
    return Held(report_id, known.rule_set, named, report.source, tuple(source.name for source in known.sources))


def read_versions(connection: Connection, report_id: str) -> tuple[Version, ...]:
    """Return every version of a report, oldest first; UnknownReport when there is none."""
    rows = connection.execute(VERSIONS, {"report_id": report_id}).all()
    if not rows:
        raise UnknownReport(report_id)
    return tuple(Version(row.number, row.rule_set, row.at, row.batch, load_report(row.record)) for row in rows)


def read_sources(connection: Connection, sha256: str) -> tuple[Source, ...]:
    """Return every source of one original, oldest first."""
    return tuple(
        Source(row.name, row.sha256, row.media_type, row.bytes, row.url, row.captured)
        for row in connection.execute(SOURCES, {"digest_of_bytes": sha256})
    )


def _compare(connection: Connection, known: Known, source: Source, ready: Ready | None, *, batch: int) -> Outcome:
    report_id = known.report_id
    first = known.sources[0]
    name = plain(source.name)
    if name not in {each.name for each in known.sources}:
        _add_source(connection, source, batch)
        after = {"source": name, "sha256": source.sha256}
        add_event(connection, ACCESSION, report_id=report_id, batch=batch, after=after, note="a further source")
    if name != first.name and (ready is None or ready.rule_set == known.rule_set):
        return Outcome("duplicate", report_id, first.name, known.issues)
    if ready is None:
        return Outcome("unchanged", report_id, issues=known.issues)
    if name != first.name:
        # The report keeps the name it came under first; the newer rules are worth having all the same.
        ready = with_source(ready, replace(first, part=source.part))
    changed = _add_version(connection, ready, known=known, batch=batch)
    if changed:
        write_effective(connection, report_id, version=known.version + 1)
    return Outcome("updated" if changed else "unchanged", report_id, issues=ready.issues)


def _find(connection: Connection, report_id: str) -> Known | None:
    row = connection.execute(NEWEST, {"report_id": report_id}).one_or_none()
    if row is None:
        return None
    return Known(report_id, row.number, row.rule_set, row.digest, row.record, read_sources(connection, row.sha256))


def _add_source_once(connection: Connection, page: Page, report_id: str | None, batch: int) -> bool:
    """Add the original and its name where they are not there yet; an original of several reports is kept once."""
    held = read_sources(connection, page.source.sha256)
    if not held:
        _add_original(connection, page, report_id, batch)
    if plain(page.source.name) in {source.name for source in held}:
        return False
    _add_source(connection, page.source, batch)
    return True


def _add_original(connection: Connection, page: Page, report_id: str | None, batch: int) -> None:
    source = page.source
    size = len(page.content)
    row = {"sha256": source.sha256, "bytes": size, "media_type": plain(source.media_type), "added": now()}
    connection.execute(ADD_ORIGINAL, row)
    digest = {"algorithm": "sha256", "digest": source.sha256, "bytes": size}
    add_event(connection, DIGEST, report_id=report_id, batch=batch, after=digest)


def _add_source(connection: Connection, source: Source, batch: int) -> None:
    row = {
        "sha256": source.sha256,
        "name": plain(source.name),
        "media_type": plain(source.media_type),
        "url": None if source.url is None else plain(source.url),
        "captured": None if source.captured is None else plain(source.captured),
        "batch": batch,
    }
    connection.execute(ADD_SOURCE, row)


def _add_report(connection: Connection, ready: Ready, batch: int) -> None:
    row = {
        "id": ready.report_id,
        "sha256": ready.source.sha256,
        "part": ready.source.part,
        "version": 1,
        "record": ready.record,
        "outlet": ready.outlet,
        "earliest": ready.earliest,
        "latest": ready.latest,
    }
    connection.execute(ADD_REPORT, row)
    after = {"source": plain(ready.source.name), "sha256": ready.source.sha256}
    add_event(connection, ACCESSION, report_id=ready.report_id, batch=batch, after=after)
    _add_version(connection, ready, known=None, batch=batch)


def _add_version(connection: Connection, ready: Ready, *, known: Known | None, batch: int) -> bool:
    if known is not None and known.digest == ready.digest:
        return False
    number = 1 if known is None else known.version + 1
    event = add_event(
        connection,
        EXTRACTION,
        agent=f"{SOFTWARE}, rules {ready.rule_set}",
        report_id=ready.report_id,
        batch=batch,
        before=None if known is None else {"version": known.version, "rules": known.rule_set},
        after={"version": number, "rules": ready.rule_set},
    )
    row = {
        "report_id": ready.report_id,
        "number": number,
        "rule_set": ready.rule_set,
        "digest": ready.digest,
        "record": ready.record,
        "blocks": ready.blocks,
        "evidence": ready.evidence,
        "event": event.number,
    }
    connection.execute(ADD_VERSION, row)
    return True
