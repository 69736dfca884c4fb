"""How fast pages come in: read, described, stored and safe on the disk, by one process and by several.

Run: python benchmarks/importing.py [number of processes …]. Imports the samples and, where ../shared is there, two
larger sets, each into an archive of its own that is thrown away; prints a table and names the machine.
"""

import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.batch import Crew, import_pages
from archive.cores import count_cores
from archive.home import create_home
from archive.model import Given
from archive.rules import load_rule_set
from archive.store import Store
from archive.workers import warm_up
from web.cli.samples import samples_folder

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
SETS = {
    "samples": samples_folder(),
    "MUC-3": CORPORA / "muc3" / "muc3-dev.zip",
    "zyte181": CORPORA / "pages" / "zyte181.zip",
}
LIMIT = 16_000_000


def main(jobs: list[int]) -> None:
    """Print the table; each line is measured in a process of its own, so that memory is counted anew."""
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {count_cores()} cores")
    print(
        "first: pages/s into a new archive; again: the same once more; CPU and memory: of the one that reads and writes"
    )
    print("set       jobs    pages    first    again    CPU s  peak MB")
    for name, path in SETS.items():
        if not path.exists():
            print(f"{name:8}  is not there ({path.name} in ../shared/corpora): nothing to measure.")
            continue
        for count in jobs:
            subprocess.run([sys.executable, __file__, "--one", name, str(count)], check=True)


def measure(name: str, jobs: int) -> None:
    """Print one line: the first import of a set, and the same import again."""
    crew = Crew(0 if jobs == 1 else jobs)
    if crew.count:
        warm_up()
    with tempfile.TemporaryDirectory(dir=ROOT) as folder, Store.open(create_home(Path(folder) / "home")) as store:
        busy = time.process_time()
        first, pages = bring_in(store, SETS[name], crew)
        busy = time.process_time() - busy
        again, _ = bring_in(store, SETS[name], crew)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:8} {jobs:5} {pages:8,} {pages / first:8.0f} {pages / again:8.0f} {busy:8.1f} {peak:8.0f}")


def bring_in(store: Store, path: Path, crew: Crew) -> tuple[float, int]:
    """Return how many seconds an import took, and how many pages it met."""
    rules = load_rule_set()
    began = time.perf_counter()
    found = import_pages(store, [path], rules, Given(), report=lambda _: None, limit=LIMIT, crew=crew)
    return time.perf_counter() - began, sum(found.lines.values())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(count) for count in sys.argv[1:]] or [1, 2])
