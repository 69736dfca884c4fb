"""A person's date in plain words: what it becomes, and that what is said of it can be written again."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.edtf_dates import parse_edtf
from archive.errors import BadDate
from archive.spoken_dates import read_date
from web.words import date_in_words

# Words, EDTF, first and last day.
SPOKEN = (
    ("about March 1990", "1990-03~", "1990-03-01", "1990-03-31"),
    ("c. 1985", "1985~", "1985-01-01", "1985-12-31"),
    ("about the 1990s", "199X~", "1990-01-01", "1999-12-31"),
    ("perhaps 3 November 2016", "2016-11-03?", "2016-11-03", "2016-11-03"),
    ("perhaps about 1990", "1990%", "1990-01-01", "1990-12-31"),
    ("between 3 and 7 March 1990", "[1990-03-03..1990-03-07]", "1990-03-03", "1990-03-07"),
    ("between October 2016 and July 2017", "[2016-10-01..2017-07-31]", "2016-10-01", "2017-07-31"),
    ("between 1990 and 3 March 1991", "[1990-01-01..1991-03-03]", "1990-01-01", "1991-03-03"),
    ("between 1990 and 1992", "[1990..1992]", "1990-01-01", "1992-12-31"),
    ("3 to 9 November 2016", "2016-11-03/2016-11-09", "2016-11-03", "2016-11-09"),
    ("from 30 October to 2 November 2016", "2016-10-30/2016-11-02", "2016-10-30", "2016-11-02"),
    ("spring 2004", "2004-21", "2004-03-01", "2004-05-31"),
    ("in the spring of 2004", "2004-21", "2004-03-01", "2004-05-31"),
    ("winter 1990", "1990-24", "1990-01-01", "1991-02-28"),
    ("early November 2016", "[2016-11-01..2016-11-10]", "2016-11-01", "2016-11-10"),
    ("before 1991", "[..1990-12-31]", None, "1990-12-31"),
    ("after March 1990", "[1990-04-01..]", "1990-04-01", None),
    ("on or before 3 November 2016", "[..2016-11-03]", None, "2016-11-03"),
    ("not later than 1990", "[..1990]", None, "1990-12-31"),
    ("since 2016", "[2016..]", "2016-01-01", None),
    ("until November 2016", "../2016-11", None, "2016-11-30"),
    ("2016-11 or 2016-12", "[2016-11,2016-12]", "2016-11-01", "2016-12-31"),
    ("1990, 1991 or 1992", "[1990,1991,1992]", "1990-01-01", "1992-12-31"),
    ("Wednesday, 2 November 2016", "2016-11-02", "2016-11-02", "2016-11-02"),
    ("13 OCT 89", "1989-10-13", "1989-10-13", "1989-10-13"),
    ("march 1990", "1990-03", "1990-03-01", "1990-03-31"),
    ("24 January", "XXXX-01-24", None, None),
    ("02/11/2016", "[2016-02-11,2016-11-02]", "2016-02-11", "2016-11-02"),
    ("  2016-11-03/2016-11-05 ", "2016-11-03/2016-11-05", "2016-11-03", "2016-11-05"),
    ("unknown", None, None, None),
    ("", None, None, None),
)
UNREADABLE = (
    "yesterday", "some time ago", "before", "between 1991 and 1990", "31 February 1990", "1990 or so", "about",
    "the year the bridge fell", "before 1 January 0001", "x" * 5_000, "[1990", "or or or",
)  # fmt: skip

simple = st.one_of(
    st.builds("{:04}".format, st.integers(1501, 2098)),
    st.builds("{:04}-{:02}".format, st.integers(1501, 2098), st.integers(1, 12)),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(1501, 2098), st.integers(1, 12), st.integers(1, 28)),
)
doubtful = st.builds("{}{}".format, simple, st.sampled_from("~?%"))
season = st.builds("{:04}-{}".format, st.integers(1501, 2098), st.sampled_from((21, 22, 23, 24)))
# The 1900s are a century, so the first decade of one is left out.
decade = st.builds("{}X{}".format, st.integers(161, 199).filter(lambda ten: ten % 10), st.sampled_from(("", "~", "?")))
pair = st.tuples(simple, simple).filter(lambda two: two[0] < two[1] and len(two[0]) == len(two[1]))
several = st.one_of(
    pair.map(lambda two: f"[{two[0]}..{two[1]}]"),
    pair.map(lambda two: f"{two[0]}/{two[1]}"),
    pair.map(lambda two: f"[{two[0]},{two[1]}]"),
)
open_ended = st.builds(
    lambda form, one: form.format(one), st.sampled_from(("[..{}]", "[{}..]", "../{}", "{}/..")), simple
)
no_year = st.builds("XXXX-{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28))


@pytest.mark.parametrize(("words", "edtf", "earliest", "latest"), SPOKEN)
def test_words_become_edtf(words: str, edtf: str | None, earliest: str | None, latest: str | None) -> None:
    """A date in words becomes EDTF with the days it allows, and never a narrower one."""
    read = read_date(words)
    assert (read.edtf, read.earliest, read.latest) == (edtf, earliest, latest)


@pytest.mark.parametrize("words", UNREADABLE)
def test_what_is_no_date_is_refused(words: str) -> None:
    """Words that name no date, or more than a date, are refused and never half read."""
    with pytest.raises(BadDate):
        read_date(words)


@settings(max_examples=60)
@given(st.one_of(simple, doubtful, season, decade, several, open_ended, no_year))
def test_what_is_said_can_be_written_again(edtf: str) -> None:
    """The words a date is shown in, typed into the form, are that date again: the same days, and as doubtful."""
    said = date_in_words(edtf)
    assert said is not None
    again, meant = read_date(said), parse_edtf(edtf)
    assert (again.earliest, again.latest, again.basis) == (meant.earliest, meant.latest, meant.basis)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reading of a date fail in another way than by its one sentence."""
    with suppress(BadDate):
        read_date(text)
