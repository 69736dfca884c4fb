"""Places a report names: where it was filed from, and the countries in its text.

This first step knows datelines, byline places and names of countries. A name the gazetteer lacks stays a mention.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from archive.authorities import PlaceEntry, country_names, load_actors, load_places
from archive.cleaning.cleaned import CleanedPage
from archive.description.dateline import FoundDateline, split_country
from archive.model import BODY_KINDS, Byline, Evidence, JudgedBlock, Mention, Place, PlaceRole, Span, Zone

# Country names that are also persons', states' or parts of other names: a capitalised word beside them rules them out.
DOUBTFUL = frozenset({"Chad", "Georgia", "Guinea", "Jersey", "Jordan", "Mali"})
CAPITALISED_BEFORE = re.compile(r"\b(?!(?:In|From|To|And|The|Of|For|With|By|At|On)\b)[A-Z][\w.’'-]*\s+$")  # Michael …
LONGEST_NAME = 80  # how far before a country a person's first name may begin
CAPITALISED_AFTER = re.compile(r"\s+(?!(?:And|Or)\b)[A-Z][a-z]")  # … Smith
NO_PLACE = re.compile(r"(?i)^(?:no city|clandestine)$")  # what dispatches print when the place is not told
ZONES: dict[str, Zone] = {"title": "title", "caption": "caption"}
ORDER: dict[PlaceRole, int] = {"main": 0, "filed from": 1, "mentioned": 2}


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """The places of one report, the names that no authority knows, and the evidence for both."""

    places: tuple[Place, ...]
    unresolved: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Naming:
    entry: PlaceEntry
    role: PlaceRole
    printed: str
    span: Span
    zone: Zone
    rule: str


def describe_places(cleaned: CleanedPage, byline: Byline | None, dateline: FoundDateline | None) -> FoundPlaces:
    """Return where the report was filed from and which countries it names.

    A country in the headline is a main place; names the gazetteer lacks are returned unresolved.
    """
    unresolved = []
    namings = []
    for printed, span, zone, rule in _filed_from(cleaned, byline, dateline):
        entry = _resolve(printed, cleaned.rules.countries)
        if entry is not None:
            namings.append(_Naming(entry, "filed from", printed, span, zone, rule))
        elif not NO_PLACE.match(printed):
            unresolved.append(Mention(printed, span))
    namings.extend(_find_countries(cleaned))
    evidence = tuple(
        Evidence("places", one.entry.id, one.printed, one.zone, one.rule, "printed", one.span) for one in namings
    )
    return FoundPlaces(_gather(namings), tuple(unresolved), evidence)


def _filed_from(
    cleaned: CleanedPage, byline: Byline | None, found: FoundDateline | None
) -> Iterator[tuple[str, Span, Zone, str]]:
    if found is not None and found.dateline.place:
        place = found.dateline.place
        yield place, found.judged.block.locate(0, len(place)), "dateline", found.dateline.rule
    if byline is not None and byline.place:
        for judged in cleaned.of_kind("byline"):
            start = judged.block.text.rfind(byline.place)
            span = judged.block.locate(start, start + len(byline.place))
            yield byline.place, span, "byline", byline.rule


def _resolve(printed: str, priors: tuple[str, ...]) -> PlaceEntry | None:
    gazetteer = load_places()
    name, country_name = split_country(printed)
    country = gazetteer.find(country_name) if country_name else None
    if country is not None and country.kind == "country":
        return gazetteer.find(name, country.country) or country
    for code in priors:
        entry = gazetteer.find(name, code)
        if entry is not None:
            return entry
    return gazetteer.find(name)


def _find_countries(cleaned: CleanedPage) -> Iterator[_Naming]:
    for judged in cleaned.of_kind("title", "caption", *BODY_KINDS):
        role: PlaceRole = "main" if judged.kind == "title" else "mentioned"
        for printed, start in _countries_in(judged):
            entry = load_places().find(printed)
            if entry is not None:
                span = judged.block.locate(start, start + len(printed))
                yield _Naming(entry, role, printed, span, ZONES.get(judged.kind, "body"), "places/country-name")


def _countries_in(judged: JudgedBlock) -> Iterator[tuple[str, int]]:
    text = judged.block.text
    masked = [(sighting.start, sighting.end) for sighting in load_actors().find_all(text)]
    for found in _country_pattern(upper=text.isupper()).finditer(text):
        before = text[max(found.start() - LONGEST_NAME, 0) : found.start()]
        part_of_name = CAPITALISED_BEFORE.search(before) or CAPITALISED_AFTER.match(text, found.end())
        doubtful = found[0].title() in DOUBTFUL and part_of_name
        if not doubtful and not _is_inside(found, masked):
            yield found[0], found.start()


def _is_inside(found: re.Match[str], masked: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a name stands inside one of these stretches, which are in order and apart."""
    number = bisect_right(masked, found.start(), key=itemgetter(0)) - 1
    return number >= 0 and found.end() <= masked[number][1]


@cache
def _country_pattern(*, upper: bool) -> re.Pattern[str]:
    names = {name.upper() if upper else name for name in country_names()}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.-])(?:{alternatives})(?![\w-])")


def _gather(namings: list[_Naming]) -> tuple[Place, ...]:
    by_id: dict[str, list[_Naming]] = {}
    for one in namings:
        by_id.setdefault(one.entry.id, []).append(one)
    places = (_make_place(found) for found in by_id.values())
    return tuple(sorted(places, key=lambda place: (ORDER[place.role], -len(place.mentions), place.id)))


def _make_place(namings: Sequence[_Naming]) -> Place:
    entry = namings[0].entry
    return Place(
        id=entry.id,
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        role=min((one.role for one in namings), key=lambda role: ORDER[role]),
        mentions=tuple(Mention(one.printed, one.span, one.entry.id) for one in namings),
    )
