"""Months, weekdays and Hijri months in the languages of names.toml, as look-ups and as pieces of patterns."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

FILE = "names.toml"
_TABLES = tomllib.loads((files(__package__) / FILE).read_text(encoding="utf-8"))
SPACES = re.compile(r"\s+")


def _look_up(table: str) -> Mapping[str, int]:
    return {
        spelling: number
        for language in _TABLES[table]
        for number, spellings in enumerate(language["names"], 1)
        for spelling in spellings
    }


MONTHS = _look_up("months")
WEEKDAYS = {name: number - 1 for name, number in _look_up("weekdays").items()}
HIJRI_MONTHS = _look_up("hijri")
ENGLISH_MONTHS = frozenset(name for names in _TABLES["months"][0]["names"] for name in names)


def any_of(names: Mapping[str, int] | frozenset[str]) -> str:
    """Return a pattern that meets any of the names, the longest first, with any white space inside them."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first) + ")"


def first_words(names: Mapping[str, int]) -> frozenset[str]:
    """Return the word (letters only) each name begins with, which is what a search can look for first."""
    return frozenset(re.split(r"[\s'-]", name)[0] for name in names)


def fold(name: str) -> str:
    """Return a printed name as the look-ups write it."""
    return SPACES.sub(" ", name).lower()
