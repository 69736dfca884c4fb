"""The command that shows the archive in a browser: serve. The one file that meets waitress."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option

if TYPE_CHECKING:
    from archive.home import Home

LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
THREADS = 4


@click.command()
@click.option("--host", help="The address to listen on (default: settings.toml, else 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port to listen on (default: settings.toml, else 8000)."
)
@click.option("--open-to-network", is_flag=True, help="Allow an address that other machines can reach.")
@home_option
def serve(host: str | None, port: int | None, open_to_network: bool, home: Path) -> None:
    """Show the archive in a browser, on this machine only unless you say otherwise."""
    from archive.home import open_home

    opened = open_home(home)
    address = host or opened.settings.host
    if address not in LOCAL and not open_to_network:
        raise click.UsageError(f"{address} can be reached from other machines. If you mean it, add --open-to-network.")
    run_server(opened, host=address, port=opened.settings.port if port is None else port)


def run_server(opened: "Home", *, host: str, port: int) -> None:
    """Serve an archive until Ctrl-C; says where, and what to do when the port is taken."""
    from waitress import create_server

    from indexer import Catalogue
    from web.application import create_app

    logging.getLogger("waitress").setLevel(logging.ERROR)
    with Catalogue.open(opened) as catalogue:
        app = create_app(catalogue, title=opened.settings.title, authority=opened.settings.ark_authority)
        try:
            server = create_server(app, host=host, port=port, threads=THREADS)
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host}:{port} ({error.strerror or error}). Choose another with --port."
            ) from error
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Serving {opened.path} on http://{shown}:{server.effective_port}  (stop with Ctrl-C)")
        try:
            server.run()
        finally:
            server.close()
