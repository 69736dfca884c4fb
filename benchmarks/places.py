"""Places: names recognised, names resolved, countries and main places told, and what it costs.

Run: python benchmarks/places.py [set …]. The sets are in ../shared; one that is not there is named and left out.

How each figure is scored:

- recognition: a span counts only when both ends are the gold's. Peoples ("Turkish") count as names in trnews and lgl,
  whose gold has them, and are left out in geovirus, whose gold has not. Only the text is scored, the title is read.
- resolution: the gold's spans are given. Right: the same GeoNames id, or within 161 km of the gold's point. A name the
  gazetteer lacks counts as wrong; gold names without a point are left out.
- main country: the country of the gold's most frequent country (ties left out) is the country of the first main place.
- conflict names: see benchmarks/names.py.
- ucdp: the printed place name, its kind ("village") taken off, looked for in Syria alone; the second figure takes the
  main place of the headline where the gazetteer lacks the name. Right: the coded province, or within 60 km of the coded
  point; nothing found is wrong, and all events count.
- MUC-3: country: the coded country is that of some place of the report. Town: a coded town, department or quarter
  that the gazetteer has in that country is among the report's places or around one of them. Every coded incident
  location counts.
- Reuters: the coded countries of each item that has some: any of them is the country of one of the report's places;
  the first is the country of a main place. The dateline is told as such, not read from the text. Codes that name no
  country ("ec") are left out; the first 3,000 of every seventh item.
- seeds: the first main place is, or lies in, the gold's city; persons: places whose span lies in a gold person's, where
  the text is not garbled.
"""

import hashlib
import json
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.authorities import PlaceEntry, load_places
from archive.authorities.building import open_compiled, tables_digest
from archive.description.expressions import find_dates
from archive.description.places import Piece, find_places, resolve
from archive.description.places.mentions import contain, sight_known
from archive.model import Date, Page, Place, Report, Source
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from benchmarks.names import distance, score_conflict_names

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
GEO = SHARED / "corpora" / "geo"
MUC = SHARED / "corpora" / "muc3"
REUTERS = SHARED / "corpora" / "search" / "reuters21578.zip"
NEAR, TOWN_NEAR, PROVINCE_NEAR = 161, 25, 60  # km
MOST_REUTERS = 3000
KIND = re.compile(
    r"(?i)\s+(?:village|town|city|district|governorate|province|neighbou?rhood|area|region|camp|subdistrict|suburb|mountains?|farms?|fields?|desert)$"
)
CODED = re.compile(r"\s*\(([^()]*)\)")  # (CITY)
COUNTRY_CODES = {"usa": "US", "uk": "GB", "ussr": "SU", "uae": "AE", "west-germany": "DE", "east-germany": "DD"}
COUNTRY_CODES |= {"netherlands": "NL", "burma": "MM"}
SECOND_BEST = {"SU": {"RU"}, "DD": {"DE"}, "YU": {"RS"}}
PERSONS = re.compile(r"(?i)person")  # garbled words have another note


@dataclass(frozen=True, slots=True)
class Recognition:
    """Spans found, of those in the gold, and of those given."""

    right: int
    given: int
    gold: int

    @property
    def precision(self) -> float:
        """Return the part of the given spans that are right."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Return the part of the gold's spans that are found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many are right of how many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """Return the part that is right."""
        return self.right / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.right} of {self.of})"


def score_recognition(name: str, *, peoples: bool) -> Recognition:
    """Compare the spans found in the texts of a set with the gold's."""
    right = given = wanted = 0
    for row in _lines(GEO / f"{name}.jsonl"):
        pieces = _pieces(row)
        named, _ = find_places(pieces)
        found = {
            (one.start, one.end)
            for one, _ in named
            if one.piece == len(pieces) - 1 and (peoples or one.rule != "places/demonym")
        }
        gold = {(one["start"], one["end"]) for one in row["toponyms"]}
        right, given, wanted = right + len(found & gold), given + len(found), wanted + len(gold)
    return Recognition(right, given, wanted)


