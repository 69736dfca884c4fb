"""The gazetteer: countries and cities with their ids, read from places.tsv (GeoNames, CC BY 4.0)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

PlaceKind = Literal["country", "city"]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place: `id` as `geonames:99072`, coordinates in degrees (None for countries), population for ties."""

    id: str
    name: str
    kind: PlaceKind
    country: str
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    variants: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return the preferred name and every variant."""
        return (self.name, *self.variants)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by id and by folded name; of several places with one name the most populous comes first."""

    by_id: Mapping[str, PlaceEntry]
    by_name: Mapping[str, tuple[PlaceEntry, ...]]
    by_code: Mapping[str, PlaceEntry]

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place with this id."""
        return self.by_id.get(place_id)

    def country(self, code: str) -> PlaceEntry | None:
        """Return the country with this ISO 3166-1 alpha-2 code."""
        return self.by_code.get(code)

    def candidates(self, name: str) -> tuple[PlaceEntry, ...]:
        """Return every place that bears this name, whatever its case, accents, hyphens or apostrophes."""
        return self.by_name.get(fold_name(name), ())

    def find(self, name: str, country: str | None = None) -> PlaceEntry | None:
        """Return the place of this name: in `country` (a code) when given, else the most populous.

        A name that is some place's preferred name is never taken for another place's variant.
        """
        found = [entry for entry in self.candidates(name) if country in {None, entry.country}]
        folded = fold_name(name)
        preferred = [entry for entry in found if fold_name(entry.name) == folded]
        return next(iter(preferred or found), None)


def fold_name(name: str) -> str:
    """Return a name as it is compared: letters and figures only, without accents or case."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if letter.isalnum()).casefold()


@cache
def load_places() -> Gazetteer:
    """Return the gazetteer shipped with the program."""
    text = (resources.files("archive.authorities") / "places.tsv").read_text(encoding="utf-8")
    entries = [_read_row(line) for line in text.splitlines()[1:]]
    entries.sort(key=lambda entry: (entry.kind != "country", -entry.population, entry.id))
    by_name: dict[str, list[PlaceEntry]] = {}
    for entry in entries:
        for folded in {fold_name(name) for name in entry.names()}:
            by_name.setdefault(folded, []).append(entry)
    return Gazetteer(
        by_id={entry.id: entry for entry in entries},
        by_name={name: tuple(found) for name, found in by_name.items()},
        by_code={entry.country: entry for entry in entries if entry.kind == "country"},
    )


@cache
def country_names() -> tuple[str, ...]:
    """Return the name and every variant of all countries."""
    return tuple(name for entry in load_places().by_code.values() for name in entry.names())


def _read_row(line: str) -> PlaceEntry:
    place_id, name, kind, country, admin1, lat, lon, population, variants = line.split("\t")
    return PlaceEntry(
        id=place_id,
        name=name,
        kind="country" if kind == "country" else "city",
        country=country,
        admin1=admin1 or None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population),
        variants=tuple(variants.split("|")) if variants else (),
    )
