"""The map of a result: where its reports lie, drawn and as a table, with links that narrow the search."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import FIELDS, LEVELS, Facet, Level, Located, LocatedPlace
from web.address import SearchAddress
from web.asked import view_searched
from web.charts.marks import Disc, is_on, mark
from web.charts.outline import draw_outline
from web.charts.view import View, fit
from web.context import here
from web.narrowing import UNKNOWN, show_chips
from web.pages.search import HEADING_LENGTH, Option, link
from web.words import count

pages = Blueprint("map", __name__)

PLACE = "place"
FACETS = tuple(Facet(field.key, field.label, ()) for field in FIELDS if field.facet)
MOST_ROWS = 150  # places that one map and its table show
LEADING = 1 / 4  # of what the most named country has: what makes a country one that the map is about
FEW_COUNTRIES = 2  # with more of them, countries are shown at first, and not their towns
LEVEL_NAMES: dict[Level, tuple[str, str]] = {
    "country": ("country", "countries"),
    "province": ("province", "provinces"),
    "place": ("town or other place", "towns and other places"),
}
WIDE = "a part of the world, not drawn"
OUTSIDE = "outside this map"
POINTLESS = "we do not know its point"


@dataclass(frozen=True, slots=True)
class Row:
    """One place in the table: its name, where it leads, what it lies in and why it may not be on the map."""

    name: str
    href: str
    reports: str
    list_href: str
    inside: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One disc with where it leads and what is said of it."""

    disc: Disc
    href: str
    said: str


