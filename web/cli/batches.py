"""The command that shows imports and what became of each page: batch."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option, json_option

if TYPE_CHECKING:
    from archive.store import BatchLine, BatchRecord, Store

OUTCOMES = ("imported", "unchanged", "updated", "duplicate", "listing", "withdrawn", "quarantined", "skipped")
# What a person wants to see of a batch unless they ask for something else.
NOTABLE = ("updated", "duplicate", "listing", "withdrawn", "quarantined", "skipped")
PAGE = 500


@click.command()
@click.argument("number", type=click.IntRange(1), required=False, metavar="[NUMBER]")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice(OUTCOMES),
    help="Show only pages with this outcome; may be repeated (default: all but imported and unchanged).",
)
@home_option
@json_option
def batch(number: int | None, outcomes: tuple[str, ...], home: Path, as_json: bool) -> None:
    """Show all imports, or what became of the pages of one.

    With --json one import is an object for each page and its figures at the end, as import --json prints them.

    \b
    Examples:
      dateline batch
      dateline batch 3 --outcome quarantined
    """
    from archive.home import open_home
    from archive.store import Store

    with Store.open(open_home(home)) as store:
        if number is None:
            _list(store, as_json=as_json)
        else:
            _show(store, store.batch(number), outcomes, as_json=as_json)


def _list(store: "Store", *, as_json: bool) -> None:
    from web.cli.output import echo_json, echo_table

    records = store.batches()
    if as_json:
        for record in records:
            echo_json(_record_json(record))
        return
    rows = [
        [str(one.number), one.started, one.agent, one.outcome or "unfinished", _figures(one), " ".join(one.arguments)]
        for one in records
    ]
    echo_table(["Batch", "Begun", "By", "Ended", "Pages", "What"], rows)


def _show(store: "Store", record: "BatchRecord", outcomes: tuple[str, ...], *, as_json: bool) -> None:
    from web.cli.importing import line_to_json
    from web.cli.output import echo_figures, echo_json, echo_table

    counts, codes = store.batch_counts(record.number)
    if as_json:
        for line in _lines(store, record.number, outcomes):
            echo_json(line_to_json(line))
        echo_json(_record_json(record) | {"counts": counts, "codes": codes})
        return
    echo_figures(
        {
            "Batch": record.number,
            "What": " ".join(record.arguments),
            "By": record.agent,
            "Begun": record.started,
            "Ended": f"{record.finished or ''} {record.outcome or 'unfinished'}".strip(),
            "Pages": ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items()) or "none",
            "Codes": ", ".join(f"{code} x {count:,}" for code, count in codes.items()) or "none",
        }
    )
    lines = _lines(store, record.number, outcomes or NOTABLE)
    rows = [
        [one.outcome, one.name, one.code or "", one.reason or "", " ".join(dict.fromkeys(one.issues))] for one in lines
    ]
    if rows:
        click.echo()
        echo_table(["Outcome", "Page", "Code", "Why", "Issues"], rows)


def _lines(store: "Store", number: int, outcomes: tuple[str, ...]) -> "list[BatchLine]":
    lines: list[BatchLine] = []
    while page := store.batch_page(number, outcomes, offset=len(lines), limit=PAGE):
        lines += page
    return lines


def _figures(record: "BatchRecord") -> str:
    return ", ".join(f"{count:,} {outcome}" for outcome, count in record.counts.items()) or "none"


def _record_json(record: "BatchRecord") -> dict[str, object]:
    return {
        "batch": record.number,
        "by": record.agent,
        "arguments": list(record.arguments),
        "started": record.started,
        "finished": record.finished,
        "outcome": record.outcome,
        "counts": dict(record.counts),
    }
