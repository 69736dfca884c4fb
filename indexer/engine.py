"""What every engine is asked and answers: one small Protocol, one Question, one Answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from indexer.document import FACET_KEYS, UNKNOWN, Document
from indexer.layout import list_words
from indexer.query.clauses import EVERYTHING, Clause, Near
from indexer.results import NOTHING, DateMode, Sort
from indexer.timeline import Spans

# A title is short, so a word in it counts for much already; half of that orders results best (benchmarks/relevance.py).
BOOSTS: Mapping[str, float] = MappingProxyType({"title": 0.5})
MAX_TITLE_KEY = 200
UNTITLED = "\U0010ffff"  # after every title
LAST_DAY_PLACE, LAST_PLACE = 9_000_000, 9_999_999  # of days in an order, which are ordinals up to 3,652,059
DATE_KEY = "date"


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked.

    `selected` and `excluded` map facet keys to values: OR inside a facet, AND between; excluded values are left out.
    In the date mode `certain` the date facet's values hold only where they hold for every day a date allows.
    """

    clause: Clause = EVERYTHING
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    date_mode: DateMode = "possible"
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = FACET_KEYS


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine answers.

    `page` holds (report id, score) in order; `facets` maps facet key → value → number of reports among all matches,
    each facet counted as if nothing were selected in it. Values without a report are not named.
    """

    total: int
    page: tuple[tuple[str, float], ...]
    facets: Mapping[str, Mapping[str, int]]


class Engine(Protocol):
    """An index that can be asked and changed; for every question all engines answer with the same reports."""

    @property
    def name(self) -> str:
        """The name people choose it by."""

    def search(self, question: Question) -> Answer:
        """Answer a question."""

    def walk(self, question: Question) -> tuple[int, Iterator[str]]:
        """Return how many reports match and the ids of all of them, in order, whatever `offset` and `limit` say.

        All of it speaks of one state of the index, also where that changes while the ids are read.
        """

    def spans(self, question: Question) -> tuple[int, Spans]:
        """Return how many reports match, and how many of them may date from each first to each last day.

        Left out are those of which either is not known.
        """

    def spellings(self, near: Near) -> Iterable[str]:
        """Return the folded words of a field that are near another; words of reports taken out may be among them."""

    def update(self, documents: Iterable[Document], removed: Iterable[str] = (), *, fresh: bool = False) -> None:
        """Add or replace documents, take out ids, and make it durable; `fresh` promises an empty index."""

    def count(self) -> int:
        """Return how many reports the index holds."""

    def refresh(self) -> None:
        """See what other processes have written since."""

    def close(self) -> None:
        """Let go of all files."""


def facet_values(document: Document, key: str, mode: DateMode) -> tuple[str, ...]:
    """Return a document's values of one facet in the given date mode."""
    return document.certain if key == DATE_KEY and mode == "certain" else document.values[key]


def is_undated(document: Document) -> bool:
    """Tell whether a document's date is unknown, or so vague that it says nothing."""
    return UNKNOWN in document.values[DATE_KEY]


def day_places(document: Document) -> tuple[int, int]:
    """Return where a document stands among the newest and among the oldest; the undated come last in both."""
    newest = LAST_PLACE if document.latest is None else LAST_DAY_PLACE - document.latest
    return newest, LAST_PLACE if document.earliest is None else document.earliest


def title_key(document: Document) -> str:
    """Return the key that puts documents in order of titles, rising, then of ids; the untitled come last."""
    words = " ".join(word for text in document.texts["title"] for word in list_words(text, "folded"))
    return f"{words[:MAX_TITLE_KEY] or UNTITLED}\t{document.id}"


def sort_keys(document: Document) -> Mapping[Sort, str]:
    """Return the keys that put documents in order, rising; each ends in the id, so no two are alike."""
    newest, oldest = day_places(document)
    return {
        "newest": f"{newest:07d}\t{document.id}",
        "oldest": f"{oldest:07d}\t{document.id}",
        "title": title_key(document),
    }


def id_of(sort_key: str) -> str:
    """Return the id at the end of a sort key."""
    return sort_key.rpartition("\t")[2]
