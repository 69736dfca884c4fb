"""One pass over a parsed page's body: its frames, its blocks and what its elements promise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from archive.cleaning.folding import NOWHERE, fold, make
from archive.cleaning.hints import PROMISING, hint_bits, known_bits
from archive.cleaning.marks import FIRST_MARK, MARK, REPLACED, Marked, restore_marks, split_runs, unmark
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
KINDS: dict[str | None, int] = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK), **dict.fromkeys(CELLS, CELL), "a": LINK,
    **dict.fromkeys(("b", "strong", "em", "i"), EMPHASIS), "br": BREAK, "-text": TEXT,
    **dict.fromkeys(("img", "input", "wbr", "source", "track", "embed", "col", "link"), NOTHING),
    **dict.fromkeys(("-comment", "-doctype", "-document", None), NOTHING),
}  # fmt: skip
HINT_NAMES = frozenset({"class", "id", "role", "rel", "itemprop", "property", "data-testid"})
ALWAYS_SIGNS = frozenset({"time", "address"})
NEVER_SIGNS = frozenset({"html", "body", "main"})
SIGN_VALUES = ("datetime", "content", "title")
LONGEST_SIGN = 300
MOST_SEARCHES = 100
MARK_SIGN = chr(FIRST_MARK)

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
    def first_child(self) -> "Node | None": ...  # noqa: D102 - the parser's own words
    @property
    def next(self) -> "Node | None": ...  # noqa: D102
    @property
    def tag_id(self) -> int: ...  # noqa: D102
    @property
    def tag(self) -> str | None: ...  # noqa: D102
    @property
    def text_content(self) -> str | None: ...  # noqa: D102
    @property
    def attributes(self) -> dict[str, str | None]: ...  # noqa: D102
    def css_first(self, query: str) -> "Node | None": ...  # noqa: D102


# What the end of an element brings back: whether it ends a block, its sign's number, and what holds again after it:
# frame, in a link, in emphasis. A plain tuple: a page has hundreds of them. None where nothing changes.
_End = tuple[bool, int, int, bool, bool]
# Name and kind by the parser's number for a tag, which is got far sooner than the name; some hold for one page only.
_Kinds = dict[int, tuple[str, int]]


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
        end = self._open(body, "body", BLOCK)
        self._read_nodes(body.first_child)
        if end is not None:
            self._close(end)
        self._flush()

    def _read_nodes(self, node: Node | None) -> None:
        # From child to sibling, never asking for the parent: an element that holds nothing to read ends at once.
        around: list[tuple[Node, _End | None]] = []
        known: _Kinds = {}
        while node is not None or around:
            if node is None:
                outer, end = around.pop()
                if end is not None:
                    self._close(end)
                node = outer.next
                continue
            tag, kind = known.get(node.tag_id) or _learn_kind(node, known)
            if kind == TEXT:
                text = node.text_content
                if text and (self.filled or not text.isspace()):  # most of a page's texts are blank
                    self._read(text)
            elif kind <= INLINE:
                end = self._open(node, tag, kind)
                child = node.first_child
                if child is not None:
                    around.append((node, end))
                    node = child
                    continue
                if end is not None:
                    self._close(end)
            elif kind == BREAK:
                self._break()
            node = node.next

    def _open(self, node: Node, tag: str, kind: int) -> _End | None:
        hints, bits = "", 0
        attributes = node.attributes
        for name in attributes:
            value = attributes[name] if name in HINT_NAMES else None
            if value:
                hints = f"{hints} {value}" if hints else value
        if hints:
            hints = unmark(hints.lower())
            bits = known_bits(hints) or hint_bits(hints)
        promised = tag in ALWAYS_SIGNS or (bits & PROMISING and tag not in NEVER_SIGNS)
        if kind == INLINE and not promised:
            return None
        frame, in_link, in_emphasis = self.frame, self.in_link, self.in_emphasis
        is_block = kind == BLOCK or (kind == CELL and not self.in_row)
        if is_block:
            if self.filled:
                self._flush()
            self.in_row = tag == "tr" and node.css_first(LAYOUT) is None
            self.frame = len(self.frames)
            self.frames.append(make(Frame, (tag, hints, frame)))
        elif kind == LINK:
            self.in_link = True
            self.links += 1
        elif kind == EMPHASIS:
            self.in_emphasis = True
        elif kind == CELL:
            self._part(" ")
        sign = self._sign(tag, hints, attributes) if promised else -1
        return is_block, sign, frame, in_link, in_emphasis

    def _sign(self, tag: str, hints: str, attributes: Mapping[str, str | None]) -> int:
        """Note an element that promises something; return its number."""
        value = next((v for v in map(attributes.get, SIGN_VALUES) if v), None)
        value = None if value is None else unmark(value)
        self.opened.append(_OpenSign(tag, hints, value, len(self.blocks), len(self.texts)))
        time = attributes.get("datetime") if tag == "time" else None
        if time:
            self.times.append(unmark(time))
        return len(self.opened) - 1

    def _close(self, end: _End) -> None:
        is_block, sign, frame, self.in_link, self.in_emphasis = end
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
            self._part(" ")
            return
        marked = text if text[0] >= MARK_SIGN else text.lstrip()  # the tags before it left blanks
        rest = marked[1:]
        if (rest or marked is text) and marked[0] >= MARK_SIGN and (rest.isascii() or MARK.search(rest) is None):
            if marked is not text:
                self._part(" ")
            number = ord(marked[0]) - FIRST_MARK
            self._add(self.starts[number], number, rest)
            return
        for one, part in split_runs(text, self.starts):
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
            length, linked, emphasis = len(text), self.link_length, self.emphasis
            linked = linked if linked < length else length  # noqa: FURB136 - min() takes ten times as long
            emphasis = emphasis if emphasis < length else length  # noqa: FURB136
            self.blocks.append(make(Block, (text, span, tag, runs, linked, frame, labels)))
            self.stretches.append((self.first, len(self.texts)))
            self.weights.append(make(Weight, (self.links, emphasis)))
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
        labelled = by_place.keys()
        blocks = list(self.blocks)
        for number, (first, last) in enumerate(self.stretches):
            places = self.places[first:last]
            if labelled.isdisjoint(places):  # most of a page's blocks
                continue
            own = {by_place.get(place, ()) for place in places if place != NOWHERE}
            if len(own) > 1:
                return None
            names = tuple(dict.fromkeys(label for label, _ in own.pop()))
            blocks[number] = blocks[number]._replace(labels=names)
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


def _learn_kind(node: Node, known: _Kinds) -> tuple[str, int]:
    name = node.tag
    known[node.tag_id] = found = (name or "", KINDS.get(name, INLINE))
    return found
