"""Builds the index from the store, keeps it up to date, and never trusts one that does not bear our stamp.

A build goes into a fresh sub-folder and counts only once the stamp names it, so whatever interrupts it leaves the
index before it or the new one. An update is committed by the engine first and stamped afterwards; interrupted in
between, the files no longer fit the stamp and the index is built anew.
"""

import logging
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.cores import count_cores
from archive.holdings import StoredReport
from archive.store import Store
from indexer.document import Document, Names, make_document
from indexer.engine import Engine
from indexer.engines import JOINING, is_installed, open_engine
from indexer.errors import IndexUnwritable
from indexer.lock import PATIENCE, hold
from indexer.sharing import FEWEST, PartsUnfinished, build_in_parts, count_parts
from indexer.stamp import STAMP_FILE, Stamp, make_stamp, read_stamp, write_stamp

LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # documents done, documents in all
MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An engine over one state of the index, with its stamp and what the stamp's file looked like; memory has none."""

    engine: Engine
    last_event: int
    stamp: Stamp | None = None
    seen: tuple[int, int] | None = None


class Builder:
    """The index folder of one archive."""

    def __init__(self, folder: Path, store: Store, names: Callable[[], Names], jobs: int | None = None) -> None:
        self._folder, self._store, self._names = folder, store, names
        self._jobs = jobs or count_cores()

    def built_with(self) -> str | None:
        """Return the engine of the index that is there, if it can be used as it is."""
        stamp = read_stamp(self._folder)
        return stamp.engine if stamp and is_installed(stamp.engine) and stamp.fits(self._folder) else None

    def open(self, name: str, progress: Progress | None = None) -> OpenIndex:
        """Open the index with this engine, building it where it is missing, damaged or stale.

        Raises IndexBusy and IndexUnwritable.
        """
        if name == MEMORY:
            return self.rebuild(name, progress)
        opened = self._reopen(name)
        if opened is None:
            with self._writing():
                # Whoever held the lock before us may have built it meanwhile.
                opened = self._reopen(name) or self._build(name, progress)
        return opened

    def rebuild(self, name: str, progress: Progress | None = None) -> OpenIndex:
        """Build the index anew from the store; raises IndexBusy and IndexUnwritable."""
        if name == MEMORY:
            last_event = self._store.last_event()
            engine = open_engine(name, self._folder)
            engine.update(self._documents(self._store.reports(), progress), fresh=True)
            return OpenIndex(engine, last_event)
        with self._writing():
            return self._build(name, progress)

    def catch_up(self, opened: OpenIndex, *, patience: float = PATIENCE) -> OpenIndex:
        """Bring the index to the store's last event; raises IndexBusy and IndexUnwritable."""
        if self._store.last_event() <= opened.last_event:
            return opened
        if opened.stamp is None:
            last_event = self._store.last_event()
            self._apply(opened.engine, opened.last_event)
            return OpenIndex(opened.engine, last_event)
        with self._writing(patience):
            return self._update(self.follow(opened))

    def catch_up_by_hand(self, opened: OpenIndex, *, patience: float = PATIENCE) -> OpenIndex:
        """Take in what persons have changed and leave out what a batch has, which is brought in when the batch ends.

        So nobody who corrects a report waits for thousands that have just been imported. The stamp stays at the event
        it names, so whoever catches up next takes in both. Raises as `catch_up`.
        """
        if opened.stamp is None:
            return self.catch_up(opened)
        with self._writing(patience):
            opened = self.follow(opened)
            if opened.stamp is None or not opened.stamp.fits(self._folder):
                return self._update(opened)
            changed = self._store.changed_since(opened.last_event, by_hand=True)
            opened.engine.update(self._documents(self._store.reports_of(changed), None), changed)
            return self._put_stamp(opened.engine, self._folder / opened.stamp.generation, opened.last_event)

    def follow(self, opened: OpenIndex) -> OpenIndex:
        """See what other processes have written or built since."""
        if opened.stamp is None or opened.seen == self._look():
            return opened
        seen, stamp = self._look(), read_stamp(self._folder)
        if stamp is None:
            return opened  # somebody removed the folder: what we hold open still answers
        if stamp.generation == opened.stamp.generation:
            opened.engine.refresh()
            return OpenIndex(opened.engine, stamp.last_event, stamp, seen)
        return self._reopen(opened.engine.name) or opened

    def _update(self, opened: OpenIndex) -> OpenIndex:
        last_event = self._store.last_event()
        changed = self._store.changed_since(opened.last_event)
        if 2 * len(changed) > self._store.count():
            return self._build(opened.engine.name, None)
        if opened.stamp is None or not opened.stamp.fits(self._folder):
            return self._build(opened.engine.name, None)
        if changed:
            self._apply(opened.engine, opened.last_event)
        return self._put_stamp(opened.engine, self._folder / opened.stamp.generation, last_event)

    def _apply(self, engine: Engine, since: int) -> None:
        changed = self._store.changed_since(since)
        # All are taken out, and those that are there still come back, read some at a time.
        engine.update(self._documents(self._store.reports_of(changed), None), changed)

    def _build(self, name: str, progress: Progress | None) -> OpenIndex:
        last_event = self._store.last_event()
        generation = self._folder / secrets.token_hex(8)
        generation.mkdir()
        shared = self._share(name, generation, progress)
        engine = open_engine(name, generation)
        if not shared:
            engine.update(self._documents(self._store.reports(), progress), fresh=True)
        opened = self._put_stamp(engine, generation, last_event)
        self._clear(generation)
        return opened

    def _share(self, name: str, generation: Path, progress: Progress | None) -> bool:
        """Have other processes build a large index in parts; tell whether they have done it."""
        total = self._store.count()
        if name not in JOINING or total < FEWEST or count_parts(total, self._jobs) == 1:
            return False
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            if progress:
                progress(done, max(total, done))

        try:
            build_in_parts(self._store, generation, self._jobs, tell)
        except PartsUnfinished:  # what has stopped another process may not stop this one; if it does, this one says so
            LOG.warning("A process that wrote a part of the index has stopped; this one builds the index alone.")
            return False
        return True

    def _documents(self, reports: Iterable[StoredReport], progress: Progress | None) -> Iterator[Document]:
        names, total = self._names(), self._store.count() if progress else 0
        for done, stored in enumerate(reports, 1):
            yield make_document(stored, names)
            if progress:
                progress(done, max(total, done))

    def _put_stamp(self, engine: Engine, generation: Path, last_event: int) -> OpenIndex:
        stamp = make_stamp(engine.name, generation, last_event)
        write_stamp(self._folder, stamp)
        return OpenIndex(engine, last_event, stamp, self._look())

    def _reopen(self, name: str) -> OpenIndex | None:
        """Return the index that is there, or None where there is none that fits."""
        seen, stamp = self._look(), read_stamp(self._folder)
        if stamp is None or stamp.engine != name or not stamp.fits(self._folder):
            return None
        try:
            engine = open_engine(name, self._folder / stamp.generation)
        except (OSError, ValueError):  # what the engines' libraries raise for files they cannot make sense of
            return None
        return OpenIndex(engine, stamp.last_event, stamp, seen)

    def _clear(self, kept: Path) -> None:
        for other in self._folder.iterdir():
            if other.is_dir() and not other.is_symlink() and other != kept:
                # Where another process still reads the old files, the system may refuse; the next build tries again.
                shutil.rmtree(other, ignore_errors=True)

    def _look(self) -> tuple[int, int] | None:
        try:
            status = (self._folder / STAMP_FILE).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    @contextmanager
    def _writing(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the right to write; what the system or a library then refuses is IndexUnwritable."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with hold(self._folder / "writing.lock", patience=patience):
                yield
        except (OSError, ValueError) as problem:
            raise IndexUnwritable(self._folder, str(problem)) from problem
