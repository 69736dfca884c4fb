"""Commands for the rules of outlets: outlet list, outlet new, outlet try."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import choose_crew, home_option, jobs_option, json_option, paths_argument, quiet_option

if TYPE_CHECKING:
    from archive.comparing import Comparison
    from archive.home import Home
    from archive.model import Page
    from archive.proposing import Proposal

MOST_PAGES = 50


@click.group()
def outlet() -> None:
    """See, propose and try the rules by which an outlet's pages are read.

    \b
    From pages to rules:
      dateline outlet new tern-gazette saved/*.html --write    propose a rule file
      (look through the file: it says what to check)
      dateline outlet try dateline-home/outlets/tern-gazette.toml
      dateline rerun --outlet tern-gazette --apply             use it on what is stored
    """


@outlet.command("list")
@home_option
@json_option
def list_(home: Path, as_json: bool) -> None:
    """List the outlets whose rules are known: those shipped, and those of this archive's folder `outlets`."""
    from archive.rules import load_rule_set
    from web.cli.output import echo_json, echo_table

    own = {file.stem for file in (home / "outlets").glob("*.toml")}
    rows = [
        {
            "key": rules.key,
            "name": rules.name,
            "from": "this archive" if rules.key in own else "shipped",
            "rules": len(rules.rules),
            "about": rules.about,
        }
        for rules in load_rule_set(home / "outlets").outlets.values()
    ]
    if as_json:
        for row in rows:
            echo_json(row)
    else:
        echo_table(
            ["Key", "Name", "From", "Rules"],
            [[str(row[key]) for key in ("key", "name", "from", "rules")] for row in rows],
        )


@outlet.command()
@click.argument("key")
@paths_argument
@click.option("--write", "writes", is_flag=True, help="Write the file into the folder `outlets` of the archive.")
@home_option
def new(key: str, paths: tuple[Path, ...], writes: bool, home: Path) -> None:
    """Propose a rule file for the outlet KEY from a handful of its report pages.

    The file goes to standard output, or with --write into the archive, where the next import uses it. What it makes
    of the pages is told beside it. It is a proposal: remarks in it say what a person should check.

    \b
    Example:
      dateline outlet new tern-gazette saved/gazette-*.html > tern-gazette.toml
    """
    from archive.errors import BadOutletKey
    from archive.proposing import propose_outlet
    from archive.rules import OUTLET_KEY, load_rule_set

    if OUTLET_KEY.fullmatch(key) is None:
        raise BadOutletKey(key)
    proposal = propose_outlet(key, _read_pages(paths), load_rule_set(home / "outlets"))
    if writes:
        _write(proposal, home)
    else:
        click.echo(proposal.text, nl=False)
    _say_tried(proposal)


def _read_pages(paths: tuple[Path, ...]) -> "list[Page]":
    from archive.home import Settings
    from archive.model import Page
    from archive.sources import Refused, read

    pages: list[Page] = []
    for item in read(paths, limit=Settings().max_page_bytes):
        if isinstance(item, Page):
            pages.append(item)
        else:
            click.echo(f"{item.name}: {item.error if isinstance(item, Refused) else item.reason}", err=True)
        if len(pages) == MOST_PAGES:
            click.echo(f"The first {MOST_PAGES} pages are enough; the rest were not read.", err=True)
            break
    return pages


def _write(proposal: "Proposal", home: Path) -> None:
    from archive.errors import RuleFileThere
    from archive.home import open_home

    folder = open_home(home).path / "outlets"
    folder.mkdir(exist_ok=True)
    file = folder / f"{proposal.key}.toml"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(proposal.text)
    except FileExistsError:
        raise RuleFileThere(file) from None
    click.echo(f"Wrote {file}. Look it through, then see what it changes: dateline outlet try {file}")


def _say_tried(proposal: "Proposal") -> None:
    found = sum(tried.recognised for tried in proposal.tried)
    click.echo(f"Tried on {len(proposal.tried)} pages; {found} would be recognised without --outlet.", err=True)
    for tried in proposal.tried:
        report = tried.report
        title = report.title.value if report.title is not None else "no headline"
        byline = report.byline.value if report.byline is not None else "no byline"
        counts = f"{len(report.body)} lines of text, {len(report.captions)} captions, {len(report.comments)} comments"
        click.echo(f"  {tried.name}: {title} | {byline} | {report.published.edtf or 'no day'} | {counts}", err=True)


@outlet.command("try")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--samples", type=click.IntRange(0, 1000), default=3, show_default=True, help="Examples for each field.")
@jobs_option
@quiet_option
@home_option
@json_option
def try_(file: Path, samples: int, jobs: int | None, quiet: bool, home: Path, as_json: bool) -> None:
    """Show what the rule file FILE would change over the whole archive, before it is used. Nothing is written.

    Every stored report of the outlet, and every other that the file would give to it, is described by the file's
    rules and set beside what the archive holds: titles, bylines, lines of text added and taken away, issues.

    \b
    Example:
      dateline outlet try tern-gazette.toml --json
    """
    from archive.comparing import Comparison
    from archive.home import open_home
    from web.cli.output import echo_json
    from web.cli.rerunning import comparison_to_json, show_comparison

    found = Comparison(most_samples=samples)
    _compare(open_home(home), file, found, jobs=jobs, quiet=quiet or as_json)
    if as_json:
        echo_json(comparison_to_json(found))
    else:
        show_comparison(found)
        if found.changed:
            click.echo(f"Nothing was written. To use the file, put it into {home / 'outlets'} and run: dateline rerun")
    raise click.exceptions.Exit(1 if found.failures else 0)


def _compare(opened: "Home", file: Path, found: "Comparison", *, jobs: int | None, quiet: bool) -> None:
    from archive.outlet_files import GENERIC
    from archive.rerun import compare
    from archive.rules import load_rule_set
    from archive.sources.splitting import load_exports
    from archive.store import Store
    from web.cli.output import show_progress

    rules = load_rule_set(opened.path / "outlets", opened.authorities, collections=opened.collections, trial=file)
    only = None if file.stem == GENERIC else file.stem
    crew = choose_crew(jobs, opened.settings)
    exports = load_exports(opened.path / "exports")
    with Store.open(opened) as store, show_progress("Describing", quiet=quiet) as count:
        total = store.count()
        for done, change in enumerate(compare(store, rules, outlet=only, exports=exports, crew=crew), 1):
            found.add(change)
            count(done, total)
