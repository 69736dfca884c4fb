"""What a match of a regular expression can begin with: where a text begins otherwise, it need not be tried."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

REMEMBERED = 20_000  # beginnings of lines
LONGEST = 3  # signs; more tell little more
FIGURE = "0"  # stands for any figure
ANCHORED = re.compile(r"(?:\(\?[a-z]+\))?\^")
QUANTIFIER = re.compile(r"[*+?]|\{(?P<least>\d*)(?:,\d*)?\}")
GROUP = re.compile(r"\(\?(?:P<\w+>|(?P<around><?[=!])|(?P<flags>[a-z]*)(?:-[a-z]+)?(?P<end>[:)])|(?P<other>.))")
# Letters that an expression which folds case takes for others, and `lower` does not: ſ for s, ı for i …
ALIKE = str.maketrans("\u017f\u0131\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88", "siвдосттъѣꙋ")
NOT_LITERAL = frozenset("dDwWsSbBAZ0123456789")
WITHOUT_WIDTH = frozenset("bBAZ")
SIGNS_BY_NUMBER = frozenset("NxuU")

# The beginnings found so far; True where the next sign of the expression goes on from there.
Begun = frozenset[tuple[str, bool]]
NOTHING: Begun = frozenset({("", True)})
ANYTHING: Begun = frozenset({("", False)})
FIGURES: Begun = frozenset({(FIGURE, False)})


@lru_cache(maxsize=1024)
def list_openings(pattern: str) -> frozenset[str]:
    """Return texts of up to three signs, in small letters, of which one begins every match; "" when any may.

    A "0" is any figure. Careful rather than clever: what we do not know may be anything.
    """
    begun, place = _read_choice(pattern, 0)
    if place != len(pattern):  # not read to its end
        return frozenset({""})
    found = {text for text, _ in begun}
    return frozenset(one for one in found if not any(other != one and one.startswith(other) for other in found))


class Openings:
    """Which of some expressions with these openings may be met at a text's beginning."""

    def __init__(self, openings: Iterable[frozenset[str]]) -> None:
        self._numbers: dict[str, list[int]] = {}
        self._told: dict[str, tuple[int, ...]] = {}
        for number, own in enumerate(openings):
            for opening in own:
                self._numbers.setdefault(opening, []).append(number)

    def tell(self, line: str) -> tuple[int, ...]:
        """Return the numbers of the expressions that may be met, in order."""
        head = line[:LONGEST]
        told = self._told.get(head)
        if told is None:
            folded = fold_opening(head)
            found = {number for one in {"", folded[:1], folded[:2], folded} for number in self._numbers.get(one, ())}
            told = tuple(sorted(found))
            if len(self._told) < REMEMBERED:
                self._told[head] = told
        return told


@lru_cache(maxsize=64)
def index_openings(patterns: tuple[str, ...]) -> Openings:
    """Return which of some expressions may be found in a line; those that do not look at its beginning, in any."""
    return Openings(map(_openings_in_a_line, patterns))


def _openings_in_a_line(pattern: str) -> frozenset[str]:
    anchored = ANCHORED.match(pattern) is not None and "|^" not in pattern
    return list_openings(pattern) if anchored else frozenset({""})


def opens_like(openings: frozenset[str], text: str) -> bool:
    """Tell whether a text may be met at its beginning by an expression with these openings."""
    head = fold_opening(text)
    return any(head.startswith(one) for one in openings)


def fold_opening(text: str) -> str:
    """Return the beginning of a text as openings are written."""
    head = text[:LONGEST].lower()
    if not head.isascii():
        head = head.translate(ALIKE)
    return FIGURE + head[1:] if head[:1].isdecimal() else head


def _read_choice(pattern: str, place: int) -> tuple[Begun, int]:
    """Read alternatives up to their end, or up to the bracket that closes them."""
    found: set[tuple[str, bool]] = set()
    begun = NOTHING
    while place < len(pattern) and pattern[place] != ")":
        if pattern[place] == "|":
            found |= begun
            begun, place = NOTHING, place + 1
            continue
        piece, place = _read_piece(pattern, place)
        piece, place = _repeat(pattern, place, piece)
        begun = _follow(begun, piece)
    return frozenset(found | begun), place


def _read_piece(pattern: str, place: int) -> tuple[Begun, int]:
    sign = pattern[place]
    if sign == "(":
        return _read_group(pattern, place)
    if sign == "\\":
        return _read_escape(pattern, place)
    if sign == "[":
        return ANYTHING, _end_of_class(pattern, place)
    if sign in "^$.":
        return ANYTHING if sign == "." else NOTHING, place + 1
    return FIGURES if sign.isdecimal() else frozenset({(sign.lower(), True)}), place + 1


def _read_escape(pattern: str, place: int) -> tuple[Begun, int]:
    escaped = pattern[place + 1 : place + 2]
    if escaped in SIGNS_BY_NUMBER:
        return ANYTHING, len(pattern) + 1  # not worth reading
    if escaped in NOT_LITERAL:
        return NOTHING if escaped in WITHOUT_WIDTH else FIGURES if escaped == "d" else ANYTHING, place + 2
    return frozenset({(escaped.lower(), not escaped.isspace())}), place + 2


def _read_group(pattern: str, place: int) -> tuple[Begun, int]:
    found = GROUP.match(pattern, place)
    if found is None:
        inner, place = _read_choice(pattern, place + 1)
        return inner, place + 1
    if found["other"] is not None:
        return ANYTHING, len(pattern) + 1  # a form of group we do not know
    if found["end"] == ")":
        return NOTHING, found.end()  # (?i)
    inner, place = _read_choice(pattern, found.end())
    return (NOTHING if found["around"] is not None else inner), place + 1


def _repeat(pattern: str, place: int, piece: Begun) -> tuple[Begun, int]:
    found = QUANTIFIER.match(pattern, place)
    if found is None:
        return piece, place
    optional = found[0] in "*?" or found["least"] in {"", "0"}
    if found[0] != "?":
        piece = frozenset((text, False) for text, _ in piece)
    after = found.end()
    after += pattern[after : after + 1] in {"?", "+"}
    return (piece | NOTHING if optional else piece), after


def _follow(begun: Begun, piece: Begun) -> Begun:
    return frozenset(_join(begun, piece))


def _join(begun: Begun, piece: Begun) -> Iterator[tuple[str, bool]]:
    for text, goes_on in begun:
        if not goes_on:
            yield text, False
            continue
        for more, still in piece:
            if more == FIGURE and text:
                yield text, False  # a figure is known at the beginning only
            else:
                longer = (text + more)[:LONGEST]
                yield longer, still and len(longer) < LONGEST


def _end_of_class(pattern: str, start: int) -> int:
    place = start + 1
    place += pattern[place : place + 1] == "^"
    place += pattern[place : place + 1] == "]"
    while place < len(pattern) and pattern[place] != "]":
        place += 2 if pattern[place] == "\\" else 1
    return place + 1
