"""How long a page takes and how large it is, and what 50 readers at once meet.

Run: python benchmarks/reading_room.py [articles] [seconds]. Makes an archive of so many articles (20,000) in a
temporary folder, asks for pages of each kind in this process (processor time, without a network), then lets 50 readers
search the real server for so many seconds (20) and prints what they waited. Such an archive has no originals, so its
report pages cannot be asked for. Reads ../shared.
"""

import platform
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote

from flask.testing import FlaskClient
from waitress import create_server

from archive.home import create_home
from benchmarks.articles import fill_in_bulk
from indexer import Catalogue
from web.application import STATIC, create_app

QUERIES = (
    "", "cocoa", "hormuz", "said", "oil", "oil tanker", "interest rates", "japan OR taiwan OR korea", "oil -opec",
    '"strait of hormuz"', '"oil price"~3', "tank*", "presidant~", "=IRAN", "title:oil", "date:2010..2012 oil",
    "(oil OR gas) tanker -(iran OR iraq)", "outlet:outlet-03",
)  # fmt: skip
KINDS = ("/trends?q=oil&q=gas", "/timeline?q=hormuz", "/compare?a=outlet:outlet-01&b=outlet:outlet-02", "/browse",
         "/outlets/outlet-03", "/names", "/export?q=oil", "/", "/feed/search.atom?q=oil",
         "/api/v1/search?q=oil")  # fmt: skip
READERS = 50
DEFAULTS = (20_000, 20)  # articles, seconds
ROUNDS = 3
PATIENCE = 30  # seconds after which a reader has given up


def time_page(client: FlaskClient, path: str) -> tuple[float, int]:
    """Return the least milliseconds of processor time that a page took, and its bytes as sent."""
    taken = []
    size = 0
    for _ in range(ROUNDS):
        started = time.process_time()
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
            size = len(answer.data)
        taken.append(time.process_time() - started)
    return 1_000 * min(taken), size


def at(times: Iterable[float], share: float) -> float:
    """Return the time that this share of all times does not exceed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def read_for(address: str, paths: list[str], until: float, waited: list[float], failed: list[str]) -> None:
    """Ask for one page after the other until it is time, and note how long each took."""
    number = 0
    while time.monotonic() < until:
        path = paths[number % len(paths)]
        number += 1
        started = time.monotonic()
        try:
            with urllib.request.urlopen(address + path, timeout=PATIENCE) as answer:  # noqa: S310  our own server
                answer.read()
            waited.append(time.monotonic() - started)
        except (URLError, OSError) as problem:
            failed.append(f"{path}: {problem}")


def load(catalogue: Catalogue, paths: list[str], seconds: int) -> None:
    """Let readers ask the real server all at once, and print what they met."""
    server = create_server(create_app(catalogue), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    waited: list[float] = []
    failed: list[str] = []
    until = time.monotonic() + seconds
    address = f"http://127.0.0.1:{server.effective_port}"
    readers = [
        threading.Thread(target=read_for, args=(address, paths[turn:] + paths[:turn], until, waited, failed))
        for turn in (number % len(paths) for number in range(READERS))
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    for said in sorted(set(failed))[:10]:
        print(said)
    server.close()
    print(f"\n{READERS} readers for {seconds} s: {len(waited):,} pages, {len(failed)} failed, "
          f"p50 {at(waited, 0.5):.2f} s, p95 {at(waited, 0.95):.2f} s")  # fmt: skip


def main() -> None:
    """Print the figures."""
    asked = [int(text) for text in sys.argv[1:]]
    articles, seconds = (*asked, *DEFAULTS[len(asked) :])[:2]
    print(f"{platform.machine()}, Python {platform.python_version()}, {articles:,} articles")
    with tempfile.TemporaryDirectory() as folder:
        home = create_home(Path(folder) / "home")
        fill_in_bulk(home, articles)
        with Catalogue.open(home, engine="tantivy") as catalogue:
            client = create_app(catalogue).test_client()
            searches = [f"/search?q={quote(query)}" if query else "/search" for query in QUERIES]
            figures = [time_page(client, path) for path in searches]
            times, sizes = [one for one, _ in figures], [size for _, size in figures]
            print(f"search page: p50 {statistics.median(times):.1f} ms, p95 {at(times, 0.95):.1f} ms, "
                  f"largest {max(sizes) / 1_000:.1f} kB as sent")  # fmt: skip
            parts = sum(file.stat().st_size for file in STATIC.iterdir() if file.suffix in {".css", ".js"})
            print(f"style sheet and scripts: {parts / 1_000:.1f} kB, asked for once")
            for path in KINDS:
                taken, size = time_page(client, path)
                print(f"{path}: {taken:.1f} ms, {size / 1_000:.1f} kB")
            load(catalogue, searches, seconds)


if __name__ == "__main__":
    main()
