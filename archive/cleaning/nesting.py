"""Keeping hostile nesting away from the parser, whose time grows with the square of the depth.

Pages of people nest a few dozen elements deep. Where a page goes further than any of those, the tags beyond are
turned into comments before parsing: the text between them stays, as text of the elements around it.
"""

import re
from collections import Counter
from collections.abc import Iterator

FEW_TAGS = 15_000  # so many cannot hurt, however they nest
DEEPEST = 250
FEW_STYLES = 400
MOST_STYLES = 60

# Elements that the HTML rules close by themselves, or that hold nothing: they add no depth.
FLAT_NAMES = """
    area base br col embed hr img input link meta param source track wbr
    dd dt li optgroup option p rb rt td th tr
"""
FLAT = frozenset(FLAT_NAMES.split())
# Elements that HTML opens again in each paragraph that follows, until they are closed.
STYLES = frozenset("b big code em font i nobr s small strike strong tt u".split())
STYLE = re.compile(r"<(?:big|b|code|em|font|i|nobr|small|strike|strong|s|tt|u)[\s>/]", re.IGNORECASE)  # <font size=2>
TAG = re.compile(
    r"<(?:!--(?:[^-]++|-(?!->))*+|script\b(?:[^<]++|<(?!/script))*+|(/?)([a-zA-Z][a-zA-Z0-9:-]*+))",  # <div  </div
    re.IGNORECASE,
)


def flatten_nesting(text: str) -> str:
    """Return a page of the same length whose elements nest no deeper than the parser can bear; most pages as is."""
    if text.count("<") <= FEW_TAGS and len(STYLE.findall(text)) <= FEW_STYLES:
        return text
    parts: list[str] = []
    position = 0
    for start in _find_excess(text):
        parts += (text[position : start + 1], "!")  # <div … becomes the comment <!iv …
        position = start + 2
    parts.append(text[position:])
    return "".join(parts)


def _find_excess(text: str) -> Iterator[int]:
    """Yield where the tags stand that open or close an element beyond the limits."""
    open_now: Counter[bool] = Counter()
    excess: Counter[str] = Counter()
    for found in TAG.finditer(text):
        name = (found[2] or "p").lower()
        if name in FLAT:
            continue
        style = name in STYLES
        if not found[1]:
            if open_now[style] >= (MOST_STYLES if style else DEEPEST):
                excess[name] += 1
                yield found.start()
            else:
                open_now[style] += 1
        elif excess[name]:
            excess[name] -= 1
            yield found.start()
        elif open_now[style]:
            open_now[style] -= 1
