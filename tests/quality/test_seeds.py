"""The five pages the project began with: every field as people wrote it down."""

import pytest

from tests.describing import codes
from tests.quality.gate import digest_files, find_files, hold_floors, load_pins, need_corpus
from tests.quality.measures import UNNAMED, measure_seeds, seed_differences, seed_gold, seed_names, seed_report

pytestmark = pytest.mark.quality
SEEDS = seed_names() or ("absent",)


@pytest.fixture(autouse=True)
def corpus() -> None:
    """Skip these tests where the seeds are not."""
    need_corpus("seeds")


def test_the_seeds_hold_their_floors() -> None:
    """All five pages are right, and they are the five pages that were pinned."""
    pin = load_pins()["seeds"]
    hold_floors("seeds", measure_seeds(), digest_files(find_files(pin)), pin)


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_is_right_in_every_field(name: str) -> None:
    """Title, byline, Media ID, captions, comments, body and what is set aside are the gold file's."""
    assert seed_differences(name) == []


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_without_a_name_on_it_needs_the_import_to_name_it(name: str) -> None:
    """An outlet is recognised where the page names it; else it stays unset with an issue until it is given."""
    report, key = seed_report(name), seed_gold(name)["outlet_key"]
    found = report.outlet.key if report.outlet else None
    assert (found, "M01" in codes(report)) == ((None, True) if key == UNNAMED else (key, False))
    given = seed_report(name, key).outlet
    assert given is not None
    assert (given.key, given.basis) == (key, "person")


@pytest.mark.parametrize("name", SEEDS)
def test_naming_the_outlet_changes_nothing_else(name: str) -> None:
    """With its outlet given, a seed is right in every field too."""
    assert seed_differences(name, seed_gold(name)["outlet_key"]) == []


@pytest.mark.parametrize("name", SEEDS)
def test_no_seed_states_a_publication_date(name: str) -> None:
    """The pages print none, so none is stated; what is inferred holds the days that people inferred."""
    report = seed_report(name)
    assert report.published.basis in {"inferred", "unknown"}
    assert "D01" in codes(report)
    if report.published.basis == "inferred":
        first, last = seed_gold(name)["inferred_range"]
        assert str(report.published.earliest) <= first <= last <= str(report.published.latest)
