"""Floors under what the authorities know, measured as benchmarks/names.py measures."""

import pytest

from archive.authorities import load_actors, load_places
from benchmarks.names import SHARED, score_conflict_names, score_organizations

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not (SHARED / "geo").is_dir(), reason=f"the corpora are not in {SHARED}"),
]


def test_places_of_conflicts_are_known() -> None:
    """At least 76 of 82 names are in the gazetteer at the right point."""
    assert score_conflict_names(load_places()).found >= 76


def test_coded_perpetrators_are_found() -> None:
    """Organisations that the authority file knows are sighted in nearly every dispatch coded for them."""
    assert score_organizations(load_actors()).share >= 0.95
