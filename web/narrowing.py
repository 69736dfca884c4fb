"""Facets as a reader ticks them: values in a tree, the first ones in sight, the rest behind "all 40"."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer import Facet, FacetValue
from web.address import FACET_KEYS, SearchAddress
from web.words import count

IN_SIGHT = 12
UNKNOWN = "unknown"
INSIDE = {"date": ("month",), "place": ("place",)}
OPEN_AT_FIRST = frozenset({"date", "outlet", "place"})

Label = Callable[[str, str], str]
Link = Callable[[SearchAddress], str]
AllLink = Callable[[SearchAddress, str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox; `inside` holds the more exact values of this one (months of a year, towns of a province)."""

    value: str
    label: str
    count: int
    selected: bool
    exclude: str
    inside: "Branch | None" = None

    @property
    def opened(self) -> bool:
        """Say whether a value inside this one is ticked, so that it must be in sight."""
        return self.inside is not None and self.inside.chosen > 0

    @property
    def chosen(self) -> int:
        """Return how many boxes are ticked here and inside."""
        return self.selected + (self.inside.chosen if self.inside else 0)


@dataclass(frozen=True, slots=True)
class Branch:
    """Values of one level: those in sight, and the rest; `about` names what they are values of, `said` counts them."""

    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    about: str
    said: str = ""

    @property
    def total(self) -> int:
        """Return how many values this level has."""
        return len(self.first) + len(self.more)

    @property
    def chosen(self) -> int:
        """Return how many boxes are ticked on this level and below."""
        return sum(choice.chosen for choice in (*self.first, *self.more))


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
    facets: Sequence[Facet], address: SearchAddress, label: Label, link: Link, all_link: AllLink | None = None
) -> tuple[FacetView, ...]:
    """Return the facets that have anything to choose from."""
    views = []
    for facet in facets:
        values = _with_absent_selections(facet, address, label)
        if values:
            branch = _grow(facet, values, address, link)
            many = all_link is not None and max(facet.total, len(values)) > IN_SIGHT + 1
            views.append(
                FacetView(
                    facet.key,
                    facet.label,
                    branch,
                    facet.key in OPEN_AT_FIRST or branch.chosen > 0,
                    all_link(address, facet.key) if all_link and many else None,
                    f"Find among all {count(max(facet.total, len(values)), 'value')}",
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


def _grow(facet: Facet, values: Sequence[FacetValue], address: SearchAddress, link: Link) -> Branch:
    """Return the values as a tree by their parents; a value whose parent is missing stands at the top."""
    known = {value.value for value in values}
    selected = frozenset(address.request.selected.get(facet.key, ()))
    below: dict[str | None, list[FacetValue]] = {}
    for value in values:
        parent = value.parent if value.parent in known and value.parent != value.value else None
        below.setdefault(parent, []).append(value)

    def branch(parent: str | None, about: str) -> Branch:
        choices = []
        for value in _ordered(facet.key, below.pop(parent, [])):
            inside = branch(value.value, value.label) if value.value in below else None
            exclude = link(address.excluding(facet.key, value.value))
            ticked = value.value in selected
            choices.append(Choice(value.value, value.label, value.count, ticked, exclude, inside))
        return _split(choices, about, facet.key)

    return branch(None, facet.label)


def _ordered(key: str, values: Iterable[FacetValue]) -> list[FacetValue]:
    """Return dates in the order of time, everything else as counted."""
    return sorted(values, key=lambda value: value.value) if key == "date" else list(values)


def _split(choices: Sequence[Choice], about: str, key: str) -> Branch:
    """Keep in sight the first values, everything ticked, and the honest "unknown"; one leftover is not hidden."""
    said = count(len(choices), *INSIDE.get(key, ("value",)))
    if len(choices) <= IN_SIGHT + 1:
        return Branch(tuple(choices), (), about, said)
    in_sight = [
        place < IN_SIGHT or choice.chosen > 0 or choice.value == UNKNOWN for place, choice in enumerate(choices)
    ]
    shown = tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if seen)
    hidden = tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if not seen)
    return Branch(shown, hidden, about, said)
