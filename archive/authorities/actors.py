"""Actors: armed groups and institutions under a neutral label, with the names reports print for them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile

FILE = "actors.toml"
SHORTEST_FOLDED = 3  # a variant of two letters (IS) is only itself in capitals


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor: an id, a label that takes no side, and the names reports print."""

    id: str
    label: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One mention of an actor in a text: the printed form and its offsets."""

    actor: ActorEntry
    printed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors, by id and by folded variant, with one pattern that finds every mention."""

    by_id: Mapping[str, ActorEntry]
    by_variant: Mapping[str, ActorEntry]
    pattern: re.Pattern[str]

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
    entries = [ActorEntry(a["id"], a["label"], tuple(a["variants"])) for a in tomllib.loads(text)["actors"]]
    by_variant: dict[str, ActorEntry] = {}
    for entry in entries:
        for variant in entry.variants:
            other = by_variant.setdefault(fold_name(variant), entry)
            if other is not entry:
                raise BadRuleFile(FILE, entry.id, f"the variant '{variant}' also belongs to {other.id}")
    variants = sorted({variant for entry in entries for variant in entry.variants}, key=len, reverse=True)
    return Actors({entry.id: entry for entry in entries}, by_variant, _compile(variants))


def _compile(variants: list[str]) -> re.Pattern[str]:
    """Return one pattern for all variants: capitals as printed, or the whole variant in capitals."""
    forms = {form for variant in variants for form in (variant, variant.upper(), variant[0].upper() + variant[1:])}
    alternatives = "|".join(_spell(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")


def _spell(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’ʼ]").replace(r"\-", "[-‐‑]")
