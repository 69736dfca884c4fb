"""How long a search takes: every engine on Reuters articles, the whole answer with all facet counts.

Run: python benchmarks/search.py [number of articles …]. Reads ../shared; prints a table and names the machine.
"""

import gc
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

from archive.holdings import StoredReport
from archive.model import Date, OutletClaim, Passage, Place, Report, Source, Span, Title
from indexer.document import DEFAULT_KEYS, Document, make_document
from indexer.engine import Engine, Question
from indexer.engines import is_installed, open_engine
from indexer.query.clauses import words_sought
from indexer.query.meaning import understand
from indexer.query.parser import parse

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "search" / "reuters21578.zip"
SPAN = Span(0, 0)
SIZES = (1_300, 21_000)
SLOW_FROM = 2_000  # the oracle reads every report for every question
QUERIES = (
    "cocoa", "platinum", "hormuz", "embargo", "said", "oil", "bank", "dollar", "trade", "oil tanker", "iran attack",
    "interest rates", "gulf war", "japan OR taiwan OR korea", "wheat OR corn OR grain", "oil -opec", "NOT said",
    '"strait of hormuz"', '"interest rates"', '"oil price"~3', '"iran attack"~5', "tank*", "petrol*", "econ*",
    "presidant~", "goverment~", "kuwat~2", "=IRAN", "=tankers", "title:oil", "place:iran missile", "date:1987-03",
    "oil date:1987-02..1987-03", "(oil OR gas) tanker -(iran OR iraq)", "",
)  # fmt: skip


def read_articles() -> Iterator[Document]:
    """Yield the corpus as documents."""
    with zipfile.ZipFile(CORPUS) as archive, archive.open("reuters21578.jsonl") as lines:
        for line in io.TextIOWrapper(lines, encoding="utf-8"):
            yield make_document(make_report(json.loads(line)))


def make_report(article: dict[str, str | list[str]]) -> StoredReport:
    """Return one article as the store would give it out."""
    day, title = str(article["date"] or "")[:10], str(article["title"])
    paragraphs = str(article["text"]).split("\n    ")
    report = Report(
        source=Source(str(article["id"]), "", "text/plain", 0),
        outlet=OutletClaim("reuters", "Reuters", "corpus", "metadata"),
        title=Title(title, title, "corpus", "metadata"),
        language="en",
        published=Date(day, day, day, "stated") if day else Date(),
        body=tuple(Passage(text, "paragraph", SPAN) for text in paragraphs),
        places=tuple(Place(name, name, None, None, None, None, "mentioned") for name in article["places"]),
        section=tuple(article["topics"]),
    )
    return StoredReport(f"r{int(str(article['id'])):06}", report, 1)


def measure(name: str, documents: list[Document]) -> str:
    """Return one line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        engine = open_engine(name, Path(folder))
        engine.update(documents, fresh=True)
        built = time.process_time() - started
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        engine.refresh()
        started = time.perf_counter()
        ask(engine, "oil")
        first = time.perf_counter() - started
        gc.disable()
        times = sorted(min(timed(engine, query) for _ in range(3)) for query in QUERIES)
        gc.enable()
        engine.close()
    slow = times[int(len(times) * 0.95)]
    figures = f"{first * 1000:9.1f} {statistics.median(times):9.2f} {slow:9.2f} {times[-1]:9.2f}"
    return f"{len(documents):8,} {name:8} {built:8.1f} {size:8.1f} {figures}"


def ask(engine: Engine, query: str) -> int:
    """Return how many reports a query finds, after everything a page of results needs from an engine."""
    clause = understand(parse(query).tree, DEFAULT_KEYS)
    # As the catalogue asks: without a word to weigh, the newest come first.
    return engine.search(Question(clause, sort="relevance" if words_sought(clause) else "newest")).total


def timed(engine: Engine, query: str) -> float:
    """Return the milliseconds one search takes."""
    started = time.perf_counter()
    ask(engine, query)
    return (time.perf_counter() - started) * 1000


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    if not CORPUS.is_file():
        print(f"The Reuters corpus is not there ({CORPUS.name} in ../shared/corpora/search): nothing to measure.")
        return
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {len(QUERIES)} queries")
    print(" reports engine   build s  size MB  first ms    p50 ms    p95 ms    max ms")
    articles = list(read_articles())
    for size in sizes:
        for name in ("tantivy", "whoosh", "memory"):
            if is_installed(name) and (name != "memory" or size <= SLOW_FROM):
                print(measure(name, articles[:size]))


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
