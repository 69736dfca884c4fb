"""Texts of the parser into one line with the way back: white space folded, every code point's origin kept."""

import re
from collections.abc import Iterable, Sequence

from archive.cleaning.marks import align
from archive.model import Span

UNEVEN = re.compile(r"\s(?:\s+|(?<! ))")  # white space that folding changes; all begins with one kind of sign: quick
NOWHERE = -1
make = tuple.__new__  # make(Span, (…)) is Span(…) in half the time; a page has hundreds of spans, frames and blocks
Runs = tuple[tuple[int, int], ...]
# A step: offset in the texts, offset in the page where it goes on, and where the text before it ends there.
Step = tuple[int, int, int]


def fold(
    plain: str, texts: Sequence[str], places: Sequence[int], first: int = 0, last: int | None = None
) -> tuple[str, Span, Runs] | None:
    """Return texts[first:last] as one folded line, its span in `plain` and its runs; None when they are blank.

    `places` says where in `plain` each text begins; NOWHERE for white space that stands for an element.
    """
    end = len(texts) if last is None else last
    while end > first and places[end - 1] == NOWHERE:
        end -= 1  # blanks at the end say nothing
    if end - first == 1:
        raw, place = texts[first], places[first]
        line = raw.rstrip()
        # Of all white space only a blank is printable.
        if line and plain.startswith(line, place):
            even = line[0] != " " and "  " not in line and line.isprintable()
            if even or line == " ".join(raw.split()):
                return line, make(Span, (place, place + len(line))), ((0, place),)
    own, origins = texts[first:end], places[first:end]
    raw = "".join(own)
    folded = " ".join(raw.split())
    if not folded:
        return None
    steps, stop = _find_steps(plain, own, origins)
    runs = tuple(_write_runs(steps if len(folded) == len(raw) else _fold_steps(raw, steps), len(folded)))
    return folded, Span(runs[0][1], max(stop, runs[0][1])), runs


def _find_steps(plain: str, texts: Sequence[str], places: Sequence[int]) -> tuple[list[Step], int]:
    """Return where the joined texts and `plain` fall out of step, and where in `plain` the last word ends."""
    steps: list[Step] = []
    base = end = 0
    before = NOWHERE
    for text, place in zip(texts, places, strict=True):
        length = len(text)
        if place == NOWHERE:
            before = NOWHERE
        elif plain.startswith(text, place):
            steps.append((base, place, place if before == NOWHERE else before))
            used = len(text.rstrip())
            if used:
                end = place + used
            before = place + length
        else:
            used = len(text.rstrip())
            for offset, origin in align(plain, place, text):
                # Inside a text only entities make steps, and what follows one begins where it ends.
                steps.append((base + offset, origin, origin if offset or before == NOWHERE else before))
                if used and offset <= used:
                    end = origin + used - offset
            before = steps[-1][1] + base + length - steps[-1][0]
        base += length
    return steps, end


def _fold_steps(raw: str, steps: list[Step]) -> Iterable[Step]:
    """Yield the steps with offsets in the folded line, and one more after each stretch that folding shortens."""
    removed = len(raw) - len(raw.lstrip())
    last = len(raw.rstrip())
    number, shift = 0, steps[0][1] - steps[0][0]
    skip = removed  # offsets below this one are white space that is already dealt with
    stretches = [(found.start(), found.end()) for found in UNEVEN.finditer(raw, removed, last)]
    for start, end in [(0, removed), *stretches, (last, len(raw))]:
        while number < len(steps) and steps[number][0] < end:
            offset, origin, before = steps[number]
            shift = origin - offset
            if skip <= offset <= start:
                yield offset - removed, origin, before
            number += 1
        if end <= last:
            while number < len(steps) and steps[number][0] == end:
                shift = steps[number][1] - end
                number += 1
            removed += end - start - 1 if start else 0
            yield end - removed, end + shift, end + shift
            skip = end


def _write_runs(steps: Iterable[Step], length: int) -> Iterable[tuple[int, int]]:
    """Yield the pairs of a block's runs: one for each real step, two where what is before ends somewhere else."""
    shift = None
    for offset, origin, before in steps:
        if origin - offset != shift and offset < length:
            if shift is not None and before != origin:
                yield offset, before
            shift = origin - offset
            yield offset, origin
