"""1,300 dispatches on conflict in Latin America: date, place and source as analysts coded them."""

from functools import cache

import pytest

from tests.quality.gate import digest_files, find_files, hold_floors, load_pins, need_corpus
from tests.quality.measures import measure_muc3

pytestmark = pytest.mark.quality
measure = cache(measure_muc3)
DISPATCHES, DATED, SOURCED = 1300, 1240, 1157


@pytest.fixture(autouse=True)
def corpus() -> None:
    """Skip these tests where the dispatches are not."""
    need_corpus("muc3")


def test_the_dispatches_hold_their_floors() -> None:
    """No measure is below what was reached before, and the dispatches are those that were pinned."""
    pin = load_pins()["muc3"]
    hold_floors("muc3", measure(), digest_files(find_files(pin)), pin)


def test_every_stated_date_is_right_and_none_is_invented() -> None:
    """Each dispatch whose header states a day has that day, and no other has one."""
    measured = measure()
    assert measured["dates right"] == DATED
    assert measured["dates rightly unknown"] == DISPATCHES - DATED


def test_datelines_are_right_but_for_a_few() -> None:
    """Place and source of the dateline are right in 998 of 1,000."""
    measured = measure()
    assert measured["dateline places right"] >= 0.998 * DISPATCHES
    assert measured["sources right"] >= 0.998 * SOURCED
