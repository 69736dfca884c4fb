"""The fast engine: clauses become tantivy's query objects, our tokens its terms; its own analysis is never used."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from indexer.analysis import Stream
from indexer.document import UNKNOWN, Document
from indexer.engine import BOOSTS, DATE_KEY, Answer, Question, id_of
from indexer.engines.fields import DAY_FIELD, HAS_FIELD, JOINED, SPAN_FIELD, text_field, value_field
from indexer.engines.joining import join_parts
from indexer.engines.records import make_record, make_schema, open_index
from indexer.layout import BESIDE, part_counts
from indexer.paging import Hits, Page, read_page
from indexer.query import clauses
from indexer.query.clauses import (
    All,
    AnyOf,
    Between,
    Clause,
    Close,
    Has,
    Leaf,
    Like,
    Near,
    StartsWith,
    Term,
    Undated,
    Weighed,
    Without,
)
from indexer.query.dates import FIRST_DAY, LAST_DAY
from indexer.query.matching import is_near
from indexer.results import DateMode, Sort
from indexer.spreading import spread_words, words_of
from indexer.timeline import Spans

HEAP = 64_000_000  # bytes the writer may fill before it writes a segment
AT_ONCE = 10_000  # documents of a portion; the library takes segments of so many and fewer for ones of one size
MERGED = 8  # so many segments of about one size the library merges when they are there, and no fewer
MOST_VALUES = 60_000  # of one facet; the library refuses more than 65,000 buckets
FIRST_STEP = 200  # ids fetched at first when all of a result is asked for: often only its beginning is read
STEP = 20_000  # ids fetched at a time thereafter


class TantivyEngine:
    """An index in a folder, written and read by tantivy."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._schema = make_schema()
        self._folder = folder
        self._index = open_index(folder)
        self._index.config_reader("manual")

    def search(self, question: Question) -> Answer:
        """Answer a question from the last state seen."""
        searcher = self._index.searcher()
        translate = _Translation(self._schema, searcher)
        words = translate.clause(question.clause)
        query = translate.narrow(words, question)
        total, page = _find_page(searcher, query, question)
        return Answer(total, page, translate.count(words, question))

    def walk(self, question: Question) -> tuple[int, Iterator[str]]:
        """Return how many reports match and the ids of all of them, in order."""
        searcher = self._index.searcher()
        translate = _Translation(self._schema, searcher)
        query = translate.narrow(translate.clause(question.clause), question)
        total = _total(searcher.search(query, limit=1))
        return total, _walk(searcher, query, question, total)

    def spans(self, question: Question) -> tuple[int, Spans]:
        """Return how many reports match, and how many of them may date from each first to each last day."""
        searcher = self._index.searcher()
        translate = _Translation(self._schema, searcher)
        query = translate.narrow(translate.clause(question.clause), question)
        counts = _terms(searcher, query, {SPAN_FIELD: SPAN_FIELD})[SPAN_FIELD]
        uncertain = {tuple(map(int, span.split("/"))): count for span, count in counts.items()}
        days = translate.days(query, FIRST_DAY, LAST_DAY)
        spans = {(day, day): count for day, count in days.items()} | {(a, b): n for (a, b), n in uncertain.items()}
        return _total(searcher.search(query, limit=1)), spans

    def spellings(self, near: Near) -> Iterable[str]:
        """Return the folded words of a field that are near another."""
        return _find_spellings(self._index.searcher(), near)

    def update(self, documents: Iterable[Document], removed: Iterable[str] = (), *, fresh: bool = False) -> None:
        """Add or replace documents, take out ids, and commit once at the end."""
        # A fresh object for each writing: one that lives long loses track of files that other processes replace.
        writer = open_index(self._folder).writer(HEAP, 1)
        for report_id in removed:
            writer.delete_documents_by_term("id", report_id)
        for document in documents:
            if not fresh:
                writer.delete_documents_by_term("id", document.id)
            writer.add_document(make_record(document))
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def count(self) -> int:
        """Return how many reports the index holds."""
        return int(self._index.searcher().num_docs)

    def refresh(self) -> None:
        """See what other processes have committed."""
        self._index.reload()

    def close(self) -> None:
        """Do nothing: the library closes its files when the object goes."""


