"""What an engine without facets of its own knows of every report, one column for each thing, in memory.

Reports are numbered; a result is a mask over the numbers with a score for each. The arithmetic is numpy's: a result
of a hundred thousand reports is counted for every facet in the time it takes to read a few hundred one by one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from math import log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.document import UNKNOWN, VALUE_KEYS
from indexer.engine import BOOSTS, DATE_KEY, Question
from indexer.query.clauses import Between
from indexer.query.dates import FIRST_DAY, LAST_DAY
from indexer.results import Sort

Mask: TypeAlias = NDArray[np.bool_]
Weights: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]

SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # the usual constants of BM25
CERTAIN = "certain"  # the column of the date facet's values that hold whatever day is meant


@dataclass(frozen=True, slots=True)
class Row:
    """One report as the columns take it in; `lengths` are words by field, `keys` its places in the orders."""

    number: int
    id: str
    values: Mapping[str, Sequence[str]]
    lengths: Mapping[str, int]
    days: tuple[int | None, int | None]
    keys: Mapping[Sort, str]


class Found(NamedTuple):
    """Which reports, by number, and how well each answers; a report that is not there has the score 0."""

    mask: Mask
    scores: Weights


@dataclass(frozen=True, slots=True)
class Column:
    """One facet: which report (`owners`) has which value (`codes`), a value's code being its place in `values`."""

    values: Sequence[str]
    places: Mapping[str, int]
    owners: Numbers
    codes: Numbers


