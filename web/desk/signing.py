"""Signing in and out."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import TooManyAttempts
from web.access import keep_inside
from web.context import here
from web.visitors import SESSION, VISIT, drop_cookie, read_cookie, set_cookie, signed_in

pages = Blueprint("signing", __name__)

WRONG = "This name and password do not go together, or the account is closed. Capital letters count in the password."


@pages.get("/sign-in")
def show() -> ResponseReturnValue:
    """Ask for name and password; `next` is the page of ours to go on to."""
    address = keep_inside(request.args.get("next", "/"))
    return redirect(address, 303) if signed_in() else _ask(address)


@pages.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Begin a session for the right name and password, under a secret that nobody had before."""
    address, name = keep_inside(request.form.get("next", "/")), request.form.get("name", "")
    sessions = here().catalogue.sessions
    try:
        user = sessions.check_password(name, request.form.get("password", ""), request.remote_addr or "")
    except TooManyAttempts as refused:
        response = make_response(_ask(address, name, str(refused)), 429)
        response.headers["Retry-After"] = str(refused.seconds)
        return response
    if user is None:
        return _ask(address, name, WRONG), 403
    sessions.end(read_cookie(SESSION))
    response = make_response(redirect(address, 303))
    set_cookie(response, SESSION, sessions.begin(user))
    drop_cookie(response, VISIT)
    return response


@pages.post("/sign-out")
def leave() -> ResponseReturnValue:
    """End this session."""
    here().catalogue.sessions.end(read_cookie(SESSION))
    response = make_response(redirect(url_for("home.show"), 303))
    drop_cookie(response, SESSION)
    return response


def _ask(address: str, name: str = "", problem: str = "") -> str:
    return render_template("sign_in.html", next=address, name=name, problem=problem)
