"""A person's date in plain words or in EDTF, read into EDTF; the other way round is said where pages are made."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from archive.description.expressions import read_expression
from archive.edtf_dates import LONGEST, parse_edtf
from archive.errors import BadDate
from archive.model import Date

UNKNOWN = re.compile(r"(?:date\s+)?(?:unknown|not known)|undated|no date(?: given)?|n\.?\s?d\.?", re.IGNORECASE)
DOUBTS = (
    (re.compile(r"(?:perhaps|possibly|probably)\s+(?:about|around|circa)\s+(?P<date>.+)", re.IGNORECASE), "%"),
    (re.compile(r"(?:about|around|circa|approximately|ca\.?|c\.)\s*(?P<date>.+)", re.IGNORECASE), "~"),
    (re.compile(r"(?:perhaps|possibly|probably|maybe)\s+(?P<date>.+)", re.IGNORECASE), "?"),
)
LEADING = re.compile(r"(?:(?:in|on|during|the)\s+)+(?=\S)", re.IGNORECASE)  # in the spring of 2004
BETWEEN = re.compile(r"between\s+(?P<first>.+?)\s+and\s+(?P<last>.+)", re.IGNORECASE)  # between 1990 and May 1991
STRETCH = re.compile(r"(?:from\s+)?(?P<first>.+?)\s+(?:to|until|till|through)\s+(?P<last>.+)", re.IGNORECASE)
CHOICE = re.compile(r"\s*,\s*(?:or\s+)?|\s+or\s+", re.IGNORECASE)  # 2016-11 or 2016-12, or 2017-01
ENDS = (
    (re.compile(r"(?:on\s+or\s+before|not\s+after|not\s+later\s+than|no\s+later\s+than|by)\s+(?P<date>.+)",
                re.IGNORECASE), "[..{}]"),
    (re.compile(r"(?:on\s+or\s+after|not\s+before|not\s+earlier\s+than|no\s+earlier\s+than|since)\s+(?P<date>.+)",
                re.IGNORECASE), "[{}..]"),
    (re.compile(r"until\s+(?P<date>.+)", re.IGNORECASE), "../{}"),
    (re.compile(r"from\s+(?P<date>.+)", re.IGNORECASE), "{}/.."),
)  # fmt: skip
BEFORE = re.compile(r"(?:before|earlier\s+than|prior\s+to)\s+(?P<date>.+)", re.IGNORECASE)  # before 1991
AFTER = re.compile(r"(?:after|later\s+than)\s+(?P<date>.+)", re.IGNORECASE)  # after 3 March 1990
DOUBTFUL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?|\d{3}X")  # what a doubt can be written behind: 1990, 1990-03, 199X
SIMPLE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
NO_YEAR_SAID = re.compile(r"(?P<date>.+?),\s*year (?:not given|unknown|not known)", re.IGNORECASE)


def read_date(words: str) -> Date:
    """Return the date that a person writes in EDTF or in words; BadDate when it is neither.

    `unknown` and nothing at all are a date without EDTF. Words never come out more precise than they are: `before
    1991` ends with 1990, `about March 1990` keeps its doubt.
    """
    text = " ".join(words.split())
    if len(text) > LONGEST:
        raise BadDate(text[:LONGEST])
    if not text or UNKNOWN.fullmatch(text):
        return Date()
    try:
        return parse_edtf(text)
    except BadDate:
        edtf = _read(text)
        if edtf is None:
            raise
    return parse_edtf(edtf)


def _read(text: str) -> str | None:
    """Return the EDTF of words, the whole of them; None where they are no date."""
    for read in (_doubt, _one, _between, _open, _before, _after, _stretch, _choice):
        edtf = read(text)
        if edtf is not None:
            return edtf
    return None


def _one(text: str) -> str | None:
    """Read one expression that is the whole text, or EDTF of one date."""
    unyeared = NO_YEAR_SAID.fullmatch(text)
    text = LEADING.sub("", unyeared["date"] if unyeared else text, count=1)
    if SIMPLE.fullmatch(text):
        return text
    # A lone word of a month is read in any case when it begins with a capital letter.
    found = read_expression(text[:1].upper() + text[1:]) or read_expression(f"in {text}")
    if found is None or found.text.casefold().removeprefix("the ") != text.casefold():
        return None
    return found.edtf


def _doubt(text: str) -> str | None:
    for pattern, mark in DOUBTS:
        match = pattern.fullmatch(text)
        edtf = _one(match["date"]) if match else None
        if edtf and DOUBTFUL.fullmatch(edtf):
            return f"{edtf}{mark}"
    return None


def _between(text: str) -> str | None:
    return _pair(BETWEEN.fullmatch(text), "[{}..{}]")


def _stretch(text: str) -> str | None:
    return _pair(STRETCH.fullmatch(text), "{}/{}")


def _pair(match: re.Match[str] | None, form: str) -> str | None:
    if match is None:
        return None
    first, last = _one(match["first"]), _one(match["last"])
    if not first or not last or not _plain(first, last):
        return None
    if len(first) != len(last):  # a set of days and months in one is not EDTF that its library reads
        first, last = parse_edtf(first).earliest, parse_edtf(last).latest
    return form.format(first, last)


def _choice(text: str) -> str | None:
    parts = CHOICE.split(text)
    found = [_one(part) for part in parts]
    dates = [edtf for edtf in found if edtf is not None]
    if len(parts) < 2 or len(dates) < len(parts) or not _plain(*dates):  # noqa: PLR2004  # a choice
        return None
    return f"[{','.join(sorted(dates))}]"


def _open(text: str) -> str | None:
    for pattern, form in ENDS:
        match = pattern.fullmatch(text)
        edtf = _one(match["date"]) if match else None
        if edtf and _plain(edtf):
            return form.format(edtf)
    return None


def _before(text: str) -> str | None:
    return _beyond(BEFORE.fullmatch(text), "[..{}]", lambda day: day.earliest, -1)


def _after(text: str) -> str | None:
    return _beyond(AFTER.fullmatch(text), "[{}..]", lambda day: day.latest, 1)


def _beyond(match: re.Match[str] | None, form: str, bound: Callable[[Date], str | None], days: int) -> str | None:
    edtf = _one(match["date"]) if match else None
    edge = bound(parse_edtf(edtf)) if edtf else None
    if edge is None:
        return None
    try:
        return form.format((date.fromisoformat(edge) + timedelta(days=days)).isoformat())
    except OverflowError:
        return None


def _plain(*dates: str) -> bool:
    return all(SIMPLE.fullmatch(one) for one in dates)
