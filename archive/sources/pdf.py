"""PDF documents with a text layer, as lines of text: the one file that meets pypdf."""

import io
import logging
from collections.abc import Iterator, Sequence

from archive.errors import BrokenDocument, LockedDocument, NoTextLayer, OversizedPage, SourceError
from archive.model import Issue, Page
from archive.sources.decoding import Decoded, build_page
from archive.sources.entries import Entry, read_whole
from archive.sources.items import Item, Reading, Refused
from archive.sources.kinds import PDF, TEXT

MOST_PAGES = 2_000
MOST_TEXT = 10_000_000  # characters
SHOWN = 20
# What pypdf lets through when a document's inner structure is not what it says.
SURPRISES = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError, OverflowError,
    ZeroDivisionError, NotImplementedError, EOFError, OSError, MemoryError,
)  # fmt: skip


def read_pdf(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the page a PDF holds."""
    content = read_whole(entry, reading.limit)
    try:
        yield make_pdf_page(entry.name, content)
    except SourceError as error:
        yield Refused(entry.name, error, content)


def make_pdf_page(name: str, content: bytes, media_type: str = PDF) -> Page:
    """Return the page of a PDF; raises NoTextLayer, LockedDocument, BrokenDocument and OversizedPage."""
    texts = _read_texts(content)
    bare = [number for number, text in enumerate(texts, start=1) if not text.strip()]
    if len(bare) == len(texts):
        raise NoTextLayer(len(texts))
    text = "\n\n".join(text for text in texts if text.strip())
    return build_page(name, content, media_type, Decoded(text, "utf-8"), reads_as=TEXT, issues=_tell_bare(bare))


def _tell_bare(bare: Sequence[int]) -> tuple[Issue, ...]:
    if not bare:
        return ()
    shown = ", ".join(map(str, bare[:SHOWN])) + (" and others" if len(bare) > SHOWN else "")
    return (Issue("S15", f"Pages of the PDF without text: {shown}."),)


def _read_texts(content: bytes) -> list[str]:
    # Met only when a document needs it: the import takes 0.3 s.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it talks of every oddity it gets over
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LockedDocument
        if len(reader.pages) > MOST_PAGES:
            raise OversizedPage(len(content), len(content) * MOST_PAGES // len(reader.pages))
        texts, length = [], 0
        for page in reader.pages:
            texts.append(page.extract_text().replace("\x00", ""))
            length += len(texts[-1])
            if length > MOST_TEXT:
                raise OversizedPage(length, MOST_TEXT)
    except (PyPdfError, *SURPRISES) as problem:
        raise BrokenDocument("the PDF is damaged, or locked in a way we cannot open") from problem
    return texts
