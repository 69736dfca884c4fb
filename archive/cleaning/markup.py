"""HTML into blocks, head values and structured data: the one file that meets the HTML parser."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.cleaning.folding import NOWHERE, fold
from archive.cleaning.marks import FIRST_MARK, MARK, REPLACED, Marked, mark_runs, restore_marks, split_marks
from archive.cleaning.selecting import Labels, label_runs
from archive.model import Block, Span

# Elements whose border ends a block; all others run on inside a line.
BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav noscript ol option p plaintext
    pre section select summary table tbody td textarea tfoot th thead tr ul xmp
"""
BLOCK_TAGS = frozenset(BLOCK_NAMES.split())
CELLS = frozenset({"td", "th"})
# A row whose cells hold lines only is one line; with any of these inside it lays out the page.
LAYOUT = "p,div,br,ul,ol,dl,table,h1,h2,h3,h4,h5,h6,article,section,blockquote,figure,form,pre"
NO_TEXT = ["script", "style", "template", "svg", "head", "iframe", "object", "math"]
VOID = frozenset({"img", "input", "wbr", "source", "track", "embed", "col", "link"})
EMPHASIS = frozenset({"b", "strong", "em", "i"})
HINT_NAMES = frozenset({"class", "id", "role", "rel", "itemprop", "property", "data-testid"})
ALWAYS_SIGNS = frozenset({"time", "address"})
NEVER_SIGNS = frozenset({"html", "body", "main"})
STATING = re.compile(  # <meta name="date" content="2016-11-03">
    r"""<(?:meta|time)\b[^>"']*+(?:(?:"[^"]*+"|'[^']*+'|["'])[^>"']*+)*+(?:>|\Z)""", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")  # content="2016-11-03"
SIGN_VALUES = ("datetime", "content", "title")
LONGEST_JSON = 1_000_000
LONGEST_SIGN = 300
MOST_SEARCHES = 100
# Words of class, id, rel, itemprop and test-id attributes that promise an author, a day or a headline.
SIGNS = re.compile(
    r"author|byline|autor|auteur|verfasser|writer|columnist|journalist|contributor|reporter|credit|signature|firma"
    r"|date|datum|fecha|time\b|timestamp|publi|posted|created|headline|title",
)


class Frame(NamedTuple):
    """A block element of the page: its tag, what its attributes call it in lower case, and the frame around it."""

    tag: str
    hints: str
    parent: int


@dataclass(frozen=True, slots=True)
class Meta:
    """One value the page's head states about itself, with its place in the original when it can be found there."""

    name: str
    value: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Sign:
    """An element of the page's body that says what it holds: a time, an author's link, a named property.

    `hints` is its class, id, role, rel, itemprop and test-id in lower case, `value` what its datetime, content or
    title attribute states, `text` its words with white space folded, `span` where they stand, and `block` the number
    of the block they begin in (of the next block when the element is empty).
    """

    tag: str
    hints: str
    value: str | None
    text: str
    block: int
    span: Span | None


class Weight(NamedTuple):
    """How much of a block is links and emphasis: links, and code points in bold or italic."""

    links: int
    emphasis: int


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed HTML page: what its head states and its text in blocks; `weights` has one entry for each block."""

    head_title: Meta | None
    metas: tuple[Meta, ...]
    json_ld: tuple[Mapping[str, Any], ...]
    times: tuple[Meta, ...]
    language: str | None
    canonical: str | None
    frames: tuple[Frame, ...]
    blocks: tuple[Block, ...]
    signs: tuple[Sign, ...] = ()
    weights: tuple[Weight, ...] = ()

    def meta(self, *names: str) -> Meta | None:
        """Return the first of these head values that the page states, by the order of `names`."""
        for name in names:
            for meta in self.metas:
                if meta.name == name:
                    return meta
        return None

    def ancestors(self, frame: int) -> Iterator[Frame]:
        """Yield a frame and the frames around it, innermost first."""
        while frame >= 0:
            yield self.frames[frame]
            frame = self.frames[frame].parent


def parse_markup(original: str, selectors: Mapping[str, str] | None = None) -> Markup:
    """Return an HTML page's head values and blocks; `selectors` maps label → CSS and labels the blocks below.

    Nothing is executed or fetched; entities a document declares itself are never expanded.
    """
    marked = mark_runs(original)
    parser = LexborHTMLParser(marked.markup)
    head_title = _head_title(parser, marked)
    stated = _find_stated(marked.plain)
    metas = tuple(_metas(parser, stated))
    json_ld = tuple(_json_ld(parser))
    canonical = parser.css_first("link[rel~=canonical]")
    root = parser.root
    language = None if root is None else root.attributes.get("lang") or root.attributes.get("xml:lang")
    parser.strip_tags(NO_TEXT)
    labels = label_runs(parser.html or "", selectors) if selectors else {}
    walk = _Walk(original, marked, labels)
    if parser.body is not None:
        walk.run(parser.body)
    return Markup(
        head_title=head_title,
        metas=metas,
        json_ld=json_ld,
        times=tuple(Meta("time", value, stated.get(value)) for value in walk.times),
        language=language,
        canonical=None if canonical is None else canonical.attributes.get("href"),
        frames=tuple(walk.frames),
        blocks=tuple(walk.blocks),
        signs=tuple(walk.signs()),
        weights=tuple(walk.weights),
    )


# An element the walk stands in: the parser's number for it, whether its end ends a block, its sign's number, and what
# holds again after it: frame, in a link, in emphasis. A plain tuple: a page has a thousand of them.
_Element = tuple[int, bool, int, int, bool, bool]


class _OpenSign:
    """An element that promises something, and which stretch of the page's texts is its own."""

    __slots__ = ("block", "first", "hints", "last", "tag", "value")

    def __init__(self, tag: str, hints: str, value: str | None, block: int, first: int) -> None:
        self.tag, self.hints, self.value, self.block = tag, hints, value, block
        self.first = self.last = first


class _Walk:
    """One pass over the tree in page order with a stack of our own, so that deep nesting cannot overflow Python's."""

    def __init__(self, original: str, marked: Marked, labels: Labels) -> None:
        self.original = original
        self.plain, self.starts, self.labelled = marked.plain, marked.starts, labels
        self.frames: list[Frame] = []
        self.blocks: list[Block] = []
        self.weights: list[Weight] = []
        self.times: list[str] = []
        self.opened: list[_OpenSign] = []
        # All texts in page order with where each begins in the original; "\n" and " " stand for what parts them.
        self.texts: list[str] = []
        self.places: list[int] = []
        self.first = 0
        self.place = self.searches = 0
        self.link_length = self.links = self.emphasis = self.breaks = 0
        self.labels: tuple[tuple[str, int], ...] = ()
        self.frame = -1
        self.in_link = self.in_emphasis = self.in_row = False

    def run(self, body: LexborNode) -> None:
        outer = body.parent
        top = bottom = -1 if outer is None else outer.mem_id
        stack: list[_Element] = [(bottom, False, -1, -1, False, False)]
        for node in body.traverse(include_text=True):
            parent = node.parent
            number = bottom if parent is None else parent.mem_id
            while top != number and len(stack) > 1:
                self._close(stack.pop())
                top = stack[-1][0]
            tag = node.tag
            if tag == "-text":
                self._read(node.text_content or "")
            elif tag == "br":
                self._break()
            elif tag is not None and tag not in VOID and tag[0] not in "-_!":
                top = node.mem_id
                stack.append(self._open(node, tag, top))
        while stack:
            self._close(stack.pop())
        self._flush()

    def _open(self, node: LexborNode, tag: str, number: int) -> _Element:
        attributes = node.attributes
        hints = _hints(attributes) if attributes else ""
        frame, in_link, in_emphasis = self.frame, self.in_link, self.in_emphasis
        is_block = tag in BLOCK_TAGS and not (self.in_row and tag in CELLS)
        if is_block:
            if self.first < len(self.texts):
                self._flush()
            self.in_row = tag == "tr" and node.css_first(LAYOUT) is None
            self.frame = len(self.frames)
            self.frames.append(Frame(tag, hints, frame))
        elif tag == "a":
            self.in_link = True
            self.links += 1
        elif tag in EMPHASIS:
            self.in_emphasis = True
        elif tag in CELLS:
            self._part(" ")
        sign = -1
        if tag in ALWAYS_SIGNS or (hints and _is_sign(hints) and tag not in NEVER_SIGNS):
            sign = len(self.opened)
            value = next((v for v in map(attributes.get, SIGN_VALUES) if v), None)
            self.opened.append(_OpenSign(tag, hints, value, len(self.blocks), len(self.texts)))
            if tag == "time" and attributes.get("datetime"):
                self.times.append(attributes["datetime"] or "")
        return number, is_block, sign, frame, in_link, in_emphasis

    def _close(self, element: _Element) -> None:
        _, is_block, sign, frame, self.in_link, self.in_emphasis = element
        if is_block:
            if self.first < len(self.texts):
                self._flush()
            self.frame = frame
        if sign >= 0:
            self.opened[sign].last = len(self.texts)

    def _break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self._flush()
        else:
            self._part("\n")

    def _read(self, text: str) -> None:
        if not text or text.isspace():
            if text and self.first < len(self.texts):
                self.texts.append(" ")
                self.places.append(NOWHERE)
            return
        number = ord(text[0]) - FIRST_MARK
        if number >= 0 and MARK.search(text, 1) is None:
            self._add(self.starts[number], number, text[1:])
            return
        for one, part in split_marks(text):
            if one >= 0:
                self._add(self.starts[one], one, part)
            elif part.isspace():
                self._part(" ")
            else:
                self._add(self._search(part), -1, part)

    def _search(self, text: str) -> int:
        """Return where a text stands that got no mark: a tag of the page is broken in a way only the parser knows."""
        self.searches += 1
        found = self.plain.find(text.strip(), self.place) if self.searches < MOST_SEARCHES else -1
        if found < 0:
            return max(0, min(self.place, len(self.plain) - len(text)))
        return found - (len(text) - len(text.lstrip()))

    def _add(self, place: int, number: int, text: str) -> None:
        if self.labelled:
            labels = self.labelled.get(number, ())
            if labels != self.labels:
                self._flush()
                self.labels = labels
        self.texts.append(text)
        self.places.append(place)
        self.place = place + len(text)
        self.breaks = 0
        if self.in_link:
            self.link_length += len(text.strip())
        if self.in_emphasis:
            self.emphasis += len(text)

    def _part(self, mark: str) -> None:
        if len(self.texts) > self.first:
            self.texts.append(mark)
            self.places.append(NOWHERE)

    def _flush(self) -> None:
        first, last = self.first, len(self.texts)
        self.breaks = 0
        if first == last:
            return
        folded = fold(self.plain, self.texts[first:last], self.places[first:last])
        if folded is not None:
            text, span, runs = folded
            if REPLACED in text:
                text = restore_marks(text, runs, self.original)
            frame = self.frame
            tag = self.frames[frame].tag if frame >= 0 else "body"
            labels = tuple(dict.fromkeys(label for label, _ in self.labels))
            self.blocks.append(Block(text, span, tag, runs, min(self.link_length, len(text)), frame, labels))
            self.weights.append(Weight(self.links, min(self.emphasis, len(text))))
        self.texts.append("\n")
        self.places.append(NOWHERE)
        self.first = last + 1
        self.link_length = self.links = self.emphasis = 0

    def signs(self) -> Iterator[Sign]:
        """Yield what the page's elements promise, those of a few words only."""
        for sign in self.opened:
            first, last = sign.first, sign.last
            if last - first > LONGEST_SIGN:
                continue
            folded = fold(self.plain, self.texts[first:last], self.places[first:last]) if last > first else None
            text, span, _ = folded or ("", None, ())
            if len(text) <= LONGEST_SIGN:
                yield Sign(sign.tag, sign.hints, sign.value, text, sign.block, span)


@cache
def _is_sign(hints: str) -> bool:
    return SIGNS.search(hints) is not None


def _hints(attributes: Mapping[str, str | None]) -> str:
    found = [value for name, value in attributes.items() if value and name in HINT_NAMES]
    return " ".join(found).lower() if found else ""


def _head_title(parser: LexborHTMLParser, marked: Marked) -> Meta | None:
    tag = parser.css_first("head title") or parser.css_first("title")
    if tag is None:
        return None
    parts = [(part, marked.starts[number]) for number, part in split_marks(tag.text()) if number >= 0]
    folded = fold(marked.plain, [part for part, _ in parts], [place for _, place in parts]) if parts else None
    return None if folded is None else Meta("title", folded[0], folded[1])


def _metas(parser: LexborHTMLParser, stated: Mapping[str, Span]) -> Iterator[Meta]:
    for tag in parser.css("meta"):
        attributes = tag.attributes
        name = next((value for key in ("property", "name", "itemprop") if (value := attributes.get(key))), None)
        value = attributes.get("content")
        if name and value and value.strip():
            yield Meta(name.strip().lower(), " ".join(value.split()), stated.get(value))


def _find_stated(plain: str) -> Mapping[str, Span]:
    """Return where the attribute values of the page's meta and time elements first stand, by what they read."""
    found: dict[str, Span] = {}
    for tag in STATING.finditer(plain):
        for value in ATTRIBUTE.finditer(plain, tag.start(), tag.end()):
            group = value.lastindex or 0
            printed = value[group]
            found.setdefault(html.unescape(printed) if "&" in printed else printed, Span(*value.span(group)))
    return found


def _json_ld(parser: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    for tag in parser.css('script[type="application/ld+json" i]'):
        text = tag.text()
        if len(text) > LONGEST_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # a page's broken JSON says nothing; the page's text still does
        yield from _flatten(data)


def _flatten(data: object) -> Iterator[Mapping[str, Any]]:
    stack = [data]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            stack.extend((item.get("mainEntity"), item.get("@graph")))
