"""Days, months, years and their parts as readings: EDTF with the first and last day they allow."""

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

# Two-digit years: 30-99 are 1930-1999, 00-29 are 2000-2029.
PIVOT = 30
CENTURY = 100
FIRST_YEAR, LAST_YEAR = 1500, 2099
MONTHS_A_YEAR, DAYS_A_WEEK = 12, 7
# A date without a year is the last one, or the coming one when that is near; further ahead only where words say so.
NEAR_AHEAD, FAR_AHEAD = dt.timedelta(days=31), dt.timedelta(days=330)

EARLY, MID, LATE = "early", "mid", "late"
# Thirds: of a month the days, of a year the months, of longer times the years counted from 0.
PARTS_OF_MONTH = {EARLY: (1, 10), MID: (10, 20), LATE: (20, 31)}
PARTS_OF_YEAR = {EARLY: (1, 4), MID: (5, 8), LATE: (9, 12)}
PARTS_OF_DECADE = {EARLY: (0, 3), MID: (4, 6), LATE: (7, 9)}
PARTS_OF_CENTURY = {EARLY: (0, 33), MID: (34, 66), LATE: (67, 99)}
# Northern seasons as EDTF numbers them; a winter may be meant by either of the years it touches.
SEASONS = {"spring": (21, 3, 5), "summer": (22, 6, 8), "autumn": (23, 9, 11), "fall": (23, 9, 11), "winter": (24, 0, 0)}


class Reading(NamedTuple):
    """What an expression says: EDTF, and the first and last day it allows (None when it has no year)."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None when the calendar has no such day or the year is out of our range."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str) -> int:
    """Return the year that two or four digits write."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004  # two digits
        return year
    return year + (CENTURY * 19 if year >= PIVOT else CENTURY * 20)


def read_one(day: dt.date | None) -> Reading | None:
    """Return the reading of one day."""
    return None if day is None else Reading(day.isoformat(), day, day)


def month_of(year: int, month: int) -> Reading | None:
    """Return the reading of one month."""
    first = make_day(year, month, 1)
    return None if first is None else Reading(first.isoformat()[:7], first, end_of_month(first))


def year_of(year: int) -> Reading | None:
    """Return the reading of one year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Reading(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def some_day(first: dt.date, last: dt.date) -> Reading:
    """Return the reading of one day among several: [a..b]."""
    if first == last:
        return Reading(first.isoformat(), first, last)
    return Reading(f"[{first.isoformat()}..{last.isoformat()}]", first, last)


def throughout(first: dt.date, last: dt.date) -> Reading:
    """Return the reading of a stretch of days: a/b."""
    if first == last:
        return Reading(first.isoformat(), first, last)
    return Reading(f"{first.isoformat()}/{last.isoformat()}", first, last)


def part_of_month(year: int, month: int, part: str) -> Reading | None:
    """Return early, mid or late in a month."""
    first = make_day(year, month, 1)
    if first is None:
        return None
    start, end = PARTS_OF_MONTH[part]
    return some_day(first.replace(day=start), first.replace(day=min(end, end_of_month(first).day)))


def part_of_year(year: int, part: str) -> Reading | None:
    """Return early, mid or late in a year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    start, end = PARTS_OF_YEAR[part]
    return some_day(dt.date(year, start, 1), end_of_month(dt.date(year, end, 1)))


def decade_of(year: int, part: str | None = None) -> Reading | None:
    """Return a decade by its first year, or a part of it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if part is None:
        return Reading(f"{year // 10}X", dt.date(year, 1, 1), dt.date(year + 9, 12, 31))
    start, end = PARTS_OF_DECADE[part]
    return Reading(f"[{year + start}..{year + end}]", dt.date(year + start, 1, 1), dt.date(year + end, 12, 31))


def century_of(year: int, part: str | None = None) -> Reading | None:
    """Return a century by its first year (the 1800s), or a part of it."""
    if part is None:
        return Reading(f"{year // CENTURY}XX", dt.date(year, 1, 1), dt.date(year + CENTURY - 1, 12, 31))
    start, end = PARTS_OF_CENTURY[part]
    return Reading(f"[{year + start}..{year + end}]", dt.date(year + start, 1, 1), dt.date(year + end, 12, 31))


def season_of(year: int, season: str) -> Reading | None:
    """Return a season of a year, in the north; a winter reaches over both turns of the year."""
    if not FIRST_YEAR < year < LAST_YEAR:
        return None
    number, start, end = SEASONS[season]
    if not start:
        return Reading(f"{year}-{number}", dt.date(year, 1, 1), end_of_month(dt.date(year + 1, 2, 1)))
    return Reading(f"{year}-{number}", dt.date(year, start, 1), end_of_month(dt.date(year, end, 1)))


def years_between(first: Reading, last: Reading) -> Reading:
    """Return one year among several, from the first and the last of them."""
    return Reading(f"[{first.edtf}..{last.edtf}]", first.earliest, last.latest)


def end_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: dt.date, months: int) -> dt.date | None:
    """Return the first day of the month that lies so many months away."""
    count = day.year * MONTHS_A_YEAR + day.month - 1 + months
    return make_day(count // MONTHS_A_YEAR, count % MONTHS_A_YEAR + 1, 1)


def week_of(day: dt.date) -> Reading:
    """Return the week, Monday to Sunday, that a day lies in."""
    monday = day - dt.timedelta(days=day.weekday())
    return some_day(monday, monday + dt.timedelta(days=DAYS_A_WEEK - 1))


def supply_year(month: int, day: int, today: dt.date, *, ahead: bool = False) -> dt.date | None:
    """Return the day of this month and day number that a text of `today` means when it names no year.

    `ahead` says that the words around it speak of what is to come.
    """
    for year in (today.year, today.year + 1):
        coming = make_day(year, month, day)
        if coming is not None and today < coming <= today + (FAR_AHEAD if ahead else NEAR_AHEAD):
            return coming
    for year in range(today.year, today.year - 9, -1):  # 29 February may lie eight years back
        past = make_day(year, month, day)
        if past is not None and past <= today:
            return past
    return None
