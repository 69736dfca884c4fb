"""Lines that recur in an outlet's reports and that no rule names: set aside everywhere at once, or dismissed."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import NotWaiting
from web.access import acting_user
from web.address import bounded
from web.context import here
from web.desk.history import done_with_undo
from web.notices import done
from web.paging import turn_pages

pages = Blueprint("recurring", __name__, url_prefix="/desk")

PER_PAGE = 50
MOST_PAGES = 1_000


@pages.get("/lines")
def index() -> str:
    """Show the lines that recur in an outlet's reports, the commonest first."""
    queues, outlet = here().catalogue.queues, request.args.get("outlet") or None
    page = bounded(request.args.get("page"), default=1, least=1, most=MOST_PAGES)
    lines = queues.lines(outlet, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    label = here().catalogue.label
    return render_template(
        "desk/lines.html",
        lines=[(line, label("outlet", line.outlet)) for line in lines[:PER_PAGE]],
        outlet=outlet,
        outlet_name=label("outlet", outlet) if outlet else "",
        pager=turn_pages(
            page, page + (len(lines) > PER_PAGE), lambda number: url_for("recurring.index", page=number, outlet=outlet)
        ),
    )


@pages.post("/lines")
def decide() -> ResponseReturnValue:
    """Dismiss a line, or plan to set it aside wherever it stands."""
    queues, by, key = here().catalogue.queues, acting_user().name, request.form.get("line", "")
    line = queues.line(key)
    address = url_for("recurring.index")
    if line is None:
        return done(address, "That line does not recur any more.")
    if request.form.get("do") == "aside":
        number = queues.plan_setting_aside(line, by=by, reason="a line that recurs")
        return redirect(url_for("bulk.show", number=number), 303)
    try:
        event = queues.dismiss("boilerplate", key, by=by)
    except NotWaiting as refused:
        return done(address, str(refused))
    return done_with_undo(address, "Noted that the line belongs to the reports.", event.number, back=address)
