"""When the reports of a result are from: how many for each day, month or year, uncertain ones spread thin.

A report that is from one period, whatever day is meant, counts there as certain. One that may be from several counts
in each with the share of its days that lie there, so that the bars add up to the reports that have a date and an
uncertain report is a thin veil over months instead of a spike on a day nobody vouches for.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal, TypeAlias, get_args

from indexer.document import date_values

Step = Literal["day", "month", "year"]
STEPS: tuple[Step, ...] = get_args(Step)
Spans: TypeAlias = Mapping[tuple[int, int], int]  # first and last day a report may be from (ordinals) → reports

MOST_BARS = 400  # more are no drawing any more, and no table to read
READABLE = 120  # bars that a step chosen by us gives at most, where it can


@dataclass(frozen=True, slots=True)
class Bar:
    """One period, as an ISO date of year, month or day.

    `certain` reports are from then, `spread` is the share of uncertain ones that falls here, and `of` is what the
    whole archive has here, both together.
    """

    period: str
    certain: int
    spread: float
    of: float

    @property
    def height(self) -> float:
        """The reports of this period, certain and spread."""
        return self.certain + self.spread

    @property
    def share(self) -> float:
        """The part of the archive's reports of this period that answer the question; 0 where it has none."""
        return self.height / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The reports of a result over time, every period from the first to the last; `undated` stand in no bar."""

    step: Step
    bars: tuple[Bar, ...]
    total: int
    undated: int


def draw_timeline(total: int, spans: Spans, archive: Spans, step: Step | None = None) -> Timeline:
    """Return the timeline of `total` reports; too fine a step, or none, becomes the finest that can be shown."""
    dated = {span: count for span, count in spans.items() if date_values(*span)}
    if not dated:
        return Timeline(step or "year", (), total, total)
    first, last = min(first for first, _ in dated), max(last for _, last in dated)
    step = _choose_step(first, last, step)
    periods = list(_periods(first, last, step))
    mine = _fill(periods, dated)
    all_of = _fill(periods, {span: count for span, count in archive.items() if date_values(*span)})
    bars = tuple(
        Bar(name, certain, spread, sum(of))
        for (name, _, _), (certain, spread), of in zip(periods, mine, all_of, strict=True)
    )
    return Timeline(step, bars, total, total - sum(dated.values()))


Period: TypeAlias = tuple[str, int, int]  # its name, and its first and last day


def _choose_step(first: int, last: int, asked: Step | None) -> Step:
    most = MOST_BARS if asked else READABLE
    for step in STEPS[STEPS.index(asked) if asked else 0 :]:
        if step == "year" or _count_periods(first, last, step) <= most:
            return step
    return "year"


def _count_periods(first: int, last: int, step: Step) -> int:
    start, end = date.fromordinal(first), date.fromordinal(last)
    return last - first + 1 if step == "day" else 12 * (end.year - start.year) + end.month - start.month + 1


def _periods(first: int, last: int, step: Step) -> Iterator[Period]:
    day = first
    while day <= last:
        at = date.fromordinal(day)
        if step == "day":
            yield at.isoformat(), day, day
            day += 1
            continue
        start = at.replace(day=1) if step == "month" else at.replace(month=1, day=1)
        after = _after(start, step)
        yield f"{start:%Y-%m}" if step == "month" else f"{start.year:04d}", start.toordinal(), after - 1
        day = after


def _after(start: date, step: Step) -> int:
    """Return the first day after a month or year, which may be beyond the last that a date can say."""
    if step == "year":
        return start.toordinal() + (date(start.year, 12, 31) - start).days + 1
    following = (start.year + start.month // 12, start.month % 12 + 1)
    return date(*following, 1).toordinal() if following[0] <= date.max.year else date.max.toordinal() + 1


def _fill(periods: Sequence[Period], spans: Spans) -> list[tuple[int, float]]:
    """Return how many reports are certainly from each period, and the share of the others that falls there."""
    starts = [start for _, start, _ in periods]
    certain = [0] * len(periods)
    thin: dict[int, float] = {}
    for (first, last), count in spans.items():
        at = bisect_right(starts, first) - 1
        if at >= 0 and last <= periods[at][2]:
            certain[at] += count
        elif last > first:
            # Reports a day from the first day on, and as many less after the last.
            thin[first] = thin.get(first, 0.0) + count / (last - first + 1)
            thin[last + 1] = thin.get(last + 1, 0.0) - count / (last - first + 1)
    passed = _Passed(thin)
    return [
        (sure, max(passed.until(end + 1) - passed.until(start), 0.0))
        for sure, (_, start, end) in zip(certain, periods, strict=True)
    ]


class _Passed:
    """How much of what is spread lies before a day; `thin` says where its daily amount changes, and by how much."""

    def __init__(self, thin: Mapping[int, float]) -> None:
        self._days = sorted(thin)
        self._slopes = list(accumulate(thin[day] for day in self._days))
        lengths = [after - day for day, after in zip(self._days, self._days[1:], strict=False)]
        self._sums = list(accumulate((n * slope for n, slope in zip(lengths, self._slopes, strict=False)), initial=0.0))

    def until(self, day: int) -> float:
        at = bisect_right(self._days, day) - 1
        return self._sums[at] + (day - self._days[at]) * self._slopes[at] if at >= 0 else 0.0
