"""Collections at the desk: made, described, nested, ordered, published and filled."""

from urllib.parse import parse_qsl

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import (
    COLLECTION_LEVELS,
    ELEMENTS,
    AlreadyUndone,
    BadCollection,
    ChangedSince,
    Collection,
    Edit,
    Event,
    UnknownCollection,
)
from web.access import acting_user
from web.address import SearchAddress, bounded
from web.context import here
from web.finding_aid import PER_PAGE, list_parts, read_question, view_aid, view_items
from web.notices import done
from web.paging import turn_pages
from web.words import count

pages = Blueprint("collections", __name__, url_prefix="/desk/collections")

MOST_PLACES = 10_000_000


@pages.get("")
def index() -> str:
    """List every collection as they are nested, with a form for a new one."""
    return _list()


@pages.post("")
def create() -> ResponseReturnValue:
    """Make a collection."""
    form = request.form
    try:
        key = here().catalogue.collection_desk.create(
            form.get("name", ""), by=acting_user().name, parent=form.get("parent") or None
        )
    except (BadCollection, UnknownCollection) as refused:
        return _list(problem=str(refused), name=form.get("name", "")), 400
    return done(_address(key), "Made. Only people of the desk see it until you publish it.")


@pages.get("/<key>")
def show(key: str) -> str:
    """Show one collection with the forms for all that can be done to it."""
    return _show(_find(key))


@pages.post("/<key>/describe")
def describe(key: str) -> ResponseReturnValue:
    """Write name, level, description and question."""
    form, found = request.form, _find(key)
    pasted = form.get("question", "").strip().partition("?")
    question = SearchAddress.read(_pairs(pasted[2] if pasted[1] else pasted[0])).on_page(1).query_string
    try:
        event = here().catalogue.collection_desk.describe(
            key,
            by=acting_user().name,
            name=form.get("name", ""),
            level=form.get("level", ""),
            elements={element.key: form.get(element.key, "") for element in ELEMENTS},
            question=question if pasted[0] else "",
        )
    except BadCollection as refused:
        return _show(found, problem=str(refused)), 400
    return _done(key, event, "Written.")


@pages.post("/<key>/publish")
def publish(key: str) -> ResponseReturnValue:
    """Show it to readers, or to people of the desk only."""
    public = request.form.get("public") == "1"
    event = here().catalogue.collection_desk.publish(_find(key).key, public=public, by=acting_user().name)
    return _done(key, event, "Readers see it now." if public else "Only people of the desk see it now.")


@pages.post("/<key>/nest")
def nest(key: str) -> ResponseReturnValue:
    """Make it part of another, or of none."""
    found = _find(key)
    try:
        parent = request.form.get("parent") or None
        event = here().catalogue.collection_desk.nest(key, parent, by=acting_user().name)
    except (BadCollection, UnknownCollection) as refused:
        return _show(found, problem=str(refused)), 400
    return _done(key, event, "Moved.")


@pages.post("/<key>/place")
def place(key: str) -> ResponseReturnValue:
    """Put it elsewhere among those beside it."""
    position = bounded(request.form.get("position"), default=1, most=MOST_PLACES)
    event = here().catalogue.collection_desk.place(_find(key).key, position, by=acting_user().name)
    return _done(key, event, "Moved.", url_for("collections.index"))


@pages.post("/<key>/delete")
def delete(key: str) -> ResponseReturnValue:
    """Take it away; its reports stay in the archive."""
    found = _find(key)
    event = here().catalogue.collection_desk.delete(key, by=acting_user().name)
    return _done(key, event, f"“{found.name}” is deleted; its reports stay.", url_for("collections.index"))


@pages.post("/<key>/items/<report_id>/move")
def move(key: str, report_id: str) -> ResponseReturnValue:
    """Put a report elsewhere in its order."""
    position = bounded(request.form.get("position"), default=1, most=MOST_PLACES)
    event = here().catalogue.collection_desk.move(_find(key).key, report_id, position, by=acting_user().name)
    return _done(key, event, "Moved.", _back(key))


