"""Finding every date expression of a text: words that may belong to a date first, then the rules around them."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.description.expressions import absolute, relative
from archive.description.expressions.calendar import Reading
from archive.description.expressions.grammar import FAR, LONGEST_OPENING, DateRule, Trigger
from archive.description.expressions.names import HIJRI_MONTHS, MONTHS, WEEKDAYS, first_words
from archive.description.expressions.relative import DAYS_AWAY
from archive.model import Date
from archive.openings import BLANK, Openings
from archive.wording import WORD, Wording, read_words

# Words with figures that may belong to a date: 2016   1990s   Q3   031200Z
NUMBER = re.compile(r"[0-9Qq](?<!\w\w)(?:(?<=[12])\d{3}|(?<=[Qq])[1-4]|(?<=\d)\d{5}[A-Za-z])\w*")
YEAR_LIKE = re.compile(r"(?:1[5-9]|20)\d\d(?:s|T\d\d)?|Q[1-4]", re.ASCII)
GROUP = re.compile(r"\d{6}[A-Z]")
# Arabic and Persian figures as European ones, place for place.
FIGURES = {first + figure: str(figure) for first in (0x0660, 0x06F0) for figure in range(10)}
OTHER_FIGURE = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
BEFORE, AFTER = 40, 50  # how far a date can reach from its word
REMEMBERED = 1024  # kinds of word together
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
Place = tuple[int, int, tuple[Trigger, ...]]  # of a word: where it begins and ends, and what it calls for
NO_TRIGGER: tuple[Trigger, ...] = ()
TRIGGERS: dict[str, tuple[Trigger, ...]] = {
    word: tuple(trigger for trigger, words in WORDS.items() if word in words)
    for word in frozenset[str]().union(*WORDS.values())
}
NOT_WORD = re.compile(r"\W")
ALL_RULES = (*absolute.RULES, *relative.RULES)
ORDER = {one.name: number for number, one in enumerate(ALL_RULES)}
KINDS: tuple[Trigger, ...] = (*WORDS, "number")
# Rules that begin with the word they need are tried there, all others where a word begins like one of their matches.
RULES_BY_TRIGGER: dict[Trigger, tuple[DateRule, ...]] = {
    trigger: tuple(one for one in ALL_RULES if one.needs == trigger and one.begins) for trigger in KINDS
}

Matches = Sequence[tuple[re.Match[str], DateRule]]


class FoundDate(NamedTuple):
    """A date expression: its words, where they stand in the text, what they say (ISO days) and the rule."""

    text: str
    start: int
    end: int
    edtf: str
    earliest: str | None
    latest: str | None
    rule: str


class _Window(NamedTuple):
    """A stretch of text around words that may belong to a date, and where in the text those of each kind begin."""

    start: int
    end: int
    places: Mapping[Trigger, Sequence[int]]


def find_dates(text: str, anchor: Date | None = None) -> Iterator[FoundDate]:
    """Yield the dates a text names, in order and without overlap; `anchor` is when it was written, if known.

    An anchor of one day, or of a week at most, tells what `yesterday` and `24 January` mean; without one, relative
    words are left out and a date without a year keeps none. Text that only looks like a date yields nothing.
    """
    return read_dates(text, seek_dates((text,)).get(text, ()), anchor)


def read_dates(text: str, matches: Matches, anchor: Date | None = None) -> Iterator[FoundDate]:
    """Yield the dates that a text names, from what `seek_dates` found in it."""
    days = _anchor_days(anchor)
    end = 0
    for match, one in matches:
        if match.start() >= end:
            reading = _read(match, one, days)
            if reading is not None:
                end = match.end()
                yield _found(text, match, reading, one)


def read_expression(text: str, anchor: Date | None = None) -> FoundDate | None:
    """Return the first date in a short expression, or None when it names none."""
    return next(find_dates(text, anchor), None)


def seek_dates(texts: Sequence[str], wording: Wording | None = None) -> Mapping[str, Matches]:
    """Return for the texts that may name dates all that the rules meet, from whatever day they are read.

    `wording` is that of the texts one after another, a sign that is no word's between them, where it is known.
    """
    wording = read_words("\0".join(texts)) if wording is None else wording
    if wording.blanked is None:
        return {text: found for text in texts if (found := _match_all(*_seek_slowly(text)))}
    blanked = wording.blanked[1:]
    sought: dict[str, Matches] = {}
    triggers = _find_triggers(wording)
    first = start = 0
    for text in texts if triggers else ():
        last = bisect_left(triggers, (start + len(text),), first)
        if last > first:
            own = [(place - start, end - start, kinds) for place, end, kinds in triggers[first:last]]
            sought |= {text: found} if (found := _match_all(text, blanked[start : start + len(text)], own)) else {}
        first, start = last, start + len(text) + 1
    return sought


def _match_all(text: str, blanked: str, triggers: Sequence[Place]) -> Matches:
    """Return every match of the rules, leftmost, then longest, then in the rules' order."""
    found: list[tuple[re.Match[str], DateRule]] = []
    for window in _windows(text, triggers):
        found += _match_window(text, blanked, window)
    if len(found) > 1:
        found.sort(key=lambda pair: (pair[0].start(), -pair[0].end(), ORDER[pair[1].name]))
    return found


