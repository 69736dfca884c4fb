"""The front page: one search box, what the archive holds, and the ways in."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from indexer import Facet, FacetValue, SearchRequest
from web.address import narrowed_to
from web.context import here
from web.pages.search import link
from web.words import count, date_in_words

pages = Blueprint("home", __name__)

IN_SIGHT = 12
SHELVES = {"outlet": "Outlets", "collection": "Collections", "place": "Places"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a facet as a way into the search."""

    label: str
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One facet on the front page: its first values, and the rest."""

    key: str
    label: str
    first: tuple[Entry, ...]
    more: tuple[Entry, ...]

    @property
    def total(self) -> int:
        """Return how many values the shelf has."""
        return len(self.first) + len(self.more)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the archive holds, in figures and in one sentence."""

    reports: int
    sentence: str


@pages.get("/")
def show() -> ResponseReturnValue:
    """Show the front page."""
    catalogue = here().catalogue
    status = catalogue.status()
    facets = catalogue.search(SearchRequest(sort="newest", per_page=1)).facets if status.reports else ()
    by_key = {facet.key: facet for facet in facets}
    sentence = facts_sentence(
        reports=status.reports,
        outlets=status.outlets,
        earliest=status.earliest,
        latest=status.latest,
        undated=status.undated,
    )
    return render_template(
        "home.html",
        facts=Facts(status.reports, sentence),
        years=_years(by_key["date"]) if "date" in by_key else (),
        shelves=[shelf for key in SHELVES if key in by_key and (shelf := _shelf(by_key[key])).total],
    )


def facts_sentence(*, reports: int, outlets: int, earliest: str | None, latest: str | None, undated: int) -> str:
    """Return what the archive holds, in one sentence that does not hide what has no date."""
    said = f"{count(reports, 'report')} from {count(outlets, 'outlet')}"
    first, last = date_in_words(earliest), date_in_words(latest)
    if first and last:
        said += f", dated {first}" if first == last else f", dated from {first} to {last}"
    if undated:
        said += f"; {undated:,} {'has' if undated == 1 else 'have'} no date"
    return f"{said}."


def _years(facet: Facet) -> tuple[Entry, ...]:
    """Return the years in the order of time, with the undated last."""
    return tuple(_entry(facet.key, value) for value in sorted(_tops(facet), key=lambda value: value.value))


def _shelf(facet: Facet) -> Shelf:
    entries = tuple(_entry(facet.key, value) for value in _tops(facet))
    return Shelf(facet.key, SHELVES[facet.key], entries[:IN_SIGHT], entries[IN_SIGHT:])


def _tops(facet: Facet) -> Sequence[FacetValue]:
    """Return the values that are not inside another one: years, not months."""
    known = {value.value for value in facet.values}
    return [value for value in facet.values if value.parent not in known]


def _entry(key: str, value: FacetValue) -> Entry:
    return Entry(value.label, f"{value.count:,}", link(narrowed_to(key, value.value)))
