"""The part of the world that a map shows, and where on the drawing a point of it lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Final

WIDTH: Final = 900  # units of the drawing
FLATTEST, TALLEST = 2.2, 1.35  # width by height
LEAST_SPAN = 3.0  # degrees: one town is shown with what lies around it
MARGIN = 0.12  # of the span, on each side
SOUTH, NORTH = -58.0, 80.0  # where the world ends on a map of people
WORLD_WEST, WORLD_EAST = -180.0, 180.0


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of the world between meridians and parallels, in degrees, drawn in true shape at its middle."""

    west: float
    south: float
    east: float
    north: float

    @property
    def height(self) -> int:
        """Return the height of the drawing, which is WIDTH wide."""
        return round((self.north - self.south) * self._scale)

    @property
    def _scale(self) -> float:
        return WIDTH / ((self.east - self.west) * self._narrowing)

    @property
    def _narrowing(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where on the drawing a point lies, from its upper left corner."""
        return (lon - self.west) * WIDTH / (self.east - self.west), (self.north - lat) * self._scale

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point is on the drawing."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


WORLD: Final = View(WORLD_WEST, SOUTH, WORLD_EAST, NORTH)


def fit(points: Iterable[tuple[float, float]]) -> View:
    """Return the smallest good view of these points (longitude, latitude) with room around; the world for none."""
    points = tuple(points)
    if not points:
        return WORLD
    west, east = _widen(*_ends(lon for lon, _ in points), LEAST_SPAN)
    south, north = _widen(*_ends(lat for _, lat in points), LEAST_SPAN / TALLEST)
    narrowing = max(cos(radians((south + north) / 2)), 0.2)
    wide, high = (east - west) * narrowing, north - south
    if wide < high * TALLEST:
        west, east = _widen(west, east, high * TALLEST / narrowing, margin=0)
    elif wide > high * FLATTEST:
        south, north = _widen(south, north, wide / FLATTEST, margin=0)
    if east - west >= WORLD_EAST - WORLD_WEST:
        return WORLD
    west, east = _shift(west, east, WORLD_WEST, WORLD_EAST)
    south, north = _shift(south, north, SOUTH, NORTH)
    return View(west, south, east, north)


def _ends(values: Iterable[float]) -> tuple[float, float]:
    values = tuple(values)
    return min(values), max(values)


def _widen(low: float, high: float, least: float, margin: float = MARGIN) -> tuple[float, float]:
    middle, span = (low + high) / 2, max((high - low) * (1 + 2 * margin), least)
    return middle - span / 2, middle + span / 2


def _shift(low: float, high: float, first: float, last: float) -> tuple[float, float]:
    """Return a stretch moved to lie between two ends, cut where it is longer than they are apart."""
    move = max(first - low, 0.0) - max(high - last, 0.0)
    return max(low + move, first), min(high + move, last)
