"""The search page: one box, what was searched, the results, and ways to narrow them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import Hit, ResultPage, Snippet
from web.address import PER_PAGE, SORTS, SearchAddress
from web.asked import view_searched, view_suggestion
from web.context import here
from web.narrowing import show_chips, show_facets
from web.paging import turn_pages
from web.titles import supplied_title
from web.words import CERTAINTY, count, date_in_words

pages = Blueprint("search", __name__)

HEADING_LENGTH = 120
PLAIN_WORDS = re.compile(r"[^\W_]+(?:\s+[^\W_]+)*")  # cease fire
OPERATORS = frozenset({"OR", "NOT", "AND"})
ORDERS = {"relevance": "best match", "newest": "newest", "oldest": "oldest", "title": "title"}
FIELD_NAMES = {"caption": "Caption", "comments": "Readers' comments", "media": "Media ID"}
SHOWN_IN_PLACE = frozenset({"title", "byline"})

Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """One report in a list of results, in words; `plain` is its title without marks."""

    id: str
    href: str
    title: Parts
    plain: str
    place: str | None
    date: str
    certainty: str
    outlet: str | None
    byline: Parts
    snippets: tuple[Snippet, ...]
    reprints: str = ""
    story_href: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few ways to see the same result."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a search that found nothing."""

    label: str
    href: str
    why: str


def link(address: SearchAddress) -> str:
    """Return the address as a link on this site."""
    query = address.query_string
    return url_for("search.show") + ("?" + query if query else "")


def map_link(address: SearchAddress) -> str:
    """Return the link to the map of this search."""
    return _beside("map.show", address)


def advanced_link(text: str) -> str:
    """Return the link to the advanced form that starts from this question."""
    return url_for("advanced.show") + (f"?{urlencode({'more': text})}" if text else "")


def hit_link(report_id: str, address: SearchAddress, number: int) -> str:
    """Return the link to a report as the `number`-th of a result: there its words are marked, and one can go on."""
    query = urlencode([*address.on_page(1).pairs(), ("n", str(number))])
    return f"{url_for('reports.show', report_id=report_id)}?{query}"


def _beside(endpoint: str, address: SearchAddress) -> str:
    """Return the link to another view of this search."""
    query = address.on_page(1).query_string
    return url_for(endpoint) + ("?" + query if query else "")


def _values_link(address: SearchAddress, key: str) -> str:
    query = address.on_page(1).query_string
    return url_for("values.show", key=key) + ("?" + query if query else "")


@pages.get("/search")
def show() -> ResponseReturnValue:
    """Show the results of the search in the address; any other spelling of an address leads to the canonical one."""
    pairs = tuple(request.args.items(multi=True))
    address = SearchAddress.read(pairs)
    if pairs != address.pairs() and not address.cut:
        return redirect(link(address))
    catalogue = here().catalogue
    page = catalogue.search(address.request)
    facets = show_facets(page.facets, address, catalogue.label, link, _values_link)
    first = (address.request.page - 1) * address.request.per_page + 1
    return render_template(
        "search.html",
        address=address,
        heading=_heading(page, address),
        permalink=link(address),
        carried=_carried(address, frozenset(facet.key for facet in facets)),
        searched=view_searched(page.searched, address, link),
        suggestion=view_suggestion(page.suggestion, address, link),
        diagnostics=(*address.diagnostics, *page.diagnostics),
        chips=show_chips(page.facets, address, catalogue.label, link),
        widened=link(address.widened()),
        **_other_views(address),
        total=page.total,
        hits=[_hit(hit, address, number) for number, hit in enumerate(page.hits, first)],
        first_number=first,
        orders=_orders(address),
        sizes=_sizes(address),
        foldings=_foldings(page, address),
        facets=facets,
        pages=page.pages,
        last_page=link(address.on_page(page.pages)),
        turning=turn_pages(address.request.page, page.pages, lambda number: link(address.on_page(number))),
        ways=() if page.total else _ways(address),
    )


def _other_views(address: SearchAddress) -> dict[str, str | None]:
    """Return the links to the same search in other forms, by their names on the page."""
    text = address.request.text
    return {
        "advanced_href": advanced_link(text),
        "map_href": map_link(address),
        "dates_href": _beside("dates.show", address),
        "timeline_href": _beside("timeline.show", address),
        "trend_href": url_for("trends.show", q=text) if text else None,
        "export_href": _beside("export.show", address),
        "kwic_href": _beside("kwic.show", address) if text else None,
        "feed": _beside("feeds.search", address),
    }


