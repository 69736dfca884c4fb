"""One file as found, on the disk or inside another file, and the limits on what may come out of it.

Nothing is unpacked to where a name says; what must be read twice waits in an unnamed temporary file.
"""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from archive.errors import BrokenContainer, OverflowingContainer, OversizedPage, SourceError, UnreadablePage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_DEPTH = 3  # a TAR in a ZIP in a ZIP; bombs nest deeper
MOST_EXPANSION = 200  # times the file's size: text shrinks to a tenth, bombs to a thousandth
SMALLEST_COUNTED = 1_000_000  # small files of one repeated letter expand further than that and do no harm
IN_MEMORY = 4_000_000
CHUNK = 1 << 16
TAIL = 4
# What the standard library raises for archives that are damaged, cut short or packed in ways it does not know.
FAILURES = (
    OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError,
    NotImplementedError, UnicodeError,
)  # fmt: skip
UNPACKERS: dict[str, Callable[[BinaryIO], gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]] = {
    ".gz": lambda packed: gzip.GzipFile(fileobj=packed),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
UNPACKERS |= {short: UNPACKERS[long] for short, long in ((".tgz", ".gz"), (".tbz2", ".bz2"), (".txz", ".xz"))}


class Budget:
    """How many bytes may still come out of one file, counted through everything nested in it."""

    def __init__(self, size: int) -> None:
        self._left = max(size, SMALLEST_COUNTED) * MOST_EXPANSION

    def aside(self) -> "Budget":
        """Return as much again, for looking at bytes that are counted elsewhere."""
        other = Budget(0)
        other._left = self._left
        return other

    def take(self, count: int) -> None:
        """Count bytes that came out; raises OverflowingContainer when they are more than the file can honestly hold."""
        self._left -= count
        if self._left < 0:
            raise OverflowingContainer(MOST_EXPANSION)


class Metered(io.RawIOBase):
    """A stream that counts what is read from it against a budget, and closes what it reads from."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        super().__init__()
        self._stream, self._budget = stream, budget
        self.tail = b""  # the last few bytes read, which tell whether a file ends as its kind does

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer; raises OverflowingContainer."""
        view = memoryview(buffer)
        chunk = self._stream.read(min(len(view), CHUNK))
        self._budget.take(len(chunk))
        self.tail = (self.tail + chunk[-TAIL:])[-TAIL:]
        view[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Close the stream below as well."""
        self._stream.close()
        super().close()


class _Unpacked(io.RawIOBase):
    """A decompressed stream that gives all it can before it says that it is cut short, and closes the packed one."""

    def __init__(self, stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile, packed: BinaryIO) -> None:
        super().__init__()
        self._stream, self._packed = stream, packed

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer with what one step of unpacking gives; OSError where the packed bytes break off."""
        view = memoryview(buffer)
        try:
            chunk = self._stream.read1(min(len(view), CHUNK))
        except EOFError as problem:
            raise OSError("the compressed bytes break off") from problem
        view[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Close both streams."""
        self._stream.close()
        self._packed.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name for reports, its bytes (anew at each `open`), the size it says it has, and how deep it lies.

    `named` tells that a person named this very file, so that an unknown ending is no reason to pass it over.
    """

    name: str
    open: Callable[[], BinaryIO]
    budget: Budget
    size: int | None = None
    depth: int = 0
    named: bool = False

    @property
    def suffix(self) -> str:
        """The ending of the name, in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    def inside(self, name: str, opener: Callable[[], BinaryIO], size: int | None = None) -> "Entry":
        """Return a file found in this one; raises BrokenContainer when it lies too deep."""
        if self.depth >= MOST_DEPTH:
            raise BrokenContainer(f"archives lie in archives more than {MOST_DEPTH} deep")
        return Entry(f"{self.name}/{name}", lambda: meter(opener(), self.budget), self.budget, size, self.depth + 1)


def meter(stream: BinaryIO, budget: Budget) -> BinaryIO:
    """Return the stream, counted, for readers that want all they ask for at once."""
    return cast("BinaryIO", io.BufferedReader(Metered(stream, budget), CHUNK))


def open_unpacked(entry: Entry) -> BinaryIO:
    """Return a file's bytes, decompressed when its name says that they are compressed."""
    packed = entry.open()
    opener = UNPACKERS.get(entry.suffix)
    return packed if opener is None else cast("BinaryIO", _Unpacked(opener(packed), packed))


def read_whole(entry: Entry, limit: int) -> bytes:
    """Return a file's bytes; raises OversizedPage when there are more than `limit`, whatever it says of itself."""
    if entry.size is not None and entry.size > limit:
        raise OversizedPage(entry.size, limit)
    with entry.open() as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise OversizedPage(len(content), limit)
    return content


def open_seekable(entry: Entry) -> BinaryIO:
    """Return a file's bytes in a form that can be read in any order, through a temporary file when they cannot yet."""
    stream = entry.open()
    if not isinstance(stream, io.BufferedReader) or not isinstance(stream.raw, Metered):
        return stream
    held = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - the caller closes it
    try:
        with stream:
            while chunk := stream.read(CHUNK):
                held.write(chunk)
    except BaseException:
        held.close()
        raise
    held.seek(0)
    return held


def refusal(problem: Exception, entry: Entry) -> SourceError:
    """Return why a file could not be read, in a user's words."""
    if isinstance(problem, SourceError):
        return problem
    if isinstance(problem, OSError) and problem.errno and not entry.depth:
        return UnreadablePage(reason(problem))
    return BrokenContainer(f"it is damaged or cut short ({reason(problem)})")


def reason(problem: Exception) -> str:
    """Return what the system says of a failure."""
    said = os.strerror(problem.errno).lower() if isinstance(problem, OSError) and problem.errno else str(problem)
    return said or type(problem).__name__
