"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.cores import count_cores

if TYPE_CHECKING:
    from archive.describing import Crew
    from archive.home import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dateline-home"),
    envvar="DATELINE_HOME",
    show_default=True,
    help="The archive's folder (or set DATELINE_HOME).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
outlet_option = click.option(
    "--outlet", metavar="KEY", help="The outlet all these pages are from, as in docs/outlets.md."
)
map_option = click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of a table (CSV, TSV, JSONL) holds which field, as in title=headline; may be repeated.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes describe pages (default: one for each core; 1: in this process, without limits).",
)
quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but what needs attention.")
paths_argument = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path)
)


def choose_crew(jobs: int | None, settings: "Settings") -> "Crew":
    """Return who describes the pages: a process for each core unless a number is given; 1 is this very process."""
    from archive.describing import Crew
    from archive.workers import Limits

    count = count_cores() if jobs is None else 0 if jobs == 1 else jobs
    return Crew(count, Limits(settings.max_page_seconds, settings.max_page_memory))
