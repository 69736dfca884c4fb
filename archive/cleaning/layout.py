"""Where the prose of a page stands: the value of its blocks, summed over its frames, and the frames that hold it."""

import re
from collections import Counter
from typing import TypeVar

import numpy as np

from archive.cleaning.hints import BIT, read_hints
from archive.cleaning.markup import Markup
from archive.cleaning.tree import Flags, Numbers, Places, Tree
from archive.cleaning.walking import BLOCK_TAGS, CELLS

SENTENCE_ENDS = frozenset('.!?…。！？؟।"”’»)]')
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")  # scripts that set no words apart
LETTERS_PER_WORD = 1.7
TAG_ORDER = """
    p blockquote pre h2 h3 h4 h5 h6 h1 li dd dt tr td th figcaption caption div section article main body details
    summary center header address fieldset form label legend ul ol dl table tbody thead tfoot figure aside nav footer
    menu dialog hr html noscript button option select textarea
"""
KNOWN_TAGS = tuple(TAG_ORDER.split())  # the model knows them by their place here, all others by the one after
ALL_TAGS = (*KNOWN_TAGS, *sorted((BLOCK_TAGS | CELLS).difference(KNOWN_TAGS)))
CODES = {tag: code for code, tag in enumerate(ALL_TAGS)}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LEAVES = frozenset({"p", "li", "td", "th", "tr", "blockquote", "pre", "dd", "dt", "figcaption"}) | HEADINGS
TEXTUAL = frozenset({"p", "li", "tr", "td", "blockquote", "pre", "dd", "dt"}) | HEADINGS
# Further bits above those of the hints: what the tags themselves say.
TAG_NAMES = ("nav", "footer", "aside", "form", "figure", "header", "ul", "table", "article")
TAG_BIT = {tag: 1 << (20 + number) for number, tag in enumerate(TAG_NAMES)}
TAG_BITS = TAG_BIT | {
    "ol": TAG_BIT["ul"], "dl": TAG_BIT["ul"], "figcaption": TAG_BIT["figure"], "menu": TAG_BIT["nav"],
}  # fmt: skip
BITS_OF_CODES = np.array([TAG_BITS.get(tag, 0) for tag in ALL_TAGS])
ARE_HEADINGS, ARE_LEAVES, ARE_TEXTUAL = (
    np.array([tag in tags for tag in ALL_TAGS]) for tags in (HEADINGS, LEAVES, TEXTUAL)
)
FOREIGN = BIT["comment"] | BIT["consent"]
WEAK = BIT["hidden"] | BIT["footer"] | BIT["sidebar"] | TAG_BIT["nav"] | TAG_BIT["footer"] | TAG_BIT["aside"]
SOFT = BIT["related"] | BIT["newsletter"]

# The value of a block in words, and what is taken from it. Set by hand before any training; the model weighs anew.
SENTENCE_WORDS = 8
PROSE_WORDS = 15
MOST_WORDS = 120
MOSTLY_TEXT = 0.4
WRAPPER = 0.4  # a frame with more of the page's prose than this is around the report, whatever it is called
NEAR = 40.0  # words of prose that make a frame around the headline the nearest
HELD = 0.75
FEW_WORDS, FEWEST_WORDS = 6, 3
ALL_LINKS = 0.9
Sums = TypeVar("Sums", Numbers, Places)


