"""The library's own word on names: which actor a name means, under which label; seen before it is used, undone."""

from dataclasses import asdict, dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import BadRuleFile, OwnActor, OwnFileEdit, SearchRequest
from web.access import acting_user
from web.context import here
from web.desk.jobs import moment, start
from web.desk.own_files import EditView, try_draft, view_edit
from web.notices import done, tell
from web.numbers import sent_number

pages = Blueprint("actor_desk", __name__, url_prefix="/desk/names")

FILE = "actors.toml"
LONGEST, LONGEST_REASON = 20_000, 2_000
MOST_NAMES, MOST_REPORTS, MOST_FOUND = 60, 200_000, 50


@dataclass(frozen=True, slots=True)
class ActorView:
    """One actor in the list."""

    id: str
    label: str
    names: str
    own: bool


@pages.get("")
def index() -> str:
    """Look actors up by any name, and list those the library has said something of."""
    desk, find = here().catalogue.actor_desk, request.args.get("find", "").strip()[:200]
    own = {actor.id for actor in desk.own()}
    entries = desk.all().by_id.values()
    sought = find.casefold()
    found = [one for one in entries if sought and any(sought in name.casefold() for name in (one.label, *one.variants))]
    listed = found[:MOST_FOUND] if find else [one for one in entries if one.id in own]
    return render_template(
        "desk/names.html",
        find=find,
        actors=[ActorView(one.id, one.label, ", ".join(one.variants[:12]), one.id in own) for one in listed],
        edits=[_view_edit(one) for one in desk.edits()[:50]],
    )


@pages.get("/edit")
def edit() -> str:
    """Show what is said of an actor, or an empty form for a new one."""
    actor_id = request.args.get("id", "")[:200]
    desk = here().catalogue.actor_desk
    if actor_id and desk.entry(actor_id) is None and desk.draft(actor_id) == OwnActor(actor_id):
        raise NotFound
    draft = desk.draft(actor_id) if actor_id else OwnActor("", label=request.args.get("label", "")[:200])
    return _show(draft)


@pages.post("/try")
def try_out() -> ResponseReturnValue:
    """Show which reports would read differently, before anything is kept."""
    draft, catalogue = _read(), here().catalogue
    try:
        text = catalogue.actor_desk.preview(draft)
    except BadRuleFile as wrong:
        return _show(draft, str(wrong)), 400
    asked = {"actor": asdict(draft), "ids": _reports_with(draft)}
    return try_draft("authorities", FILE, text, asked)


@pages.post("/save")
def save() -> ResponseReturnValue:
    """Keep what is said of an actor."""
    draft, reason = _read(), request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not draft.id and not (draft.label.strip() and any(map(str.strip, draft.variants))):
        return _show(draft, "A new actor needs a label, and a name that reports print."), 400
    try:
        event = here().catalogue.actor_desk.put(draft, by=acting_user().name, reason=reason)
    except BadRuleFile as wrong:
        return _show(draft, str(wrong)), 400
    if event is None:
        return done(_href(), "That is said already.")
    said = "Kept. Searches know the names from now on; for the reports, see below what would change."
    return done(_href(), said, undo=url_for("actor_desk.undo"), event=event.number)


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Take a change back, and show what that changes in the reports, before it is written."""
    event = here().catalogue.actor_desk.undo(sent_number("event"), by=acting_user().name)
    tell("Taken back. Below is what the reports would be by it; write that, or leave them.")
    return start("compare", undone=event.number)


def _read() -> OwnActor:
    said = {name: request.form.get(name, "").strip()[:LONGEST] for name in ("id", "label", "note")}
    variants, without = (tuple(request.form.get(name, "")[:LONGEST].splitlines()) for name in ("variants", "without"))
    return OwnActor(said["id"], said["label"], variants, without, said["note"])


def _reports_with(draft: OwnActor) -> list[str]:
    """Return the reports that print any name that comes or goes."""
    before = here().catalogue.actor_desk.draft(draft.id)
    names = dict.fromkeys((*draft.variants, *draft.without, *before.variants, *before.without))
    ids: dict[str, None] = {}
    for name in [one for one in names if one.strip()][:MOST_NAMES]:
        quoted = f'"{" ".join(name.replace(chr(34), " ").split())}"'
        found = here().catalogue.find_all(SearchRequest(quoted, variants=False)).ids
        ids |= dict.fromkeys(one for one, _ in zip(found, range(MOST_REPORTS), strict=False))
    return sorted(ids)


def _show(draft: OwnActor, problem: str = "") -> str:
    return render_template(
        "desk/name.html", draft=draft, problem=problem, entry=here().catalogue.actor_desk.entry(draft.id)
    )


def _view_edit(edit: OwnFileEdit) -> EditView:
    said = f"{edit.by} changed what is said of names, {moment(edit.when)}"
    return view_edit(edit, said)


def _href() -> str:
    return url_for("actor_desk.index")
