"""A search at size: whole answers through the catalogue, beside SQLite FTS5 and plain whoosh, at any size.

Run: python -m benchmarks.scale [--keep FOLDER] [--queries N] ENGINE:SIZE …   (tantivy:200000 fts5:200000 …)

Engines: tantivy and whoosh as Dateline uses them, `fts5` (SQLite's full text, facets counted in SQL) and `groupedby`
(plain whoosh with its own grouping and date ranges). Each is measured in a process of its own: building, opening in a
new process, 58 questions of nine kinds (ten hits with snippets; facets of date, outlet and place at least), and for
Dateline's engines a hundred reports more. With --queries the process then answers so many questions, and its memory
before and after is printed. With --keep archives and indexes stay in a folder and are used again.
Times are CPU time of all threads and processes; the machine may be busy with other work.
"""

import argparse
import json
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from archive.home import create_home, open_home
from archive.store import Store
from benchmarks.articles import fill_in_bulk, make_pages, make_report
from indexer import Catalogue, SearchRequest

# Kind → questions in the words of SQLite; Dateline's and whoosh's follow from them.
RARE = ("platinum", "hormuz", "sorghum", "cobalt", "yemen", "jute", "mozambique", "earthquake")
COMMON = ("bank", "market", "share", "trade", "price", "week", "government", "official")
PAIRS = ("oil tanker", "iran attack", "bank rate", "gulf ship", "trade deficit", "grain export", "dollar yen",
         "cocoa price")  # fmt: skip
EITHER = ("japan taiwan korea", "wheat corn grain", "gold silver platinum", "iran iraq kuwait", "coffee cocoa sugar",
          "france italy spain")  # fmt: skip
PHRASES = ("strait of hormuz", "interest rates", "central bank", "oil prices", "trade deficit", "prime minister")
SLOPPY = ("iran attack", "oil production", "bank interest", "gulf shipping", "grain sales", "trade talks")
PREFIXES = ("tank", "petrol", "terror", "agricultur", "missil", "econom")
NEAR = ("presidant", "goverment", "kuwat", "tankr", "minster", "comission")
DATED = ("oil", "missile", "trade", "bank")
YEARS = ("2005..2007", "2010..2012", "2014..2016", "2003..2005")
ALL = (
    *(("rare", word) for word in RARE),
    *(("common", word) for word in COMMON),
    *(("and", words) for words in PAIRS),
    *(("or", words) for words in EITHER),
    *(("phrase", words) for words in PHRASES),
    *(("slop", words) for words in SLOPPY),
    *(("prefix", word) for word in PREFIXES),
    *(("near", word) for word in NEAR),
    *(("dated", f"{word} {years}") for word, years in zip(DATED, YEARS, strict=True)),
)
TOP = 10
ADDED = 100

Ask = Callable[[str, str], int]


def as_query(kind: str, words: str) -> str:  # noqa: PLR0911 - one line for each kind
    """Return a question in Dateline's language."""
    match kind:
        case "or":
            return " OR ".join(words.split())
        case "phrase":
            return f'"{words}"'
        case "slop":
            return f'"{words}"~3'
        case "prefix":
            return f"{words}*"
        case "near":
            return f"{words}~"
        case "dated":
            word, years = words.split()
            return f"{word} date:{years}"
        case _:
            return words


def ask_catalogue(catalogue: Catalogue) -> Ask:
    """Return what asks Dateline, all facets counted."""
    return lambda kind, words: catalogue.search(SearchRequest(as_query(kind, words))).total


# --- SQLite's full text --------------------------------------------------------------------------------------