@dataclass(frozen=True, slots=True)
class MapAddress:
    """A search and how its map is seen: at which level, and whether the whole of it."""

    search: SearchAddress
    level: Level | None = None
    whole: bool = False

    @classmethod
    def read(cls, pairs: tuple[tuple[str, str], ...]) -> "MapAddress":
        """Return the address these parameters mean; what is unknown is left out, never an error."""
        first = dict(reversed(pairs))
        level = next((known for known in LEVELS if known == first.get("level")), None)
        return cls(SearchAddress.read(pairs).on_page(1), level, first.get("view") == "all")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters in canonical order."""
        level = (("level", self.level),) if self.level else ()
        return (*self.search.pairs(), *level, *((("view", "all"),) if self.whole else ()))

    @property
    def href(self) -> str:
        """Return the address as a link on this site."""
        pairs = self.pairs()
        return url_for("map.show") + ("?" + urlencode(pairs) if pairs else "")

    def inside(self, value: str) -> "MapAddress":
        """Return the map of the same search narrowed to one place, in place of the places selected now."""
        return MapAddress(self.search.choosing(PLACE, value))

    def listing(self, value: str) -> str:
        """Return the link to the list of the reports that name a place."""
        return link(self.search.choosing(PLACE, value))


@pages.get("/search/map")
def show() -> ResponseReturnValue:
    """Show where the reports of the search in the address lie; any other spelling leads to the canonical one."""
    pairs = tuple(request.args.items(multi=True))
    address = MapAddress.read(pairs)
    if pairs != address.pairs() and not SearchAddress.read(pairs).cut:
        return redirect(address.href)
    catalogue = here().catalogue
    located = catalogue.locate(address.search.request)
    level = address.level or _choose_level(located)
    shown = [place for place in located.places if place.level == level]
    top = shown[:MOST_ROWS]
    view = fit(_points(top, located, whole=address.whole))
    # What all places lie in, the chosen country for one, need not be said of each.
    common = frozenset.intersection(*(frozenset(place.inside) for place in top)) if len(top) > 1 else frozenset()
    names = {place.value: place.name for place in located.places if place.value not in common}
    marks = mark([place for place in top if place.country], located.countries, view)
    return render_template(
        "map.html",
        address=address,
        heading=_heading(located, address),
        searched=view_searched(located.searched, address.search, _map_link),
        found=count(located.total, "report"),
        list_href=link(address.search),
        carried=[pair for pair in address.search.pairs() if pair[0] != "q"],
        chips=show_chips(FACETS, address.search, catalogue.label, _map_link),
        located=located,
        nowhere=_nowhere(located, address),
        levels=_levels(located, address, level),
        said=count(len(shown), *LEVEL_NAMES[level]),
        column=LEVEL_NAMES[level][0].capitalize(),
        view=view,
        outline=draw_outline(view),
        marks=[_mark(disc, address) for disc in marks.discs],
        countries=marks.countries,
        rows=[_row(place, names, address, view) for place in top],
        rest=_rest(shown),
        nested=any(set(place.inside) & names.keys() for place in top),
        views=_views(top, view, address),
    )


def _choose_level(located: Located) -> Level:
    """Return the level that tells most: the countries where many lead, else what lies in the few."""
    places = [place for place in located.places if place.level == "place" and place.country]
    return "country" if len(_leading(located)) > FEW_COUNTRIES or not places else "place"


def _leading(located: Located) -> frozenset[str]:
    """Return the codes of the countries that the result is about, told by how often reports name places in each.

    The names of countries alone count only where there are no others: a report that names a country, or its people,
    is seldom about it.
    """
    named: Counter[str] = Counter()
    for place in located.places:
        if place.country and place.level == "place":
            named[place.country] += place.reports
    named = named or Counter({place.country: place.reports for place in located.places if place.country})
    most = max(named.values(), default=0)
    return frozenset(code for code, reports in named.items() if reports >= most * LEADING)


def _points(places: Sequence[LocatedPlace], located: Located, *, whole: bool) -> Iterator[tuple[float, float]]:
    leading = _leading(located)
    for place in places:
        if place.country and place.lat is not None and place.lon is not None and (whole or place.country in leading):
            yield place.lon, place.lat


def _map_link(search: SearchAddress) -> str:
    return MapAddress(search).href


def _heading(located: Located, address: MapAddress) -> str:
    text, found = address.search.request.text, count(located.total, "report") if located.total else "no reports"
    if text:
        return f"Map of {found} for {shorten(text, HEADING_LENGTH, placeholder=' …')}"
    return f"Map of {found}{' in this selection' if address.search.narrowed and located.total else ''}"


def _nowhere(located: Located, address: MapAddress) -> Option | None:
    """Return how many reports name no place, and the link to them."""
    if not located.nowhere:
        return None
    href = address.listing(UNKNOWN)
    return Option(
        f"{count(located.nowhere, 'report')} name{'s' * (located.nowhere == 1)} no place", href, current=False
    )


def _levels(located: Located, address: MapAddress, level: Level) -> tuple[Option, ...]:
    there = {place.level for place in located.places} | {level}
    return tuple(
        Option(LEVEL_NAMES[known][1], replace(address, level=known).href, known == level)
        for known in LEVELS
        if known in there
    )


def _views(places: Sequence[LocatedPlace], view: View, address: MapAddress) -> tuple[Option, ...]:
    """Return the two extents to choose from, where they differ: the countries that lead, and all places."""
    if not address.whole and all(is_on(place, view) for place in places if _is_drawn(place)):
        return ()
    return (
        Option("where most reports are", replace(address, whole=False).href, not address.whole),
        Option("all places", replace(address, whole=True).href, address.whole),
    )


def _rest(shown: Sequence[LocatedPlace]) -> str | None:
    """Return what is said of the places that neither map nor table shows."""
    if len(shown) <= MOST_ROWS:
        return None
    left = shown[MOST_ROWS:]
    return f"{len(left):,} more are named by {count(left[0].reports, 'report')} or fewer. Choose a country to see them."


def _mark(disc: Disc, address: MapAddress) -> Mark:
    reports = count(disc.place.reports, "report")
    goal = "list them" if disc.place.level == "place" else "show what lies in it"
    return Mark(disc, _lead(disc.place, address), f"{disc.place.name}: {reports}, {goal}")


def _lead(place: LocatedPlace, address: MapAddress) -> str:
    """Return where a place's name leads: into a country or province, or to the reports that name a town."""
    return address.listing(place.value) if place.level == "place" else address.inside(place.value).href


def _row(place: LocatedPlace, names: Mapping[str, str], address: MapAddress, view: View) -> Row:
    inside = tuple((names[value], address.inside(value).href) for value in reversed(place.inside) if value in names)
    return Row(
        name=place.name,
        href=_lead(place, address),
        reports=f"{place.reports:,}",
        list_href=address.listing(place.value),
        inside=inside,
        note="" if is_on(place, view) and place.country else _why_not_drawn(place),
    )


def _why_not_drawn(place: LocatedPlace) -> str:
    if not place.country:
        return WIDE
    return OUTSIDE if _is_drawn(place) else POINTLESS


def _is_drawn(place: LocatedPlace) -> bool:
    return bool(place.country) and place.lat is not None and place.lon is not None
