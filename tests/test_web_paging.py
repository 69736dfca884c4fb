"""The steps under a list of results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.paging import turn_pages


def link(number: int) -> str:
    """Return a stand-in for a page's address."""
    return str(number)


def test_one_page_needs_no_steps() -> None:
    """A result that fits on a page has no pager."""
    assert turn_pages(1, 1, link) == turn_pages(1, 0, link) == ()


def test_the_first_page_cannot_be_left_backwards() -> None:
    """On the first page, First and Previous are words and not links."""
    assert [step.href for step in turn_pages(1, 9, link) if step.label in {"First", "Previous"}] == [None, None]


@pytest.mark.parametrize(("label", "href"), [("First", "1"), ("Previous", "4"), ("Next", "6"), ("Last", "9")])
def test_each_step_leads_where_it_says(label: str, href: str) -> None:
    """First, previous, next and last lead to their pages."""
    assert {step.label: step.href for step in turn_pages(5, 9, link)}[label] == href


@given(st.data())
def test_every_page_can_be_reached(data: st.DataObject) -> None:
    """From the first page, any page is a few steps away."""
    pages = data.draw(st.integers(2, 5000))
    goal, here, steps = data.draw(st.integers(1, pages)), 1, 0
    while here != goal and steps < 20:
        offered = [int(step.href) for step in turn_pages(here, pages, link) if step.href]
        here, steps = min(offered, key=lambda number: abs(number - goal)), steps + 1
    assert here == goal


@given(st.integers(1, 300), st.integers(1, 300))
def test_exactly_one_step_is_the_current_page(page: int, pages: int) -> None:
    """The current page is marked once, whatever its number."""
    shown = turn_pages(min(page, pages), pages, link)
    assert sum(step.current for step in shown) == (1 if pages > 1 else 0)
