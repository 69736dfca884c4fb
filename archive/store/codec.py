"""How values lie in the database: JSON written compactly, and text that any database can hold.

What a description is written as is archive/ready.py's; here it is read back.
"""

import json
from datetime import UTC, datetime

from archive.model import Block, Evidence, JudgedBlock, Report, Span
from archive.ready import Json, dump, dump_blocks, dump_evidence, dump_report, plain
from archive.record import evidence_from_json, report_from_json

__all__ = [
    "dump",
    "dump_blocks",
    "dump_evidence",
    "dump_report",
    "load",
    "load_blocks",
    "load_evidence",
    "load_report",
    "now",
    "plain",
]


def now() -> str:
    """Return this moment, UTC, as ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load(text: str | None) -> Json:
    """Return what `dump` wrote; None for nothing."""
    return None if text is None else json.loads(text)


def load_report(text: str) -> Report:
    """Return the report of a stored record; KeyError, TypeError or ValueError when it is damaged."""
    return report_from_json(json.loads(text))


def load_blocks(text: str) -> tuple[JudgedBlock, ...]:
    """Return the blocks `dump_blocks` wrote, without their runs."""
    return tuple(_read_block(row) for row in json.loads(text))


def load_evidence(text: str) -> tuple[Evidence, ...]:
    """Return the evidence `dump_evidence` wrote."""
    return tuple(evidence_from_json(each) for each in json.loads(text))


def _read_block(row: list[Json]) -> JudgedBlock:
    text, start, end, tag, link_length, frame, labels, kept, kind, rule = row
    span = Span(start, end)
    block = Block(text, span, tag=tag, link_length=link_length, frame=frame, labels=tuple(labels))
    return JudgedBlock(block, kept=kept, kind=kind, rule=rule)
