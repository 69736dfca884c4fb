"""How well body, title, authors, date, captions and comments of pages are found, outlet unknown, on the shared sets.

Run: python benchmarks/fields.py [set …] [--misses] [--set-left-out]. Reads ../shared/corpora; prints a table with each
figure's rule beside it. The quality gate in tests/quality/test_pages.py takes its figures from here, so that both mean
the same.

Every page goes the whole way (decode, parse, clean, describe) but for the places of its text; gold is only looked at
afterwards. Pages of the labelled sets are judged by models of cross-validation that have seen no page of their site
or, with --set-left-out, no page of their set either; the others by the models that are shipped.
"""

import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from unittest.mock import patch

from archive.cleaning.cleaned import clean_page
from archive.description.authors import split_authors
from archive.description.places import FoundPlaces
from archive.model import BODY_KINDS, Given, Report
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import make_page
from benchmarks.bodies import LABELLED, RULE, Case, read_cases, score_body, summarise
from benchmarks.held_out import Table, holding_out

SETS = (*LABELLED, "zyte181-rendered", "dates-dev", "comments-dev")
NO_PLACES = FoundPlaces((), (), ())
SHORTEST_CAPTION = 20  # code points; shorter gold captions are not counted
PIECE = 0.4  # a predicted caption inside a longer gold one must be this much of it
MARKS = str.maketrans({
    **dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("–—‑‐−―", "-"),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
})  # fmt: skip
RULES = {
    "body F1": RULE,
    "title": "equal after NFKC, quotes, dashes, case, white space and invisible marks are folded",
    "authors F1": "names of all pages with gold authors, one set of (page, name), marks and case folded; organisations"
    " count; a gold text with several names is split at commas and `and`, qualifications staying with their name",
    "authors F1, persons": "the same with names left out whose kind is organisation, on both sides (gold by tell_kind)",
    "false authors": "pages without gold authors that get one (where gold says that the page has none)",
    "date": "the published EDTF is the gold day; a set of days is wrong",
    "date given": "the same, of pages that get a date",
    "stated": "of dates called stated, those that are the gold day; pages without gold date left out",
    "stated on undated": "pages without gold date that get a stated one, where gold says that the page has none",
    "captions": "gold captions of 20 or more code points that stand in a caption, or hold one two fifths as long",
    "captions in body": "of those, the ones that stand in the body",
    "caption precision": "captions of 20 or more code points that stand in a gold caption or hold one,"
    " on pages whose gold lists captions (elsewhere the gold does not say that there are none)",
    "caption precision, all": "the same on all pages: pictures' captions that the gold leaves out count as wrong",
    "comments": "gold snippets that stand in a comment, white space folded",
    "comments in body": "gold snippets that stand in the body",
}


@dataclass(slots=True)
class Score:
    """The figures of one set: rights and totals by the names in RULES, and what went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    bodies: list[tuple[float, float]] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0

    def add(self, rule: str, *, right: bool, miss: str = "") -> None:
        """Count one case under a rule."""
        self.total[rule] += 1
        self.right[rule] += right
        if miss and not right:
            self.misses.append(f"{rule}: {miss}")

    def body(self) -> tuple[float, float, float]:
        """Return F1, precision and recall of the bodies."""
        return summarise(self.bodies)

    def share(self, rule: str) -> float:
        """Return a rule's figure, 0 when the set has no such case."""
        if rule == "body F1":
            return self.body()[0] if self.bodies else 0.0
        if rule.startswith("authors F1"):
            found, wanted = self.total[f"{rule} found"], self.total[f"{rule} wanted"]
            return 2 * self.right[rule] / (found + wanted) if found + wanted else 0.0
        return self.right[rule] / self.total[rule] if self.total[rule] else 0.0


def measure(name: str, table: Table = "out_of_fold", most: int = sys.maxsize) -> Score:
    """Return the figures of one set, or of its first pages."""
    score = Score()
    for case in read_cases(name, most):
        report, seconds = timed(partial(describe_case, case, table))
        score.seconds += seconds
        score.pages += 1
        score_page(score, report, case.gold, tells_absence=name in {"outlets-dev", "wcxb-dev"})
    return score


def timed(step: Callable[[], Report]) -> tuple[Report, float]:
    """Return what a step returns, and the CPU seconds it took."""
    start = time.process_time()
    report = step()
    return report, time.process_time() - start


def describe_case(case: Case, table: Table = "out_of_fold") -> Report:
    """Return the report of a page by models that have not seen it, without the places of its text."""
    page = make_page(case.name, case.content, case.media_type)
    with holding_out(case.name, table), patch("archive.pipeline.describe_places", lambda *_: NO_PLACES):
        return describe_page(page, load_rule_set()).report


def measure_bodies(name: str, table: Table) -> float:
    """Return body F1 of one set alone, which does without description."""
    scores = []
    for case in read_cases(name):
        page = make_page(case.name, case.content, case.media_type)
        with holding_out(case.name, table):
            body = clean_page(page, load_rule_set(), Given()).of_kind(*BODY_KINDS)
        scores.append(score_body("\n".join(one.block.text for one in body), case.gold["body"]))
    return summarise(scores)[0]


