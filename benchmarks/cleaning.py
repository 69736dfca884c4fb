"""Dateline beside the tools that clean pages today, in one run, as tables in Markdown.

Run: python benchmarks/cleaning.py [--most PAGES] [--tools NAME …]. --most is the quick way: the first pages of each
set. Sets are looked for in ../shared. The tools live in an environment of their own that the script makes once, in
the folder that DATELINE_PEERS names or in the user's cache, with the versions pinned in benchmarks/peers.txt.

Scorers are those of benchmarks/fields.py and of the quality gates, the same for every tool; their rules are printed
under the tables. Ours judges each page with models that have seen no page of its site (benchmarks/held_out); the
others run with the settings they come with, on bytes, never fetching. A page on which a tool fails counts as empty.
Plain text is given to the others as HTML with a paragraph for each line: for bare text most return nothing.

Times are CPU seconds, each tool in a process of its own, one tool after the other. Ours goes from bytes to record
without the places of the text, which no other tool looks for. benchmarks/cleaning_speed.py takes turns page by page.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from archive.model import AuthorKind, Byline, Comment, Date, Given, Passage, Report, Source, Span, Title
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import make_page
from benchmarks.bodies import RENDERED, Case, find_archive, read_cases
from benchmarks.fields import RULES, Score, describe_case, score_page, timed

OURS = "Dateline"
TOOLS = ("trafilatura", "readability-lxml", "newspaper4k", "jusText", "Resiliparse")
LINE_RULE = "lines of 80"
LINES = "outlet-lines-dev"
SETS = ("zyte181", "wcxb-dev", "outlets-dev", "comments-dev", "dates-dev", RENDERED, LINES)
PINS = Path(__file__).with_name("peers.txt")
RUNNER = Path(__file__).with_name("peers.py")
SPAN = Span(0, 0)
WARM_UP = Case(
    "none/none", b"<html><body><p>A line of text, by nobody, of 3 May 2016.</p></body></html>", "text/html", {}
)
LINE_RULES = {
    "exact": "pages whose body is exactly the gold's lines, white space folded",
    "comments kept": "gold comments that are a line of the body",
    "dates invented": "dates given to pages whose text states none",
    "IDs, bylines, captions": "of the pages that have one, those on which it is the gold's: the number, all"
    " names, as many captions (no other tool has a field for the first and the last)",
}


@dataclass(slots=True)
class Line:
    """What a tool made of the pages in the seed outlets' layouts: counts by the names in LINE_RULES."""

    pages: int = 0
    exact: int = 0
    comments: int = 0
    all_comments: int = 0
    invented: int = 0
    undated: int = 0
    fields: list[list[bool]] = field(default_factory=lambda: [[], [], []])


@dataclass(slots=True)
class Result:
    """One tool's figures by set, the CPU seconds of its pages, and how many of them it failed on."""

    scores: dict[str, Score] = field(default_factory=dict)
    lines: Line = field(default_factory=Line)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, list[str]] = field(default_factory=dict)


def make_environment() -> Path:
    """Return the Python of the tools' environment, made on the first run and when the pins change."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("DATELINE_PEERS") or Path(cache) / "dateline-peers")
    python, stamp = folder / "bin" / "python", folder / "pins"
    if not (stamp.is_file() and stamp.read_bytes() == PINS.read_bytes()):
        print(f"Installing the other tools in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--upgrade", "pip"], check=True)  # older ones stumble over an extra of lxml
        subprocess.run([*pip, "--no-deps", "-r", str(PINS)], check=True)
        stamp.write_bytes(PINS.read_bytes())
    return python


def run_peer(python: Path, tool: str, name: str, most: int) -> Iterator[dict[str, Any]]:
    """Yield what a tool finds in each page of a set, as it goes."""
    command = [str(python), str(RUNNER), tool, str(find_archive(name)), str(most)]
    if name in {RENDERED, LINES}:
        command.append("--lines")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield from map(json.loads, process.stdout or ())
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def as_report(found: Mapping[str, Any], name: str) -> Report:
    """Return what a tool found as a report, so that all are scored alike; its dates are taken for stated."""
    names, date = tuple(found.get("authors") or ()), found.get("date")
    kinds: tuple[AuthorKind, ...] = tuple("person" for _ in names)  # no other tool tells
    return Report(
        source=Source(name, "", "text/html", 0),
        title=Title(found["title"], found["title"], "", "inferred") if found.get("title") else None,
        byline=Byline(", ".join(names), names, kinds, None, "") if names else None,
        published=Date(date, date, date, "stated") if date else Date(),
        body=tuple(Passage(line, "paragraph", SPAN) for line in (found.get("body") or "").splitlines() if line.strip()),
        comments=(Comment(found["comments"], SPAN),) if found.get("comments") else (),
    )


def measure_ours(most: int) -> Result:
    """Return our figures, by models that have not seen the pages."""
    result = Result()
    describe_ours(WARM_UP)
    for name in SETS:
        score, seconds = result.scores.setdefault(name, Score()), result.seconds.setdefault(name, [])
        for case in read_cases(name, most):
            report, took = timed(partial(describe_ours, case))
            seconds.append(took)
            add(result, score, name, report, case)
    return result


def describe_ours(case: Case) -> Report:
    """Return our report of a page; pages in the outlets' layouts come with the outlet they are from."""
    if "outlet_key" not in case.gold:
        return describe_case(case)
    page = make_page(case.name, case.content, case.media_type)
    return describe_page(page, load_rule_set(), Given(outlet=case.gold["outlet_key"])).report


