"""Fixity: whether every original is as it was received, when that was last looked at, and looking again."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from indexer import Job
from web.context import here
from web.desk.jobs import STATES, moment, start
from web.words import count

pages = Blueprint("fixity", __name__, url_prefix="/desk/fixity")

MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class RunView:
    """One check asked for at the desk."""

    href: str
    when: str
    by: str
    state: str
    found: str


@pages.get("")
def show() -> str:
    """Show when the originals were last compared with their digests, and what each check at the desk found."""
    catalogue = here().catalogue
    status, jobs = catalogue.status(), [*catalogue.jobs.all("verify")][:MOST_RUNS]
    problems = count(status.problems, "thing is", "things are")
    return render_template(
        "desk/fixity.html",
        checked=moment(status.checked) if status.checked else None,
        verdict=f"{problems} not as received" if status.problems else "everything was as received",
        working=any(not job.over for job in jobs),
        runs=[_view(job) for job in jobs],
    )


@pages.post("")
def check() -> ResponseReturnValue:
    """Compare every original with its digest, beside everything else; leads to the page of that work."""
    return start("verify")


def _view(job: Job) -> RunView:
    result: Any = here().catalogue.jobs.result(job.number) if job.over else None
    found = "" if result is None else f"{result['count']:,} not as received" if result["count"] else "all as received"
    return RunView(url_for("jobs.show", number=job.number), moment(job.created), job.by, STATES[job.state], found)
