"""Which place a name means: what the text says of it, then what the document is about, then what is near and large."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, log10, radians
from typing import Final

from archive.authorities import PlaceEntry, find_demonym, load_places
from archive.authorities.entries import QUARTER
from archive.authorities.folding import fold_name
from archive.description.places.mentions import Sighted

# Weights of what speaks for a country: a prior of the outlet, a container by form, the country's own name, its people.
PRIOR, CONTAINED, NAMED, PEOPLE, TOWN = 3.0, 3.0, 2.0, 1.0, 0.7
BASE: Final[Mapping[str, float]] = {"country": 9.5, "region": 8.0, "sea": 8.0, "province": 1.0, "city": 0.0}
OTHER_BASE = 4.0
OWN_NAME, COUNTRY_SHARE, PROVINCE_SHARE, NEARNESS = 0.8, 3.0, 2.5, 1.5
FULL_SHARE = 0.5  # a country with half the votes is as good as sure
NEAR = 200.0  # km
DEGREE = 111.2  # km
ENOUGH = 0.15  # part of what a document says that makes a country one of its own
WIDE: Final = frozenset({"country", "region", "sea"})
MANY = 40  # names compared for nearness at most


Vote = tuple[str, str | None, float]  # country, province, weight


@dataclass(frozen=True, slots=True)
class Support:
    """What a document says of countries and provinces, as parts of all that it says.

    `votes` tells what each name of several places said, by the name, and `total` is the weight of all that was said.
    """

    countries: Mapping[str, float]
    provinces: Mapping[str, float]
    votes: Mapping[str, Vote]
    total: tuple[float, float]

    def without(self, key: str) -> "Support":
        """Return what the rest of the document says: a name of several places is no witness in its own case."""
        vote = self.votes.get(key)
        if vote is None:
            return self
        country, province, weight = vote
        wide, narrow = self.total
        countries = _less(self.countries, country, weight, wide)
        provinces = self.provinces if province is None else _less(self.provinces, province, weight, narrow)
        return Support(countries, provinces, {}, self.total)


def _less(shares: Mapping[str, float], key: str, weight: float, total: float) -> dict[str, float]:
    """Return the shares without one vote."""
    left = total - weight
    if left <= 0:
        return {}
    return {other: (share * total - (weight if other == key else 0.0)) / left for other, share in shares.items()}


def resolve(sighted: Sequence[Sighted], priors: tuple[str, ...] = (), *, gated: bool = True) -> list[PlaceEntry | None]:
    """Return the place that each sighting means; None when it is no place that this document can mean.

    One name means one place in one document. `priors` are codes of countries the outlet reports on, the first the
    likeliest. With `gated` false every sighting is a place for sure (as gold spans are) and only the place is sought.
    """
    by_name: dict[str, list[Sighted]] = defaultdict(list)
    for one in sighted:
        by_name[_key(one)].append(one)
    options = {key: _options(ones) for key, ones in by_name.items()}
    support = _support(by_name, options, priors)
    if gated:
        options = {key: _supported(by_name[key], options[key], support) for key in by_name}
    first = {key: _best(key, entries, support, ()) for key, entries in options.items() if entries}
    if gated:
        named = {entry.id for entry in first.values()}
        first = {key: entry for key, entry in first.items() if entry.tier != QUARTER or _town_named(entry, named)}
    # A quarter whose town is named goes before any place elsewhere that has its name.
    named = {entry.id for entry in first.values()}
    for key, entries in options.items():
        quarters = [entry for entry in entries if entry.tier == QUARTER and _town_named(entry, named)]
        if quarters and key in first and first[key].kind not in WIDE:
            first[key], options[key] = quarters[0], tuple(quarters)
    near = tuple(entry for entry in first.values() if entry.lat is not None and entry.kind not in WIDE)[:MANY]
    chosen = {
        key: _best(key, options[key], support, near) if len(options[key]) > 1 else entry for key, entry in first.items()
    }
    return [None if gated and _is_spread(one) else chosen.get(_key(one)) for one in sighted]


def _is_spread(one: Sighted) -> bool:
    """Tell whether a word names a people of several countries: Kurdish speaks for each of them, and means none."""
    people = find_demonym(one.printed) if one.rule == "places/demonym" else None
    return people is not None and people.kind == "people" and len(people.places) > 1


def _key(one: Sighted) -> str:
    return f"{one.rule}:{fold_name(one.printed)}"


def _options(ones: Sequence[Sighted]) -> tuple[PlaceEntry, ...]:
    """Return what a name may mean in this document: what one of its mentions says by form counts for all."""
    contained = [one for one in ones if one.within]
    return contained[0].entries if contained else ones[0].entries


def _support(
    by_name: Mapping[str, Sequence[Sighted]], options: Mapping[str, tuple[PlaceEntry, ...]], priors: tuple[str, ...]
) -> Support:
    countries: dict[str, float] = defaultdict(float)
    provinces: dict[str, float] = defaultdict(float)
    votes: dict[str, Vote] = {}
    for number, code in enumerate(priors):
        countries[code] += PRIOR / (number + 1)
    for key, ones in by_name.items():
        entries = options[key]
        if not entries or not any(one.strong for one in ones):
            continue
        entry = entries[0] if len(entries) == 1 else _likeliest(entries, key)
        times = min(len(ones), 4) ** 0.5
        weight = _weight(ones, entry) * times
        countries[entry.country] += weight
        province = entry.id if entry.kind == "province" else entry.parent if entry.kind == "city" else None
        if province:
            provinces[province] += weight
        if len(entries) > 1:
            votes[key] = entry.country, province or None, weight
        if ones[0].rule == "places/demonym":
            for other in entries[1:]:
                countries[other.country] += weight / 2
    total = sum(countries.values()), sum(provinces.values())
    return Support(_shares(countries), _shares(provinces), votes, total)


def _weight(ones: Sequence[Sighted], entry: PlaceEntry) -> float:
    if ones[0].rule == "places/demonym":
        return PEOPLE
    if any(one.within for one in ones):
        return CONTAINED
    return NAMED if entry.kind in {"country", "province"} else TOWN


def _likeliest(entries: tuple[PlaceEntry, ...], key: str) -> PlaceEntry:
    folded = key.rpartition(":")[2]
    return max(entries, key=lambda entry: _plain_score(entry, folded))


def _shares(votes: Mapping[str, float]) -> dict[str, float]:
    total = sum(votes.values())
    return {key: votes[key] / total for key in votes if key} if total else {}


def _supported(ones: Sequence[Sighted], entries: tuple[PlaceEntry, ...], support: Support) -> tuple[PlaceEntry, ...]:
    """Return those meanings that the document supports enough for so small a place."""
    if any(one.strong for one in ones):
        return entries
    return tuple(entry for entry in entries if _is_supported(entry, support))


def _is_supported(entry: PlaceEntry, support: Support) -> bool:
    share = support.countries.get(entry.country, 0.0)
    if entry.parent in support.provinces and share:
        return True
    return share >= ENOUGH and (entry.country not in VAST or entry.tier >= QUARTER)


# In countries with a place for every name a small one needs its state or province named as well.
VAST: Final = frozenset({"US", "GB", "FR", "PH", "MX", "IN", "CN", "RU", "BR", "ID", "DE", "IT", "AU", "CA"})


def _town_named(entry: PlaceEntry, named: set[str]) -> bool:
    above = {one.id for one in load_places().around(entry.id)}
    return bool(above & named)


def _best(key: str, entries: tuple[PlaceEntry, ...], support: Support, near: Iterable[PlaceEntry]) -> PlaceEntry:
    if len(entries) == 1:
        return entries[0]
    folded, rest = key.rpartition(":")[2], support.without(key)
    scores = [_score(entry, folded, rest) for entry in entries]
    most = max(scores)
    if near:
        # Only what nearness can still lift to the top is worth measuring.
        close = [(score, entry) for score, entry in zip(scores, entries, strict=True) if score > most - NEARNESS]
        if len(close) > 1:
            return max(close, key=lambda pair: pair[0] + _nearness(pair[1], near))[1]
    return entries[scores.index(most)]


def _score(entry: PlaceEntry, folded: str, support: Support) -> float:
    score = _plain_score(entry, folded)
    score += COUNTRY_SHARE * min(1.0, support.countries.get(entry.country, 0.0) / FULL_SHARE)
    province = entry.id if entry.kind == "province" else entry.parent
    score += PROVINCE_SHARE * min(1.0, support.provinces.get(province or "", 0.0) / FULL_SHARE)
    return score


def _nearness(entry: PlaceEntry, near: Iterable[PlaceEntry]) -> float:
    return NEARNESS * min(1.0, sum(_is_near(entry, other) for other in near if other is not entry) / 2)


@lru_cache(65_536)
def _plain_score(entry: PlaceEntry, folded: str) -> float:
    base = BASE.get(entry.kind, OTHER_BASE)
    if entry.kind in {"city", "province"}:
        base += log10(entry.population + 10)
    return base + (OWN_NAME if fold_name(entry.name) == folded else 0.0)


def _is_near(one: PlaceEntry, other: PlaceEntry) -> bool:
    return distance(one, other) < NEAR


def distance(one: PlaceEntry, other: PlaceEntry) -> float:
    """Return the kilometres between two places, well enough for a few hundred of them; endless without coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    wide = cos(radians((one.lat + other.lat) / 2))
    return DEGREE * hypot(one.lat - other.lat, (one.lon - other.lon) * wide)
