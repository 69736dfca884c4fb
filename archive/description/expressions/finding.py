"""Finding every date expression of a text: words that may belong to a date first, then the rules around them."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from archive.description.expressions import absolute, relative
from archive.description.expressions.calendar import Reading
from archive.description.expressions.grammar import FAR, LONGEST_OPENING, DateRule, Trigger
from archive.description.expressions.names import HIJRI_MONTHS, MONTHS, WEEKDAYS, first_words
from archive.description.expressions.relative import DAYS_AWAY
from archive.model import Date
from archive.openings import BLANK, Openings
from archive.wording import WORD, Remembered, Wording, read_words

# Words with figures that may belong to a date, in small letters: 2016   1990s   q3   031200z
NUMBER = re.compile(r"[12]\d{3}|q[1-4]|\d{6}[a-z]")
YEAR_LIKE = re.compile(r"(?:1[5-9]|20)\d\d(?:s|T\d\d)?|Q[1-4]", re.ASCII)
GROUP = re.compile(r"\d{6}[A-Z]")
NUMBER_STARTS = frozenset("0123456789q")
# Arabic and Persian figures as European ones, place for place.
FIGURES = {first + figure: str(figure) for first in (0x0660, 0x06F0) for figure in range(10)}
OTHER_FIGURE = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
BEFORE, AFTER = 40, 50  # how far a date can reach from its word
REMEMBERED_WORDS = 20_000
REMEMBERED_OPENINGS = 5_000  # words near those of one kind
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
    if wording.starts is None:
        slowly = map(_seek_slowly, texts)
        return {
            text: found
            for text, (read, triggers) in zip(texts, slowly, strict=True)
            if (found := _match_all(read, triggers))
        }
    sought: dict[str, Matches] = {}
    triggers = _find_triggers(wording)
    first = start = 0
    for text in texts if triggers else ():
        last = bisect_left(triggers, (start + len(text),), first)
        if last > first:
            own = [(place - start, end - start, kinds) for place, end, kinds in triggers[first:last]]
            from_, to = (bisect_left(wording.starts, place) for place in (start, start + len(text)))
            starts = [place - start for place in wording.starts[from_:to]] if start else wording.starts[from_:to]
            read = Wording(text, wording.words[from_:to], starts)
            sought |= {text: found} if (found := _match_all(read, own)) else {}
        first, start = last, start + len(text) + 1
    return sought


def _match_all(read: Wording, triggers: Sequence[Place]) -> Matches:
    """Return every match of the rules, leftmost, then longest, then in the rules' order."""
    found = [pair for window in _windows(read.text, triggers) for pair in _match_window(read, window)]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end(), ORDER[pair[1].name]))


def _match_window(read: Wording, window: _Window) -> Iterator[tuple[re.Match[str], DateRule]]:
    kinds = window.places
    for kind, places in kinds.items():
        for one in RULES_BY_TRIGGER[kind]:
            for place in places if one.also is None or one.also in kinds else ():
                found = one.pattern.match(read.text, place, window.end)
                if found is not None:
                    yield found, one
    starts = read.starts or ()
    first = bisect_left(starts, window.start)
    for kind, places in kinds.items():
        # Only a rule on months can begin behind the last word it needs.
        stop = bisect_left(starts, window.end if kind == "month" else places[-1] + 1, first)
        opened = map(OPENED[kind].__getitem__, read.words[first:stop])
        yield from _match_openings(
            read, window, places, [pair for pair in zip(starts[first:stop], opened, strict=True) if pair[1]]
        )


def _match_openings(
    read: Wording, window: _Window, places: Sequence[int], opened: Iterable[tuple[int, Sequence[DateRule]]]
) -> Iterator[tuple[re.Match[str], DateRule]]:
    """Yield what the rules meet that may be met where these words begin."""
    reached: dict[str, int] = {}
    for place, rules in opened:
        for one in rules:
            if place < reached.get(one.name, 0) or not _is_near(one, places, read.starts or (), place):
                continue
            found = one.pattern.match(read.text, place, window.end)
            if found is not None:
                reached[one.name] = found.end()
                yield found, one


def _is_near(one: DateRule, places: Sequence[int], starts: Sequence[int], place: int) -> bool:
    """Tell whether enough of the words that a rule needs stand near a word that it may begin with."""
    if len(places) < one.many:
        return False
    if one.glued:
        return True
    following = bisect_left(places, place)
    if following == len(places):
        return False
    return one.reach == FAR or bisect_left(starts, places[following]) <= bisect_left(starts, place) + one.reach


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
    """Return where each word that may belong to a date begins and ends, and what it calls for, in order."""
    text, words, starts = wording.text, wording.words, wording.starts or ()
    likely = compress(range(len(words)), map(LIKELY.__getitem__, words))
    found = ((place, end := place + len(words[number]), _triggers(text[place:end]))
             for number in likely for place in (starts[number],))  # fmt: skip
    return [place for place in found if place[2]]


def _seek_slowly(text: str) -> tuple[Wording, list[Place]]:
    """Return a text in any script with European figures and its words, and the places."""
    if OTHER_FIGURE.search(text) is not None:
        text = text.translate(FIGURES)
    found = [(word[0], *word.span()) for word in WORD.finditer(text)]
    read = Wording(text, [word for word, _, _ in found], [start for _, start, _ in found])
    places = ((start, end, _triggers(word)) for word, start, end in found)
    return read, [place for place in places if place[2]]


def _triggers(word: str) -> tuple[Trigger, ...]:
    triggers = TRIGGERS.get(word.lower(), NO_TRIGGER)
    if triggers or not word[-1:].isalnum():
        return triggers
    if YEAR_LIKE.match(word):
        return ("number",)
    return ("month",) if GROUP.fullmatch(word) else NO_TRIGGER


def _may_call(word: str) -> bool:
    """Tell whether a word in small letters may belong to a date, in some capitals."""
    return word in TRIGGERS or (word[0] in NUMBER_STARTS and NUMBER.match(word) is not None)


def _tell_rules(kind: Trigger) -> Remembered[tuple[DateRule, ...]]:
    """Return for each word the rules in need of such words that may be met where it stands, but `RULES_BY_TRIGGER`."""
    rules = tuple(one for one in ALL_RULES if one.needs == kind and not one.begins)
    openings = Openings((one.openings for one in rules), LONGEST_OPENING)
    return Remembered(lambda word: tuple(rules[number] for number in openings.tell(word + BLANK)), REMEMBERED_OPENINGS)


LIKELY = Remembered(_may_call, REMEMBERED_WORDS)
OPENED = {kind: _tell_rules(kind) for kind in KINDS}


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
