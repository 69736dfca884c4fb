"""Results with each story once: the first of its reports in the result's order stands for all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from indexer.document import STORY_KEY, UNKNOWN
from indexer.engine import Engine, Question

FIRST_READ, MOST_READ = 64, 20_000  # reports asked for at a time, at first and at most
MOST_BUCKETS = 50_000  # stories counted by the engine; beyond, an engine may leave some out

Scored = tuple[str, float]
StoriesOf = Callable[[Sequence[str]], Mapping[str, str]]  # the story of each of these reports that has one


def find_folded(engine: Engine, question: Question, stories_of: StoriesOf) -> tuple[Scored, ...]:
    """Return a page of the question's reports when `offset` and `limit` count stories."""
    end = question.offset + question.limit
    return tuple(islice(_fold(_read(engine, question, end), stories_of), question.offset, end))


def fold_ids(ids: Iterable[str], stories_of: StoriesOf) -> Iterator[str]:
    """Yield the first report of each story, in order; what is read ahead is bounded."""
    several = iter(ids)
    chunks = iter(lambda: [(one, 0.0) for one in islice(several, FIRST_READ)], [])
    yield from (report_id for report_id, _ in _fold(chunks, stories_of))


def count_stories(engine: Engine, question: Question, stories_of: StoriesOf) -> int:
    """Return how many stories the reports of a question are; a report that nobody reprints is one of its own."""
    answer = engine.search(replace(question, offset=0, limit=0, facets=(STORY_KEY,)))
    counts = answer.facets[STORY_KEY]
    if len(counts) < MOST_BUCKETS:
        alone = counts.get(UNKNOWN, 0)
        return alone + sum(story != UNKNOWN for story in counts)
    _, ids = engine.walk(question)
    return sum(1 for _ in fold_ids(ids, stories_of))


def _read(engine: Engine, question: Question, wanted: int) -> Iterator[Sequence[Scored]]:
    """Yield the question's reports from the first on, more at a time the more are needed."""
    at, size = 0, max(FIRST_READ, 2 * wanted)
    while page := engine.search(replace(question, offset=at, limit=min(size, MOST_READ), facets=())).page:
        yield page
        at, size = at + len(page), size * 2


def _fold(chunks: Iterable[Sequence[Scored]], stories_of: StoriesOf) -> Iterator[Scored]:
    seen: set[str] = set()
    for chunk in chunks:
        stories = stories_of([report_id for report_id, _ in chunk])
        for report_id, score in chunk:
            story = stories.get(report_id)
            if story not in seen:
                yield report_id, score
            if story is not None:
                seen.add(story)
