"""Where a text may name a place: the longest names of the gazetteer, without what is a person, an actor or a word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Final, Literal

from archive.authorities import Gazetteer, PlaceEntry, load_actors, load_places
from archive.authorities.entries import LISTED
from archive.authorities.folding import fold_name
from archive.description.places.persons import find_persons
from archive.description.places.words import (
    BEFORE,
    FUNCTION,
    PREPOSITIONS,
    SETTLEMENTS,
    SPEECH,
    TAILS,
    TITLES,
    abbreviations,
    given_names,
    ordinary_words,
)

Zone = Literal["title", "caption", "first", "body"]
Rule = Literal["places/name", "places/demonym", "places/abbreviation"]

# Qa'im, O'Brien, Ma’la; in Russia's the ending stays outside; U.S. and N.Y. are one word each.
WORD: Final = re.compile(r"(?:[A-Z]\.){2,}|W\.\s?Va\.|[^\W\d_]+(?:['’ʼ‘`](?![sS]\b)[^\W\d_]+)*")
GAPS: Final = frozenset({" ", "-", "‐", "‑", ". ", "\u00a0", "\n"})
ARTICLES: Final = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "an", "az", "ul"})
LARGE, SIZEABLE, NOTED = 1_000_000, 100_000, 15_000
UPPER_LEAST = 30_000  # inhabitants that a town needs in a text of capitals only
SHORT_NAME = 3
LINKS: Final = frozenset({", ", " (", ",\n", " , "})  # between a place and what it lies in
LONGEST = 7  # words of one name that are looked up


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a report's own text and where it stands."""

    zone: Zone
    text: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """A name that may be a place: its piece, its offsets in code points, what it may be, and how sure the form is.

    `follows` is the number of the sighting that contains it by form ("Paris, Texas"), filled by `link_containers`.
    """

    piece: int
    start: int
    end: int
    printed: str
    entries: tuple[PlaceEntry, ...]
    rule: Rule = "places/name"
    strong: bool = True
    within: tuple[PlaceEntry, ...] = ()


def find_sightings(pieces: Sequence[Piece]) -> list[Sighted]:
    """Return every name in these pieces that may be a place, in order."""
    scanned = [_Scan(number, piece.text) for number, piece in enumerate(pieces)]
    surnames = {name for scan in scanned for name in scan.surnames}
    return [one for scan in scanned for one in scan.run(surnames)]


