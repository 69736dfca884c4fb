"""A small forest of decision trees as plain numbers, asked about all the blocks of a page at once.

Each tree's leaves are bits of a number. For every feature and every stretch between its thresholds the bits of the
leaves that are still possible are worked out once; a block's leaf in all trees is then what is left after one AND
per feature, and in each tree the lowest bit left is the leaf reached. The arithmetic is numpy's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

LEAVES = 32  # bits for a tree
ALL = np.uint32(0xFFFFFFFF)
TOGETHER = 8  # features with one threshold are taken so many at a time, a bit each
Table: TypeAlias = NDArray[np.float64]  # a row for each feature, a column for each block
Masks: TypeAlias = NDArray[np.uint32]  # a column for each tree


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees ready to be asked.

    `columns` are the features with several thresholds: (feature, thresholds, leaves possible up to each and above the
    last). `switches` are the features with one, `above` those thresholds, and `groups` the leaves possible for every
    combination of eight of them. `leaves` says for each tree, 32 numbers long, what its leaves add.
    """

    features: tuple[str, ...]
    columns: tuple[tuple[int, Table, Masks], ...]
    switches: NDArray[np.intp]
    above: Table
    groups: tuple[Masks, ...]
    leaves: Table
    firsts: NDArray[np.intp]
    about: dict[str, Any]

    def score(self, table: Table) -> list[float]:
        """Return for each block the sum of the leaves it reaches: above 0 when it is more likely body than not."""
        possible = np.full((table.shape[1], len(self.firsts)), ALL)
        masks = np.empty_like(possible)
        for feature, thresholds, up_to in self.columns:
            up_to.take(thresholds.searchsorted(table[feature]), axis=0, out=masks, mode="clip")
            possible &= masks
        for group, bits in zip(self.groups, np.packbits(table[self.switches] > self.above, axis=0), strict=True):
            group.take(bits, axis=0, out=masks, mode="clip")
            possible &= masks
        reached = np.bitwise_count(~possible & (possible - np.uint32(1)))  # how many zeros below the lowest bit
        # One tree after the other: numpy's own sum adds in another order, and ends a little beside.
        return np.add.accumulate(self.leaves[reached.T + self.firsts])[-1].tolist()  # type: ignore[no-any-return]

    def score_columns(self, columns: Sequence[Sequence[float]]) -> list[float]:
        """Return the same of blocks whose features come as sequences, one for each feature."""
        return self.score(np.array(columns, dtype=np.float64))


def read_forest(text: str) -> Forest:
    """Return the forest that `tools/train_extractor.py` wrote."""
    data: dict[str, Any] = json.loads(text)
    trees: list[list[Any]] = data["trees"]
    splits: dict[int, list[tuple[float, int, int]]] = {}
    leaves = np.zeros(LEAVES * len(trees))
    for number, tree in enumerate(trees):
        reached = _read_tree(tree, number, splits)
        leaves[LEAVES * number : LEAVES * number + len(reached)] = reached
    columns = [(feature, *_column(sorted(found), len(trees))) for feature, found in sorted(splits.items())]
    switches = [column for column in columns if len(column[1]) == 1]
    return Forest(
        features=tuple(data["features"]),
        columns=tuple(column for column in columns if len(column[1]) > 1),
        switches=np.array([feature for feature, _, _ in switches], dtype=np.intp),
        above=np.array([low[0] for _, low, _ in switches], dtype=np.float64).reshape(-1, 1),
        groups=tuple(
            _combine([masks[1] for _, _, masks in switches[start : start + TOGETHER]])
            for start in range(0, len(switches), TOGETHER)
        ),
        leaves=leaves,
        firsts=np.arange(0, LEAVES * len(trees), LEAVES, dtype=np.intp).reshape(-1, 1),
        about={key: data.get(key) for key in ("made_by", "corpus", "seed", "figures")},
    )


@cache
def shipped_forest() -> Forest | None:
    """Return the forest shipped with the program, None when the program was built without one."""
    file = resources.files("archive.cleaning") / "extractor.json"
    return read_forest(file.read_text(encoding="utf-8")) if file.is_file() else None


def _read_tree(tree: list[Any], number: int, splits: dict[int, list[tuple[float, int, int]]]) -> list[float]:
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
                ruled_out = ((1 << (len(values) - first)) - 1) << first
                splits.setdefault(feature, []).append((float(threshold), number, ruled_out))
                open_splits[-1][3] = 1
                break
            open_splits.pop()
    return values


def _column(found: Sequence[tuple[float, int, int]], trees: int) -> tuple[Table, Masks]:
    """Return the thresholds of a feature, and the leaves possible up to each and above the last."""
    thresholds = sorted({threshold for threshold, _, _ in found})
    masks = np.full((len(thresholds) + 1, trees), ALL)
    for threshold, tree, ruled_out in found:
        masks[thresholds.index(threshold) + 1, tree] &= ~np.uint32(ruled_out)
    return np.array(thresholds), np.bitwise_and.accumulate(masks)


def _combine(masks: Sequence[Masks]) -> Masks:
    """Return the leaves possible for each combination of switches, the first being the highest bit of a byte."""
    combined = np.full((1 << TOGETHER, len(masks[0])), ALL)
    combinations = np.arange(1 << TOGETHER)
    for place, mask in enumerate(masks):
        combined[combinations & (0x80 >> place) != 0] &= mask
    return combined
