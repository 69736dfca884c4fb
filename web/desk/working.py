"""What was asked for at the desk and takes long is worked off here, in a thread beside the answers.

Any process may do it and one at a time does; who reads a page of what waits sees to it that somebody is at work, so
that what a killed server left is taken up again.
"""

import threading
import time

from flask import Flask, current_app

from indexer import Catalogue, FindingError, HomeBusy, HomeError
from web.context import here

EXTENSION = "dateline.work"
PATIENCE = 1.0  # seconds before another try, while somebody imports


class Work:
    """The thread of one process that works, when there is something to do; `problem` is what it met last."""

    def __init__(self) -> None:
        self.problem = ""
        self._thread: threading.Thread | None = None
        self._turn = threading.Lock()

    def begin(self, catalogue: Catalogue) -> None:
        """See to it that somebody is at work while something waits."""
        with self._turn:
            if (self._thread is None or not self._thread.is_alive()) and catalogue.bulk.waits():
                self._thread = threading.Thread(target=self._work, args=(catalogue,), name="bulk edits", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait until this process has nothing more to do, and not longer than so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self, catalogue: Catalogue) -> None:
        while True:
            try:
                self.problem = ""
                catalogue.bulk.work()
            except HomeBusy:
                time.sleep(PATIENCE)
            except (HomeError, FindingError) as problem:
                self.problem = str(problem)
            else:
                return
            if self.problem:
                return


def add_work(app: Flask, catalogue: Catalogue) -> None:
    """Let this application work off what waits, and begin with what a server that was stopped left."""
    app.extensions[EXTENSION] = work = Work()
    work.begin(catalogue)


def set_to_work() -> Work:
    """See to it that somebody works off what waits, and return this process's part in it."""
    work: Work = current_app.extensions[EXTENSION]
    work.begin(here().catalogue)
    return work
