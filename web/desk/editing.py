"""Correcting a report: one field at a time, with what its sources say, a reason, and a way to agree where two edit."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import (
    BadCorrection,
    BadDate,
    ChangedMeanwhile,
    Correction,
    NotWaiting,
    PlaceChoice,
    Proposal,
    StoredReport,
    UnknownBlock,
    UnknownOutlet,
    read_date,
)
from web.access import acting_user, keep_inside
from web.context import here
from web.desk.drafts import (
    ABOUT_ROLES,
    EDITABLE,
    HINTS,
    ROLES,
    DateView,
    Draft,
    draft_of,
    read_draft,
    say_now,
    value_of,
    view_date,
)
from web.desk.history import as_number, done_with_undo
from web.desk.saying import label_of, say_field
from web.notices import done
from web.pages.reports import place_in_original, view_report
from web.provenance import NOT_ON_THE_PAGE
from web.words import BASIS_WORDS, ZONE_WORDS, date_in_words

pages = Blueprint("editing", __name__, url_prefix="/a/<report_id>")

LONGEST_REASON = 500
REFUSALS = (BadCorrection, BadDate, UnknownOutlet)
NAMES = {field.name for field in EDITABLE}


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A value that a source gives: what is sent when it is taken, in which words, who says so and where."""

    value: str
    said: str
    source: str
    href: str | None
    standing: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of the form: ticked or not, with its role."""

    id: str
    label: str
    role: str
    ticked: bool


@pages.get("/edit")
def index(report_id: str) -> str:
    """Show every field that can be corrected, as it stands."""
    stored = here().catalogue.report(report_id)
    rows = [(field, say_now(stored.report, field.name), field.name in stored.corrected) for field in EDITABLE]
    return render_template(
        "desk/edit.html", report=view_report(stored), rows=rows, waiting=here().catalogue.queues.tasks_of(report_id)
    )


@pages.get("/edit/<field>")
def show(report_id: str, field: str) -> str:
    """Show the form for one field."""
    stored = _open(report_id, field)
    draft = draft_of(stored.report, field)
    return _form(stored, field, draft, find=request.args.get("find", ""))


@pages.post("/edit/<field>")
def save(report_id: str, field: str) -> ResponseReturnValue:
    """Save one field; `do` may ask for its date to be read, or for places to be looked up, first."""
    stored, draft, wish = _open(report_id, field), read_draft(request.form, field), request.form.get("do", "save")
    if wish == "find":
        return _form(stored, field, draft, find=request.form.get("find", ""))
    if field == "published":
        read = view_date(draft.value)
        if read.problem or wish == "look" or request.form.get("seen") != (read.edtf or "unknown"):
            return _form(stored, field, draft, read=read), (400 if read.problem else 200)
    try:
        return _save(stored, field, draft)
    except REFUSALS as refused:
        return _form(stored, field, draft, problem=str(refused)), 400
    except ChangedMeanwhile as met:
        return _merge(stored, met), 409


@pages.post("/take/<field>")
def take(report_id: str, field: str) -> ResponseReturnValue:
    """Take what a source says as a person's word, in one step."""
    stored = _open(report_id, field)
    try:
        return _save(stored, field, read_draft(request.form, field))
    except REFUSALS as refused:
        return done(_address(stored), str(refused))
    except ChangedMeanwhile as met:
        return _merge(stored, met), 409


@pages.post("/block")
def move_block(report_id: str) -> ResponseReturnValue:
    """Take a piece of the page back into the text, or set it aside."""
    kept, anchor = request.form.get("kept") == "yes", request.form.get("anchor", "")
    address = url_for("original.show", report_id=report_id) + (f"#{anchor}" if anchor.isalnum() else "")
    correcting, by = here().catalogue.correcting, acting_user().name
    try:
        event = correcting.move_block(report_id, request.form.get("block", ""), kept=kept, by=by, reason=_reason())
    except (UnknownBlock, BadCorrection) as refused:
        return done(address, str(refused))
    said = "The piece is part of the text again." if kept else "The piece is set aside."
    return done_with_undo(address, said, event.number, back=address)


@pages.post("/settle/<queue>")
def settle(report_id: str, queue: str) -> ResponseReturnValue:
    """Let what a queue shows of the report be no problem."""
    address = keep_inside(request.form.get("next", url_for("editing.index", report_id=report_id)))
    try:
        event = here().catalogue.queues.settle(queue, report_id, by=acting_user().name, reason=_reason())
    except NotWaiting as refused:
        return done(address, str(refused))
    back = keep_inside(request.form.get("back", address))
    return done_with_undo(address, "Noted that this is no problem.", event.number, back=back)


def _open(report_id: str, field: str) -> StoredReport:
    if field not in NAMES:
        abort(404)
    return here().catalogue.report(report_id)


def _save(stored: StoredReport, field: str, draft: Draft) -> ResponseReturnValue:
    number = as_number(request.form.get("base", ""))
    correction = Correction(stored.id, field, value_of(draft, field), acting_user().name, _reason(), number)
    event = here().catalogue.correct(correction)
    address = _address(stored)
    back = keep_inside(request.form.get("back", address))
    return done_with_undo(address, f"{label_of(field)} corrected.", event.number, back=back)


