"""The queues: what waits for a person, one report at a time or as a list, and the same decision for all alike."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import (
    ISSUE_BY_CODE,
    QUEUE_BY_KEY,
    QUEUES,
    BadCorrection,
    BadDate,
    BadEdit,
    Catalogue,
    ChangedMeanwhile,
    Correction,
    HomeError,
    Narrowing,
    NotWaiting,
    Queue,
    StoredReport,
    UnknownOutlet,
    Waiting,
    read_date,
)
from web.access import acting_user
from web.address import bounded
from web.context import here
from web.desk.editing import ProposalView, list_proposals
from web.desk.history import as_number, done_with_undo
from web.desk.saying import label_of
from web.notices import done
from web.pages.reports import IssueView, place_in_original, view_issues, view_passages, view_report
from web.paging import turn_pages
from web.provenance import ProvenanceRow, trace
from web.titles import title_of

pages = Blueprint("queues", __name__, url_prefix="/desk")

PER_PAGE = 50
MOST_PAGES = 100_000
EXCERPT = 4  # passages of the text in sight
FILTERS = ("outlet", "collection", "cause")
UNKNOWN_OUTLET = "-"  # in an address: the reports whose outlet is not known
# Queues of reports: the others hold stories, lines, pages without a report, and what readers wrote.
ELSEWHERE = {
    "reprint": "story_desk.index",
    "boilerplate": "recurring.index",
    "quarantined": "quarantine.index",
    "reported": "problems.index",
}
SORTING = "dateline.queues"  # the thread that looks through reports from before there were queues
PATIENCE = 1.0  # seconds that the page waits for it


@dataclass(frozen=True, slots=True)
class QueueView:
    """A queue in the list of all, with how much waits and the way to it."""

    label: str
    about: str
    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """One report that waits: where it stands in its queue, and the ways on."""

    number: int
    total: int
    before: str | None
    after: str | None
    alike: int


@pages.get("/queues")
def index() -> str:
    """Show every queue with how much waits in it."""
    queues = here().catalogue.queues
    narrowing = _narrowing()
    if queues.unsorted():
        _sort_older()
    counts = queues.counts(narrowing)
    views = [QueueView(one.label, one.about, counts[one.key], _queue_href(one)) for one in QUEUES]
    return render_template(
        "desk/queues.html", queues=views, left=queues.unsorted(), choices=_choices(), narrowed=narrowing != Narrowing()
    )


@pages.get("/queue/<key>")
def first(key: str) -> ResponseReturnValue:
    """Go to the first report of a queue, or say that nothing waits."""
    queue = _queue(key)
    if key in ELSEWHERE:
        return redirect(_queue_href(queue) or url_for("queues.index"), 303)
    found = here().catalogue.queues.page(key, _narrowing(), limit=1)
    if found:
        return redirect(_item_href(key, found[0].report_id), 303)
    return render_template("desk/queue_empty.html", queue=queue, narrowed=_narrowing() != Narrowing())


@pages.get("/queue/<key>/list")
def show_list(key: str) -> str:
    """Show a queue as a list, with the groups that can be decided alike."""
    queue, narrowing, queues = _reports_queue(key), _narrowing(), here().catalogue.queues
    total = queues.counts(narrowing)[key] if narrowing.cause is None else None
    page = bounded(request.args.get("page"), default=1, least=1, most=MOST_PAGES)
    found = queues.page(key, narrowing, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    stored = {one.id: one for one in here().catalogue.reports(item.report_id for item in found)}
    more = len(found) == PER_PAGE
    last = -(-total // PER_PAGE) if total is not None else page + more
    return render_template(
        "desk/queue_list.html",
        queue=queue,
        rows=[
            (view_report(stored[one.report_id]), say_cause(one), _item_href(key, one.report_id))
            for one in found
            if one.report_id in stored
        ],
        total=total,
        groups=[
            (one, say_cause(Waiting(key, "", one.outlet, one.cause)), _outlet_name(one.outlet),
             url_for("queues.first", key=key, outlet=one.outlet or UNKNOWN_OUTLET, cause=one.cause))
            for one in queues.alike(key, narrowing, limit=10)
        ],
        choices=_choices(),
        pager=turn_pages(page, last, lambda number: _href("queues.show_list", key=key, page=number)),
    )  # fmt: skip


@pages.get("/queue/<key>/<report_id>")
def show(key: str, report_id: str) -> ResponseReturnValue:
    """Show one report that waits: what its page says left, what can be done right."""
    queue, catalogue = _reports_queue(key), here().catalogue
    stored = catalogue.report(report_id)
    waiting = catalogue.queues.find(key, report_id)
    if waiting is None:
        return render_template("desk/queue_empty.html", queue=queue, narrowed=False, report=view_report(stored))
    field = _field_of(queue, waiting)
    number, before, after = catalogue.queues.place_of(waiting, _narrowing())
    totals = catalogue.queues.counts(_narrowing()) if _narrowing().cause is None else {}
    return render_template(
        "desk/queue.html",
        queue=queue,
        report=view_report(stored),
        item=ItemView(number, totals.get(key, 0), _maybe(key, before), _maybe(key, after),
                      catalogue.queues.count_alike(waiting)),
        cause=say_cause(waiting),
        issues=_issues(stored, queue),
        rows=_rows(stored, field),
        excerpt=view_passages(stored)[:EXCERPT],
        field=field,
        field_label=label_of(field) if field else "",
        proposals=_proposals(stored, field),
        doubtful=_doubtful(stored, waiting) if key == "person-or-place" else (),
        find=waiting.cause.split(";")[0] if key == "unknown-place" else "",
        base=catalogue.correcting.last_event(),
        own=_item_href(key, report_id),
        on=_maybe(key, after) or _href("queues.first", key=key),
        carried=_carried(),
    )  # fmt: skip


@pages.post("/queue/<key>/<report_id>")
def decide(key: str, report_id: str) -> ResponseReturnValue:
    """Take a proposal, or find that nothing is wrong; then go on with the next report."""
    queue, catalogue = _reports_queue(key), here().catalogue
    own = _item_href(key, report_id)
    waiting = catalogue.queues.find(key, report_id)
    if waiting is None:
        return done(_href("queues.first", key=key), f"Report {report_id} does not wait here any more.")
    _, _, after = catalogue.queues.place_of(waiting, _narrowing())
    on = _item_href(key, after) if after else _href("queues.first", key=key)
    title = f"“{title_of(catalogue.report(report_id))}”"
    try:
        if request.form.get("do") == "settle":
            event = catalogue.queues.settle(key, report_id, by=acting_user().name)
            said = f"Decided: no problem in {title}."
        else:
            event = catalogue.correct(_correction(report_id, _field_of(queue, waiting)))
            said = (
                f"Decided: {label_of(_field_of(queue, waiting)).lower()} of “{title_of(catalogue.report(report_id))}”."
            )
    except (BadCorrection, BadDate, UnknownOutlet, NotWaiting, ChangedMeanwhile) as refused:
        return done(own, str(refused))
    return done_with_undo(on, said, event.number, back=own)


@pages.get("/queue/<key>/<report_id>/alike")
def show_alike(key: str, report_id: str) -> ResponseReturnValue:
    """Show what can be decided for all reports like this one."""
    return _alike(key, report_id)


@pages.post("/queue/<key>/<report_id>/alike")
def plan_alike(key: str, report_id: str) -> ResponseReturnValue:
    """Plan one decision for all reports like this one, to be looked at before it begins."""
    queue, queues = _reports_queue(key), here().catalogue.queues
    waiting = queues.find(key, report_id)
    if waiting is None:
        abort(404)
    by, wish, reason = acting_user().name, request.form.get("do"), request.form.get("reason", "")[:500]
    value: object = request.form.get("value", "").strip()
    try:
        if wish == "settle":
            number = queues.plan_settling(waiting, by=by, reason=reason)
        elif wish == "confirm" and queue.field:
            number = queues.plan_confirming(waiting, by=by, reason=reason)
        elif wish == "set" and queue.field and value:
            if queue.field == "published":
                value = read_date(str(value)).edtf
            number = queues.plan_setting(waiting, value, by=by, reason=reason)
        else:
            return _alike(key, report_id, problem="Choose what is to be done.")
    except (BadEdit, BadDate) as refused:
        return _alike(key, report_id, problem=str(refused))
    return redirect(url_for("bulk.show", number=number), 303)


@pages.app_template_global("queue_label")
def queue_label(key: str) -> str:
    """Return what a queue is called."""
    return QUEUE_BY_KEY[key].label if key in QUEUE_BY_KEY else key


def say_cause(waiting: Waiting) -> str:
    """Return why a report waits, in words."""
    parts = [part.strip() for part in waiting.cause.split(";")]
    said = [ISSUE_BY_CODE[part].meaning if part in ISSUE_BY_CODE else _say_part(waiting.queue, part) for part in parts]
    return " ".join(dict.fromkeys(said))


def count_waiting() -> str:
    """Return how much waits in all queues of reports."""
    counts = here().catalogue.queues.counts()
    waiting = sum(found for key, found in counts.items() if key not in {"reprint", "quarantined"})
    return f"{waiting:,} to decide" if waiting else ""


def _sort_older() -> None:
    """Let reports from before there were queues be looked through, behind the answers."""
    worker = current_app.extensions.get(SORTING)
    if worker is None or not worker.is_alive():
        worker = threading.Thread(target=_sort_all, args=(here().catalogue,), name="queues", daemon=True)
        current_app.extensions[SORTING] = worker
        worker.start()
    worker.join(PATIENCE)


def _sort_all(catalogue: Catalogue) -> None:
    with suppress(HomeError):  # somebody imports: the next who looks at the queues begins again
        while catalogue.queues.sort_older():
            pass


def _say_part(queue: str, part: str) -> str:
    if queue == "unknown-place":
        return f"No place of the gazetteer is called “{part}”."
    if queue == "person-or-place":
        return f"“{part}” may be a person."
    if queue == "disagreement":
        return f"Its sources give more than one {label_of(part).lower()}."
    return part


def _alike(key: str, report_id: str, *, problem: str = "") -> ResponseReturnValue:
    queue, catalogue = _reports_queue(key), here().catalogue
    stored, waiting = catalogue.report(report_id), catalogue.queues.find(key, report_id)
    if waiting is None:
        return render_template("desk/queue_empty.html", queue=queue, narrowed=False, report=view_report(stored))
    return render_template(
        "desk/queue_alike.html",
        queue=queue,
        report=view_report(stored),
        cause=say_cause(waiting),
        outlet=_outlet_name(waiting.outlet),
        alike=catalogue.queues.count_alike(waiting),
        field_label=label_of(queue.field) if queue.field else "",
        can_set=queue.field in {"published", "outlet", "title"},
        can_confirm=key in {"weak-date", "date-conflict"},
        outlets=catalogue.correcting.outlets() if queue.field == "outlet" else {},
        own=_item_href(key, report_id),
        problem=problem,
    ), (400 if problem else 200)


def _queue(key: str) -> Queue:
    return QUEUE_BY_KEY.get(key) or abort(404)


def _reports_queue(key: str) -> Queue:
    return abort(404) if key in ELSEWHERE else _queue(key)


def _field_of(queue: Queue, waiting: Waiting) -> str:
    """Return the field that a queue's item is about; the cause says it where sources disagree."""
    if queue.key == "disagreement":
        named = waiting.cause.split(";")[0].strip()
        return "outlet" if named in {"M02", "M03"} else named
    return queue.field or ""


