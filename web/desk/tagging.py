"""Tags of a report: given and taken on its own page."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from indexer import AlreadyUndone, BadCorrection, NotUndoable, UnknownEvent
from web.access import acting_user
from web.context import here
from web.notices import done
from web.numbers import sent_number

pages = Blueprint("tagging", __name__)


@pages.post("/a/<report_id>/tags")
def add(report_id: str) -> ResponseReturnValue:
    """Give a report a tag."""
    tag = " ".join(request.form.get("tag", "").split())
    try:
        event = here().catalogue.tagging.add(report_id, tag, by=acting_user().name)
    except BadCorrection as refused:
        return done(_back(report_id), str(refused))
    if event is None:
        return done(_back(report_id), f"It has the tag “{tag}” already.")
    return done(_back(report_id), f"Given the tag “{tag}”.", undo=_undo(report_id), event=event.number)


@pages.post("/a/<report_id>/tags/remove")
def remove(report_id: str) -> ResponseReturnValue:
    """Take a tag from a report."""
    tag = request.form.get("tag", "")
    event = here().catalogue.tagging.remove(report_id, tag, by=acting_user().name)
    if event is None:
        return done(_back(report_id), f"It has no tag “{tag}” any more.")
    return done(_back(report_id), f"The tag “{tag}” is taken away.", undo=_undo(report_id), event=event.number)


@pages.post("/a/<report_id>/tags/undo")
def undo(report_id: str) -> ResponseReturnValue:
    """Take the giving or taking of a tag back."""
    try:
        here().catalogue.undo(sent_number("event"), by=acting_user().name)
    except (AlreadyUndone, NotUndoable, UnknownEvent) as refused:
        return done(_back(report_id), str(refused))
    return done(_back(report_id), "It stands as it did before.")


def _undo(report_id: str) -> str:
    return url_for("tagging.undo", report_id=report_id)


def _back(report_id: str) -> str:
    return url_for("reports.show", report_id=report_id) + "#desk"
