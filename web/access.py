"""Who may ask for which page: one table, looked at before any page is made."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer import Role, User
from web.answers import answer, is_for_programs
from web.context import here
from web.csrf import csrf_field, is_our_form
from web.notices import carry_notice, has_notices, take_notices
from web.spooling import UPLOADING
from web.visitors import VISIT, Visitor, find_visitor, set_cookie, signed_in, visitor

__all__ = ["LEAST", "acting_user", "add_access", "keep_inside", "signed_in", "wants_tag"]

Least = Role | Literal["anyone"]

# Each endpoint and the least role that may ask for it. `anyone`: even where an archive is private.
LEAST: Mapping[str, Least] = MappingProxyType({
    # reading
    "advanced.show": "reader",
    "api.describe": "reader",
    "api.evidence": "reader",
    "api.record": "reader",
    "api.search": "reader",
    "api.status": "reader",
    "batches.index": "reader",
    "batches.show": "reader",
    "browse.index": "reader",
    "browse.show_day": "reader",
    "browse.show_month": "reader",
    "browse.show_year": "reader",
    "compare.show": "reader",
    "dates.show": "reader",
    "export.send": "reader",
    "export.show": "reader",
    "feeds.describe": "reader",
    "feeds.list_maps": "reader",
    "feeds.list_reports": "reader",
    "feeds.robots": "anyone",
    "feeds.search": "reader",
    "forms.cite": "reader",
    "forms.resolve": "reader",
    "forms.text": "reader",
    "forms.unapi": "reader",
    "help.about": "reader",
    "holdings.show": "reader",
    "help.method": "reader",
    "help.search": "reader",
    "help.stories": "reader",
    "history.show": "reader",
    "home.show": "reader",
    "kwic.send": "reader",
    "kwic.show": "reader",
    "lists.show": "reader",
    "map.show": "reader",
    "names.index": "reader",
    "numbers.show": "reader",
    "names.show": "reader",
    "original.raw": "reader",
    "original.show": "reader",
    "problems.send": "reader",
    "problems.write": "reader",
    "reports.comments": "reader",
    "reports.show": "reader",
    "search.show": "reader",
    "shelves.collection": "reader",
    "shelves.collections": "reader",
    "shelves.outlet": "reader",
    "shelves.outlets": "reader",
    "shelves.place": "reader",
    "shelves.places": "reader",
    "static": "anyone",
    "stories.compare": "reader",
    "stories.show": "reader",
    "suggest.suggest": "reader",
    "timeline.show": "reader",
    "trends.show": "reader",
    "trends.table": "reader",
    "values.show": "reader",
    # one's own account
    "signing.show": "anyone",
    "signing.enter": "anyone",
    "signing.leave": "anyone",
    "account.show": "reader",
    "account.change_password": "reader",
    "account.make_token": "reader",
    "account.revoke_token": "reader",
    "account.end_others": "reader",
    # the desk
    "desk.show": "researcher",
    "snapshots.index": "reader",
    "snapshots.show": "reader",
    "snapshots.ids": "reader",
    "snapshots.take": "researcher",
    "snapshots.change": "researcher",
    "papers.undo": "researcher",
    "own_lists.index": "researcher",
    "own_lists.show": "researcher",
    "own_lists.add": "researcher",
    "own_lists.describe": "researcher",
    "own_lists.move": "researcher",
    "own_lists.take_off": "researcher",
    "own_lists.remove": "researcher",
    "notes.index": "researcher",
    "notes.add": "researcher",
    "notes.change": "researcher",
    "notes.remove": "researcher",
    "searches.index": "researcher",
    "searches.show": "researcher",
    "searches.save": "researcher",
    "searches.look": "researcher",
    "searches.rename": "researcher",
    "searches.remove": "researcher",
    "tagging.add": "curator",
    "tagging.remove": "curator",
    "tagging.undo": "curator",
    "collections.index": "curator",
    "collections.create": "curator",
    "collections.show": "curator",
    "collections.describe": "curator",
    "collections.publish": "curator",
    "collections.nest": "curator",
    "collections.place": "curator",
    "collections.delete": "curator",
    "collections.move": "curator",
    "collections.annotate": "curator",
    "collections.remove": "curator",
    "collections.freeze": "curator",
    "collections.undo": "curator",
    "withdrawals.index": "curator",
    "withdrawals.new": "curator",
    "withdrawals.withdraw": "curator",
    "withdrawals.show": "curator",
    "withdrawals.original": "admin",
    "withdrawals.restore": "curator",
    "withdrawals.ask": "curator",
    "withdrawals.keep": "curator",
    "withdrawals.delete": "admin",
    "bulk.index": "curator",
    "bulk.new": "curator",
    "bulk.plan": "curator",
    "bulk.show": "curator",
    "bulk.start": "curator",
    "bulk.stop": "curator",
    "bulk.undo": "curator",
    "bulk.drop": "curator",
    "story_desk.index": "curator",
    "story_desk.confirm": "curator",
    "story_desk.split": "curator",
    "story_desk.offer": "curator",
    "story_desk.merge": "curator",
    "story_desk.choose_first": "curator",
    "story_desk.undo": "curator",
    "imports.index": "curator",
    "imports.create": "curator",
    "imports.ask": "curator",
    "imports.withdraw": "curator",
    "imports.restore": "curator",
    "jobs.show": "curator",
    "jobs.tell_progress": "curator",
    "jobs.stop": "curator",
    "jobs.resume": "curator",
    "jobs.drop": "curator",
    "quarantine.index": "curator",
    "quarantine.raw": "curator",
    "quarantine.retry": "curator",
    "quarantine.drop": "curator",
    "quarantine.reopen": "curator",
    "rules.index": "curator",
    "rules.count_all": "curator",
    "rules.show": "curator",
    "rules.edit": "curator",
    "rules.try_out": "curator",
    "rules.use": "curator",
    "rules.apply": "curator",
    "rules.describe_again": "curator",
    "rules.describe_all": "curator",
    "outlet_desk.index": "curator",
    "outlet_desk.edit": "curator",
    "outlet_desk.save": "curator",
    "outlet_desk.try_merge": "curator",
    "outlet_desk.merge": "curator",
    "outlet_desk.split": "curator",
    "outlet_desk.undo": "curator",
    "actor_desk.index": "curator",
    "actor_desk.edit": "curator",
    "actor_desk.try_out": "curator",
    "actor_desk.save": "curator",
    "actor_desk.undo": "curator",
    "place_desk.index": "curator",
    "place_desk.edit": "curator",
    "place_desk.try_out": "curator",
    "place_desk.save": "curator",
    "place_desk.remove": "curator",
    "place_desk.undo": "curator",
    "rules.undo": "curator",
    "rules.remove": "curator",
    "rules.propose": "curator",
    "editing.index": "curator",
    "editing.move_block": "curator",
    "editing.save": "curator",
    "editing.settle": "curator",
    "editing.show": "curator",
    "editing.take": "curator",
    "history.undo": "curator",
    "problems.close": "curator",
    "problems.index": "curator",
    "problems.reopen": "curator",
    "queues.decide": "curator",
    "queues.first": "curator",
    "queues.index": "curator",
    "queues.plan_alike": "curator",
    "queues.show": "curator",
    "queues.show_alike": "curator",
    "queues.show_list": "curator",
    "recurring.decide": "curator",
    "recurring.index": "curator",
    "widening.show": "curator",
    "widening.try_collection": "curator",
    "widening.try_outlet": "curator",
    "widening.undo": "curator",
    "widening.use": "curator",
    "fixity.show": "curator",
    "fixity.check": "curator",
    "users.index": "admin",
    "users.add": "admin",
    "users.set_role": "admin",
    "users.disable": "admin",
    "users.enable": "admin",
    "users.set_password": "admin",
})  # fmt: skip
# Pages about the person who asks: shown to who is signed in, whatever the role, and kept by no browser.
OWN = ("signing.", "account.")
FORM_BYTES = 500_000  # of a form; an upload may have more
LARGER: Mapping[str, int] = MappingProxyType({"rules.try_out": 2_000_000})  # endpoint: bytes
FORM_PARTS = 1_000
READING = frozenset({"GET", "HEAD"})
STALE = (
    "This form is no longer good",
    "It was opened before you signed in or out, or by another page. Load its page again, and send it from there.",
)
SIGN_IN = (
    "Sign in first",
    "This is for people with an account, or you have been signed out since. Sign in, then open it again.",
)
NO_TOKEN = ("This token opens nothing", "It was mistyped or revoked, or its owner's account is closed.")
NOT_YOURS = (
    "This is not open to your account",
    "It needs another role. An admin of this archive can give you that role.",
)
AWAY = ("//", "/\\")  # what browsers read as the name of another machine
LONGEST_ADDRESS = 2_000


def add_access(app: Flask) -> None:
    """Let no request through that its sender may not make; to be called before anything else looks at requests."""
    app.before_request(_guard)
    app.after_request(_keep_private)
    app.jinja_env.globals.update(
        csrf_field=csrf_field, signed_in=signed_in, take_notices=take_notices, can_sign_in=lambda: g.get("can_sign_in")
    )


def acting_user() -> User:
    """Return the person who is signed in, for a page that only such a person is let to."""
    return signed_in() or abort(401)


def is_open(endpoint: str | None) -> bool:
    """Tell whether a page is one of the archive's, the same for everybody who may read it."""
    return endpoint is not None and LEAST.get(endpoint) == "reader" and not endpoint.startswith(OWN)


