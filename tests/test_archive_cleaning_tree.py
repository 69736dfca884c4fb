"""The frames of a page as arrays say what climbing from frame to frame says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.tree import Tree

# For each frame after the first, how many frames up from the one before its parent is.
shapes = st.lists(st.integers(0, 4), max_size=20)


def grow(steps: list[int]) -> list[int]:
    """Return the parents of frames in page order."""
    parents = [-1]
    for number, step in enumerate(steps):
        up = number
        for _ in range(step):
            up = max(parents[up], 0)
        parents.append(up)
    return parents


def climb(parents: list[int], frame: int) -> list[int]:
    """Return a frame and those around it."""
    frames = []
    while frame >= 0:
        frames.append(frame)
        frame = parents[frame]
    return frames


@given(shapes, st.data())
def test_a_frame_has_the_bits_of_all_frames_around_it(steps: list[int], data: st.DataObject) -> None:
    """Gathering joins a frame's bits with those of every frame it stands in."""
    parents = grow(steps)
    bits = data.draw(st.lists(st.integers(0, 7), min_size=len(parents), max_size=len(parents)))
    gathered = Tree(parents, np.array([], dtype=np.intp)).gather(np.array(bits))
    assert gathered.tolist() == [
        int(np.bitwise_or.reduce([bits[around] for around in climb(parents, frame)])) for frame in range(len(parents))
    ]


@given(shapes, st.data())
def test_a_frame_knows_its_blocks(steps: list[int], data: st.DataObject) -> None:
    """A frame's blocks are those that stand in it or in a frame inside it; without any it has none."""
    parents = grow(steps)
    frame_of = sorted(data.draw(st.lists(st.integers(0, len(parents) - 1))))
    tree = Tree(parents, np.array(frame_of, dtype=np.intp))
    for frame in range(len(parents)):
        inside = [number for number, own in enumerate(frame_of) if frame in climb(parents, own)]
        assert list(range(tree.first[frame], tree.last[frame])) == inside


@given(shapes)
def test_levels_count_the_frames_around(steps: list[int]) -> None:
    """A frame's level is how many frames it stands in; of a chain of frames, as many are around as it shares."""
    parents = grow(steps)
    tree, every = Tree(parents, np.array([], dtype=np.intp)), np.arange(len(parents))
    chain = climb(parents, len(parents) - 1)[::-1]
    assert tree.find_levels(every).tolist() == [len(climb(parents, frame)) - 1 for frame in every.tolist()]
    assert tree.count_around(chain, every).tolist() == [
        len(set(chain) & set(climb(parents, frame))) for frame in every.tolist()
    ]
