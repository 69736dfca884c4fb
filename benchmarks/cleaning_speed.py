"""How long one page takes from its bytes to its record, beside trafilatura with metadata in the same run.

Run: python benchmarks/cleaning_speed.py [set …] [--peers PYTHON] [--most PAGES]. PYTHON is the interpreter of an
environment of its own that has trafilatura; without it, that of benchmarks/cleaning.py is taken, and made when it is
not there yet. Sets are looked for in ../shared/corpora/pages.

Ours and theirs each run in a process of their own and take the same page in turn, one waiting while the other works.
Times are CPU time, and cold: every page is new to the process, which has met none of the set before. Ours is the step
that an import's worker does for each page (decode, clean, describe), with the places of the text left out, which no
peer looks for. Theirs is `bare_extraction(bytes, with_metadata=True)`.

The memory printed is what a process holds at its peak beyond what it held before the first page.
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "corpora" / "pages"
SETS = ("zyte181", "wcxb-dev", "outlets-dev")
WARM_UP = (
    b"<html><head><title>A page</title></head><body><p>A line of text, by nobody, of 3 May 2016.</p></body></html>"
)


def ours() -> Callable[[bytes], object]:
    """Return our step: a page's bytes in, its description out, without the places of its text."""
    from archive import pipeline, warmed  # noqa: F401, PLC0415 - only this process has the program loaded
    from archive.description.places import FoundPlaces  # noqa: PLC0415
    from archive.rules import load_rule_set  # noqa: PLC0415
    from archive.sources import make_page  # noqa: PLC0415

    rules = load_rule_set()
    patch("archive.pipeline.describe_places", lambda *_: FoundPlaces((), (), ())).start()
    return lambda content: pipeline.describe_page(make_page("page.html", content, "text/html"), rules)


def theirs() -> Callable[[bytes], object]:
    """Return trafilatura's step on the same bytes."""
    from trafilatura import bare_extraction  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415

    return lambda content: bare_extraction(content, with_metadata=True)


def serve(step: Callable[[bytes], object]) -> None:
    """Answer each page that comes on standard input (its length, then its bytes) with CPU seconds and peak memory."""
    step(WARM_UP)
    _answer(0.0)
    while line := sys.stdin.buffer.readline():
        content = sys.stdin.buffer.read(int(line))
        start = time.process_time()
        step(content)
        _answer(time.process_time() - start)


def _answer(seconds: float) -> None:
    sys.stdout.write(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]) + "\n")
    sys.stdout.flush()


class Runner:
    """A process that takes one page at a time; `seconds` holds what each took, `before` and `peak` its memory in MB."""

    def __init__(self, python: str, name: str) -> None:
        self.process = subprocess.Popen(
            [python, str(Path(__file__).resolve()), "--serve", name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self.pages, self.answers = self.process.stdin, self.process.stdout
        self.seconds: list[float] = []
        self.before = self.peak = self._read()[1] / 1024

    def run(self, content: bytes) -> None:
        """Have one page done."""
        self.pages.write(b"%d\n%b" % (len(content), content))
        self.pages.flush()
        seconds, peak = self._read()
        self.seconds.append(seconds)
        self.peak = peak / 1024

    def close(self) -> None:
        """End the process."""
        self.pages.close()
        self.process.wait()

    def _read(self) -> tuple[float, float]:
        answer: list[Any] = json.loads(self.answers.readline())
        return answer[0], answer[1]

    def line(self) -> str:
        """Return its figures."""
        worst = 1000 * max(self.seconds)
        return (
            f"{1000 * statistics.fmean(self.seconds):6.1f} ms  median {1000 * statistics.median(self.seconds):5.1f}"
            f"  worst {worst:5.0f}  memory {self.before:3.0f} + {self.peak - self.before:.0f} MB"
        )


def read_pages(name: str, most: int) -> Iterator[bytes]:
    """Yield the bytes of a set's pages."""
    with zipfile.ZipFile(PAGES / f"{name}.zip") as pages:
        for member in sorted(pages.namelist())[:most]:
            yield pages.read(member)


def measure(name: str, pages: Iterator[bytes], peers: str) -> None:
    """Print one set's lines."""
    mine, other = Runner(sys.executable, "ours"), Runner(peers, "theirs")
    for content in pages:
        mine.run(content)
        other.run(content)
    mine.close()
    other.close()
    print(f"{name:14} {len(mine.seconds):4} pages  ours        {mine.line()}")
    print(
        f"{'':14} {'':10}  trafilatura {other.line()}  ratio {sum(mine.seconds) / sum(other.seconds):.3f}", flush=True
    )


def _find_peers() -> str:
    sys.path.insert(0, str(ROOT))
    from benchmarks.cleaning import make_environment  # noqa: PLC0415 - the peers' own process cannot load it

    return str(make_environment())


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--peers", help="the Python of an environment with trafilatura, when not that of cleaning.py")
    parser.add_argument("--most", type=int, default=100_000, help="pages of each set")
    parser.add_argument("--serve", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(ours() if options.serve == "ours" else theirs())
        return
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}; CPU time per page, cold")
    for name in options.sets:
        measure(name, read_pages(name, options.most), options.peers or _find_peers())


if __name__ == "__main__":
    main()
