"""Keeping hostile nesting away from the parser, whose time grows with the square of the depth.

Pages of people nest a few dozen elements deep. Where a page goes further than any of those, the tags beyond are
turned into comments before parsing: the text between them stays, as text of the elements around it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from archive.cleaning.odd_tags import STYLE_NAMES

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
STYLES = frozenset(STYLE_NAMES.split())
STYLE_TAG = re.compile(
    rf"<(?:{'|'.join(sorted(STYLES, key=len, reverse=True))})(?=[\s>/])", re.IGNORECASE
)  # <font size=2>
# Elements that the end of an inline element cannot close, and those that no end tag of another name reaches beyond.
SPECIAL_NAMES = """
    address article aside blockquote body button center details dialog dir div dl fieldset figcaption figure footer
    form frameset h1 h2 h3 h4 h5 h6 head header hgroup html main menu nav noscript ol pre section summary tbody
    textarea tfoot thead ul
"""
WALL_NAMES = "applet caption marquee math object select svg table template"
WALLS = frozenset(WALL_NAMES.split())
SPECIAL = WALLS | frozenset(SPECIAL_NAMES.split())
TAG = re.compile(
    r"<(?:!--(?:[^-]++|-(?!->))*+|(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+(?:</(?:script|style))?+"
    r"|(/?)([a-zA-Z][a-zA-Z0-9:-]*+))",  # <div  </div
    re.IGNORECASE,
)


def flatten_nesting(text: str) -> str:
    """Return a page of the same length whose elements nest no deeper than the parser can bear; most pages as is."""
    if text.count("<") <= FEW_TAGS and len(STYLE_TAG.findall(text)) <= FEW_STYLES:
        return text
    parts: list[str] = []
    position = 0
    nesting = _Nesting()
    for start in nesting.find_excess(text):
        parts += (text[position : start + 1], "!")  # <div … becomes the comment <!iv …
        position = start + 2
    parts.append(text[position:])
    return "".join(parts)


class _Nesting:
    """The elements that are open while a page is read, as HTML's rules for end tags have it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.special: list[int] = []
        self.walls: list[int] = []
        self.styles: Counter[str] = Counter()
        self.excess: Counter[str] = Counter()

    def find_excess(self, text: str) -> Iterator[int]:
        """Yield where the tags stand that open or close an element beyond the limits."""
        for found in TAG.finditer(text):
            name = (found[2] or "p").lower()
            if name not in FLAT and (self._close(name) if found[1] else self._open(name)):
                yield found.start()

    def _open(self, name: str) -> bool:
        full = self.styles.total() >= MOST_STYLES if name in STYLES else len(self.names) >= DEEPEST
        if full:
            self.excess[name] += 1
        elif name in STYLES:
            self.styles[name] += 1
        else:
            place = len(self.names)
            self.names.append(name)
            self.places[name].append(place)
            if name in SPECIAL:
                self.special.append(place)
            if name in WALLS:
                self.walls.append(place)
        return full

    def _close(self, name: str) -> bool:
        if self.excess[name]:
            self.excess[name] -= 1
            return True
        if name in STYLES:
            self.styles[name] = max(0, self.styles[name] - 1)
        elif self.places[name]:
            place = self.places[name][-1]
            borders = self.walls if name in SPECIAL else self.special
            if not borders or borders[-1] <= place:
                self._leave(place)
        return False

    def _leave(self, place: int) -> None:
        while len(self.names) > place:
            self.places[self.names.pop()].pop()
        for borders in (self.special, self.walls):
            while borders and borders[-1] >= place:
                borders.pop()
