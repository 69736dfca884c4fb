"""One page of an order in which keys may be equal, from an engine that puts equal ones in no order of ours.

Only the page is read, and on either side as much as it takes to see all hits with the keys of its first and last.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")
AHEAD = 50  # hits looked at on either side of the page at first
RANK_BITS = 63  # of the number that stands for an id
FURTHER = 8  # times as many, whenever that is not enough

Hits: TypeAlias = Sequence[tuple[float, T]]
ReadHits: TypeAlias = Callable[[int, int], Hits[T]]  # those from one place of the order to another, keys rising


class Page(NamedTuple):
    """Where a page begins and ends in an order of so many hits at most."""

    start: int
    end: int
    most: int


def read_page(page: Page, read: ReadHits[T], rank: Callable[[Sequence[T]], Sequence[int]]) -> list[tuple[float, T]]:
    """Return the hits of a page, equal keys by their ranks, which `rank` gives for some hits at once."""
    first, last = max(page.start - AHEAD, 0), min(page.end + AHEAD, page.most)
    hits = read(first, last)
    while _goes_on(hits, first, last, page):
        first = max(page.start - FURTHER * (page.start - first), 0)
        last = min(page.end + FURTHER * (last - page.end), page.most)
        hits = read(first, last)
    shown = hits[page.start - first : page.end - first]
    if not shown:
        return []
    lowest, highest = shown[0][0], shown[-1][0]
    tied = [hit for hit in hits if lowest <= hit[0] <= highest]
    ranks = rank([what for _, what in tied])
    order = sorted(range(len(tied)), key=lambda place: (tied[place][0], ranks[place]))
    start = page.start - first - sum(key < lowest for key, _ in hits)
    return [tied[place] for place in order[start : start + len(shown)]]


def _goes_on(hits: Hits[T], first: int, last: int, page: Page) -> bool:
    """Tell whether hits that were not read may have the key of the page's first, before it, or of its last, after."""
    if first + len(hits) <= page.start:
        return False
    if first > 0 and hits[0][0] == hits[page.start - first][0]:
        return True
    return first + len(hits) == last < page.most and hits[page.end - first - 1][0] == hits[-1][0]


def rank_id(report_id: str) -> int:
    """Return a number that puts ids of lower-case letters and figures in order; it tells the first twelve apart."""
    return int(f"{report_id[:12]:0<12}", 36) if report_id.isascii() and report_id.isalnum() else 0
