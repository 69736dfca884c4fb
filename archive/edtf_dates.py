"""A person's date in EDTF, read into its first and last day; the one file that meets the `edtf` library."""

import re
import warnings
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from archive.errors import BadDate
from archive.model import Date

LONGEST = 100
PLAIN = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>0\d|1[0-2])(?:-(?P<day>\d\d))?)?", re.ASCII
)  # 2016-11-03, 2016-11, 2016
NO_YEAR = re.compile(r"XXXX-", re.ASCII)  # XXXX-01-24: the day is known, the year is not
WINTER = re.compile(r"(?P<year>\d{4})-24", re.ASCII)  # 1990-24: the library takes December alone for a winter
CLOCK = re.compile(r"T\d")  # 1989-10-13T10:00: we keep days, not hours
# [..2016-11], ../2016-11, /2016-11: one day no later than
OPEN_START = re.compile(r"\[\.\.\s*(?P<set>[^\],]+)\]|(?:\.\.)?/(?P<interval>[^./][^/]*)")
# [2016-11..], 2016-11/.., 2016-11/: one day no earlier than
OPEN_END = re.compile(r"\[(?P<set>[^\],.]+)\.\.\s*\]|(?P<interval>[^./][^/]*)/(?:\.\.)?")
# What the library raises for text it cannot read, and for bounds it cannot work out.
REFUSALS = (TypeError, ValueError, AttributeError, IndexError, KeyError, OverflowError)


def parse_edtf(text: str) -> Date:
    """Return the date `text` writes in EDTF, with the first and last day it allows (ISO); BadDate when it writes none.

    A single year, month or day is `stated`; a set, an interval, a doubt (~ ?) or missing digits are `inferred`.
    A date without a year keeps its EDTF and has no bounds; an open interval lacks the bound that is open.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise BadDate(text[:LONGEST])
    return _parse(text)


@lru_cache(maxsize=1024)
def _parse(text: str) -> Date:
    # Plain dates are nearly all there are, and the library needs 10 ms for one.
    if plain := PLAIN.fullmatch(text):
        return Date(text, *_plain_bounds(plain, text), "stated")
    if winter := WINTER.fullmatch(text):
        return Date(text, *_winter_bounds(int(winter["year"]), text), "inferred")
    if CLOCK.search(text):
        raise BadDate(text)
    if NO_YEAR.match(text):
        _read(text)
        return Date(text, None, None, "inferred")
    earliest, latest = _bounds(text)
    if earliest is not None and latest is not None and earliest > latest:
        raise BadDate(text)
    return Date(text, earliest, latest, "inferred")


def _plain_bounds(plain: re.Match[str], text: str) -> tuple[str, str]:
    year, month, day = plain["year"], plain["month"] or "01", plain["day"] or "01"
    try:
        first = date.fromisoformat(f"{year}-{month}-{day}")
    except ValueError as problem:
        raise BadDate(text) from problem
    if plain["day"]:
        return text, text
    last_month = first.month if plain["month"] else 12
    last_day = monthrange(first.year, last_month)[1]
    return first.isoformat(), first.replace(month=last_month, day=last_day).isoformat()


def _winter_bounds(year: int, text: str) -> tuple[str, str]:
    """Return the days a winter may mean: it may be called by either of the two years it touches."""
    try:
        return date(year, 1, 1).isoformat(), date(year + 1, 2, monthrange(year + 1, 2)[1]).isoformat()
    except ValueError as problem:
        raise BadDate(text) from problem


def _bounds(text: str) -> tuple[str | None, str | None]:
    if match := OPEN_START.fullmatch(text):
        return None, _closed_bounds(match["set"] or match["interval"], text)[1]
    if match := OPEN_END.fullmatch(text):
        return _closed_bounds(match["set"] or match["interval"], text)[0], None
    return _closed_bounds(text, text)


def _closed_bounds(part: str, text: str) -> tuple[str, str]:
    parsed = _read(part.strip(), text)
    try:
        return _iso(parsed.lower_strict()), _iso(parsed.upper_strict())
    except REFUSALS as problem:
        raise BadDate(text) from problem


def _iso(moment: Any) -> str:  # noqa: ANN401  # the library's struct_time, or a float for "no bound"
    return date(*moment[:3]).isoformat()  # year 0 and before are refused here: they are never a report's date


def _read(part: str, text: str | None = None) -> Any:  # noqa: ANN401  # the library has no types
    parse, refusal = _library()
    try:
        return parse(part)
    except (refusal, *REFUSALS) as problem:
        raise BadDate(text or part) from problem


@cache
def _library() -> tuple[Callable[[str], Any], type[Exception]]:
    # Met only when a date needs it: the import takes 0.2 s. Its grammar makes newer pyparsing versions warn.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf import parse_edtf as parse  # noqa: PLC0415
        from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415
    return parse, EDTFParseException
