"""A list of ticked reports: kept in its address, to be shared, exported, or looked through."""

from flask import Blueprint, render_template, request, url_for

from web.context import here
from web.listing import LONGEST_LIST, read_list
from web.pages.reports import view_report
from web.words import count

pages = Blueprint("lists", __name__)


@pages.get("/lists")
def show() -> str:
    """Show the reports whose ids stand in the address, in the order in which they were ticked."""
    ids = read_list(request.args.getlist("r"))
    views = [view_report(stored) for stored in here().catalogue.reports(ids)]
    return render_template(
        "list.html",
        heading=count(len(views), "report") + " on this list" if views else "Your list",
        reports=[(view, _without(ids, view.id)) for view in views],
        gone=len(ids) - len(views),
        export=url_for("export.show", r=ids) if views else None,
        most=LONGEST_LIST,
        full=len(ids) >= LONGEST_LIST,
    )


def _without(ids: tuple[str, ...], report_id: str) -> str:
    return url_for("lists.show", r=[other for other in ids if other != report_id])
