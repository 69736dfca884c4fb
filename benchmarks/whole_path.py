"""The whole path: how many pages a second an import takes in, and how long a question waits for its whole answer.

Run: python benchmarks/whole_path.py [most pages a set]. Sets: the sample collection, and from ../shared MUC-3 and
Reuters-21578 (articles written as text pages). A set that is not there is named and left out. Search goes through the
catalogue as the pages do: ten hits with snippets, and every facet counted over all matches.
"""

import io
import json
import platform
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from archive.batch import import_pages
from archive.home import create_home
from archive.model import Given
from archive.rules import load_rule_set
from archive.store import Store
from indexer import Catalogue, SearchRequest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpora"
MOST_PAGES = 5_000
QUERIES = (
    "army", "government officials", "FMLN", '"peace talks"', "oil OR coffee OR trade", "attack -bomb", "terror*",
    "goverment~", "=ISIS", "Daesh", "title:trade", "date:1989-11", "date:1987..1989 minister", "date:unknown",
    "(soldiers OR troops) killed", '"armed forces"~3', "place:Colombia police", "Moscow", "said", "",
)  # fmt: skip


def write_reuters(folder: Path, most: int) -> None:
    """Write Reuters articles as pages of plain text."""
    with (
        zipfile.ZipFile(SHARED / "search" / "reuters21578.zip") as archive,
        archive.open("reuters21578.jsonl") as lines,
    ):
        for number, line in enumerate(io.TextIOWrapper(lines, encoding="utf-8")):
            if number >= most:
                break
            article = json.loads(line)
            page = folder / f"{article['id']}.txt"
            page.write_text(f"{article['title']}\n\n{article['text']}\n", encoding="utf-8")


def find_sets(scratch: Path, most: int) -> Iterator[tuple[str, Path]]:
    """Yield the name and folder of every set that is there."""
    yield "sample", ROOT / "samples"
    if not SHARED.is_dir():
        print("../shared is not there: MUC-3 and Reuters are left out")
        return
    yield "MUC-3", SHARED / "muc3"
    write_reuters(scratch, most)
    yield "Reuters", scratch


def measure(name: str, folder: Path) -> None:
    """Print one line for the import and one for each engine's answers."""
    rules = load_rule_set()
    with tempfile.TemporaryDirectory() as place:
        home = create_home(Path(place) / "home")
        started = time.perf_counter()
        with Store.open(home) as store:
            report = import_pages(store, [folder], rules, Given(), report=lambda _: None, limit=10**7)
        took = time.perf_counter() - started
        pages = sum(count for outcome, count in report.lines.items() if outcome != "skipped")
        print(f"{name:8} {pages:6,} pages  import {pages / took:7.0f} pages/s")
        for engine in ("tantivy", "whoosh"):
            with Catalogue.open(home, engine=engine) as catalogue:
                started = time.perf_counter()
                catalogue.rebuild()
                built = time.perf_counter() - started
                times = sorted(min(ask(catalogue, query) for _ in range(3)) for query in QUERIES)
            late = times[int(len(times) * 0.95)]
            print(
                f"{'':8} {engine:12}  index  {pages / built:7.0f} pages/s   "
                f"answer p50 {statistics.median(times):6.1f} ms  p95 {late:6.1f} ms"
            )


def ask(catalogue: Catalogue, query: str) -> float:
    """Return how many milliseconds the whole answer to one question takes."""
    started = time.perf_counter()
    catalogue.search(SearchRequest(query))
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else MOST_PAGES
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {len(QUERIES)} questions")
    with tempfile.TemporaryDirectory() as scratch:
        for name, folder in find_sets(Path(scratch), most):
            measure(name, folder)


if __name__ == "__main__":
    main()
