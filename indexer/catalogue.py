"""The one door to an archive for pages and commands: it finds, shows, corrects and keeps the index in step."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from types import TracebackType
from typing import Self

from archive.authorities import load_places
from archive.holdings import Correction, Event
from archive.home import Home
from archive.store import Store
from indexer import lock
from indexer.asking import Understood, understand_request
from indexer.builder import Builder, OpenIndex, Progress
from indexer.concordance import Concordance, LineOrder, read_lines, sort_lines
from indexer.document import FACET_KEYS, STORY_KEY, clean_value, make_document
from indexer.engine import Answer, Question
from indexer.engines import choose_engine
from indexer.errors import FindingError
from indexer.facets import Labels, make_facet
from indexer.folding import count_stories, find_folded, fold_ids
from indexer.highlight import Parts, mark_texts
from indexer.hits import make_hit, read_labels, read_names
from indexer.keyness import WordComparison, compare_words
from indexer.located import Located, locate
from indexer.prompts import Prompts
from indexer.query.clauses import Clause, Term, words_sought
from indexer.resembling import FIELD, STREAM, ask_for, find_distinctive, is_alike, shared_words
from indexer.results import (
    CatalogueState,
    CatalogueStatus,
    Completion,
    Counted,
    Facet,
    Hit,
    Neighbours,
    Resembling,
    ResultPage,
    ResultSet,
    SearchRequest,
    Sort,
)
from indexer.rooms import Rooms
from indexer.shelves import Shelves
from indexer.stamp import ANALYSIS, INDEX_VERSION
from indexer.timeline import Spans, Step, Timeline, draw_timeline

PLACE_KEY = "place"
MOST_PER_PAGE = 200
MOST_IN_SIGHT = 100  # values of one facet beside the results; all of them are on the facet's own page
WHOLE = slice(None)
MOST_COUNTED = 20_000  # reports of a result whose stories are counted unasked
PATIENCE = 2.0  # seconds a correction waits for another process to finish writing the index
SLOWER = "The search engine tantivy is not installed here; searching with {name}, which is slower."


class Catalogue(Shelves, Rooms):
    """One archive, open for finding. Any thread may ask; use it as a context manager, or call `close`."""

    def __init__(self, store: Store, builder: Builder, opened: OpenIndex, *, note: str | None = None) -> None:
        super().__init__(store)
        self._builder, self._opened = builder, opened
        self._note = note
        self._archive: tuple[OpenIndex, Spans] | None = None  # when everything is from, for the state it was counted in
        self._storied: tuple[OpenIndex | None, bool] = (None, False)  # whether any report reprints another, then
        self._behind = False  # the store has changed and the index could not follow yet
        self._prompts = Prompts(store)
        self._turn = threading.RLock()

    @classmethod
    def open(
        cls, home: Home, *, engine: str | None = None, progress: Progress | None = None, jobs: int | None = None
    ) -> Self:
        """Open an archive and bring its index up to date, building it where it is missing, damaged or stale.

        `engine` is auto, tantivy, whoosh or memory; None takes the home's setting. `jobs` is how many processes may
        build a large index, None one for each core. Raises UnknownEngine, EngineMissing, IndexBusy, IndexUnwritable
        and what the store raises.
        """
        store = Store.open(home)
        try:
            asked = engine or home.settings.engine
            builder = Builder(home.index, store, lambda: read_names(store), jobs)
            name = (builder.built_with() if asked == "auto" else None) or choose_engine(asked)
            note = SLOWER.format(name=name) if asked == "auto" and choose_engine(asked) != "tantivy" else None
            catalogue = cls(store, builder, builder.open(name, progress), note=note)
            catalogue.refresh()
        except BaseException:
            store.close()
            raise
        return catalogue

    def close(self) -> None:
        """Close store and index."""
        self._opened.engine.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- finding --------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a question with one page of reports and the facets of all that match; any text is a question."""
        self._follow()
        understood = self._understand(request)
        question = _make_question(request, understood.clause)
        answer, stories = self._answer(request, question)
        meant = self._prompts.suggest(self._opened.engine, question, request, understood.tree, answer.total)
        return ResultPage(
            request=request,
            suggestion=meant,
            total=answer.total,
            hits=tuple(self._hits(answer, understood.clause)),
            facets=tuple(
                make_facet(key, answer.facets[key], question.selected.get(key, ()), self.labels, most=MOST_IN_SIGHT)
                for key in FACET_KEYS
            ),
            searched=understood.read_back(),
            diagnostics=understood.diagnostics,
            pages=-(-(stories if request.fold and stories is not None else answer.total) // question.limit),
            stories=stories,
        )

    def count(self, request: SearchRequest) -> int:
        """Return how many reports answer a question."""
        self._follow()
        question = _make_question(request, self._understand(request).clause)
        return self._opened.engine.search(replace(question, limit=0, facets=())).total

    def tally(self, request: SearchRequest, keys: tuple[str, ...]) -> Counted:
        """Return how many reports answer a question, with these facets over all of them; no report is read."""
        self._follow()
        question = _make_question(request, self._understand(request).clause)
        answer = self._opened.engine.search(replace(question, offset=0, limit=0, facets=keys))
        selected = question.selected
        return Counted(
            answer.total,
            {key: make_facet(key, answer.facets[key], selected.get(key, ()), self.labels) for key in keys},
        )

    def find_all(self, request: SearchRequest) -> ResultSet:
        """Return every report that answers a question, in the question's order; its page numbers are not looked at.

        The ids come as they are read, so a result of any size can be written out.
        """
        self._follow()
        understood = self._understand(request)
        question = _make_question(request, understood.clause)
        total, ids = self._opened.engine.walk(question)
        if request.fold:
            stories_of = self._store.stories_of
            total, ids = count_stories(self._opened.engine, question, stories_of), fold_ids(ids, stories_of)
        return ResultSet(request, total, ids, understood.read_back(), understood.diagnostics)

    def concord(self, request: SearchRequest, order: LineOrder = "newest", *, first: slice = WHOLE) -> Concordance:
        """Return every place where a question's words stand, in context, sorted by words, by outlet or by date.

        `first` takes only some of the reports in the result's order; lines are read, and sorted, as they are asked for.
        """
        sort: Sort = "oldest" if order == "oldest" else "newest"
        found = self.find_all(replace(request, sort=sort))
        ids = islice(found.ids, first.start, first.stop)
        lines = read_lines(self.reports(ids), self._understand(request).clause)
        return Concordance(found.total, sort_lines(lines, order), found.searched, found.diagnostics)

    def compare_words(self, a: SearchRequest, b: SearchRequest, *, read: int, most: int) -> WordComparison:
        """Return how the words of two results differ, counted in up to `read` reports of each, the newest."""
        sets = (replace(request, sort="newest") for request in (a, b))
        first, second = (self.reports(islice(self.find_all(request).ids, read)) for request in sets)
        return compare_words(first, second, most)

    def locate(self, request: SearchRequest) -> Located:
        """Return where the reports that answer a question lie: all of them, not those of one page."""
        self._follow()
        understood = self._understand(request)
        question = replace(_make_question(request, understood.clause), offset=0, limit=1, facets=(PLACE_KEY,))
        answer = self._opened.engine.search(question)
        selected = question.selected.get(PLACE_KEY, ())
        places = load_places(self._store.home.authorities)
        return locate(answer.facets[PLACE_KEY], answer.total, selected, places, understood.read_back())

    def timeline(self, request: SearchRequest, step: Step | None = None) -> Timeline:
        """Return when the reports that answer a question are from, beside what the whole archive has of the time."""
        self._follow()
        opened = self._opened
        total, spans = opened.engine.spans(_make_question(request, self._understand(request).clause))
        if self._archive is None or self._archive[0] is not opened:
            self._archive = (opened, opened.engine.spans(Question())[1])
        return draw_timeline(total, spans, self._archive[1], step)

    def facet(self, request: SearchRequest, key: str) -> Facet | None:
        """Return every value of one facet of a question; None for what is no facet."""
        if key not in FACET_KEYS:
            return None
        self._follow()
        question = replace(_make_question(request, self._understand(request).clause), limit=0, facets=(key,))
        counts = self._opened.engine.search(question).facets[key]
        return make_facet(key, counts, question.selected.get(key, ()), self.labels)

    def state(self) -> CatalogueState:
        """Return which state of the archive answers are given from; the same state gives the same answers."""
        self._follow()
        version = f"{INDEX_VERSION}/{ANALYSIS}"
        return CatalogueState(self._opened.engine.name, version, self._opened.last_event, self._store.last_event())

    def neighbours(self, request: SearchRequest, report_id: str, number: int) -> Neighbours | None:
        """Return what stands before and after the report that is `number`-th in a result, counted from 1.

        None when another report, or none, has that place by now.
        """
        self._follow()
        understood = self._understand(request)
        first = max(number - 2, 0)
        question = replace(_make_question(request, understood.clause), offset=first, limit=3, facets=())
        answer, stories = self._answer(request, question)
        ids = [found for found, _ in answer.page]
        place = number - 1 - first
        if number < 1 or place >= len(ids) or ids[place] != report_id:
            return None
        after = ids[place + 1] if place + 1 < len(ids) else None
        total = stories if request.fold and stories is not None else answer.total
        return Neighbours(number, total, ids[place - 1] if place else None, after)

    def more_like(self, report_id: str, limit: int = 6) -> tuple[Resembling, ...]:
        """Return the reports most like one, without its own reprints and each story once; raises UnknownReport."""
        self._follow()
        engine, stored = self._opened.engine, self.report(report_id)
        texts = make_document(stored).texts

        def count(stem: str) -> int:
            return engine.search(Question(Term(FIELD, STREAM, stem), limit=0, facets=())).total

        distinctive = find_distinctive(texts["title"], texts[FIELD], engine.count(), count)
        own = {STORY_KEY: (stored.story,)} if stored.story else {}
        question = Question(ask_for(distinctive), excluded=own, limit=limit + 1, facets=())
        found = dict(find_folded(engine, question, self._store.stories_of)) if distinctive else {}
        alike = [one for one, score in found.items() if one != report_id and is_alike(score, distinctive)]
        return tuple(
            Resembling(other, shared_words(distinctive, make_document(other).texts[FIELD]))
            for other in self._store.reports_of(alike[:limit])
        )

    def highlight(
        self, report_id: str, text: str, *, variants: bool = True, alone: tuple[str, ...] = ()
    ) -> Mapping[str, tuple[Parts, ...]]:
        """Return a report's texts with the words of a query marked.

        Maps each searchable field to its texts as (text, matched) parts: `title`, `byline`, `text` (one for each
        passage of the body), `caption` (the captions, then their credits), `comments` …
        """
        understood = self._understand(SearchRequest(text, variants=variants, alone=alone))
        return mark_texts(make_document(self.report(report_id)).texts, understood.clause)

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """Return what an unfinished question may become: values of facets, titles, and values for its last word."""
        self._follow()
        return self._prompts.complete(self._opened, self.labels, typed)

    def _answer(self, request: SearchRequest, question: Question) -> tuple[Answer, int | None]:
        """Return the engine's answer, folded if that is asked for, and how many stories its reports are."""
        engine, stories_of = self._opened.engine, self._store.stories_of
        answer = engine.search(replace(question, limit=0) if request.fold else question)
        if not self._has_stories():
            stories: int | None = answer.total
        else:
            counted = request.fold or answer.total <= MOST_COUNTED
            stories = count_stories(engine, question, stories_of) if counted else None
        if request.fold:
            answer = replace(answer, page=find_folded(engine, question, stories_of))
        return answer, stories

    def _has_stories(self) -> bool:
        if self._storied[0] is not self._opened:
            self._storied = (self._opened, self._store.has_stories())
        return self._storied[1]

    def _understand(self, request: SearchRequest) -> Understood:
        return understand_request(request, self._store.home.authorities)

    def label(self, facet_key: str, value: str) -> str:
        """Return what readers call one value of a facet."""
        return self.labels.label(facet_key, value)

    @cached_property
    def labels(self) -> Labels:
        """The names of outlets, collections and places."""
        return read_labels(self._store)

    def status(self) -> CatalogueStatus:
        """Return what the archive holds and how it is indexed."""
        held = self._count(self._store.last_event())
        return CatalogueStatus(
            reports=held.reports,
            outlets=held.outlets,
            earliest=held.earliest,
            latest=held.latest,
            undated=held.undated,
            quarantined=held.quarantined,
            engine=self._opened.engine.name,
            indexed=self._opened.engine.count(),
            note=self._note,
            originals=held.originals,
            checked=held.checked,
            problems=held.problems,
        )

    # --- changing -------------------------------------------------------------------------------------------

    def keep_up(self) -> None:
        """Let the index follow what has just changed in the store, now if it can and otherwise before it is asked."""
        self._keep_up(PATIENCE)

    def correct(self, correction: Correction) -> Event:
        """Let a person overrule a field, in the store and in what is found; raises what the store raises."""
        event = self._store.correct(correction)
        self.keep_up()
        return event

    def undo(self, event_number: int, *, by: str) -> Event:
        """Take a correction back, in the store and in what is found; raises what the store raises."""
        event = self._store.undo(event_number, by)
        self.keep_up()
        return event

    def refresh(self) -> None:
        """Bring the index to the store's last event, as after an import; raises IndexBusy and IndexUnwritable."""
        self._catch_up(lock.PATIENCE)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build the index anew from the store and return how many reports it holds; raises IndexBusy."""
        with self._turn:
            self._opened = self._builder.rebuild(self._opened.engine.name, progress)
            self._behind = False
            return self._opened.engine.count()

    def _catch_up(self, patience: float, *, by_hand: bool = False) -> None:
        catch_up = self._builder.catch_up_by_hand if by_hand else self._builder.catch_up
        with self._turn:
            self._opened = catch_up(self._opened, patience=patience)
            self._behind = False
            self.__dict__.pop("labels", None)  # an import, or a person, may have made a collection

    def _keep_up(self, patience: float) -> None:
        # The change is kept in the store, come what may; where the index cannot follow now, the next question tries
        # again.
        try:
            self._catch_up(patience, by_hand=self._store.batch_desk.is_under_way())
        except FindingError:
            self._behind = True

    def _follow(self) -> None:
        # While another thread brings the index up to date, nobody waits: answers come from the state before it.
        if not self._turn.acquire(blocking=False):
            return
        try:
            before, self._opened = self._opened, self._builder.follow(self._opened)
            if self._opened is not before:  # another process has written: perhaps a collection with a new name
                self.__dict__.pop("labels", None)
            if self._behind:
                self._keep_up(patience=0)
        finally:
            self._turn.release()

    def _hits(self, answer: Answer, clause: Clause) -> Iterator[Hit]:
        scores = dict(answer.page)
        # What another process has taken out since the index was read is left out.
        found = tuple(self._store.reports_of(scores))
        told = [stored.id for stored in found if stored.story]
        sizes = self._store.story_sizes(told) if told else {}
        for stored in found:
            yield make_hit(stored, scores[stored.id], clause, sizes.get(stored.id, 1) - 1)


def _make_question(request: SearchRequest, clause: Clause) -> Question:
    limit = min(max(request.per_page, 1), MOST_PER_PAGE)
    # Without a word to weigh, every report is as relevant as the next: then the newest come first.
    weighed = request.sort != "relevance" or words_sought(clause)
    return Question(
        clause=clause,
        selected=_known(request.selected),
        excluded=_known(request.excluded),
        date_mode=request.date_mode,
        sort=request.sort if weighed else "newest",
        offset=(max(request.page, 1) - 1) * limit,
        limit=limit,
    )


def _known(chosen: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Leave out what is no facet: an address may say anything."""
    return {key: tuple(map(clean_value, values)) for key, values in chosen.items() if key in FACET_KEYS and values}
