"""ZIP and TAR files and single compressed files as streams of what lies in them, nested to a stated depth.

Nothing is written where a name says. Names that lead out of the archive are refused, links and devices passed over,
and what comes out is counted against the size of the file it came from.
"""

import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO, cast

from archive.errors import BrokenContainer, LockedDocument, OverflowingContainer, SourceError, UnsafeMember
from archive.sources.companions import Passed, find_companions
from archive.sources.entries import (
    FAILURES,
    MOST_EXPANSION,
    SMALLEST_COUNTED,
    Entry,
    Metered,
    open_seekable,
    open_unpacked,
)
from archive.sources.items import Item, Reader, Reading, Refused, Skipped

MOST_MEMBERS = 300_000
LARGEST_DIRECTORY = 40_000_000  # bytes of a ZIP's table of contents, all of which is read at once
LARGEST_HEADER = 1_000_000  # bytes of a TAR's extended header
LONGEST_NAME = 1_000
LOCKED = 0x1
ZIP_END = b"PK\x05\x06"
ZIP_END_FORM = "<4s4H2LH"
ZIP_END_REACH = 22 + 65_535
EXTENDED = frozenset({tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, b"L", b"K"})


class _PlainTarInfo(tarfile.TarInfo):
    """A TAR header that takes no damage for the end, and no extended header larger than a name can need."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> tarfile.TarInfo:  # type: ignore[override]
        """Return the next header; raises ReadError where tarfile would quietly stop."""
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # the true end, two empty blocks
            raise
        except tarfile.HeaderError as problem:
            raise tarfile.ReadError(f"the TAR file breaks off: {problem}") from problem

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in EXTENDED and self.size > LARGEST_HEADER:
            raise BrokenContainer(f"a header of the TAR file claims {self.size:,} bytes")
        return cast("tarfile.TarInfo", super()._proc_member(archive))  # type: ignore[misc]


def read_zip(entry: Entry, reading: Reading, inner: Reader) -> Iterator[Item]:
    """Yield what lies in a ZIP file, in order of name."""
    with open_seekable(entry) as stream:
        _check_directory(stream)
        with zipfile.ZipFile(stream) as archive:
            members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
            _check_members(members, _size(stream))
            passed = Passed(find_companions(member.filename for member in members))
            for member in members:
                if member.flag_bits & LOCKED:
                    yield Refused(f"{entry.name}/{member.filename[:LONGEST_NAME]}", LockedDocument(), None)
                    continue
                opener = partial(_open_member, archive, member)
                yield from _read_member(
                    entry, member.filename, opener, member.file_size, passed=passed, reading=reading, inner=inner
                )
            yield from passed.lines(f"{entry.name}/", entry.name)


def read_tar(entry: Entry, reading: Reading, inner: Reader) -> Iterator[Item]:
    """Yield what lies in a TAR file, compressed or not, in the file's own order.

    It is read twice as a stream: once for the names, so that saved pages are known from what belongs to them.
    """
    passed = Passed(find_companions(_names(entry)))
    for archive, member in _members(entry):
        if member.isdir():
            continue
        if not member.isreg() or member.issparse():
            yield Skipped(f"{entry.name}/{member.name[:LONGEST_NAME]}", "this is a link or a device, not a file")
            continue
        opener = partial(_extract, archive, member)
        yield from _read_member(entry, member.name, opener, member.size, passed=passed, reading=reading, inner=inner)
    yield from passed.lines(f"{entry.name}/", entry.name)


def _names(entry: Entry) -> list[str]:
    names: list[str] = []
    with suppress(*FAILURES):  # what is damaged is met again, and reported, when the files are read
        for _, member in _members(entry):
            if len(names) >= MOST_MEMBERS:
                raise BrokenContainer(f"the TAR file holds more than {MOST_MEMBERS:,} files")
            names.append(member.name if member.isreg() else "")
    return [name for name in names if name]


def read_compressed(entry: Entry, reading: Reading, inner: Reader) -> Iterator[Item]:
    """Yield what a single compressed file (page.html.gz) holds."""
    name = entry.name.rpartition("/")[2][: -len(entry.suffix)]
    yield from inner(entry.inside(name, partial(open_unpacked, entry)), reading)


def _read_member(
    entry: Entry,
    name: str,
    opener: Callable[[], BinaryIO],
    size: int,
    *,
    passed: Passed,
    reading: Reading,
    inner: Reader,
) -> Iterator[Item]:
    shown = f"{entry.name}/{name[:LONGEST_NAME]}"
    try:
        _check_name(name)
        if passed.take(name):
            return
        yield from inner(entry.inside(name, opener, size), reading)
    except OverflowingContainer:
        raise
    except SourceError as error:
        yield Refused(shown, error, None)


def _check_name(name: str) -> None:
    if len(name) > LONGEST_NAME:
        raise UnsafeMember(f"is longer than {LONGEST_NAME:,} characters")
    if name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in name.replace("\\", "/").split("/"):
        raise UnsafeMember("leads out of the archive")


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a ZIP whose table of contents alone is larger than we would hold in memory."""
    size = _size(stream)
    stream.seek(max(0, size - ZIP_END_REACH))
    tail = stream.read()
    at = tail.rfind(ZIP_END)
    stream.seek(0)
    form = struct.calcsize(ZIP_END_FORM)
    if at >= 0 and len(tail) >= at + form:
        directory = struct.unpack_from(ZIP_END_FORM, tail, at)[5]
        if directory > LARGEST_DIRECTORY:
            raise BrokenContainer(f"the ZIP file's table of contents takes {directory:,} bytes")


def _check_members(members: Iterable[zipfile.ZipInfo], size: int) -> None:
    sizes = [member.file_size for member in members]
    if len(sizes) > MOST_MEMBERS:
        raise BrokenContainer(f"the ZIP file holds {len(sizes):,} files, more than {MOST_MEMBERS:,}")
    if sum(sizes) > max(size, SMALLEST_COUNTED) * MOST_EXPANSION:
        raise OverflowingContainer(MOST_EXPANSION)


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", archive.open(member))


def _members(entry: Entry) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    # The files are counted where they are read; this is only against a TAR that never ends.
    with (
        Metered(open_unpacked(entry), entry.budget.aside()) as stream,
        tarfile.open(fileobj=stream, mode="r|", tarinfo=_PlainTarInfo) as archive,
    ):
        for member in archive:
            yield archive, member
            archive.members.clear()  # type: ignore[attr-defined]  # a stream needs no memory of what it has passed


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    stream = archive.extractfile(member)
    if stream is None:
        raise BrokenContainer("a file of the TAR has no content")
    return cast("BinaryIO", stream)


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size
