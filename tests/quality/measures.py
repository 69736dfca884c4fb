"""What is measured on each corpus: how often a report is what people wrote down as right.

The gold files are read here and only here; the program never sees them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from archive.description.authors import split_authors
from archive.model import Given, Page, Report
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import read
from benchmarks import bodies, fields
from benchmarks.held_out import Table
from tests.quality.gate import SHARED, Measures

LIMIT = 10_000_000
SEEDS = SHARED / "seeds"
# The one seed whose text does not say which outlet it is from: the import must.
UNNAMED = "islamicinvitationturkey"
Gold = Mapping[str, Any]


def read_gold(file: Path) -> dict[str, Gold]:
    """Return the gold entries of a corpus by id."""
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {entry["id"]: entry for entry in entries}


def read_pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a corpus, all of which must be readable."""
    for item in read([path], limit=LIMIT):
        assert isinstance(item, Page), f"{path}: {item}"
        yield item


def describe(page: Page, outlet: str | None = None) -> Report:
    """Return the report that the shipped rules make of a page."""
    return describe_page(page, load_rule_set(), Given(outlet=outlet)).report


def fold(texts: list[str]) -> list[str]:
    """Return texts as blocks have them, white space folded; a line of no-break spaces stays as it is."""
    return [" ".join(text.split()) or text for text in texts]


SEED_FIELDS: Mapping[str, tuple[Callable[[Report], object], Callable[[Gold], object]]] = {
    "title": (lambda r: r.title and r.title.value, lambda g: g["title"]),
    "title as printed": (lambda r: r.title and r.title.printed, lambda g: g.get("title_raw", g["title"])),
    "byline": (lambda r: r.byline and r.byline.value, lambda g: g["byline"]),
    "authors": (lambda r: list(r.byline.authors) if r.byline else [], lambda g: g["authors"]),
    "byline's place": (lambda r: r.byline and r.byline.place, lambda g: g["byline_location"]),
    "dateline's place": (lambda r: r.dateline and r.dateline.place, lambda g: g["dateline_location"]),
    "Media ID": (lambda r: r.media_id and r.media_id.value, lambda g: g["media_id"]),
    "section": (
        lambda r: list(r.section),
        lambda g: [label for line in g["section_lines"] for label in line.get("split", [line["text"]])],
    ),
    "captions": (
        lambda r: [(c.text, c.credit) for c in r.captions],
        lambda g: [(c["text"], c["credit"]) for c in g["captions"]],
    ),
    "body": (lambda r: [p.text for p in r.body], lambda g: fold(g["body"])),
    "subheads": (
        lambda r: [p.text for p in r.body if p.kind == "subhead"],
        lambda g: [line["text"] for line in g["subheadings"]],
    ),
    "comments": (lambda r: [c.text for c in r.comments], lambda g: [c["text"] for c in g["comments"]]),
    "comments declared": (lambda r: r.comments_declared, lambda g: g.get("comment_count_declared")),
    "publication date": (
        lambda r: r.published.edtf if r.published.basis == "stated" else None,
        lambda g: g["publication_date"],
    ),
}


@cache
def seed_names() -> tuple[str, ...]:
    """Return the names of the seeds; none when the corpora are not here."""
    return tuple(sorted(file.name.removesuffix(".gold.json") for file in SEEDS.glob("*.gold.json")))


def seed_gold(name: str) -> Gold:
    """Return what people wrote down about a seed."""
    gold: Gold = json.loads((SEEDS / f"{name}.gold.json").read_text(encoding="utf-8"))
    return gold


def seed_report(name: str, outlet: str | None = None) -> Report:
    """Return the report of a seed."""
    (page,) = read_pages(SEEDS / f"{name}.txt")
    return describe(page, outlet)


def seed_differences(name: str, outlet: str | None = None) -> list[str]:
    """Return the fields of a seed's report that are not as the gold file has them."""
    report, gold = seed_report(name, outlet), seed_gold(name)
    wrong = [key for key, (found, wanted) in SEED_FIELDS.items() if found(report) != wanted(gold)]
    aside = [block.text for block in report.set_aside]
    return wrong + [f"not set aside: {line['text']}" for line in gold["boilerplate"] if line["text"] not in aside]


def measure_seeds() -> Measures:
    """Return how many seeds are right in every field, and how many outlets are named or rightly left unset."""
    exact = sum(not seed_differences(name) for name in seed_names())
    outlets = 0
    for name in seed_names():
        outlet, key = seed_report(name).outlet, seed_gold(name)["outlet_key"]
        outlets += (outlet.key if outlet else None) == (None if key == UNNAMED else key)
    return {"pages exactly right": exact, "outlets right": outlets}


