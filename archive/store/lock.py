"""One writer at a time: a lock the operating system takes back when its holder dies."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import HomeBusy
from archive.home import Home, home_error

PATIENCE = 10.0  # seconds
PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> None:
        """Lock an open file for this process; OSError when another has it."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def try_lock(handle: int) -> None:
        """Lock an open file for this process; OSError when another has it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write to one home, for one thread of one process; the holder may take it again.

    Another `file` of the home stands for another right, such as to work off what waits.

    The lock sits on an open file, not on the file's existence, so nothing is left locked by a process that died.
    """

    def __init__(self, home: Home, patience: float = PATIENCE, file: Path | None = None) -> None:
        self._home, self._patience = home, patience
        self._file = file or home.lock
        self._threads = threading.RLock()
        self._depth = 0

    @property
    def taken(self) -> bool:
        """Tell whether this process holds the lock by this object."""
        return self._depth > 0

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock; HomeBusy when another writer keeps it longer than one has patience, in seconds."""
        patience = self._patience if patience is None else patience
        deadline = time.monotonic() + patience
        if not self._threads.acquire(timeout=patience):
            raise HomeBusy(self._home.path)
        try:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
            else:
                yield from self._hold_file(deadline)
        finally:
            self._threads.release()

    def _hold_file(self, deadline: float) -> Iterator[None]:
        handle = _open(self._file, self._home)
        try:
            self._wait(handle, deadline)
            self._depth = 1
            yield
        finally:
            self._depth = 0
            os.close(handle)  # closing gives the lock back

    def _wait(self, handle: int, deadline: float) -> None:
        while True:
            try:
                try_lock(handle)
            except OSError as problem:
                if time.monotonic() >= deadline:
                    raise HomeBusy(self._home.path) from problem
                time.sleep(PAUSE)
            else:
                return


def _open(file: Path, home: Home) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as problem:
        raise home_error(home.path, problem) from problem
