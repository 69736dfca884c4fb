"""The index's stamp: what was indexed, how, up to which event, and what the files looked like then.

An index without a fitting stamp is never opened. That is safety as well as correctness: whoosh runs code it finds
in an index it opens, so the stamp also names the folder on this very disk. A folder that came from elsewhere has
another number and is rebuilt.
"""

import json
import os
import unicodedata
import zlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeGuard

from indexer.analysis import ANALYSIS_VERSION

INDEX_VERSION = "8"  # raised whenever documents or an engine's fields change
ANALYSIS = f"{ANALYSIS_VERSION}/{unicodedata.unidata_version}"
STAMP_FILE = "stamp.json"
SAMPLE = 128 * 1024  # bytes looked at on either end of a file; more would be much of the wait for a first answer


@dataclass(frozen=True, slots=True)
class Stamp:
    """One state of the index; `generation` is the sub-folder it lies in, `place` that folder's number on the disk."""

    engine: str
    version: str
    analysis: str
    last_event: int
    generation: str
    place: str
    files: dict[str, str]

    def fits(self, folder: Path) -> bool:
        """Tell whether the index in `folder` is of this program's making, here, and whole."""
        if (self.version, self.analysis) != (INDEX_VERSION, ANALYSIS):
            return False
        generation = folder / self.generation
        try:
            return self.place == place_of(generation) and self.files == describe_files(generation)
        except OSError:  # a folder or file that is gone or cannot be read
            return False


def make_stamp(engine: str, generation: Path, last_event: int) -> Stamp:
    """Return the stamp of an index as it lies in its folder now."""
    return Stamp(
        engine, INDEX_VERSION, ANALYSIS, last_event, generation.name, place_of(generation), describe_files(generation)
    )


def read_stamp(folder: Path) -> Stamp | None:
    """Return the stamp in an index folder; None when there is none that can be read."""
    try:
        data = json.loads((folder / STAMP_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return Stamp(**data) if _is_sound(data) else None


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """Put a stamp in place of the one before, in one step that a crash cannot halve."""
    draft = folder / f"{STAMP_FILE}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(stamp), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / STAMP_FILE)


def place_of(folder: Path) -> str:
    """Return the number of a folder on the disk it lies on."""
    status = folder.stat()
    return f"{status.st_dev}:{status.st_ino}"


def describe_files(folder: Path) -> dict[str, str]:
    """Return size and checksum of every file, of large ones the checksum of both ends; locks are left out."""
    return {
        file.name: _describe(file)
        for file in sorted(folder.iterdir())
        if file.is_file() and not file.name.endswith((".lock", "LOCK"))
    }


def _describe(file: Path) -> str:
    size = file.stat().st_size
    with file.open("rb") as opened:
        checksum = zlib.crc32(opened.read(SAMPLE))
        if size > 2 * SAMPLE:
            opened.seek(size - SAMPLE)
        checksum = zlib.crc32(opened.read(SAMPLE), checksum)
    return f"{size}:{checksum:08x}"


def _is_sound(data: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(data, dict) or set(data) != {field.name for field in fields(Stamp)}:
        return False
    words = [value for key, value in data.items() if key not in {"last_event", "files"}]
    return (
        all(isinstance(word, str) for word in words)
        and isinstance(data["last_event"], int)
        and isinstance(data["files"], dict)
        and data["generation"].isalnum()  # a folder's name, never a path
    )
