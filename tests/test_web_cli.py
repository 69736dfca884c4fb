"""The command: what it prints, what it returns, and how it fails."""

import json
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from web.cli import dateline, main

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
PAGE = """The Example Gazette

Bridge reopens after long repairs in the valley

By Jane Roe in Basra

The bridge over the river was opened again on Tuesday, an engineer said, after two years of work.

Back to top
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs `dateline` in a home of its own and gives exit code, output and errors."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return call


@pytest.fixture
def archive(new_home: Path, tmp_path: Path) -> Path:
    """Return the empty archive that `run` works on."""
    return Path(shutil.copytree(new_home, tmp_path / "home"))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return the file of one saved page."""
    file = tmp_path / "bridge.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.mark.usefixtures("archive")
def test_import_search_show(run: Run, page: Path) -> None:
    """What is imported is found at once and can be shown by the id the search gave."""
    assert run("import", page)[0] == 0
    code, out, _ = run("search", "--json", "bridge")
    found = json.loads(out)
    assert (code, found["total"]) == (0, 1)
    assert "Bridge reopens after long repairs" in run("show", found["hits"][0]["id"])[1]


@pytest.mark.usefixtures("archive")
def test_search_says_which_names_it_added_and_what_may_have_been_meant(run: Run, page: Path) -> None:
    """Other names are told with their authority and their switch; a misspelt word with the spelling that is found."""
    run("import", page)
    _, out, _ = run("search", "Daesh Nineveh")
    assert "(actor: Islamic State group); --alone 'Daesh' turns this off" in out
    assert "--exact turns all of them off" in out
    assert "  Daesh: without ISIS" in run("search", "--alone", "daesh", "Daesh")[1]
    assert "Did you mean: bridge   (bridge for brigde: 1 report)" in run("search", "brigde")[1]


@pytest.mark.usefixtures("archive")
def test_search_json_has_the_promised_keys(run: Run, page: Path) -> None:
    """The JSON of a search has the documented keys, and facet values have value, label and count."""
    run("import", page)
    found = json.loads(run("search", "--json", "engineer")[1])
    assert set(found) == {
        "total", "stories", "hits", "facets", "facet_values", "searched", "suggestion", "diagnostics"}  # fmt: skip
    assert {"date", "outlet", "place"} <= set(found["facets"])
    assert {"id", "title", "outlet", "published", "byline", "media_id", "score", "story", "reprints",
            "snippets"} == set(found["hits"][0])  # fmt: skip
    assert set(found["facets"]["place"][0]) == {"value", "label", "count"}


@pytest.mark.usefixtures("archive")
def test_importing_twice_changes_nothing(run: Run, page: Path) -> None:
    """The same import run again reports every page as unchanged."""
    run("import", page)
    assert "1 unchanged" in run("import", page)[1]


def test_clean_prints_records_in_order_and_stores_nothing(run: Run, page: Path, tmp_path: Path) -> None:
    """`clean` prints one record a line in the order given and makes no archive."""
    other = tmp_path / "a-first-by-name.txt"
    other.write_text(PAGE.replace("Bridge", "Harbour"), encoding="utf-8")
    code, out, _ = run("clean", page, other)
    records = [json.loads(line) for line in out.splitlines()]
    assert (code, [record["source"]["name"] for record in records]) == (0, [page.name, other.name])
    assert records[0]["id"] is None
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("archive")
def test_quarantine_asks_for_attention(run: Run, tmp_path: Path) -> None:
    """A page that cannot be read is reported with its reason, and the exit code says so."""
    (tmp_path / "empty.txt").write_bytes(b"")
    code, out, err = run("import", tmp_path / "empty.txt")
    assert code == 1
    assert "1 quarantined" in out
    assert "the file is empty" in err


