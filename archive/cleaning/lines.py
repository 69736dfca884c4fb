"""Plain text into blocks: a line is a block, unless the page was typed to a fixed width."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.model import Block, Span

WORD = re.compile(r"\S+")
ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # what ends a line
BLANKS = " \t" + ENDS
LONGEST_END = len("\r\n")
NARROW = 100
NARROWEST = 40  # shorter lines are a menu or a poem, not a typist's width
RAGGED = 24
FEWEST_WRAPPED = 6


def split_lines(text: str, start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """Return the blocks of a plain-text page, or of a stretch of it, in order; spans are those of the whole text.

    Every character that is not white space is in exactly one block.

    A line of no-break spaces is a block too (some pages leave one where a picture stood). Lines typed to a fixed
    width (old dispatches, mail) are joined into the paragraphs that blank lines separate.
    """
    stop = len(text) if end is None else end
    lines = list(_find_lines(text, start, stop))
    longest = max([len(line) for _, line, _ in lines], default=0)
    if NARROWEST <= longest <= NARROW + LONGEST_END:  # near enough to count without what ends the lines
        stretches = [(place, place + len(line.rstrip(ENDS))) for place, line, _ in lines]
        if _is_wrapped(text, stretches):
            return tuple(fold_block(text, group) for group in _join_wrapped(text, stretches))
    return tuple([_make_block(text, *line) for line in lines])


def _find_lines(text: str, start: int, stop: int) -> Iterator[tuple[int, str, str]]:
    """Yield the lines that hold more than blanks: where each begins, all of it, and it without white space around."""
    for line in text[start:stop].splitlines(keepends=True):
        plain = line.strip()
        if plain or line.strip(BLANKS):
            yield start, line, plain
        start += len(line)


def _make_block(text: str, start: int, line: str, plain: str) -> Block:
    """Return the block of one line; most need no folding."""
    if "  " in plain or not plain.isprintable() or not plain:
        return fold_block(text, ((start, start + len(line.rstrip(ENDS))),))
    if not line.startswith(plain):
        start += len(line) - len(line.lstrip())
    # Made as tuples are: by name takes twice as long, and a page has hundreds.
    span = tuple.__new__(Span, (start, start + len(plain)))
    return tuple.__new__(Block, (plain, span, "line", ((0, start),), 0, -1, ()))


def fold_block(text: str, stretches: Sequence[tuple[int, int]]) -> Block:
    """Return one block from stretches of the original, white space folded, with the way back."""
    words: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for start, end in stretches:
        for word in WORD.finditer(text, start, end):
            length += bool(words)
            if not runs or word.start() - length != runs[-1][1] - runs[-1][0]:
                runs.append((length, word.start()))
            words.append(word[0])
            length += len(word[0])
    if not words:  # nothing but no-break spaces: show them as they are
        start, end = stretches[0]
        return Block(text[start:end], Span(start, end))
    first = runs[0][1]
    last = runs[-1][1] + length - runs[-1][0]
    return Block(" ".join(words), Span(first, last), runs=tuple(runs))


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether lines break in the middle of sentences at a common width."""
    width = max((end - start for start, end in lines), default=0)
    if not NARROWEST <= width <= NARROW:
        return False
    inner = [
        (start, end)
        for (start, end), (after, _) in pairwise(lines)
        if text.count("\n", end, after) == 1 and text[after].islower()
    ]
    if len(inner) < FEWEST_WRAPPED or len(inner) * 4 < len(lines):
        return False
    full = sum(1 for start, end in inner if end - start >= width - RAGGED)
    return full * 10 >= len(inner) * 9


def _join_wrapped(text: str, lines: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    width = max(end - start for start, end in lines)
    groups: list[list[tuple[int, int]]] = []
    for start, end in lines:
        previous = groups[-1][-1] if groups else None
        joins = (
            previous is not None
            and text.count("\n", previous[1], start) == 1
            and previous[1] - previous[0] >= width - RAGGED
        )
        if joins:
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    return groups
