"""About the data: what this archive holds, what its reports lack, and when it was last found whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import Blueprint, render_template, url_for

from indexer import CatalogueStatus, Facet, SearchRequest
from web.address import narrowed_to
from web.context import here
from web.pages.search import link
from web.words import count, date_in_words

pages = Blueprint("holdings", __name__)

UNKNOWN = "unknown"
LACKING: Mapping[str, str] = MappingProxyType(
    {
        "date": "A date of publication",
        "outlet": "A known outlet",
        "byline": "A byline",
        "agency": "An agency credit",
        "place": "A place named in it",
        "name": "An armed group or institution named in it",
        "section": "A section of its outlet",
        "collection": "A collection it is in",
    }
)
DAY = len("2026-11-27")


@dataclass(frozen=True, slots=True)
class LackRow:
    """How many reports have something, and how many have not."""

    label: str
    having: str
    lacking: str
    share: str
    href: str | None


@pages.get("/about/data")
def show() -> str:
    """Show what the archive holds, and what is not known of it."""
    catalogue = here().catalogue
    status = catalogue.status()
    counted = catalogue.tally(SearchRequest(), (*LACKING, "language", "review"))
    languages = [value for value in counted.facets["language"].values if value.count]
    waiting = sum(value.count for value in counted.facets["review"].values if value.value == "issues")
    return render_template(
        "holdings.html",
        status=status,
        reports=count(status.reports, "report"),
        span=_span(status),
        rows=[_row(label, counted.facets[key], counted.total) for key, label in LACKING.items()],
        languages=[(one.label, f"{one.count:,}", link(narrowed_to("language", one.value))) for one in languages],
        checked=_checked(status),
        waiting=count(waiting, "report") if waiting else None,
        waiting_href=link(narrowed_to("review", "issues")),
        doors=[("month by month", url_for("browse.index")), ("outlet by outlet", url_for("shelves.outlets")),
               ("place by place", url_for("shelves.places"))],
    )  # fmt: skip


def _row(label: str, facet: Facet, total: int) -> LackRow:
    lacking = sum(value.count for value in facet.values if value.value == UNKNOWN)
    share = f"{100 * lacking / total:.1f} %" if total else ""
    href = link(narrowed_to(facet.key, UNKNOWN)) if lacking else None
    return LackRow(label, f"{total - lacking:,}", f"{lacking:,}", share, href)


def _span(status: CatalogueStatus) -> str:
    first, last = date_in_words(status.earliest), date_in_words(status.latest)
    return f", from {first} to {last}" if first and last else ""


def _checked(status: CatalogueStatus) -> str:
    if status.checked is None:
        return "They have not been compared with their digests yet."
    day = date_in_words(status.checked[:DAY])
    found = "all were whole" if not status.problems else f"{count(status.problems, 'thing')} was not as it should be"
    return f"They were last compared with their digests on {day}: {found}."
