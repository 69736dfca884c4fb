"""The portable engine: whoosh keeps the words and their positions on disk; matching and counting are done here.

Each field is indexed once, by printed forms. A search for a stem, a folded form, a prefix or a near spelling becomes
a search for the printed forms that have it, which the vocabulary of the index tells. Facets, days and sort keys are
columns in memory: whoosh's own grouping reads every report, and its date ranges are slower still.
"""

import threading
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from sys import intern
from typing import Any, TypeAlias

from indexer.analysis import Stream, compare, tokenize_all
from indexer.columns import CERTAIN, Columns, Found, Row
from indexer.document import TEXT_KEYS, Document
from indexer.engine import Answer, Question, sort_keys
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
from indexer.timeline import Spans
from indexer.vocabulary import Vocabulary

with warnings.catch_warnings():
    # This library's source earns warnings when Python first compiles it. Some modules it would load only later, when
    # the warnings are no longer held back, so they are loaded here.
    warnings.simplefilter("ignore")
    from whoosh import fields, index
    from whoosh.analysis import Analyzer, Token

    for later in ("whoosh.codec.whoosh3", "whoosh.searching"):
        import_module(later)

MEGABYTES = 256  # the writer's room before it writes to disk
Posted: TypeAlias = tuple[Sequence[int], Sequence[float]]  # numbers of reports, and how often a word stands in each


class PositionedWords(Analyzer):  # type: ignore[misc] # the library has no types
    """Reads back the words and positions that `_write_words` wrote; the library's own analysis is never used."""

    def __call__(self, value: str, **_options: object) -> Iterator[Token]:
        """Yield the words of one field."""
        token = Token(positions=True)
        token.boost, token.stopped = 1.0, False
        for pair in value.split("\n"):
            token.text, _, position = pair.partition(" ")
            token.pos = int(position)
            yield token


