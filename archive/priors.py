"""What a librarian knows of a whole collection, written in collections.toml: its countries, its years, its places.

Example: `[mosul-2016-17]`, and below it `countries = ["IQ"]`, `published = [2016, 2017]` and
`places = {"Old City" = "dateline:iq-old-city-of-mosul"}`: what a printed name means in these reports.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from archive.errors import BadRuleFile

KEYS: Final = frozenset({"countries", "places", "published"})
MOST_PLACES, LONGEST_NAME = 500, 100
CODE_LENGTHS: Final = range(2, 5)  # IQ; former states have up to four letters
TABLE = re.compile(r"\s*\[(?P<key>[^\[\]]+)\]\s*(?:#.*)?")  # [mosul-2016-17]
FIRST_YEAR, LAST_YEAR = 1500, 9999
FILE: Final = "collections.toml"


@dataclass(frozen=True, slots=True)
class Priors:
    """What holds for every report of one collection: the countries it is about, the likeliest first, and its years.

    `places` are printed names with the id of the place that each means.
    """

    key: str
    countries: tuple[str, ...] = ()
    published: tuple[int, ...] = ()
    places: tuple[tuple[str, str], ...] = ()


NO_PRIORS: Final[Mapping[str, Priors]] = MappingProxyType({})


def read_priors(file: Path | None) -> Mapping[str, Priors]:
    """Return what is known of each collection, by its key; nothing without a file. Raises BadRuleFile."""
    if file is None or not file.is_file():
        return NO_PRIORS
    try:
        return read_text(file.read_text(encoding="utf-8-sig"), file.name)
    except (OSError, UnicodeDecodeError) as problem:
        raise BadRuleFile(file.name, "the file", f"cannot be read as TOML ({problem})") from problem


def read_text(text: str, name: str = FILE) -> Mapping[str, Priors]:
    """Return what the text of collections.toml says of each collection, by its key; raises BadRuleFile."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadRuleFile(name, "the file", f"cannot be read as TOML ({problem})") from problem
    return MappingProxyType({key: _read(name, key, table) for key, table in tables.items()})


def write_priors(
    text: str,
    key: str,
    countries: Sequence[str],
    years: Sequence[int],
    places: Mapping[str, str] | None = None,
) -> str:
    """Return the text of collections.toml with one collection's table written anew; the rest stays as it is.

    Without `places` those that the text has for the collection stay. Without anything the table is left out. Raises
    BadRuleFile when something cannot be what it should be.
    """
    name = FILE
    said = dict(read_text(text).get(key, Priors(key)).places) if places is None else places
    checked = Priors(
        key, _countries(name, key, list(countries)), _years(name, key, list(years)), _places(name, key, dict(said))
    )
    kept = []
    inside = False
    for line in text.splitlines():
        if header := TABLE.fullmatch(line):
            inside = header["key"].strip("\"'") == key
        if not inside:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    if checked.countries or checked.published or checked.places:
        kept += [""] if kept else []
        kept.append(f'["{key}"]')
        kept += [f"countries = {json.dumps(checked.countries)}"] if checked.countries else []
        kept += [f"published = {json.dumps(checked.published)}"] if checked.published else []
        pairs = ", ".join(f"{_quote(name)} = {_quote(place)}" for name, place in checked.places)
        kept += [f"places = {{{pairs}}}"] if pairs else []
    return "\n".join(kept) + "\n"


def _read(file: str, key: str, table: object) -> Priors:
    if not isinstance(table, dict):
        raise BadRuleFile(file, key, "must be a table, opened by the collection's key in square brackets")
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise BadRuleFile(file, f"{key}.{unknown[0]}", f"is unknown; known are {', '.join(sorted(KEYS))}")
    return Priors(
        key,
        _countries(file, key, table.get("countries", [])),
        _years(file, key, table.get("published", [])),
        _places(file, key, table.get("places", {})),
    )


def _places(file: str, key: str, value: object) -> tuple[tuple[str, str], ...]:
    good = isinstance(value, dict) and len(value) <= MOST_PLACES
    pairs = list(value.items()) if isinstance(value, dict) else []
    if not good or not all(_is_name(name) and isinstance(place, str) and _is_name(place) for name, place in pairs):
        raise BadRuleFile(file, f"{key}.places", 'must be names with ids of the gazetteer, as in {"Old City" = "…"}')
    return tuple(sorted(pairs))


def _is_name(text: str) -> bool:
    return text.isprintable() and 0 < len(text.strip()) <= LONGEST_NAME


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _countries(file: str, key: str, value: object) -> tuple[str, ...]:
    good = isinstance(value, list) and all(
        isinstance(one, str) and len(one) in CODE_LENGTHS and one.isalpha() and one.isupper() for one in value
    )
    if not isinstance(value, list) or not good:
        raise BadRuleFile(file, f"{key}.countries", 'must be a list of codes of countries, as in ["IQ", "SY"]')
    return tuple(value)


def _years(file: str, key: str, value: object) -> tuple[int, ...]:
    years = value if isinstance(value, list) and all(type(one) is int for one in value) else [0]
    if years and (len(years) != len(("first", "last")) or not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR):
        raise BadRuleFile(file, f"{key}.published", "must be the first and the last year, as in [2016, 2017]")
    return tuple(years)
