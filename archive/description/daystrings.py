"""Reading a day written out in full: the one file that meets python-dateutil.

Only strings that state year, month and day are days. Nothing is completed from today's date, and a string of
figures whose order is uncertain (02/11/2016) is not read at all unless the caller knows the order.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateutil import parser

from archive.authorities.calendar import load_calendar

Order = Literal["day first", "month first", "unknown"]

# Two-digit years: 30-99 are 1930-1999, 00-29 are 2000-2029. Conflict dispatches with such years are older than the web.
PIVOT = 30
DIGITS = {start + n: str(n) for start in (0x660, 0x6F0, 0x966) for n in range(10)}  # Arabic, Persian, Devanagari
EARLIEST, LATEST = 1800, 2100
# Only names of months: the parser would also take "3 Monday 2016" and complete it from today's date.
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SPOKEN = re.compile(  # 3 November 2016 · 13 OCT 89 · November 3rd, 2016
    rf"^(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\.?,?\s+"
    rf"|(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)(?P<year>[1-9]\d{{3}}|\d{{2}})$",
    re.ASCII | re.IGNORECASE,
)
STAMP = re.compile(r"^(?P<day>\d{4}-\d{2}-\d{2})(?:[T ].*)?$", re.ASCII)  # 2016-11-03T06:58:00+03:00
COMPACT = re.compile(r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})$", re.ASCII)  # 20161103

CLOCK = re.compile(r":\d\d")
# Letters and the vowel signs that scripts of India and the Near East write on them.
NAMED = r"[^\W\d_][^\s\d.,:;/|()-]{2,13}(?:\s[^\W\d_]{3,7})?"
FORMS = re.compile(
    # 2016-11-03 · 2016/11/3 · 2016.11.03
    r"(?<!\d)(?P<iso_y>(?:18|19|20)\d\d)(?P<sep>[-/.])\s?(?P<iso_m>\d{1,2})(?P=sep)\s?(?P<iso_d>\d{1,2})(?!\d)"
    # 2016年11月3日 · 2016년 11월 3일
    r"|(?<!\d)(?P<east_y>(?:18|19|20)\d\d)\s?[年년]\s?(?P<east_m>\d{1,2})\s?[月월]\s?(?P<east_d>\d{1,2})\s?[日일号號]"
    # 3 tháng 11, 2016 · 3 tháng 11 năm 2016
    r"|(?<!\d)(?P<viet_d>\d{1,2})\s+tháng\s+(?P<viet_m>\d{1,2}),?\s+(?:năm\s+)?(?P<viet_y>(?:19|20)\d\d)"
    # 03.11.2016 · 3. 11. 2016 · 3/11/2016 · 3-11-2016
    r"|(?<![\d.])(?P<num_a>\d{1,2})(?P<mark>\.|/|-)\s?(?P<num_b>\d{1,2})(?P=mark)\s?(?P<num_y>(?:18|19|20)\d\d)"
    # 3 November 2016 · 3. November 2016 · 3rd of November, 2016 · 2 de noviembre de 2016 · 04-ago-2021 · 1er juin 2019
    r"|(?<!\d)(?P<day>\d{1,2})(?:\.\s*|(?:st|nd|rd|th|er|º|ª|-e|\.º)?(?:\s+|-))(?:(?:of|de|d’|d'|ta’)\s*)?(?P<month>"
    + NAMED
    + r")\.?,?(?:\s*[/]\s*[^\W\d_]+(?:\s[^\W\d_]+)?)?(?:\s+|-)(?:(?:de|del|of|г\.)\s+)?(?P<year>(?:18|19|20)\d\d)"
    # November 3, 2016 · Dec 21st, 2018 · Dezember 29, 2021 · Nov. 8 2023
    r"|(?<!\w)(?P<month2>[^\W\d_][^\s\d.,:;/|()-]{2,13})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:18|19|20)\d\d)"
    # 2016. november 3. · 2016 m. lapkričio 3 d.
    r"|(?<!\d)(?P<year3>(?:18|19|20)\d\d)\.?\s+(?:m\.\s+|de\s+)?(?P<month3>[^\W\d_][^\s\d.,:;/|()-]{2,13})\.?\s+(?P<day3>\d{1,2})(?!\d)"
    # Thu Nov 03 06:58:00 UTC 2016
    r"|(?<!\w)(?P<month4>[A-Z][a-z]{2})\s+(?P<day4>\d{1,2})\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{2,5}\s+)?(?P<year4>(?:19|20)\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day written out in a text: `start` and `end` are offsets in the text."""

    day: dt.date
    start: int
    end: int


