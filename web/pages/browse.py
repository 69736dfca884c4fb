"""Browsing by time: years, months, the days of a month, the reports of a day, and the same day in other years."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from flask import Blueprint, render_template, url_for
from werkzeug.exceptions import NotFound

from indexer import SearchRequest
from web.address import SearchAddress
from web.charts.calendar import draw_calendar
from web.context import here
from web.pages.reports import view_report
from web.pages.search import link
from web.words import MONTHS, count

pages = Blueprint("browse", __name__)

MOST_REPORTS = 50
MOST_YEARS = 60  # looked through for the same day


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of a month: its number, how many reports may be from it, and the way to them."""

    number: int
    count: int
    href: str | None


@pages.get("/browse")
def index() -> str:
    """Show how much there is for each month of each year."""
    dates = here().catalogue.tally(SearchRequest(), ("date",)).facets["date"]
    return render_template("browse.html", calendar=draw_calendar(dates, _place_of))


@pages.get("/browse/<int(fixed_digits=4):year>")
def show_year(year: int) -> str:
    """Show one year, month by month."""
    if not 1 <= year <= date.max.year:
        raise NotFound
    dates = here().catalogue.tally(_asking(f"date:{year:04d}").request, ("date",)).facets["date"]
    counts = {value.value: value.count for value in dates.values}
    months = [(name, _place_of(f"{year:04d}-{number:02d}"), counts.get(f"{year:04d}-{number:02d}", 0))
              for number, name in enumerate(MONTHS, 1)]  # fmt: skip
    return render_template(
        "browse_year.html", year=f"{year:04d}", months=months, href=link(_asking(f"date:{year:04d}"))
    )


@pages.get("/browse/<int(fixed_digits=4):year>/<int(fixed_digits=2):month>")
def show_month(year: int, month: int) -> str:
    """Show one month as a calendar of days."""
    if not (1 <= year <= date.max.year and 1 <= month <= len(MONTHS)):
        raise NotFound
    asked = _asking(f"date:{year:04d}-{month:02d}")
    total = here().catalogue.count(asked.request)
    weeks = [
        [_day(year, month, number, counted=total > 0) if number else None for number in week]
        for week in Weeks().monthdayscalendar(year, month)
    ]
    return render_template(
        "browse_month.html",
        heading=f"{MONTHS[month - 1]} {year}",
        year=f"{year:04d}",
        weeks=weeks,
        total=count(total, "report"),
        href=link(asked),
        before=_place_of(_month(year, month - 1)) if (year, month) > (1, 1) else None,
        after=_place_of(_month(year, month + 1)) if (year, month) < (date.max.year, len(MONTHS)) else None,
    )


@pages.get("/browse/<int(fixed_digits=4):year>/<int(fixed_digits=2):month>/<int(fixed_digits=2):day>")
def show_day(year: int, month: int, day: int) -> str:
    """Show the reports that may be from one day, and the same day in other years."""
    try:
        asked = date(year, month, day)
    except ValueError:
        raise NotFound from None
    address = _asking(f"date:{asked.isoformat()}")
    result = here().catalogue.find_all(address.request)
    reports = [view_report(stored) for stored in here().catalogue.reports(islice(result.ids, MOST_REPORTS))]
    return render_template(
        "browse_day.html",
        heading=f"{day} {MONTHS[month - 1]} {year}",
        month=(f"{MONTHS[month - 1]} {year}", _place_of(f"{year:04d}-{month:02d}")),
        total=count(result.total, "report"),
        more=max(result.total - len(reports), 0),
        reports=reports,
        href=link(address),
        before=_day_link(asked - timedelta(1)) if asked > date.min else None,
        after=_day_link(asked + timedelta(1)) if asked < date.max else None,
        elsewhen=_same_day(asked),
    )


def _same_day(asked: date) -> list[tuple[str, str, int]]:
    """Return the other years of the archive that have reports of the same day."""
    dates = here().catalogue.tally(SearchRequest(), ("date",)).facets["date"]
    years = sorted(int(value.value) for value in dates.values if value.value.isdigit() and value.count)[-MOST_YEARS:]
    found = []
    for year in years:
        try:
            day = asked.replace(year=year)
        except ValueError:  # 29 February
            continue
        number = here().catalogue.count(_asking(f"date:{day.isoformat()}").request) if day != asked else 0
        if number:
            found.append((str(year), _day_link(day), number))
    return found


def _day(year: int, month: int, number: int, *, counted: bool) -> DayView:
    day = date(year, month, number)
    total = here().catalogue.count(_asking(f"date:{day.isoformat()}").request) if counted else 0
    return DayView(number, total, _day_link(day) if total else None)


def _asking(text: str) -> SearchAddress:
    return SearchAddress.read([("q", text), ("sort", "oldest")])


def _day_link(day: date) -> str:
    return url_for("browse.show_day", year=day.year, month=day.month, day=day.day)


def _place_of(value: str) -> str:
    """Return the link to a year or month."""
    if "-" in value:
        return url_for("browse.show_month", year=int(value[:4]), month=int(value[5:]))
    return url_for("browse.show_year", year=int(value))


def _month(year: int, month: int) -> str:
    """Return a month of which the number may be 0 or 13."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"