def build_fts5(file: Path, size: int) -> None:
    """Fill a database with articles, a full-text table, and one table of places."""
    with sqlite3.connect(file) as base:
        base.executescript(
            "PRAGMA synchronous=OFF; PRAGMA cache_size=-262144;"
            "CREATE TABLE report(n INTEGER PRIMARY KEY, outlet TEXT, year INT, month TEXT);"
            "CREATE TABLE place(n INT, name TEXT); CREATE INDEX place_n ON place(n);"
            "CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize='porter unicode61');"
        )
        for number in range(size):
            report = make_report(number)
            day = report.published.earliest or ""
            outlet = report.outlet.key if report.outlet else None
            body = "\n".join(passage.text for passage in report.body)
            base.execute("INSERT INTO report VALUES(?,?,?,?)", (number, outlet, day[:4] or None, day[:7] or None))
            base.execute("INSERT INTO words(rowid, title, body) VALUES(?,?,?)",
                         (number, report.title.value if report.title else "", body))  # fmt: skip
            base.executemany("INSERT INTO place VALUES(?,?)", {(number, place.name) for place in report.places})
        base.execute("INSERT INTO words(words) VALUES('optimize')")


def as_match(kind: str, words: str) -> str:
    """Return a question in SQLite's language; it has no near spellings, and counts words between differently."""
    match kind:
        case "or":
            return " OR ".join(words.split())
        case "phrase":
            return f'"{words}"'
        case "slop":
            return f"NEAR({words}, 3)"
        case "prefix":
            return f"{words}*"
        case "dated":
            return words.partition(" ")[0]
        case _:
            return words


def ask_fts5(base: sqlite3.Connection) -> Ask:
    """Return what asks SQLite: ten hits with snippets, and three facets counted in SQL."""

    def ask(kind: str, words: str) -> int:
        if kind == "near":
            return -1
        match = as_match(kind, words)
        first, last = words.split()[1].split("..") if kind == "dated" else ("0000", "9999")
        found = "FROM words JOIN report ON report.n = words.rowid WHERE words MATCH ? "
        asked: tuple[object, ...] = (match,)
        if kind == "dated":
            found, asked = found + "AND year BETWEEN ? AND ? ", (match, int(first), int(last))
        hits = base.execute(
            f"SELECT words.rowid, snippet(words, 1, '[', ']', '…', 20) {found} ORDER BY rank LIMIT {TOP}", asked
        )
        hits.fetchall()
        total = 0
        for column in ("month", "outlet"):
            total = sum(n for _, n in base.execute(f"SELECT {column}, count(*) {found} GROUP BY {column}", asked))
        places = f"SELECT name, count(*) FROM place WHERE n IN (SELECT words.rowid {found}) GROUP BY name"
        base.execute(places, asked).fetchall()
        return total

    return ask


# --- plain whoosh --------------------------------------------------------------------------------------------


def build_groupedby(folder: Path, size: int) -> None:
    """Index articles the way whoosh's manual shows, with its own stemming and sortable columns."""
    from whoosh import fields, index  # noqa: PLC0415 - a peer here, loaded for its own measurement
    from whoosh.analysis import StemmingAnalyzer  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    schema = fields.Schema(
        title=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True),
        body=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True),
        outlet=fields.ID(sortable=True),
        month=fields.ID(sortable=True),
        day=fields.DATETIME(sortable=True),
        place=fields.KEYWORD(sortable=True, commas=True),
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=512)
    for number in range(size):
        report = make_report(number)
        day = report.published.earliest
        writer.add_document(
            title=report.title.value if report.title else "",
            body="\n".join(passage.text for passage in report.body),
            outlet=report.outlet.key if report.outlet else "",
            month=(day or "")[:7],
            place=",".join({place.name for place in report.places}),
            **({"day": datetime.fromisoformat(day)} if day else {}),
        )
    writer.commit()


def ask_groupedby(folder: Path) -> Ask:
    """Return what asks plain whoosh: ten hits with highlights, three facets by `groupedby`."""
    from whoosh import index, qparser, query, sorting  # noqa: PLC0415

    opened = index.open_dir(str(folder))
    searcher = opened.searcher()
    parser = qparser.MultifieldParser(["title", "body"], opened.schema, plugins=None)
    parser.add_plugin(qparser.FuzzyTermPlugin())
    facets = [
        sorting.FieldFacet("month"),
        sorting.FieldFacet("outlet"),
        sorting.FieldFacet("place", allow_overlap=True),
    ]

    def ask(kind: str, words: str) -> int:
        asked = parser.parse(as_query("and", words.partition(" ")[0]) if kind == "dated" else as_query(kind, words))
        if kind == "dated":
            first, last = words.split()[1].split("..")
            years = query.DateRange("day", datetime(int(first), 1, 1), datetime(int(last), 12, 31))  # noqa: DTZ001
            asked = query.And([asked, years])
        found = searcher.search(
            asked, limit=TOP, groupedby=dict(zip(("month", "outlet", "place"), facets, strict=True))
        )
        for name in ("month", "outlet", "place"):
            found.groups(name)
        for hit in found[:TOP]:
            hit.highlights("body")
        return len(found)

    return ask


