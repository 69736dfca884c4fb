"""`dateline gazetteer`: a librarian adds places by file, sees them used, and takes them back."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.authorities.entries import COLUMNS
from archive.errors import BadRuleFile
from web.cli import dateline

pytestmark = pytest.mark.slow

PAGE = """The Example Gazette

Ferry stops

By Jane Roe in Upper Ford

The ferry near Baghdad was stopped at noon by soldiers, an engineer said, after two years of work on its ropes.
"""
FORD, MOSUL = "lib:ford|Upper Ford|village||IQ|33|44||notes", "geonames:99072|||||||Mossoulia|"


@pytest.fixture
def archive(new_home: Path, tmp_path: Path) -> Path:
    """Return an empty archive."""
    return Path(shutil.copytree(new_home, tmp_path / "home"))


def run(archive: Path, *arguments: object, code: int = 0) -> Result:
    """Run `dateline` in this archive."""
    done = CliRunner(env={"DATELINE_HOME": str(archive)}).invoke(dateline, [*map(str, arguments)])
    assert done.exit_code == code, done.output
    return done


def write(folder: Path, *rows: str) -> Path:
    """Write a table with these rows, | for a tab."""
    table = folder / "mine.tsv"
    lines = ["\t".join(COLUMNS), "# from the field", *(row.replace("|", "\t") for row in rows)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table


@pytest.mark.slow
def test_a_place_is_added_searched_used_again_and_removed(archive: Path, tmp_path: Path) -> None:
    """What is there already is described with it by `rerun`, and without it once it is removed."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    run(archive, "import", tmp_path / "page.txt", "--jobs", 1)
    assert run(archive, "search", "place:ford", "--json").stdout.startswith('{"total": 0')
    told = run(archive, "gazetteer", "add", write(tmp_path, FORD, MOSUL)).stdout
    assert "New: Upper Ford (lib:ford)" in told
    assert "Known before: Mosul" in told
    run(archive, "rerun", "--apply", "--quiet", "--jobs", 1)
    assert run(archive, "search", "place:ford", "--json").stdout.startswith('{"total": 1')
    run(archive, "gazetteer", "remove", "lib:ford")
    run(archive, "rerun", "--apply", "--quiet", "--jobs", 1)
    assert run(archive, "search", "place:ford", "--json").stdout.startswith('{"total": 0')


def test_an_added_name_is_searched_at_once(archive: Path, tmp_path: Path) -> None:
    """A further name of a known place finds its siblings without describing anything again."""
    run(archive, "gazetteer", "add", write(tmp_path, MOSUL))
    assert "also Mosul" in run(archive, "search", "mossoulia").stdout


def test_a_row_takes_the_place_of_the_one_before_it(archive: Path, tmp_path: Path) -> None:
    """Adding the same id again replaces its row; comments and other rows stay."""
    run(archive, "gazetteer", "add", write(tmp_path, FORD, MOSUL))
    run(archive, "gazetteer", "add", write(tmp_path, FORD.replace("Upper", "Nether")))
    own = json.loads(run(archive, "gazetteer", "list", "--json").stdout)["places"]
    assert sorted(place["name"] for place in own) == ["Mosul", "Nether Ford"]


@pytest.mark.parametrize("row", ["lib:a|Mill|mill||IQ||||", "lib:a|Mill|quarter|lib:none|||||"])
def test_a_wrong_table_changes_nothing(archive: Path, tmp_path: Path, row: str) -> None:
    """File and line are named, and no row of the table is taken."""
    table = write(tmp_path, FORD, row)
    done = CliRunner(env={"DATELINE_HOME": str(archive)}).invoke(dateline, ["gazetteer", "add", str(table)])
    assert isinstance(done.exception, BadRuleFile)
    assert "mine.tsv: line 4" in str(done.exception)
    assert not (archive / "authorities" / "places.tsv").exists()


def test_a_place_that_others_lie_in_stays(archive: Path, tmp_path: Path) -> None:
    """Removing it is refused with the row that needs it."""
    run(archive, "gazetteer", "add", write(tmp_path, FORD, "lib:pier|Pier|quarter|lib:ford|||||"))
    done = CliRunner(env={"DATELINE_HOME": str(archive)}).invoke(dateline, ["gazetteer", "remove", "lib:ford"])
    assert "place lib:pier" in str(done.exception)
    assert "Upper Ford" in run(archive, "gazetteer", "list").stdout


def test_a_name_is_looked_up_with_ids_to_use(archive: Path) -> None:
    """`find` shows every place of a name with its id; an unknown one says how to add it."""
    assert run(archive, "gazetteer", "find", "al-Mawsil", "--country", "IQ").stdout.startswith("geonames:99072  Mosul")
    assert "gazetteer add" in run(archive, "gazetteer", "find", "Zugunruhe").stdout
    assert "no row lib:x" in run(archive, "gazetteer", "remove", "lib:x", code=1).output
