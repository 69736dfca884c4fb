"""How the frames of a page nest, as arrays: which blocks each holds, and what it has of the frames around it."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
Bits: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = Numbers | Places | Flags


class Tree:
    """Frames in page order: `parents` (-1 for none), and one past the last frame in each, `ends`.

    `first` and `last` are the blocks each frame holds, last excluded; of a frame without blocks both are 0.
    """

    def __init__(self, parents: Sequence[int], frame_of: Places) -> None:
        self.parents = np.array(parents, dtype=np.intp)
        self.ends = np.array(_find_ends(parents), dtype=np.intp)
        size = len(parents)
        before = np.bincount(frame_of + 1, minlength=size + 1).cumsum()  # blocks in frames before each
        held = before[self.ends] - before[:size]
        # A frame's blocks follow each other; the first of them is the first that stands so far down.
        self.first = np.maximum.accumulate(frame_of).searchsorted(np.arange(size)) * (held > 0)
        self.last = self.first + held
        self._leaps = _find_leaps(self.parents)

    def gather(self, bits: Bits) -> Bits:
        """Return for each frame the bits of it and of all frames around it."""
        gathered = np.append(bits, 0)
        for leap in self._leaps:
            gathered |= gathered[leap]
        return gathered[:-1]

    def find_levels(self, asked: Places) -> Places:
        """Return how many frames are around each: of those that begin before it, all that have not ended."""
        levels: Places = asked - np.bincount(self.ends).cumsum()[asked]
        return levels

    def count_around(self, frames: Sequence[int], asked: Places) -> Places:
        """Return how many of these frames, each of which holds the next, each of those asked about is or stands in."""
        starts = np.array(frames, dtype=np.intp)
        inner_ends = self.ends[starts[::-1]]
        return np.minimum(
            starts.searchsorted(asked, side="right"), len(frames) - inner_ends.searchsorted(asked, side="right")
        )


def _find_ends(parents: Sequence[int]) -> list[int]:
    ends = list(range(1, len(parents) + 1))
    for frame in range(len(parents) - 1, 0, -1):
        up, end = parents[frame], ends[frame]
        if up >= 0 and ends[up] < end:
            ends[up] = end
    return ends


def _find_leaps(parents: Places) -> list[Places]:
    """Return for each frame the one 1, 2, 4, 8, … frames further out, until all are outside the page."""
    outside = len(parents)
    leap = np.append(np.where(parents < 0, outside, parents), outside)
    leaps = []
    while leap.min(initial=outside) < outside:
        leaps.append(leap)
        leap = leap[leap]
    return leaps
