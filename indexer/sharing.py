"""A large index built by several processes, each of which writes whole parts of it by itself.

Nothing but a stretch of ids goes to a process, and nothing but how far it is comes back; it reads the store for itself.
They are programs of their own (indexer/part_writer.py) and no copies of this process, so this one may have threads, and
a main module that does things when it is read. They last as long as one build: whatever ends it ends them.
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from archive.store import Store, Stretch
from archive.workers import same_imports
from indexer.engines.joining import join_parts

COMMAND = (sys.executable, "-P", "-m", "indexer.part_writer")
# Where glibc gives out memory: in one place for all threads, and pieces as large as those that the library writes words
# into are given back at once. By itself it keeps a third more than it needs.
SPARING = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
FEWEST = 2_000  # reports; fewer are indexed before a second process has begun
LARGE = 150_000  # reports of a part; where there are more, parts are more and smaller, for a part is mapped whole
MOST_PARTS = 4  # every question looks into each part, which takes it a quarter of a millisecond or more
FINISHED = "finished"  # what a process says of a part

_News: TypeAlias = "queue.SimpleQueue[str]"  # what processes say; nothing where one has ended


class PartsUnfinished(Exception):
    """A process that wrote parts of the index has ended before it had finished them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part to be written: from which archive, into which folder, which reports."""

    home: str
    folder: str
    stretch: Stretch

    def to_line(self) -> str:
        """Return the part as one line of text."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_line(cls, line: str) -> "Part":
        """Return the part that `to_line` wrote."""
        data = json.loads(line)
        return cls(data["home"], data["folder"], Stretch(**data["stretch"]))


def build_in_parts(store: Store, folder: Path, jobs: int, tell: Callable[[int], None]) -> None:
    """Build the index of a store in a folder that has none yet, with so many processes; raises PartsUnfinished.

    `tell` is told how many more reports are done.
    """
    apart = (folder / "parts").resolve()
    stretches = store.divide(count_parts(store.count(), jobs))
    parts = [Part(str(store.home.path.resolve()), str(apart / str(n)), part) for n, part in enumerate(stretches)]
    folders = [Path(part.folder) for part in parts]
    try:
        for each in folders:
            each.mkdir(parents=True)
        _write_parts(parts, jobs, tell)
        join_parts(folder, folders)
    finally:
        shutil.rmtree(apart, ignore_errors=True)


def count_parts(reports: int, jobs: int) -> int:
    """Return in how many parts so many processes write an index: each of them as many as any other."""
    rounds = min(-(-reports // (jobs * LARGE)), MOST_PARTS // min(jobs, MOST_PARTS))
    return min(jobs * rounds, MOST_PARTS)


def _write_parts(parts: Sequence[Part], jobs: int, tell: Callable[[int], None]) -> None:
    waiting: queue.SimpleQueue[Part] = queue.SimpleQueue()
    for part in parts:
        waiting.put(part)
    news: _News = queue.SimpleQueue()
    with ExitStack() as ends:
        for _ in range(min(jobs, len(parts))):
            writer = _start()
            ends.callback(_end, writer)
            threading.Thread(target=_lead, args=(writer, waiting, news), daemon=True).start()
        unfinished = len(parts)
        while unfinished:
            said = news.get()
            if said == FINISHED:
                unfinished -= 1
            elif said:
                tell(int(said))
            else:
                raise PartsUnfinished


def _start() -> "subprocess.Popen[str]":
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        with same_imports():
            return subprocess.Popen(  # noqa: S603 - our own
                COMMAND, stdin=pipe, stdout=pipe, stderr=nowhere, text=True, env={**os.environ, **SPARING}
            )
    except OSError as problem:
        raise PartsUnfinished from problem


def _end(writer: "subprocess.Popen[str]") -> None:
    writer.kill()
    with suppress(OSError), writer:  # what it has not taken in any more is lost
        pass


def _lead(writer: "subprocess.Popen[str]", waiting: "queue.SimpleQueue[Part]", news: _News) -> None:
    """Give a process one part after the other, and pass on what it says of each."""
    try:
        while writer.stdin and writer.stdout:
            writer.stdin.write(waiting.get_nowait().to_line())
            writer.stdin.flush()
            said = ""
            while said != FINISHED:
                said = writer.stdout.readline().strip()
                news.put(said)
                if not said:
                    return
    except queue.Empty:  # all parts are given out
        pass
    except (OSError, ValueError):  # it has ended, or is being ended
        news.put("")
