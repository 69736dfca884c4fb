"""What a reader's text asks for: the query as a tree and a clause, with the other names of what it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.authorities import Actors, Gazetteer, find_spelling, load_actors, load_places, spelled_names
from indexer.analysis import fold
from indexer.document import DEFAULT_KEYS, TEXT_KEYS
from indexer.query.clauses import Clause, words_sought
from indexer.query.meaning import understand
from indexer.query.parser import parse
from indexer.query.tree import Node
from indexer.query.variants import Expanded, expand
from indexer.query.writer import write
from indexer.results import AuthorityKind, DateMode, Diagnostic, Searched, SearchRequest


@dataclass(frozen=True, slots=True)
class Known:
    """An actor or place of the authority files under all of its names."""

    label: str
    variants: tuple[str, ...]
    kind: AuthorityKind


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as read (`tree`), as searched (`clause`, `expanded`), and what to say of the reading."""

    tree: Node
    expanded: Expanded
    clause: Clause
    diagnostics: tuple[Diagnostic, ...]

    def read_back(self) -> Searched:
        """Return what was searched, for the reader."""
        sought = {leaf.field for leaf in words_sought(self.clause)}
        fields = tuple(key for key in TEXT_KEYS if key in sought)
        return Searched(write(self.tree), self.expanded.added, fields, self.expanded.withheld)


def understand_request(request: SearchRequest, authorities: Path | None = None) -> Understood:
    """Return what a request's text asks for; `authorities` is the folder of a library's own places."""
    parsed = parse(request.text)
    alone = request.alone if request.variants else None
    return understand_tree(parsed.tree, request.date_mode, alone, authorities, parsed.diagnostics)


def understand_tree(
    tree: Node,
    mode: DateMode,
    alone: tuple[str, ...] | None,
    authorities: Path | None = None,
    diagnostics: tuple[Diagnostic, ...] = (),
) -> Understood:
    """Return what a tree asks for, the names in `alone` (None: all) without their other names."""
    expanded = expand(tree, lambda words: find_known(words, authorities), alone)
    clause = understand(expanded.tree, DEFAULT_KEYS, certain=mode == "certain")
    return Understood(tree, expanded, clause, diagnostics)


def known_names(authorities: Path | None) -> Mapping[str, str]:
    """Return the names of one word that actors and places are searched under, as printed, by their folded form."""
    return _known_names(load_places(authorities), load_actors(authorities), authorities)


@lru_cache(8)
def _known_names(_gazetteer: Gazetteer, known: Actors, authorities: Path | None) -> Mapping[str, str]:
    actors = (name for actor in known.by_id.values() for name in actor.variants)
    return {fold(name): name for name in (*spelled_names(authorities), *actors) if " " not in name}


def find_known(words: str, authorities: Path | None) -> Known | None:
    """Return the actor these words name, else the place."""
    actor = load_actors(authorities).variants_of(words)
    if actor is not None:
        return Known(actor.label, actor.variants, "actor")
    place = find_spelling(words, authorities)
    return Known(place.label, place.variants, "place") if place else None
