"""The shape of the house: import contracts hold, and they would notice if they did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# File, and an import that must not stand there.
PLANTED = (
    ("archive/pipeline.py", "import indexer"),
    ("archive/record.py", "import archive.store"),
    ("indexer/analysis.py", "import web"),
    ("indexer/engines/memory.py", "import indexer.engines.whoosh"),
    ("web/pages/search.py", "import archive.store"),
    ("web/shapes.py", "import bs4"),
)


def lint(folder: Path) -> str:
    """Run the import contracts on a copy of the source in `folder` and return what they print."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a copy of the source and its contracts."""
    for name in ("archive", "indexer", "web"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_contracts_hold(house: Path) -> None:
    """The source as it is keeps every contract."""
    assert " 0 broken" in lint(house)


@pytest.mark.slow
@pytest.mark.parametrize(("file", "line"), PLANTED)
def test_a_planted_import_is_caught(house: Path, file: str, line: str) -> None:
    """An import against the shape breaks a contract."""
    with (house / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    assert "BROKEN" in lint(house)
