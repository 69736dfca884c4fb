"""Floors under the order of results, measured as benchmarks/relevance.py measures."""

import pytest

from benchmarks import relevance

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not relevance.CORPUS.is_file(), reason=f"the collection is not in {relevance.CORPUS.parent}"),
]


@pytest.mark.parametrize(("engine", "floor", "reach"), [("tantivy", 0.384, 0.371), ("whoosh", 0.384, 0.356)])
def test_the_best_documents_come_first(engine: str, floor: float, reach: float) -> None:
    """Each engine orders Cranfield as well as measured, and never worse than the project must reach."""
    assert floor >= reach
    assert relevance.measure_cranfield(engine) >= floor
