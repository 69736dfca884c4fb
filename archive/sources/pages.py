"""Files that are one page, plain text or HTML, unless they are the export of a press database."""

import re
from collections.abc import Iterator

from archive.errors import BinaryPage, EmptyPage
from archive.model import Page
from archive.sources.decoding import make_page
from archive.sources.entries import Entry, read_whole
from archive.sources.items import Item, Reading, Refused
from archive.sources.kinds import HTML, MEDIA_TYPES, TEXT, read_parameters
from archive.sources.parting import read_parts, recognise_export

# <?xml version="1.0"?> <!-- saved page --> <!DOCTYPE html>
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
SNIFFED = 2048


def read_page(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the page a file holds, or those of an export."""
    content = read_whole(entry, reading.limit)
    media_type = MEDIA_TYPES.get(entry.suffix, TEXT)
    try:
        page = make_page(entry.name, content, media_type)
        if media_type == TEXT and HTML_START.match(page.text[:SNIFFED]):
            media_type = HTML
            page = make_page(entry.name, content, media_type)
    except (EmptyPage, BinaryPage) as error:
        yield Refused(entry.name, error, content)
        return
    rules = recognise_export(page.text, "html" if media_type == HTML else "text", reading.exports)
    yield from [page] if rules is None else read_parts(page, rules)


def reopen_page(name: str, content: bytes, media_type: str) -> Page:
    """Return the page of these bytes, with the encoding its media type states."""
    stated = read_parameters(media_type)[1]
    return make_page(name, content, media_type, charset=stated.get("charset"))
