"""CSV and TSV: each record a page, kept with exactly its own bytes."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import quote, unquote

from archive.errors import BadRow, EmptyPage, OversizedPage, SourceError
from archive.model import Page
from archive.sources.decoding import BYTE_ORDER_MARKS, decode
from archive.sources.entries import Entry
from archive.sources.items import Item, Reading, Refused
from archive.sources.kinds import CSV, read_parameters, with_parameters
from archive.sources.rows import Row, make_row_page, name_row

SAMPLE = 1_000_000
DELIMITERS = (",", ";", "\t", "|")
TAB_SUFFIXES = frozenset({".tsv", ".tab"})
MOST_COLUMNS = 2_000
UTF8 = "utf-8"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table's records are read: the encoding, what stands between cells, and which cell holds which field."""

    encoding: str
    delimiter: str
    fields: Mapping[str, tuple[int, str]]  # field: (number of the cell, column)

    def row(self, cells: Sequence[str]) -> Row:
        """Return a record's values by field."""
        return {field: (column, cells[at]) for field, (at, column) in self.fields.items() if at < len(cells)}

    def media_type(self) -> str:
        """Return the media type under which one record can be read again by itself."""
        used = ",".join(f"{field}:{at}:{quote(column, safe='')}" for field, (at, column) in self.fields.items())
        charset = None if self.encoding == UTF8 else self.encoding
        return with_parameters(CSV, charset=charset, delimiter=self.delimiter, fields=used)


@dataclass(slots=True)
class Records:
    """A table's lines for the csv module, one record at a time, remembering the record's own bytes.

    A missing quotation mark would make one record of the rest of the file: `limit` stops it.
    """

    stream: io.TextIOWrapper
    limit: int
    taken: list[str] = field(default_factory=list)
    size: int = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(self.limit + 1):
            self.size += len(line)
            if self.size > self.limit:
                raise OversizedPage(self.size, self.limit)
            self.taken.append(line)
            yield line

    def take(self) -> str:
        """Return the lines of the record just read, and begin the next."""
        text = "".join(self.taken)
        self.taken.clear()
        self.size = 0
        return text


def read_table(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield a page for each record; a record that is none is refused, and the records after it are read."""
    with entry.open() as stream:
        sample = stream.read(SAMPLE)
    encoding, skip = _tell_encoding(sample)
    csv.field_size_limit(max(csv.field_size_limit(), reading.limit + 1))  # one for the whole program
    with entry.open() as stream:
        stream.read(skip)
        lines = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
        yield from _read_records(entry, lines, encoding, reading)


def reopen_row(name: str, content: bytes, media_type: str) -> Page:
    """Return the page of a record's own bytes, read as its media type says."""
    stated = read_parameters(media_type)[1]
    encoding = codecs.lookup(stated.get("charset", UTF8)).name
    fields = {}
    for one in filter(None, stated.get("fields", "").split(",")):
        field_name, at, column = one.split(":", 2)
        fields[field_name] = (int(at), unquote(column))
    layout = Layout(encoding, stated.get("delimiter", ","), fields)
    text = content.decode(encoding, "surrogateescape")
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter), [])
    return make_row_page(name, content, media_type, layout.row(cells), encoding)


def _read_records(entry: Entry, lines: io.TextIOWrapper, encoding: str, reading: Reading) -> Iterator[Item]:
    records = Records(lines, reading.limit)
    first = lines.readline(reading.limit)
    delimiter = "\t" if entry.suffix in TAB_SUFFIXES else max(DELIMITERS, key=first.count)
    cells = csv.reader(chain([first], records), delimiter=delimiter)
    columns = next(cells, [])
    layout = Layout(encoding, delimiter, _find_fields(columns, reading))
    records.take()
    number = 0
    while True:
        number += 1
        try:
            record = next(cells, None)
        except (csv.Error, OversizedPage) as problem:
            said = f"no record ends where row {number} should ({problem}); the rows after it were not read"
            error = BadRow(said, "look for a quotation mark without its partner")
            yield Refused(f"{entry.name}/row {number}", error, None)
            return
        if record is None:
            return
        lines_read = records.take()
        # A line end inside the last cell, where its quotation mark is missing, is the cell's.
        whole = lines_read if record and record[-1].endswith(("\r", "\n")) else lines_read.rstrip("\r\n")
        content = whole.encode(encoding, "surrogateescape")
        if any(cell.strip() for cell in record):
            yield _make(entry.name, number, content, record, expected=len(columns), layout=layout)


def _make(
    container: str, number: int, content: bytes, cells: Sequence[str], *, expected: int, layout: Layout
) -> Page | Refused:
    row = layout.row(cells)
    name = name_row(container, row, f"row {number}")
    if len(cells) > expected:
        return Refused(name, BadRow(f"the row has {len(cells)} cells and the table {expected} columns"), content)
    try:
        return make_row_page(name, content, layout.media_type(), row, layout.encoding)
    except (BadRow, EmptyPage) as error:
        return Refused(name, error, content)
    except SourceError as error:
        return Refused(name, error, None)


def _find_fields(columns: Sequence[str], reading: Reading) -> Mapping[str, tuple[int, str]]:
    if len(columns) > MOST_COLUMNS:
        raise BadRow(f"the table has {len(columns):,} columns, more than {MOST_COLUMNS:,}")
    names = [column.strip() for column in columns]
    shown = ", ".join(names[:30])
    found = reading.columns.find(names)
    missing = next((column for column in found.values() if column not in names), None)
    if missing is not None:
        raise BadRow(f"the table has no column '{missing}'; it has: {shown}", "correct --map")
    if "text" not in found and "html" not in found:
        raise BadRow(f"no column is known to hold the text; the columns are: {shown}", "name it with --map text=COLUMN")
    return {field: (names.index(column), column) for field, column in found.items()}


def _tell_encoding(sample: bytes) -> tuple[str, int]:
    """Return the encoding of a table, and how many bytes of byte order mark it begins with."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            ordered = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: UTF8}
            return ordered.get(mark, encoding), len(mark)
    whole = sample[: sample.rfind(b"\n") + 1] or sample  # so that no character is cut in two
    return decode(whole).encoding, 0
