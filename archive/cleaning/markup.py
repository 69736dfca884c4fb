"""HTML into blocks, head values and structured data: the one file that meets BeautifulSoup."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from archive.cleaning.marks import Piece, mark_runs, read_marks, unescape_run
from archive.model import Block, Span

# Elements whose border ends a block; all others run on inside a line.
BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav noscript ol option p pre section
    select summary table tbody td textarea tfoot th thead tr ul
"""
BLOCK_TAGS = frozenset(BLOCK_NAMES.split())
NO_TEXT = frozenset({"script", "style", "template", "svg", "head", "iframe", "object", "math"})
WORD = re.compile(r"\S+")
LONGEST_JSON = 1_000_000
LONGEST_SIGN = 300
# Words of class, id, rel, itemprop and test-id attributes that promise an author, a day or a headline.
SIGNS = re.compile(
    r"author|byline|autor|auteur|verfasser|writer|columnist|journalist|contributor|reporter|credit|signature|firma"
    r"|date|datum|fecha|time\b|timestamp|publi|posted|created|headline|title",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A block element of the page: its tag, its class, id and role in lower case, and the frame around it."""

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

    `hints` is its class, id, rel, itemprop and test-id in lower case, `value` what its datetime, content or title
    attribute states, `text` its words with white space folded, `span` where they stand, and `block` the number of
    the block they begin in (of the next block when the element is empty).
    """

    tag: str
    hints: str
    value: str | None
    text: str
    block: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed HTML page: what its head states and its text in blocks."""

    head_title: Meta | None
    metas: tuple[Meta, ...]
    json_ld: tuple[Mapping[str, Any], ...]
    times: tuple[Meta, ...]
    language: str | None
    canonical: str | None
    frames: tuple[Frame, ...]
    blocks: tuple[Block, ...]
    signs: tuple[Sign, ...] = ()

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
    # The prefix keeps BeautifulSoup from guessing whether the text is XML, a file name or an address.
    soup = BeautifulSoup(f"<!DOCTYPE html>{marked.markup}", "lxml")
    labelled = _label_elements(soup, selectors or {})
    walk = _Walk(original, marked.runs, labelled)
    walk.run(soup)
    html_tag = soup.find("html")
    canonical = soup.find("link", rel="canonical")
    return Markup(
        head_title=_head_title(soup, original, marked.runs),
        metas=tuple(_metas(soup, original)),
        json_ld=tuple(_json_ld(soup)),
        times=tuple(walk.times),
        language=_attribute(html_tag, "lang") or _attribute(html_tag, "xml:lang"),
        canonical=_attribute(canonical, "href"),
        frames=tuple(walk.frames),
        blocks=tuple(walk.blocks),
        signs=tuple(sign for sign in walk.signs if sign is not None),
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that may become a sign once its end is met."""

    tag: Tag
    hints: str
    number: int
    block: int
    piece: int


class _Walk:
    """One walk over the tree with a stack of our own, so that deep nesting cannot overflow Python's."""

    def __init__(
        self, original: str, runs: tuple[tuple[int, int], ...], labelled: Mapping[int, tuple[str, ...]]
    ) -> None:
        self.original, self.runs, self.labelled = original, runs, labelled
        self.frames: list[Frame] = []
        self.blocks: list[Block] = []
        self.times: list[Meta] = []
        self.signs: list[Sign | None] = []
        self.pieces: list[Piece] = []
        self.in_links = 0
        self.breaks = 0
        self.labels: tuple[str, ...] = ()
        self.frame = -1

    def run(self, soup: BeautifulSoup) -> None:
        # Entries: (node, link depth, labels, frame) to open, or (None, …) to close a block element.
        stack: list[tuple[Any, bool, tuple[str, ...], int]] = [(soup, False, (), -1)]
        while stack:
            node, in_link, labels, frame = stack.pop()
            if node is None:
                self._flush()
            elif isinstance(node, _Open):
                self._close_sign(node)
            elif isinstance(node, Tag):
                self._open(node, in_link, labels, frame, stack)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._add_text(node, in_link, labels, frame)
        self._flush()

    def _open(self, tag: Tag, in_link: bool, labels: tuple[str, ...], frame: int, stack: list[Any]) -> None:  # noqa: FBT001
        if tag.name in NO_TEXT:
            return
        if tag.name == "br":
            self.breaks += 1
            if self.breaks > 1:
                self._flush()
            return
        if tag.name == "time":
            self._add_time(tag)
        hints = _sign_hints(tag)
        labels += self.labelled.get(id(tag), ())
        if tag.name in BLOCK_TAGS:
            self._flush()
            self.frames.append(Frame(tag.name, _hints(tag), frame))
            frame = len(self.frames) - 1
            stack.append((None, False, (), frame))
        elif id(tag) in self.labelled:
            # A rule picks this inline element out of its line, so it becomes a block of its own.
            self._flush()
            stack.append((None, False, (), frame))
        if hints is not None:
            self.signs.append(None)
            opened = _Open(tag, hints, len(self.signs) - 1, len(self.blocks), len(self.pieces))
            stack.append((opened, False, (), frame))
        in_link = in_link or tag.name == "a"
        stack.extend((child, in_link, labels, frame) for child in reversed(tag.contents))

    def _add_text(self, node: str, in_link: bool, labels: tuple[str, ...], frame: int) -> None:  # noqa: FBT001
        numbers = list(read_marks(node))
        if not numbers:
            if node and self.pieces:
                end = self.pieces[-1].end
                self.pieces.append(Piece(" ", end, end))
            return
        self.breaks = 0
        self.labels, self.frame = labels, frame
        for number in numbers:
            pieces = list(unescape_run(self.original, *self.runs[number]))
            self.pieces.extend(pieces)
            if in_link:
                self.in_links += sum(len(piece.text.strip()) for piece in pieces)

    def _add_time(self, tag: Tag) -> None:
        value = _attribute(tag, "datetime")
        if value:
            self.times.append(Meta("time", value, _find_value(self.original, value)))

    def _close_sign(self, opened: "_Open") -> None:
        pending = _fold(self.pieces[opened.piece if opened.block == len(self.blocks) else 0 :])
        texts = [*self.blocks[opened.block :], *([pending] if pending is not None else [])]
        text = " ".join(block.text for block in texts)
        if len(text) > LONGEST_SIGN:
            return
        span = Span(texts[0].span.start, texts[-1].span.end) if texts else None
        value = next((v for v in (_attribute(opened.tag, name) for name in ("datetime", "content", "title")) if v), None)
        self.signs[opened.number] = Sign(opened.tag.name, opened.hints, value, text, opened.block, span)

    def _flush(self) -> None:
        pieces, self.pieces = self.pieces, []
        in_links, self.in_links = self.in_links, 0
        self.breaks = 0
        block = _fold(pieces)
        if block is not None:
            tag = self.frames[self.frame].tag if self.frame >= 0 else "body"
            self.blocks.append(
                Block(block.text, block.span, tag, block.runs, min(in_links, len(block.text)), self.frame, self.labels),
            )


def _fold(pieces: list[Piece]) -> Block | None:
    words: list[str] = []
    runs: list[tuple[int, int]] = []
    length, end, space = 0, 0, False
    for piece in pieces:
        position = 0
        for word in WORD.finditer(piece.text):
            if words and (space or word.start() > position):
                words.append(" ")
                length += 1
            origin = piece.start + min(word.start(), piece.end - piece.start)
            if not runs or origin - length != runs[-1][1] - runs[-1][0]:
                runs.append((length, origin))
            words.append(word[0])
            length += len(word[0])
            position, space = word.end(), False
            end = min(piece.start + word.end(), piece.end)
            if len(piece.text) < piece.end - piece.start:  # an entity: several code points print as fewer
                end = piece.end
        if position < len(piece.text):
            space = True
    if not words:
        return None
    return Block("".join(words), Span(runs[0][1], end), runs=tuple(runs))


def _label_elements(soup: BeautifulSoup, selectors: Mapping[str, str]) -> dict[int, tuple[str, ...]]:
    labelled: dict[int, tuple[str, ...]] = {}
    for label, selector in selectors.items():
        for element in soup.select(selector):
            labelled[id(element)] = (*labelled.get(id(element), ()), label)
    return labelled


def _hints(tag: Tag) -> str:
    return " ".join(filter(None, (_attribute(tag, name) for name in ("class", "id", "role")))).lower()


def _sign_hints(tag: Tag) -> str | None:
    """Return an element's names when they promise an author, a day or a headline; None when they do not."""
    names = ("class", "id", "rel", "itemprop", "data-testid")
    hints = " ".join(filter(None, (_attribute(tag, name) for name in names))).lower()
    if tag.name in {"time", "address"} or (hints and tag.name not in {"html", "body", "main"} and SIGNS.search(hints)):
        return hints
    return None


def _attribute(tag: object, name: str) -> str | None:
    if not isinstance(tag, Tag):
        return None
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value


def _head_title(soup: BeautifulSoup, original: str, runs: tuple[tuple[int, int], ...]) -> Meta | None:
    tag = soup.find("title")
    if not isinstance(tag, Tag):
        return None
    pieces = [
        piece for text in tag.strings for number in read_marks(text) for piece in unescape_run(original, *runs[number])
    ]
    block = _fold(pieces)
    return None if block is None else Meta("title", block.text, block.span)


def _metas(soup: BeautifulSoup, original: str) -> Iterator[Meta]:
    for tag in soup.find_all("meta"):
        name = next((_attribute(tag, key) for key in ("property", "name", "itemprop") if tag.get(key)), None)
        value = _attribute(tag, "content")
        if name and value and value.strip():
            yield Meta(name.strip().lower(), " ".join(value.split()), _find_value(original, value))


def _find_value(original: str, value: str) -> Span | None:
    """Return where an attribute's value stands, when it stands there as it reads (most do)."""
    for form in (value, value.replace("&", "&amp;"), value.replace("&", "&amp;").replace('"', "&quot;")):
        start = original.find(f'"{form}"')
        if start < 0:
            start = original.find(f"'{form}'")
        if start >= 0:
            return Span(start + 1, start + 1 + len(form))
    return None


def _json_ld(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    for tag in soup.find_all("script", type="application/ld+json"):
        text = tag.get_text()
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
            stack.append(item.get("@graph"))
