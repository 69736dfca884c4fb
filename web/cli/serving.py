"""The command that shows the archive in a browser: serve. The one file that meets waitress."""

import logging
import socket
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cores import count_cores
from web.cli.options import home_option

if TYPE_CHECKING:
    from archive.home import Home
    from web.cli.processes import Server

LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
PROXY_HEADERS = "x-forwarded-for x-forwarded-proto x-forwarded-host"
NO_TLS = (
    "Whoever can listen in on the network can read what is sent here, passwords too. For more than a trial, put a "
    "server that speaks TLS (https) before this one, let this one listen on 127.0.0.1, and name that server's address "
    "as trusted_proxy in settings.toml; see docs/desk.md."
)
THREADS = 4
LOOK_AGAIN = 0.25  # seconds after which a process that left connections to others looks whether it may take one
MOST_PROCESSES = 4  # unless more are asked for
WAITING = 1_024  # connections not yet taken up
SLACK = 10_000_000  # bytes of a form beside the files it sends; the application has the last word
CONNECTIONS = 1_000  # of each process; a browser opens up to six


@click.command()
@click.option("--host", help="The address to listen on (default: settings.toml, else 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port to listen on (default: settings.toml, else 8000)."
)
@click.option("--open-to-network", is_flag=True, help="Allow an address that other machines can reach.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many processes answer (default: settings.toml, else one for each core, at most 4).",
)
@home_option
def serve(host: str | None, port: int | None, open_to_network: bool, processes: int | None, home: Path) -> None:
    """Show the archive in a browser, on this machine only unless you say otherwise."""
    from archive.home import open_home

    opened = open_home(home)
    address = host or opened.settings.host
    if address not in LOCAL and not open_to_network:
        raise click.UsageError(f"{address} can be reached from other machines. If you mean it, add --open-to-network.")
    if address not in LOCAL and not opened.settings.trusted_proxy:
        click.echo(NO_TLS, err=True)
    run_server(
        opened,
        host=address,
        port=opened.settings.port if port is None else port,
        processes=processes or opened.settings.processes,
    )


def run_server(opened: "Home", *, host: str, port: int, processes: int = 0) -> None:
    """Serve an archive until Ctrl-C; says where, and what to do when the port is taken.

    Several `processes` share one socket; 0 begins one for each core.
    """
    from web.cli.processes import Server, split_off

    logging.getLogger("waitress").setLevel(logging.ERROR)
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    said = f"Serving {opened.path} on http://{shown}:{listening.getsockname()[1]}  (stop with Ctrl-C)"
    count = _count_processes(opened, processes)
    with listening:
        _warm(opened)
        tell = partial(click.echo, said)
        _answer(opened, listening, split_off(count, tell) if count > 1 else Server(tell, lambda _held: True))


def _answer(opened: "Home", listening: socket.socket, this: "Server") -> None:
    """Answer who comes to this socket until told to end."""
    import tempfile

    from waitress import create_server

    from indexer import Catalogue
    from web.application import create_app
    from web.context import Mode

    with Catalogue.open(opened) as catalogue:
        settings = opened.settings
        mode = Mode(private=settings.access == "private", desk=settings.desk)
        app = create_app(catalogue, title=settings.title, authority=settings.ark_authority, mode=mode)
        proxy = {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": PROXY_HEADERS}
        if opened.settings.desk:
            # What is sent waits on the archive's own disk until all of it is there.
            opened.jobs.mkdir(exist_ok=True)
            tempfile.tempdir = str(opened.jobs)
        server = create_server(
            app,
            max_request_body_size=opened.settings.max_upload_bytes + SLACK,
            sockets=[listening],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=True,
            **(proxy if settings.trusted_proxy else {}),
        )
        server.adj.asyncore_loop_timeout = LOOK_AGAIN  # the library itself takes whole seconds only
        accepts = server.readable
        server.readable = lambda: this.takes_more(len(server.active_channels)) and accepts()
        this.serves()
        try:
            server.run()
        finally:
            server.close()


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(WAITING)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port} ({error.strerror or error}). Choose another with --port."
        ) from error
    return listening


def _count_processes(opened: "Home", asked: int) -> int:
    """Return how many processes are to answer; where they cannot share one archive, one."""
    from web.cli.processes import CAN_SPLIT

    if not CAN_SPLIT or opened.settings.engine == "memory":  # that index is in the memory of one process
        return 1
    return asked or min(count_cores(), MOST_PROCESSES)


def _warm(opened: "Home") -> None:
    """Read once, before processes split off, what all of them need."""
    import web.application  # noqa: F401
    from archive.authorities import load_actors, load_places
    from archive.rules import load_rule_set

    load_places(opened.authorities)
    load_actors()
    load_rule_set()
