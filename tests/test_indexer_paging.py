"""Pages of an order with equal keys: whatever an engine does among them, pages follow each other without a gap."""

from collections.abc import Sequence
from operator import itemgetter

from hypothesis import given
from hypothesis import strategies as st

from indexer.paging import Page, read_page


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10**6)), unique=True), st.integers(1, 7))
def test_pages_joined_are_the_order_by_key_and_rank(hits: list[tuple[float, int]], size: int) -> None:
    """An engine that orders by key alone is read so that equal keys stand by their ranks, each hit once."""
    shuffled = sorted(hits * 30, key=itemgetter(0))  # more of each key than is looked at at first
    numbered = [(key, number) for number, (key, _) in enumerate(shuffled)]

    def rank(found: Sequence[int]) -> list[int]:
        return [-number for number in found]

    most = len(numbered)
    starts = [Page(at, min(at + size, most), most) for at in range(0, most, size)]
    pages = [read_page(page, lambda first, last: numbered[first:last], rank) for page in starts]
    assert [hit for page in pages for hit in page] == sorted(numbered, key=lambda hit: (hit[0], -hit[1]))


def test_a_page_beyond_the_last_hit_is_empty() -> None:
    """There may be fewer hits than the engine has reports."""
    assert read_page(Page(5, 9, 100), lambda first, last: [(0.0, 1)][first:last], list) == []
