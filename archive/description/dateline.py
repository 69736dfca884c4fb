"""The dateline: where a report was filed, by which agency, and sometimes when."""

import datetime as dt
import re
from dataclasses import dataclass

from archive.authorities import load_places
from archive.cleaning.cleaned import CleanedPage
from archive.description.daystrings import read_day
from archive.model import BODY_KINDS, Dateline, JudgedBlock

# SAN JOSE (COSTA RICA), 4 MAR 88 (RADIO EXAMPLE) -- [TEXT] …   LIMA, NO DATE [RADIO EXAMPLE) -- …
DISPATCH = re.compile(
    r"^(?P<place>[A-Z][A-Z .,'’()/-]{1,60}?),\s*(?P<date>\d{1,2} [A-Z]{3,9}\.? \d{2,4}|NO DATE)\s*"
    r"(?:[(\[](?P<source>[^()\[\]]{2,80})[)\]])?\s*-{1,2}\s*",
)
# LONDON, Jun 11 (EFE).- …   WASHINGTON (AP) — …
AGENCY = re.compile(
    r"^(?P<place>[A-Z][\w .'’-]{1,40}?)(?:,\s*(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?))?\s*"
    r"\((?P<source>[A-Za-z][\w/.-]{0,30}(?: [A-Z][\w/.-]{0,20}){0,3})\)[\s.]*[–—-]{1,2}\s*(?=\S)",
)
# Cairo – …   Baghdad, Example Daily— …
DASHED = re.compile(
    r"^(?P<place>(?:[A-Z][\w'’.-]*)(?: (?:[A-Z][\w'’.-]*|de|al|el)){0,3})"
    r"(?:,\s*(?P<source>[A-Z][\w -]{2,40}?))?(?:\s*[–—]|\s-|-(?=\s))\s?(?=\S)",  # a hyphen inside a name is no dash
)
TRAILING = re.compile(r"[\s–—.-]+$")
COUNTRY_IN_BRACKETS = re.compile(r"^(?P<place>[^()]+?)\s*\((?P<country>[^()]+)\)$")  # SAN JOSE (COSTA RICA)
LINES_ABOVE, SHORT = 3, 40


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline with the block it opens and the day it states, if it states one in full."""

    dateline: Dateline
    judged: JudgedBlock
    day: dt.date | None


def find_dateline(cleaned: CleanedPage) -> FoundDateline | None:
    """Return the dateline that opens the report's first paragraph.

    A place before a dash alone only counts when the gazetteer knows it, so that "Tonight – " is not a place; a
    form that no other sentence has counts whatever the place. Short lines above it, such as a number, are passed over.
    """
    opening = [judged for judged in cleaned.of_kind(*BODY_KINDS) if judged.kind != "subhead"]
    for judged in opening[:LINES_ABOVE]:
        text = judged.block.text
        for name, pattern in (("dispatch", DISPATCH), ("agency", AGENCY), ("dashed", DASHED)):
            found = pattern.match(text)
            if found is not None and (_is_certain(found, name, cleaned) or is_place(found["place"])):
                return _describe(found, name, judged)
        if len(text) > SHORT:
            return None
    return None


def split_country(place: str) -> tuple[str, str | None]:
    """Return a dateline's place and the country it adds in brackets."""
    found = COUNTRY_IN_BRACKETS.match(place)
    return (place, None) if found is None else (found["place"], found["country"])


def is_place(name: str) -> bool:
    """Tell whether the gazetteer knows a place of this name."""
    return load_places().find(split_country(name)[0]) is not None


def _is_country(name: str) -> bool:
    return any(entry.kind == "country" for entry in load_places().candidates(name))


def _is_certain(found: re.Match[str], name: str, cleaned: CleanedPage) -> bool:
    """Tell whether the form is enough: a dispatch, a town in capitals before an agency, or the outlet's own name.

    SAIGON (EXAMPLE) -- The …   Kukes, Example Daily – The …
    """
    if name == "agency":
        return found["place"].isupper() and not found.string.isupper()
    claim = cleaned.recognition.claim
    source = found["source"]
    own = claim is not None and source is not None and source.casefold() in claim.name.casefold()
    return name == "dispatch" or own


def _describe(found: re.Match[str], name: str, judged: JudgedBlock) -> FoundDateline:
    groups = found.groupdict()
    value = TRAILING.sub("", found[0])
    day = read_day(groups["date"]) if groups.get("date") else None
    span = judged.block.locate(0, len(value))
    source = groups["source"]
    if name == "dashed" and source is not None and _is_country(source):
        source = None  # GORI, Georgia – : where the town is, not who reports
    dateline = Dateline(value, groups["place"].strip(), source, f"dateline/{name}", span)
    return FoundDateline(dateline, judged, day)
