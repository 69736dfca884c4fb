"""MHTML (.mht, .mhtml): a page with all its parts in one file, as mail is built; the part that is the page is read."""

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

from archive.errors import BrokenDocument, SourceError
from archive.model import Page
from archive.sources.decoding import build_page, decode
from archive.sources.entries import Entry, read_whole
from archive.sources.items import Item, Reading, Refused
from archive.sources.kinds import HTML, MHTML, TEXT, XHTML
from archive.sources.saved import LONGEST_URL, read_moment, read_note

MARKUP = (HTML, XHTML)
MOST_PARTS = 20_000
NOT_PAGES = ("cid:", "file:", "about:")  # where a part stands in the file, not where the page came from


def read_mhtml(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the page of an MHTML file; the whole file is its original."""
    content = read_whole(entry, reading.limit)
    try:
        yield make_mhtml_page(entry.name, content)
    except SourceError as error:
        yield Refused(entry.name, error, content)


def make_mhtml_page(name: str, content: bytes, media_type: str = MHTML) -> Page:
    """Return the page in an MHTML file; raises BrokenDocument, EmptyPage and BinaryPage."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(content)
        root = _find_root(message)
        payload = root.get_payload(decode=True) if root is not None else None
    except (MessageError, RecursionError, LookupError, ValueError, AssertionError) as problem:
        raise BrokenDocument("the MHTML file is damaged") from problem
    if root is None or not isinstance(payload, bytes) or not payload.strip():
        raise BrokenDocument("the MHTML file holds no page, or is cut short before it")
    decoded = decode(payload, root.get_content_charset())
    noted = read_note(decoded.text)
    addresses = (message["Snapshot-Content-Location"], root["Content-Location"], noted[0])
    return build_page(
        name,
        content,
        media_type,
        decoded,
        url=next((url for one in addresses if (url := _read_address(one))), None),
        captured=read_moment(str(message["Date"] or "")) or noted[1],
        reads_as=TEXT if root.get_content_type() == TEXT else HTML,
    )


def _find_root(message: Message) -> Message | None:
    """Return the part that is the page: the one `start` names, else the first HTML part, else the first text."""
    parts = []
    for part in message.walk():
        parts.append(part)
        if len(parts) > MOST_PARTS:
            break
    start = message.get_param("start")
    named = [part for part in parts if start and part["Content-ID"] == start]
    pages = [part for part in (*named, *parts) if part.get_content_type() in MARKUP]
    texts = [part for part in parts if part.get_content_type() == TEXT and part["Content-Type"]]
    return next(iter(pages or texts), None)


def _read_address(value: object) -> str | None:
    url = "".join(str(value or "").split())
    return url if 0 < len(url) <= LONGEST_URL and "://" in url and not url.startswith(NOT_PAGES) else None
