"""Numbers against days as dots: what lies on one spot is one dot."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from web.charts.series import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Tick, scale

SPOT = 3  # units of the drawing that a dot takes
MOST_LABELS = 10
DAYS = 365.2425  # of a year


@dataclass(frozen=True, slots=True)
class Dot:
    """One spot; a stray stands apart from the others' order."""

    x: float
    y: float
    stray: bool


@dataclass(frozen=True, slots=True)
class DotChart:
    """Dots over one scale of time; `across` are ticks of time, `up` ticks of number."""

    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def draw_dots(points: Iterable[tuple[dt.date, int, bool]]) -> DotChart | None:
    """Return the drawing of days and numbers, each with whether it is a stray; None where there is none."""
    points = tuple(points)
    if not points:
        return None
    days, numbers = [day for day, _, _ in points], [number for _, number, _ in points]
    first, last = min(days).year, max(days).year + 1
    low, high = min(numbers), max(numbers)
    top, step = scale(max(high - low, 1))
    base = int(low // step * step)  # the scale begins near the smallest number: few outlets count from one
    top = max(top, step * -(-(high - base) // step))

    def across(year: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (year - first) / (last - first), 1)

    def up(number: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (number - base) / top, 1)

    spots = {(_spot(across(_year(day))), _spot(up(number)), stray) for day, number, stray in points}
    return DotChart(
        tuple(Dot(*spot) for spot in sorted(spots, key=lambda spot: (spot[2], spot))),
        tuple(Tick(across(year), str(year)) for year in _labelled(range(first, last))),
        tuple(Tick(up(base + step * line), f"{base + step * line:,.0f}") for line in range(round(top / step) + 1)),
    )


def _labelled(years: Sequence[int]) -> Sequence[int]:
    return years[:: -(-len(years) // MOST_LABELS)]


def _spot(at: float) -> float:
    return round(at / SPOT) * float(SPOT)


def _year(day: dt.date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / DAYS
