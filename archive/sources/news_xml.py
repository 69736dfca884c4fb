"""News in XML, as agencies send it: NITF, NewsML 1 around NITF, and NewsML-G2; the one file that meets lxml.

Nothing outside the file is loaded, no entity of its own making is expanded, and libxml2's limits on depth and size
stand. Every line of an item becomes a line of the page's text, told apart by the element it stood in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from archive.errors import BrokenDocument, SourceError
from archive.model import BlockKind, Page
from archive.sources.decoding import Decoded, build_page, make_page
from archive.sources.entries import Entry, read_whole
from archive.sources.items import Item, Reading, Refused, Skipped
from archive.sources.kinds import HTML, NEWSML, NITF, TEXT
from archive.sources.plain import Lines, render_markup

# lxml ships no types.
Element = Any

MOST_ITEMS = 10_000
# Elements that end a line, in NITF and in the XHTML that NewsML-G2 carries.
LINE_NAMES = """
    p hl1 hl2 h1 h2 h3 h4 h5 h6 byline distributor dateline abstract note media-caption media-producer li dd dt bq
    blockquote credit tr th td caption figcaption pre tagline bibliography copyrite rights div block br body.head
    body.content body.end hedline table media fn nitf-table
"""
LINE_TAGS = frozenset(LINE_NAMES.split())
# What an element's line is, looked for outwards from where the text stands.
KINDS: Mapping[str, BlockKind] = {
    "hl1": "title",
    "hl2": "subhead",
    "h1": "title",
    "h2": "subhead",
    "h3": "subhead",
    "h4": "subhead",
    "byline": "byline",
    "dateline": "other",
    "distributor": "other",
    "abstract": "other",
    "note": "other",
    "rights": "footer",
    "copyrite": "footer",
    "media-caption": "caption",
    "media-producer": "caption",
    "figcaption": "caption",
    "caption": "caption",
    "bq": "quotation",
    "blockquote": "quotation",
    "li": "list",
    "dd": "list",
    "dt": "list",
    "tr": "table",
    "tagline": "tagline",
    "bibliography": "footer",
    "body.head": "other",
    "body.end": "footer",
    "p": "paragraph",
    "body.content": "paragraph",
}
UNHEARD = frozenset({"head", "script", "style", "media-reference", "media-metadata", "media-object", "docdata"})
STATED = {"hl1": "title", "byline": "byline", "dateline": "dateline", "distributor": "outlet"}
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T.*)?$")  # 20161103T065800Z


@dataclass(slots=True)
class Writing:
    """An item's lines on their way into the page, and the words of the line that is open."""

    lines: Lines
    prefix: str
    words: list[str]
    kind: str = "p"

    def end_line(self) -> None:
        """Close the line that is open."""
        text = "".join(self.words)
        self.words.clear()
        told = KINDS[self.kind]
        self.lines.write(text, told, f"{self.prefix}/{self.kind}", field=STATED.get(self.kind))


