"""What a report is about: the main places, told by where and how often they are named."""

from collections.abc import Mapping, Sequence
from typing import Final

from archive.authorities import PlaceEntry, load_places
from archive.description.places.mentions import Sighted, Zone

SCORES: Final[Mapping[Zone, float]] = {"title": 3.0, "caption": 2.0, "first": 2.0, "body": 1.0}
DEMONYM = 0.5  # of the score of a name
PART = 0.4  # of the best score that a main place needs
MOST = 3  # main places besides the countries of the first


def find_main(
    pieces: Sequence[Zone], sighted: Sequence[Sighted], entries: Sequence[PlaceEntry | None]
) -> dict[str, str]:
    """Return the main places' ids, the likeliest first, each with the rule that says why.

    A place counts for all that it lies in; the country of the best place is a main place too.
    """
    own = _scores(pieces, sighted, entries)
    if not own:
        return {}
    full = _with_parts(own)
    places = load_places()
    country = max((key for key in full if _kind(key) == "country"), key=full.__getitem__, default=None)
    inner = {key: score for key, score in own.items() if _kind(key) not in {"country", "region", "sea"}}
    if country is not None:
        code = _entry(country).country
        inner = {key: score for key, score in inner.items() if _entry(key).country == code}
    main: dict[str, str] = {}
    total = {key: full[key] for key in inner}
    if total:
        best = max(total, key=lambda key: (_depth_score(key, full, own), -len(key)))
        reason = "places/main-title" if _in_title(pieces, sighted, entries, best) else "places/main-score"
        if country is None or own[best] >= PART * own.get(country, 0.0) or full[best] >= PART * full[country]:
            main[best] = reason
            for other in sorted(inner, key=lambda key: (-inner[key], key)):
                if len(main) < MOST and inner[other] >= own[best] * 0.7 and inner[other] >= SCORES["title"]:
                    main.setdefault(other, "places/main-score")
    if country is not None and not any(one.kind == "country" for key in main for one in [places.get(key)] if one):
        reason = "places/main-title" if _in_title(pieces, sighted, entries, country) else "places/main-country"
        main[country] = reason
    if not main:
        best = max(own, key=lambda key: (own[key], key))
        main[best] = "places/main-score"
    return main


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


def _depth_score(key: str, full: Mapping[str, float], own: Mapping[str, float]) -> float:
    """Return how much speaks for a place: its own mentions, and a little for those inside it."""
    return own[key] + 0.2 * (full[key] - own[key])


def _in_title(
    pieces: Sequence[Zone], sighted: Sequence[Sighted], entries: Sequence[PlaceEntry | None], key: str
) -> bool:
    return any(
        pieces[one.piece] == "title" and entry is not None and entry.id == key
        for one, entry in zip(sighted, entries, strict=True)
    )


def _entry(key: str) -> PlaceEntry:
    entry = load_places().get(key)
    if entry is None:
        raise KeyError(key)
    return entry


def _kind(key: str) -> str:
    return _entry(key).kind