def _heading(page: ResultPage, address: SearchAddress) -> str:
    found = count(page.total, "report") if page.total else "No reports"
    if address.request.fold and page.total and page.stories is not None:
        found = f"{count(page.stories, 'story', 'stories')}, {found},"
    if address.request.text:
        return f"{found} for {shorten(address.request.text, HEADING_LENGTH, placeholder=' …')}"
    return f"{found} in this selection" if address.narrowed else f"{found}, all of them" if page.total else found


def _carried(address: SearchAddress, shown: frozenset[str]) -> Sequence[tuple[str, str]]:
    """Return what the search form sends unseen: everything of the address that no box on the page shows."""
    seen = {"q", "page"} | shown | ({"mode"} if "date" in shown else set())
    return [pair for pair in address.pairs() if pair[0] not in seen]


def _hit(hit: Hit, address: SearchAddress, number: int) -> HitView:
    marked = {snippet.field: snippet.parts for snippet in hit.snippets if snippet.field in SHOWN_IN_PLACE}
    others = [snippet for snippet in hit.snippets if snippet.field not in SHOWN_IN_PLACE]
    snippets = [Snippet(FIELD_NAMES.get(snippet.field, ""), snippet.parts) for snippet in others]
    plain = hit.title or supplied_title(hit.opening)
    return HitView(
        id=hit.id,
        href=hit_link(hit.id, address, number),
        title=marked.get("title") or ((plain, False),),
        plain=plain,
        place=hit.place,
        date=date_in_words(hit.published) or CERTAINTY["unknown"],
        certainty=CERTAINTY.get(hit.published_basis, "") if hit.published else "",
        outlet=hit.outlet,
        byline=marked.get("byline") or (((hit.byline, False),) if hit.byline else ()),
        snippets=tuple(snippets) or (Snippet("", ((hit.opening, False),)),),
        reprints=count(hit.reprints, "reprint") if hit.story else "",
        story_href=url_for("stories.show", story_id=hit.story) if hit.story else None,
    )


def _orders(address: SearchAddress) -> tuple[Option, ...]:
    """Return the orders to choose from; "best match" only when there is something to match."""
    current = address.request.sort
    offered = SORTS if address.request.text else tuple(sort for sort in SORTS if sort != "relevance")
    return tuple(Option(ORDERS[sort], link(address.sorted_by(sort)), sort == current) for sort in offered)


def _foldings(page: ResultPage, address: SearchAddress) -> tuple[Option, ...]:
    """Return the two ways to see reprints; none where nothing that matches is reprinted."""
    fold = address.request.fold
    if page.stories == page.total and not fold:
        return ()
    stories = "each story once" if page.stories is None else f"each story once ({page.stories:,})"
    return (
        Option(f"every report ({page.total:,})", link(address.folded(on=False)), not fold),
        Option(stories, link(address.folded(on=True)), fold),
    )


def _sizes(address: SearchAddress) -> tuple[Option, ...]:
    current = address.request.per_page
    return tuple(Option(str(size), link(address.with_per_page(size)), size == current) for size in PER_PAGE)


def _ways(address: SearchAddress) -> tuple[Way, ...]:
    """Return the three nearest ways on, the likeliest first."""
    asked, everything = address.request, SearchAddress.read(())
    text = asked.text
    words = text.split() if PLAIN_WORDS.fullmatch(text) and not OPERATORS & set(text.split()) else []
    ways = []
    if address.narrowed:
        ways.append(Way("Search the whole archive", link(address.widened()), ", without your selections."))
    if text and not asked.variants:
        ways.append(
            Way("Also search other names", link(address.with_variants(on=True)), " of the same people and places.")
        )
    if len(words) > 1:
        ways.append(Way("Find reports with any of these words", _asking(" OR ".join(words)), ", not all of them."))
    if len(words) == 1:
        ways.append(Way(f"Allow for another spelling of {words[0]}", _asking(f"{words[0]}~"), ", one letter off."))
        ways.append(Way(f"Find words that begin with {words[0]}", _asking(f"{words[0]}*"), "."))
    ways.append(Way("Read how to ask", url_for("help.search"), ": phrases, fields, dates, spellings."))
    ways.append(Way("See all reports", link(everything), " and narrow them by date, outlet and place."))
    ways.append(
        Way("Start from the front page", url_for("home.show"), ": what this archive holds, and what it does not.")
    )
    return tuple(ways[:3])


def _asking(text: str) -> str:
    return link(SearchAddress.read([("q", text)]))
