"""Coasts and borders, cut to a view, as paths that an SVG draws. The data is Natural Earth's; see the file NOTICE."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, pairwise
from typing import Final

from web.charts.view import View

FILE: Final = "outline.json.gz"
HUNDREDTHS = 100
WORLD_SPAN = 60.0  # degrees of longitude from which the coarse outline is drawn
BEYOND = 0.02  # of the span: how far outside a line is cut, so that no cut is seen

Point = tuple[float, float]
Line = tuple[Point, ...]
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Outline:
    """What lies under a map: the land and the borders of countries, each as one path."""

    land: str
    borders: str


@dataclass(frozen=True, slots=True)
class _Lines:
    land: tuple[tuple[Box, Line], ...]
    borders: tuple[tuple[Box, Line], ...]


@lru_cache(64)
def draw_outline(view: View) -> Outline:
    """Return the coasts and borders that a view shows."""
    lines = _load()["world" if view.east - view.west > WORLD_SPAN else "country"]
    beyond = (view.east - view.west) * BEYOND
    box = (view.west - beyond, view.south - beyond, view.east + beyond, view.north + beyond)
    land = (_cut_ring(line, box) for bounds, line in lines.land if _meet(bounds, box))
    borders = (part for bounds, line in lines.borders if _meet(bounds, box) for part in _cut_line(line, box))
    return Outline(
        "".join(_path(ring, view) + "z" for ring in land if ring), "".join(_path(part, view) for part in borders)
    )


@cache
def _load() -> dict[str, _Lines]:
    data = json.loads(gzip.decompress((resources.files("web.charts") / FILE).read_bytes()))
    return {name: _Lines(_read(level["land"]), _read(level["borders"])) for name, level in data.items()}


def _read(lines: list[list[int]]) -> tuple[tuple[Box, Line], ...]:
    read = []
    for numbers in lines:
        lons, lats = accumulate(numbers[::2]), accumulate(numbers[1::2])
        line = tuple((lon / HUNDREDTHS, lat / HUNDREDTHS) for lon, lat in zip(lons, lats, strict=True))
        read.append((_bounds(line), line))
    return tuple(read)


def _bounds(line: Iterable[Point]) -> Box:
    lons, lats = zip(*line, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _cut_ring(ring: Line, box: Box) -> Line:
    """Return the part of a ring inside a box, by the method of Sutherland and Hodgman: side by side."""
    for axis, limit, keeps_less in ((0, box[0], False), (1, box[1], False), (0, box[2], True), (1, box[3], True)):
        ring = tuple(_cut_side(ring, axis, limit, keeps_less=keeps_less))
    return ring


def _cut_side(ring: Line, axis: int, limit: float, *, keeps_less: bool) -> Iterator[Point]:
    if not ring:
        return
    before = ring[-1]
    inside_before = (before[axis] <= limit) is keeps_less or before[axis] == limit
    for point in ring:
        inside = (point[axis] <= limit) is keeps_less or point[axis] == limit
        if inside is not inside_before:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            yield before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])
        if inside:
            yield point
        before, inside_before = point, inside


def _cut_line(line: Line, box: Box) -> Iterator[Line]:
    """Yield the runs of a line whose steps touch a box."""
    run: list[Point] = []
    for start, end in pairwise(line):
        if _meet(_bounds((start, end)), box):
            run = run or [start]
            run.append(end)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _path(line: Line, view: View) -> str:
    """Return a line as the data of an SVG path, in tenths of a unit; what falls on the same tenth is drawn once."""
    points = dict.fromkeys(tuple(round(part, 1) for part in view.place(*point)) for point in line)
    return "M" + " ".join(f"{x:g},{y:g}" for x, y in points)
