"""Edits of many reports: from a result to a preview, to progress, to what was done and how to take it back."""

from dataclasses import dataclass
from itertools import islice
from typing import cast, get_args
from urllib.parse import parse_qsl

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import (
    ACTS,
    FIELD_BY_NAME,
    Act,
    BadCollection,
    BadEdit,
    BulkEdit,
    Edit,
    EditLine,
    EditNotReady,
    ItemOutcome,
    SearchRequest,
    UnknownCollection,
    UnknownEdit,
)
from web.access import acting_user
from web.address import SearchAddress, bounded
from web.context import here
from web.desk.saying import is_decision, say_decision
from web.desk.working import set_to_work
from web.listing import read_list
from web.notices import done
from web.pages.search import link
from web.paging import turn_pages
from web.words import count, date_in_words

pages = Blueprint("bulk", __name__, url_prefix="/desk/bulk")

PER_PAGE = 50
PATIENCE = 8.0  # seconds
MOST = 200_000  # reports of one edit
SMALL = 500  # reports that are worked off before the answer, since that takes no longer than a page may
LISTS = ("section", "places", "names", "tags")
COLLECTION, UNKNOWN = "collection", "unknown"
ACT_WORDS: dict[Act, str] = {
    "set": "give it this value",
    "add": "add this value to the list",
    "remove": "take this value out",
    "replace": "put this value in place of another",
    "find": "find a stretch of text and put this one in its place",
    "confirm": "confirm what stands there as a person's word",
}
OUTCOMES: dict[ItemOutcome, str] = {
    "waiting": "to be changed",
    "changed": "changed",
    "same": "the same as before",
    "refused": "not possible",
    "kept": "left as they are",
}
STATES = {
    "planned": "A preview; nothing has been changed yet.",
    "waiting": "Waits for its turn.",
    "running": "Under way.",
    "stopped": "Stopped between two portions; it can go on or be undone.",
    "done": "Done, and found by every search.",
}


@dataclass(frozen=True, slots=True)
class LineView:
    """One report of an edit, with a link to it and its value before and after."""

    title: str
    href: str
    outcome: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class EditView:
    """One edit in words."""

    number: int
    href: str
    said: str
    by: str
    when: str
    state: str
    figures: tuple[tuple[str, int], ...]
    reports: str


