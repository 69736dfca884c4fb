"""Tables of places become entries: rows of our own are added to GeoNames', and every place finds its parent."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, cast

from archive.authorities.entries import LISTED, TIERS, OwnRow, PlaceEntry, PlaceKind
from archive.errors import BadRuleFile

WORLD: Final = frozenset({"region", "sea"})  # what may lie in no country: Asia, the Atlantic
Lookup = Callable[[str], PlaceEntry | None]


def read_geonames(text: str) -> dict[str, PlaceEntry]:
    """Return the places of geonames.tsv by id, each city under its division, each division under its country."""
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    countries = {row[4]: row[0] for row in rows if row[2] == "country"}
    divisions = {(row[4], row[5]): (row[0], row[1]) for row in rows if row[2] == "province"}
    return {row[0]: _geonames_entry(row, countries, divisions) for row in rows}


def _geonames_entry(
    row: list[str], countries: dict[str, str], divisions: dict[tuple[str, str], tuple[str, str]]
) -> PlaceEntry:
    place_id, name, kind, tier, country, code, lat, lon, population, variants = row
    division = divisions.get((country, code)) if code else None
    above = division[0] if division and kind == "city" else countries.get(country)
    return PlaceEntry(
        id=place_id,
        name=name,
        kind=cast("PlaceKind", kind),
        country=country,
        admin1=division[1] if division else None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population),
        variants=tuple(variants.split("|")) if variants else (),
        tier=int(tier),
        parent=None if kind == "country" else above,
    )


def read_villages(text: str, known: Lookup) -> dict[str, PlaceEntry]:
    """Return the places of villages.tsv by id, each under its province."""
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {row[0]: _village(row, known(row[3])) for row in rows}


def _village(row: list[str], above: PlaceEntry | None) -> PlaceEntry:
    place_id, name, country, parent, lat, lon, variants = row
    spellings = tuple(variants.split("|")) if variants else ()
    admin1 = above.admin1 if above is not None else None
    return PlaceEntry(
        place_id, name, "village", country, admin1, float(lat), float(lon), 0, spellings, LISTED, parent or None
    )


def merge(file: str, rows: Iterable[OwnRow], known: Lookup, country: Lookup) -> dict[str, PlaceEntry]:
    """Return the places that a table adds or changes, by id; raises BadRuleFile.

    A row with the id of a known place adds its variants and replaces what its other columns state; a new place needs
    name, kind and country or parent.
    """
    made: dict[str, PlaceEntry] = {}
    for row in rows:
        old = made.get(row.id) or known(row.id)
        made[row.id] = _add_to(old, row) if old else _new(file, row, lambda key: made.get(key) or known(key), country)
    return made


def _add_to(old: PlaceEntry, row: OwnRow) -> PlaceEntry:
    variants = dict.fromkeys(
        (*old.variants, *((old.name,) if row.name and row.name != old.name else ()), *row.variants)
    )
    return replace(
        old,
        name=row.name or old.name,
        kind=cast("PlaceKind", row.kind) if row.kind else old.kind,
        parent=row.parent or old.parent,
        lat=old.lat if row.lat is None else row.lat,
        lon=old.lon if row.lon is None else row.lon,
        variants=tuple(one for one in variants if one != (row.name or old.name)),
    )


def _new(file: str, row: OwnRow, known: Lookup, country: Lookup) -> PlaceEntry:
    key = f"line {row.line}, place {row.id}"
    if not row.name or not row.kind:
        raise BadRuleFile(file, key, "is new, so it needs a name and a kind")
    above = known(row.parent) if row.parent else country(row.country)
    alone = row.kind == "country" or (row.kind in WORLD and not row.country)
    if above is None and (row.parent or not alone):
        what = f"the parent '{row.parent}'" if row.parent else f"the country '{row.country}'"
        raise BadRuleFile(file, key, f"{what} is no place we know: put it in a row above")
    return PlaceEntry(
        id=row.id,
        name=row.name,
        kind=cast("PlaceKind", row.kind),
        country=row.country or (above.country if above else ""),
        admin1=_division(row, above),
        lat=row.lat,
        lon=row.lon,
        population=0,
        variants=row.variants,
        tier=TIERS.get(row.kind, 1),
        parent=above.id if above else None,
    )


def _division(row: OwnRow, above: PlaceEntry | None) -> str | None:
    if row.kind == "province":
        return row.name
    return above.admin1 if above else None
