"""Places a report names: where it was filed from, what it is about, and every other place in its text.

Read aloud: gather the report's own words, sight names, resolve them, tell their roles. A name that the gazetteer
lacks stays a mention.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.authorities import PlaceEntry, load_places
from archive.authorities.entries import LISTED
from archive.authorities.folding import fold_name
from archive.cleaning.cleaned import CleanedPage
from archive.description.dateline import FoundDateline, split_country
from archive.description.places.mentions import Piece, Sighted, find_sightings
from archive.description.places.resolve import resolve
from archive.description.places.roles import find_main
from archive.model import BODY_KINDS, Byline, Dateline, Evidence, JudgedBlock, Mention, Place, PlaceRole, Span, Zone

__all__ = [
    "FoundPlaces",
    "Piece",
    "Sighted",
    "describe_places",
    "find_main",
    "find_places",
    "find_sightings",
    "resolve",
]

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


def find_places(
    pieces: Sequence[Piece],
    priors: tuple[str, ...] = (),
    filed: PlaceEntry | None = None,
    said: Mapping[str, PlaceEntry] | None = None,
) -> tuple[list[tuple[Sighted, PlaceEntry]], dict[str, str]]:
    """Return the names of places in these pieces with what they mean, and the main places' ids with their rules.

    `said` is what a person says that names mean here, by the folded name: that goes before all else.
    """
    sighted = find_sightings(pieces)
    entries = resolve(sighted, priors)
    if said:
        entries = [said.get(fold_name(one.printed), entry) for one, entry in zip(sighted, entries, strict=True)]
    main = find_main([piece.zone for piece in pieces], sighted, entries, filed)
    return [(one, entry) for one, entry in zip(sighted, entries, strict=True) if entry is not None], main


def describe_places(cleaned: CleanedPage, byline: Byline | None, filed_line: FoundDateline | None) -> FoundPlaces:
    """Return where the report was filed from, what it is about and which other places it names.

    Every place has its evidence; a byline or dateline whose place the gazetteer lacks is returned unresolved.
    """
    priors, said = cleaned.countries, _said(cleaned)
    unresolved: list[Mention] = []
    namings: list[_Naming] = []
    for printed, span, zone, rule in _filed_from(cleaned, byline, filed_line):
        entry = said.get(fold_name(printed)) or _resolve_line(printed, priors)
        if entry is not None:
            namings.append(_Naming(entry, "filed from", printed, span, zone, rule))
        elif not NO_PLACE.match(printed):
            unresolved.append(Mention(printed, span))
    filed = next((naming.entry for naming in namings), None)
    dateline = filed_line.dateline if filed_line is not None else None
    in_text, main = _named_in_text(cleaned, dateline, priors, filed, said)
    namings = [*namings, *in_text, *_reasons([*in_text, *namings], main)]
    evidence = tuple(
        Evidence("places", one.entry.id, one.printed, one.zone, one.rule, "printed", one.span) for one in namings
    )
    return FoundPlaces(_gather(namings, list(main)), tuple(unresolved), evidence)


def _filed_from(
    cleaned: CleanedPage, byline: Byline | None, found: FoundDateline | None
) -> Iterator[tuple[str, Span, Zone, str]]:
    if found is not None and found.dateline.place:
        place = found.dateline.place
        yield place, found.judged.block.locate(0, len(place)), "dateline", found.dateline.rule
    if byline is not None and byline.place:
        for judged in cleaned.of_kind("byline"):
            start = judged.block.text.rfind(byline.place)
            if start >= 0:
                span = judged.block.locate(start, start + len(byline.place))
                yield byline.place, span, "byline", byline.rule
                return


def _resolve_line(printed: str, priors: tuple[str, ...]) -> PlaceEntry | None:
    gazetteer = load_places()
    name, country_name = split_country(printed)
    country = gazetteer.find(country_name) if country_name else None
    if country is not None and country.kind == "country":
        return gazetteer.find(name, country.country) or country
    near = [entry for code in priors if (entry := gazetteer.find(name, code)) is not None]
    known = next((entry for entry in near if entry.tier != LISTED), None)
    return known or gazetteer.find(name) or next(iter(near), None)


def _said(cleaned: CleanedPage) -> Mapping[str, PlaceEntry]:
    """Return the places that the page's collections say their names mean; ids that nobody has are left out."""
    found = {name: load_places().get(place_id) for name, (place_id, _) in cleaned.places_said.items()}
    return {name: entry for name, entry in found.items() if entry is not None}


def _named_in_text(
    cleaned: CleanedPage,
    dateline: Dateline | None,
    priors: tuple[str, ...],
    filed: PlaceEntry | None,
    said: Mapping[str, PlaceEntry],
) -> tuple[list[_Naming], dict[str, str]]:
    judged = cleaned.of_kind("title", "caption", *BODY_KINDS)
    known = (*priors, *([filed.country] if filed is not None and filed.country not in priors else []))
    named, main = find_places(list(_pieces(judged, dateline)), known, filed, said)
    namings: list[_Naming] = []
    for one, entry in named:
        block = judged[one.piece]
        span = block.block.locate(one.start, one.end)
        zone = ZONES.get(block.kind, "body")
        role: PlaceRole = "main" if entry.id in main else "mentioned"
        by_person = bool(said) and fold_name(one.printed) in said
        rule = cleaned.places_said[fold_name(one.printed)][1] if by_person else one.rule
        namings.append(_Naming(entry, role, one.printed, span, zone, rule))
    return namings, main


def _reasons(namings: Sequence[_Naming], main: dict[str, str]) -> Iterator[_Naming]:
    """Yield why each main place is one, at its first mention; a country may be one for the towns named in it."""
    for place_id, rule in main.items():
        named = next((one for one in namings if one.entry.id == place_id), None)
        entry = load_places().get(place_id)
        if named is None and entry is not None:
            named = next((one for one in namings if one.entry.country == entry.country), None)
        if named is not None and entry is not None:
            yield replace(named, entry=entry, role="main", rule=rule)


def _pieces(judged: Sequence[JudgedBlock], dateline: Dateline | None) -> Iterator[Piece]:
    """Yield title, captions and paragraphs; the dateline, read on its own, is blanked out so that offsets stay."""
    opening = dateline.value if dateline is not None else ""
    first = True
    for one in judged:
        if one.kind in {"title", "caption"}:
            yield Piece("title" if one.kind == "title" else "caption", one.block.text)
        else:
            text = one.block.text
            if opening and text.startswith(opening):
                text, opening = " " * len(opening) + text[len(opening) :], ""
            yield Piece("first" if first else "body", text)
            first = False


def _gather(namings: Sequence[_Naming], main: list[str]) -> tuple[Place, ...]:
    by_id: dict[str, list[_Naming]] = {}
    for one in namings:
        by_id.setdefault(one.entry.id, []).append(one)
    rank = {place_id: number for number, place_id in enumerate(main)}
    last = len(main)
    return tuple(
        sorted(
            map(_make_place, by_id.values()),
            key=lambda place: (ORDER[place.role], rank.get(place.id, last), -len(place.mentions), place.id),
        )
    )


def _make_place(namings: Sequence[_Naming]) -> Place:
    entry = namings[0].entry
    role = min((one.role for one in namings), key=lambda role: ORDER[role])
    # A mention that is evidence twice, as a name and as a main place, is one mention.
    mentions = tuple(dict.fromkeys(Mention(one.printed, one.span, entry.id) for one in namings))
    return Place(entry.id, entry.name, entry.country or None, entry.admin1, entry.lat, entry.lon, role, mentions)
