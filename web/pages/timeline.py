"""When reports were published against when what they mention happened, in two lanes over one scale of time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import Blueprint, render_template, request

from web.address import SearchAddress
from web.charts.series import draw_lanes, list_periods, say_period
from web.context import here
from web.pages.search import link
from web.words import count

pages = Blueprint("timeline", __name__)

MOST_READ = 10_000  # reports looked through for one drawing
MOST_MONTHS = 180
MOST_PERIODS = 400
MONTH, YEAR = len("2016-11"), len("2016")


@dataclass(slots=True)
class Dates:
    """Counts by month and year, and how many dates were too vague for the unit; grows as reports are read."""

    months: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    vague: int = 0

    def add(self, earliest: str | None, latest: str | None) -> None:
        """Add one date by the days it may be."""
        if not earliest or not latest or earliest[:YEAR] != latest[:YEAR]:
            self.vague += 1
            return
        self.years[earliest[:YEAR]] += 1
        if earliest[:MONTH] == latest[:MONTH]:
            self.months[earliest[:MONTH]] += 1


@pages.get("/timeline")
def show() -> str:
    """Draw both lanes for the reports of a search, with the same numbers as a table."""
    address = SearchAddress.read(tuple(request.args.items(multi=True))).on_page(1)
    result = here().catalogue.find_all(address.request)
    published, mentioned = gather_dates(here().catalogue.records(islice(result.ids, MOST_READ)))
    periods, months = _periods(published, mentioned, request.args.get("unit"))
    upper, lower = (published.months, mentioned.months) if months else (published.years, mentioned.years)
    query = f"?{address.query_string}" if address.query_string else ""
    return render_template(
        "timeline.html",
        found=count(result.total, "report"),
        total=result.total,
        read=min(result.total, MOST_READ),
        text=address.request.text,
        back=link(address),
        carried=[pair for pair in address.pairs() if pair[0] != "q"],
        lanes=draw_lanes(periods, upper, lower) if periods else None,
        rows=[(say_period(one), upper.get(one, 0), lower.get(one, 0)) for one in periods],
        unit="month" if months else "year",
        units=[("month", _unit(query, "month"), months), ("year", _unit(query, "year"), not months)],
        undated=published.vague,
        vague=mentioned.vague + (0 if not months else sum(mentioned.years.values()) - sum(mentioned.months.values())),
    )


def gather_dates(records: Iterable[Mapping[str, Any]]) -> tuple[Dates, Dates]:
    """Return when the reports of these records were published, and the dates they mention."""
    published, mentioned = Dates(), Dates()
    for record in records:
        published.add(record["published"]["earliest"], record["published"]["latest"])
        for one in record["dates_mentioned"]:
            mentioned.add(one["earliest"], one["latest"])
    return published, mentioned


def _periods(published: Dates, mentioned: Dates, unit: str | None) -> tuple[tuple[str, ...], bool]:
    """Return what to draw, and whether it is months: those where they are few or asked for, else years."""
    months = list_periods({*published.months, *mentioned.months})
    if months and (unit == "month" or (unit != "year" and len(months) <= MOST_MONTHS)) and len(months) <= MOST_PERIODS:
        return months, True
    return list_periods({*published.years, *mentioned.years})[-MOST_PERIODS:], False


def _unit(query: str, unit: str) -> str:
    return f"{query}&unit={unit}" if query else f"?unit={unit}"
