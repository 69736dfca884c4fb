"""One report as other programs read it, at addresses that stay: references, plain text, unAPI and the ARK resolver."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web.ark import read_ark
from web.citation import refer
from web.context import here
from web.references import biblatex, csl, mods, ris
from web.references.plain import write_citations, write_text
from web.references.reference import Reference

pages = Blueprint("forms", __name__)

TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a reference: what readers call it, its media type, and how it is written."""

    name: str
    media_type: str
    write: Callable[[Reference], str]


def _write_csl(reference: Reference) -> str:
    return json.dumps([csl.write_csl(reference)], ensure_ascii=False, indent=1) + "\n"


# The end of `/a/ID/cite.…` → the form.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "ris": Form("RIS", ris.MEDIA_TYPE, ris.write_ris),
        "json": Form("CSL-JSON", csl.MEDIA_TYPE, _write_csl),
        "bib": Form("biblatex", biblatex.MEDIA_TYPE, biblatex.write_biblatex),
        "mods": Form("MODS", mods.MEDIA_TYPE, mods.write_mods),
        "rdf": Form("Zotero RDF", mods.RDF_MEDIA_TYPE, mods.write_zotero_rdf),
        "txt": Form("all styles as text", TEXT, write_citations),
    }
)
# What unAPI clients ask for → the form; Zotero takes the first that it knows.
UNAPI: Mapping[str, str] = MappingProxyType({"rdf_zotero": "rdf", "ris": "ris", "mods": "mods", "bibtex": "bib"})


@pages.get("/a/<report_id>/cite.<form>")
def cite(report_id: str, form: str) -> Response:
    """Send a report's reference in one form."""
    if form not in FORMS:
        raise NotFound
    return _send(FORMS[form].write(_reference(report_id)), FORMS[form].media_type, f"{report_id}.{form}")


@pages.get("/a/<report_id>.txt")
def text(report_id: str) -> Response:
    """Send a report's own words as plain text."""
    stored = here().catalogue.report(report_id)
    return _send(write_text(stored, refer(stored)), TEXT, f"{report_id}.txt")


@pages.get("/unapi")
def unapi() -> ResponseReturnValue:
    """Answer as the unAPI standard says: the forms there are, those of one report, or one report in one of them."""
    report_id, asked = request.args.get("id"), request.args.get("format")
    if report_id is None or asked is None:
        if report_id is not None:
            here().catalogue.report(report_id)
        page = render_template("unapi.xml", report_id=report_id, forms=[(name, FORMS[UNAPI[name]]) for name in UNAPI])
        return Response(page, 200 if report_id is None else 300, mimetype="application/xml")
    if asked not in UNAPI:
        return Response(f"{asked[:40]} is not among the formats of this archive.\n", 406, mimetype="text/plain")
    form = FORMS[UNAPI[asked]]
    return _send(form.write(_reference(report_id)), form.media_type, None)


@pages.get("/ark:/<path:name>")  # as ARKs were written before 2018
@pages.get("/ark:<path:name>")
def resolve(name: str) -> ResponseReturnValue:
    """Lead from an ARK to its report; with `?info`, say what it names and what is promised of it."""
    report_id = read_ark(name, here().authority)
    if report_id is None:
        raise NotFound
    reference = _reference(report_id)
    if "info" not in request.args:
        return redirect(url_for("reports.show", report_id=report_id))
    return _send(render_template("ark.txt", reference=reference, here=here()), TEXT, None)


def _reference(report_id: str) -> Reference:
    return refer(here().catalogue.report(report_id))


def _send(body: str, media_type: str, name: str | None) -> Response:
    """Return a body as a file of this name, or to be read in place without one."""
    response = Response(body, content_type=media_type)
    if name and not media_type.startswith("text/plain"):
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
