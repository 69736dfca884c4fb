"""How long one page takes from its bytes to its record, beside trafilatura with metadata in the same run.

Run: python benchmarks/cleaning_speed.py [set …] [--peers PYTHON] [--most PAGES] [--known]. PYTHON is the interpreter
of an environment of its own that has trafilatura; without it, that of benchmarks/cleaning.py is taken, and made when
it is not there yet. Sets are looked for in ../shared/corpora/pages.

Ours and theirs each run in a process of their own and take the same page in turn, one waiting while the other works.
Times are CPU time, and cold: every page is new to the process, which has met none of the set before. Ours is the step
that an import's worker does for each page (decode, clean, describe), with the places of the text left out, which no
peer looks for. Theirs is `bare_extraction(bytes, with_metadata=True)`.

With --known each page comes from an outlet with rules: those that `dateline outlet new` would propose from that page,
with CSS selectors for headline, byline, body and the rest, and the person importing names the outlet.

The memory printed is what a process holds at its peak beyond what it held before the first page.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "corpora" / "pages"
SETS = ("zyte181", "wcxb-dev", "outlets-dev")
HTML = "text/html"
WARM_UP = (
    b"<html><head><title>A page</title></head><body><p>A line of text, by nobody, of 3 May 2016.</p></body></html>"
)


def ours(outlets: str | None) -> Callable[[bytes, str | None], object]:
    """Return our step: a page's bytes in, its description out, without the places of its text.

    `outlets` is a folder of further rule files; the step takes the outlet's key, if any.
    """
    from archive import pipeline, warmed  # noqa: F401, PLC0415 - only this process has the program loaded
    from archive.description.places import FoundPlaces  # noqa: PLC0415
    from archive.model import Given  # noqa: PLC0415
    from archive.rules import load_rule_set  # noqa: PLC0415
    from archive.sources import make_page  # noqa: PLC0415

    rules = load_rule_set(Path(outlets) if outlets else None)
    patch("archive.pipeline.describe_places", lambda *_: FoundPlaces((), (), ())).start()
    return lambda content, key: pipeline.describe_page(make_page("page.html", content, HTML), rules, Given(key))


def theirs() -> Callable[[bytes, str | None], object]:
    """Return trafilatura's step on the same bytes."""
    from trafilatura import bare_extraction  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415

    return lambda content, _: bare_extraction(content, with_metadata=True)


def serve(step: Callable[[bytes, str | None], object]) -> None:
    """Answer each page that comes (its length and its outlet, then its bytes) with CPU seconds and peak memory."""
    step(WARM_UP, None)
    _answer(0.0)
    while line := sys.stdin.buffer.readline().decode():
        length, _, key = line.strip().partition(" ")
        content = sys.stdin.buffer.read(int(length))
        start = time.process_time()
        step(content, key or None)
        _answer(time.process_time() - start)


def _answer(seconds: float) -> None:
    sys.stdout.write(json.dumps([seconds, _peak()]) + "\n")
    sys.stdout.flush()


def _peak() -> int:
    """Return the most memory this process has held, in KB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


class Runner:
    """A process that takes one page at a time; `seconds` holds what each took, `before` and `peak` its memory in MB."""

    def __init__(self, python: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [python, str(Path(__file__).resolve()), "--serve", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self.pages, self.answers = self.process.stdin, self.process.stdout
        self.seconds: list[float] = []
        self.before = self.peak = self._read()[1] / 1024

    def run(self, content: bytes, key: str = "") -> None:
        """Have one page done."""
        self.pages.write(b"%d %b\n%b" % (len(content), key.encode(), content))
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


def propose(pages: Sequence[bytes], folder: str) -> list[str]:
    """Write a rule file for each page's outlet; return their keys, "" where the page gives too little to go by."""
    from archive.errors import ArchiveError  # noqa: PLC0415 - as above
    from archive.proposing import propose_outlet  # noqa: PLC0415
    from archive.rules import load_rule_set  # noqa: PLC0415
    from archive.sources import make_page  # noqa: PLC0415

    rules, keys = load_rule_set(), []
    for number, content in enumerate(pages):
        key = f"outlet-{number:03}"
        try:
            proposal = propose_outlet(key, [make_page(f"{key}.html", content, HTML)], rules)
        except ArchiveError:
            keys.append("")
            continue
        (Path(folder) / f"{key}.toml").write_text(proposal.text, encoding="utf-8")
        keys.append(key)
    return keys


def measure(name: str, pages: Sequence[bytes], peers: str, *, known: bool) -> None:
    """Print one set's lines."""
    with tempfile.TemporaryDirectory() as folder:
        keys = propose(pages, folder) if known else [""] * len(pages)
        mine, other = Runner(sys.executable, "ours", folder), Runner(peers, "theirs")
        for content, key in zip(pages, keys, strict=True):
            if key or not known:
                mine.run(content, key)
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
    parser.add_argument("--known", action="store_true", help="with a rule file for each page's outlet")
    parser.add_argument("--serve", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(ours(*options.sets[:1]) if options.serve == "ours" else theirs())
        return
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}; CPU time per page, cold")
    for name in options.sets:
        pages = list(read_pages(name, options.most))
        measure(name, pages, options.peers or _find_peers(), known=options.known)


if __name__ == "__main__":
    main()
