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


def write_row(text: str | None, row: OwnRow) -> str:
    """Return a table's text with this row in it, in the place of one of the same id; raises BadRuleFile."""
    lines = _lines_without(text, ())
    places = [place for place, line in enumerate(lines) if _id_of(line) == row.id]
    place = places[0] if places else len(lines)  # other rows may lie in it: it stays where it is
    return check_table("\n".join([*lines[:place], _line(row), *lines[place + 1 :]]) + "\n")


def drop_row(text: str | None, place_id: str) -> str:
    """Return a table's text without the row of this id; raises BadRuleFile when another row needs it."""
    return check_table("\n".join(_lines_without(text, {place_id})) + "\n")


def check_table(text: str) -> str:
    """Return a table's text when all its rows can be used; raises BadRuleFile."""
    program = load_places()
    merge(LIBRARY_FILE, read_own(LIBRARY_FILE, text), program.get, program.country)
    return text


def _lines_without(text: str | None, ids: Iterable[str]) -> list[str]:
    if text is None:
        return ["\t".join(COLUMNS)]
    gone = set(ids)
    return [line for line in text.splitlines() if _id_of(line) not in gone]


def _id_of(line: str) -> str:
    return line.partition("\t")[0].strip()


def _without(folder: Path, ids: Iterable[str]) -> list[str]:
    """Return the lines of the library's table, comments among them, without the rows of these places."""
    file = folder / LIBRARY_FILE
    return _lines_without(read_table(file) if file.is_file() else None, ids)


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
