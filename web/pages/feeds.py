"""For programs that come by: a feed of each search, a search box for browsers, and the map of the site."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.exceptions import NotFound

from indexer import SearchRequest, StoredReport
from web.address import SearchAddress
from web.citation import refer
from web.context import here
from web.references.reference import Reference, one_line
from web.words import count

pages = Blueprint("feeds", __name__)

ENTRIES = 50
ADDRESSES = 25_000  # in one file of the map of the site; the protocol allows twice as many


@dataclass(frozen=True, slots=True)
class EntryView:
    """One report of a feed; `updated` is when the archive last changed what it says of it."""

    reference: Reference
    published: str | None
    updated: str
    summary: str


@pages.get("/feed/search.atom")
def search() -> Response:
    """Send the first reports of a search as an Atom feed."""
    address = SearchAddress.read(tuple(request.args.items(multi=True))).on_page(1)
    result = here().catalogue.find_all(address.request)
    ids = tuple(islice(result.ids, ENTRIES))
    changed = here().catalogue.changed(ids)
    entries = [_entry(stored, changed.get(stored.id)) for stored in here().catalogue.reports(ids)]
    query = f"?{address.query_string}" if address.query_string else ""
    page = render_template(
        "feed.xml",
        title=one_line(address.request.text) or "All reports",
        found=count(result.total, "report"),
        entries=entries,
        updated=max((entry.updated for entry in entries), default=_now()),
        self_href=url_for("feeds.search", _external=True) + query,
        page_href=url_for("search.show", _external=True) + query,
    )
    return Response(page, content_type="application/atom+xml; charset=utf-8")


@pages.get("/opensearch.xml")
def describe() -> Response:
    """Say to browsers how this archive is searched."""
    page = render_template("opensearch.xml")
    return Response(page, content_type="application/opensearchdescription+xml; charset=utf-8")


@pages.get("/sitemap.xml")
def list_maps() -> Response:
    """Send the list of the files that name every report."""
    files = -(-here().catalogue.status().indexed // ADDRESSES) or 1
    return Response(render_template("sitemaps.xml", files=range(1, files + 1)), mimetype="application/xml")


@pages.get("/sitemap-<int:number>.xml")
def list_reports(number: int) -> Response:
    """Send the addresses of some thousand reports, the oldest first, undated ones last."""
    result = here().catalogue.find_all(SearchRequest(sort="oldest"))
    ids = tuple(islice(result.ids, (number - 1) * ADDRESSES, number * ADDRESSES)) if number > 0 else ()
    if not ids and number != 1:
        raise NotFound
    return Response(render_template("sitemap.xml", ids=ids), mimetype="application/xml")


@pages.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers to the reports: searches and exports are for people."""
    shut = "".join(f"Disallow: {path}\n" for path in ("/search", "/export", "/lists", "/api/", "/unapi"))
    where = url_for("feeds.list_maps", _external=True)
    return Response(f"User-agent: *\n{shut}Sitemap: {where}\n", mimetype="text/plain")


def _entry(stored: StoredReport, changed: str | None) -> EntryView:
    reference = refer(stored)
    opening = " ".join(passage.text for passage in stored.report.body[:2])
    return EntryView(
        reference,
        f"{reference.day.isoformat()}T00:00:00Z" if reference.day else None,
        _atom_time(changed),
        one_line(opening),
    )


def _atom_time(when: str | None) -> str:
    """Return a time of the archive's log as RFC 3339 has it."""
    if when is None:
        return _now()
    read = datetime.fromisoformat(when)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).isoformat(timespec="seconds")


def _now() -> str:
    return datetime.now(tz=UTC).isoformat(timespec="seconds")
