"""What commands print: tables and progress on a terminal, plain lines elsewhere. The one file that meets rich."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

PLAIN_EVERY = 500
MINUTE, HOUR = 60, 3_600


class Counter(Protocol):
    """Something that is told of each step of long work, and of what is worth a line meanwhile."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how much is done, and of how much where that is known."""

    def say(self, line: str) -> None:
        """Print a line without disturbing what shows the progress."""


def echo_json(value: object) -> None:
    """Print one JSON value on one line; characters stay readable."""
    click.echo(json.dumps(value, ensure_ascii=False))


def echo_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table on a terminal and as tab-separated lines elsewhere."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # Text: what a page prints is never read as markup
    Console(soft_wrap=False).print(table)


def echo_figures(figures: Mapping[str, object]) -> None:
    """Print labelled figures, one a line."""
    width = max(map(len, figures), default=0)
    for label, value in figures.items():
        click.echo(f"{label:<{width}}  {value}")


@contextmanager
def show_progress(task: str, *, quiet: bool = False, console: Console | None = None) -> Iterator[Counter]:
    """Show on standard error how long work goes on: a moving line on a terminal, a line now and then elsewhere.

    Both have the rate, and the time left where it is known of how much; `quiet` shows neither.
    """
    console = console or Console(stderr=True)
    if quiet or not console.is_terminal:
        yield PlainCounter(task, every=0 if quiet else PLAIN_EVERY)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield BarCounter(progress, progress.add_task(task, total=None))


class RateColumn(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """Return the rate in words."""
        return Text(say_rate(task.completed, task.elapsed or 0))


class BarCounter:
    """Moves a bar on a terminal."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def __call__(self, done: int, total: int | None = None) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=done, total=None if total is None else max(done, total))

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(Text(line), soft_wrap=True)


class PlainCounter:
    """Prints a line on standard error after every so many; none at all when `every` is 0."""

    def __init__(self, task: str, *, every: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._task, self._every, self._clock = task, every, clock
        self._begun = clock()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Print a line when it is time for one."""
        if not self._every or not done or done % self._every:
            return
        passed = self._clock() - self._begun
        said = [f"{self._task}: {done:,}"]
        if total is not None and total >= done:
            said = [f"{self._task}: {done:,} of {total:,}", f"{say_time(passed / done * (total - done))} left"]
        said.insert(1, say_rate(done, passed))
        self.say(", ".join(filter(None, said)))

    def say(self, line: str) -> None:
        """Print a line."""
        click.echo(line, err=True)


def say_rate(done: float, seconds: float) -> str:
    """Return how many were done in a second: `210/s`; nothing before there is something to say."""
    return f"{done / seconds:,.0f}/s" if done and seconds > 0 else ""


def say_time(seconds: float) -> str:
    """Return a span of time as a person would say it: `40 s`, `3 min`, `2 h 5 min`."""
    if seconds < MINUTE:
        return f"{seconds:.0f} s"
    if seconds < HOUR:
        return f"{seconds / MINUTE:.0f} min"
    return f"{seconds // HOUR:.0f} h {seconds % HOUR / MINUTE:.0f} min"