# --- measuring -----------------------------------------------------------------------------------------------


def build(engine: str, folder: Path, size: int) -> None:
    """Build what an engine asks, in this process, and print what that took."""
    if engine in {"tantivy", "whoosh"} and not folder.exists():
        fill_in_bulk(create_home(folder), size)
    held: list[tuple[float, float]] = []
    threading.Thread(target=watch, args=(held,), daemon=True).start()
    started, clock = processor_time(), time.perf_counter()
    if engine == "fts5":
        build_fts5(folder, size)
    elif engine == "groupedby":
        build_groupedby(folder, size)
    else:
        Catalogue.open(open_home(folder), engine=engine).close()
    spent, passed = processor_time() - started, time.perf_counter() - clock
    peak, own = (max(figures, default=0.0) for figures in zip(*held, strict=True))
    print(f"{engine:9} {size:9,}  built in {spent:7.0f} s CPU, {passed:7.0f} s by the clock: "
          f"{size / spent:6,.0f} articles a CPU second, {size / passed:6,.0f} by the clock; peak of all processes "
          f"{peak:5,.0f} MB, without files the system maps {own:5,.0f} MB")  # fmt: skip


def answer(engine: str, folder: Path, size: int, queries: int) -> None:
    """Open what was built and ask, in this process, and print how long each kind of question took."""
    started, clock = time.process_time(), time.perf_counter()
    ask, catalogue = open_ask(engine, folder)
    ask("rare", "hormuz")
    first, waited = (time.process_time() - started) * 1000, (time.perf_counter() - clock) * 1000
    print(f"{engine:9} {size:9,}  opened and first question {first:6.0f} ms CPU, {waited:6.0f} ms by the clock")
    times = {(kind, words): min(timed(ask, kind, words) for _ in range(2)) for kind, words in ALL}
    ran = sorted(spent for (kind, _), spent in times.items() if not (engine == "fts5" and kind == "near"))
    kinds = ", ".join(f"{kind} {statistics.median(values):.0f}" for kind, values in by_kind(times).items())
    print(f"{engine:9} {size:9,}  {len(ran)} questions: p50 {statistics.median(ran):7.1f}  p95 "
          f"{ran[int(len(ran) * 0.95)]:7.1f}  worst {ran[-1]:7.1f} ms CPU\n{'':21}{kinds}")  # fmt: skip
    if catalogue is not None:
        answer_more(f"{engine:9} {size:9,} ", catalogue, folder, ask, queries)


def answer_more(label: str, catalogue: Catalogue, folder: Path, ask: Ask, queries: int) -> None:
    """Print what deep pages cost, how soon a hundred more reports are found, and whether memory grows."""
    deep = [timed(lambda page, words: catalogue.search(SearchRequest(words, page=int(page))).total, page, "bank")
            for page in ("1", "10", "100", "1000", "5000")]  # fmt: skip
    print(f"{label} pages 1, 10, 100, 1,000 and 5,000 of one result: "
          + ", ".join(f"{spent:.0f}" for spent in deep) + " ms CPU")  # fmt: skip
    for sort in ("relevance", "newest"):
        started, last = time.process_time(), catalogue.count(SearchRequest("bank")) // TOP
        catalogue.search(SearchRequest("bank", sort=sort, page=last))
        paged, started = time.process_time() - started, time.process_time()
        found = sum(1 for _ in catalogue.find_all(SearchRequest("bank", sort=sort)).ids)
        print(f"{label} {sort}: last page, {last:,}, {paged * 1000:.0f} ms CPU; all {found:,} ids "
              f"{time.process_time() - started:.2f} s CPU")  # fmt: skip
    if queries:
        before = resident()
        for number in range(queries):
            ask(*ALL[number % len(ALL)])
        print(f"{label} resident {before:,.0f} MB, after {queries:,} questions {resident():,.0f} MB")
    with Store.open(open_home(folder)) as store:
        known = store.count()
        batch = store.start_batch("benchmark", [])
        store.put_all(list(make_pages(range(known, known + ADDED))), batch=batch)
    clock = time.perf_counter()
    catalogue.refresh()
    found = catalogue.search(SearchRequest(f"media:{50_000_000 + known + ADDED - 1}")).total
    print(f"{label} {ADDED} reports more, {'found' if found else 'NOT FOUND'} after "
          f"{time.perf_counter() - clock:.2f} s by the clock")  # fmt: skip


