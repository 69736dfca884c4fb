"""One's own lists of reports: kept by name, in one's own order, taken away as files."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadPaper, Paper
from web.access import acting_user, keep_inside
from web.address import bounded
from web.context import here
from web.desk.papers import read_page, tell_done
from web.listing import REPORT_ID
from web.notices import done
from web.numbers import sent_number
from web.pages.reports import view_report
from web.paging import turn_pages
from web.words import count, date_in_words

pages = Blueprint("own_lists", __name__, url_prefix="/desk/lists")

PER_PAGE = 50


@pages.get("")
def index() -> str:
    """Show one's lists, those changed last first."""
    found, total, find, turning = read_page("list", "own_lists.index")
    return render_template(
        "desk/lists.html",
        lists=[(one, count(len(one.reports), "report"), date_in_words(one.changed[:10])) for one in found],
        total=total,
        find=find,
        turning=turning,
    )


@pages.get("/<int:number>")
def show(number: int) -> str:
    """Show one list in its order."""
    found = _own(number)
    last = max(1, -(-len(found.reports) // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    ids = found.reports[(at - 1) * PER_PAGE : at * PER_PAGE]
    held = {stored.id: view_report(stored) for stored in here().catalogue.reports(ids)}
    places = range((at - 1) * PER_PAGE + 1, at * PER_PAGE + 1)
    return render_template(
        "desk/list.html",
        list=found,
        total=count(len(found.reports), "report"),
        items=[(place, one, held.get(one)) for place, one in zip(places, ids, strict=False)],
        turning=turn_pages(at, last, lambda there: url_for("own_lists.show", number=number, page=there)),
    )


@pages.post("")
def add() -> ResponseReturnValue:
    """Put reports on a list: the one whose number is sent, or a new one of this name."""
    ids = tuple(one for one in request.form.getlist("r") if REPORT_ID.fullmatch(one))
    number, name = sent_number("list"), request.form.get("name", "")
    papers, user = here().catalogue.papers, acting_user()
    try:
        if number:
            held = _own(number)
            written = papers.change(user, number, reports=[*held.reports, *ids])
        else:
            written = papers.write(user, "list", name=name, reports=ids)
    except BadPaper as refused:
        return done(_back(None), str(refused))
    said = f"{count(len(set(ids)), 'report')} put on the list “{written.paper.name}”."
    return tell_done(_back(written.paper.number), said, written.event)


@pages.post("/<int:number>/about")
def describe(number: int) -> ResponseReturnValue:
    """Give a list another name and description."""
    values = {key: request.form.get(key, "") for key in ("name", "text")}
    try:
        written = here().catalogue.papers.change(acting_user(), _own(number).number, **values)
    except BadPaper as refused:
        return done(_back(number), str(refused))
    return tell_done(_back(number), "The list is named and described anew.", written.event)


@pages.post("/<int:number>/move")
def move(number: int) -> ResponseReturnValue:
    """Move a report to another place of a list."""
    found, report_id = _own(number), request.form.get("report", "")
    if report_id not in found.reports:
        return done(_back(number), "That report is not on the list any more.")
    place = bounded(request.form.get("place"), default=1, most=len(found.reports))
    others = [one for one in found.reports if one != report_id]
    others.insert(place - 1, report_id)
    written = here().catalogue.papers.change(acting_user(), number, reports=others)
    return tell_done(_back(number), f"Moved to place {place}.", written.event)


@pages.post("/<int:number>/take-off")
def take_off(number: int) -> ResponseReturnValue:
    """Take a report off a list."""
    found, report_id = _own(number), request.form.get("report", "")
    left = [one for one in found.reports if one != report_id]
    written = here().catalogue.papers.change(acting_user(), number, reports=left)
    return tell_done(_back(number), "Taken off the list.", written.event)


@pages.post("/<int:number>/remove")
def remove(number: int) -> ResponseReturnValue:
    """Remove a list; its reports are untouched."""
    found = _own(number)
    written = here().catalogue.papers.change(acting_user(), number, removed=True)
    said = f"The list “{found.name}” is removed; its reports are where they were."
    return tell_done(url_for("own_lists.index"), said, written.event)


def _own(number: int) -> Paper:
    found = here().catalogue.papers.paper(acting_user(), number)
    return found if found.kind == "list" and not found.removed else abort(404)


def _back(number: int | None) -> str:
    """Return the page to come back to: the one the form names, or the list."""
    if back := request.form.get("back"):
        return keep_inside(back)
    return url_for("own_lists.index") if number is None else url_for("own_lists.show", number=number)
