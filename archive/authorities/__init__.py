"""Authorities: places and actors under one id each, with every variant of their names.

Data files, read once per process; the printed form in a report is never rewritten.
"""

from archive.authorities.actors import ActorEntry, Actors, Sighting, load_actors
from archive.authorities.places import Gazetteer, PlaceEntry, PlaceKind, country_names, load_places

__all__ = [
    "ActorEntry",
    "Actors",
    "Gazetteer",
    "PlaceEntry",
    "PlaceKind",
    "Sighting",
    "country_names",
    "load_actors",
    "load_places",
]
