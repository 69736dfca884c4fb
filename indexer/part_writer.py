"""A process that writes parts of an index: a line for each part comes in, lines with numbers of reports go out.

It ends when it is given no more parts, or when nobody listens.
"""

import gc
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from archive.home import open_home
from archive.store import Store, Stretch
from indexer.document import Document, make_document
from indexer.engines.tantivy import fill_part
from indexer.hits import read_names
from indexer.lock import hold
from indexer.sharing import FINISHED, Part

TOLD_EVERY = 200  # reports
LONGEST_TURN = 3600.0  # seconds; a process that is killed while it merges lets go of its turn at once


def answer(lines: Iterable[str], out: TextIO) -> None:
    """Write the parts that these lines describe, one after the other."""
    for line in lines:
        write(Part.from_line(line), lambda done: print(done, file=out, flush=True))
        print(FINISHED, file=out, flush=True)


def write(part: Part, tell: Callable[[int], None]) -> None:
    """Write one part of an index into its folder."""
    folder = Path(part.folder)
    # A part that is merged lies in memory whole; processes take turns at it, so that only one of them does.
    turn = hold(folder.parent / "merging.lock", patience=LONGEST_TURN)
    with Store.open(open_home(Path(part.home))) as store:
        fill_part(folder, _documents(store, part.stretch, tell), part.stretch.count, turn)


def _documents(store: Store, stretch: Stretch, tell: Callable[[int], None]) -> Iterator[Document]:
    names, done = read_names(store), 0
    for done, stored in enumerate(store.reports(stretch), 1):
        yield make_document(stored, names)
        if done % TOLD_EVERY == 0:
            tell(TOLD_EVERY)
    tell(done % TOLD_EVERY)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that began this one, and ends it
    gc.freeze()
    # A report's values hold no circles; looking for some after every few hundred finds none and takes its time.
    gc.set_threshold(100_000, 10, 10)
    answer(sys.stdin, sys.stdout)
