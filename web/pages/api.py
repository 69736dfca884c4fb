"""The same answers as JSON: a search with the page's own parameters, and the record of one report."""

from flask import Blueprint, Response, jsonify, request, url_for

from web.address import SearchAddress
from web.context import here
from web.openapi import describe_api
from web.shapes import evidence_to_json, result_to_json

pages = Blueprint("api", __name__)

API_VERSION = "1.0"  # the first number stands in every address; the second is raised when something is added


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


@pages.get("/api/v1/status")
def status() -> Response:
    """Send what the archive holds, and the event up to which it is indexed."""
    held = here().catalogue.status()
    counts = {"reports": held.reports, "outlets": held.outlets, "earliest": held.earliest, "latest": held.latest,
              "undated": held.undated, "engine": held.engine, "indexed": held.indexed}  # fmt: skip
    return jsonify(counts | {"last_event": here().catalogue.state().last_event})


@pages.get("/api/v1/reports/<report_id>/evidence")
def evidence(report_id: str) -> Response:
    """Send why each value of a report is believed."""
    here().catalogue.report(report_id)
    return jsonify([evidence_to_json(item) for item in here().catalogue.evidence(report_id)])


@pages.get("/api/openapi.json")
def describe() -> Response:
    """Send the description of this API for programs."""
    return jsonify(describe_api(title=here().title, version=API_VERSION, server=request.host_url.rstrip("/")))


@pages.get("/api/v1/reports/<report_id>")
@pages.get("/a/<report_id>.json")
def record(report_id: str) -> Response:
    """Send the public record of one report."""
    return jsonify(here().catalogue.record(report_id))
