"""The gazetteer as one read-only file: mapped, never loaded, so that it opens at once and processes share it.

Layout: magic, length of the header, header (JSON: digest of the tables, sections), sections. A section is an array
of numbers in the machine's own order, or the records: one place per line, tab-separated, in UTF-8. Names are kept as
64-bit digests of their folded form, sorted, so that a look-up is one bisection.
"""

import json
import mmap
import os
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Literal, cast

from archive.authorities.entries import PlaceEntry, PlaceKind
from archive.authorities.folding import fold_all, fold_name

MAGIC: Final = b"DATELINE GAZETTEER 1\n"
LENGTH: Final = 4  # bytes that say how long the header is
ENTRIES_KEPT: Final = 16_384  # entries read from the file that a process keeps at hand
ALIGNED: Final = 8


class Compiled:
    """One compiled gazetteer, open for reading; see `write` for what is in it."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises OSError or ValueError when it cannot be used."""
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size = len(MAGIC) + LENGTH
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(path)
        length = int.from_bytes(self._map[len(MAGIC) : size], "big")
        self._header: dict[str, Any] = json.loads(self._map[size : size + length])
        if self._header["order"] != sys.byteorder or self._header["size"] != len(self._map):
            raise ValueError(path)
        self._keys, self._places = self._numbers("keys", "Q"), self._numbers("places", "I")
        self._firsts, self._lengths = self._numbers("firsts", "Q"), self._numbers("lengths", "B")
        self._ids, self._owners = self._numbers("ids", "Q"), self._numbers("owners", "I")
        self._offsets = self._numbers("offsets", "Q")
        self._records = self._header["sections"]["records"][0]
        self.entry = lru_cache(ENTRIES_KEPT)(self._read)

    def _numbers(self, section: str, code: Literal["B", "I", "Q"]) -> "memoryview[int]":
        start, end = self._header["sections"][section]
        return memoryview(self._map)[start:end].cast(code)

    @property
    def digest(self) -> str:
        """The digest of the tables this file was made from."""
        return str(self._header["digest"])

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[PlaceEntry]:
        return (self._read(number) for number in range(len(self)))

    @cached_property
    def countries(self) -> dict[str, PlaceEntry]:
        """The countries by code."""
        entries = (self.entry(number) for number in self._header["countries"])
        return {entry.country: entry for entry in entries}

    def named(self, folded: str) -> tuple[PlaceEntry, ...]:
        """Return the places under a folded name, countries first, then by tier and population."""
        key = _digest(folded)
        first = bisect_left(self._keys, key)
        if first == len(self._keys) or self._keys[first] != key:
            return ()
        last = bisect_right(self._keys, key, first)
        return tuple(self.entry(number) for number in self._places[first:last])

    def longest(self, folded: str) -> int:
        """Return how many words the longest name has that begins with this folded word; 0 when none does."""
        key = _digest(folded)
        at = bisect_left(self._firsts, key)
        if at < len(self._firsts) and self._firsts[at] == key:
            return self._lengths[at]
        at = bisect_left(self._keys, key)
        return int(at < len(self._keys) and self._keys[at] == key)

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place with this id."""
        key = _digest(place_id)
        at = bisect_left(self._ids, key)
        return self.entry(self._owners[at]) if at < len(self._ids) and self._ids[at] == key else None

    def _read(self, number: int) -> PlaceEntry:
        start, end = self._offsets[number], self._offsets[number + 1]
        line = self._map[self._records + start : self._records + end].decode()
        place_id, name, kind, country, admin1, lat, lon, population, tier, parent, variants = line.split("\t")
        return PlaceEntry(
            place_id,
            name,
            cast("PlaceKind", kind),
            country,
            admin1 or None,
            float(lat) if lat else None,
            float(lon) if lon else None,
            int(population),
            tuple(variants.split("|")) if variants else (),
            int(tier),
            parent or None,
        )


def write(path: Path, entries: Iterable[PlaceEntry], digest: str) -> None:
    """Write the compiled gazetteer of these places; the file appears whole or not at all."""
    ordered = sorted(entries, key=_rank)
    records = [_record(entry) for entry in ordered]
    sections: dict[str, bytes] = {name: data.tobytes() for name, data in _arrays(ordered, records).items()}
    sections["records"] = b"".join(records)
    header = {"digest": digest, "order": sys.byteorder, "countries": _countries(ordered)}
    draft = path.with_suffix(f".{os.getpid()}.new")
    with draft.open("wb") as file:
        file.writelines(_pieces(header, sections))
    draft.replace(path)


def names_of(entry: PlaceEntry) -> set[str]:
    """Return every folded name under which a place is found."""
    return {key for name in entry.names() for key in fold_all(name, entry.country) if key}


def first_words(name: str) -> Iterator[tuple[str, int]]:
    """Yield the folded words that a name of several words can begin with, each with the number of words in all."""
    for parts in (name.split(), name.replace("-", " ").split()):
        if len(parts) > 1 and (first := fold_name(parts[0])):
            yield first, len(parts)


def _rank(entry: PlaceEntry) -> tuple[bool, int, float, str]:
    # A division shares its name with its capital, which is what reports mean.
    people = entry.population / 8 if entry.kind == "province" else entry.population
    return entry.kind != "country", entry.tier, -people, entry.id


def _arrays(entries: list[PlaceEntry], records: list[bytes]) -> "dict[str, array[int]]":
    keys = sorted(_digest(key) << 32 | number for number, entry in enumerate(entries) for key in names_of(entry))
    longest: dict[str, int] = {}
    for entry in entries:
        for name in entry.names():
            for word, count in first_words(name):
                if count > longest.get(word, 1):
                    longest[word] = min(count, 255)
    beginnings = sorted((_digest(word), count) for word, count in longest.items())
    ids = sorted((_digest(entry.id), number) for number, entry in enumerate(entries))
    offsets = array("Q", [0])
    for record in records:
        offsets.append(offsets[-1] + len(record))
    return {
        "keys": array("Q", [key >> 32 for key in keys]),
        "places": array("I", [key & 0xFFFFFFFF for key in keys]),
        "firsts": array("Q", [key for key, _ in beginnings]),
        "lengths": array("B", [count for _, count in beginnings]),
        "ids": array("Q", [key for key, _ in ids]),
        "owners": array("I", [number for _, number in ids]),
        "offsets": offsets,
    }


def _record(entry: PlaceEntry) -> bytes:
    cells = (
        entry.id, entry.name, entry.kind, entry.country, entry.admin1, entry.lat, entry.lon,
        entry.population, entry.tier, entry.parent, "|".join(entry.variants),
    )  # fmt: skip
    return "\t".join("" if cell is None else str(cell) for cell in cells).encode()


def _countries(entries: list[PlaceEntry]) -> list[int]:
    return [number for number, entry in enumerate(entries) if entry.kind == "country" and entry.country]


def _pieces(header: dict[str, Any], sections: dict[str, bytes]) -> Iterator[bytes]:
    """Yield the file: the header is written with room to spare, so that its own length does not move the sections."""
    room = len(json.dumps(header)) + 64 * (len(sections) + 1)
    room += -(len(MAGIC) + LENGTH + room) % ALIGNED
    start = len(MAGIC) + LENGTH + room
    places: dict[str, tuple[int, int]] = {}
    for name, data in sections.items():
        places[name] = (start, start + len(data))
        start += len(data) + -len(data) % ALIGNED
    yield MAGIC
    yield room.to_bytes(LENGTH, "big")
    yield json.dumps(header | {"sections": places, "size": start}).encode().ljust(room)
    for data in sections.values():
        yield data + b"\0" * (-len(data) % ALIGNED)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), sys.byteorder)
