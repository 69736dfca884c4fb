"""Jobs of the desk in tests: done at once and in this process, or begun as a server does."""

from contextlib import suppress
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.home import Home, open_home
from archive.jobs import Job, Jobs
from web.cli import options, working


def work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every job that is begun be done before its page is answered, by this very process."""

    def launch(job: Job, home: Path) -> None:
        do_job(open_home(home), job)

    monkeypatch.setattr("web.desk.jobs.launch", launch)
    monkeypatch.setattr(options, "count_cores", lambda: 0)


def do_job(home: Home, job: Job) -> None:
    """Do a job to its end; how it failed is on its page."""
    with suppress(ArchiveError), Jobs(home).taken(job.number) as run:
        working.WORKS[job.kind](home, Jobs(home).read(job.number), run)
