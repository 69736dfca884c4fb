"""What is on the screen as a file: every report of a search or a list, streamed, with a sheet of its provenance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from indexer import ResultSet, Searched, SearchRequest
from web.access import acting_user
from web.address import SearchAddress
from web.citation import refer
from web.context import here
from web.desk.snapshots import find_snapshot, tell_snapshot
from web.exporting.entries import Tally, gather
from web.exporting.formats import FORMATS, TEXTS, TEXTS_USE
from web.exporting.question import tell_question, tell_state
from web.exporting.sheet import SHEET_NAME, Told, write_sheet
from web.exporting.writing import write_bundle, write_plain, write_texts
from web.listing import read_list
from web.numbers import sent_number
from web.program import program
from web.words import count

pages = Blueprint("export", __name__)

ZIP = "application/zip"
TEXT = "text/plain; charset=utf-8"
TEXTS_FILE = f"{TEXTS}.zip"
BY_FILE = {form.file: form for form in FORMATS.values()}
KEPT = {"snapshot": "snapshots.show", "kept": "own_lists.show"}
LONG_TO_WRITE = 20_000  # reports from which a reader is told that it takes a while

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """One form of export on offer, alone and in a ZIP with its sheet."""

    name: str
    use: str
    plain: str | None
    bundle: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be exported: the reports, what the sheet tells of them, and the parameters that say it again."""

    result: ResultSet
    told: Pairs
    pairs: Pairs
    comments: bool

    def link(self, name: str) -> str:
        """Return the link to one file of this selection."""
        asked = (*self.pairs, *((("comments", "1"),) if self.comments else ()))
        return url_for("export.send", name=name) + (f"?{urlencode(asked)}" if asked else "")


@pages.get("/export")
def show() -> str:
    """Show the forms in which a selection can be taken away, and what the sheet will say of it."""
    chosen = _choose()
    forms = [FileView(form.name, form.use, chosen.link(form.file), chosen.link(f"{form.file}.zip"))
             for form in FORMATS.values()]  # fmt: skip
    forms.insert(2, FileView("Texts", TEXTS_USE, None, chosen.link(TEXTS_FILE)))
    other = (*chosen.pairs, *(() if chosen.comments else (("comments", "1"),)))
    return render_template(
        "export.html",
        total=chosen.result.total,
        found=count(chosen.result.total, "report"),
        told=(*chosen.told, ("State", tell_state(here().catalogue.state()))),
        forms=forms,
        sheet=chosen.link(SHEET_NAME),
        back=_back(chosen.pairs),
        comments=chosen.comments,
        other=url_for("export.show") + (f"?{urlencode(other)}" if other else ""),
        slow=chosen.result.total > LONG_TO_WRITE,
    )


@pages.get("/export/<name>")
def send(name: str) -> ResponseReturnValue:
    """Send one export; it is written while it is sent, and the sheet last, with the counts of what was sent."""
    form = BY_FILE.get(name.removesuffix(".zip"))
    if form is None and name not in {SHEET_NAME, TEXTS_FILE}:
        raise NotFound
    chosen, tally = _choose(), Tally()
    entries = gather(here().catalogue.reports(chosen.result.ids), refer, tally)
    if form is not None and form.file == name:
        return _stream(write_plain(form, entries, comments=chosen.comments), form.media_type, name)
    told = _tell(chosen, form.file if form else name)
    if name == SHEET_NAME:
        return _stream((write_sheet(told, _count(tally, entries)).encode() for _ in range(1)), TEXT, name)
    if form is None:
        return _stream(write_texts(entries, tally, lambda done: write_sheet(told, done), when=told.written), ZIP, name)
    bundle = write_bundle(form, entries, tally, lambda done: write_sheet(told, done), when=told.written,
                          comments=chosen.comments)  # fmt: skip
    return _stream(bundle, ZIP, name)


def export_link(address: SearchAddress) -> str:
    """Return the link to the ways of taking a search away."""
    query = address.on_page(1).query_string
    return url_for("export.show") + (f"?{query}" if query else "")


def _choose() -> Selection:
    """Return what the address asks for: a list of ids if it has one, else a search."""
    comments = request.args.get("comments") == "1"
    if kept := _choose_kept(comments=comments):
        return kept
    ids = read_list(request.args.getlist("r"))
    if ids:
        told = (("List", f"{count(len(ids), 'report')} chosen one by one"),)
        result = ResultSet(SearchRequest(), len(ids), iter(ids), Searched(""))
        return Selection(result, told, tuple(("r", report_id) for report_id in ids), comments)
    address = SearchAddress.read(tuple(request.args.items(multi=True))).on_page(1)
    result = here().catalogue.find_all(address.request)
    return Selection(result, tuple(tell_question(result, here().catalogue.label)), address.pairs(), comments)


def _choose_kept(*, comments: bool) -> Selection | None:
    """Return the snapshot or the list of one's own that the address names; None when it names neither."""
    snapshot, own = sent_number("snapshot"), sent_number("kept")
    if snapshot:
        ids, told, pair = here().catalogue.snapshots.ids(snapshot), tell_snapshot(find_snapshot(snapshot)), "snapshot"
    elif own:
        kept = here().catalogue.papers.paper(acting_user(), own)
        ids, told, pair = kept.reports, (("List", f"{kept.name}, kept by {kept.author}"),), "kept"
    else:
        return None
    result = ResultSet(SearchRequest(), len(ids), iter(ids), Searched(""))
    return Selection(result, told, ((pair, str(snapshot or own)),), comments)


def _tell(chosen: Selection, file: str) -> Told:
    address = f"{request.host_url.rstrip('/')}{_back(chosen.pairs)}"
    return Told(
        archive=here().title,
        file=file,
        written=datetime.now(tz=UTC),
        program=program(),
        found=chosen.result.total,
        state=tell_state(here().catalogue.state()),
        lines=(*chosen.told, ("Address", address)),
        comments=chosen.comments,
    )


def _back(pairs: Pairs) -> str:
    """Return where the selection can be seen: its list or its search."""
    if pairs and pairs[0][0] in KEPT:
        return url_for(KEPT[pairs[0][0]], number=int(pairs[0][1]))
    page = "lists.show" if pairs and pairs[0][0] == "r" else "search.show"
    return url_for(page) + (f"?{urlencode(pairs)}" if pairs else "")


def _count(tally: Tally, entries: Iterator[object]) -> Tally:
    for _ in entries:
        pass
    return tally


def _stream(pieces: Iterator[bytes], media_type: str, name: str) -> Response:
    response = Response(stream_with_context(pieces), content_type=media_type)
    shown = "inline" if name == SHEET_NAME else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