def score_resolution(name: str) -> Share:
    """Resolve the gold's spans of a set and compare points."""
    right = count = 0
    for row in _lines(GEO / f"{name}.jsonl"):
        gold = [one for one in row["toponyms"] if one.get("lat") is not None]
        known = [
            (one, sight_known(0, one["start"], row["text"][one["start"] : one["end"]], row["text"])) for one in gold
        ]
        known.sort(key=lambda pair: int(pair[0]["start"]))
        sighted = [one for _, one in known if one is not None]
        entries = iter(resolve(contain(row["text"], sighted), gated=False))
        count += len(gold)
        for one, seen in known:
            entry = next(entries) if seen is not None else None
            right += entry is not None and _agrees(entry, one)
    return Share(right, count)


def _agrees(entry: PlaceEntry, gold: dict[str, Any]) -> bool:
    return entry.id == f"geonames:{gold.get('geonames_id')}" or distance(entry, gold["lat"], gold["lon"]) <= NEAR


def score_main_country(name: str) -> Share:
    """Compare the country of the first main place with the gold's most frequent country."""
    right = count = 0
    for row in _lines(GEO / f"{name}.jsonl"):
        votes = Counter(one["country"] for one in row["toponyms"] if one.get("country")).most_common(2)
        if not votes or (len(votes) > 1 and votes[0][1] == votes[1][1]):
            continue
        wanted = load_places().find(votes[0][0])
        _, main = find_places(_pieces(row))
        first = load_places().get(next(iter(main), ""))
        count += 1
        right += wanted is not None and first is not None and first.country == wanted.country
    return Share(right, count)


def score_ucdp(*, headline: bool) -> Share:
    """Find the place of Syrian events, or else that of their headline, Syria being the prior, and compare provinces."""
    right = count = 0
    for row in _lines(GEO / "ucdp_syria_dev.jsonl"):
        count += 1
        entry = next(filter(None, (load_places().find(name, "SY") for name in _forms(row["place"]))), None)
        if entry is None and headline:
            _, main = find_places([Piece("title", row["headline"] or "")], ("SY",))
            entry = next((one for one in map(load_places().get, main) if one and one.kind != "country"), None)
        province = load_places().admin1("SY", KIND.sub("", row["adm1"] or ""))
        if entry is not None:
            same = province is not None and province.id in load_places().closure([entry.id])
            right += same or distance(entry, row["lat"], row["lon"]) <= PROVINCE_NEAR
    return Share(right, count)


def _forms(printed: str) -> Iterator[str]:
    """Yield a printed name whole, without its kind, and each of its alternatives: Tadmur/Palmyra town, Rai (Choban)."""
    yield printed
    for part in re.split(r"[/()]", printed):
        if part.strip():
            yield KIND.sub("", part.strip())


def score_dispatches() -> dict[str, Share]:
    """Describe MUC-3 and look for the coded countries and towns among the places; also count reports a second."""
    rules = load_rule_set()
    countries = [0, 0]
    towns = [0, 0]
    for gold, page in _dispatches():
        report = describe_page(page, rules).report
        for incident in gold["incidents"]:
            for country, names in _coded(incident.get("location") or ""):
                countries[1] += 1
                countries[0] += any(place.country == country for place in report.places)
                for name in names:
                    known = [one for one in load_places().candidates(name) if one.country == country]
                    if known:
                        towns[1] += 1
                        ids = set(load_places().closure(place.id for place in report.places))
                        towns[0] += any(one.id in ids for one in known)
    return {"MUC-3 country": Share(*countries), "MUC-3 town": Share(*towns)}


def _coded(location: str) -> Iterator[tuple[str, list[str]]]:
    first, *rest = (part.strip() for part in location.split(":"))
    country = load_places().find(CODED.sub("", first))
    if country is not None and country.kind == "country":
        names = [
            CODED.sub("", part).strip() for part in rest if re.search(r"CITY|TOWN|DEPARTMENT|VILLAGE|NEIGHB", part)
        ]
        yield country.country, [name for name in names if name]


