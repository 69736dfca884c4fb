"""One writer of the index at a time, among all processes; a killed writer's lock is free at once."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexBusy

PATIENCE = 20.0  # seconds
PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold(file: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock on a file, waiting `patience` seconds for another holder; raises IndexBusy."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(handle, file, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, file: Path, deadline: float) -> None:
    while True:
        try:
            _try(handle)
        except OSError as problem:
            if time.monotonic() >= deadline:
                raise IndexBusy(file.parent) from problem
            time.sleep(PAUSE)
        else:
            return
