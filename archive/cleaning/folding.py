"""Texts of the parser into one line with the way back: white space folded, every code point's origin kept."""

import re
from collections.abc import Iterable, Sequence

from archive.cleaning.marks import align
from archive.model import Span

UNEVEN = re.compile(r"\s\s+|[^\S ]")  # white space that folding changes
NOWHERE = -1
Runs = tuple[tuple[int, int], ...]
# A step: offset in the texts, offset in the page where it goes on, and where the text before it ends there.
Step = tuple[int, int, int]


def fold(plain: str, texts: Sequence[str], places: Sequence[int]) -> tuple[str, Span, Runs] | None:
    """Return texts as one folded line, its span in `plain` and its runs; None when they are blank.

    `places` says where in `plain` each text begins; NOWHERE for white space that stands for an element.
    """
    raw = texts[0] if len(texts) == 1 else "".join(texts)
    folded = " ".join(raw.split())
    if not folded:
        return None
    if len(texts) == 1 and len(folded) == len(raw) and plain.startswith(raw, places[0]):
        return folded, Span(places[0], places[0] + len(raw)), ((0, places[0]),)
    steps, end = _find_steps(plain, texts, places)
    runs = tuple(_write_runs(steps if len(folded) == len(raw) else _fold_steps(raw, steps), len(folded)))
    return folded, Span(runs[0][1], max(end, runs[0][1])), runs


def _find_steps(plain: str, texts: Sequence[str], places: Sequence[int]) -> tuple[list[Step], int]:
    """Return where the joined texts and `plain` fall out of step, and where in `plain` the last word ends."""
    steps: list[Step] = []
    base = end = 0
    before = NOWHERE
    for text, place in zip(texts, places, strict=True):
        if place == NOWHERE:
            before = NOWHERE
        else:
            used = len(text.rstrip())
            for offset, origin in align(plain, place, text):
                # Inside a text only entities make steps, and what follows one begins where it ends.
                steps.append((base + offset, origin, origin if offset or before == NOWHERE else before))
                if used and offset <= used:
                    end = origin + used - offset
            before = steps[-1][1] + base + len(text) - steps[-1][0]
        base += len(text)
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
