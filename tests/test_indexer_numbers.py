"""An outlet's numbers against its days: what is counted, what is proven, and what stands apart."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from indexer.numbers import read_numbers
from web.charts.dots import draw_dots
from web.charts.series import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH


def record(number: str, day: str | None = None, basis: str = "stated") -> dict[str, Any]:
    """Return as much of a record as is read."""
    published = {"earliest": day, "latest": day, "basis": basis if day else "unknown"}
    return {"id": f"r{number}", "title": None, "media_id": {"value": number}, "published": published}


def test_a_number_out_of_a_proven_order_is_a_stray() -> None:
    """Where the numbers follow the days, the one that does not is named; undated and unnumbered are counted."""
    orderly = [record(str(100 + day), f"1994-05-{day:02d}") for day in range(1, 29)]
    others = [record("110.5", "1994-05-03"), record("120"), record("121", "1994-05-03", "inferred")]
    numbers = read_numbers([*orderly, record("999", "1994-05-02"), *others])
    assert numbers.proven
    assert [one.printed for one in numbers.reports if one.stray] == ["999"]
    assert (len(numbers.reports), numbers.undated, numbers.unnumbered) == (29, 2, 1)


def test_few_numbers_prove_nothing_and_no_stray() -> None:
    """Without a proven order nothing is out of it."""
    numbers = read_numbers([record("2", "1994-05-01"), record("1", "1994-05-02")])
    assert not numbers.proven
    assert not any(one.stray for one in numbers.reports)


@given(st.lists(st.tuples(st.dates(), st.integers(0, 10**18), st.booleans()), min_size=1, max_size=30))
def test_every_dot_lies_on_the_drawing(points: list[tuple[dt.date, int, bool]]) -> None:
    """Whatever the numbers and days, dots and ticks stay within the frame, give or take half a spot."""
    chart = draw_dots(points)
    assert chart
    assert all(LEFT - 2 <= dot.x <= WIDTH - RIGHT + 2 for dot in chart.dots)
    assert all(TOP - 2 <= dot.y <= HEIGHT - BOTTOM + 2 for dot in chart.dots)
    assert all(TOP - 1 <= tick.at <= HEIGHT - BOTTOM + 1 for tick in chart.up)
    assert 2 <= len(chart.up) <= 8