class Layout:
    """One page's blocks and frames in numbers; the arrays run parallel to the page's blocks or to its frames.

    Of blocks: `frame_of`, `words`, `density` (share of code points inside links), `value` (words of prose, below
    zero for what speaks against it), `heading`, `ends` (like a sentence), `repeated`. Running sums, one longer: `mass`
    (of values above zero), `prose`, `sum_words`, `sum_chars`, `sum_links`. Of frames: `tree`, `codes` of their tags,
    `bits`, `inherited` (bits of the frames around that are no wrappers), and `below` (bits between the frame and the
    container). `spine` are the frames around the container and itself, from the outermost.
    """

    def __init__(self, markup: Markup, title: int) -> None:
        self.title, self.count = title, len(markup.blocks)
        self.texts = [block.text for block in markup.blocks]
        self.tag: tuple[str, ...]
        self.hints: tuple[str, ...]
        self.parent: tuple[int, ...]
        self.tag, self.hints, self.parent = zip(*markup.frames, strict=True) if markup.frames else ((), (), ())
        self.frame_of = np.array([block.frame for block in markup.blocks], dtype=np.intp)
        self.tree = Tree(self.parent, self.frame_of)
        self.codes = np.array(list(map(CODES.__getitem__, self.tag)), dtype=np.intp)
        self.bits = np.array(read_hints(self.hints), dtype=np.int64) | BITS_OF_CODES[self.codes]
        chars = np.array(list(map(len, self.texts)), dtype=np.intp)
        links = np.array([block.link_length for block in markup.blocks], dtype=np.intp)
        self.words = np.array(
            [text.count(" ") + 1 if text.isascii() else count_words(text) for text in self.texts], dtype=np.intp
        )
        self.density = links / chars
        self.heading = ARE_HEADINGS[self.codes[self.frame_of]]
        self.ends = np.array([text[-1] in SENTENCE_ENDS for text in self.texts], dtype=np.bool_)
        self.sum_words, self.sum_chars, self.sum_links = map(_run_sums, (self.words, chars, links))
        self.repeated = np.array(list(map(Counter(self.texts).__getitem__, self.texts)), dtype=np.intp) > 1
        self._weigh()
        self._find_containers()

    def holds(self, frame: int, number: int) -> bool:
        """Tell whether a block stands in a frame."""
        return bool(self.tree.first[frame] <= number < self.tree.last[frame])

    def is_block(self, numbers: Places) -> Flags:
        """Tell of each of these numbers whether the page has a block of it."""
        return (numbers >= 0) & (numbers < self.count)

    def mass_of(self, frame: int) -> float:
        """Return how much of the page's prose a frame holds, in words."""
        return float(self.mass[self.tree.last[frame]] - self.mass[self.tree.first[frame]])

    def is_inside(self, frames: Places) -> Flags:
        """Tell of each of these frames whether it is the container, or stands in it, or is around it."""
        around = self.tree.count_around(self.spine, frames)
        inside: Flags = (around == len(self.spine)) | (np.array(self.spine)[around - 1] == frames)
        return inside

    def sum_in_frames(self, sums: Sums) -> Sums:
        """Return for each frame the sum over its blocks, from running sums."""
        held: Sums = sums[self.tree.last] - sums[self.tree.first]
        return held

    def _weigh(self) -> None:
        """Set the blocks' values, with most taken from those whose frames are named as something else."""
        values = value_blocks(self.words, self.density, self.ends, self.heading)
        self.prose = _run_sums(np.maximum(values, 0.0))
        self._inherit()
        bits = self.inherited[self.frame_of]
        factor = np.where(bits & FOREIGN, 0.15, np.where(bits & WEAK, 0.3, np.where(bits & SOFT, 0.6, 1.0)))
        if self.title >= 0 and self.prose[-1] - self.prose[self.title] > 0.3 * self.prose[-1]:
            factor[: self.title] *= 0.3
        self.value = np.where(values > 0, values * (factor * np.where(self.repeated, 0.6, 1.0)), values)
        self.mass = _run_sums(np.maximum(self.value, 0.0))
        self.total = max(float(self.mass[-1]), 1.0)

    def _inherit(self) -> None:
        wide = self.sum_in_frames(self.prose) >= WRAPPER * max(float(self.prose[-1]), 1.0)
        # Readers' comments can be longer than the report; but they never stand around its headline.
        around = (self.tree.first <= self.title) & (self.title < self.tree.last) if self.title >= 0 else True
        self.inherited = self.tree.gather(np.where(wide, np.where(around, 0, self.bits & FOREIGN), self.bits))

    def _find_containers(self) -> None:
        """Set the frame of the largest sum, the one that still holds most of it, and those around the headline."""
        self.heaviest = self.container = self.widest = 0
        wide = np.flatnonzero((self.tree.last > 0) & ~ARE_LEAVES[self.codes])
        if len(wide):
            sums = self.sum_in_frames(_run_sums(self.value))[wide]
            self.heaviest = self.container = self.widest = int(wide[sums == sums.max()][-1])
            self._widen(wide)
        self.spine = self._find_spine()
        steps = self.bits.copy()
        steps[[*self.spine, *np.flatnonzero(self.tree.parents < 0)]] = 0
        self.below = self.tree.gather(steps)
        if not len(wide):
            self.anchored = self.nearest = self.heaviest
            return
        self.anchored = self._climb(self.mass, 0.5 * (self.mass[-1] - self.mass[max(self.title, 0)]))
        self.nearest = self._climb(self.prose, NEAR)

    def _widen(self, wide: Places) -> None:
        masses = self.sum_in_frames(self.mass)[wide]
        held, ends = self.mass_of(self.heaviest), self.tree.ends
        inside = wide[(wide > self.heaviest) & (wide < ends[self.heaviest]) & (masses >= HELD * held)]
        if len(inside):
            self.container = int(inside[-1])
        around = (wide < self.heaviest) & (ends[wide] > self.heaviest) & (masses < 1.02 * held)
        self.widest = next((int(frame) for frame in wide[around] if self.tag[frame] != "body"), self.heaviest)

    def _find_spine(self) -> list[int]:
        spine: list[int] = []
        frame = self.container if self.parent else -1
        while frame >= 0:
            spine.append(frame)
            frame = self.parent[frame]
        return spine[::-1]

    def _climb(self, sums: Numbers, enough: float) -> int:
        """Return the smallest frame around the headline that holds enough after it."""
        if self.title < 0:
            return self.container
        frame = int(self.frame_of[self.title])
        while self.parent[frame] >= 0 and sums[self.tree.last[frame]] - sums[self.title] < enough:
            frame = self.parent[frame]
        return frame


