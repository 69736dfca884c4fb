"""Commands that take pages in: import, clean, demo."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option, json_option, outlet_option, paths_argument

if TYPE_CHECKING:
    from archive.batch import BatchReport
    from archive.home import Home
    from archive.model import Given
    from archive.store import BatchLine

LOUD = frozenset({"quarantined", "duplicate", "updated"})


@click.command("import")
@paths_argument
@outlet_option
@click.option("--collection", metavar="NAME", help="Put the reports into this collection.")
@click.option("--by", metavar="NAME", default="importer", show_default=True, help="Who imports, for the history.")
@home_option
@json_option
def import_(
    paths: tuple[Path, ...], outlet: str | None, collection: str | None, by: str, home: Path, as_json: bool
) -> None:
    """Import pages from files, folders and ZIP files of text (.txt) and HTML (.html, .htm, .xhtml).

    The same pages twice change nothing. Pages that cannot be read go to quarantine with the reason. The index is
    brought up to date at the end, so that search finds the new reports at once.

    \b
    Examples:
      dateline import saved-pages/
      dateline import --outlet diyaruna --collection "Mosul 2016" pages.zip
    """
    from archive.home import create_home
    from archive.model import Given

    opened = create_home(home)
    if opened.created and not as_json:
        click.echo(f"Made a new archive in {home}.")
    report = run_import(opened, paths, Given(outlet=outlet, collection=collection, by=by), as_json=as_json)
    raise click.exceptions.Exit(1 if report.lines.get("quarantined") else 0)


def run_import(opened: "Home", paths: tuple[Path, ...], given: "Given", *, as_json: bool = False) -> "BatchReport":
    """Import these paths, say what became of each page that needs a word, and bring the index up to date."""
    from archive.batch import import_pages
    from archive.rules import load_rule_set
    from archive.store import Store
    from indexer import Catalogue
    from web.cli.output import echo_json, show_progress

    rules = load_rule_set(opened.path / "outlets", opened.authorities)
    with Store.open(opened) as store, show_progress("Importing") as count:
        done = 0

        def tell(line: "BatchLine") -> None:
            nonlocal done
            done += 1
            count(done)
            if as_json:
                echo_json(_line_json(line))
            elif line.outcome in LOUD or line.outcome == "skipped":
                click.echo(f"{line.outcome}: {line.name}" + (f": {line.reason}" if line.reason else ""), err=True)

        report = import_pages(store, paths, rules, given, report=tell, limit=opened.settings.max_page_bytes)
    with Catalogue.open(opened) as catalogue:
        catalogue.refresh()
        total = catalogue.status().reports
    if as_json:
        echo_json(
            {"batch": report.batch, "counts": dict(report.lines), "issues": dict(report.issues), "reports": total}
        )
    else:
        _say_report(report, total)
    return report


def _say_report(report: "BatchReport", total: int) -> None:
    parts = [f"{count:,} {outcome}" for outcome, count in report.lines.items() if count]
    click.echo(f"Batch {report.batch}: {', '.join(parts) or 'nothing to import'}. The archive holds {total:,} reports.")
    if report.issues:
        codes = ", ".join(f"{code} x {count:,}" for code, count in sorted(report.issues.items()))
        click.echo(f"For a librarian to look at (docs/issues.md): {codes}")


def _line_json(line: "BatchLine") -> dict[str, object]:
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
@click.option(
    "--rules",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of further outlet rules.",
)
def clean(paths: tuple[Path, ...], outlet: str | None, folder: Path | None) -> None:
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
    from archive.sources import Refused, read
    from web.cli.output import echo_json

    rules = load_rule_set(folder)
    given = Given(outlet=outlet)
    if outlet is not None:
        rules.outlet(outlet)
    refused = False
    for item in read(paths, limit=Settings().max_page_bytes):
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
        run_server(opened, host=host, port=port)
