"""Where the prose of a page stands: the value of its blocks, summed over its frames, and the frames that hold it."""

import re
from collections.abc import Sequence
from itertools import accumulate

from archive.cleaning.hints import BIT, hint_bits
from archive.cleaning.markup import Markup

SENTENCE_ENDS = frozenset('.!?…。！？؟।"”’»)]')
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")  # scripts that set no words apart
LETTERS_PER_WORD = 1.7
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LEAVES = frozenset({"p", "li", "td", "th", "tr", "blockquote", "pre", "dd", "dt", "figcaption"}) | HEADINGS
TEXTUAL = frozenset({"p", "li", "tr", "td", "blockquote", "pre", "dd", "dt"}) | HEADINGS
# Further bits above those of the hints: what the tags themselves say.
TAG_NAMES = ("nav", "footer", "aside", "form", "figure", "header", "ul", "table", "article")
TAG_BIT = {tag: 1 << (20 + number) for number, tag in enumerate(TAG_NAMES)}
TAG_BITS = TAG_BIT | {
    "ol": TAG_BIT["ul"], "dl": TAG_BIT["ul"], "figcaption": TAG_BIT["figure"], "menu": TAG_BIT["nav"],
}  # fmt: skip
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
Range = tuple[int, int]


class Layout:
    """One page's blocks and frames in numbers; the lists run parallel to the page's blocks or to its frames.

    Of blocks: `frame_of`, `words`, `density` (share of code points inside links), `value` (words of prose, below
    zero for what speaks against it), `repeated`. Running sums, one longer: `mass` (of values above zero),
    `sum_words`, `sum_chars`, `sum_links`. Of frames: `first` and `last` (their blocks, last excluded), `subtree` (one
    past their last frame), `bits`, `inherited` (bits of the frames around that are no wrappers), and, seen from the
    container, `below` (bits between the two), `outside`, `up`, `depth` (steps).
    """

    def __init__(self, markup: Markup, title: int) -> None:
        blocks, frames = markup.blocks, markup.frames
        self.title, self.count = title, len(blocks)
        self.frame_of = [block.frame for block in blocks]
        self.parent = [frame.parent for frame in frames]
        self.tag = [frame.tag for frame in frames]
        self.names = [(frame.tag, frame.hints) for frame in frames]
        self.bits = [hint_bits(frame.hints) | TAG_BITS.get(frame.tag, 0) for frame in frames]
        chars = [len(block.text) for block in blocks]
        links = [block.link_length for block in blocks]
        self.words = [count_words(block.text) for block in blocks]
        self.density = [linked / length for linked, length in zip(links, chars, strict=True)]
        self.heading = [block.tag in HEADINGS for block in blocks]
        self.ends = [block.text[-1] in SENTENCE_ENDS for block in blocks]
        self.sum_words = list(accumulate(self.words, initial=0))
        self.sum_chars = list(accumulate(chars, initial=0))
        self.sum_links = list(accumulate(links, initial=0))
        texts = [block.text for block in blocks]
        once: dict[str, int] = {}
        for text in texts:
            once[text] = once.get(text, 0) + 1
        self.repeated = [once[text] > 1 for text in texts]
        self._find_ranges()
        self._weigh()
        self._find_containers()
        self._measure_distance()

    def holds(self, frame: int, number: int) -> bool:
        """Tell whether a block stands in a frame."""
        return self.first[frame] <= number < self.last[frame]

    def mass_of(self, frame: int) -> float:
        """Return how much of the page's prose a frame holds, in words."""
        return self.mass[self.last[frame]] - self.mass[self.first[frame]]

    def _find_ranges(self) -> None:
        parent, count = self.parent, len(self.parent)
        self.first, self.last = [self.count] * count, [0] * count
        for number, block_frame in enumerate(self.frame_of):
            frame = block_frame
            while frame >= 0 and self.first[frame] > number:
                self.first[frame] = number
                frame = parent[frame]
        for number in range(self.count - 1, -1, -1):
            frame = self.frame_of[number]
            while frame >= 0 and self.last[frame] == 0:
                self.last[frame] = number + 1
                frame = parent[frame]
        self.first = [first if last else 0 for first, last in zip(self.first, self.last, strict=True)]
        self.subtree = list(range(1, count + 1))
        for frame in range(count - 1, 0, -1):
            up = parent[frame]
            if up >= 0 and self.subtree[up] < self.subtree[frame]:
                self.subtree[up] = self.subtree[frame]

    def _weigh(self) -> None:
        """Set the blocks' values, with most taken from those whose frames are named as something else."""
        values = list(map(block_value, self.words, self.density, self.ends, self.heading))
        self.prose = list(accumulate((max(value, 0.0) for value in values), initial=0.0))
        self._inherit()
        after_title = self.title >= 0 and self.prose[-1] - self.prose[self.title] > 0.3 * self.prose[-1]
        for number, frame in enumerate(self.frame_of):
            if values[number] > 0:
                bits = self.inherited[frame]
                factor = 0.15 if bits & FOREIGN else 0.3 if bits & WEAK else 0.6 if bits & SOFT else 1.0
                if after_title and number < self.title:
                    factor *= 0.3
                values[number] *= factor * (0.6 if self.repeated[number] else 1.0)
        self.value = values
        self.mass = list(accumulate((max(value, 0.0) for value in values), initial=0.0))
        self.total = max(self.mass[-1], 1.0)

    def _inherit(self) -> None:
        prose, total = self.prose, max(self.prose[-1], 1.0)
        self.inherited: list[int] = []
        for frame, parent in enumerate(self.parent):
            own = self.bits[frame]
            if prose[self.last[frame]] - prose[self.first[frame]] >= WRAPPER * total:
                # Readers' comments can be longer than the report; but they never stand around its headline.
                own = 0 if self.title < 0 or self.holds(frame, self.title) else own & FOREIGN
            self.inherited.append(own | (self.inherited[parent] if parent >= 0 else 0))

    def _find_containers(self) -> None:
        """Set the frame of the largest sum, the one that still holds most of it, and those around the headline."""
        sums = list(accumulate(self.value, initial=0.0))
        wide = [frame for frame, tag in enumerate(self.tag) if self.last[frame] and tag not in LEAVES]
        first, last = self.first, self.last
        self.heaviest = max(wide, key=lambda frame: (sums[last[frame]] - sums[first[frame]], frame), default=0)
        self.container = self.widest = self.heaviest
        if not wide:
            self.anchored = self.nearest = self.heaviest
            return
        held = self.mass_of(self.heaviest)
        for frame in wide:
            if self.heaviest < frame < self.subtree[self.heaviest] and self.mass_of(frame) >= HELD * held:
                self.container = frame
        for frame in wide:
            around = frame < self.heaviest < self.subtree[frame]
            if around and self.tag[frame] != "body" and self.mass_of(frame) < 1.02 * held:
                self.widest = frame
                break
        self.anchored = self._climb(self.mass, 0.5 * (self.mass[-1] - self.mass[max(self.title, 0)]))
        self.nearest = self._climb(self.prose, NEAR)

    def _climb(self, sums: Sequence[float], enough: float) -> int:
        """Return the smallest frame around the headline that holds enough after it."""
        if self.title < 0:
            return self.container
        frame = self.frame_of[self.title]
        while self.parent[frame] >= 0 and sums[self.last[frame]] - sums[self.title] < enough:
            frame = self.parent[frame]
        return frame

    def _measure_distance(self) -> None:
        steps: dict[int, int] = {}
        frame = self.container if self.parent else -1
        while frame >= 0:
            steps[frame] = len(steps)
            frame = self.parent[frame]
        self.below: list[int] = []
        self.outside: list[int] = []
        self.depth: list[int] = []
        self.up: list[int] = []
        end = self.subtree[self.container] if self.parent else 0
        for frame, parent in enumerate(self.parent):
            if frame in steps or parent < 0:
                self.below.append(0)
                self.outside.append(0)
                self.depth.append(0)
                self.up.append(steps.get(frame, 0))
            else:
                inner = self.container < frame < end
                self.below.append(self.below[parent] | self.bits[frame])
                self.depth.append(self.depth[parent] + 1 if inner else 0)
                self.outside.append(0 if inner else self.outside[parent] + 1)
                self.up.append(self.up[parent])


