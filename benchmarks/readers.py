"""What fifty readers at once meet: each asks, narrows, turns pages and opens reports, in a server of its own process.

Run: python -m benchmarks.readers [articles] [seconds] [think]. Imports so many Reuters and MUC-3 articles (4,000) as
anybody would, serves them with the real command in its default number of processes, and lets 50 readers read for so
many seconds (120). A reader takes `think` seconds (0: none at all, which no person does) after each page. Every
question is made from words of the articles themselves, hardly any twice; nothing is asked conditionally, so no page
comes from a reader's own store. Server and readers share this machine. Reads ../shared.
"""

import asyncio
import gzip
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

from benchmarks.articles import read_material
from benchmarks.whole_path import SHARED, write_reuters

READERS = 50
DEFAULTS = (4_000, 120, 0)  # articles, seconds, seconds of thought
PATIENCE = 30  # seconds after which a reader has given up
MUC = 1_300  # articles of MUC-3 among them
HIT = re.compile(r'<h2 dir="auto"><a href="(/a/[^"]+)"')
TICK = re.compile(r'name="(outlet|place|date|section|name)" value="([^"]+)" form="search">')
NEXT = re.compile(r'<a href="([^"]+)" rel="next"')
LENGTH = re.compile(rb"(?i)\r\nContent-Length: (\d+)")


@dataclass
class Met:
    """What the readers met: how long each page took, by its kind, and what went wrong."""

    waited: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    sent: int = 0

    def all(self) -> list[float]:
        """Return how long every page took."""
        return [each for times in self.waited.values() for each in times]


