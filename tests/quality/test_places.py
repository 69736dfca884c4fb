"""Floors under the finding of places, measured as benchmarks/places.py measures."""

import pytest

from benchmarks import places

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not places.GEO.is_dir(), reason=f"the corpora are not in {places.SHARED}"),
]


@pytest.mark.parametrize(
    ("name", "peoples", "floor"), [("trnews", True, 0.86), ("geovirus_dev", False, 0.89), ("lgl_dev", True, 0.71)]
)
def test_names_are_recognised(name: str, peoples: bool, floor: float) -> None:  # noqa: FBT001 - a column of the table
    """Spans agree with the gold's at both ends as often as measured."""
    assert places.score_recognition(name, peoples=peoples).f1 >= floor


@pytest.mark.parametrize(("name", "floor"), [("lgl_dev", 0.66), ("trnews", 0.83), ("geovirus_dev", 0.64)])
def test_names_are_resolved(name: str, floor: float) -> None:
    """A name given is put on the right point as often as measured."""
    assert places.score_resolution(name).share >= floor


def test_main_countries_are_told() -> None:
    """The country that the gold names most leads the main places in nine reports of ten."""
    assert places.score_main_country("trnews").share >= 0.91


def test_syrian_events_are_put_in_their_province() -> None:
    """With Syria as prior, six events of ten are put in their province by the place's name, more with the headline."""
    assert places.score_ucdp(headline=False).share >= 0.59
    assert places.score_ucdp(headline=True).share >= 0.78


def test_incidents_are_in_the_right_country_and_town() -> None:
    """Coded locations of dispatches in capitals are among the report's places."""
    scores = places.score_dispatches()
    assert scores["MUC-3 country"].share >= 0.99
    assert scores["MUC-3 town"].share >= 0.96


def test_wire_reports_are_in_their_countries() -> None:
    """The coded countries of wire items are found, and the first is a main country."""
    scores = places.score_reuters()
    assert scores["Reuters countries"].share >= 0.94
    assert scores["Reuters first as main"].share >= 0.88


def test_seeds_have_their_main_place_and_no_person_is_a_place() -> None:
    """Every seed's first main place is Mosul or in it, persons stay persons, and the Old City is Mosul's."""
    seeds = places.score_seeds().values()
    assert all(seed.right for seed in seeds)
    assert not [person for seed in seeds for person in seed.persons]
    assert all("Mosul" in seed.old_city for seed in seeds if seed.old_city)
