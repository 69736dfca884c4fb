"""Where on an HTML page a headline stands, and what stands near it or apart from it."""

import re
from dataclasses import dataclass
from functools import cached_property

from archive.cleaning.captions import weigh_frames
from archive.cleaning.cleaned import CleanedPage
from archive.cleaning.markup import Markup

APART_TAGS = frozenset({"nav", "footer", "aside", "figure", "figcaption"})
PICTURE_TAGS = frozenset({"figure", "figcaption"})
MOST = 0.4  # of the page's text
OTHERS = re.compile(r"caption|photo|comment|\brelated|recommend|kommentar|leserbrief|respond")
FOOT = re.compile(r"foot")
CLOSE_ABOVE, CLOSE_BELOW = 4, 10  # blocks this near a headline belong to it, whatever their part of the page is called
NEVER_CLOSE = re.compile(r"caption|photo|\brelated|recommend|weather|most-?read")


@dataclass(frozen=True)
class Headed:
    """A page and the number of the block that prints its headline, -1 when none does; the frames `around` that."""

    markup: Markup
    at: int
    around: frozenset[int]

    @cached_property
    def mass(self) -> tuple[int, ...]:
        """How much text each frame holds, and last of all the page."""
        return weigh_frames(self.markup)

    def is_near(self, block: int, above: int, below: int) -> bool:
        """Tell whether a block stands within so many blocks above and below the headline."""
        return self.at >= 0 and -above <= block - self.at <= below

    def is_close(self, block: int) -> bool:
        """Tell whether a block stands so near the headline that it speaks of it."""
        return self.is_near(block, CLOSE_ABOVE, CLOSE_BELOW)

    def near(self, above: int, below: int) -> range:
        """Return the numbers of the blocks around the headline, none when no block prints it."""
        if self.at < 0:
            return range(0)
        return range(max(0, self.at - above), min(len(self.markup.blocks), self.at + below + 1))

    def is_others(self, block: int) -> bool:
        """Tell whether a block belongs to a picture, a reader's comment or another report, whose days are not ours."""
        if block >= len(self.markup.blocks):
            return False
        frames, frame = self.markup.frames, self.markup.blocks[block].frame
        while frame >= 0 and frame not in self.around and frames[frame].tag not in {"body", "html", "main"}:
            called = frames[frame].tag in PICTURE_TAGS or OTHERS.search(frames[frame].hints) is not None
            if called and self.mass[frame] < self.mass[-1] * MOST:
                return True
            frame = frames[frame].parent
        return False

    def stands_apart(self, block: int, names: re.Pattern[str]) -> bool:
        """Tell whether a block stands in a part of the page that its tag or `names` call something else.

        A part that holds the headline too, or most of the page's text, is the article's own, whatever it is called.
        """
        if block >= len(self.markup.blocks):
            return False
        tags = APART_TAGS
        if self.is_close(block):
            names, tags = NEVER_CLOSE, PICTURE_TAGS
        frames, frame = self.markup.frames, self.markup.blocks[block].frame
        foot = False
        while frame >= 0 and frame not in self.around:
            if frames[frame].tag in {"body", "html", "main", "article"}:
                return foot and frames[frame].tag != "article"
            called = frames[frame].tag in tags or names.search(frames[frame].hints) is not None
            if called and self.mass[frame] < self.mass[-1] * MOST:
                if FOOT.search(frames[frame].tag + frames[frame].hints) is None:
                    return True
                foot = True  # an article may have a foot of its own
            frame = frames[frame].parent
        return foot


def head_page(cleaned: CleanedPage, markup: Markup) -> Headed:
    """Return the page with its headline's place."""
    at = next((n for n, judged in enumerate(cleaned.blocks) if judged.kind == "title"), -1)
    around = set()
    frame = markup.blocks[at].frame if at >= 0 else -1
    while frame >= 0:
        around.add(frame)
        frame = markup.frames[frame].parent
    return Headed(markup, at, frozenset(around))
