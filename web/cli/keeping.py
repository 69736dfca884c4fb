"""Commands that keep an archive sound: init, status, verify, index."""

from pathlib import Path

import click

from web.cli.options import home_option, json_option


@click.command()
@home_option
def init(home: Path) -> None:
    """Make a new, empty archive. On an archive that is already there it changes nothing."""
    from archive.home import create_home
    from archive.store import Store

    opened = create_home(home)
    Store.open(opened).close()
    if opened.created:
        click.echo(f"Made a new archive in {home}. Next: dateline import FOLDER --home {home}")
    else:
        click.echo(f"The archive in {home} is already there and was left as it is.")


@click.command()
@home_option
@json_option
def status(home: Path, as_json: bool) -> None:
    """Show what the archive holds, in figures."""
    from dataclasses import asdict

    from archive.home import open_home
    from archive.store import Store
    from indexer import Catalogue
    from web.cli.output import echo_figures, echo_json

    opened = open_home(home)
    with Store.open(opened) as store:
        held = store.status()
        (stories, reprinted), waiting = store.count_stories(), store.ungrouped()
    with Catalogue.open(opened) as catalogue:
        found = catalogue.status()
    if as_json:
        echo_json(
            {"home": str(home), **asdict(held), "stories": stories, "engine": found.engine, "indexed": found.indexed}
        )
        return
    span = f"{held.earliest} to {held.latest}" if held.earliest else "none"
    echo_figures(
        {
            "Archive": home,
            "Reports": f"{held.reports:,}",
            "Originals": f"{held.originals:,} ({held.bytes:,} bytes)",
            "Outlets": held.outlets,
            "Stories": f"{stories:,} of {reprinted:,} reports" + _say_waiting(waiting),
            "Dates": f"{span}; {held.undated:,} without a date",
            "Corrections": held.corrections,
            "In quarantine": held.quarantined,
            "Imports": f"{held.batches} ({held.unfinished} unfinished)",
            "Events": f"{held.events:,}",
            "Index": f"{found.engine}, {found.indexed:,} reports",
        }
    )


def _say_waiting(reports: int) -> str:
    return f"; {reports:,} not compared yet: dateline stories" if reports else ""


@click.command()
@home_option
@json_option
def verify(home: Path, as_json: bool) -> None:
    """Check every original against its digest, and every record against its original.

    Exit code 1 when something is wrong; each finding has a code explained in docs/issues.md.
    """
    from archive.home import open_home
    from archive.store import Store
    from web.cli.output import echo_json

    with Store.open(open_home(home)) as store:
        findings = 0
        for finding in store.verify():
            findings += 1
            if as_json:
                echo_json({"code": finding.code, "message": finding.message, "id": finding.report_id})
            else:
                click.echo(f"{finding.code}: {finding.message}")
        originals = store.status().originals
    if not as_json:
        verdict = "everything is as it was received" if not findings else f"{findings} findings above need attention"
        click.echo(f"{originals:,} originals checked: {verdict}.")
    raise click.exceptions.Exit(1 if findings else 0)


@click.command()
@click.option("--rebuild", is_flag=True, help="Throw the index away and make it anew from the archive.")
@click.option("--engine", type=click.Choice(["tantivy", "whoosh", "memory"]), help="The engine to use from now on.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes write a large index, each in its own memory (default: one for each core).",
)
@home_option
def index(rebuild: bool, engine: str | None, jobs: int | None, home: Path) -> None:
    """Bring the search index up to date, or rebuild it.

    \b
    Example:
      dateline index --rebuild --engine whoosh
    """
    from archive.home import open_home
    from indexer import Catalogue
    from web.cli.output import show_progress

    opened = open_home(home)
    with show_progress("Indexing") as count:
        built = False

        def tell(done: int, total: int | None = None) -> None:
            nonlocal built
            built = True
            count(done, total)

        # Opening already builds an index where there is none for this engine; then there is nothing to rebuild.
        with Catalogue.open(opened, engine=engine, progress=tell, jobs=jobs) as catalogue:
            if rebuild and not built:
                catalogue.rebuild(count)
            found = catalogue.status()
    click.echo(f"{found.indexed:,} reports indexed with {found.engine}.")
