"""Citations for people: six styles, each as parts of text, some in italics.

Sources: The Chicago Manual of Style (17th ed., 14.191 to 14.200), MLA Handbook (9th ed.), Publication Manual of the APA
(7th ed., 10.1), Cite Them Right (12th ed.) for Harvard, and the documentation of Wikipedia's template cite news.
Titles keep the capitals they were printed with. Media ID, archive and address are added in the place each style has
for them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from web.references import dates
from web.references.reference import Reference

Parts: TypeAlias = tuple[tuple[str, bool], ...]
ENDS_A_SENTENCE = re.compile(r"[.?!…][”’\"']?$")
MLA_LISTS = 2  # authors before "et al."
HARVARD_LISTS = 3
APA_LISTS = 20
CHICAGO_LISTS = 10
NOTE_LISTS = 3
# What means something in wikitext, and how it is written so that it does not.
WIKI = str.maketrans(
    {"|": "&#124;", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", "<": "&lt;", ">": "&gt;"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: the style's key and name, and its text in (text, italic) parts."""

    key: str
    style: str
    parts: Parts

    @property
    def text(self) -> str:
        """The citation without italics."""
        return "".join(text for text, _ in self.parts)


def cite_all(reference: Reference) -> tuple[Citation, ...]:
    """Return the citation of a report in every style."""
    return tuple(Citation(key, style, write(reference)) for key, style, write in STYLES)


def chicago_note(reference: Reference) -> Parts:
    """Alaa Hussain, “Title,” Outlet, November 3, 2016, Media ID 5, Archive, address (accessed March 9, 2026)."""
    authors = _listed([author.straight for author in reference.authors], most=NOTE_LISTS, first=1)
    return _sentence(
        (f"{authors}, " if authors else "", False),
        (_quoted(reference, "“", ",”", end=", ") + " ", False),
        *_italic(reference.outlet, ", "),
        (f"{dates.say_american(reference)}, ", False),
        (_if(reference.media_id, "Media ID {}, "), False),
        (_held(reference) + ", ", False),
        (f"{reference.address} (accessed {dates.accessed_american(reference)}).", False),
    )


def chicago_author_date(reference: Reference) -> Parts:
    """Hussain, Alaa. 2016. “Title.” Outlet, November 3, 2016. Media ID 5. Archive. Accessed March 9, 2026. Address."""
    names = [author.straight for author in reference.authors]
    names[:1] = [author.inverted for author in reference.authors[:1]]
    authors = _listed(names, most=CHICAGO_LISTS, first=7, before_and=",")
    full_date = f"{dates.say_american(reference)}. " if reference.edtf else ""
    return _sentence(
        *_signed(reference, authors, "."),
        (f"{_stopped(dates.say_year(reference))} ", False),
        (_quoted(reference, "“", ".”", end=".") + " ", False),
        *(_italic(reference.outlet, ", " if full_date else ". ") if authors else ()),
        (full_date, False),
        (_if(reference.media_id, "Media ID {}. "), False),
        (f"{_held(reference)}. Accessed {dates.accessed_american(reference)}. {reference.address}.", False),
    )


def mla(reference: Reference) -> Parts:
    """Hussain, Alaa. “Title.” Outlet, 3 Nov. 2016, Media ID 5. Archive, address. Accessed 9 Mar. 2026."""
    names = [author.straight for author in reference.authors]
    names[:1] = [author.inverted for author in reference.authors[:1]]
    authors = _listed(names, most=MLA_LISTS, first=1, before_and=",")
    numbered = _if(reference.media_id, ", Media ID {}")
    return _sentence(
        (f"{_stopped(authors)} " if authors else "", False),
        (_quoted(reference, "“", ".”", end=".") + " ", False),
        *_italic(reference.outlet, ", "),
        (_stopped(dates.say_short(reference) + numbered) + " ", False),
        (reference.archive, True),
        (f", report {reference.id}, {reference.address}. Accessed {dates.accessed_short(reference)}.", False),
    )


def apa(reference: Reference) -> Parts:
    """Hussain, A. (2016, November 3). Title. Outlet. (Media ID 5). Archive. Retrieved March 9, 2026, from address."""
    names = [author.initials for author in reference.authors]
    if len(names) > APA_LISTS:
        names = [*names[: APA_LISTS - 1], f"… {names[-1]}"]
        authors = ", ".join(names)
    else:
        authors = ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
    dated = f"({dates.say_year_first(reference)}). "
    title = _stopped(reference.title)
    return _sentence(
        (f"{_stopped(authors)} {dated}{title} " if authors else f"{title} {dated}", False),
        *_italic(reference.outlet, ". "),
        (_if(reference.media_id, "(Media ID {}). "), False),
        (f"{_held(reference)}. ", False),
        (f"Retrieved {dates.accessed_american(reference)}, from {reference.address}", False),
    )


