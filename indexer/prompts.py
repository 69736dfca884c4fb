"""What readers are offered beside answers: what an unfinished question may become, and another spelling of one."""

from dataclasses import replace

from archive.store import Store
from indexer import completing, spelling
from indexer.asking import find_known, known_names, understand_tree
from indexer.builder import OpenIndex
from indexer.completing import Entry
from indexer.engine import Engine, Question
from indexer.facets import Labels
from indexer.query.tree import Node
from indexer.results import NOTHING, Completion, SearchRequest, Suggestion


class Prompts:
    """The prompts of one archive; any thread may ask."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: tuple[OpenIndex, tuple[Entry, ...]] | None = None

    def complete(self, opened: OpenIndex, labels: Labels, typed: str) -> tuple[Completion, ...]:
        """Return what an unfinished question may become: values of facets, titles, and values for its last word."""
        entries = self._entries(opened, labels)
        rest, last = completing.split_last(typed)
        later = (replace(found, rest=rest) for found in completing.complete_values(last, entries)) if rest else ()
        titles = self._titles(opened.engine, typed)
        return completing.choose([completing.complete_values(typed, entries), titles, tuple(later)])

    def suggest(
        self, engine: Engine, question: Question, request: SearchRequest, tree: Node, total: int
    ) -> Suggestion | None:
        """Return a request in another spelling, where that finds far more than `total` reports.

        `question` is what the engine was asked for the request, `tree` how its text was read.
        """
        alone, authorities = request.alone if request.variants else None, self._store.home.authorities
        narrowed = replace(question, limit=0, facets=())
        everywhere = replace(narrowed, selected=NOTHING, excluded=NOTHING)

        def count(node: Node, asked: Question) -> int:
            clause = understand_tree(node, request.date_mode, alone, authorities).clause
            return engine.search(replace(asked, clause=clause)).total

        held = spelling.Vocabulary(
            count=lambda node: count(node, everywhere),
            narrowed=lambda node: count(node, narrowed),
            near=engine.spellings,
            names=known_names(authorities),
        )
        return spelling.suggest(tree, total, held)

    def _titles(self, engine: Engine, typed: str) -> tuple[Completion, ...]:
        clause = completing.title_clause(typed)
        if clause is None:
            return ()
        found = engine.search(Question(clause, limit=completing.MOST_TITLES, facets=()))
        reports = self._store.reports_of(report_id for report_id, _ in found.page)
        return tuple(Completion("title", one.id, one.report.title.value) for one in reports if one.report.title)

    def _entries(self, opened: OpenIndex, labels: Labels) -> tuple[Entry, ...]:
        """Return the values that can be suggested, read once for each state of the index."""
        read = self._read
        if read is None or read[0] is not opened:
            self._read = read = (opened, completing.read_entries(opened.engine, labels, self._spellings))
        return read[1]

    def _spellings(self, name: str) -> tuple[str, ...]:
        found = find_known(name, self._store.home.authorities)
        return found.variants if found and found.kind == "place" else ()
