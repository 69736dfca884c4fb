"""What a person is told after an act: kept until the next page, and shown there once, with a way back."""

import base64
import binascii
import json

from flask import Response, g, redirect
from flask.typing import ResponseReturnValue

from indexer import Notice
from web.context import here
from web.visitors import drop_cookie, read_cookie, set_cookie, visitor

COOKIE = "said"
LONGEST = 120  # characters; a cookie is small


def tell(text: str, *, undo: str | None = None, **fields: str | int) -> None:
    """Keep what is to be said on the next page; `undo` is the address to post `fields` to, which takes the act back."""
    session = visitor().session
    if session is None:
        g.said = text[:LONGEST]
        return
    sent = tuple((name, str(value)) for name, value in fields.items())
    here().catalogue.sessions.leave_notice(session, Notice(text, undo, sent))


def done(address: str, text: str, *, undo: str | None = None, **fields: str | int) -> ResponseReturnValue:
    """Answer a form: lead to this page of ours, which says what happened."""
    tell(text, undo=undo, **fields)
    return redirect(address, 303)


def take_notices() -> tuple[Notice, ...]:
    """Return what is to be said on this page, and forget it."""
    session = visitor().session
    if session is not None and session.notices:
        here().catalogue.sessions.clear_notices(session)
        return session.notices
    said = _read(read_cookie(COOKIE)) if session is None else ""
    if said:
        g.heard = True
    return (Notice(said),) if said else ()


def has_notices() -> bool:
    """Tell whether there is something to say on this page."""
    session = visitor().session
    return bool(session.notices if session else read_cookie(COOKIE))


def carry_notice(response: Response) -> Response:
    """Let a reader without a session carry what is to be said to the next page, and drop what was."""
    if said := g.get("said"):
        kept = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
        set_cookie(response, COOKIE, base64.urlsafe_b64encode(kept).decode("ascii"))
    elif g.get("heard"):
        drop_cookie(response, COOKIE)
    return response


def _read(kept: str) -> str:
    try:
        said = json.loads(base64.urlsafe_b64decode(kept)) if kept else ""
    except (binascii.Error, ValueError):
        return ""
    return said if isinstance(said, str) else ""
