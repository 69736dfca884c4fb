"""The page of one job: how far it is while it works, and what came of it; it can be stopped and taken up again."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import Job, JobOver
from web.access import acting_user
from web.context import here
from web.launching import launch
from web.notices import done, tell
from web.words import OUTCOME_WORDS, count, date_in_words

pages = Blueprint("jobs", __name__, url_prefix="/desk/jobs")

STATES = {
    "waiting": "waiting for its turn",
    "running": "at work",
    "done": "finished",
    "failed": "ended by a fault",
    "stopped": "stopped",
    "interrupted": "interrupted",
}
TITLES = {
    "import": "Import",
    "retry": "From quarantine",
    "compare": "What would change",
    "apply": "New versions",
    "count rules": "Counting what the rules do",
    "propose": "Proposing rules",
    "withdraw": "Withdrawing an import",
    "restore": "Putting back an import",
    "verify": "Check of the originals",
}
COUNTED = {"import": "page", "retry": "page", "propose": "page", "verify": "original"}
CUT_SHORT = frozenset({"failed", "stopped", "interrupted"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, in words and as a share of the whole where that is known."""

    state: str
    said: str
    done: int
    total: int | None
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a comparison: how many reports it would read differently in, with examples."""

    field: str
    reports: str
    kept: str
    samples: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]


@pages.get("/<int:number>")
def show(number: int) -> str:
    """Show how far a job is, and what came of it."""
    catalogue = here().catalogue
    job = catalogue.jobs.read(number)
    if job.state == "interrupted":
        catalogue.batch_desk.settle()
    result: Any = catalogue.jobs.result(number) if job.over else None
    return render_template(
        "desk/job.html",
        job=job,
        title=TITLES[job.kind],
        progress=_progress(job),
        when=moment(job.created),
        watched=not job.over and "still" not in request.args,
        cut_short=job.state in CUT_SHORT,
        result=result,
        changes=_changes(result) if job.kind == "compare" and result else (),
        unit=COUNTED.get(job.kind, "report"),
    )


@pages.get("/<int:number>.json")
def tell_progress(number: int) -> ResponseReturnValue:
    """Say how far a job is, for the script that watches it."""
    job = here().catalogue.jobs.read(number)
    progress = _progress(job)
    return jsonify(
        {
            "over": job.over,
            "state": progress.state.capitalize(),
            "said": progress.said,
            "done": progress.done,
            "total": progress.total,
            "outcomes": [list(pair) for pair in progress.outcomes],
        }
    )


@pages.post("/<int:number>/stop")
def stop(number: int) -> ResponseReturnValue:
    """End the process of a job; what it has reported as done is kept."""
    try:
        here().catalogue.jobs.stop(number)
    except JobOver as over:
        return done(_href(number), str(over))
    return done(_href(number), "It is being stopped. What it has done is kept, and it can be taken up again.")


@pages.post("/<int:number>/resume")
def resume(number: int) -> ResponseReturnValue:
    """Take a job up again that was cut short."""
    try:
        job = here().catalogue.jobs.reopen(number)
    except JobOver as over:
        return done(_href(number), str(over))
    begin(job)
    return redirect(_href(number), 303)


@pages.post("/<int:number>/drop")
def drop(number: int) -> ResponseReturnValue:
    """Give up a job that was cut short: the files sent for it are deleted."""
    try:
        here().catalogue.jobs.drop_files(number)
    except JobOver as over:
        return done(_href(number), str(over))
    tell("The files that were sent are deleted. What had come in stays.")
    return redirect(_href(number), 303)


def begin(job: Job) -> None:
    """Begin the process of a job."""
    launch(job, here().catalogue.jobs.home)


def start(kind: str, **asked: object) -> ResponseReturnValue:
    """Ask for a job of this kind in the name of the person who is signed in, begin it, and lead to its page."""
    job = here().catalogue.jobs.create(kind, by=acting_user().name, asked=asked)  # type: ignore[arg-type]
    begin(job)
    return redirect(_href(job.number), 303)


def moment(when: str) -> str:
    """Return a moment of the log in words."""
    return f"{date_in_words(when[:10]) or when}, {when[11:16]} UTC"


def _href(number: int) -> str:
    return url_for("jobs.show", number=number)


def _progress(job: Job) -> Progress:
    unit = COUNTED.get(job.kind, "report")
    of = f" of {job.total:,}" if job.total and not job.over else ""
    said = f"{job.done:,}{of} {unit}{'s' if job.done != 1 or of else ''}"
    outcomes = tuple((OUTCOME_WORDS.get(key, key), f"{number:,}") for key, number in job.counts.items() if number)
    return Progress(STATES[job.state], said, job.done, job.total, outcomes)


def _changes(result: Any) -> tuple[FieldChange, ...]:  # noqa: ANN401 - JSON
    samples: dict[str, list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {}
    for one in result["samples"]:
        sample = (one["id"], one["name"], tuple(one["removed"]), tuple(one["added"]))
        samples.setdefault(one["field"], []).append(sample)
    ordered = sorted(result["fields"].items(), key=lambda pair: -pair[1])
    kept = result["corrections_stand"]
    return tuple(
        FieldChange(
            field.replace("_", " "),
            count(number, "report"),
            f"{kept[field]:,}" if kept.get(field) else "",
            tuple(samples.get(field, ())),
        )
        for field, number in ordered
    )
