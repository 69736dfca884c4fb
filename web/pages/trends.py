"""Several questions over time, as counts or for each thousand reports, with what cannot be drawn said beside it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from indexer import Facet, SearchRequest
from web.address import LONGEST_QUERY, SearchAddress
from web.charts.series import draw_lines, list_periods, say_period
from web.context import here
from web.exporting.tables import BYTE_ORDER_MARK, disarm
from web.pages.search import link
from web.words import count

pages = Blueprint("trends", __name__)

MOST_QUESTIONS = 5
MOST_MONTHS = 120  # more are drawn as years unless months are asked for
MOST_PERIODS = 600
PER = 1_000


@dataclass(frozen=True, slots=True)
class Trend:
    """One question over time: reports for each period, and what cannot be drawn."""

    text: str
    href: str
    total: int
    undated: int
    counts: Mapping[str, int]

    @property
    def said(self) -> str:
        """Say how many reports there are and how many have no date."""
        share = f" ({100 * self.undated / self.total:.0f} %)" if self.undated else ""
        return f"{count(self.total, 'report')}, {self.undated:,} without a date{share}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    questions: tuple[str, ...]
    unit: str | None
    share: bool

    def link(self, endpoint: str = "trends.show", **changes: str) -> str:
        """Return the link to these questions in another form; an empty value leaves a parameter out."""
        kept = {"unit": self.unit or "", "measure": "share" if self.share else ""} | changes
        pairs = [*(("q", text) for text in self.questions), *((key, value) for key, value in kept.items() if value)]
        return url_for(endpoint) + (f"?{urlencode(pairs)}" if pairs else "")


@pages.get("/trends")
def show() -> str:
    """Draw up to five questions over time, with the same numbers as a table."""
    asked = _read()
    trends, base = [_trend(text) for text in asked.questions], _trend("")
    periods = choose_periods([trend.counts for trend in trends], asked.unit)
    values = [_values(trend, base, periods, share=asked.share) for trend in trends]
    return render_template(
        "trends.html",
        asked=asked,
        boxes=(*asked.questions, *[""] * (MOST_QUESTIONS - len(asked.questions))),
        trends=trends,
        base=base,
        chart=draw_lines(periods, values) if periods else None,
        rows=[(say_period(period), [value.get(period, 0) for value in values]) for period in periods],
        unit="year" if periods and len(periods[0]) == len("2016") else "month",
        per=PER,
    )


@pages.get("/trends.csv")
def table() -> Response:
    """Send the numbers of the drawing as a table: counts, and the number of all reports of each period."""
    asked = _read()
    trends, base = [_trend(text) for text in asked.questions], _trend("")
    periods = choose_periods([trend.counts for trend in trends], asked.unit)
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(["period", *(disarm(trend.text) for trend in trends), "all reports"])
    for period in periods:
        rows.writerow([period, *(trend.counts.get(period, 0) for trend in trends), base.counts.get(period, 0)])
    rows.writerow(["without a date", *(trend.undated for trend in trends), base.undated])
    response = Response(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="trends.csv"'
    return response


def choose_periods(counts: list[Mapping[str, int]], unit: str | None) -> tuple[str, ...]:
    """Return the periods to draw: months where they are few or asked for, else years."""
    known = {period for one in counts for period in one}
    months = list_periods(period for period in known if "-" in period)
    wanted = unit or ("month" if len(months) <= MOST_MONTHS else "year")
    if wanted == "month" and months and len(months) <= MOST_PERIODS:
        return months
    return list_periods(period for period in known if period.isdigit())[:MOST_PERIODS]


def _read() -> Asked:
    texts = [text.strip()[:LONGEST_QUERY] for text in request.args.getlist("q")]
    questions = tuple(dict.fromkeys(text for text in texts if text))[:MOST_QUESTIONS]
    unit = request.args.get("unit")
    return Asked(questions, unit if unit in {"year", "month"} else None, request.args.get("measure") == "share")


def _trend(text: str) -> Trend:
    counted = here().catalogue.tally(SearchRequest(text=text), ("date",))
    counts = _by_period(counted.facets["date"])
    address = SearchAddress.read([("q", text)] if text else [])
    return Trend(text, link(address), counted.total, counts.pop("unknown", 0), counts)


def _by_period(dates: Facet) -> dict[str, int]:
    return {value.value: value.count for value in dates.values if value.count}


def _values(trend: Trend, base: Trend, periods: tuple[str, ...], *, share: bool) -> dict[str, float]:
    if not share:
        return {period: trend.counts.get(period, 0) for period in periods}
    return {
        period: round(PER * trend.counts.get(period, 0) / base.counts[period], 2) if base.counts.get(period) else 0
        for period in periods
    }
