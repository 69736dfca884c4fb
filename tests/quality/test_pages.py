"""Gates: what is found on pages of outlets without rules, by models that have not seen them.

Each set's floors and reach are in floors.toml; what a measure counts is said in benchmarks/fields.py.
"""

from functools import cache

import pytest

from benchmarks.fields import SETS
from tests.quality.gate import Measures, digest_files, find_files, hold_floors, load_pins, need_corpus
from tests.quality.measures import measure_left_out, measure_set

pytestmark = pytest.mark.quality
measure = cache(measure_set)
FEWEST_STATED = {"outlets-dev": 50, "dates-dev": 125, "wcxb-dev": 75}  # precision must not be bought with silence


@pytest.mark.parametrize("name", SETS)
def test_pages_of_unknown_outlets_hold_their_floors(name: str) -> None:
    """Body, title, authors, date, captions and comments are found as well as before, and none is invented oftener."""
    need_corpus(name)
    hold(name, measure(name))


def test_what_is_found_on_a_set_that_no_training_saw_holds_its_floor() -> None:
    """Bodies are found in a set of pages by a model that has seen neither the set nor any of its sites."""
    need_corpus("sets-left-out")
    hold("sets-left-out", measure_left_out())


@pytest.mark.parametrize("name", FEWEST_STATED)
def test_dates_are_called_stated_where_pages_state_them(name: str) -> None:
    """Being right about stated dates is not bought by calling none stated."""
    need_corpus(name)
    assert measure(name)["stated right"] >= FEWEST_STATED[name]


def hold(name: str, measured: Measures) -> None:
    """Hold what was measured against the floors of one set."""
    pin = load_pins()[name]
    hold_floors(name, measured, digest_files(find_files(pin)), pin)
