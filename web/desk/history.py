"""The history of a report: everything that happened to it, with what changed, and the way back."""

from collections.abc import Mapping
from itertools import pairwise

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import (
    AlreadyUndone,
    BadCollection,
    ChangedSince,
    Difference,
    Event,
    NotUndoable,
    UnknownEvent,
    find_differences,
    report_to_json,
)
from web.access import acting_user, keep_inside, signed_in
from web.context import here
from web.desk.saying import view_events
from web.notices import done
from web.pages.reports import view_report

pages = Blueprint("history", __name__)

LONGEST_NUMBER = 18


@pages.get("/a/<report_id>/history")
def show(report_id: str) -> str:
    """Show every event of one report, newest first."""
    catalogue, user = here().catalogue, signed_in()
    stored = catalogue.report(report_id)
    may_undo = user is not None and user.may("curator")
    happened = catalogue.history(report_id)
    if not may_undo:
        shown = catalogue.collection_desk.shown()
        happened = tuple(event for event in happened if _collections(event) <= shown)
    events = view_events(happened, _differences(report_id), readers_words=may_undo)
    return render_template("history.html", report=view_report(stored), events=events, may_undo=may_undo)


@pages.post("/desk/undo")
def undo() -> ResponseReturnValue:
    """Take back one event by a further one, and go on where the person was."""
    number, address = request.form.get("event", ""), keep_inside(request.form.get("next", "/"))
    try:
        here().catalogue.undo(as_number(number) or 0, by=acting_user().name)
    except (AlreadyUndone, BadCollection, ChangedSince, NotUndoable, UnknownEvent) as refused:
        return done(address, str(refused))
    return done(address, "Undone: what stood there before stands again.")


def _collections(event: Event) -> set[str]:
    """Return the collections an event names: those that are not public are not for readers."""
    said = (part for part in (event.before, event.after) if isinstance(part, Mapping))
    return {str(part["collection"]) for part in said if part.get("collection")}


def as_number(text: str) -> int | None:
    """Return the number of an event that a form sends; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _differences(report_id: str) -> dict[int, tuple[Difference, ...]]:
    """Return what each version changed, by its number; what a person had corrected is not counted in."""
    versions = here().catalogue.versions(report_id)
    return {
        new.number: find_differences(report_to_json(old.report, None), report_to_json(new.report, None))
        for old, new in pairwise(versions)
    }


def done_with_undo(address: str, text: str, event: int, *, back: str) -> ResponseReturnValue:
    """Answer a form as `done` does, with a button that takes the event back and then goes `back`."""
    return done(address, text, undo=url_for("history.undo"), event=event, next=back)
