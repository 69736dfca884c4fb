"""Pages that never change: how to ask, and what this archive is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from indexer import Catalogue, CatalogueState, CatalogueStatus, SearchRequest
from web.address import SearchAddress
from web.context import here
from web.figures import load_figures
from web.pages.search import link
from web.words import count, date_in_words

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
            Example('"old city" W/10 mosul', "near each other: in either order, with at most ten words between"),
            Example("(bridge OR road) W/5 closed", "choices may stand on either side of W/5"),
            Example("bridge OR crossing", "either word, or both"),
            Example("shelling -artillery", "the first word without the second; NOT says the same"),
            Example("(bridge OR road) AND NOT closed", "round brackets keep together what belongs together"),
        ),
    ),
    (
        "Spelling",
        (
            Example("al-Baghdadi", "one name: a hyphen inside a word never means “not”; Qaim also finds Qa'im"),
            Example("bomb*", "words that begin like this"),
            Example("m*sul", "words with any letters in place of the *"),
            Example("wom?n", "words with one letter in place of the ?"),
            Example("mossul~", "words that differ by one letter; ~2 allows two"),
            Example("gaddafi~2,1", "words that differ by two letters at most, but not in the first"),
            Example("=ISIS", "exactly as printed: no other endings and no other names"),
            Example('="Islamic State"', "a phrase exactly as printed"),
        ),
    ),
    (
        "One part of the report",
        (
            Example("title:mosul", "in the headline only"),
            Example("title,caption:bridge", "in the headline or in a picture caption"),
            Example("title:(mosul OR raqqa)", "a field goes with a word, a phrase or a group"),
            Example("byline:hussain", "who signed"),
            Example('text:"security sources"', "the report's own words, without headline and captions"),
            Example("caption:bridge", "picture captions"),
            Example("outlet:features", "who published it"),
            Example("place:Baghdad", "reports filed from or naming a place; a country finds its towns"),
            Example("name:ISIL", "armed groups and institutions, under the name the report prints"),
            Example("section:displacement", "the outlet's own headings"),
            Example("media:55378322", "the outlet's own number"),
            Example("agency:quillwort", "the news agency that sent it"),
            Example("tag:displaced", "reports that a librarian has given a tag"),
            Example("review:corrected", "what a person has corrected; review:proposed, what the rules alone say"),
            Example("in:demonstration", "reports a librarian has put in a collection"),
            Example("language:ar", "the language of the text"),
            Example("comments:peace", "readers' words, which no other search looks at"),
            Example("has:byline", "reports that are signed; has: goes with every field"),
            Example("-has:place", "reports in which no place was found"),
        ),
    ),
    (
        "Dates",
        (
            Example("date:2016-11", "published in November 2016; 2016 and 2016-11-03 work too"),
            Example("date:2016-10..2017-07", "from October 2016 to July 2017"),
            Example("date:..1990", "until the end of 1990; date:1990.. is since its beginning"),
            Example("date:unknown", "reports whose date nobody knows"),
        ),
    ),
)


@pages.get("/help/search")
def search() -> ResponseReturnValue:
    """Show the query language by example, with how many reports each example finds here."""
    catalogue = here().catalogue
    return render_template("help_search.html", groups=EXAMPLES, found=_count_examples(catalogue, catalogue.state()))


@lru_cache(1)
def _count_examples(catalogue: Catalogue, _state: CatalogueState) -> Mapping[str, str]:
    """Return how many reports each example finds; they are counted once for each state of the archive."""
    queries = [example.query for _, examples in EXAMPLES for example in examples]
    return {query: count(catalogue.count(SearchRequest(query)), "report") for query in queries}


@pages.get("/help/stories")
def stories() -> ResponseReturnValue:
    """Show how reprints are found, and how often that is right."""
    return render_template("help_stories.html")


@pages.get("/help/method")
def method() -> ResponseReturnValue:
    """Show how dates, places and names are found, and how often that was right."""
    figures = load_figures()
    return render_template("method.html", f=figures, measured=date_in_words(figures.measured))


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