def measure_muc3() -> Measures:
    """Return how many of the 1,300 dispatches have the date, place and source that analysts coded."""
    folder = SHARED / "corpora" / "muc3"
    gold = read_gold(folder / "muc3-dev.gold.jsonl")
    right: Counter[str] = Counter()
    for page in read_pages(folder / "muc3-dev.zip"):
        report, wanted = describe(page), gold[Path(page.source.name).stem]
        line = report.dateline
        dated, edtf = wanted["date"] is not None, report.published.edtf
        right["dates right"] += dated and edtf == wanted["date"]
        right["dates rightly unknown"] += not dated and edtf is None
        right["dateline places right"] += (line.place if line else None) == wanted["dateline_place"]
        right["sources right"] += wanted["source"] is not None and (line.source if line else None) == wanted["source"]
    return dict(right)


def measure_outlet_lines() -> Measures:
    """Return how many made-up pages in the outlets' layouts come out exactly: as a whole, and in each field."""
    folder = SHARED / "corpora" / "text"
    gold = read_gold(folder / "outlet-lines-dev.gold.jsonl")
    right: Counter[str] = Counter()
    for page in read_pages(folder / "outlet-lines-dev.zip"):
        wanted = gold[Path(page.source.name).stem]
        report = describe(page, wanted["outlet_key"])
        pairs = line_fields(report, wanted)
        right["pages exactly right"] += all(found == exact for found, exact in pairs.values())
        for key, (found, exact) in pairs.items():
            right[f"{key} exact"] += found == exact
        body = {passage.text for passage in report.body}
        right["bodies without comments"] += not body & set(fold(wanted.get("comments", [])))
    return dict(right)


def line_fields(report: Report, wanted: Gold) -> Mapping[str, tuple[object, object]]:
    """Return each field of a made-up page as found and as its gold has it; where the gold is silent, all is right."""
    place, section = report.dateline and report.dateline.place, list(report.section)
    return {
        "titles": (report.title and report.title.value, wanted["title"]),
        "bylines": (report.byline and report.byline.value, wanted["byline"]),
        "authors": (
            list(report.byline.authors) if report.byline else [],
            [name for text in wanted["authors"] for name in split_authors(text)],  # the gold keeps them as one text
        ),
        "bylines' places": (report.byline and report.byline.place, wanted.get("byline_location")),
        "Media IDs": (report.media_id and report.media_id.value, wanted["media_id"]),
        "datelines": (place, wanted.get("dateline", place)),
        "dates": (report.published.edtf, wanted.get("date")),
        "sections": (section, wanted.get("section", section)),
        "captions": (
            [bare_caption(f"{one.text} {one.credit or ''}") for one in report.captions],
            [bare_caption(text) for text in wanted["captions"]],
        ),
        "comments": ([one.text for one in report.comments], fold(wanted.get("comments", []))),
        "bodies": ([passage.text for passage in report.body], fold(wanted["body"])),
    }


def bare_caption(text: str) -> str:
    """Return a caption and its credit without the marks that part them."""
    return " ".join(re.sub(r"[()\[\]]", " ", text).split())


SHARES = ("body F1", "authors F1", "authors F1, persons", "stated", "caption precision", "caption precision, all")
COUNTS = ("title", "date", "captions", "comments")
# Where a rule of benchmarks/fields.py counts what is wrong, its counterpart counts the cases without it.
WITHOUT: Mapping[str, str] = {
    "false authors": "pages without author left so",
    "stated on undated": "undated pages left so",
    "captions in body": "captions kept out of the body",
    "comments in body": "comments kept out of the body",
}


def measure_set(name: str, table: Table = "out_of_fold") -> Measures:
    """Return the figures of a set of pages of unknown outlets, as benchmarks/fields.py measures them."""
    score = fields.measure(name, table)
    found: dict[str, int] = {}
    for rule in fields.RULES:
        measured = score.bodies if rule == "body F1" else score.total[rule] or score.total[f"{rule} wanted"]
        if measured and rule in SHARES:
            found[f"{rule}, of 10,000"] = int(10_000 * score.share(rule))
        if measured and rule in WITHOUT:
            found[WITHOUT[rule]] = score.total[rule] - score.right[rule]
        if measured and (rule in COUNTS or rule == "stated"):
            found[f"{rule} right"] = score.right[rule]
    return found


def measure_left_out() -> Measures:
    """Return body F1 of each labelled set by a model that has seen neither the set nor any of its sites."""
    return {f"{one}, of 10,000": int(10_000 * fields.measure_bodies(one, "set_left_out")) for one in bodies.LABELLED}


MEASURES: Mapping[str, Callable[[], Measures]] = {
    "seeds": measure_seeds,
    "muc3": measure_muc3,
    "outlet-lines": measure_outlet_lines,
    **{name: partial(measure_set, name) for name in fields.SETS},
    "sets-left-out": measure_left_out,
}
