"""Facets as a reader ticks them: values in a tree, the first ones in sight, the rest on the facet's own page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlencode

from indexer import Facet, FacetValue
from web.address import EXCLUDED, FACET_KEYS, SearchAddress
from web.words import count

IN_SIGHT = 12
MOST_YEARS = 30
FEW = 24  # values of a whole facet, down to which all of them are in sight
UNKNOWN = "unknown"
INSIDE = {"date": ("month",), "place": ("place",)}
OPEN_AT_FIRST = frozenset({"date", "outlet", "place"})

Label = Callable[[str, str], str]
Link = Callable[[SearchAddress], str]
AllLink = Callable[[SearchAddress, str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox.

    `inside` holds the more exact values of this one (months of a year, towns of a province); where they are not in
    sight, `door` leads to them and `said` counts them.
    """

    value: str
    label: str
    count: int
    selected: bool
    exclude: str
    inside: "Branch | None" = None
    door: str = ""
    said: str = ""

    @property
    def chosen(self) -> int:
        """Return how many boxes are ticked here and inside."""
        return self.selected + (self.inside.chosen if self.inside else 0)


@dataclass(frozen=True, slots=True)
class Branch:
    """The values of one level that are in sight, and how many more there are; `about` names what they are values of."""

    first: tuple[Choice, ...]
    about: str
    left: int = 0

    @property
    def chosen(self) -> int:
        """Return how many boxes are ticked on this level and below."""
        return sum(choice.chosen for choice in self.first)


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet as shown beside the results; `all_href` leads to its values by name where there are many."""

    key: str
    label: str
    branch: Branch
    open: bool
    all_href: str | None = None
    all_said: str = ""

    @property
    def chosen(self) -> int:
        """Return how many of its boxes are ticked."""
        return self.branch.chosen


@dataclass(frozen=True, slots=True)
class Chip:
    """One selection above the results, with the address of the same search without it."""

    name: str
    href: str
    excluded: bool


def show_facets(
    facets: Sequence[Facet], address: SearchAddress, label: Label, link: Link, all_link: AllLink
) -> tuple[FacetView, ...]:
    """Return the facets that have anything to choose from; `link` leads to a search, `all_link` to a facet's values."""
    views = []
    for facet in facets:
        values = _with_absent_selections(facet, address, label)
        if values and not (facet.key == "tag" and all(value.value == UNKNOWN for value in values)):
            total = max(facet.total, len(values))
            grown = _Growing(facet.key, values, address, link, all_link(address, facet.key), whole=total <= FEW)
            branch = grown.branch(None, facet.label)
            many = total > IN_SIGHT + 1
            views.append(
                FacetView(
                    facet.key,
                    facet.label,
                    branch,
                    facet.key in OPEN_AT_FIRST or branch.chosen > 0,
                    grown.all_href if many else None,
                    f"Find among all {count(total, 'value')}",
                )
            )
    return tuple(views)


def show_chips(facets: Sequence[Facet], address: SearchAddress, label: Label, link: Link) -> tuple[Chip, ...]:
    """Return one chip for each value selected or excluded."""
    names = {facet.key: facet.label for facet in facets}
    chips = []
    for excluded, chosen in ((False, address.request.selected), (True, address.request.excluded)):
        for key in FACET_KEYS:
            for value in chosen.get(key, ()):
                name = f"{'Not ' if excluded else ''}{names.get(key, key.capitalize())}: {label(key, value)}"
                chips.append(Chip(name, link(address.without(key, value)), excluded))
    return tuple(chips)


def _with_absent_selections(facet: Facet, address: SearchAddress, label: Label) -> tuple[FacetValue, ...]:
    """Return the facet's values and the selected ones that no match has, so that applying keeps them."""
    selected = address.request.selected.get(facet.key, ())
    present = {value.value for value in facet.values}
    absent = (value for value in selected if value not in present)
    return (*facet.values, *(FacetValue(value, label(facet.key, value), 0, selected=True) for value in absent))


class _Growing:
    """The values of one facet as a tree by their parents; a value whose parent is missing stands at the top."""

    def __init__(
        self, key: str, values: Sequence[FacetValue], address: SearchAddress, link: Link, all_href: str, *, whole: bool
    ) -> None:
        self._key, self._whole, self.all_href = key, whole, all_href
        self._exclude = exclusions(address, key, link)
        self._selected = frozenset(address.request.selected.get(key, ()))
        known = {value.value for value in values}
        self._below: dict[str | None, list[FacetValue]] = {}
        for value in values:
            parent = value.parent if value.parent in known and value.parent != value.value else None
            self._below.setdefault(parent, []).append(value)

    def branch(self, parent: str | None, about: str) -> Branch:
        """Return the values inside one (None: at the top), those in sight with theirs."""
        values = self._below.pop(parent, [])
        seen = self._in_sight(values)
        return Branch(tuple(map(self._choose, seen)), about, len(values) - len(seen))

    def _choose(self, value: FacetValue) -> Choice:
        inside = self._below.get(value.value, [])
        ticked = value.value in self._selected
        shown = Choice(value.value, value.label, value.count, ticked, self._exclude(value.value))
        if not inside:
            return shown
        said, door = count(len(inside), *INSIDE.get(self._key, ("value",))), inside_link(self.all_href, value.value)
        opened = self._whole or self._is_ticked(value)
        return replace(shown, inside=self.branch(value.value, value.label) if opened else None, door=door, said=said)

    def _is_ticked(self, value: FacetValue) -> bool:
        """Return whether this value or any inside it is ticked, and so must be in sight."""
        waiting, met = [value], {value.value}
        while waiting:
            one = waiting.pop()
            if one.value in self._selected:
                return True
            inside = [other for other in self._below.get(one.value, ()) if other.value not in met]
            met.update(other.value for other in inside)
            waiting += inside
        return False

    def _in_sight(self, values: Sequence[FacetValue]) -> list[FacetValue]:
        """Return the first values, everything ticked, and the honest "unknown"; one leftover is not left out."""
        most = MOST_YEARS if self._key == "date" else IN_SIGHT
        seen = list(values)
        if len(values) > most + 1:
            first = {value.value for value in values[:IN_SIGHT]}
            seen = [
                value for value in values if value.value in first or value.value == UNKNOWN or self._is_ticked(value)
            ]
        # Dates stand in the order of time, everything else as counted.
        return sorted(seen, key=lambda value: value.value) if self._key == "date" else seen


def exclusions(address: SearchAddress, key: str, link: Link) -> Callable[[str], str]:
    """Return a function from a value of a facet to the same search without the reports that have it."""
    if address.request.excluded.get(key):
        return lambda value: link(address.excluding(key, value))
    # Written once for all values that are not ticked: there may be hundreds.
    before, after = link(address.excluding(key, "V")).split(f"{EXCLUDED}{key}=V", 1)
    ticked = frozenset(address.request.selected.get(key, ()))

    def exclude(value: str) -> str:
        if value in ticked:
            return link(address.excluding(key, value))
        return f"{before}{EXCLUDED}{key}={quote_plus(value)}{after}"

    return exclude


def inside_link(all_href: str, value: str) -> str:
    """Return the link to the values inside one, from the link to all values of its facet."""
    return f"{all_href}{'&' if '?' in all_href else '?'}{urlencode({'in': value})}"
