"""Jobs that take the reports of an import out of the archive, and put them back."""

from typing import TYPE_CHECKING

from web.cli.telling import Teller

if TYPE_CHECKING:
    from archive.home import Home
    from archive.jobs import Job, JobRun

PATIENCE = 6 * 3_600.0  # seconds that a job waits for a command that writes
PORTION = 50  # reports withdrawn in one transaction, between which others have their turn


def withdraw(home: "Home", job: "Job", run: "JobRun") -> None:
    """Withdraw what came in by one import and by nothing else; which reports that are is kept before the first goes."""
    from archive.jobs import Jobs
    from archive.store import Store

    with Store.open(home, patience=PATIENCE) as store:
        before = (Jobs(home).result(job.number) or {"ids": []})["ids"]
        ids = store.batch_desk.only_by(job.asked["batch"])
        run.keep({"ids": [*before, *ids]})
        teller = Teller(run, store, total=len(ids))
        for start in range(0, len(ids), PORTION):
            some = ids[start : start + PORTION]
            store.withdrawals.withdraw_all(some, by=job.by, reason=job.asked["reason"])
            for _ in some:
                teller("withdrawn")
        teller.flush()
    _follow(home)


def restore(home: "Home", job: "Job", run: "JobRun") -> None:
    """Put back what a job withdrew, as far as it is sealed still."""
    from archive.errors import NotWithdrawn
    from archive.jobs import Jobs
    from archive.store import Store

    withdrawn = Jobs(home).result(job.asked["job"]) or {"ids": []}
    with Store.open(home, patience=PATIENCE) as store:
        teller = Teller(run, store, total=len(withdrawn["ids"]))
        for report_id in withdrawn["ids"]:
            try:
                store.withdrawals.restore(report_id, by=job.by, reason=f"takes job {job.asked['job']} back")
            except NotWithdrawn:
                teller("not sealed any more")
            else:
                teller("put back")
        teller.flush()
    _follow(home)


def _follow(home: "Home") -> None:
    from indexer import Catalogue

    with Catalogue.open(home) as catalogue:
        catalogue.refresh()