class Reader:
    """One reader with one connection, as a browser keeps it."""

    def __init__(self, number: int, address: str, met: Met, think: float) -> None:
        self._chance, self._met, self._think = Random(number), met, think  # noqa: S311 - figures, not secrets
        split = urlsplit(address)
        self._host, self._port = str(split.hostname), int(split.port or 80)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def read_until(self, end: float) -> None:
        """Read until it is time: a question, then what one does with its results."""
        await asyncio.sleep(self._chance.random() * min(self._think + 1, 5))  # nobody begins on the same stroke
        while time.monotonic() < end:
            text = await self._get("search", f"/search?q={quote(self._make_question())}")
            for _ in range(self._chance.randrange(5)):
                if time.monotonic() >= end:
                    break
                text = await self._go_on(text)

    async def _go_on(self, results: str) -> str:
        """Open a report, tick a facet or turn the page; returns the list one is then looking at."""
        hits, ticks, following = HIT.findall(results), TICK.findall(results), NEXT.findall(results)
        choice = self._chance.random()
        if hits and choice < 0.5:
            await self._get("report", unescape(self._chance.choice(hits)))
            return results
        if following and choice < 0.75:
            return await self._get("search", unescape(following[0]))
        if ticks:
            key, value = self._chance.choice(ticks)
            return await self._get(
                "search", f"/search?q={quote(self._make_question(1))}&{key}={quote(unescape(value))}"
            )
        return results

    def _make_question(self, most: int = 3) -> str:
        """Return one to three words that stand together in an article, sometimes as a phrase or as alternatives."""
        sentence = self._chance.choice(self._chance.choice(read_material().sentences)).split()
        words = [word for word in (re.sub(r"[^A-Za-z-]", "", word).strip("-") for word in sentence) if len(word) > 2]
        at, size = self._chance.randrange(max(len(words), 1)), self._chance.randint(1, most)
        chosen = words[at : at + size] or ["oil"]
        form = self._chance.random()
        if len(chosen) > 1 and form < 0.2:
            return f'"{" ".join(chosen)}"'
        return (" OR " if len(chosen) > 1 and form < 0.35 else " ").join(chosen)

    async def _get(self, kind: str, path: str) -> str:
        started = time.monotonic()
        try:
            text = await asyncio.wait_for(self._ask(path), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as problem:
            self._met.failed.append(f"{path}: {problem!r}")
            self._streams = None
            return ""
        self._met.waited.setdefault(kind, []).append(time.monotonic() - started)
        self._met.asked.add(path)
        if self._think:
            await asyncio.sleep(self._think * self._chance.uniform(0.5, 1.5))
        return text

    async def _ask(self, path: str) -> str:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reading, writing = self._streams
        writing.write(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await reading.readuntil(b"\r\n\r\n")
        found = LENGTH.search(head)
        body = await reading.readexactly(int(found[1]) if found else 0)
        self._met.sent += len(body)
        if head[9:12] in {b"301", b"302"}:
            return await self._ask(re.findall(rb"(?i)\r\nLocation: (\S+)", head)[0].decode())
        text = (gzip.decompress(body) if b"Content-Encoding: gzip" in head else body).decode()
        if head[9:12] != b"200" or "</html>" not in text[-20:]:
            raise ValueError(head.split(b"\r\n")[0].decode())
        return text


def at(times: Iterable[float], share: float) -> float:
    """Return the time that this share of all times does not exceed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def let_read(address: str, seconds: float, think: float, readers: int = READERS) -> Met:
    """Let readers read from an address and return what they met."""
    met = Met()

    async def read() -> None:
        end = time.monotonic() + seconds
        await asyncio.gather(*(Reader(number, address, met, think).read_until(end) for number in range(readers)))

    asyncio.run(read())
    return met


def report(met: Met, seconds: float, think: float, served: float) -> None:
    """Print what readers met; `served` is the processor time of the server."""
    times = met.all()
    for said in sorted(set(met.failed))[:10]:
        print(said)
    print(f"{READERS} readers for {seconds:g} s, {think:g} s of thought: {len(times):,} pages ({len(met.asked):,} "
          f"different), {len(times) / seconds:.0f} a second, {len(met.failed)} failed")  # fmt: skip
    for kind, waited in sorted({**met.waited, "all": times}.items()):
        print(f"  {kind:7} p50 {statistics.median(waited):.2f} s, p95 {at(waited, 0.95):.2f} s, "
              f"p99 {at(waited, 0.99):.2f} s, longest {max(waited):.2f} s")  # fmt: skip
    print(f"  processor: {1_000 * served / len(times):.1f} ms a page, {served / seconds:.2f} cores; "
          f"{met.sent / len(times) / 1_000:.1f} kB a page as sent")  # fmt: skip


def make_archive(home: Path, articles: int, scratch: Path) -> None:
    """Import so many articles with the real command."""
    write_reuters(scratch, articles - MUC)
    command = [sys.executable, "-m", "web", "import", "--quiet", "--home", str(home)]
    subprocess.run([*command, str(SHARED / "muc3"), str(scratch)], check=False)  # some files of MUC-3 are no articles


def spent(watching: int) -> float:
    """Return the seconds of processor time that the processes begun by one have used."""
    begun = Path(f"/proc/{watching}/task/{watching}/children").read_text("ascii").split()
    fields = [Path(f"/proc/{each}/stat").read_text("utf-8").rpartition(")")[2].split() for each in begun]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def serve_and_read(home: Path, seconds: float, think: float, options: Sequence[str] = ()) -> None:
    """Serve an archive with the real command, let readers read, and print what they met."""
    command = [sys.executable, "-m", "web", "serve", "--home", str(home), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        said = server.stdout.readline() if server.stdout else ""
        address = said.split("on ")[1].split()[0]
        let_read(address, 2, 0)  # every process has begun
        before = spent(server.pid)
        met = let_read(address, seconds, think)
        report(met, seconds, think, spent(server.pid) - before)
        server.terminate()


def main() -> None:
    """Print the figures."""
    asked = [float(text) for text in sys.argv[1:]]
    articles, seconds, think = (*asked, *DEFAULTS[len(asked) :])[:3]
    print(f"{platform.machine()}, Python {platform.python_version()}, {articles:,.0f} articles")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "pages"
        scratch.mkdir()
        read_material()
        make_archive(Path(folder) / "home", int(articles), scratch)
        serve_and_read(Path(folder) / "home", seconds, think)


if __name__ == "__main__":
    main()
