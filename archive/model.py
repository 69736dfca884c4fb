"""The values of the archive: frozen, small, and the same for every layer above."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, NamedTuple

Basis = Literal["printed", "metadata", "inferred", "person"]
DateBasis = Literal["stated", "inferred", "unknown"]
Zone = Literal[
    "meta", "title", "byline", "dateline", "caption", "body", "comments", "url", "container", "import", "desk"
]
EvidenceStatus = Literal["proposed", "accepted", "rejected"]
PlaceRole = Literal["main", "mentioned", "filed from"]
AuthorKind = Literal["person", "organisation"]

BlockKind = Literal[
    # kept: these become fields of the report
    "title", "byline", "paragraph", "subhead", "list", "quotation", "table", "caption", "comment",
    # set aside, and still part of the report's page
    "identifier", "section", "date", "tagline", "navigation", "sharing", "related", "form",
    "advert", "placeholder", "listing", "label", "repeated", "consent", "footer", "other",
]  # fmt: skip
IN_TEXT = itemgetter(0)
BODY_KINDS: tuple[BlockKind, ...] = ("paragraph", "subhead", "list", "quotation", "table")


class Span(NamedTuple):
    """A stretch of the decoded original: `start` and `end` in code points, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page came from: its name as given, the digest of its bytes, and what the container says of it.

    `media_type` may carry parameters that say how the bytes are read (`text/csv; fields=…`). `part` counts from 1
    the reports of an original that holds several; 0 is the whole. `captured` is when the page was saved (ISO).
    """

    name: str
    sha256: str
    media_type: str
    bytes: int
    url: str | None = None
    captured: str | None = None
    part: int = 0

    @property
    def label(self) -> str:
        """The name for a person, with the part when the original holds several."""
        return f"{self.name}, part {self.part}" if self.part else self.name


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that the container states of the page: a column of a row, a field of a news format.

    `rule` names where it says so (`row/headline`); `span` is there when the page's text prints the value.
    """

    field: str
    value: str
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the page's text that the container itself tells apart, and the rule that says what it is."""

    span: Span
    kind: BlockKind
    rule: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as received: the untouched bytes and the text that is read in them.

    `text` is the decoded original or, where the bytes are no text (MHTML, PDF, a row of a table …), what
    `archive.sources.reopen` reads in them every time; all spans point into it. `reads_as` is the media type of
    `text` where it is not the source's own. With `stretches` the container has told what each line is.
    """

    source: Source
    content: bytes
    text: str
    encoding: str
    issues: tuple["Issue", ...] = ()
    reads_as: str | None = None
    stated: tuple[Stated, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    @property
    def text_type(self) -> str:
        """The media type of `text`, without parameters."""
        return (self.reads_as or self.source.media_type).partition(";")[0].strip()


class Block(NamedTuple):
    """One stretch of text between block borders, with the way back into the original.

    `text` has its white space folded. `runs` are (offset in `text`, offset in the decoded original) pairs in
    rising order: from each pair to the next, both advance one code point at a time; of two pairs with one offset
    in `text`, the first says where the text before ends and the second where the text after begins. In HTML
    `frame` numbers the block element the text stands in, `labels` names the outlet rules whose CSS selector covers
    it, and `link_length` counts the code points inside links.
    """

    text: str
    span: Span
    tag: str = "line"
    runs: tuple[tuple[int, int], ...] = ()
    link_length: int = 0
    frame: int = -1
    labels: tuple[str, ...] = ()

    def locate(self, start: int, end: int) -> Span:
        """Return where text[start:end] stands in the decoded original."""
        return Span(self._origin(start), self._origin_of_end(end) if end > start else self._origin(start))

    def _origin(self, offset: int) -> int:
        number = bisect_right(self.runs, offset, key=IN_TEXT) - 1
        in_text, in_original = self.runs[number] if number >= 0 else (0, self.span.start)
        return min(in_original + offset - in_text, self.span.end)

    def _origin_of_end(self, offset: int) -> int:
        number = bisect_left(self.runs, offset, key=IN_TEXT)
        if number < len(self.runs) and self.runs[number][0] == offset:
            return self.runs[number][1]
        return self._origin(offset - 1) + 1 if offset < len(self.text) else self.span.end


class JudgedBlock(NamedTuple):
    """A block with what became of it and the rule that decided."""

    block: Block
    kept: bool
    kind: BlockKind
    rule: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why we believe one value of one field: the printed form, where it stands, and which rule or person says so."""

    field: str
    value: str
    printed: str
    zone: Zone
    rule: str
    basis: Basis
    span: Span | None = None
    status: EvidenceStatus = "proposed"
    by: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date no more precise than its evidence: EDTF, and the earliest and latest day it allows (ISO, inclusive)."""

    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    basis: DateBasis = "unknown"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletClaim:
    """Which outlet published the page, and why we think so."""

    key: str
    name: str
    rule: str
    basis: Basis
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """The headline: `value` without the site's decoration, `printed` as the page has it."""

    value: str
    printed: str
    rule: str
    basis: Basis
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """The byline as printed, with the names and the place it contains."""

    value: str
    authors: tuple[str, ...]
    kinds: tuple[AuthorKind, ...]
    place: str | None
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The line that says where (and when, and by whom) a report was filed."""

    value: str
    place: str | None
    source: str | None
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class MediaId:
    """The outlet's own identifier for the item."""

    value: str
    rule: str
    span: Span | None = None


class Passage(NamedTuple):
    """One piece of the report's own text."""

    text: str
    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption, once, without its credit."""

    text: str
    credit: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's words, never the report's."""

    text: str
    span: Span


class SetAside(NamedTuple):
    """A block that is not the report, kept in place with the rule that set it aside."""

    text: str
    kind: BlockKind
    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as printed in the page; `place` is a gazetteer id once resolved."""

    text: str
    span: Span
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer and where the report names it."""

    id: str
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    role: PlaceRole
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """An actor of the authority file, one printed form, and how often the report uses it."""

    id: str
    printed: str
    count: int


@dataclass(frozen=True, slots=True)
class DateMentioned:
    """A date named in the text; never merged with the publication date."""

    text: str
    edtf: str
    earliest: str | None
    latest: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a librarian should look at; `code` is stable and listed in docs/issues.md."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The record: what we believe of one page, every value with its rule and place in the original."""

    source: Source
    outlet: OutletClaim | None = None
    title: Title | None = None
    byline: Byline | None = None
    dateline: Dateline | None = None
    media_id: MediaId | None = None
    section: tuple[str, ...] = ()
    language: str | None = None
    published: Date = Date()
    body: tuple[Passage, ...] = ()
    captions: tuple[Caption, ...] = ()
    comments: tuple[Comment, ...] = ()
    comments_declared: int | None = None
    set_aside: tuple[SetAside, ...] = ()
    places: tuple[Place, ...] = ()
    mentions: tuple[Mention, ...] = ()
    names: tuple[Name, ...] = ()
    dates_mentioned: tuple[DateMentioned, ...] = ()
    issues: tuple[Issue, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What the person importing says of the pages: taken as their word, with basis `person`.

    `collection` is the name of the one they are put into, `collections` are the keys of those they are in already.
    """

    outlet: str | None = None
    collection: str | None = None
    by: str = "importer"
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """What one run of the rules makes of one page: the report, every block judged, and the evidence behind each value.

    The same bytes, rule set and `Given` always give the same description. `listing` says by which rule the page is
    a list of other pages (a tag, a category, search results) and so no report.
    """

    report: Report
    blocks: tuple[JudgedBlock, ...]
    evidence: tuple[Evidence, ...]
    rule_set: str
    listing: str | None = None
