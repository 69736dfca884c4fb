"""Importing in the browser: files sent or a folder named, taken in by a process of its own while one watches."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadRuleFile, FolderRefused, Job, JobKind, SearchRequest, clean_name
from web.access import acting_user
from web.context import here
from web.desk.jobs import STATES, begin, moment, start
from web.pages.reports import view_report
from web.spooling import take_file
from web.words import count

pages = Blueprint("imports", __name__, url_prefix="/desk/import")

LISTED = 25
LONGEST, LONGEST_REASON = 300, 2_000
SHOWN = 10
KINDS: tuple[JobKind, ...] = ("import", "retry")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person said of an import, as it stands in the form."""

    folder: str = ""
    outlet: str = ""
    collection: str = ""
    countries: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def read(cls) -> "Wanted":
        """Return what the form says."""
        names = ("folder", "outlet", "collection", "countries", "first", "last")
        return cls(**{name: request.form.get(name, "").strip()[:LONGEST] for name in names})


@dataclass(frozen=True, slots=True)
class JobLine:
    """One import in the list."""

    number: int
    what: str
    by: str
    when: str
    state: str
    done: str


@pages.get("")
def index() -> str:
    """Show what can be imported, and the imports there were."""
    return _show(Wanted(collection=request.args.get("collection", "")[:LONGEST]))


@pages.post("")
def create() -> ResponseReturnValue:
    """Take files, or the name of a folder, and begin to import them."""
    wanted = Wanted.read()
    sent = [file for file in request.files.getlist("files") if file.filename]
    try:
        if bool(sent) == bool(wanted.folder):
            return _show(wanted, "Choose files to send, or name a folder of the server: one of the two."), 400
        folder = here().catalogue.jobs.choose_folder(wanted.folder) if wanted.folder else None
        if wanted.countries or wanted.first or wanted.last:
            _keep_priors(wanted)
    except (FolderRefused, BadRuleFile) as refused:
        return _show(wanted, str(refused)), 400
    names: list[str] = []
    for file in sent:
        names.append(clean_name(file.filename, names))
    asked = {
        "folder": None if folder is None else str(folder),
        "uploaded": names,
        "outlet": wanted.outlet or None,
        "collection": wanted.collection or None,
    }
    job = here().catalogue.jobs.create("import", by=acting_user().name, asked=asked)
    target = here().catalogue.jobs.files(job.number)
    for file, name in zip(sent, names, strict=True):
        take_file(file.stream, target / name)
    begin(job)
    return redirect(url_for("jobs.show", number=job.number), 303)


@pages.get("/withdraw/<int:number>")
def ask(number: int) -> str:
    """Ask for the reason, and say which reports of an import would go and which would stay."""
    return _ask(number)


@pages.post("/withdraw/<int:number>")
def withdraw(number: int) -> ResponseReturnValue:
    """Withdraw what came in by an import and by nothing else."""
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        return _ask(number, "Say why: the reason is what stays of these reports."), 400
    here().catalogue.batch(number)
    return start("withdraw", batch=number, reason=reason)


@pages.post("/restore/<int:number>")
def restore(number: int) -> ResponseReturnValue:
    """Put back what a job withdrew."""
    here().catalogue.jobs.read(number)
    return start("restore", job=number)


def _ask(number: int, problem: str = "") -> str:
    catalogue = here().catalogue
    catalogue.batch(number)
    going, held = catalogue.batch_desk.only_by(number), catalogue.batch_desk.reports(number)
    return render_template(
        "desk/withdraw_import.html",
        number=number,
        problem=problem,
        going=len(going),
        staying=len(held) - len(going),
        examples=[view_report(one) for one in catalogue.reports(going[:SHOWN])],
    )


def _keep_priors(wanted: Wanted) -> None:
    """Write down what is known of the collection; BadRuleFile when it cannot be so."""
    countries = [one.strip().upper() for one in wanted.countries.replace(";", ",").split(",") if one.strip()]
    first, last = wanted.first or wanted.last, wanted.last or wanted.first
    here().catalogue.rule_desk.set_priors(
        wanted.collection, countries, (first, last) if first else (), by=acting_user().name
    )


def _show(wanted: Wanted, problem: str = "") -> str:
    catalogue = here().catalogue
    jobs = [job for job, _ in zip(catalogue.jobs.all(*KINDS), range(LISTED), strict=False)]
    return render_template(
        "desk/import.html",
        wanted=wanted,
        problem=problem,
        folders=catalogue.jobs.offer_folders(),
        outlets=catalogue.rule_desk.outlets(),
        collections=_collections(),
        most=count(catalogue.jobs.most_files, "file"),
        most_bytes=say_bytes(catalogue.jobs.most_bytes),
        jobs=[_line(job) for job in jobs],
        in_quarantine=catalogue.quarantine_desk.count(),
    )


def _collections() -> list[str]:
    facet = here().catalogue.facet(SearchRequest(), "collection")
    return [value.label for value in facet.values if value.value != "unknown"] if facet else []


def _line(job: Job) -> JobLine:
    return JobLine(job.number, say_what(job), job.by, moment(job.created), STATES[job.state], f"{job.done:,}")


def say_what(job: Job) -> str:
    """Return what an import takes in, in a few words."""
    if job.kind == "retry":
        return f"{count(len(job.asked['pages']), 'page')} from quarantine"
    if job.asked.get("folder"):
        return Path(job.asked["folder"]).name
    names: list[str] = job.asked["uploaded"]
    return names[0] if len(names) == 1 else f"{names[0]} and {count(len(names) - 1, 'more file')}"


def say_bytes(number: int) -> str:
    """Return a number of bytes as people say it."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number} bytes"