def score_reuters(most: int = MOST_REUTERS) -> dict[str, Share]:
    """Find the places of Reuters items and compare their countries with the coded places."""
    among = first = count = 0
    for row in _reuters(most):
        coded = [code for code in map(_country_code, row["places"]) if code]
        if not coded:
            continue
        named, main = find_places(*_reuters_pieces(row))
        ids = {*main, *(entry.id for _, entry in named)}
        found = {entry.country for entry in map(load_places().get, ids) if entry is not None}
        wanted = {other for code in coded for other in (code, *SECOND_BEST.get(code, ()))}
        leading = {entry.country for entry in map(load_places().get, main) if entry is not None}
        count += 1
        among += bool(found & wanted)
        first += bool(leading & {coded[0], *SECOND_BEST.get(coded[0], ())})
    return {"Reuters countries": Share(among, count), "Reuters first as main": Share(first, count)}


def _reuters_pieces(row: dict[str, Any]) -> tuple[list[Piece], tuple[str, ...], PlaceEntry | None]:
    """Return an item's title and paragraphs, and the place of its dateline as resolve and roles take it."""
    town = row["dateline"].partition(",")[0].strip()
    filed = load_places().find(town) if town else None
    body = [Piece("body", text) for text in re.split(r"\n {4}", row["text"]) if text.strip()]
    body[:1] = [Piece("first", piece.text) for piece in body[:1]]
    return [Piece("title", row["title"]), *body], (filed.country,) if filed is not None else (), filed


def _country_code(printed: str) -> str | None:
    if printed in COUNTRY_CODES:
        return COUNTRY_CODES[printed]
    entry = load_places().find(printed.replace("-", " "))
    return entry.country if entry is not None and entry.kind == "country" else None


def _reuters(most: int) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(REUTERS) as archive, archive.open("reuters21578.jsonl") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            if number % 7 == 0 and row["text"]:
                yield row
                most -= 1
            if not most:
                return


@dataclass(frozen=True, slots=True)
class Seed:
    """One seed: whether its main place is right, how many persons became places, where "Old City" was found."""

    main: tuple[str, ...]
    right: bool
    persons: tuple[str, ...]
    old_city: frozenset[str]


def score_seeds() -> dict[str, Seed]:
    """Describe the seeds and compare."""
    rules = load_rule_set()
    scores = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["places_and_dates"]
        text = path.read_text(encoding="utf-8")
        report = describe_page(_page(path.stem, text), rules).report
        main = [place for place in report.places if place.role == "main"]
        city = gold["facet"]["city"]
        scores[path.stem[:3]] = Seed(
            tuple(place.name for place in main),
            bool(main) and city in _around(main[0]),
            tuple(_persons(report, gold)),
            frozenset(
                one for place in report.places for m in place.mentions if "Old City" in m.text for one in _around(place)
            ),
        )
    return scores


def _around(place: Place) -> set[str]:
    return {place.name, *(one.name for one in load_places().around(place.id))}


def _persons(report: Report, gold: dict[str, Any]) -> Iterator[str]:
    spans = [
        (m["start"], m["end"]) for m in gold["mentions"] if m["type"] == "trap" and PERSONS.match(m.get("note", ""))
    ]
    for place in report.places:
        for mention in place.mentions:
            if any(start < mention.span.end and mention.span.start < end for start, end in spans):
                yield mention.text


def measure_speed(most: int = 400) -> tuple[float, float]:
    """Return the reports a second of processor time whose places, and whose places and dates, are found.

    MUC-3, one process, warm, the best of three rounds: other work on the machine is not measured.
    """
    dispatches = zip(range(most), _dispatches(), strict=False)
    texts = [re.findall(r"(?s)<p>(.*?)</p>", page.text) for _, (_, page) in dispatches]
    pieces = [[Piece("body" if at else "first", text) for at, text in enumerate(report)] for report in texts]
    rounds = [_measure_round(pieces) for _ in range(4)][1:]
    return len(texts) / min(places for places, _ in rounds), len(texts) / min(both for _, both in rounds)


