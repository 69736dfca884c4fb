"""Counts over time as drawings: lines for several questions, and two lanes of bars over one scale of time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from web.words import MONTHS

WIDTH, HEIGHT = 900, 320  # units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 76, 12, 12, 30  # room for what is written around it
MOST_LABELS = 12
LINES = 5
STEPS = (1, 2, 5)  # a scale rises by one of these, times a power of ten
YEAR = len("2016")


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with what is written beside it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question's line: its points as SVG reads them, and each point by itself."""

    points: str
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over one scale of time; `across` are ticks of time, `up` ticks of number."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a lane."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """Two lanes of bars: one rises from the middle line, the other hangs from it."""

    upper: tuple[Bar, ...]
    lower: tuple[Bar, ...]
    across: tuple[Tick, ...]
    middle: float


def draw_lines(periods: Sequence[str], series: Iterable[Mapping[str, float]]) -> LineChart:
    """Return the lines of several series over these periods (years or months in order)."""
    series = tuple(series)
    most = max((value for one in series for value in one.values()), default=0)
    top, step = scale(most, whole=all(value == round(value) for one in series for value in one.values()))
    lines = []
    for one in series:
        dots = tuple((_x(number, len(periods)), _y(one.get(period, 0), top)) for number, period in enumerate(periods))
        lines.append(Line(" ".join(f"{x},{y}" for x, y in dots), dots))
    ticks = tuple(Tick(_y(step * number, top), say_number(step * number)) for number in range(round(top / step) + 1))
    return LineChart(tuple(lines), _across(periods), ticks)


def draw_lanes(periods: Sequence[str], upper: Mapping[str, int], lower: Mapping[str, int]) -> Lanes:
    """Return two lanes over these periods; each is drawn on the scale of its own largest number."""
    middle = round((HEIGHT - BOTTOM + TOP) / 2, 1)
    room = middle - TOP
    wide = round((WIDTH - LEFT - RIGHT) / max(len(periods), 1) * 0.8, 2)
    most_above, most_below = max(upper.values(), default=1), max(lower.values(), default=1)

    def bar(period: str, number: int, count: int, most: int, *, up: bool) -> Bar:
        high = round(room * count / most, 1)
        left = round(_x(number, len(periods)) - wide / 2, 1)
        return Bar(left, middle - high if up else middle, wide, high, f"{say_period(period)}: {count:,}")

    numbered = tuple(enumerate(periods))
    return Lanes(
        tuple(bar(one, at, upper[one], most_above, up=True) for at, one in numbered if upper.get(one)),
        tuple(bar(one, at, lower[one], most_below, up=False) for at, one in numbered if lower.get(one)),
        _across(periods),
        middle,
    )


def list_periods(values: Iterable[str]) -> tuple[str, ...]:
    """Return every year, or every month, from the first of these to the last."""
    found = sorted(values)
    if not found:
        return ()
    if len(found[0]) == YEAR:
        return tuple(f"{year:04d}" for year in range(int(found[0]), int(found[-1]) + 1))
    first, last = (int(value[:4]) * 12 + int(value[5:]) - 1 for value in (found[0], found[-1]))
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1))


def scale(most: float, *, whole: bool = True) -> tuple[float, float]:
    """Return the top of a scale that holds this number and the step between its lines, at most six of them.

    With `whole`, no step is a part of one.
    """
    if most <= 0:
        return 1.0, 1.0
    power = 10.0 ** floor(log10(most / LINES))
    step = next(power * factor for factor in (*STEPS, 10) if power * factor * LINES >= most * (1 - 1e-9))
    step = max(step, 1.0) if whole else step
    return round(step * ceil(most / step - 1e-9), 6), round(step, 6)


def say_period(period: str) -> str:
    """Return a year or month as readers write it."""
    return period if len(period) == YEAR else f"{MONTHS[int(period[5:]) - 1]} {period[:4]}"


def say_number(number: float) -> str:
    """Return a number without needless digits."""
    return f"{number:,.0f}" if number == round(number) else f"{number:,.3g}"


def _across(periods: Sequence[str]) -> tuple[Tick, ...]:
    every = -(-len(periods) // MOST_LABELS) or 1
    if periods and len(periods[0]) > YEAR:  # months: name those that begin a year, where there are enough of them
        januaries = [number for number, period in enumerate(periods) if period.endswith("-01")]
        if len(januaries) > 1:
            chosen = januaries[:: -(-len(januaries) // MOST_LABELS)]
            return tuple(Tick(_x(number, len(periods)), periods[number][:4]) for number in chosen)
    return tuple(Tick(_x(number, len(periods)), periods[number]) for number in range(0, len(periods), every))


def _x(number: int, periods: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return round(LEFT + room * (number + 0.5) / max(periods, 1), 1)


def _y(value: float, top: float) -> float:
    room = HEIGHT - TOP - BOTTOM
    return round(TOP + room * (1 - value / top), 1) if top else float(HEIGHT - BOTTOM)