@pages.get("")
def index() -> str:
    """List every edit that was begun, newest first."""
    bulk = here().catalogue.bulk
    set_to_work()
    last = max(1, -(-bulk.count() // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    return render_template(
        "desk/bulk_list.html",
        edits=[view_edit(edit) for edit in bulk.edits(offset=(at - 1) * PER_PAGE, limit=PER_PAGE)],
        turning=turn_pages(at, last, lambda there: url_for("bulk.index", page=there)),
    )


@pages.get("/new")
def new() -> str:
    """Ask what is to be done to the reports of a search, or of a list of ticked ones."""
    return _ask()


@pages.post("/new")
def plan() -> ResponseReturnValue:
    """Write the edit down, and lead to its preview."""
    ids, question, _ = _chosen()
    try:
        edit = _read_edit()
        number = here().catalogue.bulk.plan(
            edit, ids, by=acting_user().name, reason=request.form.get("reason", "")[:2_000], question=question
        )
    except (BadCollection, BadEdit, UnknownCollection) as refused:
        return _ask(problem=str(refused)), 400
    return redirect(url_for("bulk.show", number=number), 303)


@pages.get("/<int:number>")
def show(number: int) -> str:
    """Show an edit: its preview, how far it is, or what it did."""
    bulk = here().catalogue.bulk
    edit = _find(number)
    work = set_to_work() if edit.state in {"waiting", "running"} else None
    first: ItemOutcome = "waiting" if edit.state == "planned" else "changed"
    asked = request.args.get("show", first)
    outcome = next((one for one in OUTCOMES if one == asked), first)
    found = getattr(edit.counts, outcome)
    last = max(1, -(-found // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    lines = bulk.lines(number, [outcome], offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "desk/bulk_edit.html",
        edit=edit,
        view=view_edit(edit),
        about=STATES[edit.state],
        problem=work.problem if work else "",
        tabs=[(OUTCOMES[one], getattr(edit.counts, one), url_for("bulk.show", number=number, show=one), one == outcome)
              for one in OUTCOMES if getattr(edit.counts, one) or one == outcome],
        outcome=OUTCOMES[outcome],
        lines=_view_lines(edit, lines),
        turning=turn_pages(at, last, lambda there: url_for("bulk.show", number=number, show=outcome, page=there)),
        question_href=_question_link(edit.question),
        original=url_for("bulk.show", number=edit.undoes) if edit.undoes else None,
        undoing=url_for("bulk.show", number=edit.undone) if edit.undone else None,
    )  # fmt: skip


@pages.post("/<int:number>/start")
def start(number: int) -> ResponseReturnValue:
    """Begin an edit, or go on with it."""
    here().catalogue.bulk.start(_find(number).number, by=acting_user().name)
    return _set_off(number)


@pages.post("/<int:number>/stop")
def stop(number: int) -> ResponseReturnValue:
    """Let an edit rest after the portion that is being written."""
    here().catalogue.bulk.stop(_find(number).number, by=acting_user().name)
    return done(url_for("bulk.show", number=number), "Stopped. What was changed stays so until you undo it.")


@pages.post("/<int:number>/undo")
def undo(number: int) -> ResponseReturnValue:
    """Begin to take an edit back."""
    return _set_off(here().catalogue.bulk.undo(_find(number).number, by=acting_user().name))


@pages.post("/<int:number>/drop")
def drop(number: int) -> ResponseReturnValue:
    """Forget a preview."""
    here().catalogue.bulk.drop(_find(number).number)
    return done(url_for("bulk.index"), "The preview is gone. Nothing was changed.")


@pages.app_errorhandler(EditNotReady)
def refuse(problem: EditNotReady) -> ResponseReturnValue:
    """Lead back to an edit that somebody else has moved on meanwhile."""
    number = (request.view_args or {}).get("number", 0)
    return done(url_for("bulk.show", number=number), str(problem))


def view_edit(edit: BulkEdit) -> EditView:
    """Return an edit in words, with its figures."""
    counts = edit.counts
    return EditView(
        edit.number,
        url_for("bulk.show", number=edit.number),
        say_edit(edit),
        edit.by,
        date_in_words(edit.planned[:10]) or edit.planned,
        edit.state,
        tuple((OUTCOMES[one], getattr(counts, one)) for one in OUTCOMES if getattr(counts, one)),
        count(counts.total, "report"),
    )


def say_edit(edit: BulkEdit) -> str:
    """Return what an edit does, as a sentence says it."""
    what = edit.edit
    value = _say_value(what)
    if is_decision(what.field):
        said = say_decision(what.field, what.value)
    elif what.field == COLLECTION:
        said = f"{'Put into' if what.act == 'add' else 'Take out of'} the collection {value}"
    else:
        label = FIELD_BY_NAME[what.field].label if what.field in FIELD_BY_NAME else what.field
        said = {
            "set": f"{label}: set to {value}" if what.value else f"{label}: a value of each report's own, or none",
            "add": f"{label}: add {value}",
            "remove": f"{label}: take {value} out",
            "replace": f"{label}: {value} in place of “{what.old}”",
            "find": f"{label}: find “{what.old}” and write {value}",
            "confirm": f"{label}: confirmed as it stands",
        }[what.act]
    return f"Undo of bulk edit {edit.undoes} ({said})" if edit.undoes else said


def _say_value(edit: Edit) -> str:
    values = edit.value if isinstance(edit.value, list) else [edit.value]
    shown = [here().catalogue.label(_facet(edit.field), str(value)) for value in values if value]
    return ", ".join(f"“{value}”" for value in shown) or "nothing"


def _facet(field: str) -> str:
    return FIELD_BY_NAME[field].key if field in FIELD_BY_NAME else field


def _set_off(number: int) -> ResponseReturnValue:
    edit = here().catalogue.bulk.edit(number)
    work = set_to_work()
    if edit.counts.total <= SMALL:
        work.wait(PATIENCE)
    edit = here().catalogue.bulk.edit(number)
    address = url_for("bulk.show", number=number)
    if edit.state != "done":
        return done(address, f"Begun: {count(edit.counts.total, 'report')}.")
    said = f"{count(edit.counts.changed, 'report')} changed."
    return done(address, said, undo=None if edit.undoes else url_for("bulk.undo", number=number))


def _ask(problem: str = "") -> str:
    _, question, total = _chosen()
    catalogue = here().catalogue
    form, outlets = request.form, catalogue.tally(SearchRequest(), ("outlet",)).facets["outlet"]
    return render_template(
        "desk/bulk_new.html",
        total=total,
        found=count(total, "report"),
        most=MOST if total > MOST else None,
        ticked=not question,
        target=f"{url_for('bulk.plan')}?{request.query_string.decode('utf-8', 'replace')}",
        question_href=_question_link(question),
        fields=[(name, FIELD_BY_NAME[name].label) for name in ACTS["set"]],
        acts=ACT_WORDS,
        collections=catalogue.collection_desk.all(),
        outlets=[(one.value, one.label) for one in outlets.values if one.value != UNKNOWN],
        form={key: form.get(key, "") for key in ("field", "act", "value", "old", "reason", "collection", "name")},
        exact_case="exact_case" in form,
        whole_words="whole_words" in form,
        problem=problem,
    )


def _chosen() -> tuple[tuple[str, ...], str, int]:
    """Return the reports the edit is for, the search that found them, and how many there are in all."""
    ticked = read_list(request.args.getlist("r"))
    if ticked:
        return ticked, "", len(ticked)
    address = SearchAddress.read(request.args.items(multi=True))
    found = here().catalogue.find_all(address.request)
    ids = tuple(islice(found.ids, MOST)) if request.method == "POST" else ()
    return ids, address.query_string or "q=", found.total


def _read_edit() -> Edit:
    form = request.form
    field, act = form.get("field", ""), form.get("act", "")
    if field == COLLECTION:
        key, name = form.get("collection", ""), form.get("name", "").strip()
        if act == "add" and name:
            key = here().catalogue.collection_desk.create(name, by=acting_user().name)
        return Edit(COLLECTION, cast("Act", act), key)
    if act not in get_args(Act):
        raise BadEdit("choose what is to be done")
    text = form.get("value", "").strip()
    value: object = text or None
    if act == "set" and field in LISTS:
        value = [part.strip() for part in text.split(";") if part.strip()]
    return Edit(
        field,
        cast("Act", act),
        value,
        old=form.get("old", ""),
        exact_case="exact_case" in form,
        whole_words="whole_words" in form,
    )


def _find(number: int) -> BulkEdit:
    try:
        return here().catalogue.bulk.edit(number)
    except UnknownEdit as problem:
        raise NotFound from problem


def _view_lines(edit: BulkEdit, lines: tuple[EditLine, ...]) -> list[LineView]:
    catalogue, key = here().catalogue, _facet(edit.edit.field)
    stored = {one.id: one.report for one in catalogue.reports([line.report_id for line in lines])}

    def name(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(catalogue.label(key, value) for value in values)

    views = []
    for line in lines:
        report = stored.get(line.report_id)
        title = report.title.value if report and report.title else f"Report {line.report_id}"
        href = url_for("reports.show", report_id=line.report_id)
        before, after = name(line.before), name(line.after)
        views.append(LineView(title, href, OUTCOMES[line.outcome], before, after, line.note or ""))
    return views


def _question_link(question: str) -> str | None:
    if not question:
        return None
    return link(SearchAddress.read(parse_qsl(question, keep_blank_values=True)))