def _correction(report_id: str, field: str) -> Correction:
    number = as_number(request.form.get("base", ""))
    value: object = request.form.getlist("value") if field == "places" else request.form.get("value")
    if field == "published" and value:
        value = read_date(str(value)).edtf
    return Correction(report_id, field, value, acting_user().name, request.form.get("reason", "")[:500], number)


def _proposals(stored: StoredReport, field: str) -> list[ProposalView]:
    """Return what can be taken at once, what stands now first."""
    found = list_proposals(stored, field) if field else []
    now = stored.report.published
    if field == "published" and now.edtf and not any(one.standing for one in found):
        found.insert(0, ProposalView(now.edtf, view_report(stored).date, "as it stands", None, standing=True))
    return sorted(found, key=lambda one: not one.standing)


def _doubtful(stored: StoredReport, waiting: Waiting) -> tuple[str, ...]:
    """Return the ids of the places that stay when those in doubt are taken for persons."""
    names = {part.strip() for part in waiting.cause.split(";")}
    return tuple(
        place.id for place in stored.report.places if not {mention.text for mention in place.mentions} <= names
    )


def _issues(stored: StoredReport, queue: Queue) -> list[IssueView]:
    """Return what waits in this queue; where there is no date, everything that is said of dates."""
    codes = ("D",) if queue.key == "no-date" else tuple(queue.codes)
    return [issue for issue in view_issues(stored) if issue.code.startswith(codes)]


