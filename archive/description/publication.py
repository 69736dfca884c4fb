"""When a page was published, where it does not say: what its evidence has in common, never a guess.

Each piece of evidence allows a stretch of days. A picture is not later than its page, nor is what the text reports as
past; an outlet's years and the day a page was captured close the other end. What all of them allow is the answer.
"""

import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.cleaning.cleaned import CleanedPage
from archive.description.expressions import FoundDate, Matches, read_dates
from archive.description.expressions.calendar import make_day
from archive.description.expressions.names import WEEKDAYS, any_of, fold
from archive.description.own_words import gather_own_words, seek_own_dates
from archive.description.tense import FUTURE, PAST, REVISION
from archive.model import BODY_KINDS, Date, Evidence, Issue, JudgedBlock, Span, Zone
from archive.wording import list_words

FIELD = "published"
# An interval wider than thirteen months says less than the outlet's own years, and would only look like knowledge.
WIDEST = dt.timedelta(days=396)
# A news report names the weekdays of its own days; the page follows the last one named by so much at most.
NEWS_ARC, FEWEST_WEEKDAYS, LAST_DAY_TO_PAGE = 4, 2, 1
WEEK = 7
LONGEST_SENTENCE = 500
URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$|[?#-])")
# The rules whose dates name their own year; relative ones would only repeat the anchor they lack.
WITH_YEAR = frozenset({
    "day-month", "dispatch-day", "month-day", "date-time-group", "month-year", "part-of-month", "iso", "days-of-month",
    "month-days", "months-range",
})  # fmt: skip
FIGURES = re.compile(r"\d\d")  # without them a text names no year
LIMIT = re.compile(
    r"\b(?:by|before|until|till|to)\s+(?:(?:early|late|mid|the\s+(?:start|middle|end)\s+of)[\s-]+)?$", re.IGNORECASE
)
SENTENCE_END = re.compile(r"(?<=[a-z\d)”\"][.!?])\s+|[.!?][”\"]?\s+(?=[A-Z])")
STOP = re.compile(r"[.!?]")
WEEKDAY = re.compile(rf"(?<!\w)(?P<day>{any_of(WEEKDAYS)})(?!\w)(?!,?\s+(?:the\s+)?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """The days one piece of evidence allows, an end None where it says nothing."""

    first: dt.date | None
    last: dt.date | None
    evidence: Evidence


def infer_published(
    cleaned: CleanedPage, published: Date, sought: Mapping[str, Matches] | None = None
) -> tuple[Date, tuple[Issue, ...]]:
    """Return the publication date, inferred where the page states none, with what a librarian should look at.

    A stated date is returned as it is. An inferred one is `[a..b]`, one of these days; evidence that bounds it on one
    side only, or to more than thirteen months, is kept and the date stays unknown. Evidence that has no day in common
    is issue D04. `sought` holds what may be dates in the report's own words, where that is known.
    """
    if published.basis != "unknown":
        return published, ()
    if sought is None:
        sought = seek_own_dates(gather_own_words(cleaned))
    bounds = tuple(_bounds(cleaned, sought))
    evidence = (*published.evidence, *(bound.evidence for bound in bounds))
    first = max((bound.first for bound in bounds if bound.first is not None), default=None)
    last = min((bound.last for bound in bounds if bound.last is not None), default=None)
    unknown = Date(evidence=evidence)
    if first is None or last is None:
        return unknown, ()
    if first > last:
        return unknown, (_contradiction(bounds, first, last),)
    if last - first > WIDEST:
        return unknown, ()
    return Date(_one_of(first, last), first.isoformat(), last.isoformat(), "inferred", evidence), ()


def _contradiction(bounds: Sequence[Bound], first: dt.date, last: dt.date) -> Issue:
    start = next(bound.evidence for bound in bounds if bound.first == first)
    end = next(bound.evidence for bound in bounds if bound.last == last)
    message = (
        f"The dates contradict each other: {start.printed!r} allows no day before {first.isoformat()}, "
        f"{end.printed!r} none after {last.isoformat()}."
    )
    return Issue("D04", message, start.span or end.span)


def _bounds(cleaned: CleanedPage, sought: Mapping[str, Matches]) -> Iterator[Bound]:
    yield from _container(cleaned)
    yield from _address(cleaned)
    captions = _dated(cleaned.of_kind("caption"), sought, "caption")
    yield from captions
    yield from _dated(cleaned.of_kind(*BODY_KINDS), sought, "body")
    pictured = max((bound.first for bound in captions if bound.first is not None), default=None)
    if pictured is not None:
        yield from _weekdays(cleaned, pictured)


def _container(cleaned: CleanedPage) -> Iterator[Bound]:
    """Yield the years of outlet and collections, and the day the page was captured, which it cannot be later than."""
    years = cleaned.rules.published
    if years:
        first, last = make_day(years[0], 1, 1), make_day(years[-1], 12, 31)
        printed = f"{years[0]}–{years[-1]}"
        if first is not None and last is not None and len(years) > 1:
            yield Bound(first, last, _say(first, last, printed, "container", f"{cleaned.rules.key}/published"))
    for known in cleaned.priors:
        if known.published:
            first, last = make_day(known.published[0], 1, 1), make_day(known.published[-1], 12, 31)
            printed = f"{known.published[0]}–{known.published[-1]}"
            yield Bound(first, last, _say(first, last, printed, "container", f"collection/{known.key}/published"))
    captured = cleaned.page.source.captured
    day = _iso_day(captured) if captured is not None else None
    if day is not None and captured is not None:
        yield Bound(None, day, _say(None, day, captured, "container", "published/captured"))


def _address(cleaned: CleanedPage) -> Iterator[Bound]:
    """Yield the day in the page's own address: /2016/11/03/."""
    stated = cleaned.markup.meta("og:url") if cleaned.markup is not None else None
    canonical = cleaned.markup.canonical if cleaned.markup is not None else None
    for url in (cleaned.page.source.url, canonical, stated.value if stated is not None else None):
        found = URL_DAY.search(url) if url else None
        day = make_day(int(found["year"]), int(found["month"]), int(found["day"])) if found is not None else None
        if found is not None and day is not None:
            yield Bound(day, day, _say(day, day, found[0].strip("/"), "url", "published/address"))
            return


def _dated(blocks: Sequence[JudgedBlock], sought: Mapping[str, Matches], zone: Zone) -> tuple[Bound, ...]:
    """Return the latest day that these blocks report as past: the page is not earlier."""
    found = [
        (dt.date.fromisoformat(one.earliest), judged, one)
        for judged in blocks
        if judged.block.text in sought and FIGURES.search(judged.block.text)
        for one in read_dates(judged.block.text, sought[judged.block.text])
        if one.earliest is not None and one.rule in WITH_YEAR
    ]
    found.sort(key=lambda entry: entry[0], reverse=True)
    past = next((entry for entry in found if _is_past(entry[1].block.text, entry[2], zone)), None)
    if past is None:
        return ()
    day, judged, one = past
    span = judged.block.locate(one.start, one.end)
    return (Bound(day, None, _say(day, None, one.text, zone, f"published/{zone}-date", span=span)),)


def _is_past(text: str, one: FoundDate, zone: Zone) -> bool:
    start, end = _sentence(text, one.start)
    sentence = text[start:end]
    rest = sentence.replace(one.text, " ")  # May is a month here
    words = list_words(rest)
    if FUTURE.stands_in(rest, words) or REVISION.stands_in(rest, words):
        return False
    if LIMIT.search(text[start : one.start]) is not None:
        return False
    return zone == "caption" or PAST.stands_in(rest, words)


def _sentence(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends, as far as a sentence can be long."""
    start, end = max(0, place - LONGEST_SENTENCE), min(len(text), place + LONGEST_SENTENCE)
    first, last = start, end
    for border in _find_sentence_ends(text, first, last):
        if border.end() <= place:
            start = border.end()
        elif border.start() > place:
            end = border.start() + 1
            break
    return start, end


def _find_sentence_ends(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what the pattern of sentence ends meets; it begins at a stop or right behind one."""
    reached = start
    for stop in STOP.finditer(text, max(0, start - 1), end):
        for place in (stop.start(), stop.end()):
            border = SENTENCE_END.match(text, place, end) if place >= reached else None
            if border is not None:
                reached = border.end()
                yield border


def _weekdays(cleaned: CleanedPage, pictured: dt.date) -> Iterator[Bound]:
    """Yield the days right after the last weekday of a report whose picture was taken on one of its weekdays.

    A picture of Wednesday 2 November, and a text that reports of Tuesday, Wednesday and Thursday as past: the report
    is of Thursday 3 November or the day after. Only weekdays that follow each other without a gap are one piece of
    news, and only sentences whose tense we can tell count.
    """
    named = _named_weekdays(cleaned)
    if pictured.weekday() not in named or not FEWEST_WEEKDAYS <= len(named) <= NEWS_ARC:
        return
    ahead = _run(named, pictured.weekday(), 1)
    if ahead + _run(named, pictured.weekday(), -1) + 1 != len(named):
        return
    first = pictured + dt.timedelta(days=ahead)
    last = first + dt.timedelta(days=LAST_DAY_TO_PAGE)
    judged, match = named[first.weekday()]
    span = judged.block.locate(match.start(), match.end())
    yield Bound(first, last, _say(first, last, match[0], "body", "published/weekday", span=span))


def _named_weekdays(cleaned: CleanedPage) -> dict[int, tuple[JudgedBlock, re.Match[str]]]:
    """Return the weekdays the text reports as past, each with the first place it is named."""
    named: dict[int, tuple[JudgedBlock, re.Match[str]]] = {}
    for judged in cleaned.of_kind(*BODY_KINDS):
        for match in WEEKDAY.finditer(judged.block.text):
            start, end = _sentence(judged.block.text, match.start())
            if match["day"][0].isupper() and _tells_of_past(judged.block.text[start:end]):
                named.setdefault(WEEKDAYS[fold(match["day"])], (judged, match))
    return named


def _run(named: Container[int], weekday: int, step: int) -> int:
    """Return how many named weekdays follow this one without a gap, forward (1) or back (-1)."""
    return next((count for count in range(WEEK) if (weekday + step * (count + 1)) % WEEK not in named), WEEK)


def _tells_of_past(sentence: str) -> bool:
    words = list_words(sentence)
    return PAST.stands_in(sentence, words) and not FUTURE.stands_in(sentence, words)


def _iso_day(stamp: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def _one_of(first: dt.date | None, last: dt.date | None) -> str:
    if first == last and first is not None:
        return first.isoformat()
    return f"[{first.isoformat() if first else ''}..{last.isoformat() if last else ''}]"


def _say(
    first: dt.date | None, last: dt.date | None, printed: str, zone: Zone, rule: str, *, span: Span | None = None
) -> Evidence:
    return Evidence(FIELD, _one_of(first, last), printed, zone, rule, "inferred", span)
