"""What is asked and what is answered: frozen values shared by the catalogue, the pages and the commands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from archive.holdings import StoredReport

Sort = Literal["relevance", "newest", "oldest", "title"]
DateMode = Literal["possible", "certain"]
DiagnosticLevel = Literal["note", "warning"]
CompletionKind = Literal["title", "place", "name", "outlet"]
AuthorityKind = Literal["actor", "place"]
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to the catalogue.

    `selected` and `excluded` map a facet key (`date`, `outlet`, `place` …) to values: OR inside a facet, AND between.
    `variants` false searches every word under its own spelling only, `alone` just these words. With `fold` each story
    is shown once, by the first of its reports, and pages are counted in stories.
    """

    text: str = ""
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    date_mode: DateMode = "possible"
    variants: bool = True
    alone: tuple[str, ...] = ()
    fold: bool = False
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What the parser made of an odd query, phrased for a person; `start` and `end` are offsets in the query text."""

    level: DiagnosticLevel
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """One word, its other names, and the authority that says so: an actor's or a place's neutral name."""

    word: str
    also: tuple[str, ...]
    authority: str
    kind: AuthorityKind = "actor"


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, read back to the reader: the query as understood, and what was added to it.

    `withheld` are other names that were not searched because the reader switched them off.
    """

    query: str
    expansions: tuple[Expansion, ...] = ()
    fields: tuple[str, ...] = ()
    withheld: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The same question in another spelling: which words were changed to which, and how many reports that finds."""

    changes: tuple[tuple[str, str], ...]
    query: str
    total: int


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that what is being typed may become.

    `value` is a report's id for a title, else the value of the facet `kind`. `count` reports have it. `note` tells
    places of one name apart, and `rest` is the part of what was typed that stays a question.
    """

    kind: CompletionKind
    value: str
    label: str
    count: int = 1
    note: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `count` ignores the facet's own selection."""

    value: str
    label: str
    count: int
    selected: bool = False
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its values, most frequent first, ties by value; `unknown` is a value like any other.

    `total` counts all of its values, where only the most frequent ones are given; 0 where nobody counted.
    """

    key: str
    label: str
    values: tuple[FacetValue, ...]
    total: int = 0

    @property
    def complete(self) -> bool:
        """Say whether all values are given."""
        return self.total <= len(self.values)


@dataclass(frozen=True, slots=True)
class ResultSet:
    """Every report of an answer: `ids` gives all of them once, in the order of the request's `sort`.

    Of a request that folds, `ids` are the reports that stand for their stories, and `total` counts those.

    The ids are those of one state of the index, also where an import goes on meanwhile.
    """

    request: SearchRequest
    total: int
    ids: Iterator[str]
    searched: Searched
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text cut into (text, matched) parts; the parts are plain text and never HTML."""

    field: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One report of a result, with all that a list of results shows.

    `reprints` are the other reports of its story, whether they are among the results or not.
    """

    id: str
    title: str | None
    opening: str
    outlet: str | None
    outlet_key: str | None
    published: str | None
    published_basis: str
    byline: str | None
    media_id: str | None
    place: str | None
    score: float
    snippets: tuple[Snippet, ...] = ()
    story: str | None = None
    reprints: int = 0


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a report in a result of `total`, and the ids of the reports before and after it."""

    number: int
    total: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many reports answer a question, and some of the facets over all of them, by key."""

    total: int
    facets: Mapping[str, Facet]


@dataclass(frozen=True, slots=True)
class Resembling:
    """A report that is like another, and the words that say so, as it prints them."""

    stored: StoredReport
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of an answer; `facets` and `total` speak of all matches, not of this page.

    `stories` is how many stories the `total` reports are; None where so many match that counting would take long.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    searched: Searched
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int = field(default=0)
    suggestion: Suggestion | None = None
    stories: int | None = None


@dataclass(frozen=True, slots=True)
class CatalogueStatus:
    """What the archive holds and how it is indexed; `note` tells of a slower engine, if one is in use.

    `checked` is when its originals were last compared with their digests, `problems` how many were not whole then.
    """

    reports: int
    outlets: int
    earliest: str | None
    latest: str | None
    undated: int
    quarantined: int
    engine: str
    indexed: int
    note: str | None = None
    originals: int = 0
    checked: str | None = None
    problems: int = 0


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """The engine, the version of the index and its analysis, and the last event that index and store know of."""

    engine: str
    version: str
    indexed_event: int
    last_event: int
