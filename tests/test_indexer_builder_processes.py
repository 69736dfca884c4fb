"""Several processes at one index: readers see whole states, writers take turns, and the dead leave nothing locked."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.home import Home
from archive.store import Store
from indexer import Catalogue, IndexBusy, SearchRequest
from indexer.lock import hold
from tests.factories import make_description, make_page

ROOT = Path(__file__).parent.parent
TOGETHER = 7  # reports of one import, which are there together or not at all
WRITER = """
import sys
from pathlib import Path
from archive.home import open_home
from archive.store import Store
from indexer import Catalogue
from tests.test_indexer_builder_processes import put_together
home = open_home(Path(sys.argv[1]))
with Catalogue.open(home, engine=sys.argv[2]) as catalogue:
    print("ready", flush=True)
    for number in range(int(sys.argv[3]), int(sys.argv[3]) + 100):
        put_together(home, f"herd{number}")
        catalogue.refresh()
        print(number, flush=True)
"""
HOLDER = """
import sys, time
from pathlib import Path
from indexer.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def put_together(home: Home, name: str) -> None:
    """Store so many reports in one transaction."""
    with Store.open(home) as store, store.writing():
        batch = store.start_batch("tester", [])
        for number in range(TOGETHER):
            page = make_page(f"{name} {number}\nA report about cattle.\nBack to top\n", name=f"{name}-{number}.txt")
            store.put(page, make_description(page), batch=batch)


def start(script: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start another process and wait for its first line."""
    process = subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert process.stdout
    assert process.stdout.readline()
    return process


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_searches_while_another_process_imports_see_only_complete_states(home: Home, engine: str) -> None:
    """Whenever one asks, all reports of an import are found or none; a writer killed half-way loses nothing."""
    put_together(home, "herd")
    seen: set[int] = set()
    with Catalogue.open(home, engine=engine) as catalogue:
        with start(WRITER, str(home.path), engine, "0") as writer:
            while max(seen, default=0) < 5 * TOGETHER:
                seen.add(catalogue.search(SearchRequest("cattle")).total)
            writer.send_signal(signal.SIGKILL)
        assert {total % TOGETHER for total in seen} == {0}
        catalogue.refresh()
        with Store.open(home) as store:
            assert catalogue.search(SearchRequest("cattle")).total == store.count()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_two_processes_that_write_take_turns(home: Home, engine: str) -> None:
    """Both finish their imports, and the index has what the store has."""
    put_together(home, "herd")
    with start(WRITER, str(home.path), engine, "0") as one, start(WRITER, str(home.path), engine, "500") as other:
        for process in (one, other):
            assert process.stdout
            for _ in range(3):
                assert process.stdout.readline()
            process.send_signal(signal.SIGKILL)
    with Store.open(home) as store, Catalogue.open(home, engine=engine) as catalogue:
        assert catalogue.search(SearchRequest("cattle")).total == store.count() >= 7 * TOGETHER


@pytest.mark.slow
def test_a_dead_writers_lock_is_free(tmp_path: Path) -> None:
    """While it lives the next one waits and is told why; killed, its lock is gone with it."""
    file = tmp_path / "writing.lock"
    with start(HOLDER, str(file)) as holder:
        with pytest.raises(IndexBusy, match=r"Wait until it is done, then try again"), hold(file, patience=0.1):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with hold(file, patience=0):
            assert file.exists()
