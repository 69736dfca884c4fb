"""Suggestions while a reader types, for the script of the search box; without it nobody asks."""

from flask import Blueprint, Response, jsonify, request, url_for

from indexer import Completion
from web.address import LONGEST_VALUE, SearchAddress
from web.context import here
from web.pages.search import link
from web.words import count

pages = Blueprint("suggest", __name__)

KINDS = {"title": "Report", "place": "Place", "name": "Name used", "outlet": "Outlet"}


@pages.get("/suggest")
def suggest() -> Response:
    """Send what the text in `q` may become: of each what it is, and where it leads."""
    typed = request.args.get("q", "")[:LONGEST_VALUE]
    response = jsonify([_show(found) for found in here().catalogue.complete(typed)])
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


def _show(found: Completion) -> dict[str, str]:
    """Return a suggestion in words; what stays of the question is said with it."""
    said = KINDS[found.kind] if found.kind == "title" else f"{KINDS[found.kind]}, {count(found.count, 'report')}"
    label = f"{found.label} ({found.note})" if found.note else found.label
    return {"label": f"{found.rest} + {label}" if found.rest else label, "kind": said, "href": _href(found)}


def _href(found: Completion) -> str:
    if found.kind == "title":
        return url_for("reports.show", report_id=found.value)
    asked = [("q", found.rest)] if found.rest else []
    return link(SearchAddress.read([*asked, (found.kind, found.value)]))
