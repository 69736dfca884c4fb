"""Authorities: places and actors under one id each, with every variant of their names.

Data files, the places compiled once to a file that processes share; the printed form in a report is never rewritten.
"""

from archive.authorities.actors import ActorEntry, Actors, Sighting, load_actors, using_actors
from archive.authorities.entries import KINDS, OwnRow, PlaceEntry, PlaceKind
from archive.authorities.folding import fold_name
from archive.authorities.library import Added, add_places, check_table, drop_row, remove_place, write_row
from archive.authorities.own_actors import OWN_ACTORS, OwnActor, clean_names, read_own_actors, write_own_actor
from archive.authorities.places import (
    Gazetteer,
    build_places,
    country_names,
    load_places,
    read_library_rows,
    using_places,
)
from archive.authorities.spellings import Spelling, find_spelling, spelled_names
from archive.authorities.words import Demonym, FormerName, find_demonym, find_former

__all__ = [
    "KINDS",
    "OWN_ACTORS",
    "ActorEntry",
    "Actors",
    "Added",
    "Demonym",
    "FormerName",
    "Gazetteer",
    "OwnActor",
    "OwnRow",
    "PlaceEntry",
    "PlaceKind",
    "Sighting",
    "Spelling",
    "add_places",
    "build_places",
    "check_table",
    "clean_names",
    "country_names",
    "drop_row",
    "find_demonym",
    "find_former",
    "find_spelling",
    "fold_name",
    "load_actors",
    "load_places",
    "read_library_rows",
    "read_own_actors",
    "remove_place",
    "spelled_names",
    "using_actors",
    "using_places",
    "write_own_actor",
    "write_row",
]
