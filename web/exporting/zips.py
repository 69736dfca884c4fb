"""A ZIP file written as it is sent: nothing is held but the piece on its way."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

PIECE: Final = 65_536

Member = tuple[str, Iterable[str]]


class _Outbox(io.RawIOBase):
    """A file that only goes forward and whose bytes are taken out as they come."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._sent = 0

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # any buffer in truth
        self._waiting += data
        return len(data)

    def tell(self) -> int:
        return self._sent + len(self._waiting)

    def take(self) -> bytes:
        """Return what has been written since the last time."""
        taken = bytes(self._waiting)
        self._sent += len(taken)
        self._waiting.clear()
        return taken

    @property
    def full(self) -> bool:
        """Say whether there is enough for a piece."""
        return len(self._waiting) >= PIECE


def stream_zip(members: Iterable[Member], when: datetime, last: Callable[[], Member]) -> Iterator[bytes]:
    """Yield a ZIP file with these members, written one after the other; `last` is asked when all others are done.

    A member's texts are a list where they are known to be small; anything else may be larger than four gigabytes.
    """
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for member in members:
            yield from _write(archive, outbox, member, when)
        yield from _write(archive, outbox, last(), when)
    yield outbox.take()


def _write(archive: zipfile.ZipFile, outbox: _Outbox, member: Member, when: datetime) -> Iterator[bytes]:
    name, texts = member
    about = zipfile.ZipInfo(name, when.timetuple()[:6])
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    with archive.open(about, "w", force_zip64=not isinstance(texts, list)) as file:
        for text in texts:
            file.write(text.encode("utf-8", "replace"))
            if outbox.full:
                yield outbox.take()
    if outbox.full:
        yield outbox.take()
