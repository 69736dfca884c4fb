"""Proposed rules held to what the generic rules make of the same pages: a rule by which a page reads worse is dropped.

Nobody has read the pages yet, so the generic reading is the best there is; a person may put a rule back.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from archive.model import Report
from archive.proposing.markup_rules import NOT_TEXT
from archive.proposing.writing import Entry, Value

AGREED = 0.95  # of the words of a body, as the two readings have them


def find_losses(read: Sequence[Report], tried: Sequence[Report]) -> frozenset[str]:
    """Return the keys of a file's head and the kinds of rules by which pages read otherwise than generically.

    A passage that stands on every page is no part of a report, whatever the generic rules took it for.
    """
    everywhere = set.intersection(*(_passages(report) for report in read)) if len(read) > 1 else set()
    pairs = zip(read, tried, strict=True)
    return frozenset(loss for before, after in pairs for loss in _compare(before, after, everywhere))


def leave_out(
    losses: frozenset[str], head: Mapping[str, Value], entries: Sequence[Entry]
) -> tuple[dict[str, Value], tuple[Entry, ...]]:
    """Return a file's head and tables without what these losses are about."""
    dropped = losses.union(NOT_TEXT if "body" in losses else ())  # what stands in a body is told only together with it
    kept = tuple(entry for entry in entries if entry.values.get("kind") not in dropped)
    return {key: value for key, value in head.items() if key not in losses}, kept


def _compare(before: Report, after: Report, everywhere: Container[str]) -> Iterator[str]:
    if (before.title and before.title.value) != (after.title and after.title.value):
        yield from ("title", "title_suffixes")
    if (before.byline and before.byline.authors) != (after.byline and after.byline.authors):
        yield "byline"
    if before.published.edtf != after.published.edtf:
        yield "date"
    if {one.text for one in before.captions} != {one.text for one in after.captions}:
        yield "caption"
    if _agreement(*(_count_words(report, everywhere) for report in (before, after))) < AGREED:
        yield "body"


def _agreement(one: Counter[str], other: Counter[str]) -> float:
    """Return how alike two bodies are: twice the words both have by the words of each."""
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _count_words(report: Report, everywhere: Container[str]) -> Counter[str]:
    return Counter(word for part in report.body if part.text not in everywhere for word in part.text.split())


def _passages(report: Report) -> set[str]:
    return {part.text for part in report.body}
