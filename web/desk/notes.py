"""Notes on reports: one's own alone, or shared with the desk."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadPaper, Paper
from web.access import acting_user
from web.context import here
from web.desk.papers import read_page, tell_done
from web.notices import done
from web.pages.reports import view_report
from web.words import date_in_words

pages = Blueprint("notes", __name__)


@pages.get("/desk/notes")
def index() -> str:
    """Show one's notes, those changed last first."""
    found, total, find, turning = read_page("note", "notes.index")
    ids = {one for note in found for one in note.reports}
    held = {stored.id: view_report(stored) for stored in here().catalogue.reports(ids)}
    notes = [(note, held.get(note.reports[0]) if note.reports else None, date_in_words(note.changed[:10]))
             for note in found]  # fmt: skip
    return render_template("desk/notes.html", notes=notes, total=total, find=find, turning=turning)


@pages.post("/a/<report_id>/notes")
def add(report_id: str) -> ResponseReturnValue:
    """Write a note on a report."""
    catalogue, form = here().catalogue, request.form
    catalogue.report(report_id)
    try:
        written = catalogue.papers.write(
            acting_user(), "note", text=form.get("text", ""), reports=(report_id,), shared="shared" in form
        )
    except BadPaper as refused:
        return done(_back(report_id), str(refused))
    return tell_done(_back(report_id), "Your note is kept.", written.event)


@pages.post("/desk/notes/<int:number>")
def change(number: int) -> ResponseReturnValue:
    """Write a note anew, or share it or keep it to oneself."""
    note, form = _own(number), request.form
    try:
        written = here().catalogue.papers.change(
            acting_user(), number, text=form.get("text", ""), shared="shared" in form
        )
    except BadPaper as refused:
        return done(_back(note.reports[0]), str(refused))
    return tell_done(_back(note.reports[0]), "Your note is changed.", written.event)


@pages.post("/desk/notes/<int:number>/remove")
def remove(number: int) -> ResponseReturnValue:
    """Remove a note."""
    note = _own(number)
    written = here().catalogue.papers.change(acting_user(), number, removed=True)
    return tell_done(_back(note.reports[0]), "Your note is removed.", written.event)


def _own(number: int) -> Paper:
    found = here().catalogue.papers.paper(acting_user(), number)
    return found if found.kind == "note" and not found.removed else abort(404)


def _back(report_id: str) -> str:
    return url_for("reports.show", report_id=report_id) + "#desk"
