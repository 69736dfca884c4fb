"""Spellings of one place that readers search by: those of our own tables and of the library's, not every transcription.

GeoNames lists dozens of forms of a large city's name, among them words and other places (Mosel for Mosul). Here are
the forms that people chose: Ninawa, Nineveh, Ninewa; Saigon, Ho Chi Minh City; Kokjali, Gogjali.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from archive.authorities.building import read_own_tables
from archive.authorities.entries import OwnRow, PlaceEntry
from archive.authorities.folding import fold_name
from archive.authorities.places import Gazetteer, load_places, read_library_rows

# Names that readers type as ordinary words.
WORDS: Final = frozenset({"central", "crater", "hail", "north", "reunion", "south", "turkey", "unity"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """The name a place is shown under, and the names that are searched for when one of them is."""

    label: str
    variants: tuple[str, ...]


def find_spelling(words: str, folder: Path | None = None) -> Spelling | None:
    """Return the spellings of the place these words name; none where they name places in several countries.

    `folder` holds a library's own places. Quarters are meant only by names of one word: an old city is in every town.
    """
    return _spellings(load_places(folder), folder).get(fold_name(words))


def spelled_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return every name that `find_spelling` knows, as printed."""
    known = _spellings(load_places(folder), folder)
    names = dict.fromkeys(name for spelling in known.values() for name in spelling.variants)
    return tuple(name for name in names if fold_name(name) in known)


@lru_cache(8)
def _spellings(gazetteer: Gazetteer, folder: Path | None) -> Mapping[str, Spelling]:
    found: dict[str, list[tuple[PlaceEntry, tuple[str, ...]]]] = {}
    for place_id, names in _chosen([*read_own_tables(), *read_library_rows(folder)]).items():
        entry = gazetteer.get(place_id)
        if entry is None:
            continue
        whole = tuple(dict.fromkeys((entry.name, *names)))
        for key in {fold_name(name) for name in whole if entry.tier == 1 or " " not in name} - WORDS:
            found.setdefault(key, []).append((entry, whole))
    return {key: _join(places) for key, places in found.items() if len({entry.country for entry, _ in places}) == 1}


def _chosen(rows: list[OwnRow]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for row in rows:
        chosen[row.id] = (*chosen.get(row.id, ()), *row.variants)
    return {place_id: names for place_id, names in chosen.items() if names}


def _join(places: list[tuple[PlaceEntry, tuple[str, ...]]]) -> Spelling:
    """Join a town and the province of its name, which reports do not tell apart."""
    names = dict.fromkeys(name for _, whole in places for name in whole)
    return Spelling(places[0][0].name, tuple(names))
