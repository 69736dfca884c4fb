"""Pages are kept by browsers as long as nothing changes: a tag for each address and state of the archive."""

import secrets
from hashlib import sha256

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from web.access import wants_tag
from web.context import here
from web.visitors import visitor

# What this very run of the program makes of a state may differ from what another version made of it; the processes of
# one server share it.
RUN = secrets.token_hex(8)
UNTAGGED = frozenset({"static", "export.send"})  # the first has its own, the second says when it was written


def add_caching(app: Flask) -> None:
    """Let every page bear a tag, and answer 304 to who has it already."""

    def answer_unchanged() -> ResponseReturnValue | None:
        if request.method not in {"GET", "HEAD"} or request.endpoint in UNTAGGED or not wants_tag():
            return None
        g.tag = _tag()
        return _not_modified(g.tag) if request.if_none_match.contains_weak(g.tag) else None

    app.before_request(answer_unchanged)
    app.after_request(_mark)


def _tag() -> str:
    """Return the tag of this address: the same as long as archive, index, program, day and visitor are the same."""
    state, day = here().catalogue.state(), here().today()
    said = (RUN, day.isoformat(), visitor().mark, request.host_url, request.full_path, state.engine, state.version,
            str(state.indexed_event), str(state.last_event))  # fmt: skip
    return sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()[:20]


def _not_modified(tag: str) -> Response:
    response = Response(status=304)
    response.set_etag(tag, weak=True)
    return response


def _mark(response: Response) -> Response:
    tag = g.get("tag")
    if tag and response.status_code == 200:  # noqa: PLR2004  a page that is there
        response.set_etag(tag, weak=True)
    return response
