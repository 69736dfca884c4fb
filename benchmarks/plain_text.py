"""How many plain-text pages one core takes from their bytes to their records.

Run: python benchmarks/plain_text.py [--bytes N] [--most PAGES]. Pages are made of the sets in ../shared/corpora:
dispatches of MUC-3, pages in the layouts of known outlets, pages as a browser shows them as text. Each is cut at the
end of a line at N bytes, or run on with the pages after it until it has as many. The first figure is of the step that
an import's worker does (decode, clean, describe) with the places of the text left out, cold: every page is new. The
second is of the same pages once more, with the places. Times are CPU time in one process.
"""

import argparse
import platform
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive import pipeline, warmed  # noqa: E402, F401 - the process is warm as a worker is
from archive.description.places import FoundPlaces  # noqa: E402
from archive.rules import load_rule_set  # noqa: E402
from archive.sources import make_page  # noqa: E402

CORPORA = ROOT.parent / "shared" / "corpora"
SETS = ("muc3/muc3-dev", "text/outlet-lines-dev", "text/zyte181-rendered")
TEXT = "text/plain"


def read_texts(name: str) -> Iterator[bytes]:
    """Yield the bytes of a set's plain-text pages."""
    with zipfile.ZipFile(CORPORA / f"{name}.zip") as pages:
        for member in sorted(pages.namelist()):
            if not member.endswith("/"):
                yield pages.read(member)


def make_even(texts: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield pages of about `size` bytes: long ones cut at the end of a line, short ones run together."""
    page = b""
    for text in texts:
        page += (b"\n\n" if page else b"") + text
        if len(page) >= size:
            end = page.rfind(b"\n", size // 2, size)
            yield page[: end if end > 0 else size]
            page = b""
    if len(page) >= size // 2:
        yield page


def measure(step: Callable[[bytes], object], pages: list[bytes]) -> str:
    """Return pages a second and the times of one page."""
    seconds = []
    for content in pages:
        start = time.process_time()
        step(content)
        seconds.append(time.process_time() - start)
    middle, worst = 1000 * statistics.median(seconds), 1000 * max(seconds)
    return f"{len(pages) / sum(seconds):7.0f} pages/s  median {middle:5.2f} ms  worst {worst:5.1f}"


def main() -> None:
    """Print two lines for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bytes", type=int, default=5_000, help="of a page")
    parser.add_argument("--most", type=int, default=400, help="pages of each set")
    options = parser.parse_args()
    rules = load_rule_set()
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}; CPU time, cold, one core")

    def step(content: bytes) -> object:
        return pipeline.describe_page(make_page("page.txt", content, TEXT), rules)

    for name in SETS:
        pages = list(make_even(read_texts(name), options.bytes))[: options.most]
        size = sum(map(len, pages)) / max(len(pages), 1)
        with patch("archive.pipeline.describe_places", lambda *_: FoundPlaces((), (), ())):
            print(f"{name:24} {len(pages):4} pages of {size:5.0f} bytes  without places  {measure(step, pages)}")
        # The second time each page has been met before: only the places are new.
        print(f"{'':44}       with places     {measure(step, pages)}", flush=True)


if __name__ == "__main__":
    main()
