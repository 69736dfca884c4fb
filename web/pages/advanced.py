"""The advanced form: boxes that build a query of the same language, which is shown as it grows."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from indexer import FIELD_BY_KEY, FORM_FIELDS, Form, SearchRequest, write_form
from web.address import LONGEST_QUERY, SearchAddress, bounded
from web.context import here
from web.pages.search import link
from web.words import count

pages = Blueprint("advanced", __name__)

WHERE = (
    ("", "anywhere in the report"),
    ("title", "in the title"),
    ("title,caption", "in title or captions"),
    ("text", "in the text alone"),
    ("caption", "in captions"),
    ("comments", "in readers’ comments"),
)
CAN_HAVE = ("byline", "media", "place", "name", "caption", "comments")
HINTS = {
    "byline": "who signed, or the place the line names",
    "place": "filed from there or naming it; a country finds its towns",
    "name": "as printed, such as ISIL",
    "media": "the outlet’s own number",
}
MOST_WITHIN = 50
LONGEST_BOX = 500


@pages.get("/search/advanced")
def show() -> ResponseReturnValue:
    """Show the form with the query it builds; with `go`, lead to that query's result."""
    form = read_form(request.args)
    written = write_form(form)
    address = SearchAddress.read([("q", written.query)])
    if "go" in request.args and not written.diagnostics:
        return redirect(link(address))
    catalogue = here().catalogue
    outlets = next(
        (f.values for f in catalogue.search(SearchRequest(per_page=1)).facets if f.key == "outlet"),
        (),
    )
    return render_template(
        "advanced.html",
        form=form,
        fields=[
            (key, FIELD_BY_KEY[key].label, HINTS.get(key, ""), dict(form.fields).get(key, "")) for key in FORM_FIELDS
        ],
        where=WHERE,
        chosen_where=",".join(form.where),
        can_have=[(key, FIELD_BY_KEY[key].label) for key in CAN_HAVE],
        outlets=sorted(value.label for value in outlets if value.value != "unknown"),
        written=written,
        href=link(address),
        found=count(catalogue.count(address.request), "report"),
        longest=LONGEST_BOX,
        help_href=url_for("help.search"),
    )


def read_form(args: MultiDict[str, str]) -> Form:
    """Return the form that an address fills in; what is too long is cut."""

    def box(name: str, longest: int = LONGEST_BOX) -> str:
        return args.get(name, "").strip()[:longest]

    return Form(
        words=box("all"),
        phrase=box("phrase"),
        choices=box("any"),
        unwanted=box("none"),
        near=(box("near"), box("to")),
        within=bounded(args.get("within"), default=10, most=MOST_WITHIN, least=0),
        where=tuple(filter(None, box("where").split(","))),
        fields=tuple((key, box(key)) for key in FORM_FIELDS if box(key)),
        outlet=box("outlet"),
        first=box("from"),
        last=box("until"),
        undated="undated" in args,
        has=tuple(key for key in args.getlist("has") if key in CAN_HAVE),
        more=box("more", LONGEST_QUERY),
    )
