"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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
paths_argument = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path)
)
