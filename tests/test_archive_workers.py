"""Workers answer in order, are held to their limits, and none outlives the import that started it."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import workers as workers_module
from archive.errors import BinaryPage, FailedPage, NoWorker, OversizedPage, SlowPage, SourceError
from archive.workers import Limits, Window, Workers, attempt, run_in_order
from tests.tasks import Unwilling, double, misbehave, slow_start

ROOT = Path(__file__).parents[1]
LIMITS = Limits(seconds=20, memory=200_000_000)  # what is well takes a moment even where the machine is busy
SHORT = Limits(seconds=0.2)
WINDOW = Window(8, 1_000)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pages are killed by signals here")


@pytest.fixture(scope="module")
def rough() -> Iterator[Workers[str, str]]:
    """Return one worker that misbehaves on request."""
    with Workers(misbehave, count=1, limits=LIMITS) as workers:
        yield workers


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "kind", "says"),
    [
        ("eat", FailedPage, "too much memory"),
        ("recurse", FailedPage, "nested too deeply"),
        ("raise", FailedPage, "LookupError: no such thing"),
        ("refuse", BinaryPage, "this is a picture"),
        ("signal SIGSEGV", FailedPage, "SIGSEGV"),
        ("signal SIGKILL", FailedPage, "SIGKILL"),
        ("signal SIGALRM", SlowPage, "more than 20 seconds"),
        ("signal SIGPROF", SlowPage, "more than 20 seconds"),
        ("exit", FailedPage, "ended with code 3"),
    ],
)
def test_a_bad_page_is_an_answer(rough: Workers[str, str], how: str, kind: type[SourceError], says: str) -> None:
    """Whatever a page does to its process is said in the answer, and the next page is described as if nothing were."""
    answer = rough.run(how)
    assert type(answer) is kind
    assert says in str(answer)
    assert rough.run("well") == "well"


@pytest.mark.slow
@pytest.mark.parametrize("how", ["sleep", pytest.param("spin", marks=pytest.mark.slow)])
def test_a_page_without_end_is_stopped(how: str) -> None:
    """A page that takes longer than it may is stopped, even in a loop that listens to nobody."""
    with Workers(misbehave, count=1, limits=SHORT) as workers:
        answer = workers.run(how)
    assert (type(answer), "more than 0.2 seconds" in str(answer)) == (SlowPage, True)


@pytest.mark.parametrize("how", ["recurse", "raise", "refuse", "well"])
def test_without_workers_the_answer_is_the_same(rough: Workers[str, str], how: str) -> None:
    """What can be caught in this process gives the answer a worker gives."""
    assert str(attempt(misbehave, how)) == str(rough.run(how))


@pytest.mark.parametrize("count", [1, 3])
def test_answers_keep_the_order_of_the_items(count: int) -> None:
    """However long each takes, items come back in order; those without a task come back without an answer."""
    workers = Workers(slow_start, count=count, limits=LIMITS)
    found = run_in_order(range(12), lambda item: item if item % 3 else None, workers, window=WINDOW, size=lambda _: 1)
    assert list(found) == [(item, item if item % 3 else None) for item in range(12)]


def test_no_more_is_read_ahead_than_the_window_holds() -> None:
    """Reading waits for answers: neither more items nor more bytes are under way than the window says."""
    read: list[int] = []

    def reading() -> Iterator[int]:
        for item in range(40):
            read.append(item)
            yield item

    workers = Workers(double, count=2, limits=LIMITS)
    given = run_in_order(reading(), lambda item: item, workers, window=Window(6, 3), size=lambda _: 1)
    for done, (item, answer) in enumerate(given, 1):
        assert (item, answer) == (done - 1, item * 2)
        assert len(read) <= done + 3


def test_stopping_early_kills_what_is_running() -> None:
    """When the one who asks goes away, every process is ended at once, even one that would take a minute."""
    workers = Workers(misbehave, count=2, limits=Limits(seconds=60))
    answers = run_in_order(["well", "sleep", "sleep"], str, workers, window=WINDOW, size=lambda _: 1)
    assert next(answers) == ("well", "well")
    processes = [worker.process for worker in workers._alive]
    started = time.monotonic()
    answers.close()
    assert time.monotonic() - started < 5
    assert processes
    assert not any(process.is_alive() for process in processes)


def test_a_worker_that_cannot_start_is_said() -> None:
    """When no process can be started there is one sentence with the way out, and not an endless wait."""
    with Workers(Unwilling(), count=1, limits=LIMITS) as workers, pytest.raises(NoWorker, match="--jobs 1"):
        workers.run(1)


def test_refusals_travel_between_processes() -> None:
    """Errors keep their class, code and sentence on the way through a pipe."""
    sent = OversizedPage(10, 5)
    received = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own bytes
    assert (type(received), received.code, str(received)) == (OversizedPage, "S03", str(sent))


def test_a_new_process_does_not_import_from_where_the_person_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that lie in the person's folder are not taken for parts of Python, and the environment stays as it was."""
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    monkeypatch.setattr(sys, "path", ["", "/one", "/two"])
    with workers_module.same_imports():
        assert (os.environ["PYTHONPATH"], os.environ["PYTHONSAFEPATH"]) == (f"/one{os.pathsep}/two", "1")
    assert "PYTHONSAFEPATH" not in os.environ


ORPHANS = """
import sys, threading, time
from archive.workers import Limits, Workers
from tests.tasks import misbehave
if __name__ == "__main__":
    workers = Workers(misbehave, count=2, limits=Limits(seconds=2))
    assert workers.run("well") == "well"
    threading.Thread(target=workers.run, args=("spin",), daemon=True).start()
    while not workers._idle.empty():
        time.sleep(0.001)
    workers.run("well")
    print(*[worker.process.pid for worker in workers._alive], flush=True)
    time.sleep(60)
"""


def is_running(process: int) -> bool:
    """Return whether a process with this number is there and no mere shell of one."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_nobody_outlives_a_killed_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """After kill -9 the idle worker ends at once, and one caught in a page without end at the limit of its time."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with subprocess.Popen([sys.executable, "-c", ORPHANS], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        left = [int(number) for number in parent.stdout.readline().split()]
        assert len(left) == 2
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 2 + workers_module.GRACE_SECONDS + 5
    while any(map(is_running, left)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_running, left))