def count_words(text: str) -> int:
    """Return how many words a text has; where a script sets none apart, from its letters."""
    words = text.count(" ") + 1
    if text.isascii():
        return words
    letters = len(UNSPACED.findall(text))
    return max(words, int(letters / LETTERS_PER_WORD)) if letters else words


def block_value(words: int, density: float, ends: bool, heading: bool) -> float:  # noqa: FBT001 - mapped over lists
    """Return how many words of prose a block seems to be; below zero what speaks against prose around it."""
    if words >= SENTENCE_WORDS and density < MOSTLY_TEXT and ends:
        return min(words, MOST_WORDS) * (1 - density)
    if words >= PROSE_WORDS and density < MOSTLY_TEXT * 1.5:
        return MOSTLY_TEXT * min(words, MOST_WORDS) * (1 - density)
    return -0.5 if heading else -1.5 - 0.1 * words * density


def find_candidates(layout: Layout) -> list[int]:
    """Return the numbers of the blocks worth asking the model about: the rest is far from prose, or only links."""
    if not layout.count or not layout.parent or layout.prose[-1] <= 0:
        return list(range(layout.count))
    frames = {layout.container, layout.heaviest, layout.anchored, layout.widest, layout.nearest}
    start = min(layout.first[frame] for frame in frames)
    end = max(layout.last[frame] for frame in frames)
    words, density, frame_of, tag = layout.words, layout.density, layout.frame_of, layout.tag
    return [
        number
        for number in range(start, end)
        if (words[number] >= FEW_WORDS or density[number] <= ALL_LINKS)
        and (words[number] >= FEWEST_WORDS or tag[frame_of[number]] in TEXTUAL)
    ]