def harvard(reference: Reference) -> Parts:
    """Hussain, A. (2016) ‘Title’, Outlet, 3 November 2016. Media ID 5. Archive. Available at: address (Accessed: …)."""
    authors = _listed([author.initials for author in reference.authors], most=HARVARD_LISTS, first=1)
    said = f"{dates.say_british(reference)}. " if reference.edtf else ""
    return _sentence(
        *_signed(reference, authors, ""),
        (f"({dates.say_year(reference)}) ", False),
        (_quoted(reference, "‘", "’,", end=",") + " ", False),
        *(_italic(reference.outlet, ", " if said else ". ") if authors else ()),
        (said, False),
        (_if(reference.media_id, "Media ID {}. "), False),
        (f"{_held(reference)}. ", False),
        (f"Available at: {reference.address} (Accessed: {dates.accessed_british(reference)}).", False),
    )


def wiki(reference: Reference) -> Parts:
    """Return Wikipedia's cite news; an inferred date stands in orig-date, which the template shows in brackets."""
    fields = []
    for number, author in enumerate(reference.authors, 1):
        fields += [f"last{number}={_plain(author.family)}"]
        fields += [f"first{number}={_plain(author.given)}"] if author.given else []
    fields += [f"title={_plain(reference.title)}"]
    fields += [f"work={_plain(reference.outlet)}"] if reference.outlet else []
    if reference.edtf and not reference.doubtful and "/" not in reference.edtf:  # the template reads no ranges in words
        fields += [f"date={dates.say_british(reference)}"]
    else:
        fields += ["date=n.d."]
        fields += [f"orig-date={_original_date(reference)}"] if reference.edtf else []
    fields += [f"location={_plain(reference.filed_from)}"] if reference.filed_from else []
    fields += [f"id=Media ID {_plain(reference.media_id)}"] if reference.media_id else []
    fields += [f"language={reference.language}"] if reference.language and reference.language != "en" else []
    fields += [f"via={_plain(reference.archive)}", f"url={reference.address}"]
    fields += [f"access-date={dates.accessed_british(reference)}"]
    return ((f"{{{{cite news |{' |'.join(fields)}}}}}", False),)


Write: TypeAlias = Callable[[Reference], Parts]
STYLES: tuple[tuple[str, str, Write], ...] = (
    ("chicago-note", "Chicago, note", chicago_note),
    ("chicago-author-date", "Chicago, author-date", chicago_author_date),
    ("mla", "MLA", mla),
    ("apa", "APA", apa),
    ("harvard", "Harvard", harvard),
    ("wiki", "Wikipedia", wiki),
)


def _signed(reference: Reference, authors: str, stop: str) -> Parts:
    """Return who stands first: the authors, else the outlet, which answers for what nobody signed."""
    if authors:
        return ((f"{_stopped(authors) if stop else authors} ", False),)
    return _italic(reference.outlet, f"{stop} ")


def _listed(names: list[str], *, most: int, first: int, before_and: str = "") -> str:
    """Return names as a list with "and"; of more than `most`, the `first` ones and et al."""
    if len(names) > most:
        return ", ".join(names[:first]) + " et al."
    if len(names) < 2:  # noqa: PLR2004  a list of two is the first that needs "and"
        return "".join(names)
    joint = "," if len(names) > 2 else before_and  # noqa: PLR2004  three or more: a serial comma
    return ", ".join(names[:-1]) + f"{joint} and {names[-1]}"


def _quoted(reference: Reference, opening: str, closing: str, *, end: str) -> str:
    """Return the title in quotation marks; a supplied title stands in its own square brackets instead."""
    if reference.supplied:
        return f"{reference.title}{end.strip()}"
    said = ENDS_A_SENTENCE.search(reference.title)
    return f"{opening}{reference.title}{closing.replace('.', '').replace(',”', '”') if said else closing}"


def _held(reference: Reference) -> str:
    return f"{reference.archive}, report {reference.id}"


def _italic(text: str | None, after: str) -> Parts:
    return ((text, True), (after, False)) if text else ()


def _stopped(text: str) -> str:
    return text if ENDS_A_SENTENCE.search(text) else f"{text}."


def _if(value: str | None, shape: str) -> str:
    return shape.format(value) if value else ""


def _original_date(reference: Reference) -> str:
    words = _plain(dates.say_british(reference).strip("[]"))
    return f"inferred: {words}" if reference.doubtful else words


def _plain(text: str) -> str:
    return text.translate(WIKI)


def _sentence(*parts: tuple[str, bool]) -> Parts:
    return tuple(part for part in parts if part[0])