@pages.post("/<key>/items/<report_id>/note")
def annotate(key: str, report_id: str) -> ResponseReturnValue:
    """Write the curator's text for a report."""
    text, found = request.form.get("text", ""), _find(key)
    try:
        event = here().catalogue.collection_desk.annotate(key, report_id, text, by=acting_user().name)
    except BadCollection as refused:
        return _show(found, problem=str(refused)), 400
    return _done(key, event, "Written.", _back(key))


@pages.post("/<key>/items/<report_id>/remove")
def remove(key: str, report_id: str) -> ResponseReturnValue:
    """Take a report out; it stays in the archive."""
    event = here().catalogue.collection_desk.remove(_find(key).key, report_id, by=acting_user().name)
    return _done(key, event, "Taken out; the report stays in the archive.", _back(key))


@pages.post("/<key>/freeze")
def freeze(key: str) -> ResponseReturnValue:
    """Put what the question finds today into the collection, as a bulk edit to look at first."""
    found = _find(key)
    question = read_question(found)
    if question is None:
        return done(_address(key), "It has no question to freeze.")
    ids = here().catalogue.find_all(question.request).ids
    number = here().catalogue.bulk.plan(
        Edit("collection", "add", key), ids, by=acting_user().name, reason="frozen", question=found.question
    )
    return redirect(url_for("bulk.show", number=number), 303)


@pages.post("/<key>/undo")
def undo(key: str) -> ResponseReturnValue:
    """Take an act on it back."""
    number = bounded(request.form.get("event"), default=0, least=0, most=MOST_PLACES)
    try:
        here().catalogue.undo(number, by=acting_user().name)
    except (AlreadyUndone, ChangedSince, BadCollection) as refused:
        return done(url_for("collections.index"), str(refused))
    return done(url_for("collections.show", key=key) if _is_there(key) else url_for("collections.index"), "Undone.")


@pages.app_errorhandler(UnknownCollection)
def refuse(problem: UnknownCollection) -> ResponseReturnValue:
    """Lead back to the list from what somebody else has taken away meanwhile."""
    return done(url_for("collections.index"), str(problem))


def _list(problem: str = "", name: str = "") -> str:
    everything = here().catalogue.collection_desk.all()
    return render_template(
        "desk/collections.html",
        parts=list_parts(everything),
        choices=[(one.key, one.name) for one in everything],
        problem=problem,
        name=name,
    )


def _show(found: Collection, problem: str = "") -> str:
    catalogue = here().catalogue
    everything = catalogue.collection_desk.all()
    total = catalogue.collection_desk.counts().get(found.key, 0)
    last = max(1, -(-total // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    form = request.form
    return render_template(
        "desk/collection.html",
        collection=found,
        aid=view_aid(found, everything),
        name=form.get("name", found.name),
        level=form.get("level", found.level),
        levels=COLLECTION_LEVELS,
        elements=[(each, form.get(each.key, found.elements.get(each.key, ""))) for each in ELEMENTS],
        choices=[(one.key, one.name) for one in everything if one.key != found.key],
        items=view_items(found.key, offset=(at - 1) * PER_PAGE, limit=PER_PAGE),
        total=total,
        held=count(total, "report"),
        page=at,
        turning=turn_pages(at, last, lambda there: url_for("collections.show", key=found.key, page=there)),
        problem=problem,
    )


def _find(key: str) -> Collection:
    try:
        return here().catalogue.collection_desk.get(key)
    except UnknownCollection as problem:
        raise NotFound from problem


def _is_there(key: str) -> bool:
    return any(one.key == key for one in here().catalogue.collection_desk.all())


def _done(key: str, event: Event | None, said: str, address: str | None = None) -> ResponseReturnValue:
    address = address or _address(key)
    if event is None:
        return done(address, "It was so already.")
    return done(address, said, undo=url_for("collections.undo", key=key), event=event.number)


def _address(key: str) -> str:
    return url_for("collections.show", key=key)


def _back(key: str) -> str:
    page = bounded(request.form.get("page"), default=1, most=MOST_PLACES)
    return url_for("collections.show", key=key, page=page if page > 1 else None) + "#items"


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query) if "=" in query else [("q", query)]
