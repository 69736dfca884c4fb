"""What an import keeps in memory: every process of it, with pages that processes share counted once.

Run: python benchmarks/memory.py [--jobs N]. It imports MUC-3 (in ../shared) into an archive of its own, and looks at
all of its processes several times a second. Linux only.

How it is counted: the kernel's Pss, a process's own pages and its part of each page that it shares, so that the sum
over the processes counts every page once. Given are the most that one process ever had, and the most that all had
together, divided by their number. Pages of the mapped gazetteer that were looked at count, though they can be dropped.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
PAGES = SHARED / "corpora" / "muc3" / "muc3-dev.zip"
PAUSE = 0.3  # seconds between two looks
KILO, MEGA = 1024, 1_000_000


@dataclass(frozen=True, slots=True)
class Memory:
    """The most that one process had, the most that all had together and their number then, in megabytes."""

    largest: float
    together: float
    processes: int


def measure_import(jobs: int) -> Memory:
    """Import MUC-3 with so many describing processes and return what all processes had in memory at most."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "web", "import", str(PAGES), "--home", f"{folder}/home"]
        subprocess.run(
            [sys.executable, "-m", "web", "init", "--home", f"{folder}/home"], check=True, stdout=subprocess.DEVNULL
        )
        with subprocess.Popen(
            [*command, "--jobs", str(jobs), "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as importing:
            looks = []
            while importing.poll() is None:
                sizes = [size for pid in family(importing.pid) if (size := read_pss(pid))]
                looks += [sizes] if sizes else []
                time.sleep(PAUSE)
    fullest = max(looks, key=sum)
    return Memory(max(max(sizes) for sizes in looks), sum(fullest), len(fullest))


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started, as far as they still run."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def read_pss(pid: int) -> float:
    """Return the megabytes of a process, shared pages by its part; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) * KILO / MEGA for line in lines if line.startswith("Pss:"))


def main() -> int:
    """Print the figures."""
    asked = argparse.ArgumentParser(description="Measure the memory of an import.")
    asked.add_argument("--jobs", type=int, default=2)
    if not PAGES.is_file():
        print("../shared is not there: nothing to measure")
        return 1
    memory = measure_import(asked.parse_args().jobs)
    print(
        f"import of MUC-3: {memory.together:.0f} MB in {memory.processes} processes, "
        f"{memory.together / memory.processes:.0f} MB each; the largest {memory.largest:.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
