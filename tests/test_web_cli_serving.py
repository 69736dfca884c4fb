"""Several processes behind one address: they answer alike, are replaced when they die, and end together."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.home import Home
from web.cli import dateline
from web.cli.processes import CAN_SPLIT, Shares

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_SPLIT or not Path("/proc").exists(), reason="reads /proc of split processes"),
]
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3", "X-Forwarded-Host": "archive.example"}
SERVED = re.compile(r"http://\S+")  # Serving /home on http://127.0.0.1:8000  (stop with Ctrl-C)


def test_connections_go_to_who_holds_fewest() -> None:
    """A process that holds clearly more than another leaves the next one to it; one that is gone does not count."""
    shares = Shares(3)
    assert shares.takes_more(0, 40)  # nobody else has said anything
    shares.takes_more(1, 3)
    assert [shares.takes_more(0, held) for held in (3, 4, 5)] == [True, True, False]
    shares.forget(1)
    assert shares.takes_more(0, 5)
    shares.takes_more(2, 9)
    assert shares.takes_more(1, 0)


@contextmanager
def serve(home: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Serve an archive with the real command; gives its process and its address."""
    command = [sys.executable, "-m", "web", "serve", "--home", str(home), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = SERVED.search(server.stdout.readline())
        try:
            assert said is not None
            yield server, said[0]
        finally:
            server.kill()


def children(server: "subprocess.Popen[str]") -> set[int]:
    """Return the processes that a server has begun."""
    return set(map(int, Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()))


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds; false when it has not for twenty seconds."""
    end = time.monotonic() + 20
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return held


def get(address: str) -> HTTPMessage:
    """Return the headers of a page."""
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
        return answer.headers  # type: ignore[no-any-return]


def test_a_dead_process_is_replaced_and_ctrl_c_ends_all(new_home: Path) -> None:
    """Killing one process loses no address and no tag; Ctrl-C then ends every one without a word."""
    with serve(new_home, "--processes", "2") as (server, address):
        assert until(lambda: len(children(server)) == 2)
        first = children(server)
        tags = {get(address)["ETag"]}
        os.kill(min(first), signal.SIGKILL)
        assert until(lambda: len(children(server) - {min(first)}) == 2)
        tags |= {get(address)["ETag"] for _ in range(8)}
        ends = children(server)
        server.send_signal(signal.SIGINT)
        assert (server.wait(20), server.stderr and server.stderr.read()) == (0, "")
        assert len(tags) == 1
        assert not any(Path(f"/proc/{each}").exists() for each in ends)


def test_processes_end_with_the_one_that_watches(new_home: Path) -> None:
    """Killing the watching process leaves none behind to hold the address."""
    with serve(new_home, "--processes", "2") as (server, _):
        begun = children(server)
        server.kill()
        assert begun
        assert until(lambda: not any(Path(f"/proc/{each}").exists() for each in begun))


def test_what_cannot_begin_is_said_once(new_home: Path) -> None:
    """Where the archive cannot be opened, several processes fail as one does: one sentence, exit code 1."""
    with serve(new_home, "--processes", "1") as (_, address):
        command = [sys.executable, "-m", "web", "serve", "--home", str(new_home), "--port", address.rpartition(":")[2]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Choose another with --port" in done.stderr


def test_the_word_of_the_tls_server_before_us_is_believed_when_it_is_named(home: Home) -> None:
    """Then cookies are for TLS alone; anybody else's word on it is not heard."""
    cookies = []
    for setting in ("", 'trusted_proxy = "127.0.0.1"\n'):
        (home.path / "settings.toml").write_text(setting)
        with serve(home.path, "--processes", "1") as (_, address):
            sent = urllib.request.Request(f"{address}/sign-in", headers=FORWARDED)  # noqa: S310 - our own server
            with urllib.request.urlopen(sent, timeout=20) as answer:  # noqa: S310
                cookies.append(answer.headers["Set-Cookie"])
    assert [cookie.startswith("__Host-dateline-visit=") and "; Secure;" in cookie for cookie in cookies] == [
        False,
        True,
    ]


def test_serving_to_the_network_without_tls_is_warned_of(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning says what to put before the server; with a flag of its own it is served all the same."""
    monkeypatch.setattr("web.cli.serving.run_server", lambda *_, **__: None)
    command = ["serve", "--host", "0.0.0.0", "--home", str(home.path)]  # noqa: S104 - it is refused
    refused = CliRunner().invoke(dateline, command)
    warned = CliRunner().invoke(dateline, [*command, "--open-to-network"])
    assert (refused.exit_code, warned.exit_code) == (2, 0)
    assert "trusted_proxy" in warned.stderr
    assert "TLS" in warned.stderr
