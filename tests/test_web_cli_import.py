"""The commands around imports: what they show while it lasts, afterwards, and when rules change."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from archive.batch import import_pages
from archive.comparing import Difference
from archive.cores import count_cores
from archive.home import Settings, open_home
from archive.model import Given
from archive.rules import load_rule_set
from archive.store import Store
from web.cli import main
from web.cli.options import choose_crew
from web.cli.output import PlainCounter, say_rate, say_time, show_progress
from web.cli.rerunning import difference_lines, shorten

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[1]
PAGE = """<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1>
<p>The bridge over the river was opened again on Tuesday, an engineer said, after two years of work.</p>
</article></body></html>"""
# An outlet of a library's own: it sets aside what the shipped rules keep.
OUTLET = """key = "valley-post"
name = "Valley Post"
about = "A paper made up for this test."
version = 1

[[recognise]]
id = "engineer"
points = 3
where = "text"
pattern = "an engineer said"
example = "an engineer said"
why = "Only this paper quotes engineers."
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], archive: Path) -> Run:
    """Return a function that runs `dateline` in an archive of its own and gives exit code, output and errors."""
    monkeypatch.setenv("DATELINE_HOME", str(archive))
    monkeypatch.setenv("DATELINE_IMPORT_JOBS", "1")
    monkeypatch.setenv("DATELINE_RERUN_JOBS", "1")

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


def save_pages(folder: Path) -> Path:
    """Save two pages, one of them twice, and an empty file."""
    folder.mkdir()
    for name, title in (("a.html", "Bridge reopens"), ("b.html", "Harbour closes"), ("c.html", "Bridge reopens")):
        (folder / name).write_text(PAGE.format(title), encoding="utf-8")
    (folder / "d.txt").write_bytes(b"")
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder with these pages."""
    return save_pages(tmp_path / "pages")


@pytest.fixture(scope="module")
def imported(new_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive with one import of these pages, by ann; for tests that only read it."""
    folder = tmp_path_factory.mktemp("imported")
    home = open_home(shutil.copytree(new_home, folder / "home"))
    with Store.open(home) as store:
        given, paths = Given(by="ann"), [save_pages(folder / "pages")]
        import_pages(store, paths, load_rule_set(), given, report=lambda _: None, limit=10_000)
    return home.path


