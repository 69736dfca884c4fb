"""Which outlet a page is from: told by the person importing, or recognised from the page's own marks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.literals import required_literal, search, whole_words
from archive.model import Block, Given, Issue, OutletClaim, Span
from archive.rules import OutletRules, Recognise, RuleSet

ENOUGH = 3
MANY = 64  # clues in the text: to read a page's words then takes less than to look for each clue


@dataclass(frozen=True, slots=True)
class Recognition:
    """The outlet whose rules clean the page, the claim for the record, and what a librarian should look at."""

    rules: OutletRules | None
    claim: OutletClaim | None
    issues: tuple[Issue, ...] = ()


def recognise(
    blocks: Sequence[Block], clues: Mapping[str, Sequence[str]], rule_set: RuleSet, given: Given
) -> Recognition:
    """Return the page's outlet.

    `clues` holds the page's `url` and `site` texts. What the person importing says decides; a page whose own marks
    say otherwise gets an issue. Two outlets with equal points leave the page without one. Raises UnknownOutlet.
    """
    found = _score(blocks, clues, rule_set)
    if given.outlet is not None:
        outlet = rule_set.outlet(given.outlet)
        claim = OutletClaim(outlet.key, outlet.name, "import/outlet", "person")
        return Recognition(outlet, claim, _disagreement(outlet, found))
    if not found:
        return Recognition(None, None, (Issue("M01", "No outlet is named in the page: name it with --outlet."),))
    best, others = found[0], found[1:]
    if others and others[0][0] == best[0]:
        names = f"{best[1].name} or {others[0][1].name}"
        return Recognition(None, None, (Issue("M03", f"Two outlets are equally likely: {names}."),))
    return Recognition(best[1], best[2])


def _score(
    blocks: Sequence[Block], clues: Mapping[str, Sequence[str]], rule_set: RuleSet
) -> list[tuple[int, OutletRules, OutletClaim]]:
    joined = "\n".join([block.text for block in blocks])
    scored = []
    for key in _index_clues(rule_set).find({**clues, "text": (joined,)}):
        outlet = rule_set.outlets[key]
        met = [clue for clue in outlet.recognise if _meets(clue, joined, clues)]
        points = sum(clue.points for clue in met)
        if points >= ENOUGH:
            strongest = max(met, key=lambda clue: clue.points)
            span = _locate(strongest, joined, blocks) if strongest.where == "text" else None
            claim = OutletClaim(outlet.key, outlet.name, outlet.rule_id(strongest.id), "inferred", span)
            scored.append((points, outlet, claim))
    return sorted(scored, key=lambda entry: (-entry[0], entry[1].key))


class _Sought(NamedTuple):
    """One outlet's clue, and what a text must hold for it to be met."""

    literal: str
    pattern: re.Pattern[str]
    outlet: str


@dataclass(frozen=True, slots=True)
class _ClueIndex:
    """The clues of all outlets, laid so that a page of a library with hundreds of them asks only those it can meet.

    By where they are looked for; and those of the text, where there are many, by a word that stands in it.
    """

    by_place: Mapping[str, Sequence[_Sought]]
    by_word: Mapping[str, Sequence[_Sought]]

    def find(self, texts: Mapping[str, Sequence[str]]) -> set[str]:
        """Return the keys of the outlets that have a clue these texts meet; `texts` has them by place."""
        found: set[str] = set()
        for place, sought in self.by_place.items():
            for text in texts.get(place, ()):
                found |= {one.outlet for one in sought if one.literal in text and one.pattern.search(text)}
        if self.by_word:
            for text in texts["text"]:
                met = [one for word in self.by_word.keys() & text.split() for one in self.by_word[word]]
                found |= {one.outlet for one in met if one.literal in text and one.pattern.search(text)}
        return found


@lru_cache(maxsize=4)
def _index_clues(rule_set: RuleSet) -> _ClueIndex:
    by_place: dict[str, list[_Sought]] = {}
    for outlet in rule_set.outlets.values():
        for clue in outlet.recognise:
            sought = _Sought(required_literal(clue.pattern.pattern), clue.pattern, outlet.key)
            by_place.setdefault(clue.where, []).append(sought)
    by_word: dict[str, list[_Sought]] = {}
    if len(by_place.get("text", ())) >= MANY:
        words = [(max(whole_words(one.literal), key=len, default=""), one) for one in by_place["text"]]
        by_place["text"] = [one for word, one in words if not word]
        for word, one in words:
            by_word.setdefault(word, []).append(one)
        by_word.pop("", None)
    return _ClueIndex(by_place, by_word)


def _meets(clue: Recognise, joined: str, clues: Mapping[str, Sequence[str]]) -> bool:
    for text in (joined,) if clue.where == "text" else clues.get(clue.where, ()):
        if search(clue.pattern, text) is not None:
            return True
    return False


def _locate(clue: Recognise, joined: str, blocks: Sequence[Block]) -> Span | None:
    found = clue.pattern.search(joined)
    position = 0
    for block in blocks:
        if found is not None and position <= found.start() <= position + len(block.text):
            start = found.start() - position
            return block.locate(start, min(found.end() - position, len(block.text)))
        position += len(block.text) + 1
    return None


def _disagreement(given: OutletRules, found: list[tuple[int, OutletRules, OutletClaim]]) -> tuple[Issue, ...]:
    if not found or found[0][1].key == given.key:
        return ()
    _, other, claim = found[0]
    return (Issue("M02", f"The import names {given.name}, but the page looks like {other.name}.", claim.span),)
