"""The command for reprints: puts the reports of an older archive into stories, and shows one story."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option, json_option, quiet_option

if TYPE_CHECKING:
    from archive.holdings import StoredReport
    from archive.store import Store


@click.command()
@click.argument("story", required=False, metavar="[ID]")
@quiet_option
@home_option
@json_option
def stories(story: str | None, quiet: bool, home: Path, as_json: bool) -> None:
    """Put reports that print the same copy together, or show one story by its id or a report's.

    An import does this for what it brings. Without an ID this command does it for reports that came in before there
    were stories, in steps that can be interrupted, and says how many stories there are. See docs/stories.md.

    \b
    Examples:
      dateline stories
      dateline stories s12
    """
    from archive.home import open_home
    from archive.store import Store
    from web.cli.output import echo_json

    with Store.open(open_home(home)) as store:
        if story is not None:
            _show(store, story, as_json=as_json)
            return
        compared = group_all(store, quiet=quiet or as_json)
        number, reports = store.count_stories()
    if as_json:
        echo_json({"compared": compared, "stories": number, "reports": reports})
    else:
        told = "1 story" if number == 1 else f"{number:,} stories"
        click.echo(f"{told} of {reports:,} reports; {compared:,} compared now.")


def group_all(store: "Store", *, quiet: bool) -> int:
    """Put every report that has not been compared yet into its story, with progress; returns how many there were."""
    from web.cli.output import show_progress

    total, done = store.ungrouped(), 0
    if not total:
        return 0
    with show_progress("Comparing", quiet=quiet) as count:
        while step := store.group_older():
            done += step
            count(done, max(total, done))
    return done


def _show(store: "Store", name: str, *, as_json: bool) -> None:
    from web.cli.output import echo_json, echo_table

    story = store.story(name)
    held = list(store.reports_of(story.reports))
    if as_json:
        echo_json(
            {
                "id": story.id,
                "first": story.first,
                "reports": [_report_to_json(stored) for stored in held],
                "links": [{"one": link.one, "other": link.other, "share": link.share} for link in story.links],
                "decided": [{"id": report_id, "by": by} for report_id, by in story.decided],
            }
        )
        return
    click.echo(f"Story {story.id}, {len(held)} version{'s' * (len(held) != 1)}:")
    echo_table(("Report", "Published", "Outlet", "Title"), [_row(stored) for stored in held])


def _report_to_json(stored: "StoredReport") -> dict[str, object]:
    report = stored.report
    return {
        "id": stored.id,
        "published": report.published.edtf,
        "outlet": report.outlet.key if report.outlet else None,
        "title": report.title.value if report.title else None,
    }


def _row(stored: "StoredReport") -> tuple[str, ...]:
    report = stored.report
    outlet, title = report.outlet.name if report.outlet else "unknown", report.title.value if report.title else ""
    return stored.id, report.published.edtf or "no date given", outlet, title
