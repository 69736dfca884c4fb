"""Pages to come are counted without reading them, or it is said that they cannot be."""

import zipfile
from pathlib import Path

import pytest

from archive.sources.counting import count_files


def save(folder: Path, *names: str) -> Path:
    """Make files of these names; a ZIP file holds three pages and a folder."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".zip":
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("in/", "")
                for number in range(3):
                    archive.writestr(f"in/{number}.txt", "A page")
        else:
            file.write_bytes(b"A page")
    return folder


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ((), 0),
        (("a.txt", "b/c.html", "b/d/e.png"), 3),
        (("a.txt", "b/c.zip"), 4),
        (("a.txt", "b.warc"), None),
        (("a.txt", "b/c.CSV"), None),
    ],
)
def test_files_are_counted(tmp_path: Path, names: tuple[str, ...], count: int | None) -> None:
    """Files in folders and in ZIP files count one each; a file that must be read to be counted makes it unknown."""
    assert count_files([save(tmp_path, *names)]) == count


def test_files_named_one_by_one_are_counted(tmp_path: Path) -> None:
    """A path may be a file as well as a folder."""
    save(tmp_path, "a.txt", "b.zip")
    assert count_files([tmp_path / "a.txt", tmp_path / "b.zip"]) == 4


def test_a_broken_zip_is_one_line(tmp_path: Path) -> None:
    """A ZIP file that cannot be opened counts as the one line that says so."""
    (tmp_path / "a.zip").write_bytes(b"PK not really")
    assert count_files([tmp_path]) == 1


def test_a_zip_of_captures_is_not_counted(tmp_path: Path) -> None:
    """What a ZIP file holds decides whether its pages can be counted."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.warc", "")
    assert count_files([tmp_path]) is None
