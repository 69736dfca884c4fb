"""HTML into blocks, head values and structured data: the one file that meets the HTML parser."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.cleaning.folding import fold
from archive.cleaning.marks import Marked, mark_runs, split_marks, unmark
from archive.cleaning.selecting import label_runs
from archive.cleaning.walking import Frame, Labels, Sign, Walk, Weight
from archive.model import Block, Span

NO_TEXT = ["script", "style", "template", "svg", "head", "iframe", "object", "math"]
STATING = re.compile(  # <meta name="date" content="2016-11-03">
    r"""<(?:[mM][eE][tT][aA]|[tT][iI][mM][eE])\b[^>"']*+(?:(?:"[^"]*+"|'[^']*+'|["'])[^>"']*+)*+(?:>|\Z)"""
)
ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")  # content="2016-11-03"
LONGEST_JSON = 1_000_000


@dataclass(frozen=True, slots=True)
class Meta:
    """One value the page's head states about itself, with its place in the original when it can be found there."""

    name: str
    value: str
    span: Span | None


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
    parsed = ParsedPage(original)
    return parsed.label(selectors) if selectors else parsed.markup


class ParsedPage:
    """A page parsed once: its `markup`, which can be had again with an outlet's selectors applied."""

    def __init__(self, original: str) -> None:
        self._original, self._marked = original, mark_runs(original)
        self._parser = parser = LexborHTMLParser(self._marked.markup)
        head_title = _head_title(parser, self._marked)
        self._stated = _find_stated(self._marked.plain)
        metas = tuple(_metas(parser, self._stated))
        json_ld = tuple(_json_ld(parser))
        canonical = parser.css_first("link[rel~=canonical]")
        root = parser.root
        language = None if root is None else _unmarked(root, "lang") or _unmarked(root, "xml:lang")
        parser.strip_tags(NO_TEXT)
        self._walk = self._read({})
        self.markup = self._fill(
            Markup(
                head_title=head_title,
                metas=metas,
                json_ld=json_ld,
                times=(),
                language=language,
                canonical=None if canonical is None else _unmarked(canonical, "href"),
                frames=(),
                blocks=(),
            ),
            self._walk,
        )

    def label(self, selectors: Mapping[str, str]) -> Markup:
        """Return the markup with each block labelled by the selectors that pick what it stands in; label → CSS."""
        labels = label_runs(self._parser, selectors)
        blocks = self._walk.label_blocks(labels)
        if blocks is not None:
            return replace(self.markup, blocks=tuple(blocks))
        return self._fill(self.markup, self._read(labels))

    def _read(self, labels: Labels) -> Walk:
        walk = Walk(self._original, self._marked, labels)
        if self._parser.body is not None:
            walk.run(self._parser.body)
        return walk

    def _fill(self, markup: Markup, walk: Walk) -> Markup:
        return replace(
            markup,
            times=tuple(Meta("time", value, self._stated.get(value)) for value in walk.times),
            frames=tuple(walk.frames),
            blocks=tuple(walk.blocks),
            signs=tuple(walk.signs()),
            weights=tuple(walk.weights),
        )


def _head_title(parser: LexborHTMLParser, marked: Marked) -> Meta | None:
    tag = parser.css_first("head title") or parser.css_first("title")
    if tag is None:
        return None
    parts = [(part, marked.starts[number]) for number, part in split_marks(tag.text()) if number >= 0]
    folded = fold(marked.plain, [part for part, _ in parts], [place for _, place in parts]) if parts else None
    return None if folded is None else Meta("title", folded[0], folded[1])


def _unmarked(node: LexborNode, name: str) -> str | None:
    value = node.attributes.get(name)
    return None if value is None else unmark(value)


def _metas(parser: LexborHTMLParser, stated: Mapping[str, Span]) -> Iterator[Meta]:
    for tag in parser.css("meta"):
        attributes = tag.attributes
        name = next((value for key in ("property", "name", "itemprop") if (value := attributes.get(key))), None)
        value = attributes.get("content")
        if name and value and value.strip():
            value = unmark(value)
            yield Meta(unmark(name).strip().lower(), " ".join(value.split()), stated.get(value))


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
        text = unmark(tag.text())
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
