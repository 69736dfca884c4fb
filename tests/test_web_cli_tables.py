"""The --map option of import and clean."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.containers import BODY
from web.cli import dateline

pytestmark = pytest.mark.slow


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table whose columns have names of their own."""
    file = tmp_path / "rows.csv"
    file.write_text(f'kopf,stuff\nBridge reopens,"{BODY}"\n', encoding="utf-8")
    return file


def test_clean_reads_the_columns_a_person_names(table: Path) -> None:
    """--map gives fields their columns; the record says which."""
    done = CliRunner().invoke(dateline, ["clean", "--map", "title=kopf", "--map", "text=stuff", str(table)])
    record = json.loads(done.stdout)
    assert (done.exit_code, record["title"]["rule"], record["body"][0]["text"]) == (0, "row/kopf", BODY)


def test_clean_says_which_column_is_missing(table: Path) -> None:
    """Without a column for the text the table is refused, with its columns and the step."""
    done = CliRunner().invoke(dateline, ["clean", str(table)])
    assert done.exit_code == 1
    assert "kopf, stuff" in done.stderr
    assert "--map text=COLUMN" in done.stderr


def test_import_keeps_the_mapping_in_the_history(table: Path, tmp_path: Path) -> None:
    """An import by --map makes a report; the same again changes nothing."""
    arguments = ["import", "--home", str(tmp_path / "home"), "--map", "title=kopf", "--map", "text=stuff", str(table)]
    for outcome in ("1 imported", "1 unchanged"):
        done = CliRunner().invoke(dateline, arguments)
        assert (done.exit_code, outcome in done.stdout) == (0, True)
