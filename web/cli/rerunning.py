"""The command that describes old originals by new rules: rerun. It says first what would change."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import choose_crew, home_option, jobs_option, json_option, quiet_option

if TYPE_CHECKING:
    from archive.comparing import Comparison, Difference
    from archive.home import Home
    from archive.store import BatchLine

LONGEST_SHOWN = 100


@click.command()
@click.option("--outlet", metavar="KEY", help="Only reports that the archive or the rules give to this outlet.")
@click.option("--apply", "applies", is_flag=True, help="Write new versions of the reports that change, as one batch.")
@click.option("--samples", type=click.IntRange(0, 1000), default=3, show_default=True, help="Examples for each field.")
@click.option("--by", metavar="NAME", default="rerun", show_default=True, help="Who does this, for the history.")
@jobs_option
@quiet_option
@home_option
@json_option
def rerun(
    outlet: str | None, applies: bool, samples: int, by: str, jobs: int | None, quiet: bool, home: Path, as_json: bool
) -> None:
    """Describe every stored original again by the rules of today, and say what would change.

    Nothing is written without --apply. With it, reports that change get a new version, all in one batch; old versions
    stay, and what a person has corrected, the collections and the outlets given at an import stay as they are.

    This is also when undated reports are placed between dated ones by their Media IDs, for outlets whose dated reports
    prove that the numbers follow the days (media_order_least in settings.toml).

    \b
    Examples:
      dateline rerun
      dateline rerun --outlet diyaruna --apply
    """
    from archive.comparing import Comparison
    from archive.home import open_home

    opened = open_home(home)
    found = Comparison(most_samples=samples)
    applied = _run(opened, found, outlet, by if applies else None, jobs=jobs, quiet=quiet, as_json=as_json)
    if as_json:
        from web.cli.output import echo_json

        echo_json(comparison_to_json(found) | {"batch": applied})
    elif applied is not None:
        click.echo(
            f"Batch {applied}: {len(found.ids):,} reports have a new version. See it with: dateline batch {applied}"
        )
    elif found.ids:
        click.echo("Nothing was written. To write these changes, run the same with --apply.")
    raise click.exceptions.Exit(1 if found.failures else 0)


def _run(
    opened: "Home",
    found: "Comparison",
    outlet: str | None,
    by: str | None,
    *,
    jobs: int | None,
    quiet: bool,
    as_json: bool,
) -> int | None:
    """Compare, say what was found, and write it if somebody (`by`) wants it; returns the batch that was written."""
    from archive import rerun as again
    from archive.rules import load_rule_set
    from archive.sources.splitting import load_exports
    from archive.store import Store
    from indexer import Catalogue
    from web.cli.output import show_progress

    rules = load_rule_set(opened.path / "outlets", opened.authorities, collections=opened.collections)
    exports = load_exports(opened.path / "exports")
    crew, least = choose_crew(jobs, opened.settings), opened.settings.media_order_least
    with Store.open(opened) as store:
        total = store.count()
        with show_progress("Describing", quiet=quiet) as count:
            changes = again.compare(store, rules, outlet=outlet, exports=exports, crew=crew, least=least)
            for done, change in enumerate(changes, 1):
                found.add(change)
                count(done, total)
        if not as_json and not quiet:
            show_comparison(found)
        if by is None or not found.ids:
            return None
        with show_progress("Writing", quiet=quiet) as count:
            written = 0

            def tell(_: "BatchLine") -> None:
                nonlocal written
                written += 1
                count(written, len(found.ids))

            report = again.apply(store, rules, found.ids, by=by, report=tell, exports=exports, crew=crew, least=least)
    with Catalogue.open(opened) as catalogue:
        catalogue.refresh()
    return report.batch


def show_comparison(found: "Comparison") -> None:
    """Print what would change: how many reports, which fields, which issues, with examples."""
    from web.cli.output import echo_table

    click.echo(
        f"{found.reports:,} reports described again: {found.changed:,} would read differently, "
        f"{found.reasons_only:,} only give other reasons, {len(found.failures):,} cannot be described."
    )
    for change in found.failures:
        code, reason = change.failure or ("", "")
        click.echo(f"{code}: {change.name}: {reason}", err=True)
    if found.fields:
        click.echo()
        rows = [[field, f"{count:,}", f"{found.kept[field]:,}"] for field, count in found.fields.most_common()]
        echo_table(["Field", "Reports", "A person's correction stands in"], rows)
    if found.issues:
        click.echo()
        rows = [[code, f"{before:,}", f"{after:,}"] for code, (before, after) in found.issues.items()]
        echo_table(["Issue", "Reports before", "After"], rows)
    for field, samples in found.samples.items():
        for change, difference in samples:
            click.echo(f"\n{field} of {change.name} ({change.report_id})")
            for line in difference_lines(difference):
                click.echo(f"  {line}")


def difference_lines(difference: "Difference") -> list[str]:
    """Return what is there no more and what is new, one line each."""
    lines = [f"- {shorten(text)}" for text in difference.removed] + [f"+ {shorten(text)}" for text in difference.added]
    return lines or ["the same, in another order"]


def shorten(text: str) -> str:
    """Return a text on one line and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def comparison_to_json(found: "Comparison") -> dict[str, object]:
    """Return what would change as JSON."""
    return {
        "reports": found.reports,
        "changed": found.changed,
        "reasons_only": found.reasons_only,
        "fields": dict(found.fields),
        "corrections_stand": {field: count for field, count in found.kept.items() if count},
        "issues": {code: {"before": before, "after": after} for code, (before, after) in found.issues.items()},
        "failures": [
            {"id": one.report_id, "name": one.name, "code": one.failure[0], "reason": one.failure[1]}
            for one in found.failures
            if one.failure is not None
        ],
        "samples": [
            {
                "id": change.report_id,
                "name": change.name,
                "field": difference.field,
                "removed": list(difference.removed),
                "added": list(difference.added),
            }
            for samples in found.samples.values()
            for change, difference in samples
        ],
    }
