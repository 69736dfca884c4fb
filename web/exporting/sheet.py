"""The provenance sheet of an export: what was asked, how it was understood, of which state, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill

from web.exporting.entries import Tally
from web.words import count

SHEET_NAME = "PROVENANCE.txt"
WIDTH = 100
LACKING = {
    "date": "no date",
    "outlet": "no known outlet",
    "title": "no title (the one given is made of their opening words, in square brackets)",
    "byline": "no byline",
    "place": "no place",
    "text": "no text of their own",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a sheet tells of the question: label and sentence, in order."""

    archive: str
    file: str
    written: datetime
    program: str
    found: int
    state: str
    lines: Sequence[tuple[str, str]]
    comments: bool = False


def write_sheet(told: Told, tally: Tally) -> str:
    """Return the sheet of an export that has been written."""
    heading = f"{told.archive}: where this export comes from"
    facts = [
        ("File", told.file),
        ("Written", f"{told.written:%Y-%m-%d %H:%M} UTC by {told.program}"),
        *told.lines,
        ("State", told.state),
        ("Reports", _counts(told, tally)),
    ]
    lines = [heading, "=" * len(heading), ""]
    lines += [fill(f"{label + ':':<14}{value}", WIDTH, subsequent_indent=" " * 14) for label, value in facts]
    lines += ["", "What is missing", "---------------", *_missing(told, tally)]
    lines += ["", "How to read it", "--------------", *(fill(line, WIDTH, subsequent_indent="  ") for line in READING)]
    return "\n".join(lines) + "\n"


READING = (
    (
        "- Dates are in EDTF (ISO 8601-2): [2016-11-03..2016-11-04] is one of these days, 2016-11~ about that month. "
        "earliest and latest bound each date; date_basis says whether the page states it (stated), it was inferred "
        "(inferred) or is not known (unknown). Nothing is more precise than its evidence."
    ),
    "- Names stand as printed. Places are those a program found in the text; main_places are those a report is about.",
    "- In CSV, an apostrophe stands before a cell that a spreadsheet would take for a formula.",
    "- Each ark is a permanent name; sha256 is the digest of the untouched original.",
)


def _counts(told: Told, tally: Tally) -> str:
    said = f"{told.found:,} found, {tally.written:,} written"
    if tally.written == told.found:
        return f"{said}; complete"
    return f"{said}; {count(told.found - tally.written, 'report')} taken out of the archive meanwhile"


def _missing(told: Told, tally: Tally) -> list[str]:
    lines = [f"- {count(number, 'report')} with {LACKING[name]}" for name, number in tally.lacking.items() if number]
    if tally.comments and not told.comments:
        lines.append(
            f"- {count(tally.comments, 'reader’s comment', 'readers’ comments')}, left out since not asked for"
        )
    return [fill(line, WIDTH, subsequent_indent="  ") for line in lines] or ["- nothing that the archive knows of"]