def _address(stored: StoredReport) -> str:
    return keep_inside(request.values.get("next") or url_for("reports.show", report_id=stored.id))


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())[:LONGEST_REASON]


def _form(
    stored: StoredReport,
    field: str,
    draft: Draft,
    *,
    read: DateView | None = None,
    find: str = "",
    problem: str = "",
) -> str:
    correcting = here().catalogue.correcting
    found = correcting.find_places(find[:100]) if find.strip() else ()
    return render_template(
        "desk/edit_field.html",
        report=view_report(stored),
        field=field,
        label=label_of(field),
        hint=HINTS[field],
        draft=draft,
        read=read or (view_date(draft.value) if field == "published" else None),
        asked=read is not None,
        find=find,
        places=_places(draft, found) if field == "places" else (),
        nothing=bool(find.strip()) and not found,
        roles=[(role, ABOUT_ROLES[role]) for role in ROLES],
        outlets=_outlets(stored) if field == "outlet" else {},
        proposals=list_proposals(stored, field),
        problem=problem,
        base=request.form.get("base") or correcting.last_event(),
        reason=request.form.get("reason", ""),
        next=request.values.get("next", ""),
    )


def _outlets(stored: StoredReport) -> dict[str, str]:
    own = {stored.report.outlet.key: stored.report.outlet.name} if stored.report.outlet else {}
    return dict(sorted({**own, **here().catalogue.correcting.outlets()}.items(), key=lambda one: one[1].casefold()))


def _places(draft: Draft, found: tuple[PlaceChoice, ...]) -> list[PlaceView]:
    """Return the places that are chosen, then those that were looked up."""
    correcting = here().catalogue.correcting
    chosen = dict(draft.places)
    views = [
        PlaceView(one, _name_place(correcting.place(one), one), role or "main", ticked=True)
        for one, role in draft.places
    ]
    return views + [
        PlaceView(one.id, _name_place(one, one.id), "main", ticked=False) for one in found if one.id not in chosen
    ]


def _name_place(choice: PlaceChoice | None, place_id: str) -> str:
    if choice is None:
        return place_id
    return f"{', '.join((choice.name, *choice.around))} ({choice.kind}, {choice.id})"


def list_proposals(stored: StoredReport, field: str) -> list[ProposalView]:
    """Return what the page and its container say of a field, other than by a person's word."""
    if field in {"places", "names", "language", "section", "tags"}:
        return []
    now = draft_of(stored.report, field).value
    found = here().catalogue.correcting.proposals(stored.id, field)
    views = [_view_proposal(stored.id, field, one, now) for one in found]
    return [one for one in views if one.standing or not (field == "published" and _is_wider(one.value, now))]


def _is_wider(edtf: str, now: str) -> bool:
    """Tell whether a date only bounds the one that stands: it is evidence for it, and no other value."""
    one, standing = read_date(edtf), read_date(now)
    if not now or (standing.earliest is None and standing.latest is None):
        return False
    first, last = one.earliest or "", one.latest or "9999"
    return first <= (standing.earliest or "") and (standing.latest or "9999") <= last


def _view_proposal(report_id: str, field: str, one: Proposal, now: str) -> ProposalView:
    item = one.evidence
    said = one.value
    if field == "published":
        said = date_in_words(one.value) or one.value
    elif field == "outlet":
        said = one.printed
    place = ZONE_WORDS.get(item.zone)
    source = ", ".join(part for part in (BASIS_WORDS.get(item.basis, item.basis), place) if part)
    quoted = f": “{one.printed[:200]}”" if one.printed and one.printed != said else ""
    on_page = item.span is not None and item.zone not in NOT_ON_THE_PAGE
    href = place_in_original(report_id, item.span) if item.span is not None and on_page else None
    return ProposalView(one.value, said, source + quoted, href, standing=one.value == now)


def _merge(stored: StoredReport, met: ChangedMeanwhile) -> str:
    """Show what stood, what somebody else made of it, and what this person wrote; nothing is saved yet."""
    sent = [
        (name, value) for name, value in request.form.items(multi=True) if name not in {"csrf", "base", "do", "seen"}
    ]
    values = [say_field(met.field, value) for value in (met.base, met.theirs, met.yours)]
    last = next((event for event in reversed(here().catalogue.history(stored.id)) if _is_about(event.after, met.field)),
                None)  # fmt: skip
    return render_template(
        "desk/merge.html",
        report=view_report(stored),
        field=met.field,
        label=label_of(met.field),
        columns=list(zip(("When you began", "Now, by somebody else", "What you wrote"), values, strict=True)),
        sent=sent,
        seen=view_date(request.form.get("value", "")).edtf or "unknown" if met.field == "published" else "",
        base=here().catalogue.correcting.last_event(),
        last=last,
        next=_address(stored),
    )


def _is_about(after: object, field: str) -> bool:
    return isinstance(after, dict) and field in after
