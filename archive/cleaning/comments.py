"""Readers' comments on an HTML page of an outlet we do not know: where they stand, and which words are the readers'.

The page's own names for its parts decide, not the look of the text: an op-ed may read like a comment and a comment
like an article. A part that holds the headline is never a comments part, whatever it is called.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import NamedTuple

from archive.authorities.parts import load_part, load_words
from archive.cleaning.hints import pick_names
from archive.cleaning.markup import Markup
from archive.cleaning.walking import Frame
from archive.model import Block, BlockKind

DEEPEST = 64  # elements between a comment and its part; no page nests so deep, and what does must not take long
COMMENTS = "comments"  # the part of archive/authorities/parts.toml
BODY_TAGS = frozenset({"body", "html", "main"})
FOOT_TAGS = frozenset({"footer", "nav"})
HEAD_TAGS = frozenset({"header", "footer", "cite"})
FORM_TAGS = frozenset({"form", "button", "textarea", "select", "option", "label", "fieldset", "legend"})
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ITEM_TAGS = frozenset({"li", "article", "dd", "tr"})
TEXT_TAGS = frozenset({"p", "blockquote", "li", "pre", "dd", "td"})
PARAGRAPHS = frozenset({"p", "blockquote", "pre"})
SENTENCE_END = re.compile(r"[.!?…)\"”»\U0001f300-\U0001faff❤♥]$")  # So true! 💚
MOSTLY_LINKS = 0.6
SHORTEST_PROSE = 3  # words
LABEL_WORDS = 2
LONGEST_LINE = 160  # code points of a line about a comment
MOST = 0.5  # of the page's text


def find_comments(markup: Markup, headline: Sequence[int] = ()) -> Mapping[int, BlockKind]:
    """Return the blocks of the page's comments part: `comment` for readers' words, `label` and `form` for the rest.

    `headline` holds the numbers of the blocks that print the headline; nothing above it is a comment.
    """
    zones = _zones(markup, headline)
    found: dict[int, BlockKind] = {}
    if not zones:
        return found
    for number, block in enumerate(markup.blocks):
        zone = zones.get(block.frame, -1)
        if zone >= 0 and (not headline or number > headline[-1]):
            found[number] = _judge(markup, block, zone)
    _label_repeats(markup, found)
    return found if _is_plausible(markup, zones, found) else {}


def _label_repeats(markup: Markup, found: dict[int, BlockKind]) -> None:
    """Take a word or two that stand more than once for a label, Premium or New: readers do not agree to the letter."""
    short = [
        number
        for number, kind in found.items()
        if kind == "comment"
        and len(markup.blocks[number].text.split()) <= LABEL_WORDS
        and markup.blocks[number].tag not in PARAGRAPHS
    ]
    seen = Counter(markup.blocks[number].text for number in short)
    found.update((number, "label") for number in short if seen[markup.blocks[number].text] > 1)


def comment_of(markup: Markup, number: int) -> int:
    """Return the frame of the single comment that a block belongs to, -1 when no frame is named so."""
    frame = markup.blocks[number].frame
    while frame >= 0:
        if _is_comment(markup.frames[frame].hints) and not load_part(COMMENTS)["piece"].search(
            markup.frames[frame].hints
        ):
            return frame
        frame = markup.frames[frame].parent
    return -1


def _zones(markup: Markup, headline: Sequence[int]) -> dict[int, int]:
    """Return for each frame inside a comments part the outermost frame that is named so."""
    names = _find_names(markup)
    called = {hints for hints in names if _is_comment(hints)}
    if not called:
        return {}
    elsewhere = {hints for hints in names if _is_others(hints)}
    above = _frames_above(markup, headline)
    zones: dict[int, int] = {}
    foot: set[int] = set()
    others: set[int] = set()
    for number, (tag, hints, parent) in enumerate(markup.frames):
        if parent in zones:
            zones[number] = zones[parent]
        elif parent in others or hints in elsewhere:
            others.add(number)
        elif tag in FOOT_TAGS or (parent in foot and not _is_listed(hints)):
            foot.add(number)  # what a page's foot calls comments are mostly links to those of other reports
        elif hints in called and number not in above and tag not in BODY_TAGS:
            zones[number] = number
    return zones


def _find_names(markup: Markup) -> Collection[str]:
    """Return what the page's elements are called, as far as it may be a name of comments: mostly nothing."""
    return pick_names({frame.hints for frame in markup.frames}, _maybe_words())


