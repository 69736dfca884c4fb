"""Taking a page in: its original's row, its sources, its report and each version of the description."""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from archive.identifiers import make_report_id
from archive.model import Description, Page, Source
from archive.store.codec import dump_blocks, dump_evidence, dump_report, now, plain
from archive.store.collecting import collect
from archive.store.effective import columns, write_effective
from archive.store.events import ACCESSION, DIGEST, EXTRACTION, RECOVERY, SOFTWARE, add_event
from archive.store.originals import Kept
from archive.store.results import Outcome
from archive.store.tables import originals, reports, sources, versions


@dataclass(frozen=True, slots=True)
class Known:
    """A report that is there already: its newest version, and every name its original came under, oldest first."""

    report_id: str
    version: int
    rule_set: str
    digest: str
    sources: tuple[Source, ...]


def take_in(
    connection: Connection, page: Page, description: Description, kept: Kept, *, batch: int, collection: str | None
) -> Outcome:
    """Store what one page brings that is not there yet, and say what that was.

    A page whose bytes are known under another name becomes a further source of the same report. Its description is
    used only when it comes from another rule set than the stored one.
    """
    report_id = make_report_id(page.source.sha256, page.source.part)
    known = _find(connection, report_id)
    if known is None:
        # An original that holds several reports is kept once, with the first of them.
        held = read_sources(connection, page.source.sha256)
        if not held:
            _add_original(connection, page, report_id, batch)
        if plain(page.source.name) not in {source.name for source in held}:
            _add_source(connection, page.source, batch)
        _add_report(connection, report_id, description, batch)
        outcome = Outcome("imported", report_id)
    else:
        outcome = _compare(connection, known, page, description, batch=batch)
    if kept == "repaired" and known is not None:
        add_event(connection, RECOVERY, report_id=report_id, batch=batch, after={"sha256": page.source.sha256})
    if collection and collect(connection, collection, report_id, batch=batch) and outcome.kind == "unchanged":
        return replace(outcome, kind="updated")
    return outcome


def _compare(connection: Connection, known: Known, page: Page, description: Description, *, batch: int) -> Outcome:
    report_id = known.report_id
    first = known.sources[0]
    name = plain(page.source.name)
    if name not in {source.name for source in known.sources}:
        _add_source(connection, page.source, batch)
        after = {"source": name, "sha256": page.source.sha256}
        add_event(connection, ACCESSION, report_id=report_id, batch=batch, after=after, note="a further source")
    if name != first.name and description.rule_set == known.rule_set:
        return Outcome("duplicate", report_id, of=first.name)
    if name != first.name:
        # The report keeps the name it came under first; the newer rules are worth having all the same.
        kept = replace(first, part=page.source.part)
        description = replace(description, report=replace(description.report, source=kept))
    changed = _add_version(connection, report_id, description, known=known, batch=batch)
    if changed:
        write_effective(connection, report_id, version=known.version + 1)
    return Outcome("updated" if changed else "unchanged", report_id)


def _find(connection: Connection, report_id: str) -> Known | None:
    newest = (
        select(reports.c.sha256, versions.c.number, versions.c.rule_set, versions.c.digest)
        .join(versions, (versions.c.report_id == reports.c.id) & (versions.c.number == reports.c.version))
        .where(reports.c.id == report_id)
    )
    row = connection.execute(newest).one_or_none()
    if row is None:
        return None
    return Known(report_id, row.number, row.rule_set, row.digest, read_sources(connection, row.sha256))


def read_sources(connection: Connection, sha256: str) -> tuple[Source, ...]:
    """Return every source of one original, oldest first."""
    chosen = (
        select(sources, originals.c.bytes)
        .join(originals, originals.c.sha256 == sources.c.sha256)
        .where(sources.c.sha256 == sha256)
        .order_by(sources.c.number)
    )
    return tuple(
        Source(row.name, row.sha256, row.media_type, row.bytes, row.url, row.captured)
        for row in connection.execute(chosen)
    )


def _add_original(connection: Connection, page: Page, report_id: str, batch: int) -> None:
    source = page.source
    size = len(page.content)
    row = {"sha256": source.sha256, "bytes": size, "media_type": plain(source.media_type), "added": now()}
    connection.execute(insert(originals), row)
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
    connection.execute(insert(sources), row)


def _add_report(connection: Connection, report_id: str, description: Description, batch: int) -> None:
    report = description.report
    record = dump_report(report, report_id)
    row = {"id": report_id, "sha256": report.source.sha256, "part": report.source.part, "version": 1}
    connection.execute(insert(reports), row | columns(report, record))
    after = {"source": plain(report.source.name), "sha256": report.source.sha256}
    add_event(connection, ACCESSION, report_id=report_id, batch=batch, after=after)
    _add_version(connection, report_id, description, known=None, batch=batch)


def _add_version(
    connection: Connection, report_id: str, description: Description, *, known: Known | None, batch: int
) -> bool:
    texts = {
        "record": dump_report(description.report, report_id),
        "blocks": dump_blocks(description.blocks),
        "evidence": dump_evidence(description.evidence),
    }
    digest = hashlib.sha256("\n".join([description.rule_set, *texts.values()]).encode()).hexdigest()
    if known is not None and known.digest == digest:
        return False
    number = 1 if known is None else known.version + 1
    event = add_event(
        connection,
        EXTRACTION,
        agent=f"{SOFTWARE}, rules {description.rule_set}",
        report_id=report_id,
        batch=batch,
        before=None if known is None else {"version": known.version, "rules": known.rule_set},
        after={"version": number, "rules": description.rule_set},
    )
    row = {"report_id": report_id, "number": number, "rule_set": description.rule_set, "digest": digest}
    connection.execute(insert(versions), row | texts | {"event": event.number})
    return True
