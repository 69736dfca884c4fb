"""Describing pages one by one or in many processes, with the same result: what a worker is given, and what it does."""

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, TypeVar

from archive.errors import SourceError
from archive.model import Description, Given, Page
from archive.pipeline import describe_page
from archive.ready import Ready, make_ready
from archive.rules import RuleSet
from archive.workers import Limits, Window, Workers, attempt, run_in_order

# Pages read ahead, for all and for each process, so that none waits while pages are stored; and their bytes at most.
AHEAD_PAGES = 32
AHEAD_PAGES_EACH = 32
AHEAD_BYTES = 64_000_000

Item = TypeVar("Item")
Work = TypeVar("Work")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Crew:
    """Who describes the pages: so many processes with limits for each page, or (0) this process without any."""

    count: int = 0
    limits: Limits = field(default_factory=Limits)


ALONE = Crew()


@dataclass(frozen=True, slots=True)
class Task:
    """One page to describe, without its bytes: its text says all, and they need not travel; and a person's word."""

    page: Page
    given: Given


def describe_in_order(
    items: Iterable[Item],
    describe: Callable[[Work], Answer],
    prepare: Callable[[Item], Work | None],
    crew: Crew,
    *,
    size: Callable[[Item], int],
) -> Generator[tuple[Item, Answer | SourceError | None], None, None]:
    """Yield every item, in order, with what the crew made of it; None where `prepare` found nothing to describe.

    The answer to an item whose description fails is the SourceError. Items are read and prepared in this thread.
    """
    if not crew.count:
        for item in items:
            work = prepare(item)
            yield item, None if work is None else attempt(describe, work)
        return
    workers: Workers[Work, Answer] = Workers(describe, count=crew.count, limits=crew.limits)
    window = Window(AHEAD_PAGES + AHEAD_PAGES_EACH * crew.count, AHEAD_BYTES)
    answers = run_in_order(items, prepare, workers, window=window, size=size)
    with workers, closing(answers):
        yield from answers


@dataclass(frozen=True, slots=True)
class ByRules:
    """Describes by a rule set; travels to other processes whole, so that all work by the very same rules."""

    rules: RuleSet

    def __call__(self, task: Task) -> Ready:
        """Describe one page."""
        return make_ready(describe_page(task.page, self.rules, task.given))

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], "ByRules"], tuple[dict[str, Any]]]:
        """Travel without read-only views of mappings, which cannot."""
        parts = {part.name: getattr(self.rules, part.name) for part in fields(self.rules)}
        return _unpack, ({name: dict(part) if isinstance(part, Mapping) else part for name, part in parts.items()},)


@dataclass(frozen=True, slots=True)
class ByFunction:
    """Describes by any function of a page."""

    describe: Callable[[Page], Description]

    def __call__(self, task: Task) -> Ready:
        """Describe one page."""
        return make_ready(self.describe(task.page))


def _unpack(parts: dict[str, Any]) -> ByRules:
    readonly: dict[str, Any] = {
        name: MappingProxyType(part) if isinstance(part, dict) else part for name, part in parts.items()
    }
    return ByRules(RuleSet(**readonly))
