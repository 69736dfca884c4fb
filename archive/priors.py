"""What a librarian knows of a whole collection, written in collections.toml: its countries and its years.

Example: `[mosul-2016-17]`, and below it `countries = ["IQ"]` and `published = [2016, 2017]`.
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

KEYS: Final = frozenset({"countries", "published"})
CODE_LENGTHS: Final = range(2, 5)  # IQ; former states have up to four letters
TABLE = re.compile(r"\s*\[(?P<key>[^\[\]]+)\]\s*(?:#.*)?")  # [mosul-2016-17]
FIRST_YEAR, LAST_YEAR = 1500, 9999


@dataclass(frozen=True, slots=True)
class Priors:
    """What holds for every report of one collection: the countries it is about, the likeliest first, and its years."""

    key: str
    countries: tuple[str, ...] = ()
    published: tuple[int, ...] = ()


NO_PRIORS: Final[Mapping[str, Priors]] = MappingProxyType({})


def read_priors(file: Path | None) -> Mapping[str, Priors]:
    """Return what is known of each collection, by its key; nothing without a file. Raises BadRuleFile."""
    if file is None or not file.is_file():
        return NO_PRIORS
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadRuleFile(file.name, "the file", f"cannot be read as TOML ({problem})") from problem
    return MappingProxyType({key: _read(file.name, key, table) for key, table in tables.items()})


def write_priors(text: str, key: str, countries: Sequence[str], years: Sequence[int]) -> str:
    """Return the text of collections.toml with one collection's table written anew; the rest stays as it is.

    Without countries and years the table is left out. Raises BadRuleFile when they cannot be what they should be.
    """
    name = "collections.toml"
    checked = Priors(key, _countries(name, key, list(countries)), _years(name, key, list(years)))
    kept = []
    inside = False
    for line in text.splitlines():
        if header := TABLE.fullmatch(line):
            inside = header["key"].strip("\"'") == key
        if not inside:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    if checked.countries or checked.published:
        kept += [""] if kept else []
        kept.append(f'["{key}"]')
        kept += [f"countries = {json.dumps(checked.countries)}"] if checked.countries else []
        kept += [f"published = {json.dumps(checked.published)}"] if checked.published else []
    return "\n".join(kept) + "\n"


def _read(file: str, key: str, table: object) -> Priors:
    if not isinstance(table, dict):
        raise BadRuleFile(file, key, "must be a table, opened by the collection's key in square brackets")
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise BadRuleFile(file, f"{key}.{unknown[0]}", f"is unknown; known are {', '.join(sorted(KEYS))}")
    return Priors(key, _countries(file, key, table.get("countries", [])), _years(file, key, table.get("published", [])))


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
