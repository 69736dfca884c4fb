"""What a match of a regular expression can begin with: where a text begins otherwise, it need not be tried."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

REMEMBERED = 20_000  # beginnings of lines
LONGEST = 3  # signs of a line; more tell little more
MOST = 200  # openings that are followed further
FIGURE, BLANK = "0", " "  # stand for any figure and for any white space
ANY_FIGURE, ANY_BLANK = re.compile(r"\d"), re.compile(r"\s")
FIGURES_CLASS = re.compile(r"\[[0-9-]+\]")  # [5-9]
FLAGS = re.compile(r"^\(\?[a-z]+\)")  # (?i)
INNERMOST = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:[^()\\\[]|\\.)*\)")  # \| and [|] and (one|two)
QUANTIFIER = re.compile(r"[*+?]|\{(?P<least>\d*)(?:,\d*)?\}")
GROUP = re.compile(
    r"\(\?(?:P<\w+>|(?P<same>P=\w+\))|(?P<around><?[=!])|(?P<flags>[a-z]*)(?:-[a-z]+)?(?P<end>[:)])|(?P<other>.))"
)
# Letters that an expression which folds case takes for others, and `lower` does not: ſ for s, ı for i …
ALIKE = str.maketrans("\u017f\u0131\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88", "siвдосттъѣꙋ")
NOT_LITERAL = frozenset("dDwWsSbBAZ0123456789")
WITHOUT_WIDTH = frozenset("bBAZ")
SIGNS_BY_NUMBER = frozenset("NxuU")

NO_NUMBERS: list[int] = []

# The beginnings found so far; True where the next sign of the expression goes on from there.
Begun = frozenset[tuple[str, bool]]
NOTHING: Begun = frozenset({("", True)})
ANYTHING: Begun = frozenset({("", False)})
FIGURES: Begun = frozenset({(FIGURE, True)})
BLANKS: Begun = frozenset({(BLANK, True)})


@lru_cache(maxsize=1024)
def list_openings(pattern: str, longest: int = LONGEST) -> frozenset[str]:
    """Return texts of so many signs, in small letters, of which one begins every match; "" when any may.

    A "0" is any figure, a blank any white space. Careful rather than clever: what we do not know may be anything.
    """
    begun, place = _read_choice(pattern, 0, longest)
    if place != len(pattern):  # not read to its end
        return frozenset({""})
    found = {text for text, _ in begun}
    return frozenset(one for one in found if not any(one[:length] in found for length in range(len(one))))


class _Told(dict[str, tuple[int, ...]]):
    """What was told of texts that begin so: lines and words begin alike again and again."""

    def __init__(self, tell: Callable[[str], tuple[int, ...]]) -> None:
        self._tell = tell

    def __missing__(self, head: str) -> tuple[int, ...]:
        told = self._tell(head)
        if len(self) < REMEMBERED:
            self[head] = told
        return told


class Openings:
    """Which of some expressions with these openings may be met at a text's beginning."""

    def __init__(self, openings: Iterable[frozenset[str]], longest: int = LONGEST) -> None:
        self._longest = longest
        self._numbers: dict[str, list[int]] = {}
        for number, own in enumerate(openings):
            for opening in own:
                self._numbers.setdefault(opening, []).append(number)
        self._told = _Told(self._tell)

    def tell(self, line: str) -> tuple[int, ...]:
        """Return the numbers of the expressions that may be met, in order."""
        return self._told[line[: self._longest]]

    def tell_all(self, lines: Iterable[str]) -> list[tuple[int, ...]]:
        """Return the same of several texts."""
        return list(map(self._told.__getitem__, [line[: self._longest] for line in lines]))

    def _tell(self, head: str) -> tuple[int, ...]:
        folded = fold_opening(head, self._longest)
        found = self._numbers.get("", NO_NUMBERS)
        for length in range(1, len(folded) + 1):
            numbers = self._numbers.get(folded[:length])
            if numbers is not None:
                found = [*found, *numbers]
        return tuple(sorted(set(found))) if found else ()


@lru_cache(maxsize=64)
def index_openings(patterns: tuple[str, ...]) -> Openings:
    """Return which of some expressions may be found in a line; those that do not look at its beginning, in any."""
    return Openings(map(_openings_in_a_line, patterns))