def measure_peer(python: Path, tool: str, most: int) -> Result:
    """Return another tool's figures."""
    result = Result()
    for name in SETS if tool != LINE_RULE else (RENDERED, LINES):
        cases = {Path(case.name).name: case for case in read_cases(name, most)}
        score, seconds = result.scores.setdefault(name, Score()), result.seconds.setdefault(name, [])
        for found in run_peer(python, tool, name, most):
            seconds.append(found["seconds"])
            if "error" in found:
                result.failed.setdefault(name, []).append(f"{found['page']}: {found['error']}")
            add(result, score, name, as_report(found, found["page"]), cases[Path(found["page"]).stem])
    return result


def add(result: Result, score: Score, name: str, report: Report, case: Case) -> None:
    """Count one page."""
    if name == LINES:
        add_lines(result.lines, report, case.gold)
    else:
        score_page(score, report, case.gold, tells_absence=name in {"outlets-dev", "wcxb-dev"})


def add_lines(line: Line, report: Report, gold: Mapping[str, Any]) -> None:
    """Count one page in an outlet's layout."""
    body = [" ".join(passage.text.split()) for passage in report.body]
    comments = {" ".join(text.split()) for text in gold.get("comments") or ()}
    line.pages += 1
    line.exact += body == [" ".join(text.split()) for text in gold["body"] if text.strip()]
    line.comments += len(comments & set(body))
    line.all_comments += len(comments)
    if not gold.get("date"):
        line.undated += 1
        line.invented += report.published.basis == "stated"
    media = report.media_id.value if report.media_id is not None else None
    names = " and ".join(report.byline.authors) if report.byline is not None else ""
    found = (media, names, len(report.captions))
    wanted = (gold["media_id"], " and ".join(gold["authors"]), len(gold["captions"]))
    for right, one, exact in zip(line.fields, found, wanted, strict=True):
        if exact:
            right.append(one == exact)


Row = tuple[str, Callable[[Result], str]]