class _Scan:
    """The words of one piece, looked at from left to right."""

    def __init__(self, number: int, text: str) -> None:
        self.number, self.text = number, text
        self.gazetteer = load_places()
        self.upper = text.isupper()
        self.spans = [found.span() for found in WORD.finditer(text)]
        self.words = [text[start:end] for start, end in self.spans]
        persons = find_persons(text, self.words, self.spans, upper=self.upper)
        self.persons, self.surnames = persons.masked, persons.surnames
        self.actors = [(one.start, one.end) for one in load_actors().find_all(text)]

    def run(self, surnames: set[str]) -> Iterable[Sighted]:
        at, count = 0, len(self.words)
        found: list[Sighted] = []
        masked = self._masked_words()
        while at < count:
            word = self.words[at]
            if at in masked or not (word[0].isupper() or self._is_article(at)):
                at += 1
                continue
            length, short, people = _look(self.gazetteer, word)
            if not length and not short and not people:
                at += 1
                continue
            one, words = self._abbreviation(at, word) if short and not self.upper else (None, 0)
            if one is None and length:
                one, words = self._longest(at, length, masked)
            if one is None and people:
                one, words = self._demonym(at, word, people), 1
            if one is None:
                at += 1
                continue
            if self._is_place(one, at, words, surnames):
                found.append(one)
            at += words
        return contain(self.text, found)

    def _is_article(self, at: int) -> bool:
        if self.words[at] not in ARTICLES or at + 1 >= len(self.words):
            return False
        gap = self.text[self.spans[at][1] : self.spans[at + 1][0]]
        return gap in {"-", "‐", "‑"} and self.words[at + 1][0].isupper()

    def _masked_words(self) -> set[int]:
        masked = set(self.persons)
        if self.actors:
            spans = iter(self.actors)
            start, end = next(spans)
            for number, (begin, stop) in enumerate(self.spans):
                while begin >= end:
                    start, end = next(spans, (1 << 60, 1 << 60))
                if begin >= start and stop <= end:
                    masked.add(number)
        return masked

    def _gap(self, before: int) -> str:
        return self.text[self.spans[before][1] : self.spans[before + 1][0]]

    def _abbreviation(self, at: int, word: str) -> tuple[Sighted | None, int]:
        start, end = self.spans[at]
        printed = word
        entry = None
        if self.text[end : end + 1] == ".":
            entry = self.gazetteer.get(abbreviations().get(f"{word}.", ""))
            printed = word + "."
            # La. and Miss. are states only after the name of a town: Monroe, La.
            if entry is not None and not self.text[:start].endswith(", "):
                return None, 0
        if entry is None:
            entry, printed = self.gazetteer.get(abbreviations().get(word, "")), word
        if entry is None:
            return None, 0
        return Sighted(self.number, start, start + len(printed), printed, (entry,), "places/abbreviation"), 1

    def _longest(self, at: int, length: int, masked: set[int]) -> tuple[Sighted | None, int]:
        last = at
        while last + 1 < len(self.words) and last - at + 1 < length:
            if self._gap(last) not in GAPS or last + 1 in masked:
                break
            last += 1
        start = self.spans[at][0]
        for end_word in range(last, at - 1, -1):
            if not self.words[end_word][0].isupper():
                continue
            name = self.text[start : self.spans[end_word][1]]
            entries, strong = _admit(self.gazetteer, name, self.upper)
            if entries and entries[-1].tier == LISTED:
                entries = self._without_listed(entries, at, end_word)
            if entries:
                end = self.spans[end_word][1]
                return Sighted(self.number, start, end, name, entries, strong=strong), end_word - at + 1
        return None, 0

    def _without_listed(self, entries: tuple[PlaceEntry, ...], first: int, last: int) -> tuple[PlaceEntry, ...]:
        """Return what a name may be where villages only listed count if the text calls them so: the village of Tal."""
        larger = tuple(entry for entry in entries if entry.tier != LISTED)
        if larger:
            return larger
        before = [word.lower() for word in self.words[max(0, first - 2) : first]]
        called = before[-1:] and (before[-1] in SETTLEMENTS or (before[-1] == "of" and before[0] in SETTLEMENTS))
        follower = self.words[last + 1].lower() if last + 1 < len(self.words) and self._gap(last) == " " else ""
        return entries if called or follower in SETTLEMENTS else ()

    def _demonym(self, at: int, word: str, people: tuple[PlaceEntry, ...]) -> Sighted:
        start, end = self.spans[at]
        return Sighted(self.number, start, end, word, people, "places/demonym")

    def _is_place(self, one: Sighted, at: int, words: int, surnames: set[str]) -> bool:
        if one.rule != "places/name":
            return one.rule == "places/abbreviation" or fold_name(one.printed) not in surnames
        best = one.entries[0]
        country = best.kind == "country"
        before = self.words[at - 1] if at and self._gap(at - 1) in {" ", "-"} else ""
        after = at + words
        follower = self.words[after] if after < len(self.words) and self._gap(after - 1) == " " else ""
        if words == 1 and fold_name(one.printed) in surnames:
            return before.lower() in PREPOSITIONS and best.population >= SIZEABLE
        if self.upper:
            return True
        if follower.lower() in TAILS and follower[0].isupper():
            return False
        if not country and follower in SPEECH and best.kind == "city" and best.population < LARGE:
            return False
        return country or self._free_before(one, before)

    def _free_before(self, one: Sighted, before: str) -> bool:
        """Tell whether nothing before the name makes it part of another name: Bank Paris, Mary Paris."""
        if not before or not before[0].isupper() or before.lower() in BEFORE or before.lower() in TITLES:
            return True
        if self.text[one.start - 1] == "-":
            return True
        known = self.gazetteer.demonym(before) or self.gazetteer.longest(before)
        return bool(known) and before.lower() not in given_names()


