"""Pages that never change: how to ask, and what this archive is."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from indexer import CatalogueStatus
from web.address import SearchAddress
from web.context import here
from web.pages.search import link
from web.words import count

pages = Blueprint("help", __name__)


@dataclass(frozen=True, slots=True)
class Example:
    """One way of asking, with what it finds."""

    query: str
    finds: str

    @property
    def href(self) -> str:
        """Return the example as a search to try."""
        return link(SearchAddress.read([("q", self.query)]))


EXAMPLES: tuple[tuple[str, tuple[Example, ...]], ...] = (
    (
        "Words and phrases",
        (
            Example("ceasefire talks", "reports with both words, in any order; endings do not matter (talk, talks)"),
            Example('"old city"', "these words next to each other, in this order"),
            Example('"army convoy"~5', "in this order, with at most five words between"),
            Example("bridge OR crossing", "either word, or both"),
            Example("shelling -artillery", "the first word without the second; NOT says the same"),
            Example("(bridge OR road) closed", "round brackets keep together what belongs together"),
        ),
    ),
    (
        "Spelling",
        (
            Example("al-Baghdadi", "one name: a hyphen inside a word never means “not”; Qaim also finds Qa'im"),
            Example("bomb*", "words that begin like this"),
            Example("mossul~", "words that differ by a letter or two"),
            Example("=ISIS", "exactly as printed: no other endings and no other names"),
        ),
    ),
    (
        "One part of the report",
        (
            Example("title:mosul", "in the headline only"),
            Example("byline:hussain", "who signed"),
            Example("caption:bridge", "picture captions"),
            Example("place:Baghdad", "reports filed from or naming a place"),
            Example("media:55378322", "the outlet's own number"),
            Example("comments:peace", "readers' words, which no other search looks at"),
        ),
    ),
    (
        "Dates",
        (
            Example("date:2016-11", "published in November 2016; 2016 and 2016-11-03 work too"),
            Example("date:2016-10..2017-07", "from October 2016 to July 2017; either end may be left open"),
            Example("date:unknown", "reports whose date nobody knows"),
        ),
    ),
)


@pages.get("/help/search")
def search() -> ResponseReturnValue:
    """Show the query language by example."""
    return render_template("help_search.html", groups=EXAMPLES)


@pages.get("/help/stories")
def stories() -> ResponseReturnValue:
    """Show how reprints are found, and how often that is right."""
    return render_template("help_stories.html")


@pages.get("/about")
def about() -> ResponseReturnValue:
    """Show what this archive is and whose data it uses."""
    status = here().catalogue.status()
    return render_template("about.html", status=status, held=_held(status))


def _held(status: CatalogueStatus) -> str:
    """Return what the archive holds today, and what of it waits or cannot be found yet."""
    said = f"{count(status.reports, 'report')} from {count(status.outlets, 'outlet')}, searched with {status.engine}."
    if status.indexed < status.reports:
        said += f" {count(status.reports - status.indexed, 'report')} cannot be found yet: the index is behind."
    if status.quarantined:
        said += (
            f" {count(status.quarantined, 'page')} could not be read and wait{'s' * (status.quarantined == 1)} aside."
        )
    return said