def _rows(stored: StoredReport, field: str) -> list[ProvenanceRow]:
    """Return where the values of the field come from."""
    evidence = [one for one in here().catalogue.evidence(stored.id) if one.field == field]
    rows = trace(stored, evidence, lambda span: place_in_original(stored.id, span), here().catalogue.label)
    return [row for row in rows if row.label == label_of(field)]


def _narrowing() -> Narrowing:
    args = request.args
    outlet = args.get("outlet") or None
    return Narrowing(
        outlet="" if outlet == UNKNOWN_OUTLET else outlet,
        collection=args.get("collection") or None,
        cause=args.get("cause") or None,
    )


def _carried() -> list[tuple[str, str]]:
    return [(name, request.args[name]) for name in FILTERS if request.args.get(name)]


def _href(endpoint: str, **values: Any) -> str:  # noqa: ANN401  # what url_for takes
    """Return the address of a page of the queues, narrowed as this one is."""
    address = url_for(endpoint, **values)
    carried = urlencode(_carried())
    return address + (("&" if "?" in address else "?") + carried if carried else "")


def _item_href(key: str, report_id: str) -> str:
    return _href("queues.show", key=key, report_id=report_id)


def _maybe(key: str, report_id: str | None) -> str | None:
    return _item_href(key, report_id) if report_id else None


def _queue_href(queue: Queue) -> str | None:
    endpoint = ELSEWHERE.get(queue.key)
    if endpoint is None:
        return _href("queues.first", key=queue.key)
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _outlet_name(key: str | None) -> str:
    return here().catalogue.label("outlet", key) if key else "Outlet not known"


def _choices() -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return what queues can be narrowed by: name, label, values, and the value that is chosen."""
    labels = here().catalogue.labels
    outlets = sorted(labels.outlets.items(), key=lambda one: one[1].casefold())
    collections = sorted(labels.collections.items(), key=lambda one: one[1].casefold())
    return [
        ("outlet", "Outlet", [*outlets, (UNKNOWN_OUTLET, "Outlet not known")], request.args.get("outlet", "")),
        ("collection", "Collection", collections, request.args.get("collection", "")),
    ]
