"""The people of an archive: accounts, their roles, and who is let in."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import ROLES, BadPassword, BadUserName, LastAdmin, UnknownRole, User, UserThere
from web.access import acting_user
from web.address import bounded
from web.context import here
from web.notices import done
from web.paging import turn_pages
from web.words import date_in_words

pages = Blueprint("users", __name__, url_prefix="/desk/users")

PER_PAGE = 50
ABOUT_ROLES = {
    "reader": "reads; needed only where the archive is private",
    "researcher": "keeps lists, notes, saved searches and snapshots",
    "curator": "corrects, describes, imports, withdraws",
    "admin": "looks after accounts as well",
}


@dataclass(frozen=True, slots=True)
class UserView:
    """One account in the list."""

    number: int
    name: str
    role: str
    disabled: bool
    added: str
    own: bool


@pages.get("")
def index() -> str:
    """Show who has an account, by name; `find` shows some."""
    return _show()


@pages.post("")
def add() -> ResponseReturnValue:
    """Give a person an account with a password that is shown once."""
    form, password = request.form, _make_password()
    name, role = form.get("name", ""), form.get("role", "")
    try:
        user = here().catalogue.accounts.add(name, role, password, by=acting_user().name)
    except (BadUserName, BadPassword, UserThere, UnknownRole) as refused:
        return _show(problem=str(refused), name=name, role=role), 400
    return _show(made=(user, password))


@pages.post("/<int:number>/role")
def set_role(number: int) -> ResponseReturnValue:
    """Give a person another role."""
    accounts, role = here().catalogue.accounts, request.form.get("role", "")
    before = accounts.user(number).role
    try:
        user = accounts.set_role(number, role, by=acting_user().name)
    except (LastAdmin, UnknownRole) as refused:
        return _show(problem=str(refused)), 400
    said = f"{user.name} is {'an' if user.role == 'admin' else 'a'} {user.role} now."
    return done(_back(), said, undo=url_for("users.set_role", number=number), role=before)


@pages.post("/<int:number>/disable")
def disable(number: int) -> ResponseReturnValue:
    """Let a person in no more."""
    try:
        user = here().catalogue.accounts.disable(number, by=acting_user().name)
    except LastAdmin as refused:
        return _show(problem=str(refused)), 400
    said = f"{user.name} is signed out and let in no more. What they did stays under their name."
    return done(_back(), said, undo=url_for("users.enable", number=number))


@pages.post("/<int:number>/enable")
def enable(number: int) -> ResponseReturnValue:
    """Let a person in again."""
    user = here().catalogue.accounts.enable(number, by=acting_user().name)
    said = f"{user.name} is let in again, with the same password."
    return done(_back(), said, undo=url_for("users.disable", number=number))


@pages.post("/<int:number>/password")
def set_password(number: int) -> str:
    """Give a person a new password, shown once, and sign them out everywhere."""
    password = _make_password()
    user = here().catalogue.accounts.set_password(number, password, by=acting_user().name)
    return _show(made=(user, password))


def _show(*, problem: str = "", made: tuple[User, str] | None = None, name: str = "", role: str = "curator") -> str:
    find, own = request.args.get("find", "")[:100], acting_user().number
    users = here().catalogue.accounts.users(find)
    last = max(1, -(-len(users) // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    return render_template(
        "desk/users.html",
        users=[_view(user, own) for user in users[(at - 1) * PER_PAGE : at * PER_PAGE]],
        total=len(users),
        find=find,
        turning=turn_pages(at, last, lambda there: url_for("users.index", find=find or None, page=there)),
        roles=ROLES,
        about_roles=ABOUT_ROLES,
        problem=problem,
        made=made,
        name=name,
        role=role,
    )


def _view(user: User, own: int) -> UserView:
    added = date_in_words(user.added[:10]) or user.added
    return UserView(user.number, user.name, user.role, user.disabled, added, user.number == own)


def _back() -> str:
    return url_for("users.index")


def _make_password() -> str:
    """Return a password that is easy to read out: four groups of letters and digits that look like no other."""
    return "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(5)) for _ in range(4))