class Columns:
    """The columns of all reports; `size` is one more than the highest number."""

    def __init__(self, rows: Sequence[Row], size: int) -> None:
        self._size = size
        self._ids = np.full(size, "", dtype=object)
        self._alive = np.zeros(size, dtype=bool)
        numbers = [row.number for row in rows]
        self._ids[numbers] = [row.id for row in rows]
        self._alive[numbers] = True
        self._rows = rows
        self._facets = {key: _make_column(rows, key) for key in (*VALUE_KEYS, CERTAIN)}
        first, last = (_days(rows, size, place) for place in (0, 1))
        self._dated = self._alive & ((first > 0) | (last > 0))
        self._earliest, self._latest = np.where(first > 0, first, FIRST_DAY), np.where(last > 0, last, LAST_DAY)
        self._places_in: Callable[[Sort | None], Numbers] = cache(self._read_places)
        self._lengths_of: Callable[[str], Numbers] = cache(self._read_lengths)
        self._damping: Callable[[str], Weights] = cache(self._read_damping)

    def __len__(self) -> int:
        """Return how many reports there are."""
        return len(self._rows)

    # --- which ----------------------------------------------------------------------------------------------

    def everything(self) -> Found:
        """Return all reports."""
        return self._plain(self._alive)

    def nothing(self) -> Found:
        """Return none."""
        return self._plain(np.zeros(self._size, dtype=bool))

    def all_of(self, parts: Sequence[Found]) -> Found:
        """Return what is in every part, scores added up."""
        mask: Mask = reduce(np.logical_and, (part.mask for part in parts), self._alive)
        scores: Weights = reduce(np.add, (part.scores for part in parts), np.zeros(self._size))
        return Found(mask, np.where(mask, scores, 0.0))

    def any_of(self, parts: Sequence[Found]) -> Found:
        """Return what is in some part, scores added up."""
        nothing = self.nothing()
        mask: Mask = reduce(np.logical_or, (part.mask for part in parts), nothing.mask)
        return Found(mask, reduce(np.add, (part.scores for part in parts), nothing.scores))

    def without(self, part: Found) -> Found:
        """Return what is not in a part."""
        return self._plain(self._alive & ~part.mask)

    def level(self, part: Found, weight: int) -> Found:
        """Return a part with one score for all of it."""
        return Found(part.mask, np.where(part.mask, float(weight), 0.0))

    def between(self, days: Between) -> Found:
        """Return the reports from these days: possibly, or certainly."""
        lower, upper = (self._earliest, self._latest) if days.certain else (self._latest, self._earliest)
        return self._plain(self._dated & (lower >= days.first) & (upper <= days.last))

    def undated(self) -> Found:
        """Return the reports whose date is unknown."""
        return self._plain(self._with_values(DATE_KEY, (UNKNOWN,)))

    def having(self, field: str) -> Found:
        """Return the reports that have any word in a field."""
        return self._plain(self._lengths_of(field) > 0)

    def narrow(self, found: Found, question: Question, *, except_key: str | None = None) -> Found:
        """Return what is left after the facet selections, leaving out the selection in one facet."""
        mask = found.mask
        for key, values in question.selected.items():
            if values and key != except_key:
                mask = mask & self._with_values(_column_of(key, question), values)
        for key, values in question.excluded.items():
            if values:
                mask = mask & ~self._with_values(_column_of(key, question), values)
        return found if mask is found.mask else Found(mask, np.where(mask, found.scores, 0.0))

    # --- how well, how many, in which order -----------------------------------------------------------------

    def weigh(self, field: str, postings: Iterable[tuple[Sequence[int], Sequence[float]]]) -> Found:
        """Return the reports in these postings (numbers, and how often), scored by BM25."""
        times = np.zeros(self._size)
        for numbers, weights in postings:
            times[np.asarray(numbers, dtype=np.int64)] += weights  # a number stands once in each posting
        mask = self._alive & (times > 0)
        here = int(mask.sum())
        rarity = log(1 + (len(self) - here + 0.5) / (here + 0.5)) * BOOSTS.get(field, 1.0)
        scores = np.zeros(self._size)
        np.divide(rarity * (SATURATION + 1) * times, times + self._damping(field), out=scores, where=mask)
        return Found(mask, scores)

    def count(self, found: Found, key: str, question: Question) -> Mapping[str, int]:
        """Return how many of the reports have each value of a facet; values that none has are left out."""
        column = self._facets[_column_of(key, question)]
        counts = np.bincount(column.codes[found.mask[column.owners]], minlength=len(column.values))
        return {column.values[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}

    def spans(self, found: Found) -> Mapping[tuple[int, int], int]:
        """Return how many of the reports may date from each first day to each last day, where both are known."""
        mask = found.mask & self._dated & (self._earliest > FIRST_DAY) & (self._latest < LAST_DAY)
        pairs, counts = np.unique(np.stack([self._earliest[mask], self._latest[mask]]), axis=1, return_counts=True)
        return {(int(first), int(last)): int(count) for first, last, count in zip(*pairs, counts, strict=True)}

    def rank(self, found: Found, question: Question, limit: int | None = None) -> list[tuple[str, float]]:
        """Return ids with their scores in the question's order: its page, or with a `limit` the first so many."""
        numbers = np.flatnonzero(found.mask)
        start, end = (0, limit) if limit is not None else (question.offset, question.offset + question.limit)
        places = self._places_in(None if question.sort == "relevance" else question.sort)
        merit = -found.scores if question.sort == "relevance" else places
        if 0 < end < len(numbers):
            # Only what can stand on the page, ties with its last report among it, needs to be put in order.
            worst = np.partition(merit[numbers], end - 1)[end - 1]
            numbers = numbers[merit[numbers] <= worst]
        order = numbers[np.lexsort((places[numbers], merit[numbers]))][start:end]
        return [(str(self._ids[number]), float(found.scores[number])) for number in order]

    # --- columns --------------------------------------------------------------------------------------------

    def _plain(self, mask: Mask) -> Found:
        return Found(mask, np.zeros(self._size))

    def _with_values(self, name: str, values: Sequence[str]) -> Mask:
        column = self._facets[name]
        codes = [column.places[value] for value in values if value in column.places]
        mask = np.zeros(self._size, dtype=bool)
        mask[column.owners[np.isin(column.codes, codes)]] = True
        return mask

    def _read_places(self, sort: Sort | None) -> Numbers:
        """Return each report's place in an order; None is the order of ids."""
        ordered = sorted(self._rows, key=lambda row: row.keys[sort] if sort else row.id)
        places = np.zeros(self._size, dtype=np.int64)
        places[[row.number for row in ordered]] = np.arange(len(ordered))
        return places

    def _read_lengths(self, field: str) -> Numbers:
        lengths = np.zeros(self._size, dtype=np.int64)
        lengths[[row.number for row in self._rows]] = [row.lengths.get(field, 0) for row in self._rows]
        return lengths

    def _read_damping(self, field: str) -> Weights:
        lengths = self._lengths_of(field)
        average = lengths.sum() / max(len(self), 1) or 1.0
        damping: Weights = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths / average)
        return damping


def _make_column(rows: Sequence[Row], key: str) -> Column:
    places: dict[str, int] = {}
    owners = [row.number for row in rows for _ in row.values[key]]
    codes = [places.setdefault(value, len(places)) for row in rows for value in row.values[key]]
    return Column(tuple(places), places, np.array(owners, dtype=np.int64), np.array(codes, dtype=np.int64))


def _days(rows: Sequence[Row], size: int, place: int) -> Numbers:
    days = np.zeros(size, dtype=np.int64)
    days[[row.number for row in rows]] = [row.days[place] or 0 for row in rows]
    return days


def _column_of(key: str, question: Question) -> str:
    return CERTAIN if key == DATE_KEY and question.date_mode == "certain" else key
