"""Rule files proposed from a page: the page reads by them as well as without, in every field."""

import pytest

from benchmarks.bodies import find_archive
from benchmarks.fields import RULES
from benchmarks.proposals import measure

pytestmark = pytest.mark.quality
SET = "outlets-dev"
PAGES = 30  # half of the set, for time
TOLERANCE = 0.005
LESS_IS_BETTER = {"captions in body", "stated on undated", "comments in body"}


def test_a_proposed_file_makes_no_field_worse() -> None:
    """Body, headline, authors, day and captions are found as often with the file as without one."""
    if not find_archive(SET).exists():
        pytest.skip(f"the corpus {SET} is not there")
    alone, known = measure(SET, PAGES)
    assert (alone.pages, known.pages) == (PAGES, PAGES)
    for rule in RULES:
        gained = known.share(rule) - alone.share(rule)
        assert (-gained if rule in LESS_IS_BETTER else gained) >= -TOLERANCE, rule
