"""Saved searches: what they find now, and what is new since one last looked."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadPaper, Paper
from web.access import acting_user
from web.address import SearchAddress
from web.context import here
from web.desk.papers import read_page, tell_done
from web.notices import done
from web.pages.reports import ReportView, view_report
from web.pages.search import link
from web.words import count, date_in_words

pages = Blueprint("searches", __name__, url_prefix="/desk/searches")

MOST_SHOWN = 100  # new reports; the search itself shows all


@dataclass(frozen=True, slots=True)
class SearchView:
    """One saved search in the list."""

    number: int
    name: str
    href: str
    found: str
    more: str
    since: str


@pages.get("")
def index() -> str:
    """Show one's saved searches, with how many reports more or fewer each finds than when one last looked."""
    found, total, find, turning = read_page("search", "searches.index")
    return render_template(
        "desk/searches.html", searches=[_view(one) for one in found], total=total, find=find, turning=turning
    )


@pages.get("/<int:number>")
def show(number: int) -> str:
    """Show what a saved search finds that it did not find when one last looked."""
    saved = _own(number)
    address = read_address(saved.text)
    result = here().catalogue.find_all(address.request)
    came, changed = here().catalogue.papers.since(saved.looked)
    arrived, altered = [], []
    for one in result.ids:
        if one in came:
            arrived.append(one)
        elif one in changed:
            altered.append(one)
    return render_template(
        "desk/search.html",
        saved=saved,
        asked=_say(address),
        view=_view(saved, result.total),
        arrived=_reports(arrived),
        arrived_count=len(arrived),
        altered=_reports(altered),
        altered_count=len(altered),
        most=MOST_SHOWN,
    )


@pages.post("")
def save() -> ResponseReturnValue:
    """Save the search of this address under a name."""
    address = read_address(request.form.get("address", ""))
    catalogue = here().catalogue
    state, found = catalogue.state(), catalogue.count(address.request)
    try:
        written = catalogue.papers.write(
            acting_user(),
            "search",
            name=request.form.get("name", "") or _say(address)[:100],
            text=address.query_string,
            looked=state.last_event,
            found=found,
        )
    except BadPaper as refused:
        return done(link(address), str(refused))
    return tell_done(link(address), f"The search is kept as “{written.paper.name}”, on the desk.", written.event)


@pages.post("/<int:number>/seen")
def look(number: int) -> ResponseReturnValue:
    """Note that one has seen what a saved search finds now."""
    saved, catalogue = _own(number), here().catalogue
    state, found = catalogue.state(), catalogue.count(read_address(saved.text).request)
    catalogue.papers.look(acting_user(), number, event=state.last_event, found=found)
    return done(url_for("searches.index"), "From now on, what comes in later is new.")


@pages.post("/<int:number>/name")
def rename(number: int) -> ResponseReturnValue:
    """Give a saved search another name."""
    saved = _own(number)
    try:
        written = here().catalogue.papers.change(acting_user(), saved.number, name=request.form.get("name", ""))
    except BadPaper as refused:
        return done(url_for("searches.show", number=number), str(refused))
    return tell_done(url_for("searches.show", number=number), "The search has another name.", written.event)


@pages.post("/<int:number>/remove")
def remove(number: int) -> ResponseReturnValue:
    """Remove a saved search."""
    saved = _own(number)
    written = here().catalogue.papers.change(acting_user(), number, removed=True)
    return tell_done(url_for("searches.index"), f"The search “{saved.name}” is removed.", written.event)


def read_address(text: str) -> SearchAddress:
    """Return the search of a query string, from its first page."""
    return SearchAddress.read(parse_qsl(text[:20_000])).on_page(1)


def _own(number: int) -> Paper:
    found = here().catalogue.papers.paper(acting_user(), number)
    return found if found.kind == "search" and not found.removed else abort(404)


def _view(saved: Paper, found: int | None = None) -> SearchView:
    address = read_address(saved.text)
    now = here().catalogue.count(address.request) if found is None else found
    more = now - saved.found
    said = f"{more:,} more" if more > 0 else f"{-more:,} fewer" if more < 0 else "as many"
    return SearchView(
        number=saved.number,
        name=saved.name,
        href=link(address),
        found=count(now, "report"),
        more=f"{said} {'as' if not more else 'than'} when you last looked",
        since=date_in_words(saved.changed[:10]) or "",
    )


def _say(address: SearchAddress) -> str:
    """Return a search in a line: its question, and what it is narrowed by."""
    asked, label = address.request, here().catalogue.label
    only = [label(key, value) for key, values in asked.selected.items() for value in values]
    without = [f"not {label(key, value)}" for key, values in asked.excluded.items() for value in values]
    return ", ".join(filter(None, (asked.text, *only, *without))) or "every report"


def _reports(ids: list[str]) -> list[ReportView]:
    return [view_report(stored) for stored in here().catalogue.reports(ids[:MOST_SHOWN])]
