"""What the finding of places knows about words: data files beside this module, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final


def _read_lists() -> dict[str, frozenset[str]]:
    lists = tomllib.loads((resources.files("archive.description.places") / "words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


LISTS: Final = _read_lists()
TITLES: Final = LISTS["titles"]  # before a person's name
TAILS: Final = LISTS["tails"]  # after a name, which they make the name of an organisation or a thing
BEFORE: Final = LISTS["before"]  # capitalised words before a place that are no part of another name
PREPOSITIONS: Final = LISTS["prepositions"]
FUNCTION: Final = LISTS["function"]  # words that begin no name worth finding
SETTLEMENTS: Final = LISTS["settlements"]  # what a text calls a small place: the village of Tal, Tal district
SPEECH: Final = LISTS["speech"]


@cache
def given_names() -> frozenset[str]:
    """Return common given names, in small letters."""
    return frozenset(line.casefold() for line in _lines("given_names.txt"))


@cache
def ordinary_words() -> frozenset[str]:
    """Return ordinary words that are also places somewhere, in small letters."""
    return frozenset(_lines("ordinary.txt"))


@cache
def abbreviations() -> Mapping[str, str]:
    """Return the ids of places that are written short, by the printed form: Ky., B.C., NSW."""
    rows = (line.split("\t") for line in _lines("abbreviations.tsv")[1:])
    return {printed: place_id for printed, place_id in rows}  # noqa: C416 - dict() of lists is not typed


def _lines(file: str) -> list[str]:
    text = (resources.files("archive.description.places") / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