def read_news_xml(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the news items of an XML file; XHTML is read as a page, and other XML is passed over with a word."""
    content = read_whole(entry, reading.limit)
    try:
        root = _parse(content)
        if _tag(root) == "html":
            yield make_page(entry.name, content, HTML)
            return
        items = find_items(root)
        if not items:
            yield Skipped(entry.name, f"this XML ({_tag(root)}) is neither NITF nor NewsML-G2")
            return
        yield from (_make(entry.name, content, items, number) for number in range(len(items)))
    except SourceError as error:
        yield Refused(entry.name, error, content)


def reopen_item(name: str, content: bytes, part: int) -> Page:
    """Return one news item of an XML file by its part number; raises BrokenDocument."""
    items = find_items(_parse(content))
    if not max(0, part - 1) < len(items):
        raise BrokenDocument("the XML file holds no such item any more")
    page = _make(name, content, items, max(0, part - 1))
    if not isinstance(page, Page):
        raise BrokenDocument("the item holds no text any more")
    return page


def find_items(root: Element) -> list[Element]:
    """Return the elements that are one news item each: nitf or newsItem, wherever an envelope holds them."""
    if _tag(root) in {"nitf", "newsItem"}:
        return [root]
    found = [one for one in root.iter() if _tag(one) == "newsItem"]
    return (found or [one for one in root.iter() if _tag(one) == "nitf"])[:MOST_ITEMS]


def _parse(content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise BrokenDocument("the XML is damaged or cut short") from problem
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise BrokenDocument("the XML declares entities of its own, which are not expanded here")
    return root


def _make(name: str, content: bytes, items: list[Element], number: int) -> Page | Refused | Skipped:
    item, lines = items[number], Lines()
    part = number + 1 if len(items) > 1 else 0
    shown = f"{name}, part {part}" if part else name
    if _tag(item) == "nitf":
        _state_nitf(item, lines)
        media_type = NITF
    else:
        _state_g2(item, lines)
        media_type = NEWSML
    if not any(one.kind in {"paragraph", "list", "table", "quotation", "subhead"} for one in lines.stretches):
        return Skipped(shown, "this news item holds no text (a picture, a video or a list of others)")
    try:
        return build_page(
            name,
            content,
            media_type,
            Decoded(lines.text, "utf-8"),
            url=_first(item, "pubdata", "ex-ref") or _attribute(_find(item, "altId"), "uri"),
            part=part,
            reads_as=TEXT,
            stated=tuple(lines.stated),
            stretches=tuple(lines.stretches),
        )
    except SourceError as error:
        return Refused(shown, error, content)


def _state_nitf(item: Element, lines: Lines) -> None:
    body = _find(item, "body")
    _write(body if body is not None else item, lines, "nitf")
    lines.state("title", _text(_find(item, "title")), "nitf/title")
    lines.state("id", _attribute(_find(item, "doc-id"), "id-string"), "nitf/doc-id")
    dates = (
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("story.date", "norm"),
        ("date.release", "norm"),
    )
    for tag, attribute in dates:
        lines.state("date", _day(_attribute(_find(item, tag), attribute)), f"nitf/{tag}")
    lines.state("outlet", _attribute(_find(item, "pubdata"), "name"), "nitf/pubdata")
    lines.state("section", _attribute(_find(item, "pubdata"), "position.section"), "nitf/pubdata")


def _state_g2(item: Element, lines: Lines) -> None:
    meta = _find(item, "contentMeta")
    for inline in (one for one in item.iter() if _tag(one) == "inlineXML"):
        _write(inline, lines, "newsml-g2")
    for inline in (one for one in item.iter() if _tag(one) == "inlineData"):
        _write_data(inline, lines)
    meta = item if meta is None else meta
    for field, tag in (("title", "headline"), ("byline", "byline"), ("dateline", "dateline"), ("byline", "by")):
        lines.state(field, _text(_find(meta, tag)), f"newsml-g2/{tag}")
    lines.state("byline", _called(_find(meta, "creator")), "newsml-g2/creator")
    lines.state("id", item.get("guid"), "newsml-g2/guid")
    for tag in ("contentCreated", "firstCreated", "versionCreated"):
        lines.state("date", _day(_text(_find(item, tag))), f"newsml-g2/{tag}")
    for tag in ("infoSource", "provider"):
        lines.state("outlet", _called(_find(item, tag)), f"newsml-g2/{tag}")
    lines.state("place", _called(_find(meta, "located")), "newsml-g2/located")
    lines.state("language", _attribute(_find(meta, "language"), "tag"), "newsml-g2/language")


def _write_data(inline: Element, lines: Lines) -> None:
    text = _text(inline, fold=False)
    kind = inline.get("contenttype") or ""
    for line in (render_markup(text) if "html" in kind else text).splitlines():
        lines.write(line, "paragraph", "newsml-g2/inlineData")


def _write(top: Element, lines: Lines, prefix: str) -> None:
    """Write every line of an element, each told apart by what stands around its text."""
    writing = Writing(lines, prefix, [])
    around: list[str] = []
    hidden = 0
    for event, one in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
        tag = _tag(one)
        if event == "start":
            hidden += tag in UNHEARD
            if tag in LINE_TAGS:
                writing.end_line()
            around.append(tag)
            _hear(writing, one.text, around, hidden)
        else:
            if event == "end":
                if tag in LINE_TAGS:
                    writing.end_line()
                around.pop()
                hidden -= tag in UNHEARD
            if one is not top:
                _hear(writing, one.tail, around, hidden)
    writing.end_line()


def _hear(writing: Writing, text: str | None, around: list[str], hidden: int) -> None:
    if not text or hidden:
        return
    if text.strip():
        kind = next((tag for tag in reversed(around) if tag in KINDS), "p")
        # A paragraph in a caption, a byline or a quotation is what that is.
        outer = next(
            (tag for tag in around if tag in KINDS and KINDS[tag] not in {"paragraph", "other", "footer"}), kind
        )
        named = kind if kind in STATED else next((tag for tag in around if tag in STATED), outer)
        if named != writing.kind and "".join(writing.words).strip() and KINDS[named] != KINDS[writing.kind]:
            writing.end_line()
        writing.kind = named
    writing.words.append(text)


def _tag(one: Element) -> str:
    return etree.QName(one).localname if isinstance(one.tag, str) else ""


def _find(top: Element, tag: str) -> Element | None:
    return next((one for one in top.iter() if _tag(one) == tag), None)


def _text(one: Element | None, *, fold: bool = True) -> str:
    text = "" if one is None else "".join(one.itertext())
    return " ".join(text.split()) if fold else text


def _called(one: Element | None) -> str | None:
    """Return the name of a person, place or organisation in NewsML-G2: its name, else its literal."""
    return None if one is None else _text(_find(one, "name")) or one.get("literal")


def _attribute(one: Element | None, name: str) -> str | None:
    return None if one is None else one.get(name)


def _first(top: Element, tag: str, attribute: str) -> str | None:
    return _attribute(_find(top, tag), attribute)


def _day(text: str | None) -> str | None:
    match = COMPACT.match(text or "")
    return text if match is None else "-".join(match.groups())