def table(title: str, results: Mapping[str, Result], columns: Sequence[Row]) -> Iterator[str]:
    """Yield a table's lines, one tool to a row."""
    yield f"\n**{title}**\n"
    yield "| | " + " | ".join(name for name, _ in columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for tool, result in results.items():
        yield f"| {tool} | " + " | ".join(cell(result) for _, cell in columns) + " |"


def body(name: str) -> Row:
    """Return a column of body F1 with precision and recall."""

    def cell(result: Result) -> str:
        score = result.scores.get(name)
        if score is None or not score.bodies:
            return "–"
        f1, precision, recall = score.body()
        return f"{f1:.3f} ({precision:.3f}/{recall:.3f})"

    return name, cell


def share(name: str, rule: str, label: str) -> Row:
    """Return a column of one rule's figure; a tool that never fills the field has none."""

    def cell(result: Result) -> str:
        score = result.scores.get(name)
        known = score is not None and (rule not in NEEDS or any(NEEDS[rule](one) for one in result.scores.values()))
        return f"{score.share(rule):.3f}".replace("0.", ".", 1) if known and score is not None else "–"

    return label, cell


def count(name: str, rule: str, label: str) -> Row:
    """Return a column of one rule's count, of how many."""

    def cell(result: Result) -> str:
        score = result.scores.get(name)
        known = score is not None and (rule not in NEEDS or any(NEEDS[rule](one) for one in result.scores.values()))
        return f"{score.right[rule]} of {score.total[rule]}" if known and score is not None else "–"

    return label, cell


# What tells that a tool has a field at all: it filled it once, right or wrong.
NEEDS: Mapping[str, Callable[[Score], object]] = {
    "title": lambda score: score.right["title"],
    "authors F1": lambda score: score.total["authors F1 found"],
    "false authors": lambda score: score.total["authors F1 found"],
    "date": lambda score: score.total["date given"],
    "date given": lambda score: score.total["date given"],
    "stated on undated": lambda score: score.total["date given"],
    "captions": lambda score: score.right["captions"],
    "comments": lambda score: score.right["comments"],
}


def speed(name: str) -> Row:
    """Return a column of CPU milliseconds a page: the mean, and the worst."""

    def cell(result: Result) -> str:
        seconds = result.seconds.get(name)
        return f"{1000 * sum(seconds) / len(seconds):.1f}, {1000 * max(seconds):.0f}" if seconds else "–"

    return name, cell


def write_tables(results: Mapping[str, Result]) -> Iterator[str]:
    """Yield all tables, and the rules they are scored by."""
    yield from table("Body: F1 (precision/recall)", results, [body(name) for name in (*SETS[:3], RENDERED)])
    yield from table("Title, exact; authors, F1 and pages given one that have none", results, [
        *(share(name, "title", f"title {name}") for name in ("outlets-dev", "wcxb-dev", "comments-dev")),
        share("outlets-dev", "authors F1", "authors outlets-dev"), share("wcxb-dev", "authors F1", "authors wcxb-dev"),
        count("wcxb-dev", "false authors", "false wcxb-dev"),
    ])  # fmt: skip
    yield from table("Date, to the day", results, [
        *(share(name, "date", name) for name in ("outlets-dev", "dates-dev", "wcxb-dev")),
        share("dates-dev", "date given", "right of given, dates-dev"),
        count("wcxb-dev", "stated on undated", "invented, wcxb-dev"),
    ])  # fmt: skip
    yield from table("Comments and captions", results, [
        count("comments-dev", "comments", "comments found"), count("comments-dev", "comments in body", "in the body"),
        count("outlets-dev", "captions", "captions found"), count("outlets-dev", "captions in body", "in the body"),
    ])  # fmt: skip
    yield from table(f"Plain text in the layouts of known outlets ({LINES})", results, [
        ("exact", lambda one: f"{one.lines.exact} of {one.lines.pages}"),
        ("comments kept", lambda one: f"{one.lines.comments} of {one.lines.all_comments}"),
        ("dates invented", lambda one: f"{one.lines.invented} of {one.lines.undated}"),
        ("IDs, bylines, captions", lambda one: ", ".join(f"{sum(each)} of {len(each)}" for each in one.lines.fields)),
    ])  # fmt: skip
    yield from table("CPU, ms a page: mean, worst", results, [speed(name) for name in SETS])
    yield "\nRules:\n"
    used = ("body F1", *NEEDS, "captions in body", "comments in body")
    yield from (f"- *{rule}*: {RULES[rule]}." for rule in used)
    yield from (f"- *{rule}* ({LINES}): {meaning}." for rule, meaning in LINE_RULES.items())


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=sys.maxsize, metavar="PAGES", help="pages of each set")
    parser.add_argument("--tools", nargs="*", default=[*TOOLS, LINE_RULE], choices=[*TOOLS, LINE_RULE], metavar="NAME")
    options = parser.parse_args()
    missing = [name for name in SETS if not find_archive(name).is_file()]
    if missing:
        sys.exit(f"These sets are not beside the project in ../shared: {', '.join(missing)}.")
    python = make_environment()
    results = {OURS: measure_ours(options.most)}
    for tool in options.tools:
        results[tool] = measure_peer(python, tool, options.most)
    pages = sum(len(seconds) for seconds in results[OURS].seconds.values())
    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores;",
        end="",
    )
    print(f" {pages} pages; versions in benchmarks/peers.txt.")
    print(*write_tables(results), sep="\n")
    failures = [
        f"{tool}, {name}, {one}"
        for tool, result in results.items()
        for name, all_ in result.failed.items()
        for one in all_
    ]
    print("\nPages that a tool failed on:", *(failures or ["none"]), sep="\n- ")


if __name__ == "__main__":
    main()
