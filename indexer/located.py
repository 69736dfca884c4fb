"""Where the reports of a result lie: every place of the facet with its point, its level and what it lies in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from archive.authorities import Gazetteer, PlaceEntry
from indexer.document import UNKNOWN
from indexer.results import Searched

Level = Literal["country", "province", "place"]
MANY = 500_000  # inhabitants of a country whose name helps to read a map
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A name on the map: a country, at its point in degrees."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """One place that reports of a result name, and how many do, those that name a place inside it among them.

    `value` is its value of the place facet, `inside` are the values of the places it lies in, its country first.
    Without a point in degrees `lat` and `lon` are None. A part of the world (Asia, the Black Sea) has no country.
    """

    value: str
    name: str
    level: Level
    country: str | None
    lat: float | None
    lon: float | None
    reports: int
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """The places of all reports of a result, the most named first, and how many reports there are and name none."""

    searched: Searched
    total: int
    nowhere: int
    places: tuple[LocatedPlace, ...]
    countries: tuple[Landmark, ...]


def locate(
    counts: Mapping[str, int], total: int, selected: tuple[str, ...], gazetteer: Gazetteer, searched: Searched
) -> Located:
    """Return the places of the place facet's counts.

    The facet counts as if no place were selected; with places selected only these, what lies in them and what they
    lie in is kept, whose counts the selection does not change.
    """
    found = [place for value, count in counts.items() if (place := _locate(value, count, gazetteer))]
    chosen = set(selected) - {UNKNOWN}
    if chosen:
        outer = {value for place in found if place.value in chosen for value in place.inside}
        found = [place for place in found if place.value in outer or chosen & {place.value, *place.inside}]
    found.sort(key=lambda place: (-place.reports, place.value))
    nowhere = 0 if chosen else counts.get(UNKNOWN, 0)
    return Located(searched, total, nowhere, tuple(found), tuple(_landmarks(gazetteer)))


def _locate(value: str, count: int, gazetteer: Gazetteer) -> LocatedPlace | None:
    entry = gazetteer.get(value) or gazetteer.country(value)
    if entry is None or value == UNKNOWN:
        return None
    around = tuple(larger.id for larger in gazetteer.around(entry.id))
    inside = () if entry.kind == "country" else (*((entry.country,) if entry.country else ()), *around)
    country = entry.country or None
    return LocatedPlace(value, entry.name, _level(entry), country, entry.lat, entry.lon, count, inside)


def _level(entry: PlaceEntry) -> Level:
    return "country" if entry.kind == "country" else "province" if entry.kind == "province" else "place"


def _landmarks(gazetteer: Gazetteer) -> Iterator[Landmark]:
    """Yield the countries of today that are no mere island, the largest first; former states lie where these do."""
    known = [entry for entry in gazetteer.countries() if entry.population >= MANY]
    for entry in sorted(known, key=lambda entry: -entry.population):
        if entry.lat is not None and entry.lon is not None:
            yield Landmark(entry.name, entry.lat, entry.lon)
