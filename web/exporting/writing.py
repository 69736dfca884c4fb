"""An export put together: the file alone, the file in a ZIP with its sheet, or every text with a table."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from web.exporting.entries import Entry, Tally
from web.exporting.formats import Format, text_name, text_of
from web.exporting.sheet import SHEET_NAME
from web.exporting.tables import write_heading, write_row
from web.exporting.zips import Member, stream_zip

IN_MEMORY = 4_000_000  # bytes of the table of a ZIP of texts that wait in memory; more wait in a file

WriteSheet = Callable[[Tally], str]


def write_plain(form: Format, entries: Iterable[Entry], *, comments: bool) -> Iterator[bytes]:
    """Yield the file alone."""
    return (piece.encode("utf-8", "replace") for piece in form.write(entries, comments))


def write_bundle(
    form: Format, entries: Iterable[Entry], tally: Tally, sheet: WriteSheet, *, when: datetime, comments: bool
) -> Iterator[bytes]:
    """Yield a ZIP with the file and, written last so that its counts are right, the sheet."""
    return stream_zip([(form.file, form.write(entries, comments))], when, lambda: (SHEET_NAME, [sheet(tally)]))


def write_texts(entries: Iterable[Entry], tally: Tally, sheet: WriteSheet, *, when: datetime) -> Iterator[bytes]:
    """Yield a ZIP with one text file for each report, metadata.csv that names them, and the sheet.

    The table waits until all texts are written, in a file of its own once it is large.
    """
    with tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", errors="replace", newline="") as table:

        def write_members() -> Iterator[Member]:
            table.write(write_heading("file"))
            for entry in entries:
                name = text_name(entry)
                table.write(write_row(entry, name))
                yield name, [text_of(entry)]
            table.seek(0)
            yield "metadata.csv", table

        yield from stream_zip(write_members(), when, lambda: (SHEET_NAME, [sheet(tally)]))
