"""Floors under the finding of reprints, measured as benchmarks/stories.py measures."""

from functools import cache

import pytest

from benchmarks import reprints, stories

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not reprints.CORPORA.is_dir(), reason=f"the corpora are not in {reprints.SHARED}"),
]
PRECISION, RECALL, PAIRS = 0.983, 0.97, 2_400


@cache
def measured() -> stories.Score:
    """Return the figures of the whole set, measured once."""
    return stories.measure(reprints.make_set())


def test_what_is_put_together_belongs_together() -> None:
    """Of the pairs put together as many are right as measured, and never fewer than 98 in 100."""
    assert measured().precision >= PRECISION >= 0.98


def test_what_belongs_together_is_put_together() -> None:
    """Of the pairs that belong together as many are found as measured, and never fewer than 90 in 100."""
    assert measured().wanted >= PAIRS
    assert measured().recall >= RECALL >= 0.90