def _within(one: Sighted, containers: tuple[PlaceEntry, ...]) -> Sighted:
    wide = tuple(entry for entry in containers if entry.kind in {"country", "province", "region"})
    fitting = tuple(
        entry
        for entry in load_places().candidates(one.printed)
        if any(entry is not other and lies_in(entry, other) for other in wide)
    )
    if not fitting:
        return one
    return Sighted(one.piece, one.start, one.end, one.printed, fitting, one.rule, strong=True, within=wide)


def lies_in(entry: PlaceEntry, other: PlaceEntry) -> bool:
    """Tell whether a place lies in another."""
    if other.kind == "country":
        return entry.country == other.country
    return any(above.id == other.id for above in load_places().parents(entry.id))


@lru_cache(65_536)
def _look(gazetteer: Gazetteer, word: str) -> tuple[int, bool, tuple[PlaceEntry, ...]]:
    """Return how many words names have that begin with this one, whether it is written short, whose people it names."""
    people = tuple(filter(None, map(gazetteer.get, gazetteer.demonym(word))))
    length = 0 if word.lower() in FUNCTION else min(gazetteer.longest(word), LONGEST)
    if length == 1 and not _admit(gazetteer, word, upper=False)[0] and not _admit(gazetteer, word, upper=True)[0]:
        length = 0
    return length, word in abbreviations() or f"{word}." in abbreviations(), people


@lru_cache(65_536)
def _admit(gazetteer: Gazetteer, name: str, upper: bool) -> tuple[tuple[PlaceEntry, ...], bool]:  # noqa: FBT001 - a key
    """Return what a name may be, and whether the name alone is enough to say that a place is meant."""
    found = gazetteer.candidates(name)
    if not found or (found[0].kind != "country" and gazetteer.demonym(name)):
        return (), False
    folded = fold_name(name)
    if len(folded) < SHORT_NAME and found[0].kind != "country":
        return (), False
    if name.lower() in ordinary_words() or (not upper and name.isupper() and len(folded) <= SHORT_NAME + 1):
        # In a text of capitals CAR is a car; US and UAE are countries where the rest is in small letters.
        known = (entry for entry in found if entry.kind == "country" and (not upper or fold_name(entry.name) == folded))
        found = tuple(known)
        return (found, True) if name.isupper() and found else ((), False)
    if not upper and name.lower() in given_names():
        return (), False
    kept = tuple(entry for entry in found if _bears(entry, folded) or gazetteer.vouches(entry.id, folded))
    least = UPPER_LEAST if upper else NOTED
    strong = any(_is_noted(entry, folded, least) for entry in kept)
    return kept, strong


def _bears(entry: PlaceEntry, folded: str) -> bool:
    """Tell whether a place is known enough under this name: villages only under their own."""
    if entry.kind != "city" or entry.population >= SIZEABLE or not entry.id.startswith("geonames:"):
        return True
    own = fold_name(entry.name)
    return own == folded or own in folded or folded in own


def _is_noted(entry: PlaceEntry, folded: str, least: int) -> bool:
    if entry.kind in {"country", "province", "region", "sea"}:
        return entry.kind != "province" or fold_name(entry.name) == folded or entry.population >= SIZEABLE
    if entry.kind != "city":
        return entry.tier == 1
    return entry.population >= least


def sight_known(piece: int, start: int, printed: str, text: str) -> Sighted | None:
    """Return the sighting of a name that is known to be a place's, whatever it looks like; None when nothing has it."""
    end = start + len(printed)
    dotted = f"{printed}." if text[end : end + 1] == "." else printed
    short = load_places().get(abbreviations().get(printed) or abbreviations().get(dotted, ""))
    if short is not None:
        return Sighted(piece, start, end, printed, (short,), "places/abbreviation")
    entries = load_places().candidates(printed)
    if entries:
        return Sighted(piece, start, end, printed, entries)
    people = tuple(filter(None, map(load_places().get, load_places().demonym(printed))))
    return Sighted(piece, start, end, printed, people, "places/demonym") if people else None


def contain(text: str, found: Sequence[Sighted]) -> list[Sighted]:
    """Note for each name the one it stands in by form: Paris, Texas; Gori (Georgia)."""
    linked = []
    for one, following in zip_longest(found, found[1:]):
        if following is not None and following.rule != "places/demonym" and text[one.end : following.start] in LINKS:
            linked.append(_within(one, following.entries))
        else:
            linked.append(one)
    return linked
