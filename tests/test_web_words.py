"""How dates, counts and directions are said to a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.words import count, date_in_words, direction

DATES = [
    ("2016-11-03", "3 November 2016"),
    ("2016-11", "November 2016"),
    ("2016", "2016"),
    ("2016-XX-XX", "2016"),
    ("2016~", "about 2016"),
    ("2016-11?", "perhaps November 2016"),
    ("1989%", "perhaps about 1989"),
    ("199X", "the 1990s"),
    ("[2016-11-03..2016-11-04]", "3 or 4 November 2016"),
    ("[2016-11-03..2016-11-09]", "between 3 November 2016 and 9 November 2016"),
    ("[2016-11-30..2016-12-01]", "between 30 November 2016 and 1 December 2016"),
    ("[..2016-11-03]", "on or before 3 November 2016"),
    ("[2016-11-03..]", "on or after 3 November 2016"),
    ("[2016-11-03,2017-01-24]", "3 November 2016 or 24 January 2017"),
    ("2016-11-03/2016-11-10", "3 to 10 November 2016"),
    ("2016-11/2017-02", "November 2016 to February 2017"),
    ("2016-11-03/..", "from 3 November 2016"),
    ("/2016-11-03", "until 3 November 2016"),
    ("2016-13", "2016-13"),
    ("2016-21", "spring 2016"),
    ("XXXX-01-24", "24 January, year not given"),
    ("XXXX-05", "May, year not given"),
    ("<b>2016</b>", "<b>2016</b>"),
]


@pytest.mark.parametrize(("edtf", "words"), DATES)
def test_a_date_is_said_as_a_reader_would_say_it(edtf: str, words: str) -> None:
    """Every notation the archive writes has words, and what has none is shown as written."""
    assert date_in_words(edtf) == words


@pytest.mark.parametrize("edtf", [None, ""])
def test_no_date_has_no_words(edtf: str | None) -> None:
    """An absent date is never turned into one."""
    assert date_in_words(edtf) is None


@given(st.text(alphabet="0123456789-./[]{},~?%X", min_size=1))
def test_any_text_in_place_of_a_date_is_survived(text: str) -> None:
    """A date that is not one is shown, never an error."""
    assert date_in_words(text)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports"), (1305, "1,305 reports")]
)
def test_a_count_agrees_with_its_noun(number: int, said: str) -> None:
    """One report, two reports, and a comma in the thousands."""
    assert count(number, "report") == said


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "rtl"), ("fa-AF", "rtl"), ("AR", "rtl"), ("en", "ltr"), ("es", "ltr"), (None, "auto")]
)
def test_text_runs_the_way_its_language_does(language: str | None, said: str) -> None:
    """Arabic and its neighbours run from the right; an unknown language is left to the browser."""
    assert direction(language) == said
