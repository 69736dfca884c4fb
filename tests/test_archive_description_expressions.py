"""Dates as texts write them: what is read, from which day, and what must give nothing."""

import datetime as dt
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.description.expressions import find_dates, read_expression
from archive.description.expressions.finding import (
    ALL_RULES,
    _find_triggers,
    _match_window,
    _seek_slowly,
    _windows,
)
from archive.edtf_dates import parse_edtf
from archive.model import Date
from archive.wording import read_words

THURSDAY = "1994-09-15"


def day(iso: str) -> Date:
    """Return one stated day."""
    return Date(iso, iso, iso, "stated")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        # full, in many hands
        ("on 8 June 1982 the ships", "1982-06-08"), ("June 8th, 1982", "1982-06-08"), ("8-JUN-1982", "1982-06-08"),
        ("Tuesday, 8 June 1982", "1982-06-08"), ("8 JUN 82", "1982-06-08"), ("8 June '82,", "1982-06-08"),
        ("4 JUL 29", "2029-07-04"), ("4 JUL 30", "1930-07-04"), ("081745Z JUN 82", "1982-06-08"),
        ("8 de junio de 1982", "1982-06-08"), ("8 juin 1982", "1982-06-08"), ("8. Juni 1982", "1982-06-08"),
        ("8 июня 1982", "1982-06-08"), ("٨ حزيران ١٩٨٢", "1982-06-08"), ("8 يونيو 1982", "1982-06-08"),
        ("1982-06-08T11:00:00Z", "1982-06-08"), ("28/06/1982", "1982-06-28"), ("06/28/1982", "1982-06-28"),
        ("08.06.1982", "1982-06-08"), ("08/06/1982", "[1982-06-08,1982-08-06]"),
        # partial
        ("in June 1982", "1982-06"), ("mid-June 1982", "[1982-06-10..1982-06-20]"), ("in 1982", "1982"),
        ("late 1982", "[1982-09-01..1982-12-31]"), ("the summer of 1982", "1982-22"), ("the 1980s", "198X"),
        ("the early 1980s", "[1980..1983]"),
        ("the 1800s", "18XX"), ("the third quarter of 1982", "1982-07-01/1982-09-30"),
        ("on June 8", "XXXX-06-08"), ("since June", "XXXX-06"),
        # stretches
        ("from 8 to 11 June 1982", "1982-06-08/1982-06-11"), ("June 8-11, 1982", "1982-06-08/1982-06-11"),
        ("between 8 and 11 June 1982", "[1982-06-08..1982-06-11]"), ("30 May to 2 June 1982", "1982-05-30/1982-06-02"),
        ("between May and July 1982", "[1982-05-01..1982-07-31]"), ("the 1980-88 war", "1980/1988"),
        # Hijri, about
        ("1 Ramadan 1402 AH", "1982-06-22~"),
    ],
)  # fmt: skip
def test_dates_say_what_they_write(text: str, edtf: str) -> None:
    """A date without any anchor is read as written, and no further."""
    found = read_expression(text)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("today", THURSDAY), ("last night", "1994-09-14"), ("the day before yesterday", "1994-09-13"),
        ("on Thursday", THURSDAY), ("late on Wednesday", "1994-09-14"), ("on Friday", "1994-09-09"),
        ("talks will resume on Friday", "1994-09-16"), ("last Thursday", "1994-09-08"), ("next Monday", "1994-09-19"),
        ("four days ago", "1994-09-11"), ("two weeks ago", "[1994-08-29..1994-09-04]"), ("ten years ago", "1984"),
        ("last week", "[1994-09-05..1994-09-11]"), ("earlier this week", "[1994-09-08..1994-09-15]"),
        ("last month", "1994-08"), ("early last month", "[1994-08-01..1994-08-10]"), ("next year", "1995"),
        ("over the past three weeks", "1994-08-25/1994-09-15"), ("several days ago", "[1994-09-09..1994-09-14]"),
        ("on December 24th", "1993-12-24"), ("on October 2nd", "1994-10-02"), ("in August", "1994-08"),
        ("October of last year", "1993-10"), ("polls due on December 4", "1994-12-04"), ("أمس", "1994-09-14"),
        ("last summer", "1994-22"), ("12/09/1994", "1994-09-12"), ("ayer", "1994-09-14"),
    ],
)  # fmt: skip
def test_relative_dates_are_told_from_the_day_of_writing(text: str, edtf: str) -> None:
    """With an anchor, weekdays, counts of days and days without a year are days of the calendar."""
    found = read_expression(text, day(THURSDAY))
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize("text", ["yesterday", "on Thursday", "two weeks ago", "last month", "earlier this week"])
def test_relative_dates_without_a_day_of_writing_say_nothing(text: str) -> None:
    """Nothing is stored of a relative word that cannot be placed."""
    assert read_expression(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1,450 recruits", "15 percent of them", "they may be in Herat", "it may 5 times", "the march on Herat",
        "12 Comment(s)", "Archive 1999 -2011", "some 1900 men", "2000 soldiers", "UNTIL 1945 HOURS", "31 June 1982",
        "30 February", "version 1.2.1982.3", "at around 3 a.m.", "the second largest city", "1500 / 1500",
        "a 40-minute-long film", "Media ID: 19820608", "in 2,000 homes", "SANTO DOMINGO", "room 1984",
        "every Friday", "Monday Tuesday Wednesday", "today’s market", "a day earlier", "on the weekend",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_gives_nothing(text: str) -> None:
    """Counts, shares, verbs, clock times and numbers of things are no dates, with an anchor or without."""
    assert [*find_dates(text), *find_dates(text, day(THURSDAY))] == []


def test_a_day_of_writing_that_is_not_certain_widens_what_it_tells() -> None:
    """`yesterday` in a text of one of two days is one of two days; in a text of some month it is nothing."""
    found = read_expression("yesterday", Date("[1994-09-15..1994-09-16]", "1994-09-15", "1994-09-16", "inferred"))
    assert found is not None
    assert found.edtf == "[1994-09-14..1994-09-15]"
    assert read_expression("yesterday", Date("1994-09", "1994-09-01", "1994-09-30", "inferred")) is None


PIECES = (
    "8", "31", "30th", "1982", "82", "June", "May", "FEB", "of", "the", "mid-", "early", "late", "last", "next",
    "Thursday", "week", "weeks ago", "two", "years", "to", "-", "/", ",", ".", "and", "between", "from", "yesterday",
    "Ramadan", "1402", "حزيران", "٨", "1980s", "summer", "Q3", "0", "00", "9999", "will", "2016-02-30", "past", "over",
    "décembre", "29", "February", "'", "İ", "\n",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
ANCHORS = st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).map(lambda one: day(one.isoformat()))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, anchor=ANCHORS)
def test_spans_are_exact_and_bounds_in_order(text: str, anchor: Date | None) -> None:
    """Whatever the text, finding never fails, spans are exact and apart, and no date ends before it begins."""
    end = 0
    for found in find_dates(text, anchor):
        assert text[found.start : found.end] == found.text
        assert end <= found.start < found.end
        assert (found.earliest is None) == (found.latest is None)
        assert found.earliest is None or found.latest is None or found.earliest <= found.latest
        end = found.end


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_no_year_is_invented(text: str) -> None:
    """Without an anchor, every year in the answer stands in the words, and a single day has a day's figures."""
    for found in find_dates(text):
        words = "".join(str(unicodedata.digit(letter, letter)) for letter in found.text)
        if found.rule != "hijri":
            for year in re.findall(r"\d{4}(?=-|$|[\].,/])", found.edtf):
                assert year[2:] in words or year[:3] in words
        if found.earliest == found.latest and found.earliest is not None:
            assert re.search(r"\d", words)