def count_words(text: str) -> int:
    """Return how many words a text has; where a script sets none apart, from its letters."""
    words = text.count(" ") + 1
    if text.isascii():
        return words
    letters = len(UNSPACED.findall(text))
    return max(words, int(letters / LETTERS_PER_WORD)) if letters else words


def value_blocks(words: Places, density: Numbers, ends: Flags, heading: Flags) -> Numbers:
    """Return how many words of prose each block seems to be; below zero what speaks against prose around it."""
    few, plain = np.minimum(words, MOST_WORDS), 1 - density
    against = np.where(heading, -0.5, -1.5 - 0.1 * words * density)
    prose = np.where((words >= PROSE_WORDS) & (density < MOSTLY_TEXT * 1.5), MOSTLY_TEXT * few * plain, against)
    return np.where((words >= SENTENCE_WORDS) & (density < MOSTLY_TEXT) & ends, few * plain, prose)


def find_candidates(layout: Layout) -> list[int]:
    """Return the numbers of the blocks worth asking the model about: the rest is far from prose, or only links."""
    if not layout.count or not layout.parent or layout.prose[-1] <= 0:
        return list(range(layout.count))
    frames = [layout.container, layout.heaviest, layout.anchored, layout.widest, layout.nearest]
    start, end = layout.tree.first[frames].min(), layout.tree.last[frames].max()
    words, density = layout.words[start:end], layout.density[start:end]
    textual = ARE_TEXTUAL[layout.codes[layout.frame_of[start:end]]]
    asked = ((words >= FEW_WORDS) | (density <= ALL_LINKS)) & ((words >= FEWEST_WORDS) | textual)
    return (np.flatnonzero(asked) + start).tolist()  # type: ignore[no-any-return]


def _run_sums(values: Sums) -> Sums:
    sums = np.empty(len(values) + 1, dtype=values.dtype)
    sums[0] = 0
    values.cumsum(out=sums[1:])
    return sums
