"""A row of a table as a page: its text or HTML is the page, the other columns are what the table states of it."""

import re
from collections.abc import Mapping

from archive.errors import BadRow
from archive.model import Page, Span, Stated, Stretch
from archive.sources.decoding import Decoded, build_page
from archive.sources.kinds import HTML, TEXT
from archive.sources.saved import read_moment, read_note

# What a row says of where the page came from goes into its source; the rest is stated of the report.
STATED = ("id", "title", "byline", "date", "outlet", "place", "dateline", "media_id", "section", "language")
BROKEN = re.compile("[\ud800-\udfff]")  # bytes that were not valid, or half a character of JSON
LOOKS_LIKE_MARKUP = re.compile(r"(?i)^\s*<(?:!doctype|html|head|body|div|p|article|section|h1|table)\b|</p>|<br\s*/?>")
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
LONGEST_NAME = 200
LONGEST_STATED = 2_000

Row = Mapping[str, tuple[str, str]]  # field: (column, value)


def make_row_page(name: str, content: bytes, media_type: str, row: Row, encoding: str = "utf-8") -> Page:
    """Return the page of one row; `content` is the row's own bytes. Raises BadRow and EmptyPage."""
    row = {field: pair for field, pair in row.items() if pair[1].strip()}
    column, text = row.get("html") or row.get("text") or ("", "")
    if not text:
        raise BadRow("the row holds no text", "name the column that does with --map text=COLUMN or --map html=COLUMN")
    whole = BROKEN.sub("\N{REPLACEMENT CHARACTER}", text)
    markup = "html" in row or LOOKS_LIKE_MARKUP.search(whole) is not None
    noted = read_note(whole) if markup else (None, None)
    # Where the row gives the headline apart, its text is the report and nothing else.
    known = not markup and "title" in row
    return build_page(
        name,
        content,
        media_type,
        Decoded(whole, encoding, damaged=whole != text),
        url=_value(row, "url") or noted[0],
        captured=_read_captured(_value(row, "captured")) or noted[1],
        reads_as=HTML if markup else TEXT,
        stated=tuple(
            Stated(field, _value(row, field) or "", f"row/{row[field][0]}") for field in STATED if field in row
        ),
        stretches=(Stretch(Span(0, len(whole)), "paragraph", f"row/{column}"),) if known else (),
    )


def name_row(container: str, row: Row, place: str) -> str:
    """Return the name of a row: the table's name with the row's id or, without one, its place in the table."""
    said = _value(row, "id") or place
    return f"{container}/{said[:LONGEST_NAME]}"


def _value(row: Row, field: str) -> str | None:
    if field not in row:
        return None
    return " ".join(BROKEN.sub("\N{REPLACEMENT CHARACTER}", row[field][1]).split())[:LONGEST_STATED]


def _read_captured(text: str | None) -> str | None:
    return text if text is not None and DAY.match(text) else read_moment(text or "")
