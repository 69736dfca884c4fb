"""Importing: read the pages, describe them, store them, and say of each what became of it once that is certain."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from archive.describing import ALONE, ByFunction, ByRules, Crew, Task, describe_in_order
from archive.errors import HomeError, SourceError
from archive.model import Description, Given, Page
from archive.ready import Ready, plain
from archive.rules import RuleSet
from archive.sources import Item, Reading, Refused, Skipped, read
from archive.store import BatchLine, Held, Store
from archive.store.results import make_line

__all__ = ["ALONE", "BatchLine", "BatchReport", "Crew", "Request", "import_again", "import_items", "import_pages"]

# Pages stored in one transaction: each costs the disk a moment, so a few share it. Nothing is reported before it.
GROUP_PAGES = 32
GROUP_BYTES = 8_000_000

Report = Callable[[BatchLine], None]
Described = tuple[Page, Ready | None]
Work = Described | Refused | Skipped
Prepare = Callable[[Page], Task | None]


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What an import came to: how many pages had each outcome, and how often each issue was met."""

    batch: int
    lines: Mapping[str, int]
    issues: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Request:
    """Who imports what, as the log keeps it, and the collection the reports go into."""

    by: str
    arguments: tuple[str, ...]
    collection: str | None = None


@dataclass(slots=True)
class Figures:
    """The running count of an import."""

    lines: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)

    def add(self, line: BatchLine) -> None:
        """Count one page."""
        self.lines[line.outcome] += 1
        self.issues.update(line.issues)


def import_pages(
    store: Store,
    paths: Sequence[Path],
    rules: RuleSet,
    given: Given,
    *,
    report: Report,
    limit: int,
    reading: Reading | None = None,
    crew: Crew = ALONE,
    named: Sequence[str] | None = None,
) -> BatchReport:
    """Import every page below these paths; `report` hears of each page, in order, once it is safe on the disk.

    Pages larger than `limit` bytes, and those that cannot be read or described, go into quarantine. `reading` says
    more about how to read; its own limit then holds. `named` is what the log calls the paths, where that is not what
    they are. The `crew` describes; whoever it is, the result is the same. What an earlier import described by the
    same rules is not described again. Ctrl-C leaves what was reported, marks the batch as interrupted and is passed
    on; the same import run again completes it. Raises UnknownOutlet when `given` names no outlet of these rules,
    NoWorker when the crew cannot start, HomeBusy and DiskFull as the store does.
    """
    if given.outlet is not None:
        rules.outlet(given.outlet)  # a key nobody knows is said before anything is begun
    arguments = [str(path) for path in paths] if named is None else list(named)
    arguments += [f"--outlet={given.outlet}"] if given.outlet else []
    arguments += [f"--collection={given.collection}"] if given.collection else []
    arguments += [f"--map={field}={column}" for field, column in reading.columns.named] if reading else []
    request = Request(given.by, tuple(arguments), given.collection)
    # In a new archive there is nothing to look up.
    prepare = partial(_prepare, store, rules, given) if store.count() else partial(_task, given)
    work = _describe_all(read(paths, limit=limit, reading=reading), ByRules(rules), prepare, crew)
    return _import(store, work, request, report)


def import_again(
    store: Store,
    items: Iterable[Item],
    rules: RuleSet,
    given: Given,
    request: Request,
    *,
    report: Report,
    crew: Crew = ALONE,
) -> BatchReport:
    """Import pages that have been read already, such as those tried again from quarantine; see `import_pages`."""
    work = _describe_all(items, ByRules(rules), partial(_prepare, store, rules, given), crew)
    return _import(store, work, request, report)


def import_items(
    store: Store,
    items: Iterable[Item],
    describe: Callable[[Page], Description],
    request: Request,
    *,
    report: Report,
    crew: Crew = ALONE,
) -> BatchReport:
    """Import what has been read, described by any function; see `import_pages`."""
    work = _describe_all(items, ByFunction(describe), partial(_task, Given()), crew)
    return _import(store, work, request, report)


