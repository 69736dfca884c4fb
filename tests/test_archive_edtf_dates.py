"""A person's date: what is read, what is refused, and that the bounds are never invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.edtf_dates import parse_edtf
from archive.errors import BadDate

READ = [
    ("2016-11-03", "2016-11-03", "2016-11-03", "stated"),
    (" 2016-11 ", "2016-11-01", "2016-11-30", "stated"),
    ("2016-02", "2016-02-01", "2016-02-29", "stated"),
    ("2016-12", "2016-12-01", "2016-12-31", "stated"),
    ("2016", "2016-01-01", "2016-12-31", "stated"),
    ("[2016-11-03..2016-11-04]", "2016-11-03", "2016-11-04", "inferred"),
    ("[2016-11-03,2016-11-04]", "2016-11-03", "2016-11-04", "inferred"),
    ("2016-11-03/2016-11-09", "2016-11-03", "2016-11-09", "inferred"),
    ("2016~", "2016-01-01", "2016-12-31", "inferred"),
    ("2016-11?", "2016-11-01", "2016-11-30", "inferred"),
    ("201X", "2010-01-01", "2019-12-31", "inferred"),
    ("2016-11-XX", "2016-11-01", "2016-11-30", "inferred"),
    ("XXXX-01-24", None, None, "inferred"),
    ("[..2016-11]", None, "2016-11-30", "inferred"),
    ("../2016-11", None, "2016-11-30", "inferred"),
    ("/2016", None, "2016-12-31", "inferred"),
    ("[2016-11..]", "2016-11-01", None, "inferred"),
    ("2016-11/..", "2016-11-01", None, "inferred"),
    ("2016/", "2016-01-01", None, "inferred"),
]
REFUSED = [
    "", "  ", "hello", "unknown", "0000", "-0044", "0000-01-01", "2016-13", "2016-02-30", "2015-02-29", "2016-1-3",
    "3 November 2016", "1989-10-13T10:00:00", "2016-11-04/2016-11-01", "[2016-11-04..2016-11-03]", "../..", "/", "[..]",
    "XXXX-13-40", "XXXX", "y170000002", "٢٠١٦", "[2016" * 400, "2016\x00",
]  # fmt: skip


@pytest.mark.parametrize(("text", "earliest", "latest", "basis"), READ)
def test_a_date_allows_exactly_the_days_it_writes(
    text: str, earliest: str | None, latest: str | None, basis: str
) -> None:
    """Each notation gives its first and last day, and no bound where it writes none."""
    found = parse_edtf(text)
    assert (found.edtf, found.earliest, found.latest, found.basis) == (text.strip(), earliest, latest, basis)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_a_date_is_refused_in_words(text: str) -> None:
    """Anything that is no EDTF day, month, year, set or interval is BadDate, never a guess and never year 0."""
    with pytest.raises(BadDate, match="is not a date we can read"):
        parse_edtf(text)


@given(st.dates())
def test_a_day_is_that_day_only(day: date) -> None:
    """A written day is its own first and last day, in every year from 1 to 9999."""
    found = parse_edtf(day.isoformat())
    assert found.earliest == found.latest == day.isoformat()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123XY-./[],{}~?%T ", max_size=24))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    """Whatever is written, the answer is a date whose bounds are in order, or BadDate."""
    try:
        found = parse_edtf(text)
    except BadDate:
        return
    assert found.edtf
    assert found.earliest is None or found.latest is None or "0001" <= found.earliest <= found.latest
