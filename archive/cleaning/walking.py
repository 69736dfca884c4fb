"""One pass over a parsed page's body: its frames, its blocks and what its elements promise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from archive.cleaning.folding import NOWHERE, fold
from archive.cleaning.hints import promises
from archive.cleaning.marks import FIRST_MARK, MARK, REPLACED, Marked, restore_marks, split_marks
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
BLOCK, CELL, LINK, EMPHASIS, INLINE, BREAK, TEXT, NOTHING = range(8)
KINDS = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK), **dict.fromkeys(CELLS, CELL), "a": LINK,
    **dict.fromkeys(("b", "strong", "em", "i"), EMPHASIS), "br": BREAK, "-text": TEXT,
    **dict.fromkeys(("img", "input", "wbr", "source", "track", "embed", "col", "link", "-comment"), NOTHING),
}  # fmt: skip
HINT_NAMES = frozenset({"class", "id", "role", "rel", "itemprop", "property", "data-testid"})
ALWAYS_SIGNS = frozenset({"time", "address"})
NEVER_SIGNS = frozenset({"html", "body", "main"})
SIGN_VALUES = ("datetime", "content", "title")
LONGEST_SIGN = 300
MOST_SEARCHES = 100

Labels = Mapping[int, tuple[tuple[str, int], ...]]


class Frame(NamedTuple):
    """A block element of the page: its tag, what its attributes call it in lower case, and the frame around it."""

    tag: str
    hints: str
    parent: int


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


class Node(Protocol):
    """An element or a text of the parser's tree, as far as the walk asks it."""

    @property
    def mem_id(self) -> int: ...  # noqa: D102 - the parser's own words
    @property
    def parent(self) -> "Node | None": ...  # noqa: D102
    @property
    def tag(self) -> str | None: ...  # noqa: D102
    @property
    def text_content(self) -> str | None: ...  # noqa: D102
    @property
    def attributes(self) -> dict[str, str | None]: ...  # noqa: D102
    def traverse(self, include_text: bool = False) -> "Iterator[Node]": ...  # noqa: D102, FBT001, FBT002
    def css_first(self, query: str) -> "Node | None": ...  # noqa: D102


# An element the walk stands in: the parser's number for it, whether its end ends a block, its sign's number, and what
# holds again after it: frame, in a link, in emphasis. A plain tuple: a page has a thousand of them.
_Element = tuple[int, bool, int, int, bool, bool]


class _OpenSign:
    """An element that promises something, and which stretch of the page's texts is its own."""

    __slots__ = ("block", "first", "hints", "last", "tag", "value")

    def __init__(self, tag: str, hints: str, value: str | None, block: int, first: int) -> None:
        self.tag, self.hints, self.value, self.block = tag, hints, value, block
        self.first = self.last = first


