"""Files, folders and ZIP files as a stream of pages, in an order that does not change."""

import lzma
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

from archive.errors import BinaryPage, BrokenContainer, EmptyPage, OversizedPage, SourceError, UnreadablePage
from archive.model import Page
from archive.sources.decoding import make_page

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
ZIP = ".zip"
# What Python's zipfile raises for files that are damaged, locked, or packed in a way it does not know.
ZIP_ERRORS = (
    OSError,
    RuntimeError,  # a password is needed; NotImplementedError, a kind of it: an unknown way of packing
    EOFError,
    ValueError,  # a name that is not in its own encoding, a place before the file's beginning
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
# <?xml version="1.0"?> <!-- saved page --> <!DOCTYPE html>
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
SNIFFED = 2048
MOST_MEMBERS = 1_000_000
MOST_EXPANSION = 200  # times the size of the ZIP file; text shrinks to a tenth, bombs to a thousandth


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that should be a page and cannot be; `content` is None when it could not be read or is too large."""

    name: str
    error: SourceError
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a kind that holds no page."""

    name: str
    reason: str


Item = Page | Refused | Skipped


def read(paths: Sequence[Path], *, limit: int) -> Iterator[Item]:
    """Yield every page below these paths, folders in sorted order, one page in memory at a time.

    `limit` is the most bytes a page may have. A file that cannot be a page is yielded as Refused, one of another kind
    as Skipped; nothing is passed over in silence. Folders that lead back into themselves are read once.
    """
    for path in paths:
        if _is_folder(path):
            yield from _read_folder(path, limit)
        else:
            yield from _read_file(path, _spell(path.name), limit, named=True)


def _read_folder(folder: Path, limit: int) -> Iterator[Item]:
    seen: set[tuple[int, int]] = set()
    stack = [folder]
    while stack:
        current = stack.pop()
        try:
            known = current.stat()
            entries = sorted(current.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            yield Refused(_name(current, folder), UnreadablePage(_reason(error)), None)
            continue
        if (known.st_dev, known.st_ino) in seen:
            yield Skipped(_name(current, folder), "this folder was read already under another name")
            continue
        seen.add((known.st_dev, known.st_ino))
        folders = []
        for entry in entries:
            if _is_folder(entry):
                folders.append(entry)
            else:
                yield from _read_file(entry, _name(entry, folder), limit, named=False)
        stack.extend(reversed(folders))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # reading it as a file will say why


def _name(path: Path, folder: Path) -> str:
    return _spell(path.relative_to(folder).as_posix() if path != folder else folder.name)


def _spell(name: str) -> str:
    """Return a file's name as text that can be stored; bytes that are not UTF-8 show as their hexadecimal numbers."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def _read_file(path: Path, name: str, limit: int, *, named: bool) -> Iterator[Item]:
    suffix = path.suffix.lower()
    if suffix not in MEDIA_TYPES and suffix != ZIP and not named:
        yield Skipped(name, _say_kind(path))
        return
    try:
        size = path.stat()
        if not stat.S_ISREG(size.st_mode):
            yield Skipped(name, "this is not an ordinary file")
            return
        if suffix == ZIP:
            yield from _read_zip(path, name, limit)
            return
        if size.st_size > limit:
            yield Refused(name, OversizedPage(size.st_size, limit), None)
            return
        content = path.read_bytes()
    except OSError as error:
        yield Refused(name, UnreadablePage(_reason(error)), None)
        return
    yield _make(name, content, MEDIA_TYPES.get(suffix, "text/plain"))


def _say_kind(path: PurePath) -> str:
    if not path.suffix:
        return "files without an ending (.txt, .html) are not read"
    return f"files ending in '{_spell(path.suffix)}' are not pages we read"


def _make(name: str, content: bytes, media_type: str) -> Page | Refused:
    try:
        page = make_page(name, content, media_type)
    except (EmptyPage, BinaryPage) as error:
        return Refused(name, error, content)
    if media_type == "text/plain" and HTML_START.match(page.text[:SNIFFED]):
        return replace(page, source=replace(page.source, media_type="text/html"))
    return page


def _read_zip(path: Path, name: str, limit: int) -> Iterator[Item]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_zip(members, path.stat().st_size)
            for member in sorted(members, key=lambda member: member.filename):
                yield from _read_member(archive, member, f"{name}/{member.filename}", limit)
    except BrokenContainer as error:
        yield Refused(name, error, None)
    except ZIP_ERRORS as error:
        yield Refused(name, BrokenContainer(f"the ZIP file cannot be read ({_reason(error)})"), None)


def _check_zip(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise BrokenContainer(f"the ZIP file holds {len(members):,} files, more than {MOST_MEMBERS:,}")
    expanded = sum(member.file_size for member in members)
    if expanded > max(size, 1_000_000) * MOST_EXPANSION:
        raise BrokenContainer(f"the ZIP file of {size:,} bytes claims to hold {expanded:,}")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: int) -> Iterator[Item]:
    path = PurePosixPath(member.filename)
    suffix = path.suffix.lower()
    if suffix not in MEDIA_TYPES:
        yield Skipped(name, _say_kind(path))
        return
    if member.file_size > limit:
        yield Refused(name, OversizedPage(member.file_size, limit), None)
        return
    try:
        with archive.open(member) as stream:
            content = stream.read(limit + 1)
    except ZIP_ERRORS as error:
        yield Refused(name, BrokenContainer(f"the file in the ZIP cannot be read ({_reason(error)})"), None)
        return
    if len(content) > limit:
        yield Refused(name, OversizedPage(len(content), limit), None)
        return
    yield _make(name, content, MEDIA_TYPES[suffix])


def _reason(error: Exception) -> str:
    return os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else str(error)