@pytest.mark.usefixtures("archive")
def test_json_import_says_each_page(run: Run, page: Path) -> None:
    """`import --json` prints one object a page and the figures at the end."""
    *pages, last = (json.loads(line) for line in run("import", "--json", page)[1].splitlines())
    assert [line["outcome"] for line in pages] == ["imported"]
    assert last["counts"] == {"imported": 1}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("search", "x"), 1, "dateline init"),
        (("show", "nothing"), 1, "dateline init"),
        (("import", "/no/such/place"), 2, "does not exist"),
        (("search", "--facet", "outlet", "x"), 2, "KEY=VALUE"),
        (("search", "--facet", "colour=red", "x"), 2, "known are "),
        (("serve",), 1, "dateline init"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_errors_are_one_sentence_with_the_next_step(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    """Wrong use is exit code 2, an archive that is not there is 1; both say what to do, never with a traceback."""
    found, _, err = run(*arguments)
    assert found == code
    assert said in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("archive")
def test_unknown_ids_and_outlets_name_the_way_out(run: Run, page: Path) -> None:
    """An id nobody knows leads to search; an outlet nobody knows lists those there are."""
    run("init")
    assert "dateline search" in run("show", "nothing")[2]
    assert "diyaruna" in run("import", "--outlet", "nobody", page)[2]


@pytest.mark.usefixtures("archive")
def test_network_addresses_need_a_flag(run: Run) -> None:
    """Serving to other machines is refused unless it is asked for."""
    run("init")
    code, _, err = run("serve", "--host", "0.0.0.0")  # noqa: S104 - it must be refused
    assert code == 2
    assert "--open-to-network" in err


@pytest.mark.usefixtures("archive")
def test_verify_finds_a_changed_original(run: Run, page: Path, tmp_path: Path) -> None:
    """A changed original is found, named with its code, and the exit code asks for attention."""
    run("import", page)
    assert run("verify")[0] == 0
    original = next(file for file in (tmp_path / "home" / "originals").rglob("*") if file.is_file())
    original.chmod(0o644)
    original.write_bytes(b"something else")
    code, out, _ = run("verify")
    assert code == 1
    assert "F02" in out


@pytest.mark.parametrize("engine", ["whoosh", "memory", "tantivy"])
@pytest.mark.usefixtures("archive")
def test_rebuilding_with_another_engine_finds_the_same(run: Run, page: Path, engine: str) -> None:
    """After a rebuild with any engine the same question has the same answer."""
    run("import", page)
    assert engine in run("index", "--rebuild", "--engine", engine)[1]
    assert json.loads(run("search", "--json", "engineer bridges")[1])["total"] == 1


@pytest.mark.usefixtures("archive")
def test_status_counts(run: Run, page: Path) -> None:
    """`status --json` says how many reports are held and how many are indexed."""
    run("import", page)
    held = json.loads(run("status", "--json")[1])
    assert (held["reports"], held["indexed"], held["undated"]) == (1, 1, 1)


def test_every_command_and_option_has_help() -> None:
    """No command and no option is without a word of help."""
    bare = [
        f"{name} {parameter.name}"
        for name, command in dateline.commands.items()
        for parameter in command.params
        if parameter.param_type_name == "option" and not getattr(parameter, "help", None)
    ]
    assert not bare
    assert all(command.help for command in dateline.commands.values())


@pytest.mark.slow
def test_help_loads_no_heavy_library() -> None:
    """`dateline --help` imports neither the database toolkit, an engine, Flask nor a parser."""
    heavy = "{'sqlalchemy', 'tantivy', 'whoosh', 'flask', 'bs4', 'lxml', 'rich', 'alembic', 'edtf'}"
    script = f"import sys, web.cli; sys.exit(' '.join({heavy} & set(sys.modules)) or None)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_the_demo_imports_the_samples_and_serves_them(tmp_path: Path) -> None:
    """`dateline demo` says where it serves, and the address answers with the search page."""
    command = [sys.executable, "-m", "web", "demo", "--home", str(tmp_path / "demo"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = next(line for line in server.stdout if "http://" in line)
            address = line.split("on ")[1].split()[0]
            time.sleep(0.2)
            with urllib.request.urlopen(f"{address}/search?q=mosul", timeout=10) as answer:  # noqa: S310 - our own server
                assert b"Mosul" in answer.read()
        finally:
            server.terminate()
