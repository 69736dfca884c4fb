"""Reading a stored original again, by itself: the media type it was stored under says how."""

from dataclasses import replace

from archive.errors import BrokenDocument
from archive.model import Page, Source
from archive.sources import jsonl, mhtml, pages, tables
from archive.sources.kinds import DOCX, NEWSML, NITF, PDF, read_parameters
from archive.sources.parting import reopen_part
from archive.sources.splitting import ExportRules, load_exports


def reopen(source: Source, content: bytes, exports: tuple[ExportRules, ...] | None = None) -> Page:
    """Return the page that this source was when it was first read: same text, same stated values, same spans.

    What the file around it said (a digest that differs, say) is not in the bytes and comes back no more. Raises
    SourceError when the bytes cannot be read as what they were stored as.
    """
    whole = _open_whole(source, content)
    if "export" in read_parameters(source.media_type)[1]:
        whole = reopen_part(whole, source.part, load_exports() if exports is None else exports)
    return replace(whole, source=source)


def _open_whole(source: Source, content: bytes) -> Page:
    name, media_type = source.name, source.media_type
    match read_parameters(media_type)[0]:
        case "text/plain" | "text/html" | "application/xhtml+xml":
            return pages.reopen_page(name, content, media_type)
        case "multipart/related":
            return mhtml.make_mhtml_page(name, content, media_type)
        case "application/json":
            return jsonl.reopen_row(name, content, media_type)
        case "text/csv":
            return tables.reopen_row(name, content, media_type)
    return _open_heavy(source, content)


def _open_heavy(source: Source, content: bytes) -> Page:
    # Each of these loads a library; none is loaded before an original needs it.
    essence = read_parameters(source.media_type)[0]
    if essence == PDF:
        from archive.sources.pdf import make_pdf_page  # noqa: PLC0415

        return make_pdf_page(source.name, content, source.media_type)
    if essence == DOCX:
        from archive.sources.word import make_word_page  # noqa: PLC0415

        return make_word_page(source.name, content, source.media_type)
    if essence in {NITF, NEWSML}:
        from archive.sources.news_xml import reopen_item  # noqa: PLC0415

        return reopen_item(source.name, content, source.part)
    raise BrokenDocument(f"no reader is known for '{essence}'")
