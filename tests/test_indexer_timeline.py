"""A timeline: what is certain stands where it belongs, what is uncertain is spread thin, and nothing is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.timeline import STEPS, Spans, Step, draw_timeline


def day(iso: str) -> int:
    """Return a day's number."""
    return date.fromisoformat(iso).toordinal()


OCTOBER = (day("2016-10-01"), day("2016-10-31"))
AUTUMN = (day("2016-10-17"), day("2016-11-15"))  # 15 days in either month
LONG_AGO = (day("1000-01-01"), day("1999-12-31"))
DAYS = st.integers(day("1988-01-01"), day("1991-12-31"))
SPANS = st.dictionaries(st.tuples(DAYS, st.integers(0, 500)).map(lambda p: (p[0], p[0] + p[1])), st.integers(1, 9))


def test_what_may_be_from_several_months_is_spread_by_its_days() -> None:
    """A report of October is certain there, one of 17 October to 15 November is half in each, a millennium nowhere."""
    drawn = draw_timeline(9, {OCTOBER: 3, AUTUMN: 2, LONG_AGO: 1}, {OCTOBER: 6, AUTUMN: 2}, "month")
    bars = [(bar.period, bar.certain, bar.spread, bar.of, round(bar.share, 3)) for bar in drawn.bars]
    assert bars == [("2016-10", 3, 1.0, 7.0, 0.571), ("2016-11", 0, 1.0, 1.0, 1.0)]
    assert (drawn.total, drawn.undated) == (9, 4)


@given(SPANS, st.sampled_from(STEPS))
def test_the_bars_add_up_to_the_reports_that_have_a_date(spans: Spans, step: Step) -> None:
    """Whatever the step, no report is lost and none counts twice."""
    total = sum(spans.values())
    drawn = draw_timeline(total + 2, spans, spans, step)
    assert sum(bar.height for bar in drawn.bars) == pytest.approx(total)
    assert all(bar.share == pytest.approx(1 if bar.height else 0) for bar in drawn.bars if bar.height > 1e-6)
    assert drawn.undated == 2


@pytest.mark.parametrize(
    ("last", "asked", "step", "bars"),
    [("2016-10-20", None, "day", 20), ("2017-03-01", None, "month", 6), ("2017-03-01", "day", "day", 152),
     ("2019-03-01", "day", "month", 30), ("2119-01-01", None, "year", 104), ("9999-12-31", "month", "year", 7984)],
)  # fmt: skip
def test_the_step_is_the_finest_that_can_be_shown(last: str, asked: Step | None, step: Step, bars: int) -> None:
    """A step that was asked for is kept as long as it can be drawn; every period in between is there, empty or not."""
    drawn = draw_timeline(2, {(day("2016-10-01"),) * 2: 1, (day(last),) * 2: 1}, {}, asked)
    assert (drawn.step, len(drawn.bars)) == (step, bars)


def test_without_a_date_there_is_nothing_to_draw() -> None:
    """Undated reports are counted all the same."""
    drawn = draw_timeline(3, {LONG_AGO: 1}, {}, None)
    assert (drawn.bars, drawn.undated) == ((), 3)
