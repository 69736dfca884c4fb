"""The portable engine: whoosh keeps the words and their positions on disk; matching and counting are done here.

Each field is indexed once, by printed forms. A search for a stem, a folded form, a prefix or a near spelling becomes
a search for the printed forms that have it, which the vocabulary of the index tells. Facets, days and sort keys are
columns in memory: whoosh's own grouping reads every report, and its date ranges are slower still.
"""

import threading
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from math import log
from pathlib import Path
from typing import Any

from indexer.analysis import Stream, compare, tokenize_all
from indexer.document import TEXT_KEYS, UNKNOWN, VALUE_KEYS, Document
from indexer.engine import BOOSTS, DATE_KEY, Answer, Question, sort_keys
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
    Without,
)
from indexer.query.dates import FIRST_DAY, LAST_DAY
from indexer.query.matching import is_like, is_near

with warnings.catch_warnings():
    # This library's source earns warnings when Python first compiles it. Some modules it would load only later, when
    # the warnings are no longer held back, so they are loaded here.
    warnings.simplefilter("ignore")
    from whoosh import fields, index
    from whoosh.analysis import Analyzer, Token

    for later in ("whoosh.codec.whoosh3", "whoosh.searching"):
        import_module(later)

MEGABYTES = 256  # the writer's room before it writes to disk
SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # the usual constants of BM25
CERTAIN = "certain"

Scores = dict[int, float]  # document number → score
Row = Mapping[str, Any]


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
            matched = state.find(question.clause)
            found = state.narrow(matched, question)
            facets = {key: state.count(found, matched, question, key) for key in question.facets}
            page = state.order(found, question)[question.offset : question.offset + question.limit]
        return Answer(len(found), tuple(page), facets)

    def walk(self, question: Question) -> tuple[int, Iterator[str]]:
        """Return how many reports match and the ids of all of them, in order."""
        with self._turn:
            state = self._read()
            found = state.order(state.narrow(state.find(question.clause), question), question)
        return len(found), iter([report_id for report_id, _ in found])

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
            return len(self._read().rows)

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
        self.rows: dict[int, Row] = {number: stored["row"] for number, stored in self._reader.iter_docs()}
        self._having: dict[str, dict[str, set[int]]] = {}
        self.vocabulary = cache(self._read_vocabulary)
        self._average = cache(self._average_length)
        for key in (*VALUE_KEYS, CERTAIN):
            having: dict[str, set[int]] = defaultdict(set)
            for number, row in self.rows.items():
                for value in row["values"][key]:
                    having[value].add(number)
            self._having[key] = having

    def close(self) -> None:
        self._reader.close()
        self._index.close()

    # --- which reports, and how well ------------------------------------------------------------------------

    def find(self, clause: Clause) -> Scores:  # noqa: PLR0911 - one line for each kind
        match clause:
            case All(parts):
                return self._all([self.find(part) for part in parts])
            case AnyOf(parts):
                scores: Scores = defaultdict(float)
                for part in parts:
                    for number, score in self.find(part).items():
                        scores[number] += score
                return dict(scores)
            case Without(part):
                return dict.fromkeys(self.rows.keys() - self.find(part).keys(), 0.0)
            case Between():
                return {number: 0.0 for number, row in self.rows.items() if _lies_between(row, clause)}
            case Has(field):
                return {number: 0.0 for number, row in self.rows.items() if row["lengths"].get(field)}
            case Undated():
                return dict.fromkeys(self._having[DATE_KEY].get(UNKNOWN, ()), 0.0)
            case _:
                return self._score(clause.field, self._occurrences(clause))

    def _all(self, parts: list[Scores]) -> Scores:
        if not parts:
            return dict.fromkeys(self.rows, 0.0)
        smallest, *others = sorted(parts, key=len)
        return {
            number: sum((part[number] for part in others), score)
            for number, score in smallest.items()
            if all(number in part for part in others)
        }

    def _occurrences(self, leaf: Leaf) -> Mapping[int, int]:
        """Return how often a leaf's words stand in each report."""
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

    def _postings(self, field: str, printed: Iterable[str]) -> Mapping[int, int]:
        found: Counter[int] = Counter()
        for word in printed:
            matcher = self._reader.postings(field, word)
            while matcher.is_active():
                found[matcher.id()] += int(matcher.weight())
                matcher.next()
        return found

    def _sequences(self, leaf: clauses.Sequence) -> Mapping[int, int]:
        found = {}
        for number, standing in self._standing(leaf.field, leaf.stream, leaf.words):
            if starts := sum(_continues(start, standing[1:], leaf.slop) for start in standing[0]):
                found[number] = starts
        return found

    def _close(self, leaf: Close) -> Mapping[int, int]:
        found = {}
        for number, standing in self._standing(leaf.field, leaf.stream, (*leaf.one, *leaf.other)):
            ones, others = _starts(standing[: len(leaf.one)]), _starts(standing[len(leaf.one) :])
            near = sum(
                any(start + len(leaf.one) + between in others for between in range(leaf.words + 1))
                or any(start - len(leaf.other) - between in others for between in range(leaf.words + 1))
                for start in ones
            )
            if near:
                found[number] = near
        return found

    def _standing(self, field: str, stream: Stream, words: Sequence[str]) -> Iterator[tuple[int, list[set[int]]]]:
        """Yield each report that has all the words, with the positions of each."""
        forms = [tuple(self.vocabulary(field).with_form(stream, word)) for word in words]
        if not all(forms):
            return
        candidates = set.intersection(*({*self._postings(field, form)} for form in set(forms)))
        places = {form: self._places(field, form, candidates) for form in set(forms)}
        for number in candidates:
            yield number, [places[form][number] for form in forms]

    def _places(self, field: str, printed: Iterable[str], candidates: set[int]) -> Mapping[int, set[int]]:
        places: dict[int, set[int]] = defaultdict(set)
        for word in printed:
            matcher = self._reader.postings(field, word)
            while matcher.is_active():
                if matcher.id() in candidates:
                    places[matcher.id()].update(matcher.value_as("positions"))
                matcher.next()
        return places

    def _score(self, field: str, occurrences: Mapping[int, int]) -> Scores:
        rarity = log(1 + (len(self.rows) - len(occurrences) + 0.5) / (len(occurrences) + 0.5)) * BOOSTS.get(field, 1.0)
        average = self._average(field)
        scores = {}
        for number, times in occurrences.items():
            length = self.rows[number]["lengths"].get(field, 0) / average
            damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length)
            scores[number] = rarity * times * (SATURATION + 1) / (times + damping)
        return scores

    def _average_length(self, field: str) -> float:
        lengths = [row["lengths"].get(field, 0) for row in self.rows.values()]
        return sum(lengths) / max(len(lengths), 1) or 1.0

    def _read_vocabulary(self, field: str) -> "_Vocabulary":
        return _Vocabulary(self._reader.field_terms(field) if self.rows else ())

    # --- what of them is asked for --------------------------------------------------------------------------

    def narrow(self, matched: Scores, question: Question, *, except_key: str | None = None) -> Scores:
        allowed = [
            self._with_values(key, values, question)
            for key, values in question.selected.items()
            if values and key != except_key
        ]
        banned = [self._with_values(key, values, question) for key, values in question.excluded.items()]
        if not allowed and not banned:
            return matched
        return {
            number: score
            for number, score in matched.items()
            if all(number in some for some in allowed) and not any(number in some for some in banned)
        }

    def count(self, found: Scores, matched: Scores, question: Question, key: str) -> Mapping[str, int]:
        counted = self.narrow(matched, question, except_key=key) if question.selected.get(key) else found
        column = _column(key, question)
        return Counter(value for number in counted for value in self.rows[number]["values"][column])

    def order(self, found: Scores, question: Question) -> list[tuple[str, float]]:
        if question.sort == "relevance":
            ranked = sorted(found, key=lambda number: (-found[number], str(self.rows[number]["id"])))
        else:
            ranked = sorted(found, key=lambda number: str(self.rows[number]["keys"][question.sort]))
        return [(str(self.rows[number]["id"]), found[number]) for number in ranked]

    def _with_values(self, key: str, values: Sequence[str], question: Question) -> set[int]:
        having = self._having[_column(key, question)]
        return set().union(*(having.get(value, set()) for value in values))


