"""Dates told from the day of writing: today, on Wednesday, two weeks ago. Without that day they say nothing."""

import datetime as dt
import re

from archive.description.expressions.calendar import (
    Reading,
    add_months,
    end_of_month,
    month_of,
    part_of_month,
    part_of_year,
    read_one,
    season_of,
    some_day,
    throughout,
    week_of,
    year_of,
    years_between,
)
from archive.description.expressions.grammar import (
    NUMBERS,
    PART,
    WEEKDAY,
    DateRule,
    is_ahead,
    part_named,
    rule,
)
from archive.description.expressions.names import WEEKDAYS, fold

WEEK = 7
HALF_A_MONTH = dt.timedelta(days=15)
MOST_AGO = {"day": 120, "night": 120, "week": 60, "month": 60, "year": 200, "decade": 20}
STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
# Whole phrases and how many days they lie from the day of writing.
DAYS_AWAY = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "this noon": 0,
    "at dawn today": 0, "earlier today": 0, "early today": 0, "late today": 0, "later today": 0,
    "yesterday": -1, "last night": -1, "last evening": -1, "the previous night": -1, "the previous day": -1,
    "the day before yesterday": -2, "the night before last": -2,
    "tomorrow": 1, "the day after tomorrow": 2,
    "hoy": 0, "ayer": -1, "anteayer": -2, "hoje": 0, "ontem": -1, "aujourd'hui": 0, "aujourd’hui": 0,
    "heute": 0, "gestern": -1, "vorgestern": -2, "сегодня": 0, "вчера": -1, "позавчера": -2, "сьогодні": 0, "вчора": -1,
    "اليوم": 0, "أمس": -1, "امس": -1, "أول من أمس": -2, "غدا": 1, "غدًا": 1,
}  # fmt: skip
DAY_WORDS = "|".join(
    re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(DAYS_AWAY, key=lambda phrase: -len(phrase))
)
COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)).replace(" ", r"\s+") + r")"
# every Wednesday, the Wednesday sessions, Tuesday Wednesday Thursday: days of any week
EVERY_WEEK = re.compile(rf"\b(?:every|each|the|a|an|most|{WEEKDAY}(?:,|\s+and|\s+or)?)\s+$", re.IGNORECASE)
FEW = (2, 6)  # how many "a few" or "several" are


def _read_word(match: re.Match[str], today: dt.date | None) -> Reading | None:
    if today is None:
        return None
    return read_one(_move(today, DAYS_AWAY[fold(match["phrase"])]))


