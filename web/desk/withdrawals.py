"""Taking reports out of the archive: asked with a reason, sealed, put back, or deleted by two persons together."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import NotWithdrawn, SamePerson, StoredReport, Withdrawal
from web.access import acting_user
from web.address import bounded
from web.context import here
from web.listing import read_list
from web.notices import done
from web.pages.reports import view_report
from web.paging import turn_pages
from web.words import count, date_in_words

pages = Blueprint("withdrawals", __name__, url_prefix="/desk/withdrawn")

PER_PAGE = 50
LONGEST_REASON = 2_000
STATES = {
    "sealed": "sealed",
    "deleted": "deleted for good",
    "restored": "put back",
}


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """One withdrawal in words."""

    report_id: str
    title: str
    href: str
    by: str
    when: str
    reason: str
    state: str
    asked_by: str


@pages.get("")
def index() -> str:
    """List every withdrawal, newest first."""
    room = here().catalogue.withdrawals
    last = max(1, -(-room.count() // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    return render_template(
        "desk/withdrawn_list.html",
        withdrawals=[_view(one) for one in room.all(offset=(at - 1) * PER_PAGE, limit=PER_PAGE)],
        standing=count(room.count(standing=True), "report"),
        turning=turn_pages(at, last, lambda there: url_for("withdrawals.index", page=there)),
    )


@pages.get("/new")
def new() -> str:
    """Ask for the reason, and show which reports would go."""
    return _ask(read_list(request.args.getlist("r")))


@pages.post("/new")
def withdraw() -> ResponseReturnValue:
    """Take the reports named in the form out of the archive."""
    ids, reason = read_list(request.form.getlist("r")), request.form.get("reason", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        return _ask(ids, problem="Write the reason; readers who have the address of a report will see it."), 400
    room, by = here().catalogue.withdrawals, acting_user().name
    if len(ids) == 1:
        event = room.withdraw(ids[0], by=by, reason=reason)
        address = url_for("withdrawals.show", report_id=ids[0])
        said = "Withdrawn. It is sealed, and its addresses say that it was here."
        return done(address, said, undo=url_for("withdrawals.restore", report_id=ids[0]), event=event.number)
    number = room.withdraw_all(ids, by=by, reason=reason)
    return done(url_for("withdrawals.index"), f"{count(number, 'report')} withdrawn and sealed.")


@pages.get("/<report_id>")
def show(report_id: str) -> str:
    """Show one withdrawn report: why it went, and for admins what it says."""
    room = here().catalogue.withdrawals
    found = _find(report_id)
    user = acting_user()
    sealed = room.report(report_id) if found.state == "sealed" and user.may("admin") else None
    return render_template(
        "desk/withdrawn.html",
        withdrawal=_view(found),
        report=view_report(StoredReport(report_id, sealed, 1)) if sealed else None,
        passages=[passage.text for passage in sealed.body] if sealed else [],
        is_sealed=found.state == "sealed",
        is_admin=user.may("admin"),
        own_wish=found.asked_by == user.name,
    )


@pages.get("/<report_id>/original")
def original(report_id: str) -> Response:
    """Send a sealed original as a download."""
    _find(report_id)
    content = here().catalogue.withdrawals.original(report_id)
    if content is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{report_id}.bin"', "X-Robots-Tag": "noindex"}
    return Response(content, mimetype="application/octet-stream", headers=headers)


@pages.post("/<report_id>/restore")
def restore(report_id: str) -> ResponseReturnValue:
    """Put a sealed report back."""
    here().catalogue.withdrawals.restore(report_id, by=acting_user().name)
    return done(url_for("reports.show", report_id=report_id), "Put back. It is found again, as it was.")


@pages.post("/<report_id>/ask")
def ask(report_id: str) -> ResponseReturnValue:
    """Ask that a sealed report be deleted for good."""
    here().catalogue.withdrawals.ask_deletion(report_id, by=acting_user().name)
    said = "Asked. Another person, an admin, has to confirm before anything is deleted."
    return done(_address(report_id), said, undo=url_for("withdrawals.keep", report_id=report_id))


@pages.post("/<report_id>/keep")
def keep(report_id: str) -> ResponseReturnValue:
    """Take the wish to delete back, or refuse it."""
    here().catalogue.withdrawals.keep_sealed(report_id, by=acting_user().name)
    return done(_address(report_id), "It stays sealed.")


@pages.post("/<report_id>/delete")
def delete(report_id: str) -> ResponseReturnValue:
    """Delete a sealed report for good, if another person has asked for it."""
    here().catalogue.withdrawals.delete(report_id, by=acting_user().name)
    return done(_address(report_id), "Deleted, with its original. What stays is that it was here, and why it went.")


@pages.app_errorhandler(NotWithdrawn)
@pages.app_errorhandler(SamePerson)
def refuse(problem: NotWithdrawn | SamePerson) -> ResponseReturnValue:
    """Lead back to the report, and say why that cannot be."""
    return done(url_for("withdrawals.index"), str(problem))


def _ask(ids: tuple[str, ...], problem: str = "") -> str:
    views = [view_report(stored) for stored in here().catalogue.reports(ids)]
    return render_template(
        "desk/withdraw.html",
        reports=views,
        found=count(len(views), "report"),
        reason=request.form.get("reason", ""),
        most=LONGEST_REASON,
        problem=problem,
    )


def _find(report_id: str) -> Withdrawal:
    found = here().catalogue.withdrawals.find(report_id)
    if found is None:
        raise NotFound
    return found


def _address(report_id: str) -> str:
    return url_for("withdrawals.show", report_id=report_id)


def _view(one: Withdrawal) -> WithdrawalView:
    there = url_for("reports.show" if one.state == "restored" else "withdrawals.show", report_id=one.report_id)
    return WithdrawalView(
        one.report_id,
        one.title or f"Report {one.report_id}",
        there,
        one.by,
        date_in_words(one.at[:10]) or one.at,
        one.reason,
        STATES.get(one.state, one.state) + (f" by {one.ended_by}" if one.ended_by else ""),
        one.asked_by or "",
    )
