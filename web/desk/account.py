"""A person's own account: the password, tokens for programs, and where one is signed in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadPassword, Session, Token, TooManyAttempts
from web.access import acting_user
from web.context import here
from web.notices import done
from web.visitors import visitor
from web.words import count, date_in_words

pages = Blueprint("account", __name__, url_prefix="/account")


@dataclass(frozen=True, slots=True)
class SessionView:
    """One browser in which a person is signed in."""

    started: str
    seen: str
    this: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """One token; `open` while it can be used."""

    number: int
    label: str
    added: str
    used: str
    open: bool


@pages.get("")
def show() -> str:
    """Show a person's own account."""
    return _show()


@pages.post("/password")
def change_password() -> ResponseReturnValue:
    """Give oneself another password, which ends one's sessions elsewhere; the old one is asked for first."""
    user, session, form = acting_user(), visitor().session, request.form
    catalogue = here().catalogue
    try:
        if catalogue.sessions.check_password(user.name, form.get("old", ""), request.remote_addr or "") is None:
            return _show(problem="The old password is another. Nothing was changed."), 403
        if form.get("new", "") != form.get("again", ""):
            return _show(problem="The two new passwords differ. Nothing was changed."), 400
        keep = session.digest if session else ""
        catalogue.accounts.set_password(user.number, form.get("new", ""), by=user.name, keep=keep)
    except (BadPassword, TooManyAttempts) as refused:
        return _show(problem=str(refused)), 400
    return done(url_for("account.show"), "Your password is changed. Elsewhere you have been signed out.")


@pages.post("/tokens")
def make_token() -> str:
    """Make a token and show its secret, this once."""
    user = acting_user()
    token, secret = here().catalogue.accounts.make_token(user.number, request.form.get("label", ""), by=user.name)
    return _show(made=(token, secret))


@pages.post("/tokens/<int:number>/revoke")
def revoke_token(number: int) -> ResponseReturnValue:
    """Make a token worth nothing."""
    user = acting_user()
    token = here().catalogue.accounts.revoke_token(user.number, number, by=user.name)
    return done(url_for("account.show"), f"The token “{token.label}” opens nothing any more.")


@pages.post("/sessions/end")
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    session = visitor().session
    ended = here().catalogue.sessions.end_others(session) if session else 0
    return done(url_for("account.show"), f"You have been signed out in {count(ended, 'other browser')}.")


def _show(problem: str = "", made: tuple[Token, str] | None = None) -> str:
    user, catalogue = acting_user(), here().catalogue
    return render_template(
        "account.html",
        user=user,
        problem=problem,
        made=made,
        sessions=[_view_session(one) for one in catalogue.sessions.of(user)],
        tokens=[_view_token(one) for one in catalogue.accounts.tokens(user.number)],
    )


def _view_session(session: Session) -> SessionView:
    own = visitor().session
    return SessionView(_when(session.started), _when(session.seen), own is not None and own.digest == session.digest)


def _view_token(token: Token) -> TokenView:
    added, used = date_in_words(token.added[:10]), date_in_words((token.used or "")[:10])
    return TokenView(token.number, token.label, added or token.added, used or "never", token.revoked is None)


def _when(seconds: int) -> str:
    at = datetime.fromtimestamp(seconds, tz=UTC)
    return f"{date_in_words(at.date().isoformat())}, {at:%H:%M} UTC"
