"""What dates the seeds get; the figures of dates are held in test_figures.py."""

import pytest

from archive.rules import load_rule_set
from benchmarks.dates import SHARED, score_seeds

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason=f"the corpora are not in {SHARED}"),
]


def test_seeds_agree_with_their_gold() -> None:
    """No seed's date contradicts its gold or claims to be stated; 000 and 003 are bounded, 001 and 004 unknown."""
    seeds = score_seeds(load_rule_set())
    assert all(agrees for _, _, agrees in seeds.values())
    assert {key: basis for key, (_, basis, _) in seeds.items() if key != "002"} == {
        "000": "inferred", "001": "unknown", "003": "inferred", "004": "unknown",
    }  # fmt: skip
