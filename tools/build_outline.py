"""Make web/charts/outline.json.gz, the coasts and borders under the map, from Natural Earth.

Run: python tools/build_outline.py countries-50m.json (of the npm package world-atlas 2.0.2). Its data is in the
public domain. Two levels are kept, for the world and for a country, each with every line simplified by the method of
Douglas and Peucker. Natural Earth draws borders as they are held; Crimea is put to Ukraine, as the United Nations does.
"""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

OUTLINE = Path(__file__).resolve().parent.parent / "web" / "charts" / "outline.json.gz"
LEVELS = {"world": (0.25, 2.0), "country": (0.025, 0.04)}  # degrees a line may be off, and the least width of an island
HUNDREDTHS = 100  # coordinates are kept in whole hundredths of a degree, 1.1 km
RUSSIA, UKRAINE = "643", "804"
TURN = 360.0  # degrees
ANTARCTIC = -60.0  # where the map ends in the south
CRIMEA = (33.9, 45.1)  # a point of the peninsula

Point = tuple[float, float]
Line = list[Point]


def decode(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs of a topology in degrees."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * wide + west, y * high + south))
        arcs.append(points)
    return arcs


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Yield every ring of a polygon or of several, as numbers of arcs; ~n is arc n backwards."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    for polygon in polygons:
        yield from polygon


def join(ring: Iterable[int], arcs: Sequence[Line]) -> Line:
    """Return a ring's points, without the last, which is the first again."""
    points: Line = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[:-1]
    return points


def simplify(line: Line, off: float) -> Line:
    """Return the line with no point left out that lies further than `off` from what is drawn."""
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = max(((_off(line[n], line[first], line[last]), n) for n in range(first + 1, last)), default=(0.0, 0))
        if far > off:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [line[number] for number in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return float(((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5)


def holds(ring: Line, point: Point) -> bool:
    """Tell whether a point lies inside a ring."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def borders(topology: dict[str, Any], arcs: Sequence[Line]) -> list[int]:
    """Return the arcs that two countries share."""
    owners: dict[int, set[str]] = defaultdict(set)
    for number, country in enumerate(topology["objects"]["countries"]["geometries"]):
        for ring in rings_of(country):
            owner = str(country.get("id", f"nameless {number}"))
            if owner == RUSSIA and holds(join(ring, arcs), CRIMEA):
                owner = UKRAINE
            for arc in ring:
                owners[arc if arc >= 0 else ~arc].add(owner)
    return [arc for arc, found in owners.items() if len(found) > 1]


def flat(line: Line) -> list[int]:
    """Return a line as whole hundredths: longitude and latitude of the first point, then the steps to each next."""
    whole = [(round(x * HUNDREDTHS), round(y * HUNDREDTHS)) for x, y in line]
    steps = [(x - x0, y - y0) for (x, y), (x0, y0) in zip(whole[1:], whole, strict=False)]
    return [number for step in (whole[0], *(one for one in steps if one != (0, 0))) for number in step]


def make_level(topology: dict[str, Any], off: float, least: float) -> dict[str, list[list[int]]]:
    """Return the rings of the land and the lines of the borders at one level."""
    arcs = decode(topology)
    simple = [simplify(arc, off) for arc in arcs]
    (land,) = topology["objects"]["land"]["geometries"]
    rings = [join(ring, simple) for ring in rings_of(land)]
    wide = [ring for ring in rings if len(ring) > 3 and _width(unroll(ring)) >= least]  # noqa: PLR2004 - not an island
    shared = [simple[arc] for arc in borders(topology, arcs)]
    return {
        "land": [flat(one) for ring in wide if min(lat for _, lat in ring) > ANTARCTIC for one in copies(ring)],
        "borders": [flat(one) for line in shared for one in copies(line)],
    }


def unroll(line: Line) -> Line:
    """Return a line that crosses the meridian of 180 degrees without its leap to the other side of the map."""
    unrolled, turn = [line[0]], 0.0
    for (before, _), (lon, lat) in pairwise(line):
        turn += TURN * ((before - lon > TURN / 2) - (lon - before > TURN / 2))
        unrolled.append((lon + turn, lat))
    return unrolled


def copies(line: Line) -> Iterator[Line]:
    """Yield a line as often as it must be drawn: once, or on both sides of the map where it lies over its edge."""
    line = unroll(line)
    lons = [lon for lon, _ in line]
    for turn in (-TURN, 0.0, TURN):
        if min(lons) + turn < TURN / 2 and max(lons) + turn > -TURN / 2:
            yield [(lon + turn, lat) for lon, lat in line]


def _width(ring: Line) -> float:
    return max(max(values) - min(values) for values in zip(*ring, strict=True))


def main() -> int:
    """Write the outline."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    levels = {name: make_level(topology, *limits) for name, limits in LEVELS.items()}
    text = json.dumps(levels, separators=(",", ":")).encode()
    OUTLINE.write_bytes(gzip.compress(text, 9, mtime=0))
    for name, level in levels.items():
        points = sum(len(line) for lines in level.values() for line in lines) // 2
        print(f"{name}: {len(level['land'])} rings, {len(level['borders'])} borders, {points:,} points")
    print(f"{OUTLINE.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