class WhooshEngine:
    """An index in a folder, written and read by whoosh."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not index.exists_in(str(folder)):
            index.create_in(str(folder), _make_schema()).close()
        self._state: _State | None = None
        self._turn = threading.RLock()  # the library's readers are not made for several threads

    def search(self, question: Question) -> Answer:
        """Answer a question from the last state seen."""
        with self._turn:
            state = self._read()
            columns, matched = state.columns, state.find(question.clause)
            found = columns.narrow(matched, question)
            facets = {}
            for key in question.facets:
                own = columns.narrow(matched, question, except_key=key) if question.selected.get(key) else found
                facets[key] = columns.count(own, key, question)
            return Answer(int(found.mask.sum()), tuple(columns.rank(found, question)), facets)

    def walk(self, question: Question) -> tuple[int, Iterator[str]]:
        """Return how many reports match and the ids of all of them, in order."""
        with self._turn:
            state = self._read()
            found = state.columns.narrow(state.find(question.clause), question)
            total = int(found.mask.sum())
            ranked = state.columns.rank(found, question, total)
        return total, iter([report_id for report_id, _ in ranked])

    def spans(self, question: Question) -> tuple[int, Spans]:
        """Return how many reports match, and how many of them may date from each first to each last day."""
        with self._turn:
            state = self._read()
            found = state.columns.narrow(state.find(question.clause), question)
            return int(found.mask.sum()), state.columns.spans(found)

    def spellings(self, near: Near) -> Iterable[str]:
        """Return the folded words of a field that are near another."""
        with self._turn:
            return {compare(word)[0] for word in self._read().vocabulary(near.field).near(near)}

    def update(self, documents: Iterable[Document], removed: Iterable[str] = (), *, fresh: bool = False) -> None:
        """Add or replace documents, take out ids, and commit once at the end."""
        opened = index.open_dir(str(self._folder))
        writer = opened.writer(limitmb=MEGABYTES)
        try:
            for report_id in removed:
                writer.delete_by_term("id", report_id)
            for document in documents:
                if not fresh:
                    writer.delete_by_term("id", document.id)
                writer.add_document(**_make_record(document))
        except BaseException:
            writer.cancel()
            raise
        else:
            writer.commit()
        finally:
            opened.close()
        self.refresh()

    def count(self) -> int:
        """Return how many reports the index holds."""
        with self._turn:
            return len(self._read().columns)

    def refresh(self) -> None:
        """See what other processes have committed."""
        self.close()

    def close(self) -> None:
        """Close the files; the next question opens them again."""
        with self._turn:
            if self._state is not None:
                self._state.close()
            self._state = None

    def _read(self) -> "_State":
        if self._state is None:
            self._state = _State(self._folder)
        return self._state


class _State:
    """One state of the index: its reader, its columns, and the vocabularies asked for so far."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._reader = self._index.reader()
        # Segment by segment, with the number its first report has in the whole.
        self._leaves = self._reader.leaf_readers()
        rows = [_read_row(number, stored["row"]) for number, stored in self._reader.iter_docs()]
        self.columns = Columns(rows, self._reader.doc_count_all())
        self.vocabulary = cache(self._read_vocabulary)

    def close(self) -> None:
        self._reader.close()
        self._index.close()

    def find(self, clause: Clause) -> Found:  # noqa: PLR0911 - one line for each kind
        match clause:
            case All(parts):
                return self.columns.all_of([self.find(part) for part in parts])
            case AnyOf(parts):
                return self.columns.any_of([self.find(part) for part in parts])
            case Without(part):
                return self.columns.without(self.find(part))
            case Between():
                return self.columns.between(clause)
            case Weighed(part, weight):
                return self.columns.level(self.find(part), weight)
            case Has(field):
                return self.columns.having(field)
            case Undated():
                return self.columns.undated()
            case _:
                return self.columns.weigh(clause.field, self._occurrences(clause))

    def _occurrences(self, leaf: Leaf) -> Iterable[Posted]:
        """Return in which reports a leaf's words stand, and how often."""
        words = self.vocabulary(leaf.field)
        match leaf:
            case Term(_, stream, text):
                return self._postings(leaf.field, words.with_form(stream, text))
            case StartsWith(_, text):
                return self._postings(leaf.field, words.beginning(text))
            case Like(_, pattern):
                return self._postings(leaf.field, words.like(pattern))
            case Near():
                return self._postings(leaf.field, words.near(leaf))
            case Close():
                return self._close(leaf)
            case clauses.Sequence():
                return self._sequences(leaf)

    def _postings(self, field: str, printed: Iterable[str]) -> Iterator[Posted]:
        for word in printed:
            for matcher, base in self._matchers(field, word):
                while matcher.is_active():
                    matcher.weight(), matcher.id()  # these read a whole block of postings, which is taken at once
                    yield [number + base for number in matcher._ids], matcher._weights  # noqa: SLF001
                    matcher._next_block()  # noqa: SLF001

    def _matchers(self, field: str, word: str) -> Iterator[tuple[Any, int]]:
        """Yield the postings of a word in each segment that has it; reports taken out are among them."""
        for leaf, base in self._leaves:
            if (field, word) in leaf:
                matcher = leaf.postings(field, word)
                yield (matcher.child if hasattr(matcher, "child") else matcher), base

    def _sequences(self, leaf: clauses.Sequence) -> Iterator[Posted]:
        for number, standing in self._standing(leaf.field, leaf.stream, leaf.words):
            if starts := sum(_continues(start, standing[1:], leaf.slop) for start in standing[0]):
                yield [number], [starts]

    def _close(self, leaf: Close) -> Iterator[Posted]:
        for number, standing in self._standing(leaf.field, leaf.stream, (*leaf.one, *leaf.other)):
            ones, others = _starts(standing[: len(leaf.one)]), _starts(standing[len(leaf.one) :])
            near = sum(
                any(start + len(leaf.one) + between in others for between in range(leaf.words + 1))
                or any(start - len(leaf.other) - between in others for between in range(leaf.words + 1))
                for start in ones
            )
            if near:
                yield [number], [near]

    def _standing(self, field: str, stream: Stream, words: Sequence[str]) -> Iterator[tuple[int, list[set[int]]]]:
        """Yield each report that has all the words, with the positions of each."""
        forms = [tuple(self.vocabulary(field).with_form(stream, word)) for word in words]
        if not all(forms):
            return
        places: dict[tuple[str, ...], Mapping[int, set[int]]] = {}
        candidates: Iterable[int] | None = None
        # The rarest first: of a common word then only the parts are read in which a report is still in question.
        for form in sorted(set(forms), key=lambda form: sum(self._reader.doc_frequency(field, word) for word in form)):
            places[form] = candidates = self._places(field, form, candidates)
        for number in candidates or ():
            yield number, [places[form][number] for form in forms]

    def _places(self, field: str, printed: Iterable[str], within: Iterable[int] | None) -> Mapping[int, set[int]]:
        """Return the positions of some words in each report that has one; only `within` these, where any are given."""
        places: dict[int, set[int]] = defaultdict(set)
        wanted = None if within is None else sorted(within)
        known = frozenset(wanted or ())
        for word in printed:
            for matcher, base in self._matchers(field, word):
                at = 0
                while matcher.is_active():
                    if wanted is not None:
                        before, at = at, bisect_right(wanted, matcher.block_max_id() + base)
                        if before == at:
                            matcher._next_block()  # noqa: SLF001 - a block's contents are read only when asked for
                            continue
                    matcher.id()
                    for place, number in enumerate(matcher._ids):  # noqa: SLF001 - as above
                        if wanted is None or number + base in known:
                            matcher._i = place  # noqa: SLF001
                            places[number + base].update(matcher.value_as("positions"))
                    matcher._next_block()  # noqa: SLF001
        return places

    def _read_vocabulary(self, field: str) -> Vocabulary:
        return Vocabulary(self._reader.field_terms(field) if len(self.columns) else ())


def _make_schema() -> fields.Schema:
    words = {key: fields.TEXT(analyzer=PositionedWords(), phrase=True) for key in TEXT_KEYS}
    return fields.Schema(id=fields.ID(unique=True), row=fields.STORED(), **words)


def _make_record(document: Document) -> dict[str, object]:
    tokens = {key: tuple(tokenize_all(texts)) for key, texts in document.texts.items()}
    row = {
        "id": document.id,
        "values": {**document.values, CERTAIN: document.certain},
        "keys": dict(sort_keys(document)),
        "lengths": {key: len(found) for key, found in tokens.items() if found},
        "days": (document.earliest, document.latest),
    }
    words = {key: "\n".join(f"{token.printed} {token.position}" for token in found) for key, found in tokens.items()}
    return {"id": document.id, "row": row, **{key: text for key, text in words.items() if text}}


def _read_row(number: int, row: Mapping[str, Any]) -> Row:
    values = {key: tuple(map(intern, found)) for key, found in row["values"].items()}
    lengths = {intern(key): length for key, length in row["lengths"].items()}
    return Row(number, row["id"], values, lengths, row["days"], row["keys"])


def _continues(at: int, places: Sequence[set[int]], slop: int) -> bool:
    """Tell whether the following words stand after position `at`, with at most `slop` positions left between."""
    if not places:
        return True
    return any(
        at + 1 + between in places[0] and _continues(at + 1 + between, places[1:], slop - between)
        for between in range(slop + 1)
    )


def _starts(standing: Sequence[set[int]]) -> set[int]:
    """Return where words that follow each other begin, by the positions of each."""
    return {start for start in standing[0] if all(start + at in places for at, places in enumerate(standing))}