def read_day(text: str) -> dt.date | None:
    """Return the day that a string states in full, as printed and without any time zone's shift; else None."""
    text = " ".join(text.split())
    stamp = STAMP.match(text)
    if stamp is not None:
        return _read_iso(stamp["day"])
    compact = COMPACT.match(text)
    if compact is not None:
        return _read_iso("-".join(compact.group("year", "month", "day")))
    spoken = SPOKEN.match(text)
    if spoken is None:
        return None
    day, month = spoken["day"] or spoken["day2"], spoken["month"] or spoken["month2"]
    year = int(spoken["year"])
    if len(spoken["year"]) == len("89"):
        year += 1900 if year >= PIVOT else 2000
    try:
        return parser.parse(f"{day} {month} {year:04}", dayfirst=True, fuzzy=False).date()
    except (ValueError, OverflowError):
        return None


def find_days(text: str, order: Order = "unknown") -> Iterator[FoundDay]:
    """Yield the days written out in a text, in many languages' month names and scripts.

    `order` says how figures such as 02/11/2016 are meant; when it is unknown they count only if one is above twelve.
    """
    if not any(letter.isdigit() for letter in text):
        return
    text = text.translate(DIGITS)
    position = 0
    while (found := FORMS.search(text, position)) is not None:
        day = _read_form(found, order)
        if day is not None:
            yield FoundDay(day, found.start(), found.end())
        # What looked like a day and is none may hide one that begins inside it: "12 3 November 2016".
        position = found.end() if day is not None else found.start() + 1


def read_stated_day(text: str, order: Order = "unknown") -> dt.date | None:
    """Return the day that a value meant to be a date states, whatever stands around it; None when it states none."""
    return read_day(text) or next((found.day for found in find_days(text, order)), None)


def _read_form(found: re.Match[str], order: Order) -> dt.date | None:
    if found["iso_y"]:
        return _make(found["iso_y"], found["iso_m"], found["iso_d"])
    if found["east_y"]:
        return _make(found["east_y"], found["east_m"], found["east_d"])
    if found["viet_y"]:
        return _make(found["viet_y"], found["viet_m"], found["viet_d"])
    if found["num_y"]:
        return _read_figures(found, order)
    for suffix in ("", "2", "3", "4"):
        if found[f"month{suffix}"]:
            month = _month(found[f"month{suffix}"])
            return None if month is None else _make(found[f"year{suffix}"], str(month), found[f"day{suffix}"])
    return None


def _read_figures(found: re.Match[str], order: Order) -> dt.date | None:
    first, second = int(found["num_a"]), int(found["num_b"])
    day_first = found["mark"] == "." or order == "day first" or first > 12  # noqa: PLR2004  # months
    if not day_first and order == "unknown" and second <= 12 and first != second:  # noqa: PLR2004  # months
        return None
    day, month = (first, second) if day_first and second <= 12 else (second, first)  # noqa: PLR2004  # months
    year = found["num_y"]
    if CLOCK.match(found.string, found.end()):  # 28.09.1912:44 is a day of 2019 with the clock run on to it
        year = f"20{year[:2]}"
    return _make(year, str(month), str(day))


def _month(name: str) -> int | None:
    months = load_calendar().months
    name = " ".join(name.casefold().split())
    return months.get(name) or months.get(name.split(" ")[0])


def _make(year: str, month: str, day: str) -> dt.date | None:
    if not EARLIEST <= int(year) <= LATEST:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
