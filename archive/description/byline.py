"""Who signed the report: the byline as printed, the names in it, and the place it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.cleaning.cleaned import CleanedPage
from archive.model import AuthorKind, Byline, JudgedBlock

# By Jane Roe and John Poe in Basra
SPOKEN = re.compile(r"^(?:(?:by|BY|By)[:\s]\s*)?(?P<authors>\S.*?)(?:,? in (?P<place>[A-Z][^,.]{1,40}))?$")
JOINT = re.compile(r"\s*(?:,|;|&|\band\b|\bAND\b)\s*")
AGENCIES = frozenset(
    {"afp", "ap", "dpa", "efe", "epa", "reuters", "reuter", "tass", "upi", "xinhua", "ansa", "anadolu agency"},
)
COLLECTIVE = re.compile(  # Staff writer · The news desk · Radio Example
    r"(?i)\b(?:staff|desk|agency|agencies|news|correspondents?|editors?|editorial|radio|television|press|service|team|wire|"
    r"monitor|times|post|gazette|courier|signal|tribune|herald)\b",
)
ACRONYM = re.compile(r"^[A-Z]{2,5}$")  # FWS: an agency in capitals, not a person
ADDRESS = re.compile(r"https?://|@")


def describe_byline(cleaned: CleanedPage) -> Byline | None:
    """Return the printed byline, else the authors the page's head states, else None."""
    for judged in cleaned.of_kind("byline"):
        return _read_printed(cleaned, judged)
    return _read_head(cleaned)


def split_authors(text: str) -> tuple[str, ...]:
    """Return the names that a byline joins by commas, semicolons, `and` or `&`."""
    return tuple(name for name in JOINT.split(text) if name)


def tell_kind(name: str, outlet: str | None = None) -> AuthorKind:
    """Return whether a name in a byline is a person's or an organisation's."""
    if name.casefold() in AGENCIES or (outlet is not None and name.casefold() in outlet.casefold()):
        return "organisation"
    return "organisation" if COLLECTIVE.search(name) or ACRONYM.match(name) else "person"


def _read_printed(cleaned: CleanedPage, judged: JudgedBlock) -> Byline:
    rule = cleaned.rule_of(judged)
    text = judged.block.text
    found = rule.pattern.search(text) if rule is not None and rule.pattern is not None else SPOKEN.match(text)
    groups: Mapping[str, str | None] = {} if found is None else found.groupdict()
    authors = split_authors(groups.get("authors") or "")
    return Byline(
        value=text,
        authors=authors,
        kinds=_kinds(cleaned, authors),
        place=groups.get("place"),
        rule=judged.rule,
        span=judged.block.span,
    )


def _read_head(cleaned: CleanedPage) -> Byline | None:
    if cleaned.markup is None:
        return None
    stated = cleaned.markup.meta("author", "article:author", "dc.creator", "byl", "parsely-author")
    if stated is not None and not ADDRESS.search(stated.value):
        printed = re.sub(r"^[Bb]y\s+", "", stated.value)
        authors = split_authors(printed)
        return Byline(stated.value, authors, _kinds(cleaned, authors), None, f"head/{stated.name}", stated.span)
    names = tuple(dict.fromkeys(name for item in cleaned.markup.json_ld for name in _json_authors(item)))
    if not names:
        return None
    return Byline(", ".join(names), names, _kinds(cleaned, names), None, "head/json-ld-author", None)


def _json_authors(item: Mapping[str, Any]) -> Iterator[str]:
    authors = item.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str) and name.strip() and not ADDRESS.search(name):
            yield " ".join(name.split())


def _kinds(cleaned: CleanedPage, authors: Sequence[str]) -> tuple[AuthorKind, ...]:
    claim = cleaned.recognition.claim
    return tuple(tell_kind(name, claim.name if claim is not None else None) for name in authors)
