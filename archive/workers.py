"""Work in other processes, which can be killed: each page has its limit of time and memory, and answers keep order.

A page that is too slow or breaks its process becomes an answer like any other, a SourceError, and a new process takes
over. Where the system cannot copy a process that has loaded everything (Windows), each starts by itself.
"""

import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from archive.errors import FailedPage, NoWorker, SlowPage, SourceError

if sys.platform != "win32":
    import resource

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Item = TypeVar("Item")

METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
WARMED = ["__main__", "archive.warmed"]
START_SECONDS = 60.0
PATIENCE = 5  # a busy machine may need this many times as long for a page as the page takes of its processor
GRACE_SECONDS = 5.0  # the system stops a worker itself, this long after its importer should have done so
STATM = Path("/proc/self/statm")
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that describing one page may take: seconds of a processor, and bytes of memory beyond the program's.

    Whatever waits or sleeps is given up after `patience` seconds by the clock. Where the system cannot count a
    process's own time (Windows), that is the only limit.
    """

    seconds: float = 2.0
    memory: int = 1_000_000_000

    @property
    def patience(self) -> float:
        """The seconds by the clock."""
        return self.seconds * PATIENCE


@dataclass(frozen=True, slots=True)
class Window:
    """How much may be under way at once, so that memory does not grow with the collection."""

    items: int
    bytes: int


class Workers(Generic[Task, Answer]):
    """Up to `count` processes that each do `work` on one task at a time; a context manager, safe for threads.

    `work` must be picklable; it travels to each process once. Processes start when they are first needed.
    """

    def __init__(self, work: Callable[[Task], Answer], *, count: int, limits: Limits) -> None:
        warm_up()
        self.count = count
        self._work, self._limits = work, limits
        self._context = multiprocessing.get_context(METHOD)
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._alive: set[_Worker] = set()
        self._turn = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop every process, whatever it is doing; a thread that waits for one is told, and lets go of it itself."""
        with self._turn:
            self._closed = True
            alive, self._alive = self._alive, set()
        for worker in alive:
            worker.end()
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().connection.close()

    def run(self, task: Task) -> Answer | SourceError:
        """Return the answer to one task; a SourceError when it was too slow or broke its process. Raises NoWorker."""
        worker = self._take()
        try:
            worker.connection.send(task)
            if not worker.connection.poll(self._limits.patience):
                self._drop(worker, patience=0)
                return SlowPage(self._limits.seconds)
            answer: Answer | SourceError = worker.connection.recv()
        except (EOFError, OSError):
            return _explain(self._drop(worker), self._limits)
        self._idle.put(worker)
        return answer

    def _take(self) -> "_Worker":
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._start()

    def _start(self) -> "_Worker":
        here, there = self._context.Pipe()
        # The types of multiprocessing know no Process on a context in general; each of its contexts has one.
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(there, self._work, self._limits), daemon=True
        )
        with self._turn:
            if self._closed:
                raise NoWorker("the import is being stopped")
            try:
                with same_imports():
                    process.start()
            except (EOFError, OSError) as problem:
                raise NoWorker(str(problem) or "the process they are copied from has ended") from problem
            worker = _Worker(process, here)
            self._alive.add(worker)
        there.close()
        with suppress(EOFError, OSError):
            if here.poll(START_SECONDS) and here.recv_bytes():
                return worker
        raise NoWorker(_how(self._drop(worker)))

    def _drop(self, worker: "_Worker", *, patience: float = 1.0) -> int | None:
        with self._turn:
            self._alive.discard(worker)
        return worker.stop(patience)