class Walk:
    """One pass over the tree in page order with a stack of our own, so that deep nesting cannot overflow Python's."""

    def __init__(self, original: str, marked: Marked, labels: Labels) -> None:
        self.original = original
        self.plain, self.starts, self.labelled = marked.plain, marked.starts, labels
        self.frames: list[Frame] = []
        self.blocks: list[Block] = []
        self.weights: list[Weight] = []
        self.stretches: list[tuple[int, int]] = []  # of each block, which texts it is made of
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
        self.filled = False  # whether the block under way has a text

    def run(self, body: Node) -> None:
        """Read a body element, in page order."""
        outer = body.parent
        top = bottom = -1 if outer is None else outer.mem_id
        stack: list[_Element] = [(bottom, False, -1, -1, False, False)]
        kind_of = KINDS.get
        for node in body.traverse(include_text=True):
            tag = node.tag
            kind = kind_of(tag, INLINE)  # type: ignore[arg-type] # no element is without a name
            text = node.text_content if kind == TEXT else None
            if kind == NOTHING or (kind == TEXT and (not text or (not self.filled and text.isspace()))):
                continue  # most of a page's nodes: they say nothing, whatever ends before them
            parent = node.parent
            number = bottom if parent is None else parent.mem_id
            while top != number and len(stack) > 1:
                self._close(stack.pop())
                top = stack[-1][0]
            if text is not None:
                self._read(text)
            elif kind <= INLINE:
                if tag is not None and tag[0] not in "-_!":
                    top = node.mem_id
                    stack.append(self._open(node, tag, kind, top))
            elif kind == BREAK:
                self._break()
        while stack:
            self._close(stack.pop())
        self._flush()

    def _open(self, node: Node, tag: str, kind: int, number: int) -> _Element:
        attributes = node.attributes
        hints = _hints(attributes) if attributes else ""
        frame, in_link, in_emphasis = self.frame, self.in_link, self.in_emphasis
        is_block = kind == BLOCK or (kind == CELL and not self.in_row)
        if is_block:
            if self.filled:
                self._flush()
            self.in_row = tag == "tr" and node.css_first(LAYOUT) is None
            self.frame = len(self.frames)
            self.frames.append(Frame(tag, hints, frame))
        elif kind == LINK:
            self.in_link = True
            self.links += 1
        elif kind == EMPHASIS:
            self.in_emphasis = True
        elif kind == CELL:
            self._part(" ")
        sign = -1
        if (hints and promises(hints) and tag not in NEVER_SIGNS) or tag in ALWAYS_SIGNS:
            sign = len(self.opened)
            value = next((v for v in map(attributes.get, SIGN_VALUES) if v), None)
            self.opened.append(_OpenSign(tag, hints, value, len(self.blocks), len(self.texts)))
            if tag == "time" and attributes.get("datetime"):
                self.times.append(attributes["datetime"] or "")
        return number, is_block, sign, frame, in_link, in_emphasis

    def _close(self, element: _Element) -> None:
        _, is_block, sign, frame, self.in_link, self.in_emphasis = element
        if is_block:
            if self.filled:
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
        if text.isspace():
            if self.filled:
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
        self.filled = True
        if self.in_link:
            self.link_length += len(text.strip())
        if self.in_emphasis:
            self.emphasis += len(text)

    def _part(self, mark: str) -> None:
        if self.filled:
            self.texts.append(mark)
            self.places.append(NOWHERE)

    def _flush(self) -> None:
        self.breaks = 0
        if not self.filled:
            return
        folded = fold(self.plain, self.texts, self.places, self.first)
        if folded is not None:
            text, span, runs = folded
            if REPLACED in text:
                text = restore_marks(text, runs, self.original)
            frame = self.frame
            tag = self.frames[frame].tag if frame >= 0 else "body"
            labels = tuple(dict.fromkeys(label for label, _ in self.labels)) if self.labels else ()
            length = len(text)
            self.blocks.append(Block(text, span, tag, runs, min(self.link_length, length), frame, labels))
            self.stretches.append((self.first, len(self.texts)))
            self.weights.append(Weight(self.links, min(self.emphasis, length)))
        self.texts.append("\n")
        self.places.append(NOWHERE)
        self.first = len(self.texts)
        self.filled = False
        self.link_length = self.links = self.emphasis = 0

    def label_blocks(self, labels: Labels) -> list[Block] | None:
        """Return the blocks with these labels; None when one of them would have to be cut where its labels change."""
        if self.searches:
            return None  # a text without a mark has no label, and no place to be sure of
        by_place = {self.starts[number]: label for number, label in labels.items()}
        blocks = []
        for block, (first, last) in zip(self.blocks, self.stretches, strict=True):
            own = {by_place.get(place, ()) for place in self.places[first:last] if place != NOWHERE}
            if len(own) > 1:
                return None
            names = tuple(dict.fromkeys(label for label, _ in next(iter(own), ())))
            blocks.append(block._replace(labels=names) if names else block)
        return blocks

    def signs(self) -> Iterator[Sign]:
        """Yield what the page's elements promise, those of a few words only."""
        for sign in self.opened:
            first, last = sign.first, sign.last
            if last - first > LONGEST_SIGN:
                continue
            folded = fold(self.plain, self.texts, self.places, first, last) if last > first else None
            text, span, _ = folded or ("", None, ())
            if len(text) <= LONGEST_SIGN:
                yield Sign(sign.tag, sign.hints, sign.value, text, sign.block, span)


def _hints(attributes: Mapping[str, str | None]) -> str:
    found = [value for name, value in attributes.items() if value and name in HINT_NAMES]
    return " ".join(found).lower() if found else ""
