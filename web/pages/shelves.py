"""Pages about one outlet, place or collection, and lists of them: what there is, since when, and where is silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import Counted, Facet, PlacePage, SearchRequest
from web.address import SearchAddress, bounded, narrowed_to
from web.charts.calendar import draw_calendar
from web.context import here
from web.finding_aid import MOST_PRINTED, PER_PAGE, AidView, list_parts, view_aid, view_items, visible_collections
from web.pages.reports import view_report
from web.pages.search import link
from web.paging import turn_pages
from web.words import count

pages = Blueprint("shelves", __name__)

SHOWN_FACETS = ("outlet", "name", "place", "section", "language", "collection")
IN_SIGHT = 12
REPORTS = 10
MOST_SPANS = 100  # of a list; each takes a question of its own
MOST_INSIDE = 60
KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "outlet": ("Outlets", "Who published the reports of this archive."),
        "collection": ("Collections", "Groups of reports that a librarian has put together."),
        "place": ("Places", "Where the reports of this archive are about, by country."),
    }
)
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One outlet, place or collection in a list."""

    label: str
    href: str
    reports: int
    span: str


@dataclass(frozen=True, slots=True)
class TopView:
    """The most frequent values of one facet among the reports of a shelf."""

    label: str
    values: tuple[tuple[str, str, int], ...]


@pages.get("/outlets")
def outlets() -> str:
    """List every outlet with the time its reports cover."""
    return _list("outlet")


@pages.get("/collections")
def collections() -> str:
    """List the collections this person may see, as they are nested."""
    heading, about = KINDS["collection"]
    parts = list_parts(visible_collections())
    return render_template("collections.html", heading=heading, about=about, parts=parts)


@pages.get("/places")
def places() -> str:
    """List every country, and lead to the map for the rest."""
    return _list("place")


@pages.get("/outlets/<value>")
def outlet(value: str) -> ResponseReturnValue:
    """Show one outlet: how much of it there is for each month, and the months without any.

    One whose reports are all counted to another leads there.
    """
    into = here().catalogue.outlet_desk.note(value).same_as
    if into and not here().catalogue.count(narrowed_to("outlet", value).request):
        return redirect(url_for("shelves.outlet", value=into))
    return _show("outlet", value)


@pages.get("/collections/<value>")
def collection(value: str) -> str:
    """Show one collection: its finding aid, its parts, its reports in order."""
    shown = visible_collections()
    found = next((one for one in shown if one.key == value), None)
    if found is None:
        raise NotFound
    return _show("collection", value, aid=view_aid(found, shown))


@pages.get("/places/<value>")
def place(value: str) -> str:
    """Show one place under all its names, with what lies around and in it."""
    return _show("place", value, here().catalogue.place(value))


def shelf_link(key: str, value: str) -> str:
    """Return the link to the page about one outlet, place or collection; about what is unknown, to its reports."""
    return link(narrowed_to(key, value)) if value == UNKNOWN else url_for(f"shelves.{key}", value=value)


def _list(key: str) -> str:
    facet = here().catalogue.tally(SearchRequest(), (key,)).facets[key]
    known = {value.value for value in facet.values}
    tops = [value for value in facet.values if value.parent not in known]
    spans = len(tops) <= MOST_SPANS
    entries = [
        ShelfEntry(one.label, shelf_link(key, one.value), one.count, _span(key, one.value) if spans else "")
        for one in tops
    ]
    heading, about = KINDS[key]
    return render_template("shelf_list.html", heading=heading, about=about, entries=entries, key=key)


def _show(key: str, value: str, found: PlacePage | None = None, aid: AidView | None = None) -> str:
    address = narrowed_to(key, value)
    counted = here().catalogue.tally(address.request, ("date", *SHOWN_FACETS))
    if value == UNKNOWN or (not counted.total and found is None and aid is None):
        raise NotFound
    newest = here().catalogue.find_all(address.request)
    reports = here().catalogue.reports(islice(newest.ids, REPORTS))
    label = found.name if found else aid.collection.name if aid else here().catalogue.label(key, value)
    return render_template(
        "shelf.html",
        key=key,
        kind=KINDS[key][0],
        list_href=url_for(f"shelves.{key}s"),
        label=label,
        value=value,
        found=count(counted.total, "report"),
        total=counted.total,
        href=link(address),
        map_href=f"{url_for('map.show')}?{address.query_string}",
        export_href=f"{url_for('export.show')}?{address.query_string}",
        place=found,
        said=here().catalogue.outlet_desk.note(value) if key == "outlet" else None,
        around=[(name, shelf_link("place", place_id)) for place_id, name in found.around] if found else [],
        inside=_inside(counted.facets["place"], value) if found else (),
        calendar=draw_calendar(counted.facets["date"], lambda when: link(address.choosing("date", when))),
        tops=[top for facet in SHOWN_FACETS if facet != key and (top := _top(counted, facet, address)).values],
        reports=[view_report(stored) for stored in reports],
        aid=aid,
        **(_items(value) if aid else {"items": (), "turning": (), "whole": None}),
    )


def _items(key: str) -> dict[str, object]:
    """Return the reports put into a collection, page by page, or for printing all of them."""
    total = here().catalogue.collection_desk.counts().get(key, 0)
    per_page = MOST_PRINTED if request.args.get("all") else PER_PAGE
    last = max(1, -(-total // per_page))
    at = bounded(request.args.get("page"), default=1, most=last)
    return {
        "items": view_items(key, offset=(at - 1) * per_page, limit=per_page),
        "turning": turn_pages(at, last, lambda there: url_for("shelves.collection", value=key, page=there)),
        "whole": url_for("shelves.collection", value=key, all=1) if total > per_page else None,
    }


def _top(counted: Counted, key: str, address: SearchAddress) -> TopView:
    facet = counted.facets[key]
    values = [value for value in facet.values if value.value != UNKNOWN and value.count][:IN_SIGHT]
    return TopView(
        facet.label,
        tuple((value.label, link(address.choosing(key, value.value)), value.count) for value in values),
    )


def _inside(places: Facet, value: str) -> tuple[tuple[str, str, int], ...]:
    """Return the places that lie in this one, with their counts."""
    found = [one for one in places.values if one.parent == value and one.count]
    return tuple((one.label, shelf_link("place", one.value), one.count) for one in found[:MOST_INSIDE])


def _span(key: str, value: str) -> str:
    """Return the years between which the reports of a value lie."""
    dates = here().catalogue.tally(narrowed_to(key, value).request, ("date",)).facets["date"]
    years = sorted(one.value for one in dates.values if one.value.isdigit() and one.count)
    return "" if not years else years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
