"""What a library says of outlets, in authorities/outlets.toml: who they are, who owned them, which are the same.

Example: `[tern-gazette]`, and below it `about = "A weekly of the river ports."` and `same_as = "tern-courier"`.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from archive.errors import BadRuleFile

OUTLET_NOTES: Final = "outlets.toml"
KEYS: Final = ("about", "note", "same_as")
TABLE = re.compile(r"\s*\[(?P<key>[^\[\]]+)\]\s*(?:#.*)?")  # [tern-gazette]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class OutletNote:
    """What a library says of one outlet; `same_as` is the outlet that its reports are counted to."""

    key: str
    about: str = ""
    note: str = ""
    same_as: str = ""


NO_NOTES: Final[Mapping[str, OutletNote]] = MappingProxyType({})


def read_outlet_notes(folder: Path | None) -> Mapping[str, OutletNote]:
    """Return what is said of each outlet, by its key; nothing without a file. Raises BadRuleFile."""
    file = None if folder is None else folder / OUTLET_NOTES
    if file is None or not file.is_file():
        return NO_NOTES
    try:
        return parse_outlet_notes(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as problem:
        raise BadRuleFile(OUTLET_NOTES, "the file", f"cannot be read as UTF-8 text ({problem})") from problem


def parse_outlet_notes(text: str) -> Mapping[str, OutletNote]:
    """Return what a text says of each outlet, by its key; raises BadRuleFile."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadRuleFile(OUTLET_NOTES, "the file", f"is not valid TOML ({problem})") from problem
    notes = {key: _read(key, table) for key, table in tables.items()}
    for key in notes:
        follow_outlet(key, notes)
    return MappingProxyType(notes)


def follow_outlet(key: str, notes: Mapping[str, OutletNote]) -> str:
    """Return the outlet that this one's reports are counted to, itself unless it is the same as another."""
    seen = [key]
    while (note := notes.get(seen[-1])) is not None and note.same_as:
        if note.same_as in seen:
            raise BadRuleFile(OUTLET_NOTES, f"{key}.same_as", f"leads back to '{note.same_as}'")
        seen.append(note.same_as)
    return seen[-1]


def write_outlet_note(text: str, note: OutletNote) -> str:
    """Return the text of outlets.toml with one outlet's table written anew; the rest stays. Raises BadRuleFile."""
    kept, inside = [], False
    for line in text.splitlines():
        if header := TABLE.fullmatch(line):
            inside = header["key"].strip(" \"'") == note.key
        if not inside:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    values = {name: UNSEEN.sub("", getattr(note, name))[:LONGEST].strip() for name in KEYS}
    if any(values.values()):
        kept += [*([""] if kept else []), f'["{note.key}"]']
        kept += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    written = "\n".join(kept) + "\n"
    parse_outlet_notes(written)
    return written


def _read(key: str, table: object) -> OutletNote:
    if not isinstance(table, dict):
        raise BadRuleFile(OUTLET_NOTES, key, "must be a table, opened by the outlet's key in square brackets")
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise BadRuleFile(OUTLET_NOTES, f"{key}.{unknown[0]}", f"is unknown; known are {', '.join(KEYS)}")
    for name, value in table.items():
        if not isinstance(value, str):
            raise BadRuleFile(OUTLET_NOTES, f"{key}.{name}", "must be a text")
    return OutletNote(key, **table)
