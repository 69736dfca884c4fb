"""A description as the database takes it, worked out where the page was described, so that the one writer only writes.

Knows nothing of the database: a process that describes pages need not load it.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from archive.identifiers import make_report_id
from archive.likeness import Words
from archive.model import Description, Evidence, JudgedBlock, Report, Source
from archive.queues import Task, find_lines, find_tasks
from archive.record import evidence_from_json, evidence_to_json, report_from_json, report_to_json

# JSON is read back here, so its type is any.
Json = Any
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # a NUL, or half a character of a file name that was not UTF-8


@dataclass(frozen=True, slots=True)
class Ready:
    """What is stored of one description: the three texts of a version, its digest, and the columns that follow.

    `issues` are the codes of the report's issues, in order; `digest` covers the rule set and the three texts;
    `listing` is the rule by which the page is no report, as in a description. `marks` are what reprints of the report
    are found by, `tasks` what it has waiting at the desk, and `lines` the marks of its short lines.
    """

    report_id: str
    source: Source
    rule_set: str
    record: str
    blocks: str
    evidence: str
    digest: str
    outlet: str | None
    earliest: str | None
    latest: str | None
    issues: tuple[str, ...]
    listing: str | None = None
    marks: tuple[int, ...] = ()
    tasks: tuple[Task, ...] = ()
    lines: tuple[int, ...] = ()


def make_ready(description: Description) -> Ready:
    """Return the description ready to be stored."""
    report = description.report
    report_id = make_report_id(report.source.sha256, report.source.part)
    record = dump_report(report, report_id)
    blocks, evidence = dump_blocks(description.blocks), dump_evidence(description.evidence)
    return Ready(
        report_id=report_id,
        source=report.source,
        rule_set=description.rule_set,
        record=record,
        blocks=blocks,
        evidence=evidence,
        digest=_digest(description.rule_set, record, blocks, evidence),
        outlet=None if report.outlet is None else plain(report.outlet.key),
        earliest=report.published.earliest,
        latest=report.published.latest,
        issues=tuple(issue.code for issue in report.issues),
        listing=description.listing,
        marks=() if description.listing else Words(passage.text for passage in report.body).marks,
        tasks=tuple(find_tasks(report, description.evidence)),
        lines=find_lines(report),
    )


def with_source(ready: Ready, source: Source) -> Ready:
    """Return the same description under another name of its original."""
    report = replace(report_from_json(json.loads(ready.record)), source=source)
    record = dump_report(report, ready.report_id)
    digest = _digest(ready.rule_set, record, ready.blocks, ready.evidence)
    return replace(ready, source=source, record=record, digest=digest)


def with_report(ready: Ready, report: Report) -> Ready:
    """Return the same description with what the archive's other reports say of its date."""
    known = evidence_from_record(ready)
    whole = (*known, *(each for each in report.published.evidence if each not in known))
    record = dump_report(report, ready.report_id)
    evidence = dump_evidence(whole)
    return replace(
        ready,
        record=record,
        evidence=evidence,
        digest=_digest(ready.rule_set, record, ready.blocks, evidence),
        earliest=report.published.earliest,
        latest=report.published.latest,
        issues=tuple(issue.code for issue in report.issues),
        tasks=tuple(find_tasks(report, whole)),
    )


def evidence_from_record(ready: Ready) -> tuple[Evidence, ...]:
    """Return the evidence of a description that is ready to be stored."""
    return tuple(evidence_from_json(each) for each in json.loads(ready.evidence))


def plain(text: str) -> str:
    """Return text that any database can hold: NULs and broken characters are spelled out, as u+dce9."""
    return UNSTORABLE.sub(lambda match: f"[u+{ord(match[0]):04x}]", text)


def dump(value: Json) -> str:
    """Return JSON on one line; broken characters survive the way there and back."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Only broken characters need the long form, which would double the size of Arabic.
    return json.dumps(value, separators=(",", ":")) if UNSTORABLE.search(text) else text


def dump_report(report: Report, report_id: str) -> str:
    """Return the public record, stored as it is shown."""
    return dump(report_to_json(report, report_id))


def dump_blocks(blocks: Iterable[JudgedBlock]) -> str:
    """Return judged blocks as JSON rows; `runs` are left out, since the spans have been worked out by then."""
    return dump([_block_row(judged) for judged in blocks])


def dump_evidence(evidence: Iterable[Evidence]) -> str:
    """Return evidence as JSON."""
    return dump([evidence_to_json(each) for each in evidence])


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _block_row(judged: JudgedBlock) -> list[Json]:
    block = judged.block
    place = [block.text, block.span.start, block.span.end, block.tag, block.link_length, block.frame]
    return [*place, list(block.labels), judged.kept, judged.kind, judged.rule]
