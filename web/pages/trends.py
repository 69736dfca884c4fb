"""Several questions over time, as counts or for each thousand reports, with what cannot be drawn said beside it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from indexer import SearchRequest, Step, Timeline
from web.address import LONGEST_QUERY, SearchAddress
from web.charts.series import draw_lines, list_periods, say_number, say_period
from web.context import here
from web.exporting.tables import BYTE_ORDER_MARK, disarm
from web.pages.search import link
from web.words import count

pages = Blueprint("trends", __name__)

MOST_QUESTIONS = 5
PER = 1_000
MOST_DOTS = 90  # periods; more are a line alone


@dataclass(frozen=True, slots=True)
class Trend:
    """One question over time: reports for each period, and what cannot be drawn."""

    text: str
    href: str
    total: int
    undated: int
    counts: Mapping[str, float]
    shares: Mapping[str, float]

    @property
    def said(self) -> str:
        """Say how many reports there are and how many have no date."""
        share = f" ({100 * self.undated / self.total:.0f} %)" if self.undated else ""
        return f"{count(self.total, 'report')}, {self.undated:,} without a date{share}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    questions: tuple[str, ...]
    unit: Step | None
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
    trends, base, periods = _draw(asked)
    values = [trend.shares if asked.share else trend.counts for trend in trends]
    return render_template(
        "trends.html",
        asked=asked,
        boxes=(*asked.questions, "", "")[: max(2, min(len(asked.questions) + 1, MOST_QUESTIONS))],
        trends=trends,
        base=base,
        chart=draw_lines(periods, values) if periods else None,
        rows=[
            (say_period(period), [say_number(value.get(period, 0)) for value in values])
            for period in periods
            if any(value.get(period) for value in values)
        ],
        dotted=len(periods) <= MOST_DOTS,
        unit="year" if periods and len(periods[0]) == len("2016") else "month",
        per=PER,
    )


@pages.get("/trends.csv")
def table() -> Response:
    """Send the numbers of the drawing as a table: counts, and the number of all reports of each period."""
    asked = _read()
    trends, base, periods = _draw(asked)
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(["period", *(disarm(trend.text) for trend in trends), "all reports"])
    for period in periods:
        rows.writerow([period, *(f"{trend.counts.get(period, 0):g}" for trend in (*trends, base))])
    rows.writerow(["without a date", *(trend.undated for trend in trends), base.undated])
    response = Response(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="trends.csv"'
    return response


def _read() -> Asked:
    texts = [text.strip()[:LONGEST_QUERY] for text in request.args.getlist("q")]
    questions = tuple(dict.fromkeys(text for text in texts if text))[:MOST_QUESTIONS]
    asked = request.args.get("unit")
    unit: Step | None = "year" if asked == "year" else "month" if asked == "month" else None
    return Asked(questions, unit, request.args.get("measure") == "share")


def _draw(asked: Asked) -> tuple[list[Trend], Trend, tuple[str, ...]]:
    """Return the questions' trends and that of the whole archive, all by month or all by year, and the periods."""
    texts = (*asked.questions, "")
    step = asked.unit or _coarsest([_timeline(text, None).step for text in asked.questions])
    found = [_timeline(text, step) for text in texts]
    coarse = _coarsest([timeline.step for timeline in found])
    if coarse != step:  # months of more years than can be shown
        found = [_timeline(text, coarse) for text in texts]
    trends = [_trend(text, timeline) for text, timeline in zip(texts, found, strict=True)]
    periods = list_periods(period for trend in trends[:-1] for period in trend.counts)
    return trends[:-1], trends[-1], periods


def _timeline(text: str, step: Step | None) -> Timeline:
    return here().catalogue.timeline(SearchRequest(text=text), step)


def _coarsest(steps: list[Step]) -> Step:
    """Return years if any is by year, else months: days are for the page of one month."""
    return "year" if "year" in steps else "month"


def _trend(text: str, timeline: Timeline) -> Trend:
    address = SearchAddress.read([("q", text)] if text else [])
    counts = {bar.period: round(bar.height, 2) for bar in timeline.bars if bar.height}
    shares = {bar.period: round(PER * bar.share, 1) for bar in timeline.bars if bar.height}
    return Trend(text, link(address), timeline.total, timeline.undated, counts, shares)
