"""Make archive/authorities/tables/villages.tsv.gz: small places of conflict countries that GeoNames' cities lack.

Run: python tools/build_villages.py PLACES.tsv. PLACES.tsv lists places of Who's On First (wof_id, name, placetype,
country, region, lat, lon, latin_names, arabic_or_cyrillic_names). Only facts are taken: name, point and spellings of
localities that no place of the same name within 25 km already is. The larger place is the province, or that of the
nearest town. Run again after changes to the other tables, which must be compiled without this one: remove it first.
"""

import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from archive.authorities import Gazetteer, PlaceEntry, fold_name, load_places
from archive.description.places.resolve import distance

TABLE = Path(__file__).resolve().parent.parent / "archive/authorities/tables/villages.tsv.gz"
HEADER = ("id", "name", "country", "parent", "lat", "lon", "variants")
SAME = 25.0  # km
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
SHORTEST, MOST_VARIANTS = 3, 6
Row = dict[str, str]


def main() -> int:
    """Write the table."""
    gazetteer = load_places()
    towns = _towns(gazetteer)
    rows = []
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            entry = _read(row)
            if entry is not None and not _is_known(entry, gazetteer):
                parent = _province(entry, row["region"], gazetteer, towns[entry.country])
                cells = (entry.id, entry.name, entry.country, parent, entry.lat, entry.lon, "|".join(entry.variants))
                rows.append("\t".join("" if cell is None else str(cell) for cell in cells))
    text = "\n".join(["\t".join(HEADER), *sorted(rows)]) + "\n"
    TABLE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(rows):,} places, {TABLE.stat().st_size:,} bytes")
    return 0


def _read(row: Row) -> PlaceEntry | None:
    if row["placetype"] != "locality" or not row["lat"] or len(fold_name(row["name"])) < SHORTEST:
        return None
    name = next((name for name in (row["name"], *row["latin_names"].split("|")) if LATIN.match(name)), None)
    if name is None:
        return None
    place_id, lat, lon = f"whosonfirst:{row['wof_id']}", float(row["lat"]), float(row["lon"])
    return PlaceEntry(place_id, name, "village", row["country"], None, lat, lon, 0, tuple(_variants(row, name)))


def _variants(row: Row, preferred: str) -> Iterator[str]:
    """Yield further spellings, each once; codes and what folds to the same name are left out."""
    seen = {fold_name(preferred)}
    for name in (row["name"], *row["latin_names"].split("|"), *row["arabic_or_cyrillic_names"].split("|")):
        folded = fold_name(name)
        if len(folded) >= SHORTEST and folded not in seen and not name.isupper() and len(seen) <= MOST_VARIANTS:
            seen.add(folded)
            yield name


def _is_known(entry: PlaceEntry, gazetteer: Gazetteer) -> bool:
    found = (one for name in entry.names() for one in gazetteer.candidates(name))
    return any(one.country == entry.country and distance(one, entry) < SAME for one in found)


def _towns(gazetteer: Gazetteer) -> dict[str, list[PlaceEntry]]:
    towns: dict[str, list[PlaceEntry]] = defaultdict(list)
    for entry in gazetteer:
        if entry.kind == "city" and entry.parent and entry.lat is not None:
            towns[entry.country].append(entry)
    return towns


def _province(entry: PlaceEntry, region: str, gazetteer: Gazetteer, towns: list[PlaceEntry]) -> str | None:
    named = gazetteer.admin1(entry.country, region) if region else None
    if named is not None:
        return named.id
    nearest = min(towns, key=lambda town: distance(town, entry), default=None)
    return nearest.parent if nearest is not None else None


if __name__ == "__main__":
    sys.exit(main())