def _import(store: Store, work: Iterator[Work], request: Request, report: Report) -> BatchReport:
    figures = Figures()
    with store.one_batch(), closing(_groups(work)) as groups:
        batch = store.start_batch(request.by, request.arguments)
        with closing_batch(store, batch, figures.lines):
            for group in groups:
                for line in _keep(store, group, batch, request.collection):
                    figures.add(line)
                    report(line)
                store.give_way()
    return BatchReport(batch, MappingProxyType(dict(figures.lines)), MappingProxyType(dict(figures.issues)))


@contextmanager
def closing_batch(store: Store, batch: int, counts: Mapping[str, int]) -> Iterator[None]:
    """Close a batch with its figures when the block ends, and say how: success, interrupted, or failure."""
    outcome = "failure"
    try:
        yield
        outcome = "success"
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    finally:
        # Where there is no room to write even this, the next batch closes the unfinished one.
        with suppress(HomeError):
            store.finish_batch(batch, counts, outcome=outcome)


# --- describing -------------------------------------------------------------------------------------------------


def _prepare(store: Store, rules: RuleSet, given: Given, page: Page) -> Task | None:
    """Return what there is to describe; None when it was described before and would come out the same."""
    held = store.held(page.source)
    if held is not None and _is_settled(held, page, rules, given):
        return None
    if given.outlet is None and held is not None:
        # An outlet named at an earlier import is a person's word, and need not be said again.
        given = replace(given, outlet=held.outlet if held.outlet in rules.outlets else None)
    return _task(given, page)


def _is_settled(held: Held, page: Page, rules: RuleSet, given: Given) -> bool:
    if held.rule_set != rules.version:
        return False
    if plain(page.source.name) != held.names[0]:
        return True  # the report stands as it was described under its first name
    return page.source == held.source and given.outlet in {None, held.outlet}


def _task(given: Given, page: Page) -> Task:
    return Task(replace(page, content=b""), given)


def _describe_all(
    items: Iterable[Item], describe: Callable[[Task], Ready], prepare: Prepare, crew: Crew
) -> Generator[Work, None, None]:
    def task_of(item: Item) -> Task | None:
        return prepare(item) if isinstance(item, Page) else None

    with closing(describe_in_order(items, describe, task_of, crew, size=_size)) as answers:
        for item, answer in answers:
            yield _join(item, answer)


def _join(item: Item, answer: Ready | SourceError | None) -> Work:
    if not isinstance(item, Page):
        return item
    if isinstance(answer, SourceError):
        return Refused(item.source.label, answer, item.content)
    return item, answer


# --- storing ----------------------------------------------------------------------------------------------------


def _groups(work: Iterator[Work]) -> Generator[list[Work], None, None]:
    group: list[Work] = []
    size = 0
    for item in work:
        group.append(item)
        size += _size(item)
        if len(group) >= GROUP_PAGES or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _size(item: Item | Work) -> int:
    page = item[0] if isinstance(item, tuple) else item
    content = None if isinstance(page, Skipped) else page.content
    return 0 if content is None else len(content)


def _keep(store: Store, group: Sequence[Work], batch: int, collection: str | None) -> list[BatchLine]:
    """Store a group in one transaction and return its lines, in order."""
    with store.writing():
        outcomes = iter(
            store.put_all([item for item in group if isinstance(item, tuple)], batch=batch, collection=collection)
        )
        lines = []
        for item in group:
            if isinstance(item, Refused):
                store.set_aside(item.name, item.error, item.content, batch=batch)
                lines.append(BatchLine(item.name, "quarantined", code=item.error.code, reason=str(item.error)))
            elif isinstance(item, Skipped):
                lines.append(BatchLine(item.name, "skipped", reason=item.reason))
            else:
                lines.append(make_line(item[0].source, next(outcomes)))
        store.add_lines(batch, lines)
    return lines
