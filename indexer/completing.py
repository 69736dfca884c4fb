"""Suggestions while a reader types: outlets, places and names that reports of the collection have, and titles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.analysis import tokenize
from indexer.document import UNKNOWN
from indexer.engine import Engine, Question
from indexer.facets import Labels
from indexer.query.clauses import All, Clause, StartsWith, Term
from indexer.results import Completion, CompletionKind

KINDS: Final[tuple[CompletionKind, ...]] = ("place", "name", "outlet")  # facets whose values are suggested
SHORTEST = 2  # letters
LONGEST = 200  # characters of what was typed that are looked at
MOST_TITLES = 4
MOST_VALUES = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a facet, with each of its names as it is found: folded words, each after a space."""

    names: tuple[str, ...]
    completion: Completion


def read_entries(engine: Engine, labels: Labels, spellings: Callable[[str], tuple[str, ...]]) -> tuple[Entry, ...]:
    """Return every value of the facets that are suggested, those of the most reports first.

    `spellings` gives the other names of a place by the one it is shown under.
    """
    counted = engine.search(Question(limit=0, facets=KINDS)).facets
    entries = [
        Entry(tuple(map(_fold, (label, *(spellings(label) if kind == "place" else ())))), found)
        for kind in KINDS
        for value, number in counted[kind].items()
        if value != UNKNOWN
        for label in [labels.label(kind, value)]
        for found in [Completion(kind, value, label, number, _note(kind, value, labels))]
    ]
    return tuple(sorted(entries, key=lambda entry: (-entry.completion.count, entry.names, entry.completion.value)))


def complete_values(typed: str, entries: Iterable[Entry]) -> tuple[Completion, ...]:
    """Return the values that begin with what was typed, then those of which a later word does."""
    words = _fold(typed[:LONGEST])
    if len(words) <= SHORTEST:
        return ()
    found = [entry for entry in entries if any(words in name for name in entry.names)]
    found.sort(key=lambda entry: not entry.names[0].startswith(words))
    return tuple(entry.completion for entry in found[:MOST_VALUES])


def title_clause(typed: str) -> Clause | None:
    """Return what titles are asked for: all words typed, the last perhaps not finished; None for too little."""
    tokens = [token for token in tokenize(typed[:LONGEST]) if not token.joined]
    if sum(len(token.folded) for token in tokens) <= SHORTEST:
        return None
    *whole, last = tokens
    return All((*(Term("title", "stem", token.stem) for token in whole), StartsWith("title", last.folded)))


def split_last(typed: str) -> tuple[str, str]:
    """Return what was typed before the last word, and the last word."""
    rest, _, last = typed.strip().rpartition(" ")
    return rest.strip(), last


def choose(groups: Sequence[Sequence[Completion]]) -> tuple[Completion, ...]:
    """Return the completions of all groups in order, each once."""
    return tuple(dict.fromkeys(completion for group in groups for completion in group))


def _fold(text: str) -> str:
    return "".join(f" {token.folded}" for token in tokenize(text) if not token.joined)


def _note(kind: CompletionKind, value: str, labels: Labels) -> str:
    parent = labels.parent(kind, value)
    return labels.label(kind, parent) if parent else ""
