"""A library's own table of places: checked before it is changed, changed whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.authorities.entries import COLUMNS, OwnRow, PlaceEntry, read_own
from archive.authorities.merging import merge
from archive.authorities.places import LIBRARY_FILE, load_places, read_library_rows, read_table


@dataclass(frozen=True, slots=True)
class Added:
    """What a table brought: places that were new, places we knew that got further names or facts, and all rows now."""

    new: tuple[PlaceEntry, ...]
    known: tuple[PlaceEntry, ...]
    rows: int


def add_places(folder: Path, table: Path) -> Added:
    """Add the rows of a table to the library's own; a row there with the same id is replaced. Raises BadRuleFile.

    `folder` is the home's folder of authorities. Nothing is written when any row cannot be used.
    """
    program = load_places()
    before = load_places(folder)
    added = tuple(read_own(table.name, read_table(table)))
    ids = {row.id for row in added}
    kept = tuple(row for row in read_library_rows(folder) if row.id not in ids)
    # The new rows are checked under their own file's name, and may lie in places of the rows there are.
    stand = merge(LIBRARY_FILE, kept, program.get, program.country)
    made = merge(table.name, added, lambda key: stand.get(key) or program.get(key), program.country)
    _write(folder, _without(folder, ids) + [_line(row) for row in added])
    new = tuple(entry for entry in made.values() if before.get(entry.id) is None)
    known = tuple(entry for entry in made.values() if before.get(entry.id) is not None)
    return Added(new, known, len(kept) + len(added))


def remove_place(folder: Path, place_id: str) -> bool:
    """Take a place, or what was added to one, out of the library's table; False when no row has this id.

    Raises BadRuleFile when another row needs it.
    """
    rows = tuple(read_library_rows(folder))
    left = tuple(row for row in rows if row.id != place_id)
    if len(left) == len(rows):
        return False
    program = load_places()
    merge(LIBRARY_FILE, left, program.get, program.country)
    _write(folder, _without(folder, {place_id}))
    return True


def _without(folder: Path, ids: Iterable[str]) -> list[str]:
    """Return the lines of the library's table, comments among them, without the rows of these places."""
    file = folder / LIBRARY_FILE
    if not file.is_file():
        return ["\t".join(COLUMNS)]
    gone = set(ids)
    return [line for line in read_table(file).splitlines() if line.partition("\t")[0].strip() not in gone]


def _write(folder: Path, lines: Iterable[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{LIBRARY_FILE}.new"
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft.replace(folder / LIBRARY_FILE)


def _line(row: OwnRow) -> str:
    lat, lon = ("" if part is None else str(part) for part in (row.lat, row.lon))
    return "\t".join(
        (row.id, row.name, row.kind, row.parent, row.country, lat, lon, "|".join(row.variants), row.source)
    )
