"""Problems that readers report: the form for anybody, and the list for who answers."""

import time
from collections import deque

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadProblem
from web.access import acting_user, keep_inside
from web.address import bounded
from web.context import here
from web.notices import done
from web.pages.reports import view_report
from web.paging import turn_pages

pages = Blueprint("problems", __name__)

PER_PAGE = 50
MOST_PAGES = 1_000
LONGEST = 2_000
MOST_OF_ONE, MOST_OF_ALL = 5, 60  # reports that one address, and everybody together, may send within an hour
HOUR = 3600.0
TRAP = "website"  # a field that no person sees and programs fill in
EXTENSION = "problems"  # when, and from which address, each came of late; each process counts for itself


@pages.get("/a/<report_id>/problem")
def write(report_id: str) -> str:
    """Show the form."""
    return _form(report_id)


@pages.post("/a/<report_id>/problem")
def send(report_id: str) -> ResponseReturnValue:
    """Keep what a reader wrote, for a person to read."""
    address = url_for("reports.show", report_id=report_id)
    here().catalogue.report(report_id)
    thanks = "Thank you. A person will look at this page."
    if request.form.get(TRAP):
        return done(address, thanks)  # a program is not told that it was found out
    if not _may_send(request.remote_addr or ""):
        return _form(report_id, problem="Much has been reported in the last hour. Try again later."), 429
    try:
        here().catalogue.problems.report(
            report_id, request.form.get("said", ""), contact=request.form.get("contact", "")
        )
    except BadProblem as refused:
        return _form(report_id, problem=str(refused)), 400
    return done(address, thanks)


@pages.get("/desk/problems")
def index() -> str:
    """Show what readers reported and nobody has answered, oldest first."""
    problems = here().catalogue.problems
    page = bounded(request.args.get("page"), default=1, least=1, most=MOST_PAGES)
    found = problems.page(offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    stored = {one.id: one for one in here().catalogue.reports(dict.fromkeys(each.report_id for each in found))}
    total = problems.count()
    return render_template(
        "desk/problems.html",
        problems=[(one, view_report(stored[one.report_id])) for one in found if one.report_id in stored],
        total=total,
        pager=turn_pages(page, -(-total // PER_PAGE), lambda number: url_for("problems.index", page=number)),
    )


@pages.post("/desk/problems/<int:number>/close")
def close(number: int) -> ResponseReturnValue:
    """Answer what a reader wrote, and close it."""
    address = keep_inside(request.form.get("next", url_for("problems.index")))
    try:
        here().catalogue.problems.close(number, by=acting_user().name, answer=request.form.get("answer", ""))
    except BadProblem as refused:
        return done(address, str(refused))
    undo = url_for("problems.reopen", number=number)
    return done(address, "Answered and closed.", undo=undo)


@pages.post("/desk/problems/<int:number>/reopen")
def reopen(number: int) -> ResponseReturnValue:
    """Let what was closed wait again."""
    try:
        here().catalogue.problems.reopen(number, by=acting_user().name)
    except BadProblem as refused:
        return done(url_for("problems.index"), str(refused))
    return done(url_for("problems.index"), "It waits again.")


def _form(report_id: str, *, problem: str = "") -> str:
    stored = here().catalogue.report(report_id)
    return render_template(
        "problem.html",
        report=view_report(stored),
        problem=problem,
        said=request.form.get("said", "")[:LONGEST],
        contact=request.form.get("contact", "")[:200],
        trap=TRAP,
        longest=LONGEST,
    )


def _may_send(address: str) -> bool:
    """Tell whether another report may come from this address, and count it."""
    sent: deque[tuple[float, str]] = current_app.extensions.setdefault(EXTENSION, deque(maxlen=MOST_OF_ALL))
    now = time.monotonic()
    while sent and sent[0][0] < now - HOUR:
        sent.popleft()
    if len(sent) >= MOST_OF_ALL or sum(sender == address for _, sender in sent) >= MOST_OF_ONE:
        return False
    sent.append((now, address))
    return True
