"""JSON Lines: each line a record, each record a page."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from archive.errors import BadRow, EmptyPage, OversizedPage, SourceError
from archive.model import Page
from archive.sources.columns import Columns
from archive.sources.decoding import decode
from archive.sources.entries import CHUNK, Entry
from archive.sources.items import Item, Reading, Refused
from archive.sources.kinds import JSON, read_parameters, with_parameters
from archive.sources.rows import Row, make_row_page, name_row

# What a value that is an object is called by: {"name": "Jane Roe"}.
CALLED = ("name", "title", "text", "value", "$t")


def read_jsonl(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield a page for each record; a line that is no record is refused, and the lines after it are read."""
    with entry.open() as stream:
        for number, line in _lines(stream, reading.limit):
            place = f"line {number}"
            if line is None:
                yield Refused(f"{entry.name}/{place}", OversizedPage(reading.limit + 1, reading.limit), None)
            elif line.strip():
                yield _make(entry.name, place, line, reading.columns)


def reopen_row(name: str, content: bytes, media_type: str) -> Page:
    """Return the page of a record's own bytes, read with the columns its media type names."""
    fields = dict(_split_pair(pair) for pair in read_parameters(media_type)[1].get("fields", "").split(",") if pair)
    return make_row_page(name, content, media_type, _row(_record(content), fields))


def _make(container: str, place: str, line: bytes, columns: Columns) -> Page | Refused:
    name = f"{container}/{place}"
    try:
        record = _record(line)
        fields = columns.find(record)
        row = _row(record, fields)
        name = name_row(container, row, place)
        used = ",".join(f"{field}:{quote(row[field][0], safe='')}" for field in fields if field in row)
        return make_row_page(name, line, with_parameters(JSON, fields=used), row)
    except (BadRow, EmptyPage) as error:
        return Refused(name, error, line)
    except SourceError as error:
        return Refused(name, error, None)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number and without its end; None for a line longer than a page may be."""
    for number, line in enumerate(iter(partial(stream.readline, limit + 2), b""), start=1):
        if len(line.rstrip(b"\r\n")) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(CHUNK)  # noqa: PLW2901 - the rest of the same line
            yield number, None
        else:
            yield number, line.rstrip(b"\r\n")


def _record(line: bytes) -> Mapping[str, Any]:
    text = decode(line).text.lstrip("\ufeff")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadRow(f"the line is not JSON ({str(problem)[:100]})") from problem
    if not isinstance(record, dict):
        raise BadRow("the line holds JSON that is no record ({…})")
    return record


def _row(record: Mapping[str, Any], fields: Mapping[str, str]) -> Row:
    found = {field: (column, _to_text(_follow(record, column))) for field, column in fields.items()}
    return {field: pair for field, pair in found.items() if pair[1]}


def _follow(record: Mapping[str, Any], column: str) -> object:
    """Return a value by its column or, where no column has the name, by its path: `source.name`."""
    if column in record:
        return record[column]
    value: object = record
    for step in column.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _to_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, map(_to_text, value)))
    if isinstance(value, dict):
        return next((_to_text(value[key]) for key in CALLED if isinstance(value.get(key), str)), "")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _split_pair(pair: str) -> tuple[str, str]:
    field, _, column = pair.partition(":")
    return field, unquote(column)
