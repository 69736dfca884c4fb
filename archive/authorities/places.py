"""The gazetteer: every place under one id, found by any of its names."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from archive.authorities.building import build, open_compiled, vouched_names
from archive.authorities.compiled import Compiled, first_words, names_of
from archive.authorities.entries import LISTED, OwnRow, PlaceEntry, read_own
from archive.authorities.folding import fold_more, fold_name
from archive.authorities.merging import merge
from archive.authorities.words import find_demonym, find_former
from archive.errors import BadRuleFile

LIBRARY_FILE: Final = "places.tsv"
DEEPEST: Final = 12  # parents above one place; more is a circle
NAMES_KEPT: Final = 65_536  # names whose candidates a process keeps at hand
_IN_USE: ContextVar["Gazetteer | None"] = ContextVar("gazetteer in use", default=None)


@dataclass(frozen=True, slots=True)
class _Library:
    """The places of a library's own file, which go before the program's."""

    by_id: Mapping[str, PlaceEntry]
    by_name: Mapping[str, tuple[PlaceEntry, ...]]
    longest: Mapping[str, int]


NO_LIBRARY: Final = _Library({}, {}, {})


class Gazetteer:
    """Places by id and by any name; of several places with one name countries and large places come first."""

    def __init__(self, compiled: Compiled, library: _Library = NO_LIBRARY) -> None:
        """Keep what was asked for before: texts name the same places again and again."""
        self.compiled, self.library = compiled, library
        self.candidates = lru_cache(NAMES_KEPT)(self._candidates)
        self.longest = lru_cache(NAMES_KEPT)(self._longest)

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place with this id."""
        return self.library.by_id.get(place_id) or self.compiled.get(place_id)

    def country(self, code: str) -> PlaceEntry | None:
        """Return the country with this ISO 3166-1 alpha-2 code; former states have their codes of ISO 3166-3."""
        entry = self.compiled.countries.get(code)
        return entry and (self.library.by_id.get(entry.id) or entry)

    def countries(self) -> tuple[PlaceEntry, ...]:
        """Return all countries, former states among them."""
        return tuple(self.library.by_id.get(entry.id) or entry for entry in self.compiled.countries.values())

    def _candidates(self, name: str) -> tuple[PlaceEntry, ...]:
        """Return every place that bears this name, whatever its case, accents, hyphens, apostrophes or article."""
        found = self._named(fold_name(name))
        return found or next(filter(None, map(self._named, fold_more(name))), ())

    def _named(self, folded: str) -> tuple[PlaceEntry, ...]:
        own = self.library.by_name.get(folded, ())
        found = self.compiled.named(folded)
        if not self.library.by_id:
            return found
        rest = tuple(self.library.by_id.get(entry.id) or entry for entry in found if entry not in own)
        return tuple({entry.id: entry for entry in (*own, *rest)}.values())

    def _longest(self, word: str) -> int:
        """Return how many words the longest name has that begins with this word; 0 when no name does.

        Words are parted by white space, or by white space and hyphens: both ways of counting work.
        """
        folded = filter(None, (fold_name(word), *fold_more(word)))
        lengths = (max(self.compiled.longest(key), self.library.longest.get(key, 0)) for key in folded)
        return max(lengths, default=0)

    def find(self, name: str, country: str | None = None) -> PlaceEntry | None:
        """Return the place of this name: in `country` (a code) when given, else the first of the candidates.

        A name that is some place's preferred name is never taken for another place's variant. Villages that are only
        listed need their country: elsewhere half the world's words are one.
        """
        found = [entry for entry in self.candidates(name) if country == entry.country or _stands_alone(entry, country)]
        folded = fold_name(name)
        preferred = [entry for entry in found if fold_name(entry.name) == folded]
        return next(iter(preferred or found), None)

    def names(self, place_id: str) -> tuple[str, ...]:
        """Return every name of a place, the preferred one first; none for an unknown id."""
        entry = self.get(place_id)
        return entry.names() if entry else ()

    def vouches(self, place_id: str, folded: str) -> bool:
        """Tell whether our own tables or the library's give a place this folded name, however small the place is."""
        return (place_id, folded) in vouched_names() or place_id in self.library.by_id

    def parents(self, place_id: str) -> tuple[PlaceEntry, ...]:
        """Return the places that a place lies in, from its country down to the nearest, without the place itself."""
        above: list[PlaceEntry] = []
        entry = self.get(place_id)
        while entry is not None and entry.parent and len(above) < DEEPEST:
            entry = self.get(entry.parent)
            if entry is not None:
                above.append(entry)
        return tuple(reversed(above))

    def around(self, place_id: str) -> tuple[PlaceEntry, ...]:
        """Return the places that a place lies in without its country: province first, then town."""
        return tuple(entry for entry in self.parents(place_id) if entry.kind != "country")

    def closure(self, place_ids: Iterable[str]) -> tuple[str, ...]:
        """Return these ids and those of every place around them, each once, larger places first."""
        ids: dict[str, None] = {}
        for place_id in place_ids:
            ids |= dict.fromkeys((*(entry.id for entry in self.parents(place_id)), place_id))
        return tuple(ids)

    def admin1(self, country: str, name: str) -> PlaceEntry | None:
        """Return a country's first-level division by any of its names."""
        found = [one for one in self.candidates(name) if one.country == country and one.kind == "province"]
        return found[0] if found else None

    @staticmethod
    def demonym(word: str) -> tuple[str, ...]:
        """Return the ids of the places whose people a capitalised word names; none when it names no people."""
        found = find_demonym(word)
        return found.places if found else ()

    def former(self, name: str, year: int | None = None) -> PlaceEntry | None:
        """Return the place that once had this name, in a year when one is given."""
        found = find_former(name, year)
        return self.get(found.place) if found else None

    def __iter__(self) -> Iterator[PlaceEntry]:
        """Yield every place once."""
        yield from self.library.by_id.values()
        yield from (entry for entry in self.compiled if entry.id not in self.library.by_id)


