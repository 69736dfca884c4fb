"""How values lie in the database: JSON written compactly, and text that any database can hold."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from archive.model import Block, Evidence, JudgedBlock, Report, Span
from archive.record import evidence_from_json, evidence_to_json, report_from_json, report_to_json

# JSON is read back here, so its type is any.
Json = Any
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # a NUL, or half a character of a file name that was not UTF-8


def now() -> str:
    """Return this moment, UTC, as ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(text: str) -> str:
    """Return text that any database can hold: NULs and broken characters are spelled out, as u+dce9."""
    return UNSTORABLE.sub(lambda match: f"[u+{ord(match[0]):04x}]", text)


def dump(value: Json) -> str:
    """Return JSON on one line; broken characters survive the way there and back."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Only broken characters need the long form, which would double the size of Arabic.
    return json.dumps(value, separators=(",", ":")) if UNSTORABLE.search(text) else text


def load(text: str | None) -> Json:
    """Return what `dump` wrote; None for nothing."""
    return None if text is None else json.loads(text)


def dump_report(report: Report, report_id: str) -> str:
    """Return the public record, stored as it is shown."""
    return dump(report_to_json(report, report_id))


def load_report(text: str) -> Report:
    """Return the report of a stored record; KeyError, TypeError or ValueError when it is damaged."""
    return report_from_json(json.loads(text))


def dump_blocks(blocks: Iterable[JudgedBlock]) -> str:
    """Return judged blocks as JSON rows; `runs` are left out, since the spans have been worked out by then."""
    return dump([_block_row(judged) for judged in blocks])


def load_blocks(text: str) -> tuple[JudgedBlock, ...]:
    """Return the blocks `dump_blocks` wrote, without their runs."""
    return tuple(_read_block(row) for row in json.loads(text))


def dump_evidence(evidence: Iterable[Evidence]) -> str:
    """Return evidence as JSON."""
    return dump([evidence_to_json(each) for each in evidence])


def load_evidence(text: str) -> tuple[Evidence, ...]:
    """Return the evidence `dump_evidence` wrote."""
    return tuple(evidence_from_json(each) for each in json.loads(text))


def _block_row(judged: JudgedBlock) -> list[Json]:
    block = judged.block
    place = [block.text, block.span.start, block.span.end, block.tag, block.link_length, block.frame]
    return [*place, list(block.labels), judged.kept, judged.kind, judged.rule]


def _read_block(row: list[Json]) -> JudgedBlock:
    text, start, end, tag, link_length, frame, labels, kept, kind, rule = row
    span = Span(start, end)
    block = Block(text, span, tag=tag, link_length=link_length, frame=frame, labels=tuple(labels))
    return JudgedBlock(block, kept=kept, kind=kind, rule=rule)