def keep_inside(address: str) -> str:
    """Return an address to go on to, if it is one of ours; otherwise that of the front page."""
    ours = address.startswith("/") and not address.startswith(AWAY)
    if not ours or not address.isprintable() or len(address) > LONGEST_ADDRESS:
        return url_for("home.show")
    return address


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:  # nothing is there, or nothing can be sent there
        return None
    least = LEAST.get(request.endpoint, "admin")
    own = request.endpoint.startswith(OWN)
    if not here().mode.desk and (own or least not in {"anyone", "reader"} or request.method not in READING):
        abort(404)
    if request.endpoint == "static":
        return None
    g.visitor = find_visitor() if here().mode.desk else Visitor()
    g.can_sign_in = here().mode.desk and (here().mode.private or here().catalogue.accounts.any())
    if g.visitor.refused:
        return answer(401, *NO_TOKEN)
    return _refuse(least, own=own) or (None if request.method in READING else _check_form())


def _refuse(least: Least, *, own: bool) -> ResponseReturnValue | None:
    """Answer who may not ask for this page; None lets them in."""
    user = signed_in()
    if least == "anyone" or (least == "reader" and not here().mode.private and not (own and user is None)):
        return None
    if user is not None:
        return None if user.may(least) else answer(403, *NOT_YOURS)
    asks_for_page = request.method in READING and "text/html" in request.accept_mimetypes.values()
    if asks_for_page and not is_for_programs():
        return redirect(url_for("signing.show", next=request.full_path.removesuffix("?")), 303)
    return answer(401, *SIGN_IN)


