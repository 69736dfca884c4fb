"""The figures of places, dates and names that the archive tells its readers: what they are and how they are measured.

Run: python -m benchmarks.recorded [part of a key …]. It measures them (or those whose key has one of the parts) anew
and writes web/figures.json, from which the help page and the table of docs/places-and-dates.md are made; the quality
gate measures them again and holds them. The rules of scoring stand in benchmarks/places.py, dates.py, names.py and
fields.py.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from archive.authorities import load_actors, load_places
from archive.rules import load_rule_set
from benchmarks import dates, fields, names, places

FILE = Path(__file__).resolve().parent.parent / "web" / "figures.json"
Shown = Literal["f1", "share", "count"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, of how many that there are, and of how many that were given (all, where None)."""

    right: int
    wanted: int
    given: int | None = None

    @property
    def value(self) -> float:
        """Return the harmonic mean of precision and recall, or the part that is right."""
        given = self.wanted if self.given is None else self.given
        return 2 * self.right / (given + self.wanted) if given + self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its key, what it says, what issue 4 asked for, and how it is measured."""

    key: str
    what: str
    asked: float | None
    measure: Callable[[], Counts]
    shown: Shown = "share"


def _recognition(name: str, *, peoples: bool) -> Callable[[], Counts]:
    def measure() -> Counts:
        one = places.score_recognition(name, peoples=peoples)
        return Counts(one.right, one.gold, one.given)

    return measure


def _share(measure: Callable[[], places.Share]) -> Callable[[], Counts]:
    return lambda: Counts((one := measure()).right, one.of)


def _score(measure: Callable[[], names.Score]) -> Callable[[], Counts]:
    return lambda: Counts((one := measure()).found, one.of)


dispatches = cache(places.score_dispatches)
reuters = cache(places.score_reuters)
expressions = cache(dates.score_expressions)


@cache
def _dated() -> dates.DispatchScore:
    return dates.score_dispatches(load_rule_set())


@cache
def _seeds() -> dict[str, places.Seed]:
    return places.score_seeds()


def _intervals(*, captured: bool) -> Counts:
    sets = (*dates.DATED_SETS, "muc3")
    scores = [dates.score_intervals(load_rule_set(), name, captured=captured) for name in sets]
    return Counts(sum(one.holds for one in scores), sum(one.given for one in scores))


def _seed_dates() -> Counts:
    seeds = dates.score_seeds(load_rule_set())
    return Counts(sum(agrees and basis != "stated" for _, basis, agrees in seeds.values()), len(seeds))


@cache
def _published(name: str) -> Counts:
    score = fields.measure(name)
    return Counts(score.right["date"], score.total["date"], score.total["date given"])


# One form of each of 100 of 207 pairs of actor and printed name, drawn with Random(4) and read in its context by one
# person on 27 November 2026; two of the ten mistakes, DINA and ONUCA, were mended afterwards.
READ_BY_HAND = Counts(90, 100)

ROWS: tuple[Row, ...] = (
    Row("recognition/trnews", "names recognised, both ends right, `trnews`", 0.77,
        _recognition("trnews", peoples=True), "f1"),
    Row("recognition/geovirus_dev", "the same, `geovirus_dev`", 0.85,
        _recognition("geovirus_dev", peoples=False), "f1"),
    Row("recognition/lgl_dev", "the same, `lgl_dev`, local newspapers", None,
        _recognition("lgl_dev", peoples=True), "f1"),
    Row("resolution/lgl_dev", "names resolved within 161 km, all that the gold has, `lgl_dev`", 0.62,
        _share(lambda: places.score_resolution("lgl_dev"))),
    Row("resolution/trnews", "the same, `trnews`", 0.76, _share(lambda: places.score_resolution("trnews"))),
    Row("resolution/geovirus_dev", "the same, `geovirus_dev`, where the gold has points and no ids", None,
        _share(lambda: places.score_resolution("geovirus_dev"))),
    Row("main-country/trnews", "main country, `trnews`", 0.88, _share(lambda: places.score_main_country("trnews"))),
    Row("main-country/lgl_dev", "the same, `lgl_dev`", None, _share(lambda: places.score_main_country("lgl_dev"))),
    Row("main-country/reuters", "Reuters, every seventh item: the first coded country is that of a main place", 0.80,
        _share(lambda: reuters()["Reuters first as main"])),
    Row("countries/reuters", "the same: a coded country is among the report's", 0.90,
        _share(lambda: reuters()["Reuters countries"])),
    Row("countries/muc3", "MUC-3 dev: coded country among the report's places", 0.97,
        _share(lambda: dispatches()["MUC-3 country"])),
    Row("towns/muc3", "the same: coded town or department that the gazetteer has", 0.85,
        _share(lambda: dispatches()["MUC-3 town"])),
    Row("conflict-names", "`conflict_names82`: in the gazetteer at the right point", 76 / 82,
        _score(lambda: names.score_conflict_names(load_places())), "count"),
    Row("ucdp/name", "`ucdp_syria_dev`, province of all events, Syria as prior, by the place's name alone", 0.55,
        _share(lambda: places.score_ucdp(headline=False))),
    Row("ucdp/headline", "the same, by the name or else the headline", None,
        _share(lambda: places.score_ucdp(headline=True))),
    Row("seeds/main", "seeds: main place", 1.0,
        lambda: Counts(sum(one.right for one in _seeds().values()), len(_seeds())), "count"),
    Row("seeds/persons", "seeds without a person taken for a place", 1.0,
        lambda: Counts(sum(not one.persons for one in _seeds().values()), len(_seeds())), "count"),
    Row("seeds/old-city", "seeds that name an *Old City*: in Mosul", 1.0,
        lambda: Counts(sum("Mosul" in one.old_city for one in _seeds().values()),
                       sum(bool(one.old_city) for one in _seeds().values())), "count"),
    Row("published/dates-dev", "publication date of pages of unknown outlets, `dates-dev`", None,
        lambda: _published("dates-dev"), "f1"),
    Row("published/outlets-dev", "the same, `outlets-dev`", None, lambda: _published("outlets-dev"), "f1"),
    Row("expressions", "62 expressions: first and last day both right", 58 / 62,
        lambda: Counts(expressions().right, expressions().total), "count"),
    Row("expressions/traps", "13 traps among them in which no date is read", 1.0,
        lambda: Counts(13 - expressions().invented, 13), "count"),
    Row("datelines/muc3", "MUC-3 dev without its header: day of the dateline", 0.99,
        lambda: Counts(_dated().datelines, _dated().dated)),
    Row("incidents/muc3",
        "the same: coded day of an incident among the dates mentioned or the day of publication", 0.85,
        lambda: Counts(_dated().found, _dated().incidents)),
    Row("incidents-in-text/muc3", "the same, among the dates mentioned alone", None,
        lambda: Counts(_dated().found_in_text, _dated().incidents)),
    Row("intervals", "intervals given that hold the truth, pages as they are", 0.95,
        lambda: _intervals(captured=False)),
    Row("intervals/captured", "the same, with a made-up day of capture", 0.95, lambda: _intervals(captured=True)),
    Row("seeds/dates", "seeds: the interval holds the gold's, and none claims to be stated", 1.0, _seed_dates, "count"),
    Row("actors/muc3", "MUC-3 dev: coded organisations that the authority file knows, sighted", 0.95,
        _score(lambda: names.score_organizations(load_actors()))),
    Row("actors/by-hand", "100 printed names drawn from MUC-3, Reuters and news: the right actor, by hand", None,
        lambda: READ_BY_HAND),
)  # fmt: skip
BY_KEY = {row.key: row for row in ROWS}


def read_recorded() -> dict[str, Counts]:
    """Return the figures as they were recorded, by key."""
    recorded = json.loads(FILE.read_text(encoding="utf-8"))["figures"]
    return {one["key"]: Counts(one["right"], one["wanted"], one["given"]) for one in recorded}


def main() -> int:
    """Measure the figures whose keys have a part named on the command line, or all, and write them down."""
    counts = read_recorded() if FILE.is_file() else {}
    for row in ROWS:
        if not sys.argv[1:] or any(part in row.key for part in sys.argv[1:]):
            counts[row.key] = row.measure()
            print(f"{row.key}: {counts[row.key].value:.3f} ({counts[row.key].right} of {counts[row.key].wanted})")
    figures = [
        {"key": row.key, "what": row.what, "shown": row.shown, "asked": row.asked, **asdict(counts[row.key])}
        for row in ROWS
        if row.key in counts
    ]
    text = json.dumps({"measured": dt.datetime.now(tz=dt.UTC).date().isoformat(), "figures": figures}, indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
