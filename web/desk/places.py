"""The library's own places: found, added, given further names; what that changes is seen before it is done."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import PLACE_KINDS, BadRuleFile, OwnFileEdit, OwnRow, PlaceDraft, PlaceEntry, SearchRequest
from web.access import acting_user
from web.context import here
from web.desk.jobs import moment
from web.desk.own_files import EditView, try_draft, view_edit
from web.notices import done
from web.numbers import sent_number
from web.paging import turn_pages
from web.words import count

pages = Blueprint("place_desk", __name__, url_prefix="/desk/places")

LONGEST_NAMES = 200  # of the names in one change
PER_PAGE = 50
LONGEST, LONGEST_REASON = 300, 2_000
MOST_NAMES = 40  # of a place, that reports are looked for by
MOST_REPORTS = 200_000
NAMES_SHOWN = 12
TABLE = "places.tsv"


@dataclass(frozen=True, slots=True)
class FoundView:
    """One place that bears the name sought, with what it lies in and where the row about it is edited."""

    id: str
    name: str
    kind: str
    inside: str
    others: str
    own: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the library's own table."""

    id: str
    name: str
    about: str
    variants: str
    source: str


@pages.get("")
def index() -> str:
    """Show the library's own places, and look any place up by its name."""
    desk = here().catalogue.place_desk
    find = request.args.get("find", "").strip()[:LONGEST]
    rows = desk.rows()
    last = max(1, -(-len(rows) // PER_PAGE))
    at = min(max(request.args.get("page", 1, type=int), 1), last)
    own = {row.id for row in rows}
    return render_template(
        "desk/places.html",
        find=find,
        found=[_view_found(entry, own) for entry in desk.find(find)] if find else [],
        rows=[_view_row(row) for row in rows[(at - 1) * PER_PAGE : at * PER_PAGE]],
        total=len(rows),
        edits=[_view_edit(one) for one in desk.edits()[:PER_PAGE]],
        turning=turn_pages(at, last, lambda there: url_for("place_desk.index", page=there)),
    )


@pages.get("/edit")
def edit() -> str:
    """Show the row of a place, or an empty one for a new place."""
    place_id = request.args.get("id", "")[:LONGEST]
    draft = here().catalogue.place_desk.draft(place_id) if place_id else PlaceDraft(name=request.args.get("name", ""))
    if draft is None:
        raise NotFound
    return _show(draft)


@pages.post("/try")
def try_out() -> ResponseReturnValue:
    """Show which reports a row would change, before it is kept."""
    draft, catalogue = _read(), here().catalogue
    try:
        text = catalogue.place_desk.preview(draft)
    except BadRuleFile as wrong:
        return _show(draft, str(wrong)), 400
    asked = {"places": asdict(draft), "ids": _reports_with(draft)}
    return try_draft("authorities", TABLE, text, asked)


@pages.post("/save")
def save() -> ResponseReturnValue:
    """Keep a row."""
    draft, reason = _read(), request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        event = here().catalogue.place_desk.put(draft, by=acting_user().name, reason=reason)
    except BadRuleFile as wrong:
        return _show(draft, str(wrong)), 400
    if event is None:
        return done(_href(), "That is what the table says already.")
    said = "Kept. Searches use the names from now on; for the reports, see below what would change."
    return done(_href(), said, undo=url_for("place_desk.undo"), event=event.number)


@pages.post("/remove")
def remove() -> ResponseReturnValue:
    """Take a row out."""
    try:
        event = here().catalogue.place_desk.remove(request.form.get("id", ""), by=acting_user().name)
    except BadRuleFile as wrong:
        return done(_href(), str(wrong))
    if event is None:
        return done(_href(), "The table has no such row.")
    return done(_href(), "Taken out.", undo=url_for("place_desk.undo"), event=event.number)


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Take a change of the table back."""
    try:
        here().catalogue.place_desk.undo(sent_number("event"), by=acting_user().name)
    except BadRuleFile as wrong:
        return done(_href(), f"It cannot be taken back now: {wrong}")
    return done(_href(), "Taken back. It stays in the history that it was done.")


def _read() -> PlaceDraft:
    names = ("id", "name", "kind", "parent", "country", "lat", "lon", "source")
    said = {name: request.form.get(name, "").strip()[:LONGEST] for name in names}
    return PlaceDraft(**said, variants=tuple(request.form.get("variants", "")[:20_000].splitlines()))


def _reports_with(draft: PlaceDraft) -> list[str]:
    """Return the reports that print any name of a place, and so may read differently with it."""
    desk, catalogue = here().catalogue.place_desk, here().catalogue
    known = desk.gazetteer().get(draft.id) if draft.id else None
    names = dict.fromkeys((draft.name, *draft.variants, *(known.names() if known else ())))
    quoted = [f'"{" ".join(name.replace(chr(34), " ").split())}"' for name in names if name.strip()][:MOST_NAMES]
    ids: dict[str, None] = {}
    for name in quoted:
        for report_id, _ in zip(
            catalogue.find_all(SearchRequest(name, variants=False)).ids, range(MOST_REPORTS), strict=False
        ):
            ids[report_id] = None
    return sorted(ids)


def _show(draft: PlaceDraft, problem: str = "") -> str:
    desk = here().catalogue.place_desk
    known = desk.gazetteer().get(draft.id) if draft.id else None
    own = any(row.id == draft.id for row in desk.rows())
    return render_template(
        "desk/place.html",
        draft=draft,
        problem=problem,
        known=_view_found(known, {draft.id} if own else set()) if known else None,
        kinds=PLACE_KINDS,
        own=own,
    )


def _view_found(entry: PlaceEntry, own: set[str]) -> FoundView:
    inside = [above.name for above in reversed(here().catalogue.place_desk.gazetteer().parents(entry.id))]
    more = " …" if len(entry.variants) > NAMES_SHOWN else ""
    return FoundView(
        entry.id, entry.name, entry.kind, ", ".join(inside), ", ".join(entry.variants[:NAMES_SHOWN]) + more,
        entry.id in own,
    )  # fmt: skip


def _view_row(row: OwnRow) -> RowView:
    known = here().catalogue.place_desk.gazetteer().get(row.id)
    return RowView(row.id, known.name if known else row.name or row.id, known.kind if known else row.kind,
                   ", ".join(row.variants), row.source)  # fmt: skip


def _view_edit(edit: OwnFileEdit) -> EditView:
    gone, came = edit.lines or ((), ())
    what = "changed" if gone and came else "took out" if gone else "added"
    names = ", ".join(dict.fromkeys(_names_in(came or gone)))[:LONGEST_NAMES]
    return view_edit(edit, f"{edit.by} {what} {count(len(came or gone), 'row')} ({names}), {moment(edit.when)}")


def _names_in(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        place_id, _, rest = line.partition("\t")
        yield rest.partition("\t")[0] or place_id


def _href() -> str:
    return url_for("place_desk.index")
