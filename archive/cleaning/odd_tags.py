"""Telling at a glance whether a page has tags that are to be looked at: very many, many that style, closed scripts."""

from typing import NamedTuple

import numpy as np

OPENING = ord("<")
ANY, STYLE, SCRIPT = range(3)
# Elements that HTML opens again in each paragraph that follows, until they are closed.
STYLE_NAMES = "b big code em font i nobr s small strike strong tt u"
NAME_ENDS = " \t\n\r\f\v\x1c\x1d\x1e\x1f>/"


class OddTags(NamedTuple):
    """How many tags a page has at most, how many of them may style, and where those stand that may open a script."""

    tags: int
    styles: int
    scripts: tuple[int, ...]


def _sort_letters() -> list[int]:
    """Return what a tag may be by the two bytes behind its `<`, the second times 256."""
    kinds = [ANY] * (1 << 16)
    for name, kind in (*((name, STYLE) for name in STYLE_NAMES.split()), ("sc", SCRIPT)):
        for first in (name[0], name[0].upper()):
            for second in NAME_ENDS if len(name) == 1 else (name[1], name[1].upper()):
                kinds[ord(first) + 256 * ord(second)] = kind
    return kinds


KINDS = np.array(_sort_letters(), dtype=np.uint8)


def find_odd_tags(markup: bytes) -> OddTags:
    """Return what the tags of a page in UTF-8 may be by their first two letters; none is missed."""
    # In columns: a pattern that looks at each tag, and a count, take three times as long.
    signs = np.frombuffer(markup, dtype=np.uint8)
    places = np.flatnonzero(signs[:-2] == OPENING)
    kinds = KINDS[signs[places + 1] + signs[places + 2] * np.uint16(256)]
    return OddTags(len(places), int(np.count_nonzero(kinds == STYLE)), tuple(places[kinds == SCRIPT].tolist()))
