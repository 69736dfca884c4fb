"""The body of a page of an unknown outlet, found by the shipped model."""

from archive.cleaning.choosing import choose_body
from archive.cleaning.features import describe_blocks
from archive.cleaning.forest import Forest
from archive.cleaning.layout import Layout, find_candidates
from archive.cleaning.markup import Markup


def find_body(markup: Markup, title: int, forest: Forest) -> frozenset[int]:
    """Return the numbers of the blocks that are body; `title` is the headline's number, -1 when none is printed."""
    layout = Layout(markup, title)
    numbers = find_candidates(layout)
    rows = describe_blocks(markup, layout, numbers)
    scores = {number: forest.score(row) for number, row in zip(numbers, rows, strict=True)}
    return choose_body(markup, layout, scores)
