"""Beginning the process of a job: it works on while requests come and go, and ends when this server does."""

import subprocess
import sys
from pathlib import Path

from indexer import Job

COMMAND = (sys.executable, "-P", "-m", "web.cli.working")  # -P: no folder that happens to be current is searched
_children: list["subprocess.Popen[bytes]"] = []


def launch(job: Job, home: Path) -> None:
    """Begin the process of this job."""
    _let_go()
    # What is held open here, and never written to, tells the process that this server is still there.
    child = subprocess.Popen(  # noqa: S603 - a command of our own, and nothing of a request in it
        [*COMMAND, str(home.resolve()), str(job.number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _children.append(child)


def _let_go() -> None:
    """Close what is held open for processes that have ended."""
    for child in [child for child in _children if child.poll() is not None]:
        _children.remove(child)
        if child.stdin is not None:
            child.stdin.close()