class _Vocabulary:
    """The printed forms of one field, by what a search compares."""

    def __init__(self, printed: Iterable[str]) -> None:
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_folded: dict[str, list[str]] = defaultdict(list)
        self._printed = set()
        for word in printed:
            folded, stem = compare(word)
            self._by_stem[stem].append(word)
            self._by_folded[folded].append(word)
            self._printed.add(word)
        self._letters = {folded: frozenset(folded) for folded in self._by_folded}

    def with_form(self, stream: Stream, text: str) -> list[str]:
        if stream == "printed":
            return [text] if text in self._printed else []
        return (self._by_stem if stream == "stem" else self._by_folded).get(text, [])

    def beginning(self, text: str) -> Iterator[str]:
        for folded, words in self._by_folded.items():
            if folded.startswith(text):
                yield from words

    def like(self, pattern: str) -> Iterator[str]:
        for folded, words in self._by_folded.items():
            if folded.startswith(pattern[0]) and is_like(folded, pattern):
                yield from words

    def near(self, near: Near) -> Iterator[str]:
        wanted = frozenset(near.text)
        for folded, letters in self._letters.items():
            # One edit changes at most two of the letters used: a quick look that spares most comparisons.
            if len(wanted ^ letters) <= 2 * near.distance and is_near(folded, near):
                yield from self._by_folded[folded]


def _make_schema() -> fields.Schema:
    words = {key: fields.TEXT(analyzer=PositionedWords(), phrase=True) for key in TEXT_KEYS}
    return fields.Schema(id=fields.ID(unique=True), row=fields.STORED(), **words)


def _make_record(document: Document) -> dict[str, object]:
    tokens = {key: tuple(tokenize_all(texts)) for key, texts in document.texts.items()}
    dated = document.earliest is not None or document.latest is not None
    row = {
        "id": document.id,
        "values": {**document.values, CERTAIN: document.certain},
        "keys": dict(sort_keys(document)),
        "lengths": {key: len(found) for key, found in tokens.items() if found},
        "days": (_or(document.earliest, FIRST_DAY), _or(document.latest, LAST_DAY)) if dated else None,
    }
    words = {key: "\n".join(f"{token.printed} {token.position}" for token in found) for key, found in tokens.items()}
    return {"id": document.id, "row": row, **{key: text for key, text in words.items() if text}}


def _lies_between(row: Row, days: Between) -> bool:
    if row["days"] is None:
        return False
    earliest, latest = row["days"]
    if days.certain:
        return bool(days.first <= earliest and latest <= days.last)
    return bool(earliest <= days.last and days.first <= latest)


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


def _column(key: str, question: Question) -> str:
    return CERTAIN if key == DATE_KEY and question.date_mode == "certain" else key


def _or(day: int | None, otherwise: int) -> int:
    return otherwise if day is None else day
