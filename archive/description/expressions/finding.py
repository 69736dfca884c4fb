"""Finding every date expression of a text: words that may belong to a date first, then the rules around them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.description.expressions import absolute, relative
from archive.description.expressions.calendar import Reading
from archive.description.expressions.grammar import DateRule, Trigger
from archive.description.expressions.names import HIJRI_MONTHS, MONTHS, WEEKDAYS, first_words
from archive.description.expressions.relative import DAYS_AWAY
from archive.model import Date

WORD = re.compile(r"\w+")
NUMBER = re.compile(rb"[12]\d{3}|q[1-4]|\d{6}[a-z]")  # how words with figures begin: 2016   1990s   q3   031200z
FIRST_BYTES = frozenset(b"0123456789q")
YEAR_LIKE = re.compile(r"(?:1[5-9]|20)\d\d(?:s|T\d\d)?|Q[1-4]", re.ASCII)
GROUP = re.compile(r"\d{6}[A-Z]")
# Arabic and Persian figures as European ones, place for place.
FIGURES = {first + figure: str(figure) for first in (0x0660, 0x06F0) for figure in range(10)}
OTHER_FIGURE = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
BEFORE, AFTER = 40, 50  # how far a date can reach from its word
REMEMBERED = 200  # texts; the day of publication is sought in a page's texts first, then the dates they mention
WIDEST_ANCHOR = dt.timedelta(days=7)
SEASON_WORDS = ("spring", "summer", "autumn", "fall", "winter")
UNIT_WORDS = (
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "day",
    "days",
    "night",
    "nights",
    "decade",
    "decades",
)
WORDS: dict[Trigger, frozenset[str]] = {
    "day-word": frozenset({"night", "aujourd", *(phrase.split()[-1] for phrase in DAYS_AWAY)}) - {"last"},
    "ago": frozenset({"ago"}),
    "unit": frozenset(UNIT_WORDS),
    "weekend": frozenset({"weekend"}),
    "month": first_words(MONTHS),
    "hijri": first_words(HIJRI_MONTHS),
    "weekday": first_words(WEEKDAYS),
    "season": frozenset(SEASON_WORDS),
}
NO_TRIGGER: tuple[Trigger, ...] = ()
TRIGGERS: dict[str, tuple[Trigger, ...]] = {
    word: tuple(trigger for trigger, words in WORDS.items() if word in words)
    for word in frozenset[str]().union(*WORDS.values())
}
# Most texts fit into one byte a letter, and are searched for the words above as bytes, with blanks between words.
ONE_BYTE = "cp1252"
LETTERS = [bytes([code]).decode(ONE_BYTE, "ignore") for code in range(256)]
BLANKED = bytes(code if WORD.fullmatch(letter) else ord(" ") for code, letter in enumerate(LETTERS))
BYTES_OF_TRIGGERS = {
    word.encode(ONE_BYTE): triggers
    for word, triggers in TRIGGERS.items()
    if word.encode(ONE_BYTE, "ignore").decode(ONE_BYTE) == word
}
FIGURE = re.compile(r"[0-9Q]")  # what every word that NUMBER begins holds
ALL_RULES = (*absolute.RULES, *relative.RULES)
ORDER = {one.name: number for number, one in enumerate(ALL_RULES)}
KINDS: tuple[Trigger, ...] = (*WORDS, "number")
RULES_BY_TRIGGER: dict[Trigger, tuple[DateRule, ...]] = {
    trigger: tuple(one for one in ALL_RULES if one.needs == trigger) for trigger in KINDS
}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression: its words, where they stand in the text, what they say (ISO days) and the rule."""

    text: str
    start: int
    end: int
    edtf: str
    earliest: str | None
    latest: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of text around words that may belong to a date, and where in the text those of each kind begin."""

    start: int
    end: int
    places: Mapping[Trigger, Sequence[int]]


def find_dates(text: str, anchor: Date | None = None) -> Iterator[FoundDate]:
    """Yield the dates a text names, in order and without overlap; `anchor` is when it was written, if known.

    An anchor of one day, or of a week at most, tells what `yesterday` and `24 January` mean; without one, relative
    words are left out and a date without a year keeps none. Text that only looks like a date yields nothing.
    """
    days = _anchor_days(anchor)
    end = 0
    for match, one in _matches(text.translate(FIGURES) if OTHER_FIGURE.search(text) is not None else text):
        if match.start() >= end:
            reading = _read(match, one, days)
            if reading is not None:
                end = match.end()
                yield _found(text, match, reading, one)


def read_expression(text: str, anchor: Date | None = None) -> FoundDate | None:
    """Return the first date in a short expression, or None when it names none."""
    return next(find_dates(text, anchor), None)


@lru_cache(maxsize=REMEMBERED)
def _matches(text: str) -> list[tuple[re.Match[str], DateRule]]:
    """Return every match of the rules, leftmost, then longest, then in the rules' order."""
    found = [
        (match, one)
        for window in _windows(text)
        for trigger, places in window.places.items()
        for one in RULES_BY_TRIGGER[trigger]
        for match in one.find_all(text, window.start, window.end, places)
    ]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end(), ORDER[pair[1].name]))


