"""Counts → facets: every value under the name readers know it by, in a stable order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from archive.fields import FIELD_BY_KEY
from indexer.document import UNKNOWN, PlaceName
from indexer.results import Facet, FacetValue

EMPTY: Mapping[str, str] = MappingProxyType({})
NONE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "date": "Date unknown",
        "outlet": "Outlet unknown",
        "byline": "Not signed",
        "agency": "No agency named",
        "review": "Nothing noted",
        "place": "No place found",
        "name": "No name found",
        "section": "No section",
        "language": "Language unknown",
        "collection": "In no collection",
        "tag": "No tag",
    }
)
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "ku": "Kurdish",
        "tr": "Turkish",
    },
)  # fmt: skip
REVIEW: Mapping[str, str] = MappingProxyType(
    {"proposed": "Proposed by the rules", "corrected": "Corrected by a person", "issues": "With open issues"}
)
MOST_MONTHS = 20_000  # names of months kept at hand
MOST_DESCRIBED = 20_000  # and of values of all facets
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class KnownPlace(Protocol):
    """What a facet shows of a place."""

    @property
    def name(self) -> str:
        """Its preferred name."""

    @property
    def country(self) -> str | None:
        """The code of the country it lies in."""


FindPlace = Callable[[str], KnownPlace | None]


@dataclass(frozen=True, slots=True)
class Labels:
    """Where the names of values come from; a value nobody has named is shown as it is."""

    outlets: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    collections: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    place: FindPlace = lambda _id: None
    country: FindPlace = lambda _code: None
    around: Callable[[str], tuple[PlaceName, ...]] = lambda _id: ()
    described: dict[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict, compare=False)

    def describe(self, key: str, value: str) -> tuple[str, str | None]:
        """Return what readers call one value of a facet, and the value it lies in, as `label` and `parent` do."""
        found = self.described.get((key, value))
        if found is None:
            found = self.label(key, value), self.parent(key, value)
            if len(self.described) >= MOST_DESCRIBED:
                self.described.clear()
            self.described[key, value] = found
        return found

    def label(self, key: str, value: str) -> str:
        """Return what readers call one value of a facet."""
        if value == UNKNOWN:
            return NONE_LABELS.get(key, "None")
        if key == "date":
            return label_date(value)
        if key == "place":
            found = self.place(value) or self.country(value)
            return found.name if found else value
        return self._names(key).get(value, value)

    def _names(self, key: str) -> Mapping[str, str]:
        return {"outlet": self.outlets, "collection": self.collections, "language": LANGUAGES, "review": REVIEW}.get(
            key, EMPTY
        )

    def parent(self, key: str, value: str) -> str | None:
        """Return the value this one lies in: a month's year, a quarter's town, a town's province or country."""
        if key == "date" and value != UNKNOWN:
            year, dash, _ = value.partition("-")
            return year if dash else None
        if key == "place" and (place := self.place(value)):
            larger = self.around(value)
            return larger[-1].id if larger else place.country
        return None


def make_facet(
    key: str, counts: Mapping[str, int], selected: tuple[str, ...], labels: Labels, *, most: int | None = None
) -> Facet:
    """Return a facet with its most frequent values first; what is selected is shown even where nothing is left.

    Of a long facet only the first `most` values are given, with those selected and the unknown; dates are all given.
    """
    shown = {**dict.fromkeys(selected, 0), **counts}
    ordered = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    if most is not None and key != "date":
        kept = {UNKNOWN, *selected}
        ordered = ordered[:most] + [pair for pair in ordered[most:] if pair[0] in kept]
    described = [labels.describe(key, value) for value, _ in ordered]
    values = tuple(
        FacetValue(value, label, count, value in selected, parent)
        for (value, count), (label, parent) in zip(ordered, described, strict=True)
    )
    return Facet(key, FIELD_BY_KEY[key].label, values, len(shown))


@lru_cache(MOST_MONTHS)
def label_date(value: str) -> str:
    """Return a year or month as readers write it: `2016-11` is November 2016."""
    try:
        month = date.fromisoformat(f"{value}-01")
    except ValueError:
        return value
    return f"{MONTHS[month.month - 1]} {month.year}"
