"""Dates: expressions read, dispatches dated, intervals that hold the truth, and how long it takes.

Run: python benchmarks/dates.py. The sets are in ../shared; one that is not there is named and left out.

How each figure is scored:

- expressions: 62 expressions with the day they were written from. Right: the first and the last day are both those of
  the gold, or nothing is read where the gold has nothing. Inside: other days, within the gold. Invented: a date is
  read where the gold has none.
- dateline: MUC-3 with every Dublin Core line taken out of the page. Right: the publication date is the gold's day.
- incidents: the coded dates of MUC-3 incidents, each coding with a readable day once. Found: some date mentioned, or
  the day of publication, holds the coded day and is no wider than a week; for a coded stretch, overlaps it and is no
  wider than a week or the stretch itself. `- 21 MAY 90` (on or before) is scored as its day. Where a coding offers
  alternatives, one of them is enough. Days that no calendar has are left out.
- intervals: pages with a known day, all that the page itself states left unread (no metadata, no date line, no
  dateline), so that only inference is measured. Holds: the gold day lies in the interval given. Once as the pages are,
  and once with a made-up day of capture, 1 to 300 days after the gold, so that both ends are tried.
- seeds: the interval holds the gold's estimate, or the date is unknown; no seed is `stated`.
"""

import datetime as dt
import hashlib
import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.cleaning.cleaned import clean_page
from archive.description.expressions import find_dates, read_expression
from archive.description.publication import infer_published
from archive.model import Date, Given, Page, Report, Source
from archive.pipeline import describe_page
from archive.rules import RuleSet, load_rule_set

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
EXPRESSIONS = SHARED / "corpora" / "geo" / "date_expressions62.jsonl"
MUC = SHARED / "corpora" / "muc3"
PAGES = SHARED / "corpora" / "pages"
DATED_SETS = ("dates-dev", "outlets-dev", "wcxb-dev")
ROUNDS = 20
A_WEEK = dt.timedelta(days=6)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
CODED_DAY = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3}) (?P<year>\d\d)")  # 21 MAY 90
HEADER = re.compile(r'<meta name="DC[^>]*/>')
DATELINE = re.compile(r"<p>[A-Z][^<]{0,80}? \d{1,2} [A-Z]{3,4} \d\d [^<]{0,120}?--\s*")  # LIMA, 21 MAY 90 (EFE) --
LONGEST_WAIT = 300


@dataclass(frozen=True, slots=True)
class ExpressionScore:
    """How the expressions were read; `total` of them, `milliseconds` for one."""

    right: int
    inside: int
    wrong: int
    missed: int
    invented: int
    total: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class DispatchScore:
    """How MUC-3 was dated; `milliseconds` is the finding of all dates in one dispatch."""

    datelines: int
    dated: int
    found: int
    found_in_text: int
    incidents: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class IntervalScore:
    """How many intervals were given and held the truth."""

    holds: int
    given: int
    pages: int

    @property
    def share(self) -> float:
        """Return the part of the intervals given that hold the truth."""
        return self.holds / self.given if self.given else 1.0


def score_expressions() -> ExpressionScore:
    """Read every expression of the set and compare."""
    tests = list(_lines(EXPRESSIONS))
    kinds = [_judge(test) for test in tests]
    started = time.process_time()
    for _ in range(ROUNDS):
        for test in tests:
            read_expression(test["text"], _day(test["published"]))
    each = (time.process_time() - started) / ROUNDS / len(tests) * 1000
    return ExpressionScore(
        right=kinds.count("right"), inside=kinds.count("inside"), wrong=kinds.count("wrong"),
        missed=kinds.count("missed"), invented=kinds.count("invented"), total=len(tests), milliseconds=each,
    )  # fmt: skip


def _judge(test: dict[str, Any]) -> str:
    found = read_expression(test["text"], _day(test["published"]))
    gold = test["gold"]
    if found is None:
        return "right" if gold is None else "missed"
    if gold is None:
        return "invented"
    if [found.earliest, found.latest] == gold:
        return "right"
    within = (
        found.earliest is not None and found.latest is not None and gold[0] <= found.earliest <= found.latest <= gold[1]
    )
    return "inside" if within else "wrong"


def score_dispatches(rules: RuleSet) -> DispatchScore:
    """Describe MUC-3 without its header and compare days and incidents."""
    datelines = dated = found = found_in_text = incidents = count = 0
    seconds = 0.0
    for gold, text in _dispatches():
        report = describe_page(_page(gold["id"], text), rules).report
        count += 1
        if gold["date"]:
            dated += 1
            datelines += report.published.edtf == gold["date"]
        started = time.process_time()
        for passage in report.body:
            list(find_dates(passage.text, report.published))
        seconds += time.process_time() - started
        in_text, anywhere = _stretches(report)
        for incident in gold["incidents"]:
            coded = _coded(incident.get("date") or "")
            incidents += bool(coded)
            found += any(_meets(one, anywhere) for one in coded)
            found_in_text += any(_meets(one, in_text) for one in coded)
    return DispatchScore(datelines, dated, found, found_in_text, incidents, seconds / count * 1000)


Stretch = tuple[dt.date, dt.date]


def _stretches(report: Report) -> tuple[list[Stretch], list[Stretch]]:
    named = [(one.earliest, one.latest) for one in report.dates_mentioned]
    in_text = [(dt.date.fromisoformat(a), dt.date.fromisoformat(b)) for a, b in named if a and b]
    day, last = report.published.earliest, report.published.latest
    own = [(dt.date.fromisoformat(day), dt.date.fromisoformat(last))] if day and last else []
    return in_text, in_text + own


