"""What the order of an outlet's Media IDs says of its undated reports: weak evidence, and only where it is proven.

An outlet's numbers are proven to follow its days when enough of its reports have both a whole number and a stated day,
these days are several, and leaving out at most one report in twenty puts all the others in order. Then a report without
a date lies between its two neighbours in that order, give or take a day.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.edtf_dates import parse_edtf
from archive.errors import BadDate
from archive.model import Date, Evidence, Issue, Report, Span

RULE: Final = "published/media-order"
LEAST_DATED = 10  # dated reports of one outlet, as settings.toml has it when it says nothing
LEAST_DAYS = 5  # different days among them: numbers of one day prove no order of days
MOST_APART = 0.05  # of them may stand out of order: pages dated anew, numbers of another series
SLACK = dt.timedelta(days=1)  # a report may get its number on the eve of its publication
WIDEST = dt.timedelta(days=396)  # as for every inferred date: a wider stretch only looks like knowledge
NUMBER = re.compile(r"[0-9]{1,18}")  # 55378322
BOUND_RULES = re.compile(r"published/.*|.*/published")  # what bounds a date, and not what is a rival to it


@dataclass(frozen=True, slots=True)
class Dated:
    """A report's number, as a number and as printed, and the day its page states."""

    number: int
    day: dt.date
    printed: str


@dataclass(frozen=True, slots=True)
class Order:
    """An outlet's proven order: its reports in order of number and of day, of how many dated ones."""

    chain: tuple[Dated, ...]
    dated: int

    def around(self, number: int) -> tuple[Dated | None, Dated | None]:
        """Return the nearest dated reports with a smaller and a larger number."""
        numbers = [one.number for one in self.chain]
        below, above = bisect_left(numbers, number), bisect_right(numbers, number)
        return (
            self.chain[below - 1] if below else None,
            self.chain[above] if above < len(self.chain) else None,
        )


Orders = Mapping[str, Order]


def prove_orders(reports: Iterable[Report], least: int = LEAST_DATED) -> Orders:
    """Return the order of every outlet whose dated reports prove one, by the outlet's key; `least` 0 looks at none."""
    dated: dict[str, dict[int, Dated]] = defaultdict(dict)
    for report in reports if least else ():
        number, day = read_number(report), _stated_day(report.published)
        if report.outlet is not None and report.media_id is not None and number is not None and day is not None:
            dated[report.outlet.key].setdefault(number, Dated(number, day, report.media_id.value))
    proven = ((key, prove_order(list(found.values()), least)) for key, found in dated.items())
    return {key: order for key, order in proven if order is not None}


def prove_order(dated: Sequence[Dated], least: int = LEAST_DATED) -> Order | None:
    """Return the order that these reports of one outlet prove, None when they prove none."""
    chain = _longest_in_order(sorted(dated, key=lambda one: (one.number, one.day)))
    enough = len(dated) >= least and len({one.day for one in chain}) >= LEAST_DAYS
    return Order(chain, len(dated)) if enough and len(dated) - len(chain) <= MOST_APART * len(dated) else None


def read_number(report: Report) -> int | None:
    """Return a report's Media ID as a number; None when it is none."""
    value = report.media_id.value if report.media_id is not None else ""
    return int(value) if NUMBER.fullmatch(value) else None


def place_in_order(report: Report, orders: Orders) -> Report:
    """Return the report with what its number says of its date.

    A report without a date gets the days between its neighbours, together with what else bounds it, and issue D05; or
    issue D04 where they share no day. A date inferred from the page itself stays, with D04 where its number says
    otherwise. A stated date is left alone.
    """
    number = read_number(report)
    order = orders.get(report.outlet.key) if report.outlet is not None else None
    if number is None or order is None or report.published.basis == "stated" or _is_in_doubt(report):
        return report
    below, above = order.around(number)
    evidence = tuple(_say(report, below, above))
    if not evidence:
        return report
    bounds = [*_bounds(report.published.evidence), *_bounds(evidence)]
    first = max((first for first, _ in bounds if first is not None), default=None)
    last = min((last for _, last in bounds if last is not None), default=None)
    published = replace(report.published, evidence=(*report.published.evidence, *evidence))
    if first is not None and last is not None and first > last:
        return _with_issue(report, published, Issue("D04", _contradict(report, order, below, above), _span(report)))
    if published.earliest is not None and published.latest is not None:
        return report  # the page itself says more, and its number agrees
    if first is None or last is None or last - first > WIDEST:
        return replace(report, published=published)
    edtf = first.isoformat() if first == last else f"[{first.isoformat()}..{last.isoformat()}]"
    published = replace(published, edtf=edtf, earliest=first.isoformat(), latest=last.isoformat(), basis="inferred")
    return _with_issue(report, published, Issue("D05", _explain(report, order, below, above), _span(report)))


def _with_issue(report: Report, published: Date, issue: Issue) -> Report:
    return replace(report, published=published, issues=(*report.issues, issue))


def _is_in_doubt(report: Report) -> bool:
    """Tell whether the page's own dates contradict each other, which a number cannot settle."""
    return any(issue.code in {"D02", "D04"} for issue in report.issues)


def _stated_day(published: Date) -> dt.date | None:
    if published.basis != "stated" or published.earliest is None or published.earliest != published.latest:
        return None
    return dt.date.fromisoformat(published.earliest)


def _longest_in_order(ordered: Sequence[Dated]) -> tuple[Dated, ...]:
    """Return the longest run of reports, taken in order of number, whose days never go back (patience sorting)."""
    ends: list[int] = []  # the last report of the best run of each length
    days: list[dt.date] = []
    before: list[int | None] = []
    for number, one in enumerate(ordered):
        length = bisect_right(days, one.day)
        before.append(ends[length - 1] if length else None)
        ends[length:] = [number, *ends[length + 1 :]]
        days[length:] = [one.day, *days[length + 1 :]]
    chain: list[Dated] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(ordered[at])
        at = before[at]
    return tuple(reversed(chain))


def _say(report: Report, below: Dated | None, above: Dated | None) -> Iterator[Evidence]:
    """Yield what each neighbour allows; printed is the neighbour's number, and the span this report's own."""
    for one, pattern, slack in ((below, "[{}..]", -SLACK), (above, "[..{}]", SLACK)):
        if one is not None:
            value = pattern.format((one.day + slack).isoformat())
            yield Evidence("published", value, one.printed, "container", RULE, "inferred", _span(report))


def _bounds(evidence: Iterable[Evidence]) -> Iterator[tuple[dt.date | None, dt.date | None]]:
    for one in evidence:
        if BOUND_RULES.fullmatch(one.rule):
            try:
                date = parse_edtf(one.value)
            except BadDate:
                continue
            yield _day(date.earliest), _day(date.latest)


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def _span(report: Report) -> Span | None:
    return report.media_id.span if report.media_id is not None else None


def _explain(report: Report, order: Order, below: Dated | None, above: Dated | None) -> str:
    return f"Dated by the order of its outlet's numbers alone: {_working(report, order, below, above)}."


def _contradict(report: Report, order: Order, below: Dated | None, above: Dated | None) -> str:
    return f"The dates contradict the order of the outlet's numbers: {_working(report, order, below, above)}."


def _working(report: Report, order: Order, below: Dated | None, above: Dated | None) -> str:
    own = report.media_id.value if report.media_id is not None else ""
    said = [
        f"{word} {one.printed} of {one.day.isoformat()}" for word, one in (("after", below), ("before", above)) if one
    ]
    return f"{own} comes {' and '.join(said)}; {len(order.chain)} of its {order.dated} dated reports are in order"
