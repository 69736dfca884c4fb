"""Places a report names: where it was filed from, and the countries in its text.

This first step knows datelines, byline places and names of countries. A name the gazetteer lacks stays a mention.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from archive.authorities import PlaceEntry, country_names, load_actors, load_places
from archive.cleaning.cleaned import CleanedPage
from archive.description.dateline import split_country
from archive.model import BODY_KINDS, Byline, Dateline, Evidence, JudgedBlock, Mention, Place, PlaceRole, Span, Zone

# Country names that are also persons', states' or parts of other names: a capitalised word before them rules them out.
DOUBTFUL = frozenset({"Chad", "Georgia", "Guinea", "Jersey", "Jordan", "Mali"})
CAPITALISED_BEFORE = re.compile(r"\b(?!(?:In|From|To|And|The|Of|For|With|By|At|On)\b)[A-Z][\w.’'-]*\s+$")  # Michael …
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


def describe_places(cleaned: CleanedPage, byline: Byline | None, dateline: Dateline | None) -> FoundPlaces:
    """Return where the report was filed from and which countries it names.

    A country in the headline is a main place; names the gazetteer lacks are returned unresolved.
    """
    unresolved = []
    namings = []
    for printed, span, zone, rule in _filed_from(byline, dateline):
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


def _filed_from(byline: Byline | None, dateline: Dateline | None) -> Iterator[tuple[str, Span, Zone, str]]:
    if dateline is not None and dateline.place and dateline.span is not None:
        start = dateline.span.start
        yield dateline.place, Span(start, start + len(dateline.place)), "dateline", dateline.rule
    if byline is not None and byline.place and byline.span is not None:
        yield byline.place, Span(byline.span.end - len(byline.place), byline.span.end), "byline", byline.rule


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
        inside_name = any(start <= found.start() and found.end() <= end for start, end in masked)
        doubtful = found[0].title() in DOUBTFUL and CAPITALISED_BEFORE.search(text, 0, found.start())
        if not inside_name and not doubtful:
            yield found[0], found.start()


@cache
def _country_pattern(*, upper: bool) -> re.Pattern[str]:
    names = {name.upper() if upper else name for name in country_names()}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.-])(?:{alternatives})(?![\w-])")


def _gather(namings: list[_Naming]) -> tuple[Place, ...]:
    places: dict[str, Place] = {}
    for one in namings:
        mention = Mention(one.printed, one.span, one.entry.id)
        known = places.get(one.entry.id)
        if known is None:
            entry = one.entry
            places[entry.id] = Place(
                entry.id, entry.name, entry.country, entry.admin1, entry.lat, entry.lon, one.role, (mention,)
            )
        else:
            role = min(known.role, one.role, key=lambda role: ORDER[role])
            places[one.entry.id] = replace(known, role=role, mentions=(*known.mentions, mention))
    return tuple(sorted(places.values(), key=lambda place: (ORDER[place.role], -len(place.mentions), place.id)))
