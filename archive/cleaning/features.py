"""What the model is told of a block: a hundred numbers on its text, its place in the page and its neighbours.

They are worked out for all the blocks asked about at once, a row of numpy's for each feature.
"""

from collections.abc import Hashable, Iterator, Sequence
from itertools import count

import numpy as np

from archive.cleaning.hints import BIT, NAMES
from archive.cleaning.layout import ALL_TAGS, CODES, KNOWN_TAGS, TAG_BIT, TAG_NAMES, Layout
from archive.cleaning.markup import Markup
from archive.cleaning.text_features import SAID_FEATURES, TEXT_FEATURES, describe_said, describe_texts
from archive.cleaning.tree import Column, Flags, Numbers, Places

FAR = 50
GOOD = 5.0  # words of prose that make a block good
AROUND = 4  # blocks before and after that are looked at together
UNTITLED = -FAR - 10
MISSING, MISSING_VALUE = -1.0, -5.0  # what is said of a neighbour that is not there
INHERITED = ("comment", "related", "sidebar", "newsletter")
BELOW_BITS = np.array([BIT[name] for name in NAMES]).reshape(-1, 1)
INHERITED_BITS = np.array([BIT[name] for name in INHERITED]).reshape(-1, 1)
TAG_BITS = np.array([TAG_BIT[name] for name in TAG_NAMES]).reshape(-1, 1)

PLACE_FEATURES = (
    "tag", "parent_tag", "grandparent_tag", "heading", "outside", "up", "depth",
    "in_container", "in_heaviest", "in_anchored", "in_widest", "in_nearest",
    "own_share", "parent_share", "grandparent_share", "own_blocks", "parent_blocks", "parent_density",
    "grandparent_density", "parent_words", "siblings", "own_words",
)  # fmt: skip
ALIKE_FEATURES = ("class_share", "place_share", "class_words", "class_count")
ORDER_FEATURES = (
    "mass_before", "mass_after", "since_good", "until_good", "after_first", "before_last", "from_title", "place",
    "headings_since", "articles_since", "mass_from_title", "nearest_share", "word_share",
)  # fmt: skip
AROUND_FEATURES = ("value_around", "words_around", "density_around")
STEPS = np.array([[-1], [-2], [1], [2]])
NEXT_TO = [0, 2]  # of the steps, those to the blocks right before and after
NEIGHBOURS = tuple(
    f"{name}_{place}"
    for place in ("before", "before_2", "after", "after_2")
    for name in ("words", "density", "value", "heading", *(() if place.endswith("2") else ("sibling", "same_class")))
)
FEATURES = (
    *TEXT_FEATURES, *PLACE_FEATURES, *ALIKE_FEATURES, *ORDER_FEATURES, *AROUND_FEATURES, *NEIGHBOURS,
    *SAID_FEATURES, *(f"hint_{name}" for name in NAMES), *(f"inherits_{name}" for name in INHERITED),
    *(f"below_{name}" for name in TAG_NAMES),
)  # fmt: skip


def describe_blocks(markup: Markup, layout: Layout, numbers: Sequence[int]) -> Numbers:
    """Return for each of these blocks, in columns, its numbers in the order of FEATURES, in rows."""
    table = np.empty((len(FEATURES), len(numbers)))
    if not numbers:
        return table
    at = np.array(numbers, dtype=np.intp)
    page = _Page(layout, at)
    rows = [
        *describe_texts(markup, layout, at), *page.describe_places(), *page.describe_alike(), *page.describe_order(),
        *page.describe_around(), *page.describe_neighbours(), describe_said(layout, at), *page.describe_names(),
    ]  # fmt: skip
    np.concatenate([row.reshape(-1) for row in rows], out=table.reshape(-1))
    return table