@pytest.fixture
def read(run: Run, imported: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return `run`, working on the archive with one import."""
    monkeypatch.setenv("DATELINE_HOME", str(imported))
    return run


# --- afterwards -----------------------------------------------------------------------------------------------------


def test_all_imports_are_listed(read: Run) -> None:
    """`batch` lists every import with its figures, as text and as JSON."""
    assert read("batch")[1].split("\t")[2:5] == ["ann", "success", "2 imported, 1 duplicate, 1 quarantined"]
    listed = json.loads(read("batch", "--json")[1])
    assert (listed["batch"], len(listed["arguments"]), listed["counts"]["imported"]) == (1, 1, 2)


def test_one_import_shows_what_needs_a_word(read: Run) -> None:
    """`batch 1` has the figures and the pages that were not simply taken in, each with its reason."""
    out = read("batch", 1)[1]
    assert "duplicate\tc.html\t\tthe same page as a.html" in out
    assert "quarantined\td.txt\tS01\tthe file is empty" in out
    assert "a.html\t" not in out.replace("page as a.html", "")


def test_one_import_can_be_narrowed(read: Run) -> None:
    """`--outcome` shows these pages and no others."""
    out = read("batch", 1, "--outcome", "imported")[1]
    assert ("imported\tb.html" in out, "c.html" in out) == (True, False)


def test_one_import_as_json_is_as_the_import_said_it(run: Run, pages: Path) -> None:
    """The lines of `batch N --json` are those of `import --json`, and the figures come last."""
    *said, _ = run("import", "--json", pages)[1].splitlines()
    *lines, last = run("batch", 1, "--json")[1].splitlines()
    assert lines == said
    assert json.loads(last)["codes"]["S01"] == 1


def test_an_unknown_import_leads_to_the_list(read: Run) -> None:
    """A number no import has is one sentence with the way on."""
    code, _, err = read("batch", 7)
    assert (code, "dateline batch" in err) == (1, True)


# --- while it lasts -------------------------------------------------------------------------------------------------


def test_quiet_says_only_what_needs_attention(run: Run, pages: Path) -> None:
    """`--quiet` prints nothing but the pages in quarantine."""
    code, out, err = run("import", "--quiet", pages)
    assert (code, out) == (1, "")
    assert [line.split(":")[1] for line in err.splitlines()] == [" d.txt"]


def test_progress_in_lines_has_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no terminal a line comes now and then, with the rate, and the time left where it is known."""
    clock = iter([0.0, 10.0, 20.0])
    counter = PlainCounter("Importing", every=100, clock=lambda: next(clock))
    counter(50, 300)
    counter(100, 300)
    counter(200)
    assert capsys.readouterr().err.splitlines() == [
        "Importing: 100 of 300, 10/s, 20 s left",
        "Importing: 200, 10/s",
    ]


def test_progress_on_a_terminal_is_a_bar() -> None:
    """On a terminal there are the count, the rate and the lines that need a word, taken as they are."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    with show_progress("Importing", console=console) as count:
        count(30, 120)
        count.say("quarantined: [bold]a.txt[/bold]")
    assert "30/120" in screen.getvalue()
    assert "/s" in screen.getvalue()
    assert "[bold]a.txt" in screen.getvalue()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59, "59 s"), (90, "2 min"), (3_600, "1 h 0 min"), (7_500, "2 h 5 min")]
)
def test_time_is_said_as_people_do(seconds: float, said: str) -> None:
    """Seconds, minutes, hours: no finer than one needs."""
    assert say_time(seconds) == said
    assert say_rate(0, seconds) == ""


@pytest.mark.parametrize(("jobs", "count"), [(None, count_cores()), (1, 0), (3, 3)])
def test_the_crew_is_as_large_as_asked(jobs: int | None, count: int) -> None:
    """A process for each core unless said otherwise; 1 means this process; the settings give the limits."""
    crew = choose_crew(jobs, Settings(max_page_seconds=3))
    assert (crew.count, crew.limits.seconds, crew.limits.memory) == (count, 3, Settings().max_page_memory)


# --- new rules ------------------------------------------------------------------------------------------------------


def test_rerun_says_before_it_does(run: Run, pages: Path, archive: Path) -> None:
    """Without --apply the changes are shown and nothing is written; with it they are one batch."""
    run("import", pages)
    (archive / "outlets").mkdir()
    (archive / "outlets" / "valley-post.toml").write_text(OUTLET, encoding="utf-8")
    code, out, _ = run("rerun")
    assert code == 0
    assert "2 reports described again: 2 would read differently" in out
    assert "+ valley-post" in out
    assert "run the same with --apply" in out
    assert "Batch 2: 2 reports have a new version" in run("rerun", "--apply")[1]
    assert "0 would read differently, 0 only give other reasons" in run("rerun")[1]


def test_rerun_as_json(read: Run) -> None:
    """The comparison as JSON has counts by field and issue, examples, failures, and the batch if one was written."""
    found = json.loads(read("rerun", "--json")[1])
    assert (found["reports"], found["changed"], found["batch"]) == (2, 0, None)
    assert {"fields", "issues", "samples", "failures", "corrections_stand", "reasons_only"} <= set(found)


def test_differences_are_short_lines() -> None:
    """What goes and what comes are one line each, and never longer than a screen is wide."""
    assert difference_lines(Difference("body", ("old\ntext",), ("new",))) == ["- old text", "+ new"]
    assert difference_lines(Difference("body", (), ())) == ["the same, in another order"]
    assert len(shorten("x" * 1_000)) == 100


# --- many processes -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_with_processes_is_as_without(pages: Path, tmp_path: Path) -> None:
    """`dateline import` as people run it, with two processes and with none, prints the same."""
    (pages / "random.py").write_text("raise SystemExit('a file of yours was run')\n", encoding="utf-8")
    outputs = []
    for jobs in (1, 2):
        command = [sys.executable, "-m", "web", "import", "--json", "--jobs", str(jobs), "--home"]
        done = subprocess.run(
            [*command, str(tmp_path / f"home{jobs}"), str(pages)],
            cwd=pages,
            env={"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "run" in done.stderr) == (1, False)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
