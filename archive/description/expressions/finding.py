"""Finding every date expression of a text: words that may belong to a date first, then the rules around them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.description.expressions import absolute, relative
from archive.description.expressions.calendar import Reading
from archive.description.expressions.grammar import DateRule, Trigger
from archive.description.expressions.names import HIJRI_MONTHS, MONTHS, WEEKDAYS, first_words
from archive.description.expressions.relative import DAYS_AWAY
from archive.model import Date

WORD = re.compile(r"\w+")
YEAR_LIKE = re.compile(r"(?:1[5-9]|20)\d\d(?:s|T\d\d)?|Q[1-4]", re.ASCII)
GROUP = re.compile(r"\d{6}[A-Z]")
# Arabic and Persian figures as European ones, place for place.
FIGURES = {first + figure: str(figure) for first in (0x0660, 0x06F0) for figure in range(10)}
BEFORE, AFTER = 60, 70  # how far a date can reach from its word
WIDEST_ANCHOR = dt.timedelta(days=7)
RELATIVE_WORDS = frozenset({
    "ago", "earlier", "week", "weeks", "month", "months", "year", "years", "day", "days", "night", "morning",
    "afternoon", "evening", "noon", "decade", "decades", "weekend", "before", "nights",
    *(phrase.split()[-1] for phrase in DAYS_AWAY), "aujourd",
})  # fmt: skip
SEASON_WORDS = ("spring", "summer", "autumn", "fall", "winter")
TRIGGERS: dict[str, Trigger] = {
    **dict.fromkeys(RELATIVE_WORDS, "relative"),
    **dict.fromkeys(first_words(MONTHS), "month"),
    **dict.fromkeys(first_words(HIJRI_MONTHS), "hijri"),
    **dict.fromkeys(first_words(WEEKDAYS), "weekday"),
    **dict.fromkeys(SEASON_WORDS, "season"),
}
ALL_RULES = (*absolute.RULES, *relative.RULES)
ORDER = {one.name: number for number, one in enumerate(ALL_RULES)}
RULES_BY_TRIGGER: dict[Trigger, tuple[DateRule, ...]] = {
    trigger: tuple(one for one in ALL_RULES if one.needs == trigger)
    for trigger in ("month", "hijri", "weekday", "relative", "number", "season")
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
    start: int
    end: int
    needs: frozenset[Trigger]


def find_dates(text: str, anchor: Date | None = None) -> Iterator[FoundDate]:
    """Yield the dates a text names, in order and without overlap; `anchor` is when it was written, if known.

    An anchor of one day, or of a week at most, tells what `yesterday` and `24 January` mean; without one, relative
    words are left out and a date without a year keeps none. Text that only looks like a date yields nothing.
    """
    days = _anchor_days(anchor)
    end = 0
    for match, one in _matches(text if text.isascii() else text.translate(FIGURES)):
        if match.start() >= end:
            reading = _read(match, one, days)
            if reading is not None:
                end = match.end()
                yield _found(text, match, reading, one)


def read_expression(text: str, anchor: Date | None = None) -> FoundDate | None:
    """Return the first date in a short expression, or None when it names none."""
    return next(find_dates(text, anchor), None)


def _matches(text: str) -> list[tuple[re.Match[str], DateRule]]:
    """Return every match of the rules, leftmost, then longest, then in the rules' order."""
    found = [
        (match, one)
        for window in _windows(text)
        for trigger in window.needs
        for one in RULES_BY_TRIGGER[trigger]
        for match in one.pattern.finditer(text, window.start, window.end)
    ]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end(), ORDER[pair[1].name]))


def _windows(text: str) -> Iterator[_Window]:
    """Yield the stretches around words that may belong to a date; stretches that meet are one."""
    start = end = -1
    needs: set[Trigger] = set()
    for word in WORD.finditer(text):
        trigger = _trigger(word[0])
        if trigger is None:
            continue
        if word.start() - BEFORE > end:
            if needs:
                yield _Window(start, _word_end(text, end), frozenset(needs))
            start, needs = _word_start(text, max(0, word.start() - BEFORE)), set()
        end = min(len(text), word.end() + AFTER)
        needs.add(trigger)
    if needs:
        yield _Window(start, _word_end(text, end), frozenset(needs))


def _trigger(word: str) -> Trigger | None:
    trigger = TRIGGERS.get(word.lower())
    if trigger is not None or not word[-1:].isalnum():
        return trigger
    if YEAR_LIKE.match(word):
        return "number"
    return "month" if GROUP.fullmatch(word) else None


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
