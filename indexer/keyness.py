"""Which words tell two sets of reports apart: counts of words, and Dunning's log-likelihood of their difference."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from archive.holdings import StoredReport
from indexer.analysis import tokenize

LEAST = 6.63  # log-likelihood from which a difference is due to chance in less than one of a hundred words
LEAST_COUNT = 5  # in both sets together: below, the measure says nothing


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The words of so many reports, folded, each with how often it stands in their titles and texts."""

    reports: int
    words: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Distinctive:
    """A word that one set of reports has more than the other, with its counts and the log-likelihood."""

    word: str
    here: int
    there: int
    likelihood: float


@dataclass(frozen=True, slots=True)
class WordComparison:
    """The words of two sets of reports, and those that each has more of."""

    a: WordCounts
    b: WordCounts
    of_a: tuple[Distinctive, ...]
    of_b: tuple[Distinctive, ...]


def compare_words(a: Iterable[StoredReport], b: Iterable[StoredReport], most: int) -> WordComparison:
    """Return how the words of two sets of reports differ, up to `most` words for each."""
    first, second = count_words(a), count_words(b)
    return WordComparison(first, second, find_distinctive(first, second, most), find_distinctive(second, first, most))


def count_words(reports: Iterable[StoredReport]) -> WordCounts:
    """Return the words of these reports; readers' comments and captions are left out, and so are bare numbers."""
    counts: Counter[str] = Counter()
    read = 0
    for stored in reports:
        read += 1
        title = (stored.report.title.value,) if stored.report.title else ()
        for text in (*title, *(passage.text for passage in stored.report.body)):
            counts.update(token.folded for token in tokenize(text) if not token.joined and not token.folded.isdigit())
    return WordCounts(read, counts.total(), counts)


def find_distinctive(here: WordCounts, there: WordCounts, most: int) -> tuple[Distinctive, ...]:
    """Return the words that `here` has more often than its size explains, the most telling first."""
    found = []
    for word, number in here.counts.items():
        other = there.counts.get(word, 0)
        if number + other < LEAST_COUNT or number * there.words <= other * here.words:
            continue
        likelihood = measure(number, other, here.words, there.words)
        if likelihood >= LEAST:
            found.append(Distinctive(word, number, other, round(likelihood, 1)))
    return tuple(sorted(found, key=lambda one: (-one.likelihood, one.word))[:most])


def measure(here: int, there: int, words_here: int, words_there: int) -> float:
    """Return the log-likelihood of two frequencies (Rayson and Garside 2000, after Dunning 1993)."""
    if not words_here or not words_there:
        return 0.0
    both = (here + there) / (words_here + words_there)
    pairs = ((here, words_here * both), (there, words_there * both))
    return 2 * sum(seen * log(seen / expected) for seen, expected in pairs if seen)
