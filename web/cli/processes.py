"""A server as several processes: they split off from this one, which watches them, replaces the dead and ends them all.

Nothing of an archive may be open when they split off: each process opens its own.
"""

import mmap
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import NoReturn

CAN_SPLIT = hasattr(os, "fork") and sys.platform != "darwin"  # Apple's own libraries do not bear it
STEADY = 2.0  # seconds a process must have lived for the next one to be begun at once
PATIENCE = 10.0  # seconds a process may take to end before it is killed
ORDERS = (signal.SIGINT, signal.SIGTERM)

ROW = struct.Struct("qd")  # the connections a process holds, and when it said so
SLACK = 1  # connections a process may hold beyond the one with fewest
STALE = 2.0  # seconds after which what a process said of itself counts no more

Tell = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Server:
    """What one process of a server has to do: call `serves` once it does, and ask before it takes a connection.

    `takes_more` is told how many connections this process holds, and says whether it may take a further one: a browser
    keeps its connection, so a process that took most of them would keep its readers waiting beside idle others.
    """

    serves: Tell
    takes_more: Callable[[int], bool]


class Shares:
    """How many connections each process holds, in memory that all of them see."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._memory = mmap.mmap(-1, count * ROW.size)

    def takes_more(self, place: int, held: int) -> bool:
        """Note how many connections the process in this place holds; false while another holds clearly fewer."""
        now = time.monotonic()  # the same for all processes of a machine
        ROW.pack_into(self._memory, place * ROW.size, held, now)
        said = (ROW.unpack_from(self._memory, each * ROW.size) for each in range(self._count) if each != place)
        return all(held <= other + SLACK for other, when in said if now - when < STALE)

    def forget(self, place: int) -> None:
        """Let the process in this place count no more."""
        ROW.pack_into(self._memory, place * ROW.size, 0, 0.0)


def split_off(count: int, serving: Tell) -> Server:
    """Return in each of `count` new processes, with what that process has to do.

    This process stays behind: it calls `serving` when the first one serves, only then begins the others, begins
    another for each that dies, and leaves by SystemExit when all have ended.
    """
    return _Watch(count, serving).begin()


class _Watch:
    """What the process that stays behind knows of the others."""

    def __init__(self, count: int, serving: Tell) -> None:
        self._count, self._serving = count, serving
        self._shares = Shares(count)
        self._begun: dict[int, tuple[float, int]] = {}  # when each process was begun, and its place, by its number
        self._stopping = False
        self._far_end, self._lifeline = os.pipe()  # the lifeline is cut when this process ends, however it ends

    def begin(self) -> Server:
        told, tell = os.pipe()
        for order in ORDERS:
            signal.signal(order, self._stop)
        if self._split(0):
            return Server(partial(_say_served, tell), partial(self._shares.takes_more, 0))
        os.close(tell)
        served = os.read(told, 1)
        os.close(told)
        if not served:  # the first one has ended already, and has said why
            sys.exit(self._wait())
        self._serving()
        while not self._stopping or self._begun:
            while not self._stopping and len(self._begun) < self._count:
                place = next(each for each in range(self._count) if each not in self._places())
                if self._split(place):
                    return Server(lambda: None, partial(self._shares.takes_more, place))
            self._wait()
        sys.exit(0)

    def _places(self) -> set[int]:
        return {place for _, place in self._begun.values()}

    def _split(self, place: int) -> bool:
        """Begin a process in this place; true in that one."""
        with _deferred(ORDERS):
            child = os.fork()
            if child:
                self._begun[child] = (time.monotonic(), place)
            else:
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the one that watches passes it on
                signal.signal(signal.SIGTERM, _end)
                os.close(self._lifeline)
                threading.Thread(target=_end_with, args=(self._far_end,), daemon=True).start()
        return child == 0

    def _wait(self) -> int:
        """Return how the next process ended; one that keeps dying is not begun again in haste."""
        child, status = os.wait()
        begun, place = self._begun.pop(child)
        self._shares.forget(place)
        lived = time.monotonic() - begun
        if not self._stopping and self._begun and lived < STEADY:
            time.sleep(STEADY)
        code = os.waitstatus_to_exitcode(status)
        return code if code >= 0 or self._stopping else 1

    def _stop(self, _order: int, _frame: FrameType | None) -> None:
        """End all processes; one that takes too long, or when told so twice, is killed."""
        self._send(signal.SIGKILL if self._stopping else signal.SIGTERM)
        self._stopping = True
        signal.signal(signal.SIGALRM, self._stop)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)

    def _send(self, order: signal.Signals) -> None:
        for child in tuple(self._begun):
            with suppress(ProcessLookupError):
                os.kill(child, order)


def _say_served(tell: int) -> None:
    os.write(tell, b".")
    os.close(tell)


@contextmanager
def _deferred(orders: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Let these signals wait meanwhile, in both processes of a split."""
    signal.pthread_sigmask(signal.SIG_BLOCK, orders)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, orders)


def _end(_order: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def _end_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
