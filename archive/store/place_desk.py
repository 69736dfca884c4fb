"""The library's own places, as a person works on them: added, given further names, taken out, each with its event."""

import re
from dataclasses import dataclass
from typing import Any

from archive.authorities import (
    Gazetteer,
    OwnRow,
    PlaceEntry,
    check_table,
    drop_row,
    load_places,
    read_library_rows,
    write_row,
)
from archive.errors import BadRuleFile
from archive.holdings import Event, OwnFileEdit
from archive.identifiers import make_collection_key
from archive.store.access import Access
from archive.store.own_files import OwnFiles
from archive.store.room import Room

FILE = "authorities/places.tsv"
PREFIX = "library:"
SPACE = re.compile(r"[\s|]+")  # tabs and lines part the table's cells, | its variants
LONGEST, MOST_VARIANTS = 200, 200


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """What a person says of a place; an id of none yet is made from the name. `variants` are further names."""

    id: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    country: str = ""
    lat: str = ""
    lon: str = ""
    variants: tuple[str, ...] = ()
    source: str = ""


class PlaceDesk(Room):
    """The library's own table of places; what it changes in reports is a job's."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._files = OwnFiles(access)

    def gazetteer(self) -> Gazetteer:
        """Return every place there is, the library's own among them; raises BadRuleFile."""
        return load_places(self.home.authorities)

    def rows(self) -> tuple[OwnRow, ...]:
        """Return the rows of the library's own table; raises BadRuleFile."""
        return tuple(read_library_rows(self.home.authorities))

    def find(self, name: str, most: int = 30) -> tuple[PlaceEntry, ...]:
        """Return the places that bear a name, the likeliest first."""
        return tuple(self.gazetteer().candidates(name))[:most]

    def draft(self, place_id: str) -> PlaceDraft | None:
        """Return what the library's table says of a place; of one it does not have, an empty row with its id."""
        row = next((row for row in self.rows() if row.id == place_id), None)
        if row is None:
            return PlaceDraft(place_id) if self.gazetteer().get(place_id) else None
        lat, lon = ("" if part is None else f"{part:g}" for part in (row.lat, row.lon))
        return PlaceDraft(row.id, row.name, row.kind, row.parent, row.country, lat, lon, row.variants, row.source)

    def preview(self, draft: PlaceDraft) -> str:
        """Return the table's text as it would be with this place; raises BadRuleFile."""
        return write_row(self._files.read(FILE), self._row(draft))

    def put(self, draft: PlaceDraft, *, by: str, reason: str = "") -> Event | None:
        """Put a place into the library's table; None when that changes nothing. Raises BadRuleFile."""
        row = self._row(draft)
        return self._files.change(FILE, lambda text: write_row(text, row), by=by, reason=reason)

    def remove(self, place_id: str, *, by: str, reason: str = "") -> Event | None:
        """Take a place, or what was added to one, out of the table; raises BadRuleFile when another row needs it."""
        return self._files.change(FILE, lambda text: text and drop_row(text, place_id), by=by, reason=reason)

    def edits(self) -> tuple[OwnFileEdit, ...]:
        """Return every change of the table that was made here, the latest first."""
        return self._files.edits(FILE)

    def undo(self, event: int, *, by: str) -> Event:
        """Take a change of the table back; raises NotUndoable, AlreadyUndone, OwnFileMoved and BadRuleFile."""
        return self._files.undo(event, by=by, check=lambda text: check_table(text) if text else text)

    def _row(self, draft: PlaceDraft) -> OwnRow:
        name = _cell(draft.name)
        place_id = _cell(draft.id) or self._make_id(name)
        variants = tuple(dict.fromkeys(filter(None, map(_cell, draft.variants))))[:MOST_VARIANTS]
        lat, lon = (_degrees(part) for part in (draft.lat, draft.lon))
        country = _cell(draft.country).upper()
        return OwnRow(place_id, name, _cell(draft.kind), _cell(draft.parent), country, lat, lon, variants,
                      _cell(draft.source))  # fmt: skip

    def _make_id(self, name: str) -> str:
        if not name:
            raise BadRuleFile("places.tsv", "the place", "has no name")
        start = made = PREFIX + make_collection_key(name)
        known, number = self.gazetteer(), 2
        while known.get(made) is not None:
            made, number = f"{start}-{number}", number + 1
        return made


def _cell(text: str) -> str:
    return SPACE.sub(" ", text.replace("\x00", "")).strip()[:LONGEST]


def _degrees(text: str) -> Any:  # noqa: ANN401 - what is no number is checked, and named, where the table is read
    text = text.strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        return text[:LONGEST]
