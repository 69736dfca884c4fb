"""Weighing the days a page gives for itself: which one is the publication's, and whether the page says so plainly."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.description.datestatements import DayStated, Meaning
from archive.model import Evidence

ONE_DAY = dt.timedelta(days=1)
A_WEEK = dt.timedelta(days=7)
STALE = dt.timedelta(days=31)  # a page changed later than this and showing no day may state the day of another text
NOON = 12
UTC = re.compile(r"T(?P<hour>\d\d):?\d\d.*(?:Z|\+00:?00)$")  # 2023-11-09T02:11:03+00:00
ORDER: tuple[Meaning, ...] = ("published", "filed", "address", "beside", "elsewhere", "apart", "scripted")
LONELY: tuple[Meaning, ...] = ("elsewhere", "apart")  # these count when the page prints no other day of the kind


@dataclass(frozen=True, slots=True)
class Weighed:
    """The day (or days among which it is), whether the page states it plainly, and the evidence, strongest first."""

    days: tuple[dt.date, ...]
    stated: bool
    evidence: tuple[Evidence, ...]


def weigh_days(given: Sequence[DayStated]) -> Weighed | None:
    """Return the publication day that a page's statements support, None when there are none."""
    if not given:
        return None
    head = [one for one in given if one.meaning in {"published", "filed"} and one.evidence.basis == "metadata"]
    shown = [one for one in given if one.meaning in {"published", "beside"} and one.evidence.basis == "printed"]
    address = [one for one in given if one.meaning == "address"]
    said = [one for one in shown if one.meaning == "published"]
    chosen = _choose(given, head, shown, said, address)
    if chosen is None:
        return None
    day = _day(chosen)
    changed = {_day(one) for one in given if one.meaning == "modified"}
    # What the page shows as its publication's day goes before a day of no named kind in its head.
    serious = [*_named(head), *said] if chosen in said else [*head, *said]
    rivals = {_day(one) for one in serious if abs(_day(one) - day) > ONE_DAY} - changed
    evidence = _evidence(given, chosen)
    voices = Counter(own for own, _ in {(_day(one), one.evidence.rule) for one in (*head, *shown, *address)})
    outvoted = all(voices[rival] < voices[day] for rival in rivals)
    if chosen.meaning in {"published", "filed"} and rivals and not outvoted:
        return Weighed(tuple(sorted({day, *rivals})), stated=False, evidence=evidence)
    return Weighed((day,), _is_plain(day, given), evidence)


def _choose(
    given: Sequence[DayStated],
    head: Sequence[DayStated],
    shown: Sequence[DayStated],
    said: Sequence[DayStated],
    address: Sequence[DayStated],
) -> DayStated | None:
    named = _named(head)
    supported = [one for one in named if any(_day(one) == _day(other) for other in (*said, *address, *shown))]
    near = [one for one in supported if abs(_day(one) - _day(named[0])) <= A_WEEK]
    first = next(iter(near or named or said or head), None)
    if first is None:
        return _choose_weak(given)
    # A day in the address or on the page beats a clock in another time zone.
    for other in address:
        if abs(_day(other) - _day(first)) == ONE_DAY:
            return other
    if not any(_day(other) == _day(first) for other in shown):
        return next((other for other in (*said, *shown) if _is_same_moment(first, other)), first)
    return first


def _choose_weak(given: Sequence[DayStated]) -> DayStated | None:
    """Return the best of what is no plain statement; of several days elsewhere none counts, nor does a change's."""
    days = {meaning: {one.day for one in given if one.meaning == meaning} for meaning in LONELY}
    usable = [one for one in given if one.meaning in ORDER and len(days.get(one.meaning, ())) <= 1]
    return min(usable, key=lambda one: ORDER.index(one.meaning), default=None)


def _is_same_moment(head: DayStated, shown: DayStated) -> bool:
    """Tell whether the day the page shows can be, where it was written, the moment its head gives in UTC."""
    clock = UTC.search(head.evidence.printed)
    if clock is None:
        return False
    apart = _day(shown) - _day(head)
    return apart == -ONE_DAY if int(clock["hour"]) < NOON else apart == ONE_DAY


def _named(head: Iterable[DayStated]) -> list[DayStated]:
    return [one for one in head if one.meaning == "published"]


def _is_plain(day: dt.date, given: Sequence[DayStated]) -> bool:
    """Tell whether the page says plainly that it was published on this day.

    A day the page shows as the publication's, or one its head states, unless the page shows another day, or none and
    was changed long after. A day that merely stands beside the headline needs the head or the address to agree.
    """
    near = [one for one in given if one.meaning in {"published", "beside", "filed"}]
    if any(_day(one) != day for one in near):
        return False
    agreeing = {one.meaning for one in given if _day(one) == day}
    shown = any(one.meaning in {"published", "beside"} and one.evidence.basis == "printed" for one in near)
    if "published" not in agreeing and "filed" not in agreeing:
        return {"beside", "address"} <= agreeing
    changed = [_day(one) for one in given if one.meaning == "modified"]
    if shown:
        return True
    if any(one.meaning == "modified" and one.evidence.basis == "printed" for one in given):
        return False
    if any(other < day for other in changed):
        return False
    return "address" in agreeing or not any(other - day > STALE for other in changed)


def _evidence(given: Sequence[DayStated], chosen: DayStated) -> tuple[Evidence, ...]:
    unique = dict.fromkeys(one.evidence for one in (chosen, *given) if one.meaning not in LONELY or one is chosen)
    return tuple(unique)[:MOST_EVIDENCE]


def _day(one: DayStated) -> dt.date:
    return dt.date.fromisoformat(one.day)


MOST_EVIDENCE = 12
