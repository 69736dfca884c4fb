"""Actors: armed groups and institutions under a neutral label, with the names reports print for them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile

FILE = "actors.toml"
SHORTEST_FOLDED = 3  # a variant of two letters (IS) is only itself in capitals
VARIANT_KEYS: Final = frozenset({"name", "lang", "used_by"})
# What may stand in a text for one letter of a variant.
SPELLED: Final[Mapping[str, str]] = {" ": r"\s+", "'": "['’ʼ]", "-": "[-‐‑]"}


@dataclass(frozen=True, slots=True)
class Variant:
    """One name of an actor, the language it is in and who writes so, where the authority file tells."""

    name: str
    lang: str | None = None
    used_by: str | None = None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor: an id, a label that takes no side, and the names reports print."""

    id: str
    label: str
    variants: tuple[str, ...]
    usage: tuple[Variant, ...] = ()

    def used(self, name: str) -> Variant | None:
        """Return what the authority file says about one of the names, whatever its case and accents."""
        folded = fold_name(name)
        return next((variant for variant in self.usage if fold_name(variant.name) == folded), None)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One mention of an actor in a text: the printed form and its offsets."""

    actor: ActorEntry
    printed: str
    start: int
    end: int


@dataclass(frozen=True)
class Actors:
    """All actors, by id and by folded variant."""

    by_id: Mapping[str, ActorEntry]
    by_variant: Mapping[str, ActorEntry]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern that finds every mention; whoever only looks names up need not wait for it."""
        return _compile(variant for entry in self.by_id.values() for variant in entry.variants)

    def variants_of(self, words: str) -> ActorEntry | None:
        """Return the actor that these words name; case and accents count only for names of two letters."""
        folded = fold_name(words)
        if len(folded) < SHORTEST_FOLDED and words != words.upper():
            return None
        return self.by_variant.get(folded)

    def find_all(self, text: str) -> Iterator[Sighting]:
        """Yield every mention in order, the longest form first where forms overlap."""
        for found in self.pattern.finditer(text):
            actor = self.variants_of(found[0])
            if actor is not None:
                yield Sighting(actor, found[0], found.start(), found.end())


@cache
def load_actors() -> Actors:
    """Return the actors shipped with the program; raises BadRuleFile when the file names one variant twice."""
    text = (resources.files("archive.authorities") / FILE).read_text(encoding="utf-8")
    return read_actors(text)


def read_actors(text: str) -> Actors:
    """Return the actors that a TOML text lists; raises BadRuleFile."""
    entries = [_entry(actor) for actor in tomllib.loads(text)["actors"]]
    by_variant: dict[str, ActorEntry] = {}
    for entry in entries:
        for variant in entry.variants:
            other = by_variant.setdefault(fold_name(variant), entry)
            if other is not entry:
                raise BadRuleFile(FILE, entry.id, f"the variant '{variant}' also belongs to {other.id}")
    by_id = {entry.id: entry for entry in entries}
    if len(by_id) < len(entries):
        raise BadRuleFile(FILE, "id", "stands twice: " + ", ".join(sorted({e.id for e in entries if by_id[e.id] != e})))
    return Actors(by_id, by_variant)


def _entry(actor: dict[str, Any]) -> ActorEntry:
    usage = tuple(_variant(actor["id"], given) for given in actor["variants"])
    return ActorEntry(actor["id"], actor["label"], tuple(variant.name for variant in usage), usage)


def _variant(actor: str, given: object) -> Variant:
    if isinstance(given, str):
        return Variant(given)
    if not isinstance(given, dict) or "name" not in given or not given.keys() <= VARIANT_KEYS:
        raise BadRuleFile(FILE, actor, f"a variant is a text or a table of {', '.join(sorted(VARIANT_KEYS))}: {given}")
    return Variant(**given)


Branches = dict[str, Any]  # a letter → the branches after it; "" → a form ends here


def _compile(variants: Iterator[str]) -> re.Pattern[str]:
    """Return one pattern for all variants: capitals as printed, or the whole variant in capitals.

    The forms share their beginnings in one tree, so that a word that begins none of them is passed over at once.
    """
    tree: Branches = {}
    for variant in variants:
        for form in (variant, variant.upper(), variant[0].upper() + variant[1:]):
            branch = tree
            for letter in form:
                branch = branch.setdefault(SPELLED.get(letter) or re.escape(letter), {})
            branch[""] = {}
    return re.compile(rf"(?<![\w-]){_spell(tree)}(?!\w|-\w)")


def _spell(branch: Branches) -> str:
    forms = [letter + _spell(after) for letter, after in branch.items() if letter]
    if not forms:
        return ""
    if len(forms) == 1 and "" not in branch:
        return forms[0]
    return f"(?:{'|'.join(forms)})" + ("?" if "" in branch else "")
