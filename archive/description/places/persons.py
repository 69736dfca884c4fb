"""Persons in a text, so that Mr. Jordan, Paris Hilton's father and al-Baghdadi are not taken for places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive.authorities import load_places
from archive.authorities.folding import fold_name
from archive.description.places.words import LISTS, TITLES, given_names, ordinary_words

PARTICLES: Final = LISTS["particles"]
JOINS: Final = frozenset({" ", "-", "‐", ". ", " “", "” "})
CIVIL: Final = frozenset({"mr", "mrs", "ms", "miss"})  # Mr. Jordan is a person; President of Jordan is not
MOST_WORDS = 5
KNOWN_TOWN = 100_000
SHORTEST_CAPITAL = 4  # letters of a surname in a text of capitals only


@dataclass(frozen=True, slots=True)
class Persons:
    """The numbers of the words that belong to persons, and the surnames that were introduced."""

    masked: frozenset[int]
    surnames: frozenset[str]


def find_persons(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], *, upper: bool) -> Persons:
    """Return the words of a text that name persons: a given name or a title and what follows it."""
    masked: set[int] = set()
    surnames: set[str] = set()
    given = given_names()
    at, count = 0, len(words)
    while at < count:
        word = words[at]
        lowered = word.lower()
        titled = lowered in TITLES
        if not word[0].isupper() or not (titled or lowered in given):
            at += 1
            continue
        last = _end_of_name(text, words, spans, at, upper=upper)
        first = at + 1 if titled else at
        if last == at or (titled and lowered not in CIVIL and _names_place(words, first)):
            at += 1
            continue
        whole = text[spans[at][0] : spans[last][1]]
        if not titled and last > at and _is_known(whole):
            at = last + 1
            continue
        masked.update(range(first, last + 1))
        surnames |= _surnames(text, words, spans, first, last)
        at = last + 1
    return Persons(frozenset(masked), frozenset(surnames))


def _end_of_name(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], at: int, *, upper: bool) -> int:
    last, limit = at, min(len(words) - 1, at + (2 if upper else MOST_WORDS))
    number = at
    while number < limit:
        gap = text[spans[number][1] : spans[number + 1][0]]
        word = words[number + 1]
        if gap not in JOINS or (gap == ". " and len(words[number]) > 1 and words[number].lower() not in TITLES):
            break
        if word[0].isupper():
            if upper and (
                word.lower() in ordinary_words() or word.lower() in PARTICLES or len(word) < SHORTEST_CAPITAL
            ):
                break
            last = number + 1
        elif word not in PARTICLES:
            break
        number += 1
    return last


def _names_place(words: Sequence[str], at: int) -> bool:
    """Tell whether the word after a title is a country or a people, as in Prime Minister of or General Iraqi."""
    gazetteer = load_places()
    found = gazetteer.candidates(words[at])
    return bool(gazetteer.demonym(words[at])) or any(one.kind == "country" for one in found[:1])


def _is_known(name: str) -> bool:
    found = load_places().find(name)
    return found is not None and (found.kind != "city" or found.population >= KNOWN_TOWN)


def _surnames(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], first: int, last: int) -> set[str]:
    names = {fold_name(words[last])}
    if last > first and words[last - 1].lower() in PARTICLES:
        names.add(fold_name(text[spans[last - 1][0] : spans[last][1]]))
    return names
