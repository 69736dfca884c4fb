"""The concordance: every place where a query's words stand, with the words on either side, sorted; also as CSV."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from indexer import LINE_ORDERS, Concordance, Line, LineOrder, Searched
from web.address import MOST_PAGES, SearchAddress, bounded
from web.asked import view_searched
from web.context import here
from web.exporting.tables import BYTE_ORDER_MARK, write_cells
from web.narrowing import show_chips
from web.pages.map import FACETS
from web.pages.search import Option, link
from web.paging import turn_pages
from web.words import CERTAINTY, count, date_in_words

pages = Blueprint("kwic", __name__)

# By date every page shows the lines of so many reports; sorted by words, a page shows so many lines.
REPORTS_ON_A_PAGE, LINES_ON_A_PAGE = 20, 100
MOST_LINES = 400  # on a page by date: one report may say a word very often
MOST_SORTED = 400  # reports whose lines are sorted for a page; the file sorts those of all
BY_DATE: Final[tuple[LineOrder, ...]] = ("newest", "oldest")
ORDER_NAMES: dict[LineOrder, str] = {
    "newest": "newest", "oldest": "oldest", "outlet": "outlet", "keyword": "keyword",
    "L1": "1st word left", "L2": "2nd word left", "L3": "3rd word left",
    "R1": "1st word right", "R2": "2nd word right", "R3": "3rd word right",
}  # fmt: skip
COLUMNS = ("report_id", "outlet", "published", "field", "paragraph", "left", "keyword", "right", "address")
FIELD_NAMES = {"title": "title", "caption": "caption", "byline": "byline", "comments": "reader's comment"}


@dataclass(frozen=True, slots=True)
class LineView:
    """One line as shown, with the way to its paragraph."""

    left: str
    keyword: str
    right: str
    where: str
    href: str


@pages.get("/kwic")
def show() -> ResponseReturnValue:
    """Show one page of the concordance of a search; `by` names the order of its lines."""
    address = SearchAddress.read(tuple(request.args.items(multi=True)))
    order = _order()
    page = bounded(request.args.get("page"), default=1, most=MOST_PAGES)
    found, lines, last = _read(address, order, page)
    total = found.total
    asked = address.request
    catalogue = here().catalogue
    return render_template(
        "kwic.html",
        address=address,
        heading=f"Concordance of {asked.text[:120]}" if asked.text else "Concordance",
        found=count(total, "report"),
        searched=view_searched(found.searched, address, lambda other: _link(other, order)),
        diagnostics=(*address.diagnostics, *found.diagnostics),
        total=total,
        lines=[_view(line, address) for line in lines],
        said_sorted=order not in BY_DATE and total > MOST_SORTED,
        most_sorted=MOST_SORTED,
        orders=[Option(ORDER_NAMES[one], _link(address, one), one == order) for one in LINE_ORDERS],
        chips=show_chips(FACETS, address, catalogue.label, lambda other: _link(other, order)),
        list_href=link(address.on_page(1)),
        file_href=_link(address, order, "kwic.send"),
        carried=[pair for pair in _pairs(address, order) if pair[0] != "q"],
        page=page,
        turning=turn_pages(page, last, lambda number: _link(address, order, page=number)),
    )


@pages.get("/kwic.csv")
def send() -> ResponseReturnValue:
    """Send all lines of the concordance as a table, written while it is sent."""
    address = SearchAddress.read(tuple(request.args.items(multi=True)))
    found = here().catalogue.concord(address.request, _order())
    pieces = write_lines(found.lines, lambda line: url_for("reports.show", report_id=line.report_id, _external=True))
    response = Response(stream_with_context(piece.encode() for piece in pieces), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="concordance.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def write_lines(lines: Iterator[Line], address_of: Callable[[Line], str]) -> Iterator[str]:
    """Yield a table with one row for each line, in UTF-8 with a byte order mark, as RFC 4180 has it."""
    yield BYTE_ORDER_MARK + write_cells(COLUMNS)
    for line in lines:
        place = f"#p{line.passage}" if line.passage else ""
        cells = (line.report_id, line.outlet, line.published, line.field, line.passage, line.left, line.keyword,
                 line.right, address_of(line) + place)  # fmt: skip
        yield write_cells(cells)


def _read(address: SearchAddress, order: LineOrder, page: int) -> tuple[Concordance, Sequence[Line], int]:
    """Return the concordance, the lines of one page, and how many pages there are."""
    catalogue = here().catalogue
    if not address.request.text:
        return Concordance(0, iter(()), Searched("")), (), 0
    if order in BY_DATE:
        first = slice((page - 1) * REPORTS_ON_A_PAGE, page * REPORTS_ON_A_PAGE)
        found = catalogue.concord(address.request, order, first=first)
        return found, tuple(islice(found.lines, MOST_LINES)), -(-found.total // REPORTS_ON_A_PAGE)
    found = catalogue.concord(address.request, order, first=slice(MOST_SORTED))
    lines = tuple(found.lines)
    start = (page - 1) * LINES_ON_A_PAGE
    return found, lines[start : start + LINES_ON_A_PAGE], -(-len(lines) // LINES_ON_A_PAGE)


def _order() -> LineOrder:
    return next((order for order in LINE_ORDERS if order == request.args.get("by")), LINE_ORDERS[0])


def _pairs(address: SearchAddress, order: LineOrder) -> list[tuple[str, str]]:
    pairs = [pair for pair in address.on_page(1).pairs() if pair[0] not in {"sort", "per"}]
    return pairs + ([("by", order)] if order != LINE_ORDERS[0] else [])


def _link(address: SearchAddress, order: LineOrder, endpoint: str = "kwic.show", page: int = 1) -> str:
    pairs = _pairs(address, order) + ([("page", str(page))] if page > 1 else [])
    return url_for(endpoint) + (f"?{urlencode(pairs)}" if pairs else "")


def _view(line: Line, address: SearchAddress) -> LineView:
    place = f"#p{line.passage}" if line.passage else ""
    parts = (line.outlet or "outlet not known", date_in_words(line.published) or CERTAINTY["unknown"])
    return LineView(
        left=line.left,
        keyword=line.keyword,
        right=line.right,
        where=", ".join((*parts, *([FIELD_NAMES[line.field]] if line.field in FIELD_NAMES else []))),
        href=f"{url_for('reports.show', report_id=line.report_id)}?{urlencode({'q': address.request.text})}{place}",
    )
