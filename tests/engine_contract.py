"""What all engines must agree on: small archives and questions of every kind, drawn at random."""

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from archive.holdings import StoredReport
from archive.model import Caption, Date, OutletClaim, Passage, Place, Report, Source, Span, Title
from indexer.document import DEFAULT_KEYS, TEXT_KEYS, Document
from indexer.engine import Answer, Question
from indexer.engines import open_engine
from indexer.engines.memory import MemoryEngine
from indexer.query.clauses import Near
from indexer.query.meaning import understand
from indexer.query.tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Has,
    Nearby,
    Node,
    Not,
    Or,
    Phrase,
    UnknownDate,
    Wildcard,
    Within,
    Word,
)
from indexer.results import DateMode

ENGINES = ("tantivy", "whoosh")
WORDS = (
    "bomb", "bombs", "bombing", "Bomb", "Mosul", "mosul", "mossul", "Mosul's", "al-Qaim", "alqaim", "al Qaim", "Qa'im",
    "U.S.", "us", "ISIS", "Isis", "Łódź", "lodz", "café", "cafe", "الموصل", "2016", "1,200", "old", "city", "the",
    "a", "A", "𐐀b", "x-y-z",
)  # fmt: skip
DATES = (None, ("2016-10-17", "2016-10-17"), ("2016-10-01", "2016-11-30"), ("2015-12-31", "2017-01-01"),
         ("1990-01-01", None), (None, "1990-12-31"), ("1000-01-01", "1999-12-31"))  # fmt: skip
SPAN = Span(0, 1)


def write_report(number: int, title: str, *texts: str, dates: tuple[str | None, str | None] | None = None,
                 outlet: str | None = None, places: tuple[str, ...] = (), section: tuple[str, ...] = (),
                 caption: str = "") -> StoredReport:  # fmt: skip
    """Return a stored report with these words in it."""
    report = Report(
        source=Source(f"{number}.txt", "0", "text/plain", 1),
        title=Title(title, title, "r", "printed") if title else None,
        outlet=OutletClaim(outlet, outlet.title(), "r", "inferred") if outlet else None,
        published=Date("x", *dates, "stated") if dates else Date(),
        body=tuple(Passage(text, "paragraph", SPAN) for text in texts),
        captions=(Caption(caption, None, SPAN),) if caption else (),
        places=tuple(Place(place, place, place[:2].upper(), None, None, None, "main") for place in places),
        section=section,
    )
    return StoredReport(f"id{number:03}", report, 1)


TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
REPORTS = st.lists(
    st.builds(
        write_report,
        st.integers(0, 9),
        TEXT,
        TEXT,
        TEXT,
        dates=st.sampled_from(DATES),
        outlet=st.sampled_from((None, "dawn", "dusk")),
        places=st.lists(st.sampled_from(("iq-mosul", "iq-qaim", "pl-lodz")), max_size=2).map(tuple),
        section=st.lists(st.sampled_from(("News", "War")), max_size=2).map(tuple),
        caption=TEXT,
    ),
    max_size=6,
    unique_by=lambda stored: stored.id,
)
QUERY_WORDS = st.sampled_from(WORDS)
PHRASES = st.lists(QUERY_WORDS, min_size=1, max_size=3).map(" ".join)
PARTIAL_DATES = st.sampled_from(("2016", "2016-10", "2016-10-17", "1990", "1500"))
SIDE = st.one_of(st.builds(Word, QUERY_WORDS, st.booleans()), st.builds(Phrase, PHRASES, st.just(0), st.booleans()))
SIDES = st.one_of(SIDE, st.builds(Or, st.lists(SIDE, min_size=2, max_size=2).map(tuple)))
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, QUERY_WORDS, st.booleans()),
    st.builds(Phrase, PHRASES, st.integers(0, 3), st.booleans()),
    st.builds(
        Wildcard,
        st.sampled_from(
            (
                "b*",
                "bom*",
                "mos*",
                "al-q*",
                "ا*",
                "lo*",
                "20*",
                "𐐨*",
                "m*l",
                "m?sul",
                "b*b*",
                "b?mb??*",
                "c?t*y",
                "𐐨?",
                "ا*ل",
            )
        ),
    ),
    st.builds(Fuzzy, QUERY_WORDS, st.integers(1, 2), st.integers(0, 3)),
    st.builds(Nearby, SIDES, SIDES, st.integers(0, 3)),
    st.builds(Has, st.sampled_from((*TEXT_KEYS, "date"))),
    st.builds(DateRange, PARTIAL_DATES, PARTIAL_DATES),
    st.builds(DateRange, PARTIAL_DATES, st.none()),
    st.just(UnknownDate()),
    st.just(Everything()),
)
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(And, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, parts),
        st.builds(
            Within,
            st.lists(
                st.sampled_from(("title", "text", "caption", "outlet", "place", "section")), min_size=1, max_size=2
            ).map(tuple),
            parts,
        ),
    ),
    max_leaves=5,
)
CHOICES = st.dictionaries(
    st.sampled_from(("date", "outlet", "place", "section")),
    st.lists(st.sampled_from(("2016", "2016-11", "unknown", "dawn", "IQ", "iq-mosul", "News")), max_size=3).map(tuple),
    max_size=2,
)

NEARNESS = (Near("text", "mossul", 1, 1), Near("title", "bombing", 2, 1), Near("caption", "𐐨b", 1, 1))
MODES: tuple[DateMode, ...] = ("possible", "certain")


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Draw a question of any kind."""
    mode: DateMode = draw(st.sampled_from(MODES))
    return Question(
        clause=understand(draw(TREES), DEFAULT_KEYS, certain=mode == "certain"),
        selected=draw(CHOICES),
        excluded=draw(CHOICES),
        date_mode=mode,
        sort=draw(st.sampled_from(("relevance", "newest", "oldest", "title"))),
        limit=20,
    )


def summarise(answer: Answer, *, ordered: bool) -> tuple[object, ...]:
    """Return what engines must agree on: all but scores, and the order where it is by date or title."""
    ids = [report_id for report_id, _ in answer.page]
    return answer.total, ids if ordered else sorted(ids), {key: dict(counts) for key, counts in answer.facets.items()}


def check_agreement(name: str, documents: list[Document], asked: list[Question]) -> None:
    """Fail unless the engine answers every question as the oracle does."""
    oracle = MemoryEngine()
    oracle.update(documents)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(name, Path(folder))
        engine.update(documents, fresh=True)
        for near in NEARNESS:
            assert set(engine.spellings(near)) == set(oracle.spellings(near)), near
        for question in asked:
            ordered = question.sort != "relevance"
            mine, right = engine.search(question), oracle.search(question)
            assert summarise(mine, ordered=ordered) == summarise(right, ordered=ordered), question
            assert engine.spans(question) == oracle.spans(question), question
            total, ids = engine.walk(question)
            assert (total, list(ids)) == (mine.total, [report_id for report_id, _ in mine.page]), question
        engine.close()
