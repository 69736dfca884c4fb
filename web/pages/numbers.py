"""An outlet's Media IDs against its dates: where they follow each other, a date can be checked by its number."""

from dataclasses import dataclass
from itertools import groupby, islice

from flask import Blueprint, render_template, url_for
from werkzeug.exceptions import NotFound

from indexer import Numbered
from web.address import narrowed_to
from web.charts.dots import draw_dots
from web.context import here
from web.pages.search import link
from web.words import count, date_in_words

pages = Blueprint("numbers", __name__)

MOST_READ = 10_000  # reports of one outlet
MOST_STRAYS = 100
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year: its first and its last number, and how many reports have one."""

    year: int
    href: str
    lowest: str
    highest: str
    reports: int


@dataclass(frozen=True, slots=True)
class StrayRow:
    """One report whose number and day stand apart from the others' order."""

    title: str
    href: str
    printed: str
    day: str


@pages.get("/outlets/<value>/numbers")
def show(value: str) -> str:
    """Draw the Media IDs of an outlet against the days its pages state, with the same as tables."""
    address = narrowed_to("outlet", value)
    result = here().catalogue.find_all(address.request)
    if value == UNKNOWN or not result.total:
        raise NotFound
    numbers = here().catalogue.numbers(islice(result.ids, MOST_READ))
    strays = [one for one in numbers.reports if one.stray]
    by_year = groupby(sorted(numbers.reports, key=lambda one: (one.day.year, one.number)), lambda one: one.day.year)
    return render_template(
        "numbers.html",
        label=here().catalogue.label("outlet", value),
        outlet_href=url_for("shelves.outlet", value=value),
        chart=draw_dots((one.day, one.number, one.stray) for one in numbers.reports),
        numbers=numbers,
        dated=count(len(numbers.reports), "report"),
        unread=max(result.total - MOST_READ, 0),
        rows=[_row(year, list(several), link(address.choosing("date", str(year)))) for year, several in by_year],
        strays=[_stray(one) for one in strays[:MOST_STRAYS]],
        more=max(len(strays) - MOST_STRAYS, 0),
    )


def _row(year: int, several: list[Numbered], href: str) -> YearRow:
    regular = [one for one in several if not one.stray] or several
    return YearRow(year, href, regular[0].printed, regular[-1].printed, len(several))


def _stray(one: Numbered) -> StrayRow:
    day = date_in_words(one.day.isoformat()) or one.day.isoformat()
    return StrayRow(one.title or "[no title]", url_for("reports.show", report_id=one.id), one.printed, day)