def _measure_round(reports: list[list[Piece]]) -> tuple[float, float]:
    day = Date("1990-01-01", "1990-01-01", "1990-01-01", "stated")
    started = time.process_time()
    for report in reports:
        find_places(report)
    places = time.process_time() - started
    for report in reports:
        for piece in report:
            list(find_dates(piece.text, day))
    return places, time.process_time() - started


def measure_opening() -> float:
    """Return the milliseconds that opening the compiled gazetteer takes."""
    open_compiled()
    open_compiled.cache_clear()
    tables_digest.cache_clear()
    started = time.perf_counter()
    open_compiled()
    return (time.perf_counter() - started) * 1000


def _dispatches() -> Iterator[tuple[dict[str, Any], Page]]:
    with zipfile.ZipFile(MUC / "muc3-dev.zip") as pages:
        for gold in _lines(MUC / "muc3-dev.gold.jsonl"):
            page = _page(gold["id"], pages.read(f"{gold['id']}.xhtml").decode())
            yield gold, replace(page, source=replace(page.source, media_type="text/html"))


def _page(name: str, text: str) -> Page:
    content = text.encode()
    source = Source(name, hashlib.sha256(content).hexdigest(), "text/plain", len(content))
    return Page(source, content, text, "utf-8")


def _pieces(row: dict[str, Any]) -> list[Piece]:
    title = [Piece("title", row["title"])] if row.get("title") else []
    return [*title, Piece("body", row["text"])]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _print_recognition() -> None:
    for name, peoples in (("trnews", True), ("geovirus_dev", False), ("lgl_dev", True)):
        one = score_recognition(name, peoples=peoples)
        print(f"recognition {name}: F1 {one.f1:.3f}, precision {one.precision:.3f}, recall {one.recall:.3f}")


def _print_resolution() -> None:
    for name in ("lgl_dev", "trnews", "geovirus_dev"):
        print(f"resolution {name}: {score_resolution(name)} within {NEAR} km")


def _print_countries() -> None:
    for name in ("trnews", "lgl_dev"):
        print(f"main country {name}: {score_main_country(name)}")


def _print_names() -> None:
    conflict = score_conflict_names(load_places())
    print(f"conflict names: {conflict.found} of {conflict.of}")
    print(f"ucdp, province, place name alone: {score_ucdp(headline=False)}")
    print(f"ucdp, province, place name or else headline: {score_ucdp(headline=True)}")


def _print_muc() -> None:
    for label, share in score_dispatches().items():
        print(f"{label}: {share}")
    places, both = measure_speed()
    print(f"speed on MUC-3: places {places:.0f} reports/s, places and dates {both:.0f} reports/s")
    print(f"gazetteer opened in {measure_opening():.0f} ms")


def _print_reuters() -> None:
    for label, share in score_reuters().items():
        print(f"{label}: {share}")


def _print_seeds() -> None:
    for seed, one in score_seeds().items():
        print(
            f"seed {seed}: main {', '.join(one.main)} ({'right' if one.right else 'WRONG'}); "
            f"persons {', '.join(one.persons) or 'none'}; Old City in {', '.join(sorted(one.old_city)) or 'no text'}"
        )


PARTS: dict[str, Callable[[], None]] = {
    "recognition": _print_recognition,
    "resolution": _print_resolution,
    "countries": _print_countries,
    "names": _print_names,
    "muc": _print_muc,
    "reuters": _print_reuters,
    "seeds": _print_seeds,
}


def main() -> int:
    """Print every figure, or those of the parts named."""
    if not SHARED.is_dir():
        print("../shared is not there: nothing to measure")
        return 1
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
