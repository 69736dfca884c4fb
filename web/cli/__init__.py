"""The `dateline` command: the one place that sees archive, indexer and web together.

Exit codes: 0 done, 1 something needs attention (and was said), 2 the command was used wrongly.
Heavy libraries are imported inside commands, so that --help answers at once.
"""

import os
import sys

import click

from web.cli.batches import batch
from web.cli.export import export
from web.cli.finding import search, show
from web.cli.gazetteer import gazetteer
from web.cli.importing import clean, demo, import_
from web.cli.keeping import index, init, status, verify
from web.cli.kwic import kwic
from web.cli.outlets import outlet
from web.cli.rerunning import rerun
from web.cli.serving import serve
from web.cli.stories import stories
from web.cli.users import user

EXAMPLES = """\b
A first hour:
  dateline init                         make an archive in ./dateline-home
  dateline import saved-pages/          import a folder of text and HTML pages
  dateline search '"old city" mosul'    search it
  dateline serve                        read it in the browser
\b
Look before you import:
  dateline clean page.html              print the record of one page, store nothing
"""


class Commands(click.Group):
    """The commands in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in order of addition, not of the alphabet."""
        return list(self.commands)


@click.group(
    cls=Commands,
    epilog=EXAMPLES,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "DATELINE",
        "max_content_width": 100,
    },
)
@click.version_option(package_name="dateline", prog_name="dateline")
def dateline() -> None:
    """Keep, clean and search an archive of historical conflict reporting.

    Dateline takes pages you already have, keeps every original untouched, separates the report from the page around
    it, and writes down why it believes each date, place and name.
    """
    from web.cli.names import warn_of_foreign_owners

    warning = warn_of_foreign_owners()
    if warning is not None:
        raise click.ClickException(warning)


COMMANDS = (
    init, import_, batch, clean, search, kwic, show, export, serve, status, verify, index, outlet, rerun, stories,
    gazetteer, user, demo,
)  # fmt: skip
for _command in COMMANDS:
    dateline.add_command(_command)


def main() -> None:
    """Run the command; every failure is one sentence with the next step and the right exit code."""
    try:
        # Outside its standalone mode click returns the exit code of a command that ended early.
        sys.exit(dateline(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Everything reported as done is kept; run the command again to go on.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence, not a traceback
        sys.exit(_explain(error))


def _explain(error: Exception) -> int:
    from archive.errors import ArchiveError
    from indexer.errors import FindingError

    if isinstance(error, ArchiveError | FindingError):
        click.echo(str(error), err=True)
        return 1
    if os.environ.get("DATELINE_DEBUG"):
        raise error
    click.echo(
        f"Something went wrong that Dateline did not expect ({type(error).__name__}: {error}). The archive is as it "
        "was after the last line reported as done. Set DATELINE_DEBUG=1 and run the command again to see where.",
        err=True,
    )
    return 1
