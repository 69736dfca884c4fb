"""Every queue of the desk, and what a report has waiting in each: read off its record and its evidence. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType

from archive.model import Evidence, Issue, Report

# Raised when this module finds other tasks than before: stored reports are then gone through again.
DERIVATION = 1


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of doubt that waits for a person; `field` is the one that a correction would answer it with."""

    key: str
    label: str
    about: str
    field: str | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What one report has waiting in one queue. Tasks with the same `cause` can be decided alike."""

    queue: str
    cause: str


QUEUES: tuple[Queue, ...] = (
    Queue("no-date", "No date", "Reports of which not even a span of days is known.", "published"),
    Queue("weak-date", "Weak date", "Reports whose date is inferred, or rests on a day the page does not call its own.",
          "published", ("D01", "D03", "D05", "D10")),
    Queue("date-conflict", "Dates in conflict", "Reports whose dates contradict each other.", "published",
          ("D02", "D04", "D11")),
    Queue("no-outlet", "No outlet", "Reports that do not say who published them.", "outlet", ("M01",)),
    Queue("no-title", "No headline", "Reports whose page prints no headline.", "title", ("T01",)),
    Queue("no-text", "No text", "Pages on which no text of a report was found.", None, ("B01",)),
    Queue("unknown-place", "Unknown place", "Places that the gazetteer does not know.", "places", ("P01",)),
    Queue("person-or-place", "Person or place", "Places whose name is an author's, or that speak as persons do.",
          "places"),
    Queue("reprint", "Possible reprint", "Reports that seem to print the same copy, which nobody has confirmed."),
    Queue("boilerplate", "New boilerplate",
          "Lines that recur in an outlet's reports and that no rule sets aside."),
    Queue("comments", "Comments missing", "Pages that declare another number of comments than they hold.", None,
          ("C01",)),
    Queue("disagreement", "Rules disagree", "Reports of which the page and its container say different things.", None,
          ("M02", "M03")),
    Queue("quarantined", "Quarantined", "Pages that could not become a report."),
    Queue("reported", "Reported by a reader", "What readers wrote about a page."),
)  # fmt: skip

QUEUE_BY_KEY: Mapping[str, Queue] = MappingProxyType({queue.key: queue for queue in QUEUES})
# Issues that a person's word on a field answers.
ANSWERS: Mapping[str, frozenset[str]] = MappingProxyType({
    "published": frozenset({"D01", "D02", "D03", "D04", "D05", "D10", "D11"}),
    "outlet": frozenset({"M01", "M02", "M03"}),
    "title": frozenset({"T01"}),
    "places": frozenset({"P01"}),
})  # fmt: skip
SINGLE = ("title", "byline", "media_id", "outlet")  # fields of one value, of which sources may say two
SPEAKS = re.compile(r"\b([A-Z][\w'’-]*) (?:said|says|told|added|explained|replied|recalled|insisted)\b")  # Hamdan said
LONGEST_LINE, SHORTEST_LINE = 200, 3  # characters of a line that may be boilerplate
LONGEST_CAUSE = 200


def find_tasks(report: Report, evidence: Iterable[Evidence], settled: Mapping[str, str] | None = None) -> list[Task]:
    """Return what a report has waiting, at most one task for each queue.

    `settled` says of a queue which cause a person has found to be no problem: it waits again only for another one.
    """
    waiting = {queue: "; ".join(dict.fromkeys(causes))[:LONGEST_CAUSE] for queue, causes in _causes(report, evidence)}
    return [
        Task(queue.key, waiting[queue.key])
        for queue in QUEUES
        if queue.key in waiting and (settled or {}).get(queue.key) != waiting[queue.key]
    ]


def cause_of(report: Report, evidence: Iterable[Evidence], queue: str) -> str | None:
    """Return why a report waits in a queue, whatever a person has said of it; None when it does not."""
    return next((task.cause for task in find_tasks(report, evidence) if task.queue == queue), None)


def without_answered(report: Report, field: str) -> Iterator[Issue]:
    """Yield the issues that stand after a person's word on a field."""
    answered = ANSWERS.get(field, frozenset())
    return (issue for issue in report.issues if issue.code not in answered)


def find_lines(report: Report) -> tuple[int, ...]:
    """Return the marks of the report's short lines, each once: what recurs among them may be boilerplate."""
    if report.outlet is None:
        return ()
    return tuple(
        dict.fromkeys(
            mark_line(passage.text) for passage in report.body if SHORTEST_LINE <= len(passage.text) <= LONGEST_LINE
        )
    )


def mark_line(text: str) -> int:
    """Return the number that a line is found by, from 0 to 2^63 - 1."""
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()) >> 1


def _causes(report: Report, evidence: Iterable[Evidence]) -> Iterator[tuple[str, list[str]]]:
    codes = [issue.code for issue in report.issues]
    undated = report.published.edtf is None
    if undated:
        yield "no-date", [code for code in codes if code in ANSWERS["published"]] or ["D01"]
    for queue in QUEUES:
        found = [code for code in codes if code in queue.codes]
        if found and not (queue.key == "weak-date" and undated):
            yield queue.key, _names_unknown(report) if queue.key == "unknown-place" else found
    doubtful = _doubtful_places(report)
    if doubtful:
        yield "person-or-place", doubtful
    disagreeing = _disagreeing(evidence)
    if disagreeing:
        yield "disagreement", disagreeing


def _names_unknown(report: Report) -> list[str]:
    """Return the names behind the issues of unknown places; the code where a container named the place."""
    named = {mention.span: mention.text for mention in report.mentions if mention.place is None}
    return [
        named.get(issue.span, issue.message) if issue.span else issue.message
        for issue in report.issues
        if issue.code == "P01"
    ]


def _doubtful_places(report: Report) -> list[str]:
    """Return the places whose only printed name is an author's last name, or stands where a speaker stands."""
    if not report.places:
        return []
    persons = {name.split()[-1] for name in (report.byline.authors if report.byline else ()) if name.split()}
    for passage in report.body:
        persons.update(SPEAKS.findall(passage.text))
    found = []
    for place in report.places:
        printed = {mention.text for mention in place.mentions}
        small = place.admin1 is not None and place.admin1 != place.name  # countries and provinces speak as well
        if small and place.role != "filed from" and len(printed) == 1 and printed <= persons:
            found += list(printed)
    return found


def _disagreeing(evidence: Iterable[Evidence]) -> list[str]:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for item in evidence:
        if item.field in SINGLE and item.basis != "person":
            values[item.field].add(" ".join(item.value.casefold().split()))
    return [field for field in SINGLE if len(values[field]) > 1]