def _coded(printed: str) -> list[Stretch]:
    """Return the days or stretches that a coding allows."""
    found = []
    for choice in printed.split("/"):
        try:
            days = [
                dt.date(1900 + int(m["year"]), MONTHS.index(m["month"].upper()) + 1, int(m["day"]))
                for m in CODED_DAY.finditer(choice)
            ]
        except ValueError:
            continue
        if days:
            found.append((days[0], days[-1]))
    return found


def _meets(coded: Stretch, named: list[Stretch]) -> bool:
    width = max(A_WEEK, coded[1] - coded[0])
    return any(first <= coded[1] and last >= coded[0] and last - first <= width for first, last in named)


def score_intervals(rules: RuleSet, name: str, *, captured: bool) -> IntervalScore:
    """Infer the day of every dated page of a set from what the page does not state."""
    results = [
        _infer(
            replace(page, source=replace(page.source, captured=_capture(page, day))) if captured else page, rules, day
        )
        for page, day in _dated_pages(name)
    ]
    return IntervalScore(results.count("holds"), len(results) - results.count("unknown"), len(results))


def _infer(page: Page, rules: RuleSet, day: str) -> str:
    date, _ = infer_published(clean_page(page, rules, Given()), Date())
    if date.earliest is None or date.latest is None:
        return "unknown"
    return "holds" if date.earliest <= day <= date.latest else "fails"


def _capture(page: Page, day: str) -> str:
    wait = int(hashlib.sha256(page.source.name.encode()).hexdigest(), 16) % LONGEST_WAIT + 1
    return (dt.date.fromisoformat(day) + dt.timedelta(days=wait)).isoformat()


def _dated_pages(name: str) -> Iterator[tuple[Page, str]]:
    if name == "muc3":
        for gold, text in _dispatches():
            if gold["date"]:
                yield _page(gold["id"], DATELINE.sub("<p>", text, count=1)), gold["date"]
        return
    with zipfile.ZipFile(PAGES / f"{name}.zip") as pages:
        for gold in _lines(PAGES / f"{name}.gold.jsonl"):
            day = str(gold.get("date") or "")[:10]
            if len(day) == len("2016-11-03"):
                text = pages.read(f"{gold['id']}.html").decode("utf-8", "replace")
                yield _page(gold["id"], text, gold.get("url")), day


def score_seeds(rules: RuleSet) -> dict[str, tuple[str, str, bool]]:
    """Return for each seed its date, the basis, and whether it agrees with the gold."""
    scores: dict[str, tuple[str, str, bool]] = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        days = re.findall(r"\d{4}-\d\d-\d\d", gold["places_and_dates"]["publication"]["edtf"])
        page = _page(path.stem, path.read_text(encoding="utf-8"))
        page = replace(page, source=replace(page.source, media_type="text/plain"))
        date = describe_page(page, rules).report.published
        holds = date.earliest is None or date.latest is None or (date.earliest <= days[0] and days[-1] <= date.latest)
        scores[path.stem[:3]] = (date.edtf or "unknown", date.basis, holds and date.basis != "stated")
    return scores


def _dispatches() -> Iterator[tuple[dict[str, Any], str]]:
    with zipfile.ZipFile(MUC / "muc3-dev.zip") as pages:
        for gold in _lines(MUC / "muc3-dev.gold.jsonl"):
            yield gold, HEADER.sub("", pages.read(f"{gold['id']}.xhtml").decode())


def _page(name: str, text: str, url: str | None = None) -> Page:
    content = text.encode()
    source = Source(name, hashlib.sha256(content).hexdigest(), "text/html", len(content), url=url)
    return Page(source, content, text, "utf-8")


def _day(iso: str) -> Date:
    return Date(iso, iso, iso, "stated")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> int:
    """Print every figure."""
    if not SHARED.is_dir():
        print("../shared is not there: nothing to measure")
        return 1
    rules = load_rule_set()
    one = score_expressions()
    print(
        f"expressions: {one.right} of {one.total} right, {one.inside} inside, {one.wrong} wrong, {one.missed} missed, "
        f"{one.invented} invented, {one.milliseconds:.3f} ms each"
    )
    muc = score_dispatches(rules)
    print(f"MUC-3 datelines: {muc.datelines} of {muc.dated} right ({muc.datelines / muc.dated:.4f})")
    print(
        f"MUC-3 incidents: {muc.found} of {muc.incidents} found ({muc.found / muc.incidents:.3f}), in the text alone "
        f"{muc.found_in_text / muc.incidents:.3f}; {muc.milliseconds:.2f} ms a dispatch"
    )
    for captured in (False, True):
        total, label = IntervalScore(0, 0, 0), ", captured" if captured else ""
        for name in (*DATED_SETS, "muc3"):
            score = score_intervals(rules, name, captured=captured)
            print(f"intervals, {name}{label}: {score.holds} of {score.given} hold, {score.pages} pages")
            total = IntervalScore(total.holds + score.holds, total.given + score.given, total.pages + score.pages)
        print(f"intervals, all{label}: {total.holds} of {total.given} hold ({total.share:.3f})")
    for seed, (edtf, basis, agrees) in score_seeds(rules).items():
        print(f"seed {seed}: {edtf}, {basis}, {'agrees' if agrees else 'CONTRADICTS THE GOLD'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