def _most(endpoint: str) -> tuple[int, int]:
    """Return how many bytes and parts may be sent to an endpoint."""
    if endpoint == UPLOADING:
        jobs = here().catalogue.jobs
        return jobs.most_bytes + FORM_BYTES, jobs.most_files + FORM_PARTS
    return LARGER.get(endpoint, FORM_BYTES), FORM_PARTS


def _check_form() -> ResponseReturnValue | None:
    """Answer who sends what is no form of ours; None lets it through."""
    request.max_content_length, request.max_form_parts = _most(request.endpoint or "")
    if visitor().bearer is not None and is_for_programs():  # no browser sends a token by itself
        return None
    return None if is_our_form() else answer(403, *STALE)


def _keep_private(response: Response) -> Response:
    """Let nobody be shown a page made for another."""
    if visit := g.get("visit"):
        set_cookie(response, VISIT, visit)
    response = carry_notice(response)
    if request.endpoint == "static" or not here().mode.desk:
        return response
    response.vary.add("Cookie")
    if "Set-Cookie" in response.headers or g.get("personal") or not is_open(request.endpoint):
        response.headers["Cache-Control"] = "private, no-store"
        response.headers.pop("ETag", None)
    elif signed_in() or here().mode.private:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def wants_tag() -> bool:
    """Tell whether a page may be kept by its reader's browser: nothing is said on it that is said once."""
    return is_open(request.endpoint) and not has_notices()
