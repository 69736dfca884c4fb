"""The command that makes the gazetteer before it is needed."""

import click


@click.group()
def gazetteer() -> None:
    """Look after the gazetteer, the list of places that Dateline knows."""


@gazetteer.command()
def build() -> None:
    """Compile the gazetteer now. Without this command it is done when a place is first looked up.

    \b
    Example:
      dateline gazetteer build
    """
    from archive.authorities import build_places

    path, places = build_places()
    click.echo(f"Compiled {places:,} places into {path}")
