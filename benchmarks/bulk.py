"""How fast many reports are edited at once, their index with them, and how fast that is undone.

Run: python -m benchmarks.bulk [--keep FOLDER] [--size N] [--edit N]. Edits N reports of an archive of articles
(benchmarks/articles.py) as the desk does, pauses for other writers included, then undoes the edit; checks that the
index has exactly the edited reports, and prints seconds, reports a second, and the longest a second writer waited.
"""

import argparse
import platform
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path

from sqlalchemy import insert, select

from archive.home import create_home
from archive.store import Store
from archive.store.tables import reports, versions
from benchmarks.articles import fill_in_bulk
from indexer import Catalogue, Edit, SearchRequest


def main() -> None:
    """Build the archive if it is not there, and print the figures."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--keep", type=Path)
    wishes.add_argument("--size", type=int, default=100_000)
    wishes.add_argument("--edit", type=int, default=10_000)
    asked = wishes.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = asked.keep or Path(folder)
        home = kept / f"bulk-{asked.size}"
        if not home.exists():
            build(home, asked.size)
        measure(home, asked.edit)


def build(folder: Path, size: int) -> None:
    """Make an archive of so many articles, each with its first description, and its index."""
    home = create_home(folder)
    fill_in_bulk(home, size)
    with Store.open(home) as store, store.transaction() as connection:
        found = connection.execute(select(reports.c.id, reports.c.record)).all()
        blank = {"number": 1, "rule_set": "x", "digest": "x", "blocks": "[]", "evidence": "[]", "event": 1}
        connection.execute(insert(versions), [blank | {"report_id": row.id, "record": row.record} for row in found])
    Catalogue.open(home).close()


def measure(folder: Path, size: int) -> None:
    """Edit so many reports and undo it, and print what that took."""
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    word = f"bulk{time.time_ns()}"
    with Catalogue.open(create_home(folder)) as catalogue:
        ids = list(islice(catalogue.find_all(SearchRequest("")).ids, size))
        began = time.perf_counter()
        number = catalogue.bulk.plan(Edit("section", "add", word), ids, by="benchmark")
        print(f"plan     {len(ids):8,} reports {time.perf_counter() - began:7.1f} s")
        catalogue.bulk.start(number, by="benchmark")
        work(catalogue, folder, "edit", len(ids))
        assert catalogue.count(SearchRequest(f"section:{word}")) == len(ids)  # noqa: S101 - a check, not a branch
        catalogue.bulk.undo(number, by="benchmark")
        work(catalogue, folder, "undo", len(ids))
        assert catalogue.count(SearchRequest(f"section:{word}")) == 0  # noqa: S101 - as above


def work(catalogue: Catalogue, folder: Path, name: str, size: int) -> None:
    """Work off what waits, while somebody else writes, and print what it took."""
    over, waits = threading.Event(), [0.0]
    writer = threading.Thread(target=write_beside, args=(folder, over, waits))
    writer.start()
    wall, busy = time.perf_counter(), time.process_time()
    catalogue.bulk.work()
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    over.set()
    writer.join()
    rate = f"{size / wall:6.0f} reports/s"
    print(f"{name}     {size:8,} reports {wall:7.1f} s {busy:7.1f} s CPU {rate}, others waited {max(waits):.2f} s")


def write_beside(folder: Path, over: threading.Event, waits: list[float]) -> None:
    """Take the right to write every half second, as another person's correction does, and note the wait."""
    with Store.open(create_home(folder), patience=60) as store:
        while not over.wait(0.5):
            began = time.perf_counter()
            with store.transaction():
                waits.append(time.perf_counter() - began)


if __name__ == "__main__":
    main()
