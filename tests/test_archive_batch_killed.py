"""An import by many processes, killed or stopped at any moment, loses nothing it reported and leaves nobody behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.batch import Crew, Request, import_items
from archive.home import Home
from archive.store import BatchLine, Store
from tests.factories import make_description
from tests.test_archive_store_crash import COUNT, check_completes, check_whole, make_pages

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc"),
]

ROOT = Path(__file__).parents[1]
CHILD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
import sys
from pathlib import Path
from archive.home import open_home
from archive.store import Store
from tests.test_archive_batch_killed import import_by_many
if __name__ == "__main__":
    with Store.open(open_home(Path(sys.argv[1]))) as store:
        import_by_many(store, lambda line: print(line.name, flush=True))
"""


def import_by_many(store: Store, report: Callable[[BatchLine], None]) -> None:
    """Import every generated page, described by two other processes."""
    import_items(store, make_pages(), make_description, Request("ann", ()), report=report, crew=Crew(2))


def start(home: Home) -> "subprocess.Popen[str]":
    """Start such an import in a process group of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home.path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def group_of(process: int) -> list[int]:
    """Return the processes of a session that are still running."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == process and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def check_nobody_left(process: int) -> None:
    """Demand that soon no process of the import is running any more."""
    deadline = time.monotonic() + 10
    while group_of(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert group_of(process) == []


@pytest.mark.parametrize("trial", range(4))
def test_a_killed_import_by_many_loses_nothing_it_reported(home: Home, trial: int) -> None:
    """SIGKILL at a random moment: what was reported is there and whole, the processes end, the rest comes next time."""
    done_before_kill = random.Random(trial).randrange(0, COUNT - 100)  # noqa: S311  # a moment, not a secret
    with start(home) as child:
        assert child.stdout is not None
        done = {child.stdout.readline().strip() for _ in range(done_before_kill + 1)}
        time.sleep(trial / 500)
        child.send_signal(signal.SIGKILL)
        done |= {line.strip() for line in child.stdout if line.endswith("\n")}
    check_nobody_left(child.pid)
    check_whole(home, done)
    check_completes(home)


def test_ctrl_c_ends_all_processes(home: Home) -> None:
    """Ctrl-C reaches every process of the terminal: the import says so once, and nobody is left."""
    with start(home) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        done = {child.stdout.readline().strip() for _ in range(40)}
        os.killpg(child.pid, signal.SIGINT)
        done |= {line.strip() for line in child.stdout if line.endswith("\n")}
        said = child.stderr.read()
    check_nobody_left(child.pid)
    assert said.count("Traceback") == said.count("KeyboardInterrupt") == 1
    check_whole(home, done)
    check_completes(home)
