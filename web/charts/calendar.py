"""How much there is for each month: a table of years and months in which gaps are seen, and said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from indexer import Facet
from web.words import MONTHS

LEVELS = 4  # shades of a month that has reports
LONG_SILENCE = 3  # years without a report that become one row
MOST_YEARS = 80  # rows; older years than these are left to the list of years

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month: its count, how dark it is drawn (0 to 4), and the way to its reports."""

    value: str
    name: str
    count: int
    level: int
    href: str | None
    gap: bool


@dataclass(frozen=True, slots=True)
class YearView:
    """One row of the calendar; a row without months stands for years without any report, as `1995–2007`."""

    year: str
    href: str | None
    count: int
    months: tuple[MonthView, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years from the first to the last that has reports, the months between without any, and the undated."""

    years: tuple[YearView, ...]
    gaps: tuple[str, ...]
    undated: int
    cut: int = 0


def draw_calendar(dates: Facet, link: Link) -> Calendar:
    """Return the calendar of a date facet; `link` leads from a year or month to its reports."""
    counts = {value.value: value.count for value in dates.values if value.count}
    months = {value: count for value, count in counts.items() if "-" in value}
    years = sorted(value for value in counts if value.isdigit())
    if not years:
        return Calendar((), (), counts.get("unknown", 0))
    within = _between(min(months, default=f"{years[0]}-01"), max(months, default=f"{years[-1]}-12"))
    shown = [f"{year:04d}" for year in range(int(years[0]), int(years[-1]) + 1)]
    most = max(months.values(), default=1)
    rows: list[YearView] = []
    for has_reports, run in groupby(shown[-MOST_YEARS:], lambda year: bool(counts.get(year))):
        stretch = list(run)
        if not has_reports and len(stretch) >= LONG_SILENCE:
            rows.append(YearView(f"{stretch[0]}–{stretch[-1]}", None, 0, ()))
        else:
            rows += [YearView(one, link(one) if has_reports else None, counts.get(one, 0),
                              tuple(_months(one, months, within, most, link))) for one in stretch]  # fmt: skip
    gaps = _gaps(sorted(within), months)
    return Calendar(tuple(rows), gaps, counts.get("unknown", 0), max(len(shown) - MOST_YEARS, 0))


def _months(year: str, counts: Mapping[str, int], within: frozenset[str], most: int, link: Link) -> Iterable[MonthView]:
    for number, name in enumerate(MONTHS, 1):
        value = f"{year}-{number:02d}"
        count = counts.get(value, 0)
        level = -(-LEVELS * count // most)
        yield MonthView(value, name, count, level, link(value) if count else None, value in within and not count)


def _between(first: str, last: str) -> frozenset[str]:
    """Return every month from the first to the last."""
    start, end = _number(first), _number(last)
    return frozenset(_month(number) for number in range(start, end + 1))


def _gaps(within: list[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the stretches of months without a report, in words."""
    empty = [_number(month) for month in within if not counts.get(month)]
    runs = [[number for _, number in run] for _, run in groupby(enumerate(empty), lambda pair: pair[1] - pair[0])]
    return tuple(_say(run[0]) if len(run) == 1 else f"{_say(run[0])} to {_say(run[-1])}" for run in runs)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _say(number: int) -> str:
    return f"{MONTHS[number % 12]} {number // 12}"
