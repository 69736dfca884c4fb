"""What a map says of places: a disc for each, as large as its reports are many, and names where there is room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

from indexer import Landmark, LocatedPlace
from web.charts.view import WIDTH, View

SMALLEST, LARGEST = 4.0, 22.0  # radii in units of the drawing
LETTER, LINE = 7.0, 15.0  # width of a letter and height of a line, in units
GAP = 3.0
IN_THE_WAY = 12  # discs that no name is written over; smaller ones may lie under one
Anchor = Literal["start", "end", "middle"]


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map, written from, to or around a point on its base line."""

    text: str
    x: float
    y: float
    anchor: Anchor = "middle"


@dataclass(frozen=True, slots=True)
class Disc:
    """One place on the map."""

    place: LocatedPlace
    x: float
    y: float
    radius: float
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """The discs, the most named place first, and the names of countries between them."""

    discs: tuple[Disc, ...]
    countries: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def is_on(place: LocatedPlace, view: View) -> bool:
    """Tell whether a view shows a place."""
    return place.lat is not None and place.lon is not None and view.holds(place.lon, place.lat)


def mark(places: Sequence[LocatedPlace], countries: Iterable[Landmark], view: View) -> Marks:
    """Return what a view shows of these places, the most named first; areas are as the numbers of reports."""
    most = max((place.reports for place in places if is_on(place, view)), default=1)
    discs = [_disc(place, view, most) for place in places if is_on(place, view)]
    taken = [_around(disc) for disc in discs[:IN_THE_WAY]]
    named = []
    for disc in discs:
        own = _around(disc)
        label = _first_free(_beside(disc), [box for box in taken if box != own], view)
        taken += [_box(label)] if label else []
        named.append(replace(disc, label=label))
    said = {place.name for place in places}
    labels = []
    for country in countries:
        if country.name not in said and view.holds(country.lon, country.lat):
            x, y = view.place(country.lon, country.lat)
            label = _first_free([Label(country.name, round(x, 1), round(y, 1))], taken, view)
            taken += [_box(label)] if label else []
            labels += [label] if label else []
    return Marks(tuple(named), tuple(labels))


def _disc(place: LocatedPlace, view: View, most: int) -> Disc:
    x, y = view.place(place.lon or 0.0, place.lat or 0.0)
    radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(place.reports / most)
    return Disc(place, round(x, 1), round(y, 1), round(radius, 1))


def _beside(disc: Disc) -> Iterator[Label]:
    """Yield where a disc's name may stand, the best first: right, left, above, below."""
    name, away = disc.place.name, disc.radius + GAP
    yield Label(name, round(disc.x + away, 1), disc.y + 4, "start")
    yield Label(name, round(disc.x - away, 1), disc.y + 4, "end")
    yield Label(name, disc.x, round(disc.y - away, 1))
    yield Label(name, disc.x, round(disc.y + away + LINE * 0.75, 1))


def _first_free(labels: Iterable[Label], taken: Sequence[_Box], view: View) -> Label | None:
    for label in labels:
        box = _box(label)
        inside = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= view.height
        if inside and not any(box.meets(other) for other in taken):
            return label
    return None


def _around(disc: Disc) -> _Box:
    return _Box(disc.x - disc.radius, disc.y - disc.radius, disc.x + disc.radius, disc.y + disc.radius)


def _box(label: Label) -> _Box:
    wide = len(label.text) * LETTER
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return _Box(left, label.y - LINE * 0.8, left + wide, label.y + LINE * 0.2)
