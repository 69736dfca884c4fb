"""What a report is about: the main places, told by where and how often they are named."""

from collections.abc import Mapping, Sequence
from typing import Final

from archive.authorities import PlaceEntry, load_places
from archive.description.places.mentions import Sighted, Zone

SCORES: Final[Mapping[Zone, float]] = {"title": 3.0, "caption": 2.0, "first": 2.0, "body": 1.0}
DEMONYM = 0.5  # of the score of a name
PART = 0.25  # of its country's score that a main place needs
INSIDE = 0.2  # of what is said of the places inside a place
RIVAL = 0.7  # of the best place's score that a second place needs
SECOND = 0.6  # of the best country's score that a second country needs
FILED = 2.0  # what a dateline says for its country
MOST = 3  # main places besides the countries of the first


def find_main(
    pieces: Sequence[Zone],
    sighted: Sequence[Sighted],
    entries: Sequence[PlaceEntry | None],
    filed: PlaceEntry | None = None,
) -> dict[str, str]:
    """Return the main places' ids, the likeliest first, each with the rule that says why.

    A place counts for all that it lies in; where a report was filed counts for the country alone. A second country
    named about as much is a main place too.
    """
    own = _scores(pieces, sighted, entries)
    full = _with_parts(own)
    if filed is not None and (state := load_places().country(filed.country)) is not None:
        full[state.id] = full.get(state.id, 0.0) + FILED
    countries = sorted((key for key in full if _entry(key).kind == "country"), key=lambda key: (-full[key], key))
    if not countries:
        best = max(own, key=lambda key: (own[key], key), default=None)
        return {best: "places/main-score"} if best else {}
    titled = {
        entry.id
        for one, entry in zip(sighted, entries, strict=True)
        if entry is not None and pieces[one.piece] == "title"
    }
    found = [*_inner(countries[0], own, full), countries[0]]
    found += [key for key in countries[1:MOST] if full[key] >= SECOND * full[countries[0]]]
    return {key: _reason(key, key in titled, key in own) for key in found}


def _reason(key: str, titled: bool, named: bool) -> str:  # noqa: FBT001 - two facts about the place
    if titled:
        return "places/main-title"
    if _entry(key).kind != "country":
        return "places/main-score"
    return "places/main-country" if named else "places/main-around"


def _inner(country: str, own: Mapping[str, float], full: Mapping[str, float]) -> list[str]:
    """Return the places inside the main country that the report is about: the best, and others named as much."""
    code = _entry(country).country
    inner = {key: own[key] + INSIDE * (full[key] - own[key]) for key in own if _is_inner(key, code)}
    ranked = sorted(inner, key=lambda key: (-inner[key], key))
    if not ranked or full[ranked[0]] < PART * full[country]:
        return []
    least = max(SCORES["title"], RIVAL * inner[ranked[0]])
    return [ranked[0], *(key for key in ranked[1:MOST] if inner[key] >= least)]


def _is_inner(key: str, code: str) -> bool:
    entry = _entry(key)
    return entry.country == code and entry.kind not in {"country", "region", "sea"}


def _scores(
    pieces: Sequence[Zone], sighted: Sequence[Sighted], entries: Sequence[PlaceEntry | None]
) -> dict[str, float]:
    scores: dict[str, float] = {}
    for one, entry in zip(sighted, entries, strict=True):
        if entry is not None:
            score = SCORES[pieces[one.piece]] * (DEMONYM if one.rule == "places/demonym" else 1.0)
            scores[entry.id] = scores.get(entry.id, 0.0) + score
    return scores


def _with_parts(own: Mapping[str, float]) -> dict[str, float]:
    full: dict[str, float] = dict(own)
    for key, score in own.items():
        for above in load_places().parents(key):
            full[above.id] = full.get(above.id, 0.0) + score
    return full


def _entry(key: str) -> PlaceEntry:
    entry = load_places().get(key)
    if entry is None:
        raise KeyError(key)
    return entry
