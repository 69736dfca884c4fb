"""Days written out in many languages and scripts, and what only looks like one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.description.daystrings import Order, find_days, read_stated_day

WRITTEN = """
3 November 2016 | 3rd of November, 2016 | November 3, 2016 | Nov. 3rd 2016 | 3. November 2016 | 3 novembre 2016
3 de noviembre de 2016 | 3 de novembro de 2016 | 3. listopadu 2016 | 3 ноября 2016 г. | 3 листопада 2016 | 3 Kasım 2016
3 نوفمبر 2016 | ٣ نوفمبر ٢٠١٦ | 3 تشرين الثاني 2016 | 3 نوفمبر/تشرين الثاني 2016 | 3 בנובמבר 2016 | 3 नवंबर 2016
2016年11月3日 | 2016년 11월 3일 | 2016. november 3. | 2016 m. lapkričio 3 d. | 3 tháng 11, 2016 | 3. marraskuuta 2016
03.11.2016 | 3. 11. 2016 | 2016-11-03 | 2016/11/03 | 2016.11.03 | 03-nov-2016 | Thu Nov 03 06:58:00 UTC 2016
Posted on November 3, 2016November 4 | 3. November 20164. Januar | 03.11.201611:05 | Thursday, 3 November 2016, 6:58 pm
"""
NONE = (
    "1,200 extremists",
    "20 percent in 2016",
    "May 2016",
    "2005 -2017",
    "31 February 2016",
    "3 Monday 2016",
    "",
    "Jan 04",
)


@pytest.mark.parametrize("text", [one for one in WRITTEN.replace("\n", " | ").split(" | ") if one.strip()])
def test_a_day_is_found_in_whatever_language(text: str) -> None:
    """Months' names, scripts, figures and orders of many languages give the same day."""
    found = next(find_days(text), None)
    assert found is not None
    assert found.day == dt.date(2016, 11, 3)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_day_is_not_found(text: str) -> None:
    """Years, months, counts and impossible days are no days."""
    assert list(find_days(text)) == []


@pytest.mark.parametrize(
    ("order", "day"), [("day first", "2016-11-02"), ("month first", "2016-02-11"), ("unknown", None)]
)
def test_the_order_of_figures_must_be_known(order: Order, day: str | None) -> None:
    """Two figures below thirteen are a day only when someone knows their order."""
    found = read_stated_day("02/11/2016", order)
    assert (found.isoformat() if found else None) == day


def test_a_month_that_two_languages_understand_differently_is_none() -> None:
    """Listopada is October in Zagreb and November in Warsaw, so it is not read."""
    assert list(find_days("3 listopada 2016")) == []


@given(st.text(max_size=60))
def test_any_text_has_days_inside_it_or_none(text: str) -> None:
    """No text stops the reader, and what is found lies within the text, in order."""
    found = list(find_days(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
