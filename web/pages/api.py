"""The same answers as JSON: a search with the page's own parameters, and the record of one report."""

from flask import Blueprint, Response, jsonify, request, url_for

from web.address import SearchAddress
from web.context import here
from web.shapes import result_to_json

pages = Blueprint("api", __name__)


@pages.get("/api/v1/search")
def search() -> Response:
    """Send one page of results; the addresses of the pages around it are in the Link header."""
    address = SearchAddress.read(tuple(request.args.items(multi=True)))
    page = here().catalogue.search(address.request)
    shape = result_to_json(page, address.diagnostics)
    response = jsonify(shape)
    number = address.request.page
    near = {"prev": number - 1, "next": number + 1}
    links = [
        f'<{url_for("api.search")}?{address.on_page(there).query_string}>; rel="{rel}"'
        for rel, there in near.items()
        if 1 <= there <= page.pages
    ]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


@pages.get("/a/<report_id>.json")
def record(report_id: str) -> Response:
    """Send the public record of one report."""
    return jsonify(here().catalogue.record(report_id))