def score_page(score: Score, report: Report, gold: Mapping[str, Any], *, tells_absence: bool) -> None:
    """Add one page's figures."""
    if gold.get("body"):
        score.bodies.append(score_body("\n".join(passage.text for passage in report.body), gold["body"]))
    if gold.get("title"):
        value = report.title.value if report.title is not None else ""
        score.add("title", right=fold(value) == fold(gold["title"]), miss=f"{gold['id']} {value!r}")
    _score_authors(score, report, gold, tells_absence=tells_absence)
    _score_date(score, report, gold, tells_absence=tells_absence)
    _score_captions(score, report, gold)
    _score_comments(score, report, gold)


def fold(text: str) -> str:
    """Return a text with quotes, dashes, case and white space folded."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(MARKS).casefold().split())


def fold_name(name: str) -> str:
    """Return a name without marks and case."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(name)).split())


def _score_authors(score: Score, report: Report, gold: Mapping[str, Any], *, tells_absence: bool) -> None:
    byline = report.byline
    found = {fold_name(name) for name in byline.authors} if byline is not None else set()
    stated: Sequence[str] = gold.get("authors") or ()
    if not stated:
        if tells_absence and "body" in gold:
            score.add("false authors", right=bool(found))
            score.misses.extend(f"false author: {gold['id']} {name}" for name in sorted(found))
        return
    joined = "captions" not in gold  # these golds keep a byline as one text
    wanted = {fold_name(one) for text in stated for one in (split_authors(text) if joined else (text,))}
    _count_names(score, "authors F1", found, wanted)
    kinds = dict(zip(byline.authors, byline.kinds, strict=True)) if byline is not None else {}
    persons = {fold_name(name) for name, kind in kinds.items() if kind == "person"}
    others = {fold_name(name) for name, kind in kinds.items() if kind == "organisation"}
    _count_names(score, "authors F1, persons", persons, wanted - others)
    if found != wanted:
        score.misses.append(f"authors: {gold['id']} {sorted(found)} for {sorted(wanted)}")


def _count_names(score: Score, rule: str, found: set[str], wanted: set[str]) -> None:
    score.right[rule] += len(found & wanted)
    score.total[f"{rule} found"] += len(found)
    score.total[f"{rule} wanted"] += len(wanted)


def _score_date(score: Score, report: Report, gold: Mapping[str, Any], *, tells_absence: bool) -> None:
    published = report.published
    if not gold.get("date"):
        if tells_absence:
            score.add("stated on undated", right=published.basis == "stated")
        return
    right = published.edtf == gold["date"]
    score.add("date", right=right, miss=f"{gold['id']} {published.edtf} ({published.basis}) for {gold['date']}")
    if published.edtf is not None:
        score.add("date given", right=right)
    if published.basis == "stated":
        score.add("stated", right=right)


def _score_captions(score: Score, report: Report, gold: Mapping[str, Any]) -> None:
    if "captions" not in gold:
        return
    wanted = [fold(text) for text in _caption_texts(gold["captions"])]
    found = [fold(caption.text) for caption in report.captions]
    body = [fold(passage.text) for passage in report.body]
    for text in wanted:
        if len(text) >= SHORTEST_CAPTION:
            right = any(text in one or (one in text and len(one) >= PIECE * len(text)) for one in found)
            score.add("captions", right=right, miss=f"{gold['id']} {text[:60]}")
            score.add("captions in body", right=any(text in one for one in body))
    for one in found:
        if len(one) >= SHORTEST_CAPTION:
            right = any(one in text or text in one for text in wanted)
            score.add("caption precision, all", right=right, miss=f"{gold['id']} {one[:60]}")
            if wanted:
                score.add("caption precision", right=right)


def _caption_texts(captions: Sequence[Any]) -> Iterator[str]:
    for caption in captions:
        text = caption if isinstance(caption, str) else caption.get("caption")
        if text:
            yield text


def _score_comments(score: Score, report: Report, gold: Mapping[str, Any]) -> None:
    comments = " ".join(" ".join(comment.text.split()) for comment in report.comments)
    body = " ".join(" ".join(passage.text.split()) for passage in report.body)
    for snippet in gold.get("comments") or ():
        text = " ".join(snippet.split())
        score.add("comments", right=text in comments)
        score.add("comments in body", right=text in body, miss="")


def main() -> None:
    """Print every figure of the sets named on the command line, or of all."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")] or list(SETS)
    table: Table = "set_left_out" if "--set-left-out" in sys.argv else "out_of_fold"
    scores = {name: measure(name, table) for name in names}
    for rule, meaning in RULES.items():
        print(f"\n{rule}: {meaning}")
        for name, score in scores.items():
            total = score.total[f"{rule} wanted"] if rule.startswith("authors F1") else score.total[rule]
            if rule == "body F1" and score.bodies:
                f1, precision, recall = score.body()
                print(f"  {name:16} {f1:.4f}  ({precision:.3f} / {recall:.3f})")
            elif total:
                print(f"  {name:16} {score.share(rule):6.3f}  ({score.right[rule]} of {total})")
    print("\nCPU per page, the whole way but for places:")
    for name, score in scores.items():
        print(f"  {name:16} {1000 * score.seconds / max(score.pages, 1):5.1f} ms  ({score.pages} pages)")
    if "--misses" in sys.argv:
        print(*(f"{name} {miss}" for name, score in scores.items() for miss in score.misses), sep="\n")


if __name__ == "__main__":
    main()
