"""Commands that find and show reports: search, show."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option, json_option

if TYPE_CHECKING:
    from archive.holdings import StoredReport
    from indexer import Hit, ResultPage
    from indexer.results import Sort

MOST_SHOWN = 8


@click.command()
@click.argument("query", default="")
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="KEY=VALUE",
    help="Narrow to a facet's value; repeat for more (or: same key).",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "title"]),
    default="relevance",
    show_default=True,
    help="The order of the hits.",
)
@click.option("--certain", is_flag=True, help="With dates: only reports certainly within, not possibly.")
@click.option("--exact", is_flag=True, help="Search every word under its own spelling only, without other names.")
@click.option(
    "--alone", "alone", multiple=True, metavar="WORD", help="Search this word without its other names; may be repeated."
)
@click.option("--fold", is_flag=True, help="Show each story once: reprints of one report count and stand as one.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Hits per page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of hits.")
@home_option
@json_option
def search(
    query: str,
    facets: tuple[str, ...],
    sort: "Sort",
    certain: bool,
    exact: bool,
    alone: tuple[str, ...],
    fold: bool,
    limit: int,
    page: int,
    home: Path,
    as_json: bool,
) -> None:
    """Search the archive. All words must match; the query language is in docs/querying.md.

    \b
    Examples:
      dateline search '"old city" mosul'
      dateline search 'date:2016-10..2017-07 outlet:diyaruna ISIL'
      dateline search --facet place=IQ --facet date=unknown ''
    """
    from archive.home import open_home
    from indexer import Catalogue, SearchRequest
    from web.cli.output import echo_json
    from web.shapes import result_to_json

    request = SearchRequest(
        text=query,
        selected=read_facets(facets),
        date_mode="certain" if certain else "possible",
        variants=not exact,
        alone=alone,
        fold=fold,
        sort=sort,
        page=page,
        per_page=limit,
    )
    with Catalogue.open(open_home(home)) as catalogue:
        answer = catalogue.search(request)
    if as_json:
        echo_json(result_to_json(answer))
    else:
        _say_results(answer)


def read_facets(facets: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the facet values that --facet names; raises BadParameter for what is no facet."""
    from archive.fields import FACETS

    known = [field.key for field in FACETS]
    selected: dict[str, tuple[str, ...]] = {}
    for facet in facets:
        key, found, value = facet.partition("=")
        if not found:
            raise click.BadParameter(f"'{facet}' should read KEY=VALUE, such as outlet=diyaruna.", param_hint="--facet")
        if key not in known:
            raise click.BadParameter(f"'{key}' is not a facet; known are {', '.join(known)}.", param_hint="--facet")
        selected[key] = (*selected.get(key, ()), value)
    return selected


def _say_results(answer: "ResultPage") -> None:
    for diagnostic in answer.diagnostics:
        click.echo(diagnostic.message, err=True)
    reports = "1 report" if answer.total == 1 else f"{answer.total:,} reports"
    stories = "" if answer.stories in {None, answer.total} else f" ({count_stories(answer.stories)})"
    click.echo(f"{reports}{stories} for {answer.searched.query or 'everything'}")
    for expansion in answer.searched.expansions:
        listed = _shorten(expansion.also, ", ")
        known = f"{expansion.kind}: {expansion.authority}"
        click.echo(f"  {expansion.word}: also {listed} ({known}); --alone '{expansion.word}' turns this off")
    if len(answer.searched.expansions) > 1:
        click.echo("  --exact turns all of them off")
    for expansion in answer.searched.withheld:
        click.echo(f"  {expansion.word}: without {_shorten(expansion.also, ', ')}")
    if answer.suggestion:
        changed = ", ".join(f"{better} for {word}" for word, better in answer.suggestion.changes)
        found = "1 report" if answer.suggestion.total == 1 else f"{answer.suggestion.total:,} reports"
        click.echo(f"Did you mean: {answer.suggestion.query}   ({changed}: {found})")
    for hit in answer.hits:
        _say_hit(hit)
    for facet in answer.facets:
        values = [f"{value.label} {value.count:,}" for value in facet.values if value.parent is None]
        if values:
            click.echo(f"{facet.label}: {_shorten(values, ' · ')}")
    if answer.pages > answer.request.page:
        click.echo(f"Page {answer.request.page} of {answer.pages}; for the next: --page {answer.request.page + 1}")


def count_stories(number: int | None) -> str:
    """Return how many stories there are, as one says it."""
    return "1 story" if number == 1 else f"{number:,} stories"


def _shorten(words: Sequence[str], separator: str) -> str:
    more = len(words) - MOST_SHOWN
    return separator.join(words[:MOST_SHOWN]) + (f"{separator}{more} more" if more > 0 else "")


def _say_hit(hit: "Hit") -> None:
    click.echo(f"\n{click.style(hit.title or f'[{hit.opening}]', bold=True)}")
    date = hit.published or "no date given"
    facts = [hit.outlet or "outlet unknown", date, hit.byline, f"Media ID {hit.media_id}" if hit.media_id else None]
    facts += [f"story {hit.story}, {hit.reprints} more"] if hit.story else []
    click.echo(f"  {hit.id}  " + " · ".join(fact for fact in facts if fact))
    for snippet in hit.snippets[:2]:
        text = "".join(
            click.style(part, bold=True, underline=True) if marked else part for part, marked in snippet.parts
        )
        click.echo(f"  … {text} …")
    click.echo()


@click.command()
@click.argument("report_id", metavar="ID")
@home_option
@json_option
def show(report_id: str, home: Path, as_json: bool) -> None:
    """Show one report: what it says, what we believe of it, and why."""
    from archive.home import open_home
    from archive.record import report_to_json
    from archive.store import Store
    from web.cli.output import echo_json

    with Store.open(open_home(home)) as store:
        stored = store.report(report_id)
        if as_json:
            echo_json(report_to_json(stored.report, stored.id))
            return
        _say_report(stored)
        click.echo("\nWhy:")
        for evidence in store.evidence(report_id):
            click.echo(
                f"  {evidence.field}: {evidence.value}  ({evidence.basis}, {evidence.rule}: “{evidence.printed}”)"
            )


def _say_report(stored: "StoredReport") -> None:
    report = stored.report
    click.echo(click.style(report.title.value if report.title else "[no headline]", bold=True))
    published = report.published.edtf or "no date given"
    facts = (
        ("Outlet", report.outlet.name if report.outlet else "unknown"),
        ("Published", f"{published} ({report.published.basis})"),
        ("Byline", report.byline.value if report.byline else None),
        ("Dateline", report.dateline.value if report.dateline else None),
        ("Media ID", report.media_id.value if report.media_id else None),
        ("Section", ", ".join(report.section) or None),
        ("Places", ", ".join(f"{place.name} ({place.role})" for place in report.places) or None),
        ("Names used", ", ".join(f"{name.printed} {name.count}" for name in report.names) or None),
        ("Collections", ", ".join(stored.collections) or None),
        ("Source", f"{report.source.name}, sha256 {report.source.sha256}"),
    )
    for label, value in facts:
        if value:
            click.echo(f"{label + ':':<13}{value}")
    click.echo()
    for passage in report.body:
        click.echo(f"{passage.text}\n")
    for caption in report.captions:
        click.echo(f"Caption: {caption.text}" + (f" [{caption.credit}]" if caption.credit else ""))
    if report.comments:
        click.echo(
            f"{len(report.comments)} readers' comments and {len(report.set_aside)} blocks set aside are kept apart."
        )
    for issue in report.issues:
        click.echo(f"{issue.code}: {issue.message}")