def fill_part(folder: Path, documents: Iterable[Document], count: int, turn: AbstractContextManager[None]) -> None:
    """Write an index of about `count` documents into a folder, in one segment; what that maps files for, in turn.

    Each portion is an index of its own at first: the library would merge what lies in one as soon as there are eight,
    and those again, and so read and write all of it several times.
    """
    portions: list[Path] = []
    waiting = iter(documents)
    size = count if count <= AT_ONCE else -(-count // max(MERGED, -(-count // AT_ONCE)))
    while portion := list(islice(waiting, 1)):
        portions.append(folder / "portions" / str(len(portions)))
        portions[-1].mkdir(parents=True)
        _write(portions[-1], chain(portion, islice(waiting, size - 1 if len(portions) * size < count else None)))
    if not portions:
        _write(folder, ())
        return
    join_parts(folder, portions)
    shutil.rmtree(folder / "portions")
    with turn:
        _write(folder, ())  # to look what there is to merge


def _write(folder: Path, documents: Iterable[Document]) -> None:
    writer = open_index(folder).writer(HEAP, 1)
    for document in documents:
        writer.add_document(make_record(document))
    writer.commit()
    writer.wait_merging_threads()


class _Translation:
    """Clauses → tantivy queries, for one state of the index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema, self._searcher = schema, searcher

    def clause(self, clause: Clause) -> Query:  # noqa: PLR0911 - one line for each kind
        match clause:
            case All(parts):
                return self._all(parts)
            case AnyOf(parts):
                found = [(Occur.Should, self.clause(part)) for part in parts]
                return Query.boolean_query(found) if found else Query.empty_query()
            case Without(part):
                # The library finds nothing for a query that only forbids.
                return Query.boolean_query([(Occur.Must, _everything()), (Occur.MustNot, self.clause(part))])
            case Between():
                return _silent(self._between(clause))
            case Weighed(part, weight):
                return Query.const_score_query(self.clause(part), float(weight))
            case Has(field):
                return _silent(Query.term_query(self._schema, HAS_FIELD, field))
            case Undated():
                return self.values(DATE_KEY, (UNKNOWN,), "possible")
            case _:
                query = self._leaf(clause)
                return Query.boost_query(query, BOOSTS[clause.field]) if clause.field in BOOSTS else query

    def narrow(self, words: Query, question: Question, *, except_key: str | None = None) -> Query:
        """Return the query with the facet selections, leaving out the selection in one facet."""
        parts = [(Occur.Must, words)]
        for key, values in question.selected.items():
            if values and key != except_key:
                parts.append((Occur.Must, self.values(key, values, question.date_mode)))
        for key, values in question.excluded.items():
            if values:
                parts.append((Occur.MustNot, self.values(key, values, question.date_mode)))
        return Query.boolean_query(parts) if len(parts) > 1 else words

    def count(self, words: Query, question: Question) -> Mapping[str, Mapping[str, int]]:
        own = [key for key in question.facets if question.selected.get(key)]
        shared = [key for key in question.facets if key not in own]
        counts = _aggregate(self._searcher, self.narrow(words, question), shared, question.date_mode)
        for key in own:
            counts |= _aggregate(
                self._searcher, self.narrow(words, question, except_key=key), [key], question.date_mode
            )
        return {key: counts[key] for key in question.facets}

    def days(self, query: Query, first: int, last: int) -> Mapping[int, int]:
        """Return how many of a query's reports are from each day for certain; by halves, where there are too many."""
        within = Query.range_query(self._schema, DAY_FIELD, FieldType.Integer, first, last)
        asked = Query.boolean_query([(Occur.Must, query), (Occur.Must, within)])
        counts = _terms(self._searcher, asked, {DAY_FIELD: DAY_FIELD})[DAY_FIELD]
        if len(counts) < MOST_VALUES or first == last:
            return {int(float(day)): count for day, count in counts.items()}
        middle = (first + last) // 2
        return {**self.days(query, first, middle), **self.days(query, middle + 1, last)}

    def values(self, key: str, values: Sequence[str], mode: DateMode) -> Query:
        return _silent(Query.term_set_query(self._schema, value_field(key, mode), list(values)))

    def _all(self, parts: Sequence[Clause]) -> Query:
        if not parts:
            return _everything()
        wanted = [(Occur.Must, self.clause(part)) for part in parts if not isinstance(part, Without)]
        unwanted = [(Occur.MustNot, self.clause(part.part)) for part in parts if isinstance(part, Without)]
        return Query.boolean_query([*(wanted or [(Occur.Must, _everything())]), *unwanted])

    def _leaf(self, leaf: Leaf) -> Query:
        match leaf:
            case Term(key, stream, text):
                return Query.term_query(self._schema, text_field(key, stream), text)
            case StartsWith(key, text):
                return self._pattern(key, f"{text}*")
            case Like(key, pattern):
                return self._pattern(key, pattern)
            case Near(key, text, distance, 0):
                return Query.fuzzy_term_query(self._schema, text_field(key, "folded"), text, distance)
            case Near():
                return self._near(leaf)
            case clauses.Sequence() | Close():
                return self._phrases(leaf)

    def _phrases(self, leaf: clauses.Sequence | Close) -> Query:
        field = text_field(leaf.field, leaf.stream)
        # Other names are looked for in every field, and most have never stood in most of them.
        if not all(self._searcher.doc_freq(field, word) for word in words_of(leaf)):
            return Query.empty_query()
        spread = spread_words(leaf, lambda word: self._stands_joined(leaf.field, leaf.stream, word))
        phrases = [Query.phrase_query(self._schema, field, list(words), slop) for words, slop in spread]
        return phrases[0] if len(phrases) == 1 else Query.disjunction_max_query(phrases)

    def _pattern(self, key: str, pattern: str) -> Query:
        # Folded words are letters, marks and figures: nothing in them means anything to a regular expression.
        # What bears the sign of joined forms stands without it in the same reports, so only a letter must not be it.
        expression = pattern.replace("*", ".*").replace("?", f"[^{BESIDE}]")
        return Query.regex_query(self._schema, text_field(key, "folded"), expression)

    def _near(self, near: Near) -> Query:
        """Return the near spellings that begin as asked; the library has no such search, so its words are compared."""
        field, words = text_field(near.field, "folded"), _find_spellings(self._searcher, near)
        return Query.const_score_query(Query.term_set_query(self._schema, field, words), 1.0)

    def _stands_joined(self, key: str, stream: Stream, word: str) -> bool:
        return self._searcher.doc_freq(text_field(key, stream), BESIDE + word) > 0

    def _between(self, days: Between) -> Query:
        lower, upper = ("earliest", "latest") if days.certain else ("latest", "earliest")
        return Query.boolean_query(
            [
                (Occur.Must, Query.range_query(self._schema, lower, FieldType.Integer, days.first, LAST_DAY)),
                (Occur.Must, Query.range_query(self._schema, upper, FieldType.Integer, FIRST_DAY, days.last)),
            ]
        )


def _find_spellings(searcher: tantivy.Searcher, near: Near) -> list[str]:
    words = searcher.terms_with_prefix(text_field(near.field, "folded"), near.text[: near.fixed])
    fitting = (word for word, _ in words if abs(len(word) - len(near.text)) <= near.distance)
    return [word for word in fitting if not word.startswith(BESIDE) and is_near(word, near)]


def _silent(query: Query) -> Query:
    """Return the query with no say in the ranking."""
    return Query.const_score_query(query, 0.0)


def _everything() -> Query:
    return _silent(Query.all_query())


def _find_page(
    searcher: tantivy.Searcher, query: Query, question: Question
) -> tuple[int, tuple[tuple[str, float], ...]]:
    # The library makes room for as many hits as it is asked for, so it is never asked for more than there are.
    page = Page(question.offset, min(question.offset + question.limit, searcher.num_docs), searcher.num_docs)
    if page.start >= page.end:
        return _total(searcher.search(query, limit=1)), ()
    if question.sort == "title":
        found = searcher.search(query, page.end - page.start, offset=page.start, **_order(question.sort))
        return _total(found), tuple((id_of(str(key)), 0.0) for key, _ in found.hits)
    weighed, totals = question.sort == "relevance", set[int]()

    def read(first: int, last: int) -> Hits[tantivy.DocAddress]:
        found = searcher.search(query, last - first, offset=first, **_order(question.sort))
        totals.add(_total(found))
        return [(-key, address) for key, address in found.hits] if weighed else found.hits

    hits = read_page(page, read, lambda addresses: _ranks(searcher, addresses))
    ids = (str(searcher.doc(address)["id"][0]) for _, address in hits)
    return totals.pop(), tuple((one, -key if weighed else 0.0) for one, (key, _) in zip(ids, hits, strict=True))


def _ranks(searcher: tantivy.Searcher, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
    return [int(rank or 0) for rank in searcher.fast_field_values("rank", list(addresses))]


def _order(sort: Sort) -> dict[str, Any]:
    return {} if sort == "relevance" else {"order_by_field": f"by_{sort}", "order": Order.Asc}


def _walk(searcher: tantivy.Searcher, query: Query, question: Question, total: int) -> Iterator[str]:
    """Yield the ids of all matches; the searcher keeps the state it was made from."""
    offset, step = 0, FIRST_STEP
    while offset < total:
        _, page = _find_page(searcher, query, replace(question, offset=offset, limit=step))
        yield from (report_id for report_id, _ in page)
        offset, step = offset + step, min(10 * step, STEP)


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined] # present in the library, missing in its stub


def _aggregate(
    searcher: tantivy.Searcher, query: Query, keys: Sequence[str], mode: DateMode
) -> dict[str, Mapping[str, int]]:
    fields = {key: value_field(key, mode) for key in keys}
    counts = _terms(searcher, query, {key: JOINED.get(field, field) for key, field in fields.items()})
    return {key: part_counts(found) if fields[key] in JOINED else found for key, found in counts.items()}


def _terms(searcher: tantivy.Searcher, query: Query, asked: Mapping[str, str]) -> dict[str, Mapping[str, int]]:
    """Return how often each term of some fields stands in what a query finds, under the names given to them."""
    if not asked:
        return {}
    found = searcher.aggregate(
        query, {name: {"terms": {"field": field, "size": MOST_VALUES}} for name, field in asked.items()}
    )
    return {name: {str(b["key"]): int(b["doc_count"]) for b in found[name]["buckets"]} for name in asked}
