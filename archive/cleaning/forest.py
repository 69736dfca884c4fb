"""A small forest of decision trees as plain numbers, read and asked without any library.

Each tree's leaves are bits of a number. For every feature and every stretch between its thresholds the bits of the
leaves that are still possible are worked out once; a block's leaf in all trees is then what is left after one AND
per feature, and in each tree the lowest bit left is the leaf reached.
"""

import json
import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import getitem
from typing import Any

LEAF_BYTES = 4
LEAF_BITS = 8 * LEAF_BYTES


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees ready to be asked.

    `switches` are the features with one threshold: (feature, threshold, leaves possible above it). `columns` are the
    others: (feature, thresholds, leaves possible up to each and above the last). `leaves` says for each tree what
    its leaves add, by their bit. `everything` has all bits set, `firsts` the first bit of each tree.
    """

    features: tuple[str, ...]
    switches: tuple[tuple[int, float, int], ...]
    columns: tuple[tuple[int, tuple[float, ...], tuple[int, ...]], ...]
    leaves: tuple[dict[int, float], ...]
    everything: int
    firsts: int
    about: dict[str, Any]

    def score(self, row: Sequence[float]) -> float:
        """Return the sum of the leaves that a row of features reaches: above 0 when the block is more likely body."""
        possible = self.everything
        for column, threshold, mask in self.switches:
            if row[column] > threshold:
                possible &= mask
        for column, thresholds, masks in self.columns:
            place = bisect_left(thresholds, row[column])
            if place:
                possible &= masks[place]
        # x & -x keeps the lowest bit, here of all trees at once; none is ever without a bit, so nothing carries over.
        reached = possible & ((possible ^ self.everything) + self.firsts)
        bits = struct.unpack(f"<{len(self.leaves)}I", reached.to_bytes(LEAF_BYTES * len(self.leaves), "little"))
        return sum(map(getitem, self.leaves, bits))


def read_forest(text: str) -> Forest:
    """Return the forest that `tools/train_extractor.py` wrote."""
    data: dict[str, Any] = json.loads(text)
    trees: list[list[Any]] = data["trees"]
    splits: dict[int, list[tuple[float, int]]] = {}
    leaves: list[dict[int, float]] = []
    for number, tree in enumerate(trees):
        reached = _read_tree(tree, number * LEAF_BITS, splits)
        leaves.append({1 << bit: value for bit, value in enumerate(reached)})
    everything = (1 << (LEAF_BITS * len(trees))) - 1
    columns = tuple(_column(feature, sorted(found), everything) for feature, found in sorted(splits.items()))
    return Forest(
        features=tuple(data["features"]),
        switches=tuple((feature, low[0], masks[1]) for feature, low, masks in columns if len(low) == 1),
        columns=tuple(column for column in columns if len(column[1]) > 1),
        leaves=tuple(leaves),
        everything=everything,
        firsts=sum(1 << (LEAF_BITS * number) for number in range(len(trees))),
        about={key: data.get(key) for key in ("made_by", "corpus", "seed", "figures")},
    )


@cache
def shipped_forest() -> Forest | None:
    """Return the forest shipped with the program, None when the program was built without one."""
    file = resources.files("archive.cleaning") / "extractor.json"
    return read_forest(file.read_text(encoding="utf-8")) if file.is_file() else None


def _read_tree(tree: list[Any], shift: int, splits: dict[int, list[tuple[float, int]]]) -> list[float]:
    """Return a tree's leaf values from left to right; note for each split which leaves it rules out when it fails.

    A tree is written in the order of a walk: [feature, threshold] opens a split, a number is a leaf. A row whose
    feature is at most the threshold goes left, any other rules out the leaves on the left.
    """
    values: list[float] = []
    open_splits: list[list[Any]] = []  # [feature, threshold, first leaf, children met]
    for item in tree:
        if isinstance(item, list):
            open_splits.append([item[0], item[1], len(values), 0])
            continue
        values.append(float(item))
        while open_splits:
            feature, threshold, first, met = open_splits[-1]
            if met == 0:
                ruled_out = ((1 << (len(values) - first)) - 1) << (first + shift)
                splits.setdefault(feature, []).append((float(threshold), ruled_out))
                open_splits[-1][3] = 1
                break
            open_splits.pop()
    return values


def _column(
    feature: int, found: list[tuple[float, int]], everything: int
) -> tuple[int, tuple[float, ...], tuple[int, ...]]:
    thresholds: list[float] = []
    masks = [everything]
    for threshold, ruled_out in found:
        if not thresholds or threshold != thresholds[-1]:
            thresholds.append(threshold)
            masks.append(masks[-1])
        masks[-1] &= ~ruled_out
    return feature, tuple(thresholds), tuple(masks)
