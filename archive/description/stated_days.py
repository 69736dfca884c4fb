"""Days, months and years as tables and news formats state them; what is not certain is not read."""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from archive.description.daystrings import read_day
from archive.edtf_dates import parse_edtf
from archive.errors import BadDate
from archive.model import Date

WEEKDAY = re.compile(r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+|\s+\w+day$")
PARTIAL = re.compile(r"^\d{4}(?:-\d\d)?$")  # 2016-11
SLASHED = re.compile(r"^(?P<one>\d{1,2})[/.-](?P<two>\d{1,2})[/.-](?P<year>\d{4})(?:[ ,T].*)?$")  # 23/11/2016
REVERSED = re.compile(r"^(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:[ ,T].*)?$")  # 2016/11/03
CLOCK = re.compile(r"^(?P<day>.+?\d{4}),?\s+\d{1,2}:\d\d.*$")  # November 3, 2016 6:58 AM
EPOCH = re.compile(r"^\d{9,10}(?:\.\d+)?$|^\d{12,13}$")  # 1478156280, seconds or milliseconds since 1970
MOST_MONTHS = 12


def read_stated_date(text: str) -> Date | None:
    """Return the day, month or year that a table or news format states; None when it cannot be certain."""
    text = " ".join(text.split())
    if PARTIAL.match(text):
        return _try_edtf(text)
    day = next((day for form in _forms(text) if (day := form) is not None), None)
    return None if day is None else _stated_day(day)


def _forms(text: str) -> Iterator[dt.date | None]:
    yield read_day(text)
    bare = WEEKDAY.sub("", text)
    yield read_day(bare)
    clock = CLOCK.match(bare)
    yield read_day(clock["day"]) if clock is not None else None
    yield _read_slashed(text)
    yield _read_epoch(text) if EPOCH.match(text) else _read_mail(text)


def _read_slashed(text: str) -> dt.date | None:
    turned = REVERSED.match(text)
    if turned is not None:
        return _make_day(turned["year"], turned["month"], turned["day"])
    found = SLASHED.match(text)
    if found is None:
        return None
    one, two = int(found["one"]), int(found["two"])
    if one > MOST_MONTHS or one == two:
        return _make_day(found["year"], found["two"], found["one"])
    return _make_day(found["year"], found["one"], found["two"]) if two > MOST_MONTHS else None


def _make_day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_epoch(text: str) -> dt.date | None:
    seconds = float(text) / (1000 if len(text) > len("1478156280.0") - 1 and "." not in text else 1)
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def _read_mail(text: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, OverflowError):
        return None


def _try_edtf(text: str) -> Date | None:
    try:
        return parse_edtf(text)
    except BadDate:
        return None


def _stated_day(day: dt.date) -> Date:
    return Date(day.isoformat(), day.isoformat(), day.isoformat(), "stated")
