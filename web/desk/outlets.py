"""The library's word on outlets: described, given owners, put together with another, each step undoable."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import BadRuleFile, OutletNote, OwnFileEdit, SearchRequest, UnknownOutlet
from web.access import acting_user
from web.address import narrowed_to
from web.context import here
from web.desk.jobs import moment, start
from web.desk.own_files import EditView, try_draft, view_edit
from web.notices import done, tell
from web.numbers import sent_number
from web.pages.search import link
from web.words import count

pages = Blueprint("outlet_desk", __name__, url_prefix="/desk/outlets")

LONGEST, LONGEST_REASON = 20_000, 2_000
FILE = "outlets.toml"


@dataclass(frozen=True, slots=True)
class OutletView:
    """One outlet in the list."""

    key: str
    name: str
    reports: str
    same_as: str
    described: bool


@pages.get("")
def index() -> str:
    """List every outlet that there are reports or rules of."""
    desk = here().catalogue.outlet_desk
    names, reports = _names(), _counts()
    notes = {key: desk.note(key) for key in names}
    views = [
        OutletView(key, name, f"{reports.get(key, 0):,}", names.get(notes[key].same_as, ""), bool(notes[key].note))
        for key, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
    ]
    return render_template("desk/outlets.html", outlets=views, edits=[_view_edit(one) for one in desk.edits()[:50]])


@pages.get("/<key>")
def edit(key: str) -> str:
    """Show what is said of an outlet, to be changed."""
    return _show(key, here().catalogue.outlet_desk.note(key))


@pages.post("/<key>")
def save(key: str) -> ResponseReturnValue:
    """Keep a description and a note of the owners."""
    desk, names = here().catalogue.outlet_desk, _names()
    if key not in names:
        raise NotFound
    said = {name: request.form.get(name, "").replace("\r\n", "\n").strip()[:LONGEST] for name in ("about", "note")}
    note = replace(desk.note(key), **said)
    event = desk.put(note, by=acting_user().name, reason=_reason())
    if event is None:
        return done(_href(key), "That is said already.")
    return done(_href(key), "Kept.", undo=url_for("outlet_desk.undo"), event=event.number)


@pages.post("/<key>/try")
def try_merge(key: str) -> ResponseReturnValue:
    """Show which reports would go to another outlet, before it is so."""
    desk, into = here().catalogue.outlet_desk, request.form.get("into", "")
    note = replace(desk.note(key), same_as=into)
    if not into:
        return done(_href(key), "Choose the outlet that it is the same as.")
    try:
        text = desk.preview(note)
    except (BadRuleFile, UnknownOutlet) as wrong:
        return _show(key, desk.note(key), str(wrong)), 400
    asked = {"merges": key, "into": into, "ids": list(_reports_of(key))}
    return try_draft("authorities", FILE, text, asked)


@pages.post("/merge/<int:number>")
def merge(number: int) -> ResponseReturnValue:
    """Count an outlet's reports to another, those there are as one batch, and those of later imports too."""
    job = here().catalogue.jobs.read(number)
    key, into = str(job.asked.get("merges", "")), str(job.asked.get("into", ""))
    desk = here().catalogue.outlet_desk
    try:
        event = desk.put(replace(desk.note(key), same_as=into), by=acting_user().name, reason=_reason())
    except (BadRuleFile, UnknownOutlet) as wrong:
        return done(_href(key), str(wrong))
    if event is not None:
        tell("Later imports follow too.", undo=url_for("outlet_desk.undo"), event=event.number)
    return start("apply", compared=number)


@pages.post("/<key>/split")
def split(key: str) -> ResponseReturnValue:
    """Let an outlet be one of its own again, and show what that changes, before it is written."""
    desk = here().catalogue.outlet_desk
    into = desk.note(key).same_as
    event = desk.put(replace(desk.note(key), same_as=""), by=acting_user().name, reason=_reason())
    if event is None:
        return done(_href(key), "It is an outlet of its own.")
    tell("It is an outlet of its own again.", undo=url_for("outlet_desk.undo"), event=event.number)
    return start("compare", ids=list(_reports_of(into)))


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Take a change back, and show what that changes in the reports, before it is written."""
    event = here().catalogue.outlet_desk.undo(sent_number("event"), by=acting_user().name)
    tell("Taken back. Below is what the reports would be by it; write that, or leave them.")
    return start("compare", undone=event.number)


def _show(key: str, note: OutletNote, problem: str = "") -> str:
    names, counts = _names(), _counts()
    if key not in names:
        raise NotFound
    desk = here().catalogue.outlet_desk
    known = dict(here().catalogue.rule_desk.outlets())
    return render_template(
        "desk/outlet.html",
        key=key,
        name=names[key],
        note=note,
        problem=problem,
        reports=count(counts.get(key, 0), "report"),
        reports_href=link(narrowed_to("outlet", key)),
        same_as=names.get(note.same_as, note.same_as),
        others=[names.get(one, one) for one in desk.others(key)],
        choices=[(one, name) for one, name in known.items() if one != key and not desk.note(one).same_as],
        ruled=key in known,
    )


def _names() -> dict[str, str]:
    facet = here().catalogue.facet(SearchRequest(), "outlet")
    found = {value.value: value.label for value in facet.values if value.value != "unknown"} if facet else {}
    return found | dict(here().catalogue.rule_desk.outlets())


def _counts() -> dict[str, int]:
    facet = here().catalogue.facet(SearchRequest(), "outlet")
    return {value.value: value.count for value in facet.values} if facet else {}


def _reports_of(key: str) -> tuple[str, ...]:
    return tuple(here().catalogue.find_all(narrowed_to("outlet", key).request).ids)


def _view_edit(edit: OwnFileEdit) -> EditView:
    said = f"{edit.by} changed what is said of outlets, {moment(edit.when)}"
    return view_edit(edit, said)


def _reason() -> str:
    return request.form.get("reason", "").strip()[:LONGEST_REASON]


def _href(key: str) -> str:
    return url_for("outlet_desk.edit", key=key)
