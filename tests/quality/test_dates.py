"""Floors under the dates, measured as benchmarks/dates.py measures."""

import pytest

from archive.rules import load_rule_set
from benchmarks.dates import SHARED, score_dispatches, score_expressions, score_intervals, score_seeds

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason=f"the corpora are not in {SHARED}"),
]


def test_expressions_are_read() -> None:
    """At least 58 of 62 expressions are right, no trap gives a date, and one takes 0.3 ms at most."""
    score = score_expressions()
    assert (score.right >= 58, score.invented, score.milliseconds <= 0.3) == (True, 0, True)


def test_dispatches_are_dated() -> None:
    """Without the header, 99 of 100 dispatches get their day, and 85 of 100 coded incidents are among their dates."""
    score = score_dispatches(load_rule_set())
    assert score.datelines >= 0.99 * score.dated
    assert score.found >= 0.85 * score.incidents


@pytest.mark.parametrize("captured", [False, True])
def test_intervals_hold_the_truth(captured: bool) -> None:  # noqa: FBT001  # a case of the table
    """Of the intervals that are given, 95 of 100 hold the day."""
    rules = load_rule_set()
    scores = [
        score_intervals(rules, name, captured=captured) for name in ("dates-dev", "outlets-dev", "wcxb-dev", "muc3")
    ]
    assert sum(score.holds for score in scores) >= 0.95 * sum(score.given for score in scores)
    assert sum(score.given for score in scores) >= 45


def test_seeds_agree_with_their_gold() -> None:
    """No seed's date contradicts its gold or claims to be stated; 000 and 003 are bounded, 001 and 004 unknown."""
    seeds = score_seeds(load_rule_set())
    assert all(agrees for _, _, agrees in seeds.values())
    assert {key: basis for key, (_, basis, _) in seeds.items() if key != "002"} == {
        "000": "inferred", "001": "unknown", "003": "inferred", "004": "unknown",
    }  # fmt: skip