@dataclass(frozen=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection

    def stop(self, patience: float = 0) -> int | None:
        """End the process and hang up, and return how it ended; only for the thread that holds this worker."""
        code = self.end(patience)
        self.connection.close()
        return code

    def end(self, patience: float = 0) -> int | None:
        """Kill the process unless it ends by itself within so many seconds, and return how it ended."""
        self.process.join(patience)
        self.process.kill()
        self.process.join(GRACE_SECONDS)
        return self.process.exitcode


def warm_up() -> None:
    """Begin to load, in the background, what workers will need; the earlier this is said, the less they wait."""
    if METHOD == "forkserver":
        multiprocessing.get_context(METHOD).set_forkserver_preload(WARMED)
        with same_imports():
            forkserver.ensure_running()


def run_in_order(
    items: Iterable[Item],
    prepare: Callable[[Item], Task | None],
    workers: Workers[Task, Answer],
    *,
    window: Window,
    size: Callable[[Item], int],
) -> Generator[tuple[Item, Answer | SourceError | None], None, None]:
    """Yield every item with its task's answer, in the order of the items; None where `prepare` gave no task.

    At most `window` is read ahead. Items are read and prepared in the calling thread.
    """
    under_way: deque[tuple[Item, Future[Answer | SourceError] | None]] = deque()
    held = 0
    threads = ThreadPoolExecutor(workers.count, thread_name_prefix="dateline")
    try:
        for item in items:
            task = prepare(item)
            under_way.append((item, None if task is None else threads.submit(workers.run, task)))
            held += size(item)
            while under_way and (len(under_way) >= window.items or held > window.bytes or _is_done(under_way[0][1])):
                first, answer = under_way.popleft()
                held -= size(first)
                yield first, None if answer is None else answer.result()
        while under_way:
            first, answer = under_way.popleft()
            yield first, None if answer is None else answer.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        workers.close()
        threads.shutdown()


def attempt(work: Callable[[Task], Answer], task: Task) -> Answer | SourceError:
    """Do the work on one task; whatever goes wrong on this page is the answer and not the end of the import."""
    try:
        return work(task)
    except SourceError as error:
        return error
    except MemoryError:
        return FailedPage("it needs too much memory")
    except RecursionError:
        return FailedPage("it is nested too deeply")
    except Exception as error:  # noqa: BLE001 - the one place where a page's fault is kept from becoming the import's
        return FailedPage(f"{type(error).__name__}: {error}"[:LONGEST_REASON])


def _is_done(answer: "Future[Answer] | None") -> bool:
    return answer is None or answer.done()


def _explain(code: int | None, limits: Limits) -> SourceError:
    if sys.platform != "win32" and code in {-signal.SIGPROF, -signal.SIGALRM}:
        return SlowPage(limits.seconds)
    return FailedPage(_how(code))


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return f"the process ended with code {code}"
    try:
        return f"the system stopped the process: {signal.Signals(-code).name}"
    except ValueError:
        return f"the system stopped the process: signal {-code}"


@contextmanager
def same_imports() -> Iterator[None]:
    """Let a new process import from where this one does, and never from the folder the person happens to be in."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "PYTHONSAFEPATH")}
    os.environ.update(PYTHONPATH=path, PYTHONSAFEPATH="1")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# --- in the worker ------------------------------------------------------------------------------------------------


def _serve(connection: Connection, work: Callable[[Task], Answer], limits: Limits) -> None:
    """Answer tasks until the importer hangs up; whoever kills the importer thereby ends this process too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the importer, who stops us
    _forget_cores()
    with suppress(EOFError, OSError):
        connection.send_bytes(b"ready")
        while True:
            task = connection.recv()
            with _limited(limits):
                answer = attempt(work, task)
            connection.send(answer)


@contextmanager
def _limited(limits: Limits) -> Iterator[None]:
    """Hold this process to its limits; the alarms end it even when its importer has died in the meantime."""
    if sys.platform == "win32":
        yield
        return
    _limit_memory(limits.memory)
    for timer, alarm, seconds in (
        (signal.ITIMER_PROF, signal.SIGPROF, limits.seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, limits.patience + GRACE_SECONDS),
    ):
        signal.signal(alarm, signal.SIG_DFL)
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(memory: int) -> None:
    if sys.platform == "win32" or not STATM.exists():
        return  # elsewhere the system counts no address space
    in_use = int(STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = in_use + memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _forget_cores() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
