"""The command that takes a result out of the archive: export."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.finding import read_facets
from web.cli.options import home_option, quiet_option

if TYPE_CHECKING:
    from archive.home import Settings
    from indexer import Catalogue, SearchRequest, StoredReport
    from indexer.results import Sort
    from web.cli.output import Counter
    from web.exporting.entries import Refer

FORMS = ("csv", "jsonl", "ris", "csl", "bib", "texts")


@click.command()
@click.argument("query", default="")
@click.option("--format", "form", type=click.Choice(FORMS), default="csv", show_default=True, help="The form to write.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write (default: reports.csv and so on, here). The sheet is written beside it.",
)
@click.option(
    "--facet", "facets", multiple=True, metavar="KEY=VALUE", help="Narrow to a facet's value; may be repeated."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "title"]),
    default="oldest",
    show_default=True,
    help="The order of the reports.",
)
@click.option("--certain", is_flag=True, help="With dates: only reports certainly within, not possibly.")
@click.option("--exact", is_flag=True, help="Search every word under its own spelling only, without other names.")
@click.option("--comments", is_flag=True, help="Include readers' comments (JSONL only).")
@click.option("--address", metavar="URL", help="Where this archive is served, for links; default: ARKs alone.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@home_option
@quiet_option
def export(
    query: str,
    form: str,
    output: Path | None,
    facets: tuple[str, ...],
    sort: "Sort",
    certain: bool,
    exact: bool,
    comments: bool,
    address: str | None,
    force: bool,
    home: Path,
    quiet: bool,
) -> None:
    """Write every report of a search to a file, with a sheet that says where it comes from.

    \b
    Examples:
      dateline export mosul                          all that match, as reports.csv
      dateline export --format ris 'outlet:diyaruna date:2016'
      dateline export --format texts --output corpus.zip ''
    """
    from archive.home import open_home
    from indexer import Catalogue, SearchRequest
    from web.cli.output import show_progress

    target = output or Path(file_name(form))
    if target.exists() and not force:
        raise click.UsageError(f"{target} is there already. Choose another name with --output, or add --force.")
    request = SearchRequest(
        text=query,
        selected=read_facets(facets),
        date_mode="certain" if certain else "possible",
        variants=not exact,
        sort=sort,
    )
    opened = open_home(home)
    with Catalogue.open(opened) as catalogue, show_progress("Exporting", quiet=quiet) as told:
        writing = Writing(form, target, _make_refer(opened.settings, address), opened.settings.title, comments)
        written = write_export(catalogue, request, writing, told)
    click.echo(f"{written:,} reports in {target}; where they come from: {sheet_beside(target)}")


@dataclass(frozen=True, slots=True)
class Writing:
    """How an export is to be written, and where."""

    form: str
    target: Path
    refer: "Refer"
    archive: str
    comments: bool


def write_export(catalogue: "Catalogue", request: "SearchRequest", writing: Writing, told: "Counter") -> int:
    """Write the file and its sheet and return how many reports they hold; a file half written has another name."""
    from web.exporting.entries import Tally, gather
    from web.exporting.formats import FORMATS
    from web.exporting.question import tell_question, tell_state
    from web.exporting.sheet import Told, write_sheet
    from web.exporting.writing import write_plain, write_texts
    from web.program import program

    result, tally = catalogue.find_all(request), Tally()
    entries = gather(_counted(catalogue.reports(result.ids), result.total, told), writing.refer, tally)
    said = Told(
        archive=writing.archive,
        file=writing.target.name,
        written=datetime.now(tz=UTC),
        program=program(),
        found=result.total,
        state=tell_state(catalogue.state()),
        lines=tuple(tell_question(result, catalogue.label)),
        comments=writing.comments,
    )
    if writing.form == "texts":
        pieces = write_texts(entries, tally, lambda done: write_sheet(said, done), when=said.written)
    else:
        pieces = write_plain(FORMATS[writing.form], entries, comments=writing.comments)
    _put(writing.target, pieces)
    _put(sheet_beside(writing.target), (write_sheet(said, tally).encode() for _ in range(1)))
    return tally.written


def file_name(form: str) -> str:
    """Return the name of the file an export makes when no other is given."""
    from web.exporting.formats import FORMATS

    return FORMATS[form].file if form in FORMATS else f"{form}.zip"


def sheet_beside(target: Path) -> Path:
    """Return where the sheet of an export lies."""
    return target.with_name(f"{target.name}.provenance.txt")


def _put(target: Path, pieces: Iterator[bytes]) -> None:
    """Write a file under another name first, so that what bears its own name is whole."""
    draft = target.with_name(f"{target.name}.part")
    try:
        with draft.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        draft.replace(target)
    except OSError as problem:
        raise click.ClickException(f"{target} cannot be written: {problem.strerror or problem}.") from problem


def _counted(reports: "Iterable[StoredReport]", total: int, told: "Counter") -> "Iterator[StoredReport]":
    for number, stored in enumerate(reports, 1):
        told(number, total)
        yield stored


def _make_refer(settings: "Settings", address: str | None) -> "Refer":
    """Return how a report is cited outside the pages: by its ARK, under the archive's address where that is given."""
    from web.ark import make_ark
    from web.references.reference import Reference, make_reference

    today = datetime.now(tz=UTC).astimezone().date()

    def refer(stored: "StoredReport") -> Reference:
        ark = make_ark(stored.id, settings.ark_authority)
        link = f"{address.rstrip('/')}/{ark}" if address else ark
        return make_reference(stored, archive=settings.title, address=link, ark=ark, accessed=today)

    return refer
