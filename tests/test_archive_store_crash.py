"""Killed at any moment, or out of room: everything reported as done is there, and nothing half-done."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.batch import Request, import_items
from archive.home import Home
from archive.model import Page
from archive.store import BatchLine, Store
from tests.factories import make_description, make_page

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
COUNT = 400
# Imports generated pages, and prints the name of each page that is reported as done. A second argument limits the
# size of any file it writes, in bytes, so that the system refuses more exactly as a full disk does.
CHILD = """
import sys
from pathlib import Path
from archive.errors import DiskFull
from archive.home import open_home
from archive.store import Store
from tests.test_archive_store_crash import import_all
if len(sys.argv) > 2:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    with Store.open(open_home(Path(sys.argv[1]))) as store:
        import_all(store, lambda line: print(line.name, flush=True))
except DiskFull as problem:
    print(problem, file=sys.stderr)
    sys.exit(1)
"""


def make_text(number: int) -> str:
    """Return the text of one page: the first is large, the last of each seven repeats the one before it."""
    lines = 5_000 if number == 0 else min(number % 7, 5) * 20
    return f"Title {number - number % 7 // 6}\n{'A line of text. ' * lines}\nfoot\n"


def make_pages() -> list[Page]:
    """Return the pages of these tests, each under its own name."""
    return [make_page(make_text(number), name=f"{number:04}.txt") for number in range(COUNT)]


def import_all(store: Store, report: Callable[[BatchLine], None]) -> None:
    """Import every generated page."""
    import_items(store, make_pages(), make_description, Request("ann", ()), report=report)


def check_whole(home: Home, done: set[str]) -> None:
    """Demand that everything done is there, each record whole and with its original, and nothing else wrong."""
    with Store.open(home) as store:
        held = {source.name for stored in store.reports() for source in store.sources(stored.id)}
        assert done <= held
        for stored in store.reports():
            assert store.original(stored.id)[0].sha256 == stored.report.source.sha256
            assert store.blocks(stored.id)
            assert [event.type for event in store.events(stored.id)][:3] == [
                "message digest calculation", "accession", "metadata extraction",
            ]  # fmt: skip
        # An original whose record did not come to be is the only trace a killed import may leave.
        assert {finding.code for finding in store.verify()} <= {"F03"}


def check_completes(home: Home) -> None:
    """Demand that the same import, run again, leaves an archive without a fault."""
    with Store.open(home) as store:
        import_all(store, lambda _: None)
        assert {source.name for stored in store.reports() for source in store.sources(stored.id)} == {
            page.source.name for page in make_pages()
        }
        assert list(store.verify()) == []
        assert [batch.outcome for batch in store.batches()] == ["interrupted", "success"]


@pytest.mark.parametrize("trial", range(6))
def test_a_killed_import_loses_nothing_it_reported(home: Home, trial: int) -> None:
    """SIGKILL at a random moment: what was printed as done is there and whole; running it again completes it."""
    done_before_kill = random.Random(trial).randrange(0, COUNT - 100)  # noqa: S311  # a moment, not a secret
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        done = {child.stdout.readline().strip() for _ in range(done_before_kill + 1)}
        time.sleep(trial / 500)
        child.send_signal(signal.SIGKILL)
        done |= {line.strip() for line in child.stdout if line.endswith("\n")}
    assert child.returncode == -signal.SIGKILL
    check_whole(home, done)
    check_completes(home)


@pytest.mark.parametrize("room", [600, 60_000, 150_000, 400_000, 1_000_000])
def test_a_full_disk_loses_nothing_it_reported(home: Home, room: int) -> None:
    """When files cannot grow the import ends with one sentence; what was printed as done is there and whole."""
    ended = subprocess.run(
        [sys.executable, "-c", CHILD, str(home.path), str(room)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "No room is left" in ended.stderr
    assert "Traceback" not in ended.stderr
    check_whole(home, set(ended.stdout.split()))