def _match_window(text: str, blanked: str, window: _Window) -> list[tuple[re.Match[str], DateRule]]:
    """Return what the rules meet in a window, in no order."""
    met: list[tuple[re.Match[str], DateRule]] = []
    kinds, end = window.places, window.end
    for trigger, places in kinds.items():
        for one in RULES_BY_TRIGGER[trigger]:
            if one.also is None or one.also in kinds:
                met += [(found, one) for place in places if (found := one.pattern.match(text, place, end)) is not None]
    reached: dict[str, int] = {}
    rules, openings = _rules_for(frozenset(kinds))
    # Only a rule on months can begin behind the last word it needs.
    stop = end if "month" in kinds else max([places[-1] for places in kinds.values()]) + 1
    words = blanked[window.start : end].split()
    starts = _find_starts(blanked, words, window.start, stop)
    for number, likely in enumerate(openings.tell_all([word + BLANK for word in words[: len(starts)]])):
        place = starts[number]
        for one in [rules[one] for one in likely]:
            places = kinds[one.needs]
            if len(places) < one.many or (place > places[-1] and not one.glued) or place < reached.get(one.name, 0):
                continue
            if one.reach != FAR and _is_far(one.reach, places, number, starts):
                continue
            found = one.pattern.match(text, place, end)
            if found is not None:
                reached[one.name] = found.end()
                met.append((found, one))
    return met


def _find_starts(blanked: str, words: Sequence[str], start: int, stop: int) -> list[int]:
    """Return where words begin that begin before a place."""
    starts: list[int] = []
    for word in words:
        place = blanked.index(word, start)
        if place >= stop:
            break
        starts.append(place)
        start = place + len(word)
    return starts


def _is_far(reach: int, places: Sequence[int], number: int, starts: Sequence[int]) -> bool:
    """Tell whether the next of some places lies more words away from the word of this number."""
    return number + reach < len(starts) and starts[number + reach] < places[bisect_left(places, starts[number])]


@lru_cache(maxsize=REMEMBERED)
def _rules_for(kinds: frozenset[Trigger]) -> tuple[tuple[DateRule, ...], Openings]:
    """Return the rules that need these kinds of word and are to be tried where their matches may begin."""
    rules = tuple(one for one in ALL_RULES if one.needs in kinds and not one.begins)
    return rules, Openings((one.openings for one in rules), LONGEST_OPENING)


def _windows(text: str, triggers: Sequence[Place]) -> Iterator[_Window]:
    """Yield the stretches around words that may belong to a date; stretches that meet are one."""
    start, end = 0, -1
    places: dict[Trigger, list[int]] = {}
    for first, last, kinds in triggers:
        if first - BEFORE > end:
            if places:
                yield _Window(start, _word_end(text, end), places)
            start, places = _word_start(text, max(0, first - BEFORE)), {}
        end = min(len(text), last + AFTER)
        for trigger in kinds:
            places.setdefault(trigger, []).append(first)
    if places:
        yield _Window(start, _word_end(text, end), places)


def _find_triggers(wording: Wording) -> list[Place]:
    """Return where each word that may belong to a date begins and ends, and what it calls for."""
    places = [(place, place + len(word), TRIGGERS[word]) for word in TRIGGERS.keys() & wording.words
              for place in wording.find(word)]  # fmt: skip
    for number in NUMBER.finditer(wording.text):
        triggers = _triggers(number[0])
        if triggers:
            places.append((*number.span(), triggers))
    return sorted(places)


def _seek_slowly(text: str) -> tuple[str, str, list[Place]]:
    """Return a text in any script with European figures, the same with blanks for what is no word, and the places."""
    if OTHER_FIGURE.search(text) is not None:
        text = text.translate(FIGURES)
    found = ((*word.span(), _triggers(word[0])) for word in WORD.finditer(text))
    return text, NOT_WORD.sub(" ", text), [place for place in found if place[2]]


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
