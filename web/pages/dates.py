"""The dates of a result: when its reports are from, drawn and as a table, alone or as a share of all reports."""

from dataclasses import dataclass, replace
from textwrap import shorten
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import FIELDS, STEPS, Bar, Facet, Step, Timeline
from web.address import SearchAddress
from web.charts.bars import draw_bars
from web.context import here
from web.narrowing import UNKNOWN, show_chips
from web.pages.search import HEADING_LENGTH, Option, link
from web.words import count, date_in_words

pages = Blueprint("dates", __name__)

FACETS = tuple(Facet(field.key, field.label, ()) for field in FIELDS if field.facet)
STEP_NAMES: dict[Step, str] = {"day": "day", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Row:
    """One period in words, with the list of its reports."""

    period: str
    href: str
    certain: str
    spread: str
    of: str
    share: str
    said: str


@dataclass(frozen=True, slots=True)
class DatesAddress:
    """A search and how its dates are seen: by which step, and whether as a share of all reports."""

    search: SearchAddress
    step: Step | None = None
    share: bool = False

    @classmethod
    def read(cls, pairs: tuple[tuple[str, str], ...]) -> "DatesAddress":
        """Return the address these parameters mean; what is unknown is left out, never an error."""
        first = dict(reversed(pairs))
        step = next((known for known in STEPS if known == first.get("step")), None)
        return cls(SearchAddress.read(pairs).on_page(1), step, first.get("count") == "share")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters in canonical order."""
        step = (("step", self.step),) if self.step else ()
        return (*self.search.pairs(), *step, *((("count", "share"),) if self.share else ()))

    @property
    def href(self) -> str:
        """Return the address as a link on this site."""
        pairs = self.pairs()
        return url_for("dates.show") + ("?" + urlencode(pairs) if pairs else "")


@pages.get("/search/dates")
def show() -> ResponseReturnValue:
    """Show when the reports of the search in the address are from; any other spelling leads to the canonical one."""
    pairs = tuple(request.args.items(multi=True))
    address = DatesAddress.read(pairs)
    if pairs != address.pairs() and not SearchAddress.read(pairs).cut:
        return redirect(address.href)
    catalogue = here().catalogue
    drawn = catalogue.timeline(address.search.request, address.step)
    columns, labels, highest = draw_bars(drawn.bars, share=address.share)
    return render_template(
        "dates.html",
        address=address,
        heading=_heading(drawn, address),
        list_href=link(address.search),
        carried=[pair for pair in address.pairs() if pair[0] != "q"],
        chips=show_chips(FACETS, address.search, catalogue.label, lambda search: replace(address, search=search).href),
        drawn=drawn,
        coarser=address.step is not None and address.step != drawn.step,
        steps=[Option(name, replace(address, step=step).href, step == drawn.step) for step, name in STEP_NAMES.items()],
        counts=[
            Option("reports", replace(address, share=False).href, not address.share),
            Option("share of all reports", replace(address, share=True).href, address.share),
        ],
        columns=columns,
        labels=labels,
        highest=highest,
        rows=[_row(bar, address.search) for bar in drawn.bars],
        undated=_undated(drawn, address.search),
    )


def _heading(drawn: Timeline, address: DatesAddress) -> str:
    text, found = address.search.request.text, count(drawn.total, "report") if drawn.total else "no reports"
    if text:
        return f"Dates of {found} for {shorten(text, HEADING_LENGTH, placeholder=' …')}"
    return f"Dates of {found}{' in this selection' if address.search.narrowed and drawn.total else ''}"


def _undated(drawn: Timeline, search: SearchAddress) -> Option | None:
    """Return how many reports stand in no bar, and the link to them."""
    if not drawn.undated:
        return None
    said = f"{count(drawn.undated, 'report')} without a date {'is' if drawn.undated == 1 else 'are'} not in the drawing"
    return Option(said, link(search.choosing("date", UNKNOWN)), current=False)


def _row(bar: Bar, search: SearchAddress) -> Row:
    period = date_in_words(bar.period) or bar.period
    spread = f"{bar.spread:,.1f}" if bar.spread >= 0.05 else ""  # noqa: PLR2004 - less is shown as nothing
    veil = f" and {spread} of uncertain date" if spread else ""
    said = f"{period}: {count(bar.certain, 'report')}{veil}, {bar.share:.1%} of all reports from then"
    share = f"{bar.share:.1%}" if bar.of else ""
    return Row(period, _listing(bar.period, search), f"{bar.certain:,}", spread, f"{bar.of:,.0f}", share, said)


def _listing(period: str, search: SearchAddress) -> str:
    """Return the list of the reports that may be from a period: by facet, days by the question, which has no facet."""
    if len(period) < len("2016-10-17"):
        return link(search.choosing("date", period))
    text = search.request.text
    return link(search.asking(f"({text}) date:{period}" if text else f"date:{period}"))
