"""How long a page takes and how large it is, sent and unpacked.

Run: python -m benchmarks.reading_room [articles] [home]. Makes an archive of so many articles (20,000) in a temporary
folder, or takes the one in `home` if there is one, and asks for pages of each kind in this process (processor time,
without a network). Such an archive has no originals, so its report pages cannot be asked for; benchmarks/readers.py
asks for those, and says what 50 readers meet. Reads ../shared.
"""

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask.testing import FlaskClient

from archive.home import Home, create_home
from benchmarks.articles import fill_in_bulk
from indexer import Catalogue
from web.application import create_app
from web.assets import STATIC

QUERIES = (
    "", "cocoa", "hormuz", "said", "oil", "oil tanker", "interest rates", "japan OR taiwan OR korea", "oil -opec",
    '"strait of hormuz"', '"oil price"~3', "tank*", "presidant~", "=IRAN", "title:oil", "date:2010..2012 oil",
    "(oil OR gas) tanker -(iran OR iraq)", "outlet:outlet-03",
)  # fmt: skip
KINDS = ("/trends?q=oil&q=gas", "/timeline?q=hormuz", "/compare?a=outlet:outlet-01&b=outlet:outlet-02", "/browse",
         "/outlets/outlet-03", "/names", "/export?q=oil", "/", "/feed/search.atom?q=oil",
         "/api/v1/search?q=oil")  # fmt: skip
ARTICLES = 20_000
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """The least milliseconds of processor time that a page took, its bytes as sent, and its bytes unpacked."""

    taken: float
    sent: int
    unpacked: int


def time_page(client: FlaskClient, path: str) -> Figure:
    """Ask for a page several times."""
    taken = []
    size = 0
    for _ in range(ROUNDS):
        started = time.process_time()
        with client.get(path, headers={"Accept-Encoding": "gzip"}, follow_redirects=True) as answer:
            size = len(answer.data)
        taken.append(time.process_time() - started)
    with client.get(path, follow_redirects=True) as answer:
        return Figure(1_000 * min(taken), size, len(answer.data))


def at(times: Iterable[float], share: float) -> float:
    """Return the time that this share of all times does not exceed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def measure(home: Home) -> None:
    """Print the figures of one archive."""
    with Catalogue.open(home, engine="tantivy") as catalogue:
        client = create_app(catalogue).test_client()
        searches = [f"/search?q={quote(query)}" if query else "/search" for query in QUERIES]
        figures = [time_page(client, path) for path in searches]
        times = [figure.taken for figure in figures]
        print(f"search page: p50 {statistics.median(times):.1f} ms, p95 {at(times, 0.95):.1f} ms, largest "
              f"{max(figure.sent for figure in figures) / 1_000:.1f} kB as sent, "
              f"{max(figure.unpacked for figure in figures) / 1_000:.1f} kB unpacked")  # fmt: skip
        for file in sorted(STATIC.iterdir()):
            figure = time_page(client, f"/static/{file.name}")
            print(
                f"{file.name}: {figure.sent / 1_000:.1f} kB as sent, {figure.unpacked / 1_000:.1f} kB, asked for once"
            )
        for path in KINDS:
            figure = time_page(client, path)
            print(
                f"{path}: {figure.taken:.1f} ms, {figure.sent / 1_000:.1f} kB, {figure.unpacked / 1_000:.1f} unpacked"
            )


def main() -> None:
    """Print the figures."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    print(f"{platform.machine()}, Python {platform.python_version()}, {articles:,} articles")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "home"
        home = create_home(place)
        if home.created:
            fill_in_bulk(home, articles)
        measure(home)


if __name__ == "__main__":
    main()