class _Page:
    """What describing the blocks of one page needs besides its layout.

    `at` are the numbers of the blocks; `frames` are, in rows, the frames they stand in, those around these, and those
    around these again. What is yielded is one row or several.
    """

    def __init__(self, layout: Layout, at: Places) -> None:
        self.layout, self.tree, self.at = layout, layout.tree, at
        frame = layout.frame_of[at]
        parent = np.maximum(self.tree.parents[frame], 0)
        self.frames = np.array((frame, parent, np.maximum(self.tree.parents[parent], 0)))
        names = list(zip(layout.tag, layout.hints, strict=True))
        self.names = _number([names[frame] for frame in layout.frame_of.tolist()])
        self.sums = np.array((layout.sum_words, layout.sum_chars, layout.sum_links, layout.mass))

    def describe_places(self) -> Iterator[Column]:
        """Yield the PLACE_FEATURES."""
        layout, tree, frames = self.layout, self.tree, self.frames
        frame, spine = frames[0], len(layout.spine)
        yield np.minimum(layout.codes[frames], len(KNOWN_TAGS))
        yield layout.heading[self.at]
        around = tree.count_around(layout.spine, frame)
        steps, inside = tree.find_levels(frame) - around + 1, around == spine
        yield steps * ~inside
        yield spine - around
        yield steps * inside
        wide = np.array([[layout.container], [layout.heaviest], [layout.anchored], [layout.widest], [layout.nearest]])
        yield (frame >= wide) & (frame < tree.ends[wide])
        first, last = tree.first[frames], tree.last[frames]
        words, chars, links, mass = self.sums[:, last] - self.sums[:, first]
        held = last - first
        yield mass / layout.total
        yield held[:2]
        yield links[1:] / np.maximum(chars[1:], 1)
        yield words[1]
        yield held[1] / held[0]
        yield words[0]

    def describe_alike(self) -> Iterator[Column]:
        """Yield the ALIKE_FEATURES: on blocks of the same names, and on those of the same tag in the same frame."""
        layout, tree, names = self.layout, self.tree, self.names[self.at]
        mass = np.maximum(layout.value, 0.0)
        counts = np.bincount(self.names)[names]
        beside = tree.parents[layout.frame_of] * len(ALL_TAGS) + layout.codes[layout.frame_of]
        places = _number(beside.tolist())
        yield np.bincount(self.names, mass)[names] / layout.total
        yield np.bincount(places, mass)[places[self.at]] / layout.total
        yield np.bincount(self.names, layout.words)[names] / counts
        yield counts

    def describe_order(self) -> Iterator[Column]:
        """Yield the ORDER_FEATURES."""
        layout, tree, at, mass, title = self.layout, self.tree, self.at, self.layout.mass, self.layout.title
        yield mass[at] / layout.total
        yield 1 - mass[at + 1] / layout.total
        yield from self._measure_distance()
        yield np.clip(at - title, -FAR, 6 * FAR) if title >= 0 else np.full_like(at, UNTITLED)
        yield at / layout.count
        headings = np.flatnonzero(layout.codes[layout.frame_of] == CODES["h1"])
        articles = tree.first[(layout.codes == CODES["article"]) & (tree.last > 0)]
        for starts in (headings, articles):
            yield starts.searchsorted(at, side="right") - (
                starts.searchsorted(title, side="right") if title >= 0 else 0
            )
        yield (mass[at] - (mass[title] if title >= 0 else 0.0)) / layout.total
        yield np.full(len(at), layout.mass_of(layout.nearest) / layout.total)
        inner = self.sums[0, [tree.first[layout.container], tree.last[layout.container]]]
        yield layout.words[at] / max(inner[1] - inner[0], 1)

    def _measure_distance(self) -> Iterator[Places]:
        """Yield how many blocks a block stands from the good ones, and from the first and last of the container."""
        layout, at = self.layout, self.at
        good = np.flatnonzero(layout.value >= GOOD)
        edged = np.concatenate(([-FAR], good, [layout.count + FAR]))
        yield np.minimum(at - edged[good.searchsorted(at)], FAR)
        yield np.minimum(edged[good.searchsorted(at, side="right") + 1] - at, FAR)
        inside = np.flatnonzero((layout.value > 0) & layout.is_inside(layout.frame_of))
        first, last = (inside[0], inside[-1]) if len(inside) else (0, layout.count - 1)
        yield at - first
        yield last - at

    def describe_around(self) -> Iterator[Column]:
        """Yield the AROUND_FEATURES."""
        start, end = np.maximum(self.at - AROUND, 0), np.minimum(self.at + AROUND + 1, self.layout.count)
        words, chars, links, mass = self.sums[:, end] - self.sums[:, start]
        yield mass / (end - start)
        yield words / (end - start)
        yield links / np.maximum(chars, 1)

    def describe_neighbours(self) -> Iterator[Column]:
        """Yield what stands right before and after: NEIGHBOURS."""
        layout, count = self.layout, self.layout.count
        rows = np.full((6, count + 4), MISSING)
        rows[2] = MISSING_VALUE
        rows[:4, 2:-2] = layout.words, layout.density, layout.value, layout.heading
        rows[4:, 2:-2] = self.tree.parents[layout.frame_of], self.names
        near = rows[:, self.at + 2 + STEPS]
        own, next_to = rows[4:, self.at + 2], near[4:, NEXT_TO]
        near[4:, NEXT_TO] = np.where(layout.is_block(self.at + STEPS[NEXT_TO]), next_to == own[:, None], MISSING)
        for place in range(len(STEPS)):
            yield near[: 6 if place in NEXT_TO else 4, place]

    def describe_names(self) -> Iterator[Flags]:
        """Yield what the names of frames say of a block."""
        below, inherited = self.layout.below[self.frames[0]], self.layout.inherited[self.frames[0]]
        yield below & BELOW_BITS != 0
        yield inherited & INHERITED_BITS != 0
        yield below & TAG_BITS != 0


def _number(things: Sequence[Hashable]) -> Places:
    """Return a number for each thing, the same for those that are equal."""
    numbers = dict(zip(things, count(), strict=False))
    return np.array(list(map(numbers.__getitem__, things)), dtype=np.intp)
