"""Which blocks of a page are its body, once the model has scored them: thresholds, and what is never body."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from archive.cleaning.layout import CODES, FOREIGN, Layout
from archive.cleaning.markup import Markup
from archive.cleaning.tree import Flags, Places

# A page whose best blocks score low is of a kind the model has not met; it is then measured by its own best.
# Calibrated out of fold by site on three page sets together; not to be moved one by one (docs/decisions/0010).
SURE = 4.5
MOST_LENIENT = 3.5
BEST_SHARE = 0.15
BEST_WORDS = 120

COOKIES = re.compile(
    r"cookie.{0,300}?(?:website|browser|\bsites?\b|consent|experience|policy)"
    r"|(?:website|browser|\bsites?\b|consent|experience).{0,200}?cookie",  # This website uses cookies
    re.IGNORECASE | re.DOTALL,
)
LEAST_WITHOUT_COMMENTS = 0.1  # less than this share left, and it was the report after all
LEAST_WITHOUT_COOKIES = 0.2
LONG = 400
CAPTION_REACH = 3


def choose_body(markup: Markup, layout: Layout, scores: Mapping[int, float]) -> frozenset[int]:
    """Return the numbers of the blocks that are body; `scores` holds the model's score of each candidate."""
    if not scores:
        return frozenset()
    asked = np.array(list(scores), dtype=np.intp)
    asked = asked[~_in_figcaption(layout, layout.frame_of[asked])]
    foreign = layout.inherited[layout.frame_of[asked]] & FOREIGN != 0
    numbers: list[int] = asked.tolist()
    kept = {number for number in numbers if scores[number] > 0}
    comments: set[int] = set(asked[foreign].tolist())
    cookies = {number for number in numbers if _speaks_of_cookies(layout.texts[number])}
    for never, least in ((comments, LEAST_WITHOUT_COMMENTS), (cookies, LEAST_WITHOUT_COOKIES)):
        if never and _words(layout, kept - never) >= least * _words(layout, kept):
            kept -= never
            numbers = [number for number in numbers if number not in never]
    threshold = _find_threshold(layout, scores, numbers)
    return frozenset(_drop_reprints(markup, [number for number in sorted(numbers) if scores[number] > threshold]))


def _find_threshold(layout: Layout, scores: Mapping[int, float], numbers: Sequence[int]) -> float:
    """Return the score from which a block is body: 0, or less where even the page's best score low."""
    best = sorted(numbers, key=lambda number: -scores[number])
    if not best:
        return 0.0
    sums = layout.words[best].cumsum()
    place = int(sums.searchsorted(min(BEST_SHARE * float(sums[-1]), BEST_WORDS)))
    return -min(MOST_LENIENT, max(0.0, SURE - scores[best[min(place, len(best) - 1)]]))


def _words(layout: Layout, numbers: AbstractSet[int]) -> int:
    return int(layout.words[list(numbers)].sum()) if numbers else 0


def _in_figcaption(layout: Layout, frames: Places) -> Flags:
    """Tell of each of these frames whether it is a picture's caption or a little way inside one."""
    within = np.zeros(len(frames), dtype=np.bool_)
    for _ in range(CAPTION_REACH):
        within |= (layout.codes[frames] == CODES["figcaption"]) & (frames >= 0)
        frames = np.where(frames >= 0, layout.tree.parents[frames], -1)
    return within


def _speaks_of_cookies(text: str) -> bool:
    return ("ookie" in text or "OOKIE" in text) and COOKIES.search(text) is not None


def _drop_reprints(markup: Markup, numbers: Sequence[int]) -> Sequence[int]:
    """Return the blocks without those that print again, in one, what the page already has."""
    once: list[int] = []
    seen = ""
    for number in numbers:
        text = markup.blocks[number].text
        if len(text) >= LONG and text[:60] in seen and text[-60:] in seen:
            continue
        once.append(number)
        seen += text + " "
    return once
