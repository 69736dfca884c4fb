"""Captions of pictures on an HTML page of an outlet we do not know: words that stand in or at a picture of the article.

HTML has an element for them and pages have class names for them; both are asked. Pictures of teasers, authors and
comments are not the report's.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from archive.authorities.parts import load_part
from archive.cleaning.hints import pick_names
from archive.cleaning.markup import Markup
from archive.cleaning.walking import Frame
from archive.model import Block

ABOVE = 14  # blocks above the headline where a report's first picture may stand
REACH = 4  # frames outwards in which a caption's own names are looked for
FEWEST, MOST_WORDS = 3, 110
MOST_PICTURE_WORDS = 60
MOSTLY_LINKS = 0.5
MOST_TEXT = 1_000  # code points in all of a picture's frame
HEADING_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
LETTERS_A_WORD = 2  # in writing without spaces

CAPTIONS = "captions"  # the part of archive/authorities/parts.toml
# A quick look before that part's `names` and `picture`: one of these is in whatever they fit.
MAYBE = ("caption", "cutline", "bild", "legende", "img", "image", "photo", "foto", "picture", "media", "thumbnail")
STAMP = re.compile(r"^[\d\s.,:/-]+(?:uhr|h|am|pm)?\.?$", re.IGNORECASE)  # 10.09.2025, 09:53 Uhr
OWN_TAGS = frozenset({"blockquote", "address", "aside", "table", "td", "li", "pre"})  # in a figure, yet not its caption
PICTURE_TAGS = frozenset({"figcaption", "figure"})
PAGE_TAGS = frozenset({"body", "main", "article", "html"})
APART_TAGS = frozenset({"nav", "footer", "form", "button", "dialog"})


def find_captions(markup: Markup, headline: Sequence[int] = (), elsewhere: Container[int] = ()) -> frozenset[int]:
    """Return the numbers of the blocks that are captions of the report's pictures, their credits among them.

    `headline` holds the numbers of the blocks that print the headline, `elsewhere` those known to be something else
    (readers' comments).
    """
    first = max(headline[0] - ABOVE, 0) if headline else 0
    steps = _count_steps(markup.frames)
    near = [number for number, block in enumerate(markup.blocks[first:], first) if steps[block.frame] < REACH]
    if not near:
        return frozenset()
    search = _Search(markup, _frames_above(markup, headline))
    return frozenset(
        number
        for number in near
        if number not in headline and number not in elsewhere and _is_caption(search, markup.blocks[number])
    )


def picture_of(markup: Markup, number: int) -> int:
    """Return the frame of the picture or caption that a caption's block belongs to."""
    frame, best = markup.blocks[number].frame, markup.blocks[number].frame
    for _ in range(REACH):
        if frame < 0:
            break
        one = markup.frames[frame]
        if one.tag in PICTURE_TAGS or load_part(CAPTIONS)["names"].search(one.hints):
            best = frame
        frame = one.parent
    return best


def is_credit(text: str) -> bool:
    """Tell whether a caption's piece names whose picture it is and nothing else."""
    return load_part(CAPTIONS)["credit"].search(text) is not None


def _count_steps(frames: Sequence[Frame]) -> list[int]:
    """Return how far out of each frame one stands that may be a picture's; last, that none is around the page."""
    maybe = pick_names({frame.hints for frame in frames}, MAYBE)
    named = {hints for hints in maybe if _named_kind(hints) is not None}
    steps = [REACH] * (len(frames) + 1)
    for number, (tag, hints, parent) in enumerate(frames):
        called = tag in PICTURE_TAGS or (hints in named and tag not in PAGE_TAGS)
        steps[number] = 0 if called else steps[parent] + 1
    return steps


def _frames_above(markup: Markup, headline: Sequence[int]) -> frozenset[int]:
    frames = set()
    for number in headline[:1]:
        frame = markup.blocks[number].frame
        while frame >= 0:
            frames.add(frame)
            frame = markup.frames[frame].parent
    return frozenset(frames)


@dataclass(frozen=True)
class _Search:
    """One page's search: the frames around its headline, and how much text each frame holds."""

    markup: Markup
    above: frozenset[int]

    @cached_property
    def mass(self) -> tuple[int, ...]:
        """How much text each frame holds: few pages need to know."""
        return weigh_frames(self.markup)


def weigh_frames(markup: Markup) -> tuple[int, ...]:
    """Return how much text each frame holds, and last of all the page."""
    mass = [0] * (len(markup.frames) + 1)
    for block in markup.blocks:
        mass[block.frame] += len(block.text)  # -1 is the page itself
    for number in range(len(markup.frames) - 1, -1, -1):
        mass[markup.frames[number].parent] += mass[number]
    return tuple(mass)


def _is_caption(search: _Search, block: Block) -> bool:
    markup = search.markup
    kind, picture = _find_picture(markup, block)
    if kind is None:
        return False
    named = markup.frames[picture].tag not in PICTURE_TAGS
    if named and (block.tag in HEADING_TAGS or search.mass[picture] > MOST_TEXT):
        return False  # what holds that much is the article, or a card, with a picture in it
    if kind != "caption" and block.link_length > len(block.text) * MOSTLY_LINKS:
        return False
    words = _count_words(block.text)
    if not FEWEST <= words <= (MOST_PICTURE_WORDS if kind == "picture" else MOST_WORDS):
        return False
    if load_part(CAPTIONS)["notices"].search(block.text) or STAMP.match(block.text):
        return False
    return not _is_other(markup, block.frame, picture) and not _stands_apart(markup, picture, search.above)


def _is_other(markup: Markup, frame: int, picture: int) -> bool:
    """Tell whether a frame between a block and its picture says that the words are something else."""
    while frame >= 0:
        if load_part(CAPTIONS)["other"].search(markup.frames[frame].hints):
            return True
        if frame == picture:
            break
        frame = markup.frames[frame].parent
    return False


def _find_picture(markup: Markup, block: Block) -> tuple[str | None, int]:
    """Return how a block belongs to a picture, and the outermost frame of that picture."""
    frame, kind, outer = block.frame, None, -1
    for depth in range(REACH):
        if frame < 0:
            break
        one = markup.frames[frame]
        if kind is None and one.tag in OWN_TAGS:
            break
        found = _frame_kind(one)
        if found is not None and (found != "picture" or depth <= 1):
            kind, outer = kind or found, frame
        frame = one.parent
    return kind, outer


def _frame_kind(frame: Frame) -> str | None:
    if frame.tag == "figcaption":
        return "caption"
    if frame.tag == "figure":
        return "figure"
    return _named_kind(frame.hints) if frame.hints and frame.tag not in PAGE_TAGS else None


@lru_cache(maxsize=65_536)
def _named_kind(hints: str) -> str | None:
    part = load_part(CAPTIONS)
    if part["names"].search(hints):
        return "caption"
    return "picture" if part["picture"].search(hints) and not part["other_pictures"].search(hints) else None


def _stands_apart(markup: Markup, picture: int, above: frozenset[int]) -> bool:
    frame = markup.frames[picture].parent
    while frame >= 0 and frame not in above:
        one = markup.frames[frame]
        if one.tag in APART_TAGS or (one.hints and _is_apart(one.hints)):
            return True
        frame = one.parent
    return False


@lru_cache(maxsize=65_536)
def _is_apart(hints: str) -> bool:
    return load_part(CAPTIONS)["apart"].search(hints) is not None


def _count_words(text: str) -> int:
    spaced = len(text.split())
    wide = sum(1 for letter in text if "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3")
    return spaced + wide // LETTERS_A_WORD
