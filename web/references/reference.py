"""What a citation is made of, the same for every style and every machine form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer import StoredReport
from web.titles import title_of

# Words that belong to the family name after them: Waleed Abu al-Khair, Ana de la Cruz, Omar ibn Said.
PARTICLES = frozenset(
    {
        "abd", "abdul", "abu", "al", "ap", "bar", "bat", "ben", "bin", "bint", "da", "das", "de", "del", "della", "der",
        "di", "dos", "du", "el", "ibn", "la", "las", "le", "los", "oz", "ten", "ter", "umm", "van", "von", "zu",
    }
)  # fmt: skip
# White space, and what no text form may carry: control characters and marks that turn the direction of writing.
UNSAYABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]+")
LONGEST = 500  # code points of one value in a reference
MOST_SUBJECTS = 40


@dataclass(frozen=True, slots=True)
class Author:
    """One who signed: a person's name in its two parts, or a name that has only one (`given` is then empty)."""

    family: str
    given: str = ""

    @property
    def straight(self) -> str:
        """The name as it is spoken."""
        return f"{self.given} {self.family}" if self.given else self.family

    @property
    def inverted(self) -> str:
        """The name as an index has it."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initials(self) -> str:
        """The index name with initials only: Hussain, A. K."""
        given = " ".join(f"{word[0]}." for word in self.given.split())
        return f"{self.family}, {given}" if given else self.family


@dataclass(frozen=True, slots=True)
class Reference:
    """One report as cited: every value on one line and without hidden characters.

    `edtf` is None for an unknown date; `doubtful` says that the page does not state it, or not surely. `address` is
    the page to link to, `ark` the name that stays, `accessed` the day of reading.
    """

    id: str
    title: str
    supplied: bool
    authors: tuple[Author, ...]
    outlet: str | None
    edtf: str | None
    earliest: str | None
    latest: str | None
    doubtful: bool
    media_id: str | None
    filed_from: str | None
    sections: tuple[str, ...]
    language: str | None
    places: tuple[str, ...]
    names: tuple[str, ...]
    source_url: str | None
    archive: str
    address: str
    ark: str
    accessed: date

    @property
    def year(self) -> str | None:
        """The year, or `2016–2017`; None when it is unknown or open to one side."""
        if not self.earliest or not self.latest:
            return None
        first, last = self.earliest[:4], self.latest[:4]
        return first if first == last else f"{first}–{last}"

    @property
    def day(self) -> date | None:
        """The one day of publication, when that is certain."""
        if self.doubtful or self.earliest != self.latest:
            return None
        return read_day(self.earliest)


def make_reference(stored: StoredReport, *, archive: str, address: str, ark: str, accessed: date) -> Reference:
    """Return what there is to cite of a report."""
    report = stored.report
    published = report.published
    known = published.edtf is not None and published.basis != "unknown"
    return Reference(
        id=stored.id,
        title=one_line(title_of(stored)),
        supplied=report.title is None,
        authors=_authors(stored),
        outlet=one_line(report.outlet.name) if report.outlet else None,
        edtf=published.edtf if known else None,
        earliest=published.earliest if known else None,
        latest=published.latest if known else None,
        doubtful=published.basis == "inferred" or bool(published.edtf and set("~?%X[") & set(published.edtf)),
        media_id=one_line(report.media_id.value) if report.media_id else None,
        filed_from=one_line(report.dateline.place) if report.dateline and report.dateline.place else None,
        sections=_lines(report.section),
        language=report.language,
        places=_lines(place.name for place in report.places),
        names=_lines(name.printed for name in report.names),
        source_url=report.source.url,
        archive=one_line(archive),
        address=address,
        ark=ark,
        accessed=accessed,
    )


def split_name(name: str) -> Author:
    """Return a person's name in its parts; particles stay with the family name, one word is a family name."""
    words = one_line(name).split()
    if len(words) <= 1:
        return Author(one_line(name))
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold().rstrip("-'’") in PARTICLES:
        start -= 1
    return Author(" ".join(words[start:]), " ".join(words[:start]))


def one_line(text: str) -> str:
    """Return a text on one line, without control characters and marks of direction, and not endless."""
    return UNSAYABLE.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()[:LONGEST]


def read_day(iso: str | None) -> date | None:
    """Return the day an ISO date names; None where there is none within the calendar."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _authors(stored: StoredReport) -> tuple[Author, ...]:
    byline = stored.report.byline
    if byline is None:
        return ()
    named = zip(byline.authors, byline.kinds, strict=False)
    found = (split_name(name) if kind == "person" else Author(one_line(name)) for name, kind in named)
    return tuple(author for author in found if author.family)


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for value in values if (line := one_line(value))))[:MOST_SUBJECTS]
