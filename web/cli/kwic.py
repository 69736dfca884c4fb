"""The command that prints a concordance: kwic."""

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.finding import read_facets
from web.cli.options import home_option, json_option

if TYPE_CHECKING:
    from indexer import Line, LineOrder

ORDERS = ("newest", "oldest", "outlet", "L1", "L2", "L3", "R1", "R2", "R3", "keyword")
ON_A_TERMINAL = 100


@click.command()
@click.argument("query")
@click.option("--by", "order", type=click.Choice(ORDERS), default="newest", show_default=True,
              help="The order of the lines: L1 is the first word left of the keyword, R1 the first right.")  # fmt: skip
@click.option("--width", type=click.IntRange(10, 100), default=40, show_default=True, help="Characters on either side.")
@click.option("--limit", type=click.IntRange(1), help="Lines to print (default: 100 on a terminal, all elsewhere).")
@click.option("--facet", "facets", multiple=True, metavar="KEY=VALUE", help="Narrow to a facet's value; repeatable.")
@click.option("--certain", is_flag=True, help="With dates: only reports certainly within, not possibly.")
@click.option("--exact", is_flag=True, help="Search every word under its own spelling only, without other names.")
@click.option("--fold", is_flag=True, help="Read each story once, not its reprints.")
@click.option("--csv", "as_csv", is_flag=True, help="Print all lines as CSV, with what each is from.")
@home_option
@json_option
def kwic(
    query: str,
    order: "LineOrder",
    width: int,
    limit: int | None,
    facets: tuple[str, ...],
    certain: bool,
    exact: bool,
    fold: bool,
    as_csv: bool,
    home: Path,
    as_json: bool,
) -> None:
    """Show every place where the words of a query stand, with the words on either side (keyword in context).

    \b
    Examples:
      dateline kwic militants --by L1
      dateline kwic '"old city"' --facet outlet=diyaruna --csv > old-city.csv
    """
    from archive.home import open_home
    from indexer import Catalogue, SearchRequest
    from web.cli.output import echo_json
    from web.pages.kwic import write_lines

    request = SearchRequest(
        text=query,
        selected=read_facets(facets),
        date_mode="certain" if certain else "possible",
        variants=not exact,
        fold=fold,
    )
    with Catalogue.open(open_home(home)) as catalogue:
        found = catalogue.concord(request, order)
        most = limit or (ON_A_TERMINAL if sys.stdout.isatty() and not (as_csv or as_json) else None)
        lines = islice(found.lines, most)
        if as_csv:
            for piece in write_lines(lines, lambda line: f"/a/{line.report_id}"):
                click.echo(piece, nl=False)
            return
        for line in lines:
            if as_json:
                echo_json(line._asdict())
            else:
                click.echo(show_line(line, width))


def show_line(line: "Line", width: int) -> str:
    """Return one line with its keyword in the middle and what it is from at the end."""
    left, right = " ".join(line.left.split())[-width:], " ".join(line.right.split())[:width]
    gap = " " * (line.left[-1:].isspace())
    place = f"{line.report_id}{f' p{line.passage}' if line.passage else ''}"
    keyword = click.style(line.keyword, bold=True)
    after = " " * (line.right[:1].isspace())
    return f"{left + gap:>{width + 1}}{keyword}{after}{right:<{width}}  {place}"
