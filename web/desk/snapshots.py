"""Snapshots: an answer frozen under a number, to be cited; later it says what was added and what is gone since."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadPaper, Frozen, Snapshot, UnknownSnapshot
from web.access import acting_user, signed_in
from web.address import bounded
from web.context import here
from web.desk.searches import read_address
from web.exporting.question import tell_question, tell_state
from web.notices import done
from web.pages.reports import ReportView, view_report
from web.pages.search import link
from web.paging import turn_pages
from web.words import count, date_in_words

pages = Blueprint("snapshots", __name__)

PER_PAGE = 50
SHOWN = ("all", "added", "gone")


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """One snapshot in words."""

    number: int
    name: str
    asked: str
    total: str
    taken: str
    author: str
    public: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What a question finds now beside what it found then, each in its order."""

    added: tuple[str, ...]
    gone: tuple[str, ...]


def compare_ids(then: tuple[str, ...], now: tuple[str, ...]) -> Difference:
    """Return what was added since, and what is found no more."""
    before, after = frozenset(then), frozenset(now)
    return Difference(tuple(one for one in now if one not in before), tuple(one for one in then if one not in after))


@pages.get("/snapshots")
def index() -> str:
    """Show the snapshots that are public, and one's own."""
    user, snapshots = signed_in(), here().catalogue.snapshots
    last = max(1, -(-snapshots.count(user) // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    found = snapshots.seen(user, offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    turning = turn_pages(at, last, lambda there: url_for("snapshots.index", page=there))
    return render_template("snapshots.html", snapshots=[_view(one) for one in found], turning=turning)


@pages.get("/snapshots/<int:number>")
def show(number: int) -> str:
    """Show one snapshot: what was asked, who answered, which reports; and what was added and is gone since."""
    snapshot, catalogue = find_snapshot(number), here().catalogue
    address, frozen = read_address(snapshot.of.address), catalogue.snapshots.ids(number)
    since = compare_ids(frozen, tuple(catalogue.find_all(address.request).ids))
    shown = request.args.get("show", "all")
    ids = {"added": since.added, "gone": since.gone}.get(shown, frozen)
    last = max(1, -(-len(ids) // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    part = ids[(at - 1) * PER_PAGE : at * PER_PAGE]
    held = {stored.id: view_report(stored) for stored in catalogue.reports(part)}
    items: list[tuple[int, str, ReportView | None]] = [
        (place, one, held.get(one)) for place, one in enumerate(part, (at - 1) * PER_PAGE + 1)
    ]
    return render_template(
        "snapshot.html",
        snapshot=_view(snapshot),
        of=snapshot.of,
        digest=snapshot.digest,
        cited=cite_snapshot(snapshot),
        again=link(address),
        added=len(since.added),
        gone=len(since.gone),
        shown=shown if shown in SHOWN else "all",
        items=items,
        turning=turn_pages(at, last, lambda there: _href(number, shown, there)),
    )


@pages.get("/snapshots/<int:number>/ids.txt")
def ids(number: int) -> Response:
    """Send the ids of a snapshot's reports, one a line: the bytes of which it names the digest."""
    find_snapshot(number)
    text = "".join(f"{one}\n" for one in here().catalogue.snapshots.ids(number))
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.post("/snapshots")
def take() -> ResponseReturnValue:
    """Freeze what the search of this address finds now."""
    address, catalogue, user = read_address(request.form.get("address", "")), here().catalogue, acting_user()
    state = catalogue.state()
    result = catalogue.find_all(address.request)
    asked = "\n".join(f"{name}: {said}" for name, said in tell_question(result, catalogue.label))
    of = Frozen(address.query_string, asked, state.engine, state.version, state.last_event)
    try:
        taken = catalogue.snapshots.take(user, request.form.get("name", ""), of, result.ids)
    except BadPaper as refused:
        return done(link(address), str(refused))
    said = f"Frozen as snapshot {taken.number}. Only you see it until you show it to everybody."
    return done(url_for("snapshots.show", number=taken.number), said, undo=_act(taken.number, "remove"))


@pages.post("/snapshots/<int:number>/<act>")
def change(number: int, act: str) -> ResponseReturnValue:
    """Show one's snapshot to everybody or to nobody, take it away, or bring it back."""
    snapshots, user = here().catalogue.snapshots, acting_user()
    if act in {"show", "hide"}:
        snapshots.change(user, number, public=act == "show")
        said = "Everybody sees this snapshot now." if act == "show" else "Only you see this snapshot now."
        undo = _act(number, "hide" if act == "show" else "show")
        return done(url_for("snapshots.show", number=number), said, undo=undo)
    if act not in {"remove", "restore"}:
        abort(404)
    snapshots.change(user, number, removed=act == "remove")
    if act == "remove":
        said = f"Snapshot {number} is taken away; its number is not given again."
        return done(url_for("snapshots.index"), said, undo=_act(number, "restore"))
    return done(url_for("snapshots.show", number=number), "The snapshot is there again.", undo=_act(number, "remove"))


def find_snapshot(number: int) -> Snapshot:
    """Return a snapshot that whoever asks may see; otherwise there is no such page."""
    try:
        return here().catalogue.snapshots.find(number, signed_in())
    except UnknownSnapshot:
        abort(404)


def cite_snapshot(snapshot: Snapshot) -> str:
    """Return how a snapshot is cited: title, archive, number, day, size, digest and address."""
    name = f"“{snapshot.name}”, " if snapshot.name else ""
    day = date_in_words(snapshot.taken[:10])
    where = url_for("snapshots.show", number=snapshot.number, _external=True)
    size = count(snapshot.total, "report")
    return (
        f"{snapshot.author}, {name}{here().title}, snapshot {snapshot.number}, {day}: {size}, "
        f"SHA-256 of their ids {snapshot.digest}, {where}."
    )


def tell_snapshot(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Return what an export's sheet says of a snapshot."""
    state = f"event {snapshot.of.last_event:,}; index {snapshot.of.version}, engine {snapshot.of.engine}"
    lines = tuple((name, said) for name, _, said in (line.partition(": ") for line in snapshot.of.asked.splitlines()))
    return (("Snapshot", cite_snapshot(snapshot)), *lines, ("Frozen at", state),
            ("State now", tell_state(here().catalogue.state())))  # fmt: skip


def _view(snapshot: Snapshot) -> SnapshotView:
    user = signed_in()
    return SnapshotView(
        number=snapshot.number,
        name=snapshot.name,
        asked=snapshot.of.asked,
        total=count(snapshot.total, "report"),
        taken=f"{date_in_words(snapshot.taken[:10])}, {snapshot.taken[11:16]} UTC",
        author=snapshot.author,
        public=snapshot.public,
        own=user is not None and user.number == snapshot.owner,
    )


def _href(number: int, shown: str, page: int) -> str:
    kept = shown if shown in SHOWN[1:] else None
    return url_for("snapshots.show", number=number, show=kept, page=page if page > 1 else None)


def _act(number: int, act: str) -> str:
    return url_for("snapshots.change", number=number, act=act)
