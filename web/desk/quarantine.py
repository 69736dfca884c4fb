"""Pages that could not become reports: why, their bytes, another try by newer rules, or dropped with a reason."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import SetAside
from web.access import acting_user
from web.context import here
from web.desk.jobs import start
from web.notices import done
from web.paging import turn_pages
from web.words import count

pages = Blueprint("quarantine", __name__, url_prefix="/desk/quarantine")

PER_PAGE = 50
MOST_AT_ONCE = 5_000
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class PageView:
    """One page in quarantine."""

    number: int
    name: str
    code: str
    reason: str
    batch: int
    raw: str | None
    closed: str | None


@pages.get("")
def index() -> str:
    """Show the pages in quarantine, or those that were dealt with; `code` narrows them."""
    desk = here().catalogue.quarantine_desk
    code, closed = request.args.get("code", "")[:10] or None, request.args.get("closed") == "1"
    total = desk.count(code=code, closed=closed)
    last = max(1, -(-total // PER_PAGE))
    at = min(max(request.args.get("page", 1, type=int), 1), last)
    found = desk.pages(code=code, closed=closed, offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "desk/quarantine.html",
        pages=[_view(one) for one in found],
        total=total,
        code=code,
        closed=closed,
        codes=desk.codes(),
        turning=turn_pages(at, last, lambda there: _href(code, closed=closed, page=there)),
    )


@pages.get("/<int:number>")
def raw(number: int) -> ResponseReturnValue:
    """Send the bytes of a page in quarantine, to be kept as a file and never shown."""
    desk = here().catalogue.quarantine_desk
    page, content = desk.page(number), desk.content(number)
    if content is None:
        raise NotFound
    response = Response(content, mimetype="application/octet-stream")
    name = page.name.rsplit("/", 1)[-1] or "page"
    response.headers["Content-Disposition"] = f"attachment; filename=\"page-{number}\"; filename*=UTF-8''{quote(name)}"
    return response


@pages.post("/retry")
def retry() -> ResponseReturnValue:
    """Read the chosen pages again, by the rules of today."""
    numbers = _chosen()
    if not numbers:
        return done(_href(), "Nothing was tried: tick pages first. Pages whose bytes were not kept cannot be.")
    return start("retry", pages=numbers)


@pages.post("/drop")
def drop() -> ResponseReturnValue:
    """Say that the chosen pages need no work any more, and why."""
    numbers, reason = _chosen(), request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not numbers or not reason:
        return done(_href(), "Nothing was dropped: tick pages, and say why they are no reports.")
    here().catalogue.quarantine_desk.close(numbers, by=acting_user().name, reason=reason)
    said = f"{count(len(numbers), 'page')} dropped. The bytes stay."
    return done(_href(), said, undo=url_for("quarantine.reopen"), page=",".join(map(str, numbers)))


@pages.post("/reopen")
def reopen() -> ResponseReturnValue:
    """Take back that pages need no work."""
    numbers = _chosen()
    here().catalogue.quarantine_desk.reopen(numbers, by=acting_user().name)
    return done(_href(), f"{count(len(numbers), 'page')} in quarantine again.")


def _chosen() -> list[int]:
    """Return the numbers of the pages that the form names, one by one or all of a code."""
    if request.form.get("all") == "1":
        code = request.form.get("code", "")[:10] or None
        return [page.number for page in here().catalogue.quarantine_desk.pages(code=code, limit=MOST_AT_ONCE)]
    named = (one for part in request.form.getlist("page") for one in part.split(","))
    return [int(one) for one in named if one.isascii() and one.isdigit()][:MOST_AT_ONCE]


def _href(code: str | None = None, *, closed: bool = False, page: int = 1) -> str:
    return url_for("quarantine.index", code=code, closed=1 if closed else None, page=page if page > 1 else None)


def _view(page: SetAside) -> PageView:
    raw_href = url_for("quarantine.raw", number=page.number) if page.sha256 else None
    return PageView(page.number, page.name, page.code, page.reason, page.batch, raw_href, page.closed)