def _openings_in_a_line(pattern: str) -> frozenset[str]:
    return list_openings(pattern) if is_anchored(FLAGS.sub("", pattern)) else frozenset({""})


def is_anchored(pattern: str) -> bool:
    """Tell whether an expression can only match from a text's first sign: ^(?:one|two), but not ^one|two."""
    before, rest = "", pattern
    while before != rest:
        before, rest = rest, INNERMOST.sub("", rest)
    return pattern.startswith("^") and "|" not in rest


def opens_like(openings: frozenset[str], text: str, longest: int = LONGEST) -> bool:
    """Tell whether a text may be met at its beginning by an expression with these openings."""
    head = fold_opening(text, longest)
    return any(head.startswith(one) for one in openings)


def fold_opening(text: str, longest: int = LONGEST) -> str:
    """Return the beginning of a text as openings are written."""
    head = text[:longest].lower()
    if head.isascii() and head.isalpha():
        return head
    return ANY_BLANK.sub(BLANK, ANY_FIGURE.sub(FIGURE, head.translate(ALIKE)))


def _read_choice(pattern: str, place: int, longest: int) -> tuple[Begun, int]:
    """Read alternatives up to their end, or up to the bracket that closes them."""
    found: set[tuple[str, bool]] = set()  # of what is complete
    begun = NOTHING
    while place < len(pattern) and pattern[place] != ")":
        if pattern[place] == "|":
            found |= begun
            begun, place = NOTHING, place + 1
            continue
        piece, place = _read_piece(pattern, place, longest)
        piece, place = _repeat(pattern, place, piece)
        longer = frozenset(_join(begun, piece, longest))
        begun = frozenset(one for one in longer if one[1]) if len(longer) < MOST else frozenset()
        found |= {(text, False) for text, _ in longer - begun}
    return frozenset(found | begun), place


def _read_piece(pattern: str, place: int, longest: int) -> tuple[Begun, int]:
    sign = pattern[place]
    if sign == "(":
        return _read_group(pattern, place, longest)
    if sign == "\\":
        return _read_escape(pattern, place)
    if sign == "[":
        end = _end_of_class(pattern, place)
        return FIGURES if FIGURES_CLASS.fullmatch(pattern, place, end) is not None else ANYTHING, end
    if sign in "^$.":
        return ANYTHING if sign == "." else NOTHING, place + 1
    if sign.isdecimal() or sign.isspace():
        return FIGURES if sign.isdecimal() else BLANKS, place + 1
    return frozenset({(sign.lower(), True)}), place + 1


def _read_escape(pattern: str, place: int) -> tuple[Begun, int]:
    escaped = pattern[place + 1 : place + 2]
    if escaped in SIGNS_BY_NUMBER:
        return ANYTHING, len(pattern) + 1  # not worth reading
    if escaped in NOT_LITERAL:
        if escaped in WITHOUT_WIDTH:
            return NOTHING, place + 2
        return FIGURES if escaped == "d" else BLANKS if escaped == "s" else ANYTHING, place + 2
    return BLANKS if escaped.isspace() else frozenset({(escaped.lower(), True)}), place + 2


def _read_group(pattern: str, place: int, longest: int) -> tuple[Begun, int]:
    found = GROUP.match(pattern, place)
    if found is None:
        inner, place = _read_choice(pattern, place + 1, longest)
        return inner, place + 1
    if found["other"] is not None:
        return ANYTHING, len(pattern) + 1  # a form of group we do not know
    if found["same"] is not None:
        return ANYTHING, found.end()  # (?P=mark)
    if found["end"] == ")":
        return NOTHING, found.end()  # (?i)
    inner, place = _read_choice(pattern, found.end(), longest)
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


def _join(begun: Begun, piece: Begun, longest: int) -> Iterator[tuple[str, bool]]:
    for text, _ in begun:
        for more, still in piece:
            longer = (text + more)[:longest]
            yield longer, still and len(longer) < longest


def _end_of_class(pattern: str, start: int) -> int:
    place = start + 1
    place += pattern[place : place + 1] == "^"
    place += pattern[place : place + 1] == "]"
    while place < len(pattern) and pattern[place] != "]":
        place += 2 if pattern[place] == "\\" else 1
    return place + 1
