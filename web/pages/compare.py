"""Two sets of reports side by side: how many they share, what they are about, which names and words each prefers."""

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from indexer import Counted, SearchRequest
from web.address import LONGEST_QUERY, SearchAddress
from web.context import here
from web.pages.search import link
from web.words import count

pages = Blueprint("compare", __name__)

FACETS = ("name", "place", "outlet", "section", "language", "date")
ROWS = 12
WORDS = 30
MOST_READ = 400  # reports of each side whose words are counted


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sets."""

    name: str
    text: str
    total: int
    href: str
    only: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a facet on both sides, as counts and of each hundred reports."""

    label: str
    a: int
    b: int
    share_a: float
    share_b: float


@dataclass(frozen=True, slots=True)
class Table:
    """One facet on both sides, the largest differences first."""

    label: str
    rows: tuple[Row, ...]


@pages.get("/compare")
def show() -> str:
    """Show two questions side by side; without both, the form and two outlets to begin with."""
    a, b = (request.args.get(name, "").strip()[:LONGEST_QUERY] for name in ("a", "b"))
    if not a or not b:
        return render_template("compare_sets.html", a=a, b=b, sides=(), offers=_offers())
    sides = (_side("A", a, b), _side("B", b, a))
    both = here().catalogue.count(SearchRequest(text=f"({a}) ({b})"))
    words = here().catalogue.compare_words(SearchRequest(text=a), SearchRequest(text=b), read=MOST_READ, most=WORDS)
    return render_template(
        "compare_sets.html",
        a=a,
        b=b,
        sides=sides,
        both=count(both, "report"),
        both_href=_link(f"({a}) ({b})"),
        tables=[table for key in FACETS if (table := _table(key, *sides)).rows],
        words=words,
        columns=(("A", words.of_a), ("B", words.of_b)),
        offers=(),
    )


def _side(name: str, text: str, other: str) -> Side:
    counted = here().catalogue.tally(SearchRequest(text=text), FACETS)
    return Side(name, text, counted.total, _link(text), _link(f"({text}) NOT ({other})"), counted)


def _table(key: str, a: Side, b: Side) -> Table:
    """Return the values of one facet whose shares differ most; of dates, the years in order."""
    facets = [side.counted.facets[key] for side in (a, b)]
    counts = [{value.value: value.count for value in facet.values if value.count} for facet in facets]
    labels = {value.value: value.label for facet in facets for value in facet.values}
    rows = [
        (value, Row(labels[value], counts[0].get(value, 0), counts[1].get(value, 0),
                    _share(counts[0].get(value, 0), a.total), _share(counts[1].get(value, 0), b.total)))
        for value in labels
        if (counts[0].get(value) or counts[1].get(value)) and not (key == "date" and "-" in value)
    ]  # fmt: skip
    if key == "date":
        rows.sort(key=lambda pair: pair[0])
        return Table(facets[0].label, tuple(row for _, row in rows[-5 * ROWS :]))
    rows.sort(key=lambda pair: (-abs(pair[1].share_a - pair[1].share_b), -pair[1].a - pair[1].b, pair[0]))
    return Table(facets[0].label, tuple(row for _, row in rows[:ROWS]))


def _share(number: int, total: int) -> float:
    return round(100 * number / total, 1) if total else 0.0


def _offers() -> list[tuple[str, str]]:
    """Return some comparisons to begin with: the outlets with most reports, two by two."""
    values = here().catalogue.tally(SearchRequest(), ("outlet",)).facets["outlet"].values
    outlets = [value for value in values if value.value != "unknown" and value.count][:4]
    return [
        (f"{one.label} and {other.label}",
         url_for("compare.show") + "?" + urlencode({"a": f"outlet:{one.value}", "b": f"outlet:{other.value}"}))
        for one, other in pairwise(outlets)
    ]  # fmt: skip


def _link(text: str) -> str:
    return link(SearchAddress.read([("q", text)]))
