"""The forest of plain numbers: it says what its trees say, and fits the features it is asked with."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.features import FEATURES, describe_blocks
from archive.cleaning.forest import read_forest, shipped_forest
from archive.cleaning.layout import Layout, find_candidates
from archive.cleaning.markup import parse_markup

WIDTH = 4
values = st.integers(-3, 3).map(float)
splits = st.tuples(st.integers(0, WIDTH - 1), values)
leaf_values = st.integers(-100, 100).map(lambda number: number / 8)
trees = st.recursive(leaf_values, lambda below: st.tuples(splits, below, below), max_leaves=32)
rows = st.lists(values, min_size=WIDTH, max_size=WIDTH)


def write_tree(tree: Any) -> list[Any]:  # noqa: ANN401 - a leaf's number, or (split, left, right)
    """Return a tree as the data file has it, in walking order."""
    if isinstance(tree, float):
        return [tree]
    split, left, right = tree
    return [list(split), *write_tree(left), *write_tree(right)]


def walk_tree(tree: Any, row: list[float]) -> float:  # noqa: ANN401 - as above
    """Return the leaf that a row reaches, split by split."""
    while not isinstance(tree, float):
        (feature, threshold), left, right = tree
        tree = left if row[feature] <= threshold else right
    return float(tree)


@given(st.lists(trees, min_size=1, max_size=5), rows)
def test_a_forest_says_what_its_trees_say(forest: list[Any], row: list[float]) -> None:
    """Asking all trees at once gives the sum of the leaves that walking each of them reaches."""
    text = json.dumps({"features": ["a", "b", "c", "d"], "trees": [write_tree(tree) for tree in forest]})
    assert read_forest(text).score_columns([[value] for value in row]) == [sum(walk_tree(tree, row) for tree in forest)]


def test_the_shipped_forest_fits_the_features() -> None:
    """The forest was trained on the features the program has now, under the names they have now."""
    forest = shipped_forest()
    assert forest is not None
    assert forest.features == FEATURES


PAGES = (
    "<body>",
    "<p>One.",
    "<h1>Harbour opens</h1><article><p>The harbour was opened to ships again on Tuesday, the mayor said.</article>",
    "<ul><li><a href=x>Home</a><li><a href=y>News</a></ul><p>警察は火曜日、橋が再び開通したと発表した。</p>",
    "<table><tr><td>One<td>two<tr><td>Three</table>",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_described_in_full(page: str) -> None:
    """A block has one number for each feature, on pages with hardly anything too."""
    markup = parse_markup(page)
    for title in {-1, len(markup.blocks) - 1}:
        layout = Layout(markup, title)
        assert set(find_candidates(layout)) <= set(range(len(markup.blocks)))
        assert describe_blocks(markup, layout, range(layout.count)).shape == (len(FEATURES), len(markup.blocks))
