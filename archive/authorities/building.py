"""Compiling the gazetteer: once per version of its tables, into the folder for files that can be made again."""

import contextlib
import gzip
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from archive.authorities.compiled import Compiled, write
from archive.authorities.entries import OwnRow, PlaceEntry, read_own
from archive.authorities.folding import fold_name
from archive.authorities.merging import merge, read_geonames, read_villages

GEONAMES: Final = "geonames.tsv.gz"
VILLAGES: Final = "villages.tsv.gz"
CODE: Final = ("compiled.py", "entries.py", "folding.py", "merging.py")  # what decides how the tables are compiled
CACHE: Final = "DATELINE_CACHE"  # the environment variable that names another folder
FORGOTTEN_AFTER: Final = 30 * 24 * 3600  # seconds after which a file of another version is removed


@cache
def open_compiled() -> Compiled:
    """Return the compiled gazetteer, making it first when no file of this version is there."""
    digest = tables_digest()
    for folder in _folders():
        with contextlib.suppress(OSError, ValueError, KeyError):
            return Compiled(folder / _file_name(digest))
    return Compiled(build())


def build() -> Path:
    """Compile the tables and return the file; a file of the same version is replaced."""
    digest = tables_digest()
    places = read_tables()
    folders = list(_folders())
    for folder in folders[:-1]:
        with contextlib.suppress(OSError):
            return _write(folder, places, digest)
    return _write(folders[-1], places, digest)


def read_tables() -> dict[str, PlaceEntry]:
    """Return every place of the program's tables by id; raises BadRuleFile."""
    places = read_geonames(_unpack(GEONAMES))
    places |= read_villages(_unpack(VILLAGES), places.get)
    countries = {entry.country: entry for entry in places.values() if entry.kind == "country"}
    for table in _own_tables():
        made = merge(table.name, _read(table), places.get, countries.get)
        countries |= {entry.country: entry for entry in made.values() if entry.kind == "country"}
        places |= made
    return places


def read_own_tables() -> Iterator[OwnRow]:
    """Yield the rows of all tables of our own."""
    for table in _own_tables():
        yield from _read(table)


@cache
def vouched_names() -> frozenset[tuple[str, str]]:
    """Return (place id, folded name) for every name that our own tables give: each was put there on purpose."""
    rows = ((row.id, (row.name, *row.variants)) for row in read_own_tables())
    return frozenset((place_id, fold_name(name)) for place_id, names in rows for name in names if name)


@cache
def tables_digest() -> str:
    """Return the digest of everything the compiled gazetteer depends on."""
    digest = blake2b(sys.byteorder.encode(), digest_size=8)
    here = resources.files("archive.authorities")
    for file in (*(here / name for name in CODE), _tables() / GEONAMES, _tables() / VILLAGES, *_own_tables()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _tables() -> Traversable:
    return resources.files("archive.authorities") / "tables"


def _unpack(name: str) -> str:
    return gzip.decompress((_tables() / name).read_bytes()).decode()


def _read(table: Traversable) -> Iterator[OwnRow]:
    return read_own(table.name, table.read_text(encoding="utf-8"))


def _own_tables() -> Iterator[Traversable]:
    names = sorted(table.name for table in _tables().iterdir() if table.name.startswith("places-"))
    return (_tables() / name for name in names)


def _folders() -> Iterator[Path]:
    """Yield where a compiled file may lie: the folder asked for, the user's cache, or the temporary folder."""
    if os.environ.get(CACHE):
        yield Path(os.environ[CACHE])
    elif sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        yield Path(os.environ["LOCALAPPDATA"]) / "dateline"
    else:
        with contextlib.suppress(RuntimeError):  # a user without a home
            yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline"
    yield Path(tempfile.gettempdir()) / f"dateline-{os.environ.get('USER', 'cache')}"


def _file_name(digest: str) -> str:
    return f"gazetteer-{digest}.bin"


def _write(folder: Path, places: dict[str, PlaceEntry], digest: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _file_name(digest)
    write(path, places.values(), digest)
    for other in folder.glob("gazetteer-*"):
        with contextlib.suppress(OSError):
            if time.time() - other.stat().st_mtime > FORGOTTEN_AFTER:
                other.unlink()
    return path