def open_ask(engine: str, folder: Path) -> tuple[Ask, Catalogue | None]:
    """Return what asks an engine, and the catalogue where it is ours."""
    if engine == "fts5":
        return ask_fts5(sqlite3.connect(folder)), None
    if engine == "groupedby":
        return ask_groupedby(folder), None
    catalogue = Catalogue.open(open_home(folder), engine=engine)
    return ask_catalogue(catalogue), catalogue


def timed(ask: Ask, kind: str, words: str) -> float:
    """Return the milliseconds of CPU time one question takes."""
    started = time.process_time()
    ask(kind, words)
    return (time.process_time() - started) * 1000


def by_kind(times: Mapping[tuple[str, str], float]) -> dict[str, Sequence[float]]:
    """Return the times of each kind of question."""
    kinds: dict[str, list[float]] = {}
    for (kind, _), spent in times.items():
        kinds.setdefault(kind, []).append(spent)
    return {kind: tuple(values) for kind, values in kinds.items()}


def processor_time() -> float:
    """Return the seconds of CPU this process has taken, and those it began that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def resident(kind: str = "VmRSS", process: str = "self") -> float:
    """Return the memory a process holds now, in MB; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(kind)), 0.0)


def find_family() -> list[str]:
    """Return the numbers of this process and of those it began, where the system tells them."""
    states = [(folder.name, folder / "stat") for folder in Path("/proc").glob("[0-9]*")]
    return [number for number, state in states if number == str(os.getpid()) or parent_of(state) == os.getpid()]


def parent_of(state: Path) -> int:
    """Return the number of the process that began the one with this state; 0 when it has ended."""
    try:
        return int(state.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def watch(held: list[tuple[float, float]]) -> None:
    """Note how much memory all processes hold together, a page they share counted for each; and how much is their own.

    What is not their own are files that the system maps, and takes back when it needs room.
    """
    while True:
        family = find_family()
        held.append((sum(resident("VmRSS", one) for one in family), sum(resident("RssAnon", one) for one in family)))
        time.sleep(0.2)


def main(arguments: Sequence[str]) -> None:
    """Measure each engine in processes of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="+", metavar="ENGINE:SIZE")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--queries", type=int, default=0)
    parser.add_argument("--step", choices=("build", "answer"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        for engine, size, folder in places(asked.what, asked.keep or Path(scratch)):
            if asked.step == "build":
                build(engine, folder, size)
            elif asked.step == "answer":
                answer(engine, folder, size, asked.queries)
            else:
                measure(engine, size, folder, asked.queries)


def places(what: Sequence[str], folder: Path) -> Iterator[tuple[str, int, Path]]:
    """Yield each engine with its size and the place of its index."""
    for one in what:
        engine, _, size = one.partition(":")
        yield engine, int(size), folder / f"{engine}-{size}"


def measure(engine: str, size: int, folder: Path, queries: int) -> None:
    """Build, unless a kept one is there, and ask, each in a new process."""
    steps = ("answer",) if folder.exists() else ("build", "answer")
    for step in steps:
        command = [sys.executable, "-m", "benchmarks.scale", f"{engine}:{size}", "--keep", str(folder.parent)]
        subprocess.run([*command, "--queries", str(queries), "--step", step], check=True)


if __name__ == "__main__":
    print(json.dumps([platform.machine(), platform.system(), f"Python {platform.python_version()}"]), file=sys.stderr)
    main(sys.argv[1:])
