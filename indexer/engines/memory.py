"""The engine without an index: evaluates every clause on every report's words. Slow, obviously right, the oracle."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.analysis import Token, tokenize_all
from indexer.document import Document
from indexer.engine import BOOSTS, Answer, Question, facet_values, is_undated, sort_keys
from indexer.query.clauses import All, AnyOf, Between, Clause, Has, Near, Undated, Weighed, Without
from indexer.query.dates import FIRST_DAY, LAST_DAY
from indexer.query.matching import find_tokens, is_near
from indexer.timeline import Spans


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document
    tokens: Mapping[str, tuple[Token, ...]]


class MemoryEngine:
    """Reports held as words in memory."""

    name = "memory"

    def __init__(self) -> None:
        self._reports: dict[str, _Read] = {}

    def search(self, question: Question) -> Answer:
        """Answer a question by looking at every report."""
        read = [report for report in self._reports.values() if matches(report, question.clause)]
        ranked = _rank(read, question)
        return Answer(
            total=len(ranked),
            page=tuple(ranked[question.offset : question.offset + question.limit]),
            facets={key: _count(read, question, key) for key in question.facets},
        )

    def walk(self, question: Question) -> tuple[int, Iterator[str]]:
        """Return how many reports match and the ids of all of them, in order."""
        read = [report for report in self._reports.values() if matches(report, question.clause)]
        ranked = _rank(read, question)
        return len(ranked), iter([report_id for report_id, _ in ranked])

    def spans(self, question: Question) -> tuple[int, Spans]:
        """Return how many reports match, and how many of them may date from each first to each last day."""
        read = [report for report in self._reports.values() if matches(report, question.clause)]
        found = [report.document for report in read if _is_chosen(report.document, question)]
        known = ((one.earliest, one.latest) for one in found)
        return len(found), Counter((first, last) for first, last in known if first is not None and last is not None)

    def spellings(self, near: Near) -> Iterable[str]:
        """Return the folded words of a field that are near another."""
        words = {token.folded for report in self._reports.values() for token in report.tokens.get(near.field, ())}
        return {word for word in words if is_near(word, near)}

    def update(self, documents: Iterable[Document], removed: Iterable[str] = (), *, fresh: bool = False) -> None:
        """Add or replace documents and take out ids."""
        if fresh:
            self._reports = {}
        for report_id in removed:
            self._reports.pop(report_id, None)
        for document in documents:
            tokens = {key: tuple(tokenize_all(texts)) for key, texts in document.texts.items()}
            self._reports[document.id] = _Read(document, tokens)

    def count(self) -> int:
        """Return how many reports are held."""
        return len(self._reports)

    def refresh(self) -> None:
        """Do nothing: no other process can write here."""

    def close(self) -> None:
        """Do nothing: there are no files."""


def matches(report: _Read, clause: Clause) -> bool:  # noqa: PLR0911 - one line for each kind of clause
    """Tell whether a clause holds for a report."""
    match clause:
        case All(parts):
            return all(matches(report, part) for part in parts)
        case AnyOf(parts):
            return any(matches(report, part) for part in parts)
        case Without(part):
            return not matches(report, part)
        case Weighed(part):
            return matches(report, part)
        case Has(field):
            return bool(report.tokens.get(field))
        case Undated():
            return is_undated(report.document)
        case Between():
            return _lies_between(report.document, clause)
        case _:
            return any(True for _ in find_tokens(clause, report.tokens.get(clause.field, ())))


def _rank(read: list[_Read], question: Question) -> list[tuple[str, float]]:
    """Return the reports that are not narrowed away, with their scores, in order."""
    found = [report for report in read if _is_chosen(report.document, question)]
    scored = [(report.document, _score(report, question.clause)) for report in found]
    if question.sort == "relevance":
        scored.sort(key=lambda pair: (-pair[1], pair[0].id))
    else:
        scored.sort(key=lambda pair: sort_keys(pair[0])[question.sort])
    return [(document.id, score) for document, score in scored]


def _lies_between(document: Document, days: Between) -> bool:
    if document.earliest is None and document.latest is None:
        return False
    earliest = document.earliest if document.earliest is not None else FIRST_DAY
    latest = document.latest if document.latest is not None else LAST_DAY
    if days.certain:
        return days.first <= earliest and latest <= days.last
    return earliest <= days.last and days.first <= latest


def _is_chosen(document: Document, question: Question, *, except_key: str | None = None) -> bool:
    for key, values in question.selected.items():
        if values and key != except_key and not set(values) & _values(document, key, question):
            return False
    return not any(set(values) & _values(document, key, question) for key, values in question.excluded.items())


def _values(document: Document, key: str, question: Question) -> set[str]:
    return set(facet_values(document, key, question.date_mode))


def _count(read: list[_Read], question: Question, key: str) -> Mapping[str, int]:
    counted = [report.document for report in read if _is_chosen(report.document, question, except_key=key)]
    return Counter(value for document in counted for value in facet_values(document, key, question.date_mode))


def _score(report: _Read, clause: Clause) -> float:
    match clause:
        case All(parts) | AnyOf(parts):
            return sum(_score(report, part) for part in parts)
        case Weighed(part, weight):
            return float(weight) if matches(report, part) else 0.0
        case Without() | Has() | Between() | Undated():
            return 0.0
        case _:
            count = len(list(find_tokens(clause, report.tokens.get(clause.field, ()))))
            return BOOSTS.get(clause.field, 1.0) * count / (count + 1)
