"""All values of one facet of a result, by count or from A to Z, with a box to find one: no value is out of reach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import FIELDS, Facet, FacetValue
from web.address import FACET_KEYS, SearchAddress, bounded
from web.context import here
from web.narrowing import show_chips
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
class Row:
    """One value: what it lies in, how many reports have it, and where it leads."""

    label: str
    inside: str
    reports: str
    selected: bool
    href: str
    exclude: str


@dataclass(frozen=True, slots=True)
class ValuesAddress:
    """A search, the facet whose values are listed, the words sought in their names, their order and the page."""

    search: SearchAddress
    key: str
    sought: str = ""
    by: str = "count"
    page: int = 1

    @classmethod
    def read(cls, key: str, pairs: tuple[tuple[str, str], ...]) -> "ValuesAddress":
        """Return the address these parameters mean; what is unknown is left out, never an error."""
        first = dict(reversed(pairs))
        sought = first.get("find", "").strip()[:LONGEST_SOUGHT]
        by = "name" if first.get("by") == "name" else "count"
        page = bounded(first.get("at"), default=1, most=MOST_PAGES)
        return cls(SearchAddress.read(pairs).on_page(1), key, sought, by, page)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters in canonical order."""
        own = (("find", self.sought), ("by", "" if self.by == "count" else self.by))
        at = (("at", str(self.page)),) if self.page > 1 else ()
        return (*self.search.pairs(), *(pair for pair in own if pair[1]), *at)

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
    found = _sort([value for value in facet.values if _is_sought(value, address.sought)], address.by)
    last = max(-(-len(found) // ON_A_PAGE), 1)
    start = (address.page - 1) * ON_A_PAGE
    return render_template(
        "values.html",
        address=address,
        facet=facet,
        heading=f"{facet.label}: {_say(found, facet, address)}",
        list_href=link(address.search),
        everything=replace(address, sought="", page=1).href,
        carried=address.search.pairs(),
        chips=show_chips(FACETS, address.search, catalogue.label, lambda search: values_link(search, key)),
        orders=[Option(said, replace(address, by=by, page=1).href, by == address.by) for by, said in ORDERS.items()],
        rows=[_row(value, names, address) for value in found[start : start + ON_A_PAGE]],
        turning=turn_pages(address.page, last, lambda number: replace(address, page=number).href),
    )


def _is_sought(value: FacetValue, sought: str) -> bool:
    return sought.casefold() in value.label.casefold()


def _sort(values: list[FacetValue], by: str) -> list[FacetValue]:
    return sorted(values, key=lambda value: (value.label.casefold(), value.value)) if by == "name" else values


def _say(found: Sequence[FacetValue], facet: Facet, address: ValuesAddress) -> str:
    if not address.sought:
        return count(len(found), "value")
    return f"{len(found):,} of {count(len(facet.values), 'value')} with “{address.sought}” in their name"


def _row(value: FacetValue, names: dict[str, str], address: ValuesAddress) -> Row:
    search, key = address.search, address.key
    changed = search.without(key, value.value) if value.selected else search.including(key, value.value)
    inside = names.get(value.parent or "", "") if value.parent != value.value else ""
    exclude = link(search.excluding(key, value.value))
    return Row(value.label, inside, f"{value.count:,}", value.selected, link(changed), exclude)
