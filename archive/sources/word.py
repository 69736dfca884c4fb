"""Word documents (.docx) as lines of text: the one file that meets python-docx."""

import io
import zipfile
from collections.abc import Iterator

from archive.errors import BrokenDocument, LockedDocument, OversizedPage, SourceError
from archive.model import Page
from archive.sources.decoding import Decoded, build_page
from archive.sources.entries import FAILURES, Entry, read_whole
from archive.sources.items import Item, Reading, Refused
from archive.sources.kinds import DOCX, TEXT
from archive.sources.parting import read_parts, recognise_export

LARGEST_PART = 100_000_000
OLD_WORD = b"\xd0\xcf\x11\xe0"  # Word before 2007, and the wrapping of a document with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box's second copy
PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def read_word(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the page a Word document holds, or the articles of a press database's export."""
    content = read_whole(entry, reading.limit)
    try:
        page = make_word_page(entry.name, content)
    except SourceError as error:
        yield Refused(entry.name, error, content)
        return
    rules = recognise_export(page.text, "docx", reading.exports)
    yield from [page] if rules is None else read_parts(page, rules)


def make_word_page(name: str, content: bytes, media_type: str = DOCX) -> Page:
    """Return the page of a Word document; raises BrokenDocument, LockedDocument, OversizedPage and EmptyPage."""
    if content.startswith(OLD_WORD):
        raise LockedDocument if ENCRYPTED in content else BrokenDocument("this is a Word file of the old kind")
    _check_parts(content)
    lines = _read_lines(content)
    return build_page(name, content, media_type, Decoded("\n".join(lines), "utf-8"), reads_as=TEXT)


def _check_parts(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            largest = max((one.file_size for one in archive.infolist()), default=0)
            total = sum(one.file_size for one in archive.infolist())
    except FAILURES as problem:
        raise BrokenDocument("the Word document is damaged or cut short") from problem
    if largest > LARGEST_PART or total > 2 * LARGEST_PART:
        raise OversizedPage(total, LARGEST_PART)


def _read_lines(content: bytes) -> list[str]:
    # Met only when a document needs it: the import takes 0.2 s.
    from docx import Document  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    try:
        document = Document(io.BytesIO(content))
        found = (
            one for one in document.element.body.iter(PARAGRAPH) if next(one.iterancestors(FALLBACK), None) is None
        )
        return [Paragraph(one, document).text for one in found]
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError, TypeError, *FAILURES) as problem:
        raise BrokenDocument("the Word document is damaged") from problem
