"""The body of a page of an unknown outlet: found by the shipped model or, to compare with it, by rules alone."""

from archive.cleaning.choosing import choose_body
from archive.cleaning.features import describe_blocks
from archive.cleaning.forest import Forest
from archive.cleaning.hints import BIT
from archive.cleaning.layout import TAG_BIT, TEXTUAL, Layout, find_candidates
from archive.cleaning.markup import Markup

# Parts of the container that are not the report, whatever their text reads like.
APART_HINTS = ("comment", "consent", "share", "related", "newsletter", "navigation", "footer", "sidebar", "advert")
APART_TAGS = ("nav", "footer", "aside", "form")
APART = sum(BIT[name] for name in APART_HINTS) | sum(TAG_BIT[name] for name in APART_TAGS)
MOSTLY_LINKS = 0.5
SURE = 10.0


def find_body(markup: Markup, title: int, forest: Forest | None) -> frozenset[int]:
    """Return the numbers of the blocks that are body; `title` is the headline's number, -1 when none is printed.

    Without a forest, it is what reads like prose in the frame that holds most of it, and the lines between.
    """
    if not markup.blocks:
        return frozenset()
    layout = Layout(markup, title)
    if forest is None:
        return choose_body(markup, layout, dict.fromkeys(_find_prose(layout), SURE))
    numbers = find_candidates(layout)
    scores = forest.score(describe_blocks(markup, layout, numbers))
    return choose_body(markup, layout, dict(zip(numbers, scores, strict=True)))


def _find_prose(layout: Layout) -> list[int]:
    frames = layout.frame_of
    near = layout.is_inside(frames) & (layout.below[frames] & APART == 0)
    inside = [number for number in near.nonzero()[0].tolist() if number > layout.title]
    prose = [number for number in inside if layout.value[number] > 0]
    if not prose:
        return []
    return [
        number
        for number in inside
        if prose[0] <= number <= prose[-1] and (layout.value[number] > 0 or _is_line_of_text(layout, number))
    ]


def _is_line_of_text(layout: Layout, number: int) -> bool:
    return bool(layout.tag[layout.frame_of[number]] in TEXTUAL and layout.density[number] < MOSTLY_LINKS)
