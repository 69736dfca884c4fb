"""Dates with figures and names of months: full, without a year, and the rules for numbers that are no dates."""

import datetime as dt
import re

from archive.description.expressions.calendar import (
    CENTURY,
    Reading,
    century_of,
    decade_of,
    full_year,
    make_day,
    month_of,
    part_of_month,
    part_of_year,
    read_one,
    season_of,
    some_day,
    supply_year,
    throughout,
    year_of,
)
from archive.description.expressions.grammar import (
    DAY,
    ENGLISH_MONTH,
    HIJRI_MONTH,
    MONTH,
    PART,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
    DateRule,
    is_ahead,
    is_alone,
    part_named,
    rule,
    words_around,
)
from archive.description.expressions.hijri import read_hijri
from archive.description.expressions.names import ENGLISH_MONTHS, HIJRI_MONTHS, MONTHS, fold

PREFIX = rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}\.?),?\s+(?:the\s+)?)?"
OF = r"(?:(?:of|de|del|من)\s+)?"
# 13 October '89: two figures count only with an apostrophe or where a phrase ends, unlike "13 October 20 people".
SHORT = r"(?:['’]\d\d|\d\d(?=\s*(?:$|[.;:)\]\-–—,(]|--))(?![.,:]\d|-\w))"
YEAR_AFTER = rf"(?:\.?(?:,?\s+{OF}|,|-|/|\.)(?P<year>{YEAR})|(?:\s+|-)(?P<short>{SHORT}))?"
WHICH = r"(?:,?\s+(?:of\s+)?(?P<which>last|this|next)\s+year)?"
DIGIT = re.compile(r"\d+")
ORDINARY_WORDS = frozenset({"may", "march", "mars", "mart", "mai", "mei", "out", "jan", "maja", "juan"})
RECENT = dt.timedelta(days=31)
MOST_DAYS = 31
CLOCK_WORDS = re.compile(r"\s*(?:gmt|hours|hrs|local|[ap]\.?m)\b", re.IGNORECASE)
CLOCK_CUES = frozenset({"by", "before", "after", "from", "until", "between", "since"})
MINUTES = 60
THIS_CENTURY = 2000
THIS_YEAR = {"last": -1, "this": 0, "next": 1}


def _month(match: re.Match[str], group: str = "month") -> int | None:
    """Return the month's number; a lower-case `may` or `march` is a verb."""
    printed = match[group]
    name = fold(printed)
    if name in ORDINARY_WORDS and printed == printed.lower():
        return None if name in ENGLISH_MONTHS or not words_around(match).islower() else MONTHS[name]
    return MONTHS[name]


def _year(match: re.Match[str], today: dt.date | None) -> int | None:
    year, short, which = (_group(match, name) for name in ("year", "short", "which"))
    if year:
        return int(year)
    if short:
        return full_year(short.strip("'’"))
    if which and today is not None:
        return today.year + THIS_YEAR[which.lower()]
    return None


def _group(match: re.Match[str], name: str) -> str | None:
    return match[name] if name in match.re.groupindex else None


def _number(printed: str) -> int:
    found = DIGIT.search(printed)
    return int(found[0]) if found is not None else 0


def _read_day(match: re.Match[str], today: dt.date | None) -> Reading | None:
    month, day = _month(match), _number(match["day"])
    if month is None or make_day(2000, month, day) is None:
        return None
    year = _year(match, today)
    if year is not None:
        return read_one(make_day(year, month, day))
    if today is not None and not _group(match, "which"):
        return read_one(supply_year(month, day, today, ahead=is_ahead(match)))
    return Reading(f"XXXX-{month:02}-{day:02}", None, None)


def _read_month(match: re.Match[str], today: dt.date | None) -> Reading | None:
    month = _month(match)
    if month is None:
        return None
    part = _group(match, "part")
    year = _year(match, today)
    if year is None and today is not None:
        first = supply_year(month, 1, today, ahead=is_ahead(match))
        year = first.year if first is not None else None
    if year is None:
        return None if part else Reading(f"XXXX-{month:02}", None, None)
    return part_of_month(year, month, part_named(part)) if part else month_of(year, month)