def _frames_above(markup: Markup, headline: Sequence[int]) -> AbstractSet[int]:
    above: set[int] = set()
    for number in headline:
        frame = markup.blocks[number].frame
        while frame >= 0:
            above.add(frame)
            frame = markup.frames[frame].parent
    return above


class _Calls(NamedTuple):
    """What an element's names call it."""

    item: bool
    several: bool
    form: bool
    about: bool
    text: bool


def _is_others(hints: str) -> bool:
    return load_part(COMMENTS)["elsewhere"].search(hints) is not None


@lru_cache(maxsize=65_536)
def _is_listed(hints: str) -> bool:
    return load_part(COMMENTS)["listed"].search(hints) is not None


@lru_cache(maxsize=65_536)
def _is_comment(hints: str) -> bool:
    if not _may_be(hints):
        return False
    part = load_part(COMMENTS)
    return part["names"].search(part["other_names"].sub(" ", hints)) is not None


def _may_be(hints: str) -> bool:
    """Tell whether names may be those of comments: a quick look before the patterns."""
    return any(map(hints.__contains__, _maybe_words()))


@cache
def _maybe_words() -> tuple[str, ...]:
    return load_words(COMMENTS, "maybe")


@lru_cache(maxsize=16_384)
def _calls(hints: str) -> _Calls:
    part = load_part(COMMENTS)
    return _Calls(*(part[name].search(hints) is not None for name in _Calls._fields))


def _judge(markup: Markup, block: Block, zone: int) -> BlockKind:
    part = load_part(COMMENTS)
    frames = _frames_within(markup, block.frame, zone)
    if any(frame.tag in FORM_TAGS or _calls(frame.hints).form for frame in frames):
        return "form"
    if block.tag in HEADING_TAGS | HEAD_TAGS or _is_about(block):
        return "label"
    if part["notices"].search(block.text) or not _is_in_item(frames):
        return "label"  # what stands in the part but in nobody's comment is the page's own
    return "comment" if _is_text(block, frames) else "label"


def _is_about(block: Block) -> bool:
    """Tell whether a block holds buttons, names and days: something about a comment."""
    if block.link_length > len(block.text) * MOSTLY_LINKS:
        return True
    part = load_part(COMMENTS)
    names = ("buttons", "lines", "stamp")
    return len(block.text) <= LONGEST_LINE and any(part[name].search(block.text) for name in names)


def _is_text(block: Block, frames: Sequence[Frame]) -> bool:
    """Tell whether a block in a comment is its words, by the nearest element that says what it holds, else by shape."""
    words = len(block.text.split())
    short = words <= SHORTEST_PROSE and not SENTENCE_END.search(block.text)
    if short and block.tag not in PARAGRAPHS and not _calls(frames[0].hints).text:
        return False
    nearest = next((calls for frame in frames if (calls := _calls(frame.hints)).about or calls.text), None)
    if nearest is not None and not nearest.text:
        return block.tag in TEXT_TAGS and words >= SHORTEST_PROSE and not _calls(frames[0].hints).about
    return nearest is not None or block.tag in TEXT_TAGS or words >= SHORTEST_PROSE * 3


def _is_in_item(frames: Sequence[Frame]) -> bool:
    """Tell whether frames from a block out to its zone include one reader's comment."""
    if _calls(frames[-1].hints).item:
        return True
    return any(
        frame.tag in ITEM_TAGS or (_is_comment(frame.hints) and not _calls(frame.hints).several)
        for frame in frames[:-1]
    )


def _frames_within(markup: Markup, frame: int, zone: int) -> list[Frame]:
    """Return the frames from a block out to its zone; of very many the nearest, and the zone itself."""
    frames: list[Frame] = []
    while frame >= 0 and frame != zone and len(frames) < DEEPEST:
        frames.append(markup.frames[frame])
        frame = markup.frames[frame].parent
    return [*frames, markup.frames[zone]]


def _is_plausible(markup: Markup, zones: Mapping[int, int], found: Mapping[int, BlockKind]) -> bool:
    """Tell whether the part can be comments: one long text in a part called so is the article, many pieces are not."""
    words = sum(len(markup.blocks[number].text) for number, kind in found.items() if kind == "comment")
    if words <= sum(len(block.text) for block in markup.blocks) * MOST:
        return True
    items = {comment_of(markup, number) for number, kind in found.items() if kind == "comment"}
    nested = any(zones.get(item, item) != item for item in items)
    return len(items) > (1 if nested else 2)
