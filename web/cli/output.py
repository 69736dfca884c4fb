"""What commands print: tables and progress on a terminal, plain lines elsewhere. The one file that meets rich."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

PLAIN_EVERY = 500


class Counter(Protocol):
    """Something that is told of each step of long work."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how much is done, and of how much where that is known."""


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
def show_progress(task: str) -> Iterator[Counter]:
    """Show how long work goes on: a moving line on a terminal, a line now and then elsewhere (on standard error)."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_counter(task)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        number = progress.add_task(task, total=None)

        def count(done: int, total: int | None = None) -> None:
            progress.update(number, completed=done, total=total)

        yield count


def _plain_counter(task: str) -> Counter:
    def count(done: int, total: int | None = None) -> None:
        if done % PLAIN_EVERY == 0 and done:
            click.echo(f"{task}: {done:,}" + (f" of {total:,}" if total else ""), err=True)

    return count
