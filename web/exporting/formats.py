"""The forms an export can have, each written report by report, so that a result of any size passes through."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer import report_to_json
from web.exporting.entries import Entry
from web.exporting.tables import write_csv
from web.references import csl, ris
from web.references.biblatex import MEDIA_TYPE as BIBLATEX
from web.references.biblatex import write_biblatex
from web.references.plain import body_text

NOT_IN_A_NAME = re.compile(r"[^0-9a-z]+")  # what an outlet's key may have and a file's name should not
LONGEST_PART = 40


@dataclass(frozen=True, slots=True)
class Format:
    """One form of export: what readers call it, its file, what it is good for, and how it is written."""

    key: str
    name: str
    file: str
    media_type: str
    use: str
    write: Callable[[Iterable[Entry], bool], Iterator[str]]


def write_jsonl(entries: Iterable[Entry], comments: bool) -> Iterator[str]:  # noqa: FBT001  one of the formats' shape
    """Yield the public record of each report on a line; readers' comments only when they are asked for."""
    for entry in entries:
        record = report_to_json(entry.stored.report, entry.stored.id)
        yield json.dumps(record if comments else record | {"comments": []}, ensure_ascii=False) + "\n"


def write_csl_list(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one CSL-JSON array, an item on a line."""
    opening = "[\n"
    for entry in entries:
        yield opening + json.dumps(csl.write_csl(entry.reference), ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def text_name(entry: Entry) -> str:
    """Return the file name of one report's text: its day or `undated`, its outlet, its id."""
    when = entry.stored.report.published.earliest or "undated"
    outlet = entry.stored.report.outlet.key if entry.stored.report.outlet else "unknown"
    plain = NOT_IN_A_NAME.sub("-", outlet.casefold()).strip("-")[:LONGEST_PART] or "unknown"
    return f"texts/{NOT_IN_A_NAME.sub('-', when)}_{plain}_{entry.stored.id}.txt"


def text_of(entry: Entry) -> str:
    """Return the report's title and own words, as programs that count words want them."""
    title = entry.stored.report.title.value if entry.stored.report.title else ""
    return "\n\n".join(part for part in (title, body_text(entry.stored)) if part) + "\n"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.key: made
        for made in (
            Format("csv", "CSV", "reports.csv", "text/csv; charset=utf-8",
                   "one row for each report, for spreadsheets and statistics", lambda entries, _: write_csv(entries)),
            Format("jsonl", "JSONL", "reports.jsonl", "application/jsonl; charset=utf-8",
                   "the whole record of each report with its text, for programs", write_jsonl),
            Format("ris", "RIS", "reports.ris", ris.MEDIA_TYPE, "references for Zotero, EndNote, Citavi",
                   lambda entries, _: (ris.write_ris(entry.reference) for entry in entries)),
            Format("csl", "CSL-JSON", "reports.json", csl.MEDIA_TYPE, "references for Zotero and pandoc",
                   lambda entries, _: write_csl_list(entries)),
            Format("bib", "biblatex", "reports.bib", BIBLATEX, "references for LaTeX",
                   lambda entries, _: (write_biblatex(entry.reference) for entry in entries)),
        )
    }
)  # fmt: skip
TEXTS = "texts"
TEXTS_USE = "every report as a text file with a table of metadata, for Voyant and AntConc"
