"""Texts of the parser into one line with the way back: white space folded, every code point's origin kept."""

import re
from collections.abc import Iterable, Sequence

from archive.cleaning.marks import align
from archive.model import Span

UNEVEN = re.compile(r"\s\s+|[^\S ]")  # white space that folding changes
NOWHERE = -1
Runs = tuple[tuple[int, int], ...]


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
    pairs, end = _find_origins(plain, texts, places)
    runs = tuple(_drop_continued(pairs if len(folded) == len(raw) else _fold_pairs(raw, pairs)))
    return folded, Span(runs[0][1], max(end, runs[0][1])), runs


def _find_origins(plain: str, texts: Sequence[str], places: Sequence[int]) -> tuple[list[tuple[int, int]], int]:
    """Return (offset in the joined texts, offset in `plain`) pairs, and where in `plain` the last word ends."""
    pairs: list[tuple[int, int]] = []
    base = end = 0
    for text, place in zip(texts, places, strict=True):
        if place != NOWHERE:
            used = len(text.rstrip())
            for offset, origin in align(plain, place, text):
                pairs.append((base + offset, origin))
                if used and offset <= used:
                    end = origin + used - offset
        base += len(text)
    return pairs, end


def _fold_pairs(raw: str, pairs: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Yield the pairs with offsets in the folded line, and one more after each stretch that folding shortens."""
    removed = len(raw) - len(raw.lstrip())
    last = len(raw.rstrip())
    number, shift = 0, pairs[0][1] - pairs[0][0]
    skip = removed  # offsets below this one are white space that is already dealt with
    stretches = [(found.start(), found.end()) for found in UNEVEN.finditer(raw, removed, last)]
    for start, end in [(0, removed), *stretches, (last, len(raw))]:
        while number < len(pairs) and pairs[number][0] < end:
            offset, origin = pairs[number]
            shift = origin - offset
            if skip <= offset <= start:
                yield offset - removed, origin
            number += 1
        if end <= last:
            while number < len(pairs) and pairs[number][0] == end:
                shift = pairs[number][1] - end
                number += 1
            removed += end - start - 1 if start else 0
            yield end - removed, end + shift
            skip = end


def _drop_continued(pairs: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Yield the pairs at which the two sides really fall out of step."""
    step = None
    for offset, origin in pairs:
        if origin - offset != step:
            step = origin - offset
            yield offset, origin
