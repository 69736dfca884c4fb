"""More like this: the words that tell a report from the others, and the reports that have most of them.

A word's weight is how often the report has it (damped) times how rare it is, as a whole number; a report's likeness is
the sum of the weights of the words it has. That is defined without any engine, so every engine gives the same answer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from math import log
from typing import Final

from indexer.analysis import tokenize
from indexer.layout import list_forms
from indexer.query.clauses import AnyOf, Term, Weighed

FIELD: Final = "text"
STREAM: Final = "stem"
SHORTEST = 3  # letters
MOST_ASKED = 60  # words of the report whose rarity is looked up
MOST_WORDS = 16  # that stand for the report
MOST_COMMON, COMMON = 0.2, 5  # of all reports, or so many in a small archive; a commoner word tells nothing
ALIKE = 0.3  # of the report's own weight; what has less is not like it
SCALE = 10  # steps of a weight

Distinctive = Mapping[str, int]  # stem → weight


def find_distinctive(
    titles: Sequence[str], texts: Sequence[str], total: int, count: Callable[[str], int]
) -> Distinctive:
    """Return the words that tell a report from the others; `count` says in how many of the `total` a stem stands.

    Words that stand nowhere else are left out: nothing can share them.
    """
    times = Counter(_stems(texts))
    times.update(stem for stem in _stems(titles) if stem in times)
    weights = {}
    for stem, often in islice(sorted(times.items(), key=lambda pair: (-pair[1], pair[0])), MOST_ASKED):
        having = count(stem)
        if 1 < having <= max(MOST_COMMON * total, COMMON):
            weights[stem] = round(SCALE * (1 + log(often)) * log(total / having))
    best = sorted(
        ((stem, weight) for stem, weight in weights.items() if weight > 0), key=lambda pair: (-pair[1], pair[0])
    )
    return dict(best[:MOST_WORDS])


def ask_for(distinctive: Distinctive) -> AnyOf:
    """Return the clause that finds the reports with any of these words, scored by their weights."""
    return AnyOf(tuple(Weighed(Term(FIELD, STREAM, stem), weight) for stem, weight in distinctive.items()))


def is_alike(score: float, distinctive: Distinctive) -> bool:
    """Tell whether a report with this score is like the one the words are from."""
    return score >= ALIKE * sum(distinctive.values())


def shared_words(distinctive: Distinctive, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the distinctive words that stand in these texts, as first printed there, the weightiest first."""
    printed: dict[str, str] = {}
    for text in texts:
        if (distinctive.keys() - printed.keys()).isdisjoint(list_forms(set(text.split()), STREAM)):
            continue  # nothing in it that is not known already: most passages
        for token in tokenize(text):
            if token.stem in distinctive:
                printed.setdefault(token.stem, text[token.start : token.end])
    return tuple(printed[stem] for stem in distinctive if stem in printed)


def _stems(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for token in tokenize(text):
            if not token.joined and len(token.stem) >= SHORTEST and not token.stem[0].isdigit():
                yield token.stem
