"""How far a job of the desk is, told to its page as it goes, and not too often."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.jobs import JobRun
    from archive.store import Store

EVERY = 0.5  # seconds between two words


class Teller:
    """Tells a job's page how far the work is, and not too often."""

    def __init__(self, run: "JobRun", store: "Store", *, total: int | None = None, writes: bool = False) -> None:
        self._run, self._store, self._total, self._writes = run, store, total, writes
        self._said = 0.0
        self._counts: dict[str, int] = {}
        self._done = 0
        self._batch: int | None = None

    def __call__(self, outcome: str | None = None, total: int | None = None) -> None:
        """Count one page or report."""
        self._done += 1
        if outcome is not None:
            self._counts[outcome] = self._counts.get(outcome, 0) + 1
        self._total = total or self._total
        if self._writes and self._batch is None:
            self._batch = self._store.batches()[-1].number  # ours: nobody else may write
        self._run.note(done=self._done, total=self._total, counts=self._counts, batch=self._batch)
        if time.monotonic() - self._said >= EVERY:
            self.flush()

    def flush(self) -> None:
        """Say now how far it is."""
        self._said = time.monotonic()
        self._run.say()
