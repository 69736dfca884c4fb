"""Reading a day written out in full: the one file that meets python-dateutil.

Only strings that state year, month and day are days. Nothing is completed from today's date, and a string of
figures whose order is uncertain (02/11/2016) is not read at all.
"""

import datetime as dt
import re

from dateutil import parser

# Two-digit years: 30-99 are 1930-1999, 00-29 are 2000-2029. Conflict dispatches with such years are older than the web.
PIVOT = 30
# Only names of months: the parser would also take "3 Monday 2016" and complete it from today's date.
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SPOKEN = re.compile(  # 3 November 2016 · 13 OCT 89 · November 3rd, 2016
    rf"^(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\.?,?\s+"
    rf"|(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)(?P<year>[1-9]\d{{3}}|\d{{2}})$",
    re.ASCII | re.IGNORECASE,
)
STAMP = re.compile(r"^(?P<day>\d{4}-\d{2}-\d{2})(?:[T ].*)?$", re.ASCII)  # 2016-11-03T06:58:00+03:00
COMPACT = re.compile(r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})$", re.ASCII)  # 20161103


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


def _read_iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