def _stands_alone(entry: PlaceEntry, country: str | None) -> bool:
    return country is None and entry.tier != LISTED


def load_places(folder: Path | None = None) -> Gazetteer:
    """Return the gazetteer, with the places of `folder`/places.tsv added; raises BadRuleFile.

    Without a folder it is the gazetteer in use (see `using_places`). Compiles the program's own tables at first use.
    A changed file is read anew at the next call.
    """
    if folder is None:
        return _IN_USE.get() or _load(None, 0, 0)
    file = folder / LIBRARY_FILE
    if not file.is_file():
        return _load(None, 0, 0)
    state = file.stat()
    return _load(file, state.st_mtime_ns, state.st_size)


@contextmanager
def using_places(folder: Path | None) -> Iterator[Gazetteer]:
    """Let `load_places()` mean the gazetteer with a library's own places, inside this block and thread only."""
    gazetteer = load_places(folder) if folder else _load(None, 0, 0)
    token = _IN_USE.set(gazetteer)
    try:
        yield gazetteer
    finally:
        _IN_USE.reset(token)


def build_places() -> tuple[Path, int]:
    """Compile the program's tables anew; return the file and how many places are in it."""
    path = build()
    return path, len(Compiled(path))


def read_library_rows(folder: Path | None) -> Iterator[OwnRow]:
    """Return the rows of a library's own table, none where there is no table; raises BadRuleFile."""
    file = None if folder is None else folder / LIBRARY_FILE
    if file is None or not file.is_file():
        return iter(())
    return read_own(file.name, read_table(file))


def read_table(file: Path) -> str:
    """Return the text of a table of places; raises BadRuleFile."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadRuleFile(file.name, "the file", f"cannot be read as UTF-8 text ({problem})") from problem


@cache
def country_names() -> tuple[str, ...]:
    """Return the name and every variant of all countries."""
    return tuple(name for entry in load_places().countries() for name in entry.names())


@lru_cache(8)
def _load(file: Path | None, _changed: int, _size: int) -> Gazetteer:
    if file is None:
        return Gazetteer(open_compiled())
    return Gazetteer(open_compiled(), _read_library(file, _load(None, 0, 0)))


def _read_library(file: Path, known: Gazetteer) -> _Library:
    by_id = merge(file.name, read_library_rows(file.parent), known.get, known.country)
    by_name: dict[str, tuple[PlaceEntry, ...]] = {}
    longest: dict[str, int] = {}
    for entry in by_id.values():
        for key in names_of(entry):
            by_name[key] = (*by_name.get(key, ()), entry)
            longest.setdefault(key, 1)
        for name in entry.names():
            for word, count in first_words(name):
                longest[word] = max(longest.get(word, 1), count)
    return _Library(by_id, by_name, longest)
