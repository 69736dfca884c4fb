"""`dateline outlet`: rules are listed, proposed from pages, and tried before they are used."""

import json
import shutil
import tomllib
from pathlib import Path
from types import NoneType

import pytest
from click.testing import CliRunner, Result

from archive.errors import BadOutletKey, BadRuleFile, NoExamples, RuleFileThere
from archive.home import open_home
from archive.model import Given
from web.cli import dateline
from web.cli.importing import run_import

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parent.parent / "samples"
QUILLWORT = sorted((SAMPLES / "quillwort-courier").glob("*.txt"))
RULES = Path(__file__).parent.parent / "archive" / "outlets" / "quillwort-courier.toml"
TRIAL = "[[rules]]\nid = 'all'\nkind = 'other'\npattern = '^The '\nexample = 'The '\nwhy = 'A trial.'\n"


@pytest.fixture
def archive(new_home: Path, tmp_path: Path) -> Path:
    """Return an empty archive."""
    return Path(shutil.copytree(new_home, tmp_path / "home"))


def run(archive: Path, *arguments: object, raises: type[Exception] | None = None) -> Result:
    """Run `dateline outlet` in this archive."""
    done = CliRunner(env={"DATELINE_HOME": str(archive)}).invoke(dateline, ["outlet", *map(str, arguments)])
    assert isinstance(done.exception, raises or (SystemExit, NoneType))
    return done


def test_a_proposal_is_printed_as_a_rule_file(archive: Path) -> None:
    """What `outlet new` prints is TOML, and what it makes of each page is told beside it."""
    done = run(archive, "new", "tern-gazette", *QUILLWORT[:4])
    assert tomllib.loads(done.stdout)["key"] == "tern-gazette"
    assert "Tried on 4 pages" in done.stderr
    assert "Flag Goes Up Over a Ruined Palace in Grozny" in done.stderr


def test_a_proposal_is_written_once(archive: Path) -> None:
    """`--write` puts the file where the next import finds it, and never over a file that is there."""
    run(archive, "new", "tern-gazette", *QUILLWORT[:3], "--write")
    file = archive / "outlets" / "tern-gazette.toml"
    before = file.read_bytes()
    run(archive, "new", "tern-gazette", *QUILLWORT[:3], "--write", raises=RuleFileThere)
    assert file.read_bytes() == before
    listed = [json.loads(line) for line in run(archive, "list", "--json").stdout.splitlines()]
    assert [row["from"] for row in listed if row["key"] == "tern-gazette"] == ["this archive"]


def test_the_list_names_every_shipped_outlet(archive: Path) -> None:
    """`outlet list` has a line for each rule file."""
    out = run(archive, "list").stdout
    files = [file.stem for file in RULES.parent.glob("*.toml") if file.stem != "generic"]
    assert [key for key in files if key not in out] == []


@pytest.mark.parametrize("key", ["Tern Gazette", "../tern", "tern_gazette", "-tern"])
def test_a_key_that_is_no_file_name_is_refused(archive: Path, key: str) -> None:
    """The key names the file, so it is small letters, figures and hyphens."""
    run(archive, "new", "--", key, QUILLWORT[0], raises=BadOutletKey)


def test_files_that_are_no_pages_are_named(archive: Path, tmp_path: Path) -> None:
    """A file that cannot be read is said, and without any page there is no proposal."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run(archive, "new", "tern-gazette", empty, raises=NoExamples)
    assert "empty.txt: the file is empty" in done.stderr


def test_trying_a_file_shows_what_would_change(archive: Path, tmp_path: Path) -> None:
    """A rule that sets a line aside shows the line as taken away, and the archive stays as it was."""
    run_import(open_home(archive), (SAMPLES / "quillwort-courier",), Given(), jobs=1, quiet=True)
    trial = tmp_path / "quillwort-courier.toml"
    extra = "[[rules]]\nid = 'palace'\nkind = 'other'\npattern = 'palace'\nexample = 'palace'\nwhy = 'A trial.'\n"
    trial.write_text(RULES.read_text(encoding="utf-8") + extra, encoding="utf-8")
    found = json.loads(run(archive, "try", trial, "--json", "--jobs", 1).stdout)
    assert (found["changed"], found["fields"]["body"]) == (1, 1)
    assert found["reports"] == len(QUILLWORT) - 1  # one page of the samples is there twice
    again = json.loads(run(archive, "try", RULES, "--json", "--jobs", 1).stdout)
    assert again["changed"] == 0


def test_trying_says_that_nothing_was_written(archive: Path, tmp_path: Path) -> None:
    """Without --json there are counts, samples, and the next step."""
    run_import(open_home(archive), (QUILLWORT[0],), Given(), jobs=1, quiet=True)
    trial = tmp_path / "quillwort-courier.toml"
    trial.write_text(RULES.read_text(encoding="utf-8").replace('Courier"\n', 'Courier"\n', 1) + TRIAL, encoding="utf-8")
    out = run(archive, "try", trial, "--jobs", 1).stdout
    assert "body of" in out
    assert "Nothing was written" in out


def test_a_file_that_does_not_validate_is_named(archive: Path, tmp_path: Path) -> None:
    """A mistake in the file tried is told with file and key."""
    bad = tmp_path / "tern-gazette.toml"
    bad.write_text("key = 'other'\nname = 'N'\nabout = 'A'\nversion = 1\n", encoding="utf-8")
    done = run(archive, "try", bad, raises=BadRuleFile)
    assert "must equal the file's name" in str(done.exception)
