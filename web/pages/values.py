"""All values of one facet of a result, by count or from A to Z, with a box to find one: no value is out of reach."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import FIELDS, Facet, FacetValue
from web.address import FACET_KEYS, LONGEST_VALUE, SearchAddress, bounded
from web.context import here
from web.narrowing import INSIDE, Choice, exclusions, show_chips
from web.pages.search import Option, link
from web.paging import turn_pages
from web.words import count

pages = Blueprint("values", __name__)

FACETS = tuple(Facet(field.key, field.label, ()) for field in FIELDS if field.facet)
ON_A_PAGE = 100
LONGEST_SOUGHT = 100
MOST_PAGES = 10_000
ORDERS = {"count": "by number of reports", "name": "from A to Z"}


@dataclass(frozen=True, slots=True)
class ValuesAddress:
    """A search, the facet whose values are listed, what they lie in, words sought in their names, order and page."""

    search: SearchAddress
    key: str
    inside: str = ""
    sought: str = ""
    by: str = "count"
    page: int = 1

    @classmethod
    def read(cls, key: str, pairs: tuple[tuple[str, str], ...]) -> "ValuesAddress":
        """Return the address these parameters mean; what is unknown is left out, never an error."""
        first = dict(reversed(pairs))
        inside = first.get("in", "")[:LONGEST_VALUE]
        sought = first.get("find", "").strip()[:LONGEST_SOUGHT]
        by = "name" if first.get("by") == "name" else "count"
        page = bounded(first.get("at"), default=1, most=MOST_PAGES)
        return cls(SearchAddress.read(pairs).on_page(1), key, inside, sought, by, page)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters in canonical order."""
        own = (("in", self.inside), ("find", self.sought), ("by", "" if self.by == "count" else self.by))
        at = (("at", str(self.page)),) if self.page > 1 else ()
        return (*self.search.pairs(), *(pair for pair in own if pair[1]), *at)

    def lists(self, value: FacetValue) -> bool:
        """Say whether this value is among those listed."""
        within = not self.inside or (value.parent == self.inside and value.value != self.inside)
        return within and self.sought.casefold() in value.label.casefold()

    @property
    def href(self) -> str:
        """Return the address as a link on this site."""
        pairs = self.pairs()
        return url_for("values.show", key=self.key) + ("?" + urlencode(pairs) if pairs else "")


def values_link(search: SearchAddress, key: str) -> str:
    """Return the link to all values of a facet of this search."""
    return ValuesAddress(search.on_page(1), key).href


@pages.get("/search/values/<key>")
def show(key: str) -> ResponseReturnValue:
    """Show the values of a facet of the search in the address; any other spelling leads to the canonical one."""
    if key not in FACET_KEYS:
        abort(404)
    pairs = tuple(request.args.items(multi=True))
    address = ValuesAddress.read(key, pairs)
    if pairs != address.pairs() and not SearchAddress.read(pairs).cut:
        return redirect(address.href)
    catalogue = here().catalogue
    facet = catalogue.facet(address.search.request, key)
    if facet is None:
        abort(404)
    names = {value.value: value.label for value in facet.values}
    found = _sort([value for value in facet.values if address.lists(value)], address)
    last = max(-(-len(found) // ON_A_PAGE), 1)
    rows = found[(address.page - 1) * ON_A_PAGE :][:ON_A_PAGE]
    search = address.search
    return render_template(
        "values.html",
        address=address,
        facet=facet,
        heading=f"{facet.label}{_place(address)}: {_say(found, facet, address)}",
        list_href=link(search),
        everything=replace(address, sought="", page=1).href,
        upward=replace(address, inside="", page=1).href if address.inside else None,
        carried=_carried(search, key, frozenset(value.value for value in rows)),
        kept=[pair for pair in replace(address, sought="", page=1).pairs() if pair[0] != "find"],
        chips=show_chips(FACETS, search, catalogue.label, lambda one: values_link(one, key)),
        orders=[Option(said, replace(address, by=by, page=1).href, by == address.by) for by, said in ORDERS.items()],
        rows=_show(rows, facet, names, address),
        turning=turn_pages(address.page, last, lambda number: replace(address, page=number).href),
    )


def _carried(search: SearchAddress, key: str, shown: frozenset[str]) -> list[tuple[str, str]]:
    """Return what applying the ticks sends unseen: everything of the search that has no box on this page."""
    return [pair for pair in search.pairs() if pair[0] != "q" and not (pair[0] == key and pair[1] in shown)]


def _sort(values: list[FacetValue], address: ValuesAddress) -> list[FacetValue]:
    if address.by == "name":
        return sorted(values, key=lambda value: (value.label.casefold(), value.value))
    # The months of one year stand in the order of time.
    return sorted(values, key=lambda value: value.value) if address.inside and address.key == "date" else values


def _place(address: ValuesAddress) -> str:
    return f" in {here().catalogue.label(address.key, address.inside)}" if address.inside else ""


def _say(found: Sequence[FacetValue], facet: Facet, address: ValuesAddress) -> str:
    if not address.sought:
        return count(len(found), "value")
    return f"{len(found):,} of {count(len(facet.values), 'value')} with “{address.sought}” in their name"


def _show(
    values: Sequence[FacetValue], facet: Facet, names: dict[str, str], address: ValuesAddress
) -> list[tuple[Choice, str]]:
    """Return the boxes of these values, each with what it lies in where that goes not without saying."""
    key, exclude = address.key, exclusions(address.search, address.key, link)
    inside = Counter(value.parent for value in facet.values if value.parent != value.value)
    rows = []
    for value in values:
        said = key == "date" or bool(address.inside) or value.parent == value.value  # March 2004 names its year
        larger = "" if said else names.get(value.parent or "", "")
        shown = Choice(value.value, value.label, value.count, value.selected, exclude(value.value))
        if below := inside[value.value]:
            door = replace(address, inside=value.value, sought="", page=1).href
            shown = replace(shown, door=door, said=count(below, *INSIDE.get(key, ("value",))))
        rows.append((shown, larger))
    return rows
