"""Taking a page in: its original's row, its sources, its report and each version of the description."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, insert, select

from archive.errors import UnknownReport
from archive.identifiers import make_report_id
from archive.model import Page, Source
from archive.ready import Ready, plain, with_source
from archive.store.codec import load_report, now
from archive.store.collecting import collect, collect_new
from archive.store.effective import write_effective
from archive.store.events import ACCESSION, DIGEST, EXTRACTION, RECOVERY, SOFTWARE, add_event, add_events, make_row
from archive.store.originals import Kept
from archive.store.results import Held, Outcome, Version
from archive.store.tables import events, originals, reports, sources, versions
from archive.store.tasks import add_tasks

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
KNOWN_ORIGINALS = select(originals.c.sha256).where(originals.c.sha256.in_(bindparam("digests", expanding=True)))
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


@dataclass(frozen=True, slots=True)
class New:
    """A report to be made; with its original and the name it came under, where these are not there yet."""

    page: Page
    ready: Ready
    with_original: bool = True
    with_source: bool = True


def take_in_all(
    connection: Connection,
    pages: Sequence[tuple[Page, Ready | None]],
    kept: Mapping[str, Kept],
    *,
    batch: int,
    collection: str | None,
) -> tuple[Outcome, ...]:
    """Store what these pages bring that is not there yet, and say of each, in order, what that was.

    Bytes that nobody has seen before are stored together, which costs a fraction; then come the others, one by one.
    """
    fresh = _find_fresh(connection, pages)
    _add_reports(connection, tuple(fresh.values()), batch=batch, collection=collection)
    return tuple(
        Outcome("imported", fresh[number].ready.report_id, issues=fresh[number].ready.issues)
        if number in fresh
        else _take_in(connection, page, ready, kept[page.source.sha256], batch=batch, collection=collection)
        for number, (page, ready) in enumerate(pages)
    )


def _find_fresh(connection: Connection, pages: Sequence[tuple[Page, Ready | None]]) -> dict[int, New]:
    digests = {page.source.sha256 for page, _ in pages}
    seen = set(connection.execute(KNOWN_ORIGINALS, {"digests": list(digests)}).scalars())
    fresh = {}
    for number, (page, ready) in enumerate(pages):
        if page.source.sha256 not in seen and ready is not None and ready.listing is None:
            fresh[number] = New(page, ready)
        seen.add(page.source.sha256)
    return fresh


def _take_in(
    connection: Connection, page: Page, ready: Ready | None, kept: Kept, *, batch: int, collection: str | None
) -> Outcome:
    """Store what one page brings.

    A page whose bytes are known under another name becomes a further source of the same report. Its description is
    used only when it comes from another rule set than the stored one. None for a description says that the one there
    is would come out again. The original of a listing page is kept without a report; what is a report stays one.
    """
    report_id = make_report_id(page.source.sha256, page.source.part)
    known = _find(connection, report_id)
    if known is None:
        return _take_in_new(connection, report_id, page, ready, batch=batch, collection=collection)
    outcome = _compare(connection, known, page.source, ready, batch=batch)
    if kept == "repaired":
        add_event(connection, RECOVERY, report_id=report_id, batch=batch, after={"sha256": page.source.sha256})
    if collection and collect(connection, collection, report_id, batch=batch) and outcome.kind == "unchanged":
        return replace(outcome, kind="updated")
    return outcome


def _take_in_new(
    connection: Connection, report_id: str, page: Page, ready: Ready | None, *, batch: int, collection: str | None
) -> Outcome:
    if ready is None:
        raise UnknownReport(report_id)
    held = read_sources(connection, page.source.sha256)
    named = plain(page.source.name) in {source.name for source in held}
    if ready.listing is None:
        # An original that holds several reports is kept once, with the first of them.
        new = New(page, ready, with_original=not held, with_source=not named)
        _add_reports(connection, [new], batch=batch, collection=collection)
        return Outcome("imported", report_id, issues=ready.issues)
    if not held:
        connection.execute(ADD_ORIGINAL, _original_row(page))
        add_events(connection, [_digest_event(page, None, batch)])
    if not named:
        connection.execute(ADD_SOURCE, _source_row(page.source, batch))
        after = {"source": plain(page.source.name), "sha256": page.source.sha256}
        note = f"a listing page, no report: {ready.listing}"
        add_event(connection, ACCESSION, batch=batch, after=after, note=note)
    return Outcome("listing", report_id, issues=ready.issues, listing=ready.listing)


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
        connection.execute(ADD_SOURCE, _source_row(source, batch))
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


def _add_reports(connection: Connection, new: Sequence[New], *, batch: int, collection: str | None) -> None:
    if not new:
        return
    unseen = [_original_row(one.page) for one in new if one.with_original]
    unnamed = [_source_row(one.page.source, batch) for one in new if one.with_source]
    if unseen:
        connection.execute(ADD_ORIGINAL, unseen)
    if unnamed:
        connection.execute(ADD_SOURCE, unnamed)
    connection.execute(ADD_REPORT, [_report_row(one.ready) for one in new])
    collected = (
        collect_new(connection, collection, [one.ready.report_id for one in new], batch=batch) if collection else []
    )
    rows, places = [], []
    for number, one in enumerate(new):
        ready = one.ready
        after = {"source": plain(ready.source.name), "sha256": ready.source.sha256}
        rows += [_digest_event(one.page, ready.report_id, batch)] if one.with_original else []
        rows.append(make_row(ACCESSION, report_id=ready.report_id, batch=batch, after=after))
        places.append(len(rows))
        rows.append(_extraction_event(ready, None, batch))
        rows += collected[number : number + 1]
    numbers = add_events(connection, rows)
    connection.execute(
        ADD_VERSION, [_version_row(one.ready, 1, numbers[place]) for one, place in zip(new, places, strict=True)]
    )
    add_tasks(connection, [one.ready for one in new])


def _original_row(page: Page) -> dict[str, object]:
    source = page.source
    return {
        "sha256": source.sha256,
        "bytes": len(page.content),
        "media_type": plain(source.media_type),
        "added": now(),
    }


def _digest_event(page: Page, report_id: str | None, batch: int) -> dict[str, object]:
    digest = {"algorithm": "sha256", "digest": page.source.sha256, "bytes": len(page.content)}
    return make_row(DIGEST, report_id=report_id, batch=batch, after=digest)


def _source_row(source: Source, batch: int) -> dict[str, object]:
    return {
        "sha256": source.sha256,
        "name": plain(source.name),
        "media_type": plain(source.media_type),
        "url": None if source.url is None else plain(source.url),
        "captured": None if source.captured is None else plain(source.captured),
        "batch": batch,
    }


def _report_row(ready: Ready) -> dict[str, object]:
    return {
        "id": ready.report_id,
        "sha256": ready.source.sha256,
        "part": ready.source.part,
        "version": 1,
        "record": ready.record,
        "outlet": ready.outlet,
        "earliest": ready.earliest,
        "latest": ready.latest,
    }


def _extraction_event(ready: Ready, known: Known | None, batch: int) -> dict[str, object]:
    number = 1 if known is None else known.version + 1
    return make_row(
        EXTRACTION,
        agent=f"{SOFTWARE}, rules {ready.rule_set}",
        report_id=ready.report_id,
        batch=batch,
        before=None if known is None else {"version": known.version, "rules": known.rule_set},
        after={"version": number, "rules": ready.rule_set},
    )


def _version_row(ready: Ready, number: int, event: int) -> dict[str, object]:
    return {
        "report_id": ready.report_id,
        "number": number,
        "rule_set": ready.rule_set,
        "digest": ready.digest,
        "record": ready.record,
        "blocks": ready.blocks,
        "evidence": ready.evidence,
        "event": event,
    }


def _add_version(connection: Connection, ready: Ready, *, known: Known, batch: int) -> bool:
    if known.digest == ready.digest:
        return False
    (event,) = add_events(connection, [_extraction_event(ready, known, batch)])
    connection.execute(ADD_VERSION, _version_row(ready, known.version + 1, event))
    return True
