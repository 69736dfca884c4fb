"""From one correction to a rule: what holds for a whole collection or outlet, tried on its reports before use."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadRuleFile, Job, Priors, UnknownOutlet
from web.access import acting_user
from web.context import here
from web.desk.jobs import begin, moment, start
from web.desk.own_files import try_draft
from web.notices import done, tell
from web.numbers import sent_number

pages = Blueprint("widening", __name__, url_prefix="/desk/widen")

LONGEST = 40_000
LONGEST_REASON = 500
FILE = "collections.toml"


@pages.get("")
def show() -> str:
    """Show what is said of whole collections and outlets, with forms to say more."""
    return _show()


@pages.post("/collection")
def try_collection() -> ResponseReturnValue:
    """Look over a collection's reports what a person's word on all of them would change; nothing is used yet."""
    desk, jobs, form = here().catalogue.rule_desk, here().catalogue.jobs, request.form
    key = form.get("collection", "")
    try:
        if key not in here().catalogue.labels.collections:
            raise BadRuleFile(FILE, "the collection", "is not named")  # noqa: TRY301  # told as every other refusal
        text = desk.draft_priors(Priors(key, _countries(), _years(), tuple(_read_places().items())))
    except BadRuleFile as wrong:
        return _show(problem=_said(wrong)), 400
    asked = {"widened": True, "collection": key, "reason": form.get("reason", "")[:LONGEST_REASON]}
    job = jobs.create("compare", by=acting_user().name, asked=asked)
    (jobs.files(job.number) / FILE).write_text(text, encoding="utf-8", newline="\n")
    begin(job)
    return redirect(url_for("jobs.show", number=job.number), 303)


@pages.post("/outlet")
def try_outlet() -> ResponseReturnValue:
    """Look over an outlet's reports what its years of publication would change; used, it is a change of its rules."""
    desk, key = here().catalogue.rule_desk, request.form.get("outlet", "")
    years = _years()
    try:
        text = desk.draft_years(key, (years[0], years[1]) if years else None)
    except (BadRuleFile, UnknownOutlet) as wrong:
        return _show(problem=_said(wrong)), 400
    return try_draft("outlets", f"{key}.toml", text, {"draft": True, "key": key, "outlet": key})


@pages.post("/use/<int:number>")
def use(number: int) -> ResponseReturnValue:
    """Say it for good, and give the reports it changes new versions as one batch."""
    job, desk = here().catalogue.jobs.read(number), here().catalogue.rule_desk
    text = _text_of(job)
    if not job.asked.get("widened") or text is None:
        return done(url_for("widening.show"), "There is nothing to use any more: write it again.")
    try:
        event = desk.put_priors(text, by=acting_user().name, reason=str(job.asked.get("reason", "")))
    except BadRuleFile as wrong:
        return done(url_for("widening.show"), str(wrong))
    if event is not None:
        address = url_for("widening.undo", collection=job.asked["collection"])
        tell("It is said, and holds for later imports.", undo=address, event=event.number)
    found: Any = here().catalogue.jobs.result(number)
    if not found or not found["ids"]:
        return redirect(url_for("widening.show", collection=job.asked["collection"]), 303)
    return start("apply", compared=number)


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Take back what was said, and show what that changes in the reports, before it is written."""
    collection = request.args.get("collection", "")
    here().catalogue.rule_desk.undo(sent_number("event"), by=acting_user().name)
    tell("It is taken back. Below is what the reports would be without it; write that, or leave them.")
    return start("compare", collection=collection)


def _show(problem: str = "") -> str:
    catalogue, args = here().catalogue, request.values
    known = {one.key: one for one in catalogue.rule_desk.priors()}
    chosen = args.get("collection", "")
    prior = known.get(chosen, Priors(chosen))
    lines = [f"{name} = {place}" for name, place in prior.places]
    if args.get("name") and args.get("place"):
        lines.append(f"{args['name']} = {args['place']}")
    edits = [(one, moment(one.when)) for one in catalogue.rule_desk.priors_edits()[:20]]
    return render_template(
        "desk/widen.html",
        problem=problem,
        collections=sorted(catalogue.labels.collections.items(), key=lambda one: one[1].casefold()),
        chosen=chosen,
        countries=request.form.get("countries", ", ".join(prior.countries)),
        first=request.form.get("first", prior.published[0] if prior.published else ""),
        last=request.form.get("last", prior.published[-1] if prior.published else ""),
        places=request.form.get("places", "\n".join(lines)),
        outlets=catalogue.rule_desk.outlets(),
        outlet=args.get("outlet", ""),
        edits=edits,
    )


def _read_places() -> dict[str, str]:
    """Return names with the ids they mean, one pair a line; BadRuleFile where a line or an id is none."""
    found: dict[str, str] = {}
    for line in request.form.get("places", "")[:LONGEST].splitlines():
        name, mark, place_id = (part.strip() for part in line.rpartition("="))
        if not line.strip():
            continue
        if not (name and mark) or here().catalogue.correcting.place(place_id) is None:
            raise BadRuleFile(FILE, line.strip()[:80], "is no name with the id of a place of the gazetteer")
        found[name] = place_id
    return found


def _countries() -> tuple[str, ...]:
    given = request.form.get("countries", "")[:LONGEST_REASON].replace(";", ",").split(",")
    return tuple(one.strip().upper() for one in given if one.strip())


def _years() -> tuple[int, ...]:
    first, last = (request.form.get(name, "").strip() for name in ("first", "last"))
    if not (first or last):
        return ()
    years = (first or last, last or first)
    return tuple(int(year) if year.isascii() and year.isdigit() and len(year) < len("10000") else 0 for year in years)


def _text_of(job: Job) -> str | None:
    try:
        return (here().catalogue.jobs.files(job.number) / FILE).read_text(encoding="utf-8")
    except OSError:
        return None


def _said(wrong: Exception) -> str:
    return str(wrong).replace(" Correct the file and run the command again.", "")
