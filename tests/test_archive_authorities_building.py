"""Compiling the gazetteer: once, anywhere, and made again when the file is gone or spoilt."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.authorities import PlaceEntry, building
from archive.authorities.building import build, open_compiled, tables_digest
from web.cli import dateline

FEW = {"a:1": PlaceEntry("a:1", "Tigrania", "country", "XX", None, 1.0, 2.0, 0)}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty cache folder, in a world of one country."""
    monkeypatch.setenv(building.CACHE, str(tmp_path / "cache"))
    monkeypatch.setattr(building, "read_tables", lambda: FEW)
    open_compiled.cache_clear()
    yield tmp_path / "cache"
    open_compiled.cache_clear()


def test_the_first_use_compiles_and_the_next_only_opens(cache: Path) -> None:
    """The file lies where DATELINE_CACHE says, and is made once."""
    assert [entry.name for entry in open_compiled()] == ["Tigrania"]
    (made,) = cache.iterdir()
    before = made.stat().st_mtime_ns
    open_compiled.cache_clear()
    assert len(open_compiled()) == 1
    assert made.stat().st_mtime_ns == before


@pytest.mark.parametrize("spoilt", [b"", b"DATELINE", b"not a gazetteer at all" * 99])
def test_a_spoilt_file_is_made_again(cache: Path, spoilt: bytes) -> None:
    """Whatever lies where the file should lie, the gazetteer opens."""
    path = build()
    path.write_bytes(spoilt)
    assert path.parent == cache
    assert len(open_compiled()) == 1


def test_a_folder_that_cannot_be_written_is_passed_over(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cache is a file or read-only, the temporary folder serves."""
    cache.write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    assert build().is_relative_to(tmp_path / "temporary")


def test_files_of_versions_long_gone_are_removed(cache: Path) -> None:
    """The cache does not grow with every upgrade; what was used of late stays, for other versions use it too."""
    cache.mkdir()
    old, young = cache / "gazetteer-0.bin", cache / "gazetteer-1.bin"
    for file in (old, young):
        file.write_bytes(b"")
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    build()
    assert not old.exists()
    assert young.exists()


def test_the_file_is_named_by_what_it_is_made_of(cache: Path) -> None:
    """Other tables, or other code that compiles them, make another file."""
    assert build().name == f"gazetteer-{tables_digest()}.bin"
    assert cache.is_dir()


@pytest.mark.slow
def test_the_command_says_where_the_file_is(cache: Path) -> None:
    """`dateline gazetteer build` compiles and names the file."""
    done = CliRunner().invoke(dateline, ["gazetteer", "build"])
    assert done.exit_code == 0
    assert done.output.startswith("Compiled 1 places into ")
    assert str(cache) in done.output.replace("\n", "")
