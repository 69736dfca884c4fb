"""Only our own pages send our forms: each bears a token that no other site can know."""

import base64
import binascii
import hashlib
import hmac
import secrets

from flask import request
from markupsafe import Markup

from web.visitors import form_secret, visitor

FIELD = "csrf"
PURPOSE = b"dateline form"
SIZE = hashlib.sha256().digest_size
SITES = frozenset({"", "same-origin", "none"})  # what browsers say of a form of ours; old ones say nothing


def csrf_field() -> Markup:
    """Return the hidden field that every form which changes something must have."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, make_token(form_secret()))


def make_token(secret: str) -> str:
    """Return a token for forms of whoever has this secret.

    It reads differently each time: pages are compressed, and a fixed one could be guessed from their lengths.
    """
    pad = secrets.token_bytes(SIZE)
    return base64.urlsafe_b64encode(pad + _mix(pad, _sign(secret))).decode("ascii")


def is_our_form() -> bool:
    """Tell whether this request is a form of ours, sent by the visitor it was made for."""
    secret = visitor().secret
    if not secret or request.headers.get("Sec-Fetch-Site", "") not in SITES:
        return False
    try:
        sent = base64.b64decode(request.form.get(FIELD, ""), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(sent) == 2 * SIZE and hmac.compare_digest(_mix(sent[:SIZE], sent[SIZE:]), _sign(secret))


def _sign(secret: str) -> bytes:
    return hmac.digest(secret.encode("utf-8", "replace"), PURPOSE, "sha256")


def _mix(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