def _windows(text: str) -> Iterator[_Window]:
    """Yield the stretches around words that may belong to a date; stretches that meet are one."""
    start = end = -1
    places: dict[Trigger, list[int]] = {}
    for first, last, triggers in _find_triggers(text):
        if first - BEFORE > end:
            if places:
                yield _Window(start, _word_end(text, end), places)
            start, places = _word_start(text, max(0, first - BEFORE)), {}
        end = min(len(text), last + AFTER)
        for trigger in triggers:
            places.setdefault(trigger, []).append(first)
    if places:
        yield _Window(start, _word_end(text, end), places)


def _find_triggers(text: str) -> list[tuple[int, int, tuple[Trigger, ...]]]:
    """Return where each word that may belong to a date begins and ends, and what it calls for."""
    try:
        folded = text.lower().encode(ONE_BYTE)
    except UnicodeEncodeError:
        folded = b""
    if len(folded) != len(text):
        found = ((*word.span(), _triggers(word[0])) for word in WORD.finditer(text))
        return [place for place in found if place[2]]
    words = folded.translate(BLANKED)
    named = words.split()
    sought = set[bytes]()
    if not BYTES_OF_TRIGGERS.keys().isdisjoint(named):
        sought |= BYTES_OF_TRIGGERS.keys() & named
    if FIGURE.search(text) is not None:
        sought |= {word for word in named if word[0] in FIRST_BYTES and NUMBER.match(word)}
    padded = b" %b " % words if sought else b""
    places = []
    for word in sought:
        place = padded.find(b" %b " % word)
        while place >= 0:
            end = place + len(word)
            triggers = BYTES_OF_TRIGGERS.get(word) or _triggers(text[place:end])
            if triggers:
                places.append((place, end, triggers))
            place = padded.find(b" %b " % word, place + 1)
    return sorted(places)


def _triggers(word: str) -> tuple[Trigger, ...]:
    triggers = TRIGGERS.get(word.lower(), NO_TRIGGER)
    if triggers or not word[-1:].isalnum():
        return triggers
    if YEAR_LIKE.match(word):
        return ("number",)
    return ("month",) if GROUP.fullmatch(word) else NO_TRIGGER


def _word_start(text: str, place: int) -> int:
    while place > 0 and text[place - 1].isalnum():
        place -= 1
    return place


def _word_end(text: str, place: int) -> int:
    while place < len(text) and text[place].isalnum():
        place += 1
    return place


def _anchor_days(anchor: Date | None) -> tuple[dt.date, ...]:
    """Return the first and last day of writing, none when the anchor is wider than a week."""
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return ()
    first, last = dt.date.fromisoformat(anchor.earliest), dt.date.fromisoformat(anchor.latest)
    if not dt.timedelta() <= last - first <= WIDEST_ANCHOR:
        return ()
    return (first,) if first == last else (first, last)


def _read(match: re.Match[str], one: DateRule, days: tuple[dt.date, ...]) -> Reading | None:
    """Read a match for the day of writing; for a stretch of days, keep what its first and last day span."""
    if not days:
        return one.read(match, None)
    readings = [one.read(match, day) for day in days]
    first, last = readings[0], readings[-1]
    if first is None or last is None or first == last:
        return first if first == last else None
    bounds = (first.earliest, last.earliest, first.latest, last.latest)
    known = [day for day in bounds if day is not None]
    if len(known) < len(bounds):
        return None
    earliest, latest = min(known), max(known)
    return Reading(f"[{earliest.isoformat()}..{latest.isoformat()}]", earliest, latest)


def _found(text: str, match: re.Match[str], reading: Reading, one: DateRule) -> FoundDate:
    earliest = reading.earliest.isoformat() if reading.earliest is not None else None
    latest = reading.latest.isoformat() if reading.latest is not None else None
    start = match.start("core") if "core" in match.re.groupindex else match.start()
    return FoundDate(text[start : match.end()], start, match.end(), reading.edtf, earliest, latest, one.name)
