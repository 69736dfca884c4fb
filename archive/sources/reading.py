"""Files, folders and what lies in them as a stream of pages, in an order that does not change."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from archive.errors import OverflowingContainer, SourceError, UnreadablePage
from archive.sources import archives, jsonl, mhtml, pages, tables
from archive.sources.companions import PAGES, Passed, of_page, stem_of
from archive.sources.entries import FAILURES, Budget, Entry, reason, refusal
from archive.sources.items import Item, Reader, Reading, Refused, Skipped
from archive.sources.kinds import HOUSEKEEPING, MEDIA_TYPES, why_skipped

OUTSIDE = "it is a link that leads out of the folder that may be read"

Nesting = Callable[[Entry, Reading, Reader], Iterator[Item]]


def read(paths: Sequence[Path], *, limit: int, reading: Reading | None = None) -> Iterator[Item]:
    """Yield every page below these paths, folders in sorted order, one page in memory at a time.

    `limit` is the most bytes a page may have. A file that cannot be a page is yielded as Refused, one of another kind
    as Skipped; nothing is passed over in silence. Folders that lead back into themselves are read once. `reading`
    says more about how to read; its own limit then holds.
    """
    reading = Reading(limit) if reading is None else reading
    for path in paths:
        if _is_folder(path):
            yield from _read_folder(path, reading)
        else:
            yield from _read_file(path, _spell(path.name), reading, named=True)


def read_bytes(name: str, content: bytes, *, limit: int) -> Iterator[Item]:
    """Yield the pages of bytes that are held already, as those of a file of this name that a person named."""
    size = len(content)
    entry = Entry(name, partial(BytesIO, content), Budget(size), size, named=True)
    yield from read_entry(entry, Reading(limit))


def read_entry(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the pages of one file, found on the disk or in another file, by what its name says it is."""
    reader = find_reader(entry)
    if reader is None:
        yield Skipped(entry.name, why_skipped(entry.suffix))
        return
    silent = True
    try:
        for item in reader(entry, reading):
            silent = False
            yield item
        if silent:
            yield Skipped(entry.name, "nothing is in it: no file, no row, no record")
    except OverflowingContainer as error:
        if entry.depth:
            raise  # the file on the disk is what must not be read on
        yield Refused(entry.name, error, None)
    except (SourceError, *FAILURES) as problem:
        yield Refused(entry.name, refusal(problem, entry), None)


def find_reader(entry: Entry) -> Reader | None:
    """Return what reads a file of this name; None when nothing does."""
    name = entry.name.lower()
    for endings, reader in READERS.items():
        if name.endswith(endings):
            return reader
    return pages.read_page if entry.named else None


def _nested(read_container: Nesting) -> Reader:
    return partial(_read_nested, read_container)


def _read_nested(read_container: Nesting, entry: Entry, reading: Reading) -> Iterator[Item]:
    yield from read_container(entry, reading, read_entry)


def _read_folder(folder: Path, reading: Reading) -> Iterator[Item]:
    seen: set[tuple[int, int]] = set()
    passed = Passed({})
    stack = [folder]
    while stack:
        current = stack.pop()
        if not _is_within(current, reading.within):
            yield Refused(_name(current, folder), UnreadablePage(OUTSIDE), None)
            continue
        try:
            known = current.stat()
            entries = sorted(current.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            yield Refused(_name(current, folder), UnreadablePage(reason(error)), None)
            continue
        if (known.st_dev, known.st_ino) in seen:
            yield Skipped(_name(current, folder), "this folder was read already under another name")
            continue
        seen.add((known.st_dev, known.st_ino))
        folders = {entry for entry in entries if _is_folder(entry)}
        stems = {entry.stem: entry.name for entry in entries if entry.suffix.lower() in PAGES}
        for entry in entries:
            if entry in folders:
                if (page := stems.get(stem_of(entry.name))) is not None:
                    yield Skipped(_name(entry, folder), of_page(_count(entry), page))
            elif HOUSEKEEPING.search(entry.name):
                passed.housekeeping += 1
            else:
                yield from _read_file(entry, _name(entry, folder), reading, named=False)
        stack.extend(one for one in reversed(entries) if one in folders and stem_of(one.name) not in stems)
    yield from passed.lines("", folder.name)


def _count(folder: Path) -> int:
    return sum(1 for entry in folder.rglob("*") if entry.is_file())


def _name(path: Path, folder: Path) -> str:
    return _spell(path.relative_to(folder).as_posix() if path != folder else folder.name)


def _spell(name: str) -> str:
    """Return a file's name as text that can be stored; bytes that are not UTF-8 show as their hexadecimal numbers."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def _is_within(path: Path, folder: Path | None) -> bool:
    return folder is None or path.resolve().is_relative_to(folder)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # reading it as a file will say why


def _read_file(path: Path, name: str, reading: Reading, *, named: bool) -> Iterator[Item]:
    if not _is_within(path, reading.within):
        yield Refused(name, UnreadablePage(OUTSIDE), None)
        return
    try:
        found = path.stat()
    except OSError as error:
        yield Refused(name, UnreadablePage(reason(error)), None)
        return
    if not stat.S_ISREG(found.st_mode):
        yield Skipped(name, "this is not an ordinary file")
        return
    entry = Entry(name, partial(_open, path), Budget(found.st_size), found.st_size, named=named)
    yield from read_entry(entry, reading)


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


# What needs a library waits until a file needs it, so that a folder of HTML is read at once.
def _read_warc(entry: Entry, reading: Reading) -> Iterator[Item]:
    from archive.sources.warcs import read_warc  # noqa: PLC0415

    return read_warc(entry, reading)


def _read_wacz(entry: Entry, reading: Reading) -> Iterator[Item]:
    from archive.sources.waczs import read_wacz  # noqa: PLC0415

    return read_wacz(entry, reading)


def _read_news_xml(entry: Entry, reading: Reading) -> Iterator[Item]:
    from archive.sources.news_xml import read_news_xml  # noqa: PLC0415

    return read_news_xml(entry, reading)


def _read_word(entry: Entry, reading: Reading) -> Iterator[Item]:
    from archive.sources.word import read_word  # noqa: PLC0415

    return read_word(entry, reading)


def _read_pdf(entry: Entry, reading: Reading) -> Iterator[Item]:
    from archive.sources.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(entry, reading)


READERS: Mapping[tuple[str, ...], Reader] = {
    tuple(MEDIA_TYPES): pages.read_page,
    (".mht", ".mhtml"): mhtml.read_mhtml,
    (".jsonl", ".ndjson", ".jsonlines"): jsonl.read_jsonl,
    (".csv", ".tsv", ".tab"): tables.read_table,
    (".zip",): _nested(archives.read_zip),
    (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"): _nested(archives.read_tar),
    (".warc", ".warc.gz"): _read_warc,
    (".wacz",): _read_wacz,
    (".xml", ".nitf", ".newsml"): _read_news_xml,
    (".docx",): _read_word,
    (".pdf",): _read_pdf,
    (".gz", ".bz2", ".xz"): _nested(archives.read_compressed),
}
