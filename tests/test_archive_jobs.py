"""Long work asked for at the desk: done by a process of its own, seen by everybody, and never lost when one dies."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import JobOver, UnknownJob
from archive.home import Home
from archive.jobs import Job, Jobs
from archive.store import Store
from indexer import Catalogue
from tests.copies import write_copy
from web.launching import COMMAND

MANY = 700
TIRED = 60.0  # seconds


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder of many small pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:04}.txt").write_text("\n".join((f"Report {number}", *write_copy(number, 2))))
    return folder


@pytest.fixture
def jobs(home: Home) -> Jobs:
    """Return the jobs of an empty home."""
    return Jobs(home)


def ask(jobs: Jobs, folder: Path) -> Job:
    """Ask for the import of a folder."""
    return jobs.create("import", by="bea", asked={"folder": str(folder), "collection": "Bridges"})


def begin(home: Home, job: Job) -> "subprocess.Popen[bytes]":
    """Begin the process of a job as a server does."""
    return subprocess.Popen([*COMMAND, str(home.path), str(job.number)], stdin=subprocess.PIPE, start_new_session=True)


def work(home: Home, job: Job) -> int:
    """Do a job to its end and return how its process ended."""
    child = begin(home, job)
    child.wait(TIRED)
    let_go(child)
    return child.returncode


def let_go(child: "subprocess.Popen[bytes]") -> None:
    """Close what a server holds open."""
    assert child.stdin is not None
    child.stdin.close()


def wait_for(jobs: Jobs, number: int, *states: str, done: int = 0) -> Job:
    """Return the job once it is in one of these states and has done so much."""
    for _ in range(int(TIRED * 20)):
        job = jobs.read(number)
        if job.state in states and job.done >= done:
            return job
        time.sleep(0.05)
    pytest.fail(f"job {number} is {jobs.read(number)}")


def outcomes(home: Home) -> list[str | None]:
    """Return how each batch of a home ended."""
    with Store.open(home) as store:
        store.batch_desk.settle()
        return [batch.outcome for batch in store.batches()]


def test_a_job_waits_and_is_known(jobs: Jobs) -> None:
    """A job that nobody has taken up waits; one that never was is unknown; the latest is listed first."""
    first, second = (ask(jobs, Path("/nowhere")) for _ in range(2))
    assert [job.number for job in jobs.all("import")] == [second.number, first.number]
    assert (first.state, first.by, first.asked["collection"]) == ("waiting", "bea", "Bridges")
    with pytest.raises(UnknownJob):
        jobs.read(9)
    with pytest.raises(JobOver):
        jobs.stop(first.number)


def test_a_process_that_dies_without_a_word_leaves_its_job_interrupted(jobs: Jobs, home: Home) -> None:
    """The lock tells: what is held lives, and what says that it runs without being held does not."""
    number = ask(jobs, Path("/nowhere")).number
    with jobs.taken(number) as run:
        run.say(done=3)
        assert (Jobs(home).read(number).state, Jobs(home).read(number).done) == ("running", 3)
        (home.jobs / "1" / "state.json").read_text()
        left = (home.jobs / "1" / "state.json").read_bytes()
    (home.jobs / "1" / "state.json").write_bytes(left)
    assert jobs.read(number).state == "interrupted"
    assert jobs.reopen(number).state == "waiting"


@pytest.mark.parametrize("name", ["0", "-1", "x", "1.5", "99999999999"])
def test_what_is_no_job_is_no_job(jobs: Jobs, home: Home, name: str) -> None:
    """A folder of another name among the jobs is passed over."""
    (home.jobs / name).mkdir(parents=True)
    assert list(jobs.all()) == []


@pytest.mark.slow
def test_an_import_is_done_and_found(jobs: Jobs, home: Home, pages: Path) -> None:
    """The process imports as the command does: reports, collection, batch, index; the batch names the folder."""
    job = ask(jobs, pages)
    assert work(home, job) == 0
    done = jobs.read(job.number)
    assert (done.state, done.counts, done.batch) == ("done", {"imported": MANY}, 1)
    with Catalogue.open(home) as catalogue:
        record = catalogue.batch(1).record
        assert (record.agent, record.arguments[0], catalogue.status().indexed) == ("bea", str(pages), MANY)
        assert len(catalogue.batch_desk.only_by(1)) == MANY


@pytest.fixture
def running(jobs: Jobs, home: Home, pages: Path) -> Iterator[tuple[Job, "subprocess.Popen[bytes]"]]:
    """Return an import in its midst."""
    job = ask(jobs, pages)
    child = begin(home, job)
    yield wait_for(jobs, job.number, "running", done=50), child
    let_go(child)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["stop", "server gone", "kill"])
def test_an_import_cut_short_can_be_taken_up_again(
    jobs: Jobs, home: Home, running: tuple[Job, "subprocess.Popen[bytes]"], ending: str
) -> None:
    """Stopped by a person, orphaned by its server or killed: the batch is interrupted, the same job completes it."""
    job, child = running
    if ending == "stop":
        jobs.stop(job.number)
    elif ending == "kill":
        os.kill(child.pid, signal.SIGKILL)
    else:
        let_go(child)
    child.wait(TIRED)
    assert wait_for(jobs, job.number, "stopped", "interrupted").done >= 50
    assert outcomes(home) == ["interrupted"]
    jobs.reopen(job.number)
    assert work(home, job) == 0
    assert outcomes(home) == ["interrupted", "success"]
    with Store.open(home) as store:
        assert store.count() == MANY
    assert sum(jobs.read(job.number).counts.values()) == MANY
