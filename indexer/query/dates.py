"""Dates as readers type them, and the days they stand for."""

import calendar
import re
from datetime import date
from typing import NamedTuple

PARTIAL = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)  # 2016 · 2016-10 · 2016-10-17
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


class Days(NamedTuple):
    """A stretch of days as proleptic Gregorian ordinals (1 is 0001-01-01), both ends included."""

    first: int
    last: int


def read_days(text: str) -> Days | None:
    """Return the days of a year, month or day written in ISO form; None when it is not one."""
    match = PARTIAL.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if match["day"]:
        return Days(first.toordinal(), first.toordinal())
    last_month = month or 12
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Days(first.toordinal(), last.toordinal())


def read_range(start: str | None, end: str | None) -> Days | None:
    """Return the days from the start of one date to the end of another; an open end reaches as far as days go."""
    first = read_days(start) if start is not None else Days(FIRST_DAY, FIRST_DAY)
    last = read_days(end) if end is not None else Days(LAST_DAY, LAST_DAY)
    return Days(first.first, last.last) if first and last else None
