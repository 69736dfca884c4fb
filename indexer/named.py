"""What the authority files say of one actor or place, for a page about it."""

from dataclasses import dataclass
from pathlib import Path

from archive.authorities import load_actors, load_places


@dataclass(frozen=True, slots=True)
class NameUse:
    """One name of an actor, its language and who writes so, where the authority file tells."""

    name: str
    lang: str | None = None
    used_by: str | None = None


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor under its neutral label, with every name it goes by."""

    id: str
    label: str
    names: tuple[NameUse, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with every name, and the (id, name) of the places it lies in, the largest first."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    around: tuple[tuple[str, str], ...]
    lat: float | None
    lon: float | None


def find_actor(actor_id: str, authorities: Path | None) -> ActorPage | None:
    """Return the actor with this id; `authorities` is the folder of a library's own."""
    entry = load_actors(authorities).by_id.get(actor_id)
    if entry is None:
        return None
    names = tuple(NameUse(use.name, use.lang, use.used_by) for use in entry.usage)
    return ActorPage(entry.id, entry.label, names or tuple(map(NameUse, entry.variants)), entry.note)


def actor_named(printed: str, authorities: Path | None) -> str | None:
    """Return the id of the actor that a printed name means; `authorities` is the folder of a library's own."""
    entry = load_actors(authorities).variants_of(printed)
    return entry.id if entry else None


def find_place(place_id: str, authorities: Path | None) -> PlacePage | None:
    """Return the place with this id; `authorities` is the folder of a library's own places."""
    places = load_places(authorities)
    entry = places.get(place_id) or places.country(place_id)
    if entry is None:
        return None
    # A country is known to facets by its code.
    around = tuple((one.country if one.kind == "country" else one.id, one.name) for one in places.parents(entry.id))
    return PlacePage(place_id, entry.name, entry.kind, entry.names(), around, entry.lat, entry.lon)
