"""How well the authorities know names: 82 places of conflicts, the perpetrators MUC-3 codes, and what a look-up costs.

Run: python benchmarks/names.py. Reads ../shared; prints the figures.

Scorer rules. *Places*: a name is found when a candidate in the right country lies within 25 km of the point given, or
150 km for provinces and regions (kinds A and R). *Actors*: of the organisations that the analysts coded for an
incident, those count of which at least one printed form is a variant in the authority file (an article before it is
passed over); one is found when its actor is sighted anywhere in that dispatch. Two letters in capitals do not count.
"""

import json
import re
import statistics
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from archive.authorities import Actors, Gazetteer, PlaceEntry, load_actors, load_places
from archive.authorities.building import build, open_compiled, tables_digest

SHARED = Path(__file__).parents[2] / "shared" / "corpora"
NEAR, NEAR_PROVINCE = 25, 150  # km
WIDE_KINDS = frozenset("AR")
ARTICLE = re.compile(r"(?i)^the\s+")
TAGS = re.compile(r"<[^>]+>")
EARTH = 6371.0  # km


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found of how many, and what was missed."""

    found: int
    of: int
    missed: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part found, 1 of nothing."""
        return self.found / self.of if self.of else 1.0


def score_conflict_names(gazetteer: Gazetteer, file: Path = SHARED / "geo" / "conflict_names82.tsv") -> Score:
    """Return how many of the names of conflict places the gazetteer knows in the right place."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    missed = tuple(row[0] for row in rows if not _knows(gazetteer, row))
    return Score(len(rows) - len(missed), len(rows), missed)


def _knows(gazetteer: Gazetteer, row: list[str]) -> bool:
    name, country, lat, lon, kind, *_ = row
    limit = NEAR_PROVINCE if kind in WIDE_KINDS else NEAR
    found = [entry for entry in gazetteer.candidates(name) if entry.country == country]
    return any(distance(entry, float(lat), float(lon)) <= limit for entry in found)


def distance(entry: PlaceEntry, lat: float, lon: float) -> float:
    """Return the kilometres between a place and a point; endless for a place without coordinates."""
    if entry.lat is None or entry.lon is None:
        return float("inf")
    north, east = radians(lat - entry.lat) / 2, radians(lon - entry.lon) / 2
    chord = sin(north) ** 2 + cos(radians(lat)) * cos(radians(entry.lat)) * sin(east) ** 2
    return 2 * EARTH * asin(sqrt(chord))


def score_organizations(actors: Actors, folder: Path = SHARED / "muc3") -> Score:
    """Return how many coded organisations that the authority file knows are sighted in their dispatch."""
    texts = dict(read_dispatches(folder / "muc3-dev.zip"))
    found, missed = 0, []
    for line in (folder / "muc3-dev.gold.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        coded = [group for incident in report["incidents"] for group in incident["organizations"]]
        wanted = [ids for group in coded if (ids := {one for form in group for one in _ids(actors, form)})]
        sighted = {sighting.actor.id for sighting in actors.find_all(texts[report["id"]])} if wanted else set()
        found += sum(bool(ids & sighted) for ids in wanted)
        missed += [f"{report['id']} {'/'.join(sorted(ids))}" for ids in wanted if not ids & sighted]
    return Score(found, found + len(missed), tuple(missed))


def read_dispatches(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the bare text of every dispatch."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.endswith("html"):
                yield Path(name).stem, TAGS.sub(" ", archive.read(name).decode("utf-8"))


def _ids(actors: Actors, form: str) -> Iterator[str]:
    entry = actors.variants_of(ARTICLE.sub("", form))
    if entry is not None:
        yield entry.id


def print_times(gazetteer: Gazetteer) -> None:
    """Print what building, opening and looking up cost."""
    build_seconds = _seconds(build)
    open_compiled.cache_clear()
    tables_digest.cache_clear()
    print(f"gazetteer: {len(gazetteer.compiled):,} places, built in {build_seconds:.1f} s")
    print(f"opened in {_seconds(open_compiled) * 1000:.0f} ms")
    names = [entry.name for entry in list(gazetteer)[::17]]
    print(
        f"candidates, first time: {_seconds(lambda: list(map(gazetteer.candidates, names))) / len(names) * 1e6:.1f} µs"
    )
    print(
        f"candidates, again:      {_seconds(lambda: list(map(gazetteer.candidates, names))) / len(names) * 1e6:.1f} µs"
    )
    texts = [text for _, text in read_dispatches(SHARED / "muc3" / "muc3-dev.zip")][:300]
    actors = load_actors()
    times = [_seconds(lambda text=text: list(actors.find_all(text))) for text in texts]  # type: ignore[misc]
    print(f"actors: {statistics.mean(times) * 1000:.2f} ms per dispatch")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print all figures."""
    gazetteer, actors = load_places(), load_actors()
    scores = {
        "conflict_names82": score_conflict_names(gazetteer),
        "MUC-3 coded organisations": score_organizations(actors),
    }
    for label, score in scores.items():
        print(f"{label}: {score.found} of {score.of} ({score.share:.3f}); missed: {', '.join(score.missed) or 'none'}")
    own = sum(entry.id.startswith("dateline:") for entry in gazetteer)
    print(f"places of our own: {own}; actors: {len(actors.by_id)} with {len(actors.by_variant):,} names")
    print_times(gazetteer)


if __name__ == "__main__":
    main()