def _read_lone_month(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read a month alone: May and March only when they are all the text there is."""
    name = fold(match["month"])
    if not is_alone(match) and (name in ORDINARY_WORDS or not match["month"][0].isupper()):
        return None
    return _read_month(match, today)


def _read_days(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read several days of one month: a stretch, or these days, or one of them."""
    month = _month(match)
    numbers = [int(figure) for figure in DIGIT.findall(match["days"])]
    if month is None or any(make_day(2000, month, number) is None for number in numbers):
        return None
    year = _year(match, today)
    if year is None:
        last = supply_year(month, numbers[-1], today, ahead=is_ahead(match)) if today is not None else None
        year = last.year if last is not None else None
    if year is None:
        return None
    days = [day for day in (make_day(year, month, number) for number in numbers) if day is not None]
    if len(days) < len(numbers) or days != sorted(set(days)):
        return None
    if match["joiner"].lower() == "or" or match["opening"].lower().startswith("between"):
        return some_day(days[0], days[-1])
    return throughout(days[0], days[-1])


def _read_months(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read `from 30 October to 2 November 2016` and `between October 2016 and July 2017`."""
    first_month, last_month = _month(match, "month1"), _month(match)
    year = _year(match, today)
    if first_month is None or last_month is None or year is None:
        return None
    first_year = int(match["year1"]) if match["year1"] else year - (first_month > last_month)
    starts = match["day1"]
    first = make_day(first_year, first_month, _number(starts) if starts else 1)
    last = make_day(year, last_month, _number(match["day"])) if match["day"] else _last_of(month_of(year, last_month))
    if first is None or last is None or first > last or bool(starts) != bool(match["day"]):
        return None
    if match["opening"].lower().startswith("between"):
        return some_day(first, last)
    return throughout(first, last)


def _last_of(reading: Reading | None) -> dt.date | None:
    return reading.latest if reading is not None else None


def _read_figures(match: re.Match[str], today: dt.date | None) -> Reading | None:
    """Read 02/11/2016: one of two days when both orders are days, and the recent one when an anchor tells."""
    first, second, year = int(match["first"]), int(match["second"]), full_year(match["year"])
    day_first, month_first = make_day(year, second, first), make_day(year, first, second)
    if match["mark"] == "." or day_first == month_first or day_first is None or month_first is None:
        return read_one(day_first or (None if match["mark"] == "." else month_first))
    recent = [day for day in (day_first, month_first) if today is not None and today - RECENT <= day <= today]
    if len(recent) == 1:
        return read_one(recent[0])
    earlier, later = sorted((day_first, month_first))
    return Reading(f"[{earlier.isoformat()},{later.isoformat()}]", earlier, later)


def _read_iso(match: re.Match[str], _: dt.date | None) -> Reading | None:
    return read_one(make_day(int(match["year"]), int(match["second"]), int(match["third"])))


def _read_group(match: re.Match[str], _: dt.date | None) -> Reading | None:
    """Read a military date-time group: 031200Z NOV 16."""
    hours, minutes = int(match["clock"][:2]), int(match["clock"][2:])
    if hours > 24 or minutes > 59:  # noqa: PLR2004  # a clock
        return None
    return read_one(make_day(full_year(match["year"]), MONTHS[fold(match["month"])], int(match["day"])))


def _read_year(match: re.Match[str], _: dt.date | None) -> Reading | None:
    part = match["part"]
    after = match.string[match.end() : match.end() + 12]
    if not (part or match["cue"] or is_alone(match)) or CLOCK_WORDS.match(after) or _is_clock(match):
        return None
    year = int(match["year"])
    return part_of_year(year, part_named(part)) if part else year_of(year)


def _is_clock(match: re.Match[str]) -> bool:
    """Tell whether figures in a text of capitals are an hour of the day: FROM 1710 UNTIL 1945."""
    in_time = (match["cue"] or "").lower() in CLOCK_CUES and words_around(match).isupper()
    return in_time and int(match["year"][2:]) < MINUTES


def _read_years(match: re.Match[str], _: dt.date | None) -> Reading | None:
    first = int(match["year"])
    digits = match["last"]
    last = int(digits) if len(digits) > 2 else first // 100 * 100 + int(digits)  # noqa: PLR2004  # 1980-88
    if not first < last:
        return None
    return Reading(f"{first}/{last}", dt.date(first, 1, 1), dt.date(last, 12, 31))


def _read_decade(match: re.Match[str], _: dt.date | None) -> Reading | None:
    part, year = match["part"], int(match["decade"])
    read = century_of if year % CENTURY == 0 and year < THIS_CENTURY else decade_of
    return read(year, part_named(part) if part else None)


def _read_season(match: re.Match[str], today: dt.date | None) -> Reading | None:
    year = _year(match, today)
    return season_of(year, match["season"].lower()) if year is not None else None


def _read_quarter(match: re.Match[str], _: dt.date | None) -> Reading | None:
    printed = (match["quarter"] or match["spoken"]).lower()
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}.get(printed) or int(printed)
    year = int(match["year"])
    start, end = make_day(year, number * 3 - 2, 1), _last_of(month_of(year, number * 3))
    return throughout(start, end) if start is not None and end is not None else None


def _read_hijri(match: re.Match[str], _: dt.date | None) -> Reading | None:
    day = match["day"]
    return read_hijri(int(match["year"]), HIJRI_MONTHS[fold(match["month"])], _number(day) if day else None)


NO_DAY = r"(?<!\d\s)(?<!\d(?:st|nd|rd|th)\s)"  # 31 June 1982 is no June 1982
NOT_COUNTED = r"(?!\s*(?:%|per\s?cent\b)|[:.,]?\d|\s*[ap]\.m\b)"
OPENING = r"(?P<opening>(?:(?:from|between)\s+(?:the\s+)?)?)"
TO = r"\s*(?:to|until|till|through|and|al|a|au|-|–|—)\s*"

RULES: tuple[DateRule, ...] = (
    # from 30 October to 2 November 2016 · between October 2016 and July 2017
    rule("months-range", "month",
         rf"{OPENING}(?:(?P<day1>{DAY})\s+)?(?P<month1>{MONTH})(?:,?\s+(?P<year1>{YEAR}))?{TO}"
         rf"(?:(?P<day>{DAY})\s+)?(?P<month>{MONTH}),?\s+(?P<year>{YEAR})", _read_months, many=2, glued=True),
    # 13, 14 and 15 November 1989 · from 2 to 5 November · 2-5 Nov 2016
    rule("days-of-month", "month",
         rf"{OPENING}(?P<days>{DAY}(?:\s*,\s*{DAY})*\s*(?P<joiner>,?\s*and|or|y|to|through|-|–)\s*{DAY})\s+{OF}"
         rf"(?P<month>{MONTH}){YEAR_AFTER}", _read_days),
    # November 2-5, 2016 · January 13 and 14
    rule("month-days", "month",
         rf"{OPENING}(?P<month>{MONTH})\.?\s+(?P<days>{DAY}(?:\s*,\s*{DAY}(?!\d))*\s*(?P<joiner>,?\s*and|or|to|through|-|–)"
         rf"\s*{DAY}{NOT_COUNTED}){YEAR_AFTER}", _read_days),
    # Wednesday, 2 November 2016 · 24th of January · 2 de noviembre de 2016 · ٢ تشرين الثاني ٢٠١٦ · 13-OCT-1989
    rule("day-month", "month",
         rf"{PREFIX}(?P<day>{DAY})(?:\s+|-|\.\s?)(?:day\s+)?{OF}(?P<month>{MONTH}){YEAR_AFTER}{WHICH}", _read_day),
    # 13 OCT 89
    rule("dispatch-day", "month",
         r"(?P<day>\d{1,2})[ -](?-i:(?P<month>JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC))[ -](?P<short>\d\d)",
         _read_day, reach=1),
    # November 2, 2016 · January 24th · Oct. 13
    rule("month-day", "month",
         rf"{PREFIX}(?P<month>{MONTH})\.?\s+(?P<day>{DAY}){NOT_COUNTED}{YEAR_AFTER}{WHICH}", _read_day),
    # 031200Z NOV 16
    rule("date-time-group", "month",
         rf"(?P<day>\d\d)(?P<clock>\d{{4}})[A-Z]\s?(?P<month>{ENGLISH_MONTH})\s?(?P<year>(?:\d\d)?\d\d)", _read_group,
         glued=True),
    # mid-January · early November 2016 · the end of March
    rule("part-of-month", "month",
         rf"{PART}[\s-]+(?:in\s+)?(?P<month>{MONTH})(?:,?\s+{OF}(?P<year>{YEAR}))?{WHICH}", _read_month, reach=4),
    # July 2014 · October of last year
    rule("month-year", "month", rf"{NO_DAY}(?P<month>{MONTH})\.?,?\s+{OF}(?P<year>{YEAR})", _read_month, begins=True,
         also="number"),
    rule("month-last-year", "month",
         rf"(?P<month>{MONTH}),?\s+(?:of\s+)?(?P<which>last|this|next)\s+year", _read_month, begins=True, also="unit"),
    # in May · since October
    rule("in-month", "month",
         rf"(?:in|since|until|during|by|of|last|this)\s+(?P<core>(?P<month>{ENGLISH_MONTH}))(?!\.?\s*\d|['’]s)",
         _read_month, reach=1),
    rule("lone-month", "month", rf"{NO_DAY}(?P<month>{ENGLISH_MONTH})(?!\.?\s*\d|['’]s)", _read_lone_month,
         begins=True),
    # 9 Shawwal 1438 · Ramadan 1438 AH
    rule("hijri", "hijri",
         rf"(?:(?P<day>{DAY})\s+(?:of\s+)?)?(?P<month>{HIJRI_MONTH}),?\s+(?P<year>1[345]\d\d)(?:\s*(?:AH|A\.H\.|هـ))?",
         _read_hijri),
    # 2016-11-02 · 2016-11-02T14:33:00Z
    rule("iso", "number",
         r"(?P<year>(?:1[5-9]|20)\d\d)(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<third>\d{1,2})"
         r"(?![-/.]?\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", _read_iso, begins=True),
    # 02/11/2016 · 11.07.2017
    rule("figures", "number",
         r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![-/.]?\d)",
         _read_figures),
    # the 1990s · the early 1980's · the late 1800s
    rule("decade", "number", rf"(?:the\s+)?(?:{PART}[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)['’]?s", _read_decade, reach=4),
    # 1980-1988 · the 1980-88 war
    rule("years", "number",
         r"(?:(?:the|in|from|during|of|between)\s+)(?P<core>(?P<year>1[5-9]\d\d|20\d\d)(?:[-–]|\s+(?:to|and)\s+)"
         r"(?P<last>(?:1[5-9]|20)?\d\d))(?![-–\w%]|[.,]\d)", _read_years, reach=1),
    # Q3 2016 · the third quarter of 2016
    rule("quarter", "number",
         rf"(?:Q(?P<quarter>[1-4])|(?:the\s+)?(?P<spoken>first|second|third|fourth|last)\s+quarter),?\s+(?:of\s+)?"
         rf"(?P<year>{YEAR})", _read_quarter, reach=4),
    # the summer of 2014
    rule("season", "season",
         rf"(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter),?\s+(?:of\s+)?(?P<year>{YEAR})", _read_season),
    # late 2016 · in 1989 · the 2014 offensive · 2014
    rule("year", "number",
         rf"(?:(?P<cue>in|since|until|by|during|the|before|after|from|year|of|between)\s+)?"
         rf"(?P<core>(?:{PART}[\s-]+(?:in\s+)?)?(?P<year>{YEAR}))(?!['’]?s\b)(?!\s*[/-])", _read_year, reach=5),
)  # fmt: skip
