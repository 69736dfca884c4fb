"""Commands that take pages in: import, clean, demo."""

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import (
    choose_crew,
    home_option,
    jobs_option,
    json_option,
    map_option,
    outlet_option,
    paths_argument,
    quiet_option,
)

if TYPE_CHECKING:
    from archive.batch import BatchReport
    from archive.home import Home
    from archive.model import Given
    from archive.store import BatchLine
    from web.cli.output import Counter

LOUD = frozenset({"quarantined", "duplicate", "updated", "listing", "withdrawn", "skipped"})
QUIET = frozenset({"quarantined"})


@click.command("import")
@paths_argument
@outlet_option
@click.option(
    "--collection",
    metavar="NAME",
    help="Put the reports into this collection (see collections.toml in docs/places-and-dates.md).",
)
@map_option
@click.option("--by", metavar="NAME", default="importer", show_default=True, help="Who imports, for the history.")
@jobs_option
@quiet_option
@home_option
@json_option
def import_(
    paths: tuple[Path, ...],
    outlet: str | None,
    collection: str | None,
    columns: tuple[str, ...],
    by: str,
    jobs: int | None,
    quiet: bool,
    home: Path,
    as_json: bool,
) -> None:
    """Import pages from files and folders: text, HTML and what holds them.

    Read are saved pages (.html, .mht), text, Word and PDF files, archives of pages (.zip, .tar), web captures (.warc,
    .wacz), tables (.csv, .tsv, .jsonl), news XML (NITF, NewsML-G2) and exports of press databases; docs/importing.md
    tells what becomes of each.

    The same pages twice change nothing, and an import that was cut short is completed by running it again. Pages
    that cannot be read or described go to quarantine with the reason. The index is brought up to date at the end,
    so that search finds the new reports at once. dateline batch shows what became of each page.

    \b
    Examples:
      dateline import saved-pages/
      dateline import --outlet diyaruna --collection "Mosul 2016" pages.zip
      dateline import --map title=headline --map text=body articles.csv
    """
    from archive.home import create_home
    from archive.model import Given

    opened = create_home(home)
    if opened.created and not as_json and not quiet:
        click.echo(f"Made a new archive in {home}.")
    given = Given(outlet=outlet, collection=collection, by=by)
    report = run_import(opened, paths, given, columns=columns, jobs=jobs, as_json=as_json, quiet=quiet)
    raise click.exceptions.Exit(1 if report.lines.get("quarantined") else 0)


def run_import(
    opened: "Home",
    paths: tuple[Path, ...],
    given: "Given",
    *,
    columns: tuple[str, ...] = (),
    jobs: int | None = None,
    as_json: bool = False,
    quiet: bool = False,
) -> "BatchReport":
    """Import these paths, say what became of each page that needs a word, and bring the index up to date."""
    crew = choose_crew(jobs, opened.settings)
    if crew.count:
        from archive.workers import warm_up

        warm_up()  # workers load what they need while this process loads what it needs
    from archive.batch import import_pages
    from archive.rules import load_rule_set
    from archive.sources import Reading, read_columns
    from archive.sources.splitting import load_exports
    from archive.store import Store
    from indexer import Catalogue
    from web.cli.output import echo_json, show_progress
    from web.cli.stories import group_all

    rules = load_rule_set(opened.path / "outlets", opened.authorities, collections=opened.collections)
    limit = opened.settings.max_page_bytes
    reading = Reading(limit, read_columns(columns), load_exports(opened.path / "exports"))
    with Store.open(opened) as store, show_progress("Importing", quiet=quiet) as count:
        tell = Teller(count, count_ahead(paths), as_json=as_json, quiet=quiet)
        report = import_pages(store, paths, rules, given, report=tell, limit=limit, reading=reading, crew=crew)
    with Store.open(opened) as store:
        group_all(store, quiet=quiet or as_json)
    with Catalogue.open(opened) as catalogue:
        catalogue.refresh()
        total = catalogue.status().reports
    if as_json:
        echo_json(
            {"batch": report.batch, "counts": dict(report.lines), "issues": dict(report.issues), "reports": total}
        )
    elif not quiet:
        _say_report(report, total)
    return report