@pytest.mark.parametrize(
    "text",
    ["8 June 1982", "mid-June 1982", "the summer of 1982", "the 1980s", "the early 1980s", "June 8-11, 1982", "June 8",
     "since June", "08/06/1982", "1 Ramadan 1402", "the 1980-88 war", "in 1982"],
)  # fmt: skip
def test_answers_are_edtf(text: str) -> None:
    """What is stored is EDTF that the archive itself reads back to the same bounds."""
    found = read_expression(text)
    assert found is not None
    assert parse_edtf(found.edtf).edtf == found.edtf


DATE_PIECES = (
    *("2016", "1980", "1990s", "1980's", "Q3", "3", "13th", "02/11/2016", "2016-11-02", "031200Z", "1438", "88"),
    *("October", "Nov.", "may", "March", "noviembre", "Ramadan", "Friday", "quarter", "last", "year", "mid", "the"),
    *("from", "between", "in", "of", "and", "to", "-", "–", ",", ", ", ".", "'s", "TO", "AND", "(", "x"),
)
WRITTEN = st.lists(st.sampled_from(DATE_PIECES), max_size=14).flatmap(
    lambda pieces: st.sampled_from((" ", "", "-")).map(lambda joint: joint.join(pieces))
)


@settings(max_examples=300)
@given(text=WRITTEN)
def test_what_spares_a_pattern_never_hides_a_date(text: str) -> None:
    """Where a rule's pattern is not tried, it would have met nothing."""
    text, blanked, triggers = _seek_slowly(text)
    for window in _windows(text, triggers):
        tried = {(one.name, found.span()) for found, one in _match_window(text, blanked, window)}
        for one in ALL_RULES:
            if len(window.places.get(one.needs, ())) >= one.many:
                met = {(one.name, found.span()) for found in one.pattern.finditer(text, window.start, window.end)}
                assert {pair for pair in tried if pair[0] == one.name} == met


@given(text=TEXTS | WRITTEN)
def test_words_are_found_the_quick_way_as_the_slow_one(text: str) -> None:
    """Of a text in one byte a letter the same words are looked at as of any other."""
    wording = read_words(text)
    if wording.blanked is not None:
        assert _find_triggers(wording) == _seek_slowly(text)[2]
