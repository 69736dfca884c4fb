"""Who asks for a page: somebody signed in, a program with a token, or a reader; and the cookies that tell."""

from dataclasses import dataclass

from flask import Response, g, request

from indexer import Session, User, make_secret
from web.context import here

SESSION, VISIT = "session", "visit"
BEARER = "Bearer "
LONGEST = 1_000  # characters of a cookie or token


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the secret their forms are bound to (empty until one is needed), and their session or token's owner.

    `refused`: they sent a token that is none.
    """

    secret: str = ""
    session: Session | None = None
    bearer: User | None = None
    refused: bool = False

    @property
    def user(self) -> User | None:
        """The person, when we know one."""
        return self.session.user if self.session else self.bearer

    @property
    def mark(self) -> str:
        """What tells the pages of this visitor from those of everybody."""
        return self.session.digest if self.session else f"token of {self.bearer.number}" if self.bearer else ""


def find_visitor() -> Visitor:
    """Return who sends this request."""
    sent = request.headers.get("Authorization", "")
    if sent.startswith(BEARER):
        owner = here().catalogue.sessions.bearer(sent.removeprefix(BEARER).strip()[:LONGEST])
        return Visitor(bearer=owner, refused=owner is None)
    secret = read_cookie(SESSION)
    session = here().catalogue.sessions.find(secret) if secret else None
    return Visitor(secret, session) if session else Visitor(read_cookie(VISIT))


def visitor() -> Visitor:
    """Return who sends this request, as found when it came."""
    found: Visitor = g.get("visitor") or Visitor()
    return found


def signed_in() -> User | None:
    """Return the person who is signed in, or whose token this is; None for a reader."""
    return visitor().user


def form_secret() -> str:
    """Return the secret that this visitor's forms are bound to; a reader gets one with the page."""
    secret: str = visitor().secret or g.get("visit") or make_secret()
    if not visitor().secret:
        g.visit = secret
    g.personal = visitor().session is None  # with one, the page's tag is this person's alone
    return secret


def read_cookie(name: str) -> str:
    """Return a cookie of ours; empty when there is none."""
    return request.cookies.get(_cookie_name(name), "")[:LONGEST]


def set_cookie(response: Response, name: str, value: str) -> None:
    """Let the browser keep a value of ours until it is closed, out of reach of scripts and of other sites."""
    response.set_cookie(_cookie_name(name), value, httponly=True, samesite="Lax", secure=request.is_secure, path="/")


def drop_cookie(response: Response, name: str) -> None:
    """Let the browser forget a value of ours."""
    response.delete_cookie(_cookie_name(name), httponly=True, samesite="Lax", secure=request.is_secure, path="/")


def _cookie_name(name: str) -> str:
    """Return the name under which a browser keeps a value of ours.

    Browsers keep cookies of one machine together, whatever the port: with it in the name, two archives do not sign
    each other's people out. Over TLS the prefix keeps neighbours under the same domain from setting it.
    """
    _, _, port = request.host.rpartition(":")
    name = f"dateline-{name}-{port}" if port.isascii() and port.isdigit() else f"dateline-{name}"
    return f"__Host-{name}" if request.is_secure else name
