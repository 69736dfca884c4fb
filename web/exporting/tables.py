"""A result as a table that spreadsheets open without harm."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from web.exporting.entries import Entry

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as something else
# What spreadsheets take for a formula, in the wide forms of East Asian fonts too.
FORMULA_SIGNS = tuple("=+-@|%\t\r\n＝＋－＠")
SEPARATOR = "; "
LONGEST_CELL = 32_767  # what Excel holds in one cell

COLUMNS: tuple[tuple[str, Callable[[Entry], object]], ...] = (
    ("id", lambda entry: entry.stored.id),
    ("ark", lambda entry: entry.reference.ark),
    ("address", lambda entry: entry.reference.address),
    ("title", lambda entry: entry.reference.title),
    ("title_supplied", lambda entry: "yes" if entry.reference.supplied else "no"),
    ("byline", lambda entry: entry.stored.report.byline.value if entry.stored.report.byline else None),
    ("authors", lambda entry: SEPARATOR.join(author.straight for author in entry.reference.authors)),
    ("outlet", lambda entry: entry.reference.outlet),
    ("outlet_key", lambda entry: entry.stored.report.outlet.key if entry.stored.report.outlet else None),
    ("published", lambda entry: entry.stored.report.published.edtf),
    ("earliest", lambda entry: entry.stored.report.published.earliest),
    ("latest", lambda entry: entry.stored.report.published.latest),
    ("date_basis", lambda entry: entry.stored.report.published.basis),
    ("dateline", lambda entry: entry.stored.report.dateline.value if entry.stored.report.dateline else None),
    ("media_id", lambda entry: entry.reference.media_id),
    ("section", lambda entry: SEPARATOR.join(entry.stored.report.section)),
    ("language", lambda entry: entry.stored.report.language),
    ("places", lambda entry: SEPARATOR.join(place.name for place in entry.stored.report.places)),
    ("place_ids", lambda entry: SEPARATOR.join(place.id for place in entry.stored.report.places)),
    ("main_places", lambda entry: SEPARATOR.join(p.name for p in entry.stored.report.places if p.role == "main")),
    ("names_used", lambda entry: SEPARATOR.join(name.printed for name in entry.stored.report.names)),
    ("collections", lambda entry: SEPARATOR.join(entry.stored.collections)),
    ("tags", lambda entry: SEPARATOR.join(entry.stored.report.tags)),
    ("words", lambda entry: sum(len(passage.text.split()) for passage in entry.stored.report.body)),
    ("comments", lambda entry: len(entry.stored.report.comments)),
    ("corrected_fields", lambda entry: SEPARATOR.join(entry.stored.corrected)),
    ("source_name", lambda entry: entry.stored.report.source.label),
    ("source_url", lambda entry: entry.stored.report.source.url),
    ("sha256", lambda entry: entry.stored.report.source.sha256),
)


def write_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a table with one row for each report, in UTF-8 with a byte order mark, as RFC 4180 has it."""
    yield write_heading()
    for entry in entries:
        yield write_row(entry)


def write_heading(*more: str) -> str:
    """Return the first line of the table; `more` are columns of the caller's own, at the end."""
    return BYTE_ORDER_MARK + _line([*(name for name, _ in COLUMNS), *more])


def write_row(entry: Entry, *more: str) -> str:
    """Return one report's line of the table."""
    return _line([*(disarm(read(entry)) for _, read in COLUMNS), *map(disarm, more)])


def disarm(value: object) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe stands before what would be a formula."""
    if value is None:
        return ""
    text = str(value).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if text.lstrip(" \u00a0").startswith(FORMULA_SIGNS):
        text = f"'{text}"
    return text[:LONGEST_CELL]


def write_cells(cells: Iterable[object]) -> str:
    """Return one line of a table of the caller's own; no spreadsheet runs what is in it."""
    return _line([disarm(cell) for cell in cells])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
