"""Plain text into blocks: a line is a block, unless the page was typed to a fixed width."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.model import Block, Span

WORD = re.compile(r"\S+")
ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # what ends a line
BLANKS = " \t" + ENDS
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
    if _is_wrapped(text, lines):
        return tuple(fold_block(text, group) for group in _join_wrapped(text, lines))
    return tuple([fold_block(text, (line,)) for line in lines])


def _find_lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield where lines begin and end that hold more than blanks, without what ends them."""
    for line in text[start:stop].splitlines(keepends=True):
        if not line.isspace() or line.strip(BLANKS):
            yield start, start + len(line.rstrip(ENDS))
        start += len(line)


def fold_block(text: str, stretches: Sequence[tuple[int, int]]) -> Block:
    """Return one block from stretches of the original, white space folded, with the way back."""
    if len(stretches) == 1:
        start, end = stretches[0]
        line = text[start:end].rstrip()
        plain = line.lstrip()
        if plain and "  " not in plain and plain.isprintable():  # no white space but single spaces
            start += len(line) - len(plain)
            return Block(plain, Span(start, start + len(plain)), runs=((0, start),))
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
