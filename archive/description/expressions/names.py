"""Months, weekdays and Hijri months in the languages of names.toml, as look-ups and as pieces of patterns."""

import re
import tomllib
from collections.abc import Iterable, Mapping
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


def any_of(names: Iterable[str]) -> str:
    """Return a pattern that meets any of the names, the longest first, with any white space inside them.

    Names that begin alike share their beginning, so that a word is compared with few of them.
    """
    tails: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        tails.setdefault(name[:1], []).append(name[1:])
    ends = tails.pop("", None)
    branches = [_letter(first) + (any_of(rest) if rest != [""] else "") for first, rest in tails.items()]
    if not branches:
        return ""
    if ends is None and len(branches) == 1:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends is not None else ''}"


def _letter(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)


def first_words(names: Mapping[str, int]) -> frozenset[str]:
    """Return the word (letters only) each name begins with, which is what a search can look for first."""
    return frozenset(re.split(r"[\s'-]", name)[0] for name in names)


def fold(name: str) -> str:
    """Return a printed name as the look-ups write it."""
    return name.lower() if name.isalpha() else SPACES.sub(" ", name).lower()