class Teller:
    """Tells of each page that is safe: moves the progress, and prints a line where one is due."""

    def __init__(self, count: "Counter", totals: list[int | None], *, as_json: bool, quiet: bool) -> None:
        self._count, self._totals = count, totals
        self._as_json, self._loud = as_json, QUIET if quiet else LOUD
        self._done = 0

    def __call__(self, line: "BatchLine") -> None:
        """Tell of one page."""
        self._done += 1
        if self._as_json:
            click.echo(json.dumps(line_to_json(line), ensure_ascii=False))
        elif line.outcome in self._loud:
            self._count.say(f"{line.outcome}: {line.name}" + (f": {line.reason}" if line.reason else ""))
        self._count(self._done, self._totals[0] if self._totals else None)


def count_ahead(paths: tuple[Path, ...]) -> list[int | None]:
    """Begin to count what is to come and return the place where the number will be; nothing waits for it."""
    from archive.sources.counting import count_files

    found: list[int | None] = []
    threading.Thread(target=lambda: found.append(count_files(paths)), daemon=True).start()
    return found


def _say_report(report: "BatchReport", total: int) -> None:
    parts = [f"{count:,} {outcome}" for outcome, count in report.lines.items() if count]
    click.echo(f"Batch {report.batch}: {', '.join(parts) or 'nothing to import'}. The archive holds {total:,} reports.")
    if report.issues:
        codes = ", ".join(f"{code} x {count:,}" for code, count in sorted(report.issues.items()))
        click.echo(f"For a librarian to look at (docs/issues.md): {codes}")


def line_to_json(line: "BatchLine") -> dict[str, object]:
    """Return what became of one page as JSON."""
    return {
        "name": line.name,
        "outcome": line.outcome,
        "id": line.report_id,
        "code": line.code,
        "reason": line.reason,
        "issues": list(line.issues),
    }


@click.command()
@paths_argument
@outlet_option
@map_option
@click.option(
    "--rules",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of further outlet rules.",
)
def clean(paths: tuple[Path, ...], outlet: str | None, columns: tuple[str, ...], folder: Path | None) -> None:
    """Print the record of each page as one line of JSON, in the order given, and store nothing.

    Use it to see what Dateline makes of a page before importing it, or to try a rule file.

    \b
    Example:
      dateline clean saved/page.html | python -m json.tool
    """
    from archive.home import Settings
    from archive.model import Given, Page
    from archive.pipeline import describe_page
    from archive.record import report_to_json
    from archive.rules import load_rule_set
    from archive.sources import Reading, Refused, read, read_columns
    from web.cli.output import echo_json

    rules = load_rule_set(folder)
    given = Given(outlet=outlet)
    if outlet is not None:
        rules.outlet(outlet)
    refused = False
    limit = Settings().max_page_bytes
    for item in read(paths, limit=limit, reading=Reading(limit, read_columns(columns))):
        if isinstance(item, Page):
            echo_json(report_to_json(describe_page(item, rules, given).report, None))
        else:
            reason = item.error if isinstance(item, Refused) else item.reason
            refused = refused or isinstance(item, Refused)
            click.echo(f"{item.name}: {reason}", err=True)
    raise click.exceptions.Exit(1 if refused else 0)


@click.command()
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-home"),
    show_default=True,
    help="Where the demonstration archive goes.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to listen on.")
@click.option("--serve/--no-serve", "serves", default=True, help="Serve the archive when it is ready.")
def demo(home: Path, host: str, port: int, *, serves: bool) -> None:
    """Import the sample collection and serve it, to try Dateline without pages of your own."""
    from archive.home import create_home
    from archive.model import Given
    from web.cli.samples import samples_folder
    from web.cli.serving import run_server

    opened = create_home(home)
    run_import(opened, (samples_folder(),), Given(collection="Demonstration", by="demo"))
    if serves:
        run_server(opened, host=host, port=port, processes=opened.settings.processes)
