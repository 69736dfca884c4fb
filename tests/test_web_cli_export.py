"""The export command: the file, the sheet beside it, and nothing overwritten."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import Catalogue
from web.cli import dateline

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(reading_room: Catalogue, *arguments: str) -> str:
    """Run the command on the reading room and return what it says."""
    home = str(reading_room._store.home.path)
    done = CliRunner().invoke(dateline, ["export", "--home", home, "--quiet", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_file_and_its_sheet_are_written(reading_room: Catalogue, folder: Path) -> None:
    """Two files, and a line that names them."""
    said = run(reading_room, "mosul")
    assert said == "3 reports in reports.csv; where they come from: reports.csv.provenance.txt\n"
    assert sorted(file.name for file in folder.iterdir()) == ["reports.csv", "reports.csv.provenance.txt"]
    assert "3 found, 3 written; complete" in (folder / "reports.csv.provenance.txt").read_text(encoding="utf-8")


def test_a_file_that_is_there_stays(reading_room: Catalogue, folder: Path) -> None:
    """Only --force writes over it."""
    (folder / "reports.ris").write_text("mine", encoding="utf-8")
    home = str(reading_room._store.home.path)
    refused = CliRunner().invoke(dateline, ["export", "--home", home, "--format", "ris", ""])
    assert (refused.exit_code, (folder / "reports.ris").read_text(encoding="utf-8")) == (2, "mine")
    run(reading_room, "--format", "ris", "--force", "")
    assert (folder / "reports.ris").read_text(encoding="utf-8").startswith("TY  - NEWS")


def test_links_are_what_the_librarian_says(reading_room: Catalogue, folder: Path) -> None:
    """With --address, references lead to the archive under its public name."""
    run(reading_room, "--format", "ris", "--address", "https://archive.example.org/", "title:gogjali")
    assert "UR  - https://archive.example.org/ark:99999/d1" in (folder / "reports.ris").read_text(encoding="utf-8")
