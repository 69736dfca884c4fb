"""Importing: read the pages, describe them, store them, and say of each what became of it once that is certain."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from archive.errors import HomeError, SourceError
from archive.model import Description, Given, Page
from archive.pipeline import describe_page
from archive.rules import RuleSet
from archive.sources import Item, Refused, Skipped, read
from archive.store import BatchLine, Store
from archive.store.results import make_line

__all__ = ["BatchLine", "BatchReport", "import_items", "import_pages"]

# Pages stored in one transaction: each costs the disk a moment, so a few share it. Nothing is reported before it.
GROUP_PAGES = 32
GROUP_BYTES = 8_000_000

Describe = Callable[[Page], Description]
Report = Callable[[BatchLine], None]
Work = tuple[Page, Description] | Refused | Skipped


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
    store: Store, paths: Sequence[Path], rules: RuleSet, given: Given, *, report: Report, limit: int
) -> BatchReport:
    """Import every page below these paths; `report` hears of each page, in order, once it is safe on the disk.

    Pages larger than `limit` bytes, and those that cannot be read, go into quarantine. Ctrl-C leaves what was
    reported, marks the batch as interrupted and is passed on; the same import run again completes it. Raises
    UnknownOutlet when `given` names no outlet of these rules, HomeBusy and DiskFull as the store does.
    """
    if given.outlet is not None:
        rules.outlet(given.outlet)  # a key nobody knows is said before anything is begun
    arguments = [str(path) for path in paths]
    arguments += [f"--outlet={given.outlet}"] if given.outlet else []
    arguments += [f"--collection={given.collection}"] if given.collection else []
    request = Request(given.by, tuple(arguments), given.collection)
    describe = partial(_describe, store, rules, given)
    return import_items(store, read(paths, limit=limit), describe, request, report=report)


def import_items(
    store: Store, items: Iterable[Item], describe: Describe, request: Request, *, report: Report
) -> BatchReport:
    """Import what has been read, page by page; see `import_pages`."""
    figures = Figures()
    with store.hold():
        batch = store.start_batch(request.by, request.arguments)
        outcome = "failure"
        try:
            for group in _groups(_described(items, describe)):
                with store.writing():
                    lines = [_keep(store, item, batch, request.collection) for item in group]
                for line in lines:
                    figures.add(line)
                    report(line)
            outcome = "success"
        except KeyboardInterrupt:
            outcome = "interrupted"
            raise
        finally:
            # Where there is no room to write even this, the next batch closes the unfinished one.
            with suppress(HomeError):
                store.finish_batch(batch, figures.lines, outcome=outcome)
    return BatchReport(batch, MappingProxyType(dict(figures.lines)), MappingProxyType(dict(figures.issues)))


def _describe(store: Store, rules: RuleSet, given: Given, page: Page) -> Description:
    if given.outlet is None:
        # An outlet named at an earlier import is a person's word, and need not be said again.
        before = store.given_outlet(page.source.sha256, page.source.part)
        given = replace(given, outlet=before if before in rules.outlets else None)
    return describe_page(page, rules, given)


def _described(items: Iterable[Item], describe: Describe) -> Iterator[Work]:
    for item in items:
        if not isinstance(item, Page):
            yield item
            continue
        try:
            yield item, describe(item)
        except SourceError as error:
            yield Refused(item.source.name, error, item.content)


def _groups(work: Iterable[Work]) -> Iterator[list[Work]]:
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


def _size(item: Work) -> int:
    content = item.content if isinstance(item, Refused) else item[0].content if isinstance(item, tuple) else None
    return 0 if content is None else len(content)


def _keep(store: Store, item: Work, batch: int, collection: str | None) -> BatchLine:
    if isinstance(item, Refused):
        store.quarantine(item.name, item.error, item.content, batch=batch)
        return BatchLine(item.name, "quarantined", code=item.error.code, reason=str(item.error))
    if isinstance(item, Skipped):
        store.skip(item.name, item.reason, batch=batch)
        return BatchLine(item.name, "skipped", reason=item.reason)
    page, description = item
    return make_line(page, description, store.put(page, description, batch=batch, collection=collection))