def _read_weekday(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read a weekday: the day of writing itself or the last one before it, and the next when the words look ahead."""
    if today is None:
        return None
    if (match["day"].islower() and match["day"].isascii()) or _is_of_any_week(match):
        return None
    back = (today.weekday() - WEEKDAYS[fold(match["day"])]) % WEEK
    which = (match["which"] or "").lower()
    if which == "last":
        return read_one(_move(today, -(back or WEEK)))
    if which in {"next", "coming"} or is_ahead(match):
        return read_one(_move(today, WEEK - back if back else (0 if which == "" else WEEK)))
    return read_one(_move(today, -back))


def _is_of_any_week(match: re.Match[str]) -> bool:
    return EVERY_WEEK.search(match.string, max(0, match.start() - 20), match.start()) is not None


def _read_ago(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read `two weeks ago`: no more exact than its unit, a month to half a month either way."""
    count = _count(match["count"])
    unit = match["unit"].lower()
    if today is None or count is None or count > MOST_AGO[unit]:
        return None
    return _count_back(today, count, unit) if count else _read_few(unit, today)


def _count_back(today: dt.date, count: int, unit: str) -> Reading | None:
    if unit == "year":
        return year_of(today.year - count)
    if unit == "decade":
        first, last = year_of(today.year - count * 10 - 5), year_of(today.year - count * 10 + 5)
        return years_between(first, last) if first is not None and last is not None else None
    if unit == "month":
        moved = _middle(today, count)
        return some_day(moved - HALF_A_MONTH, moved + HALF_A_MONTH) if moved is not None else None
    moved = _move(today, -count * (WEEK if unit == "week" else 1))
    if moved is None:
        return None
    return week_of(moved) if unit == "week" else read_one(moved)


def _middle(today: dt.date, months: int) -> dt.date | None:
    first = add_months(today, -months)
    return None if first is None else first.replace(day=min(today.day, end_of_month(first).day))


def _read_few(unit: str, today: dt.date) -> Reading | None:
    """Read `several days ago`: one day among those the word can mean."""
    days = {"day": 1, "night": 1, "week": WEEK, "month": 31, "year": 366}.get(unit)
    if days is None:
        return None
    first, last = _move(today, -days * FEW[1]), _move(today, -days * (FEW[0] - 1))
    return some_day(first, last) if first is not None and last is not None else None


def _read_past(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read `over the past two weeks`: the stretch that ends on the day of writing."""
    count = _count(match["count"]) if match["count"] else 1
    unit = match["unit"].lower()
    if today is None or not count or count > MOST_AGO.get(unit, 0):
        return None
    first: dt.date | None
    if unit in {"day", "night", "week"}:
        first = _move(today, -count * (WEEK if unit == "week" else 1))
    else:
        first = _middle(today, count * {"month": 1, "year": 12, "decade": 120}[unit])
    return throughout(first, today) if first is not None else None


def _read_unit(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read `last week`, `this month`, `next year`, and `early this month`."""
    if today is None:
        return None
    step, unit, part = STEP[match["which"].lower()], match["unit"].lower(), match["part"]
    if unit == "week":
        moved = _move(today, step * WEEK)
        return week_of(moved) if moved is not None and not part else None
    if unit == "month":
        first = add_months(today, step)
        if first is None:
            return None
        if part:
            return part_of_month(first.year, first.month, part_named(part))
        return month_of(first.year, first.month)
    year = today.year + step
    return part_of_year(year, part_named(part)) if part else year_of(year)


def _read_earlier(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read `earlier this week` (the seven days to the day of writing) and `earlier this month` or year."""
    if today is None:
        return None
    unit = match["unit"].lower()
    starts = {"week": _move(today, -WEEK), "month": today.replace(day=1), "year": today.replace(month=1, day=1)}
    first = starts[unit]
    return some_day(first, today) if first is not None else None


def _read_season(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read `last summer`: the last one that is over."""
    if today is None or match["which"].lower() != "last":
        return None
    for year in (today.year, today.year - 1, today.year - 2):
        reading = season_of(year, match["season"].lower())
        if reading is not None and reading.latest is not None and reading.latest < today:
            return reading
    return None


def _read_weekend(match: re.Match[str], today: dt.date | None) -> Reading | None:
    if today is None or is_ahead(match):
        return None
    saturday = today - dt.timedelta(days=(today.weekday() - 5) % WEEK or WEEK)
    return some_day(saturday, saturday + dt.timedelta(days=1)) if saturday < today else None


def _count(printed: str) -> int | None:
    folded = fold(printed)
    return NUMBERS[folded] if folded in NUMBERS else int(folded)


def _move(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


TIME_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night|noon|midday))?"
UNIT = r"(?P<unit>day|night|week|month|year|decade)"

RULES: tuple[DateRule, ...] = (
    # yesterday morning · the previous night · أمس
    rule("day-word", "day-word", rf"(?P<phrase>{DAY_WORDS}){TIME_OF_DAY}(?!['’]s)", _read_word),
    # late on Wednesday · last Friday · next Monday
    rule("weekday", "weekday",
         rf"(?:(?:(?:early|late|earlier|later)\s+)?on\s+|(?:early|late|later)\s+)?"
         rf"(?:(?P<which>last|next|coming|this(?:\s+past)?)\s+)?"
         rf"(?P<day>{WEEKDAY}){TIME_OF_DAY}(?![,\s]+{WEEKDAY}\b)", _read_weekday),
    # eight months ago · a year ago
    rule("ago", "ago", rf"(?:(?:about|around|some|nearly|almost|over)\s+)?{COUNT}\s+{UNIT}s?\s+ago",
         _read_ago),
    # over the past two weeks · in the last month
    rule("past", "unit",
         rf"(?:over|during|in|for|within)\s+the\s+(?:past|last)\s+(?:{COUNT}\s+)?{UNIT}s?", _read_past),
    # last week · early this month · the end of last year
    rule("unit", "unit",
         rf"(?:{PART}[\s-]+)?(?P<which>last|past|previous|this|current|next|coming)\s+(?P<unit>week|month|year)(?!-)",
         _read_unit),
    # earlier this week
    rule("earlier", "unit", r"earlier\s+(?:in\s+)?(?:this|the)\s+(?P<unit>week|month|year)", _read_earlier),
    # last summer
    rule("last-season", "season", r"(?P<which>last)\s+(?P<season>spring|summer|autumn|fall|winter)", _read_season),
    # over the weekend · last weekend
    rule("weekend", "weekend", r"(?:(?:over|during)\s+(?P<over>the)|(?P<which>last|past))\s+weekend", _read_weekend),
)  # fmt: skip
