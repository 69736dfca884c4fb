"""What a text must hold for a regular expression to match it: looked for first, since looking is cheap."""

import re
from functools import lru_cache

FLAGGED = re.compile(r"\(\?[aLmsu]*[ix]")  # (?i)   (?mi)   (?i:photo): letters of either case
ANCHORED = re.compile(r"(?:\(\?[aLsui]+\))?\^(?![*?{])")  # ^Menu   (?i)^Menu
PLAIN_ESCAPES = frozenset("|.*+?()[]{}^$/-'\"&#~@!,:;=<>%_ ")
LONG_ESCAPES = {"x": 4, "u": 6, "U": 10}
ENOUGH = 3  # shorter literals are everywhere


def search(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return what `pattern.search(text)` returns, sooner when the text cannot match."""
    literal, anchored = _look_at(pattern.pattern, pattern.flags)
    if literal and literal not in text:
        return None
    return pattern.match(text) if anchored else pattern.search(text)


@lru_cache(maxsize=4096)
def _look_at(pattern: str, flags: int) -> tuple[str, bool]:
    return required_literal(pattern), is_anchored(pattern) and not flags & (re.MULTILINE | re.VERBOSE)


def is_anchored(pattern: str) -> bool:
    """Tell whether a pattern can only match from a text's first sign: ^(?:one|two), but not ^one|two."""
    if ANCHORED.match(pattern) is None:
        return False
    place = depth = 0
    while place < len(pattern):
        sign = pattern[place]
        if sign == "|" and not depth:
            return False
        depth += (sign == "(") - (sign == ")")
        place += 2 if sign == "\\" else _class_length(pattern, place) if sign == "[" else 1
    return True


def whole_words(literal: str) -> list[str]:
    """Return the words of a literal that are words of every text that holds it: in "iest of Day" only "of"."""
    words = literal.split()
    return words[not literal[:1].isspace() : len(words) - (not literal[-1:].isspace())]


@lru_cache(maxsize=65_536)  # a library of a thousand outlets has some ten thousand patterns
def required_literal(pattern: str) -> str:
    """Return the longest text that every match of the pattern contains; "" when there is none to be sure of.

    Careful rather than clever: groups, classes and what a quantifier may leave out count for nothing.
    """
    if FLAGGED.search(pattern) is not None:
        return ""
    best = piece = ""
    place = depth = 0
    while place < len(pattern):
        sign = pattern[place]
        depth += (sign == "(") - (sign == ")")
        length, literal = _read_sign(pattern, place)
        if length == 0 or (sign == "|" and depth == 0):
            return ""
        after = pattern[place + length : place + length + 1] or "."
        if literal and not depth and after not in "*?{":
            piece += literal
        if not literal or depth or after in "*?{+":
            best, piece = max(best, piece, key=len), ""
        place += length
    best = max(best, piece, key=len)
    return best if len(best) >= ENOUGH else ""


def _read_sign(pattern: str, place: int) -> tuple[int, str]:
    """Return how much of the pattern one sign takes, and the text it stands for; 0 when we do not know."""
    sign = pattern[place]
    if sign == "\\":
        escaped = pattern[place + 1 : place + 2]
        if escaped.isdigit() or escaped == "N":
            return 0, ""
        return LONG_ESCAPES.get(escaped, 2), escaped if escaped in PLAIN_ESCAPES else ""
    if sign == "[":
        return _class_length(pattern, place), ""
    if sign == "{" and "}" in pattern[place:]:
        return pattern.index("}", place) - place + 1, ""
    return 1, "" if sign in "()|.^$*+?{}" else sign


def _class_length(pattern: str, start: int) -> int:
    place = start + 1
    place += pattern[place : place + 1] == "^"
    place += pattern[place : place + 1] == "]"
    while place < len(pattern) and pattern[place] != "]":
        place += 2 if pattern[place] == "\\" else 1
    return place - start + 1
