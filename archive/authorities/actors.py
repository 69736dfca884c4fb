"""Actors: armed groups and institutions under a neutral label, with the names reports print for them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib import resources
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from archive.authorities.folding import fold_name
from archive.authorities.own_actors import OwnActor, read_own_actors
from archive.errors import BadRuleFile
from archive.wording import WORD, Wording, read_words

FILE = "actors.toml"
SHORTEST_FOLDED = 3  # a variant of two letters (IS) is only itself in capitals
VARIANT_KEYS: Final = frozenset({"name", "lang", "used_by"})
# What may stand in a text for one letter of a variant.
SPELLED: Final[Mapping[str, str]] = {" ": r"\s+", "'": "['’ʼ]", "-": "[-‐‑]"}
ONE_WORD: Final = re.compile(r"(?<![\w-])\w+(?!\w|-\w)")  # a name of one word needs no pattern of its own


_IN_USE: ContextVar["Actors | None"] = ContextVar("actors in use", default=None)


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
    note: str = ""

    def used(self, name: str) -> Variant | None:
        """Return what the authority file says about one of the names, whatever its case and accents."""
        folded = fold_name(name)
        return next((variant for variant in self.usage if fold_name(variant.name) == folded), None)


class Sighting(NamedTuple):
    """One mention of an actor in a text: the printed form and its offsets."""

    actor: ActorEntry
    printed: str
    start: int
    end: int


class Beginning(NamedTuple):
    """What mentions with the same first word go on with.

    `seconds` are the words of which one stands in the text too, in small letters; the first word again when it is a
    mention by itself. `patterns` are those of the whole mentions, by the first word as it is printed.
    """

    seconds: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, eq=False)
class Actors:
    """All actors, by id and by folded variant."""

    by_id: Mapping[str, ActorEntry]
    by_variant: Mapping[str, ActorEntry]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern that finds every mention; whoever only looks names up need not wait for it."""
        return _compile(_spell_out(self._variants))

    def variants_of(self, words: str) -> ActorEntry | None:
        """Return the actor that these words name; case and accents count only for names of two letters."""
        folded = fold_name(words)
        if len(folded) < SHORTEST_FOLDED and words != words.upper():
            return None
        return self.by_variant.get(folded)

    @cached_property
    def beginnings(self) -> Mapping[str, Beginning]:
        """What mentions begin with, by their first word in small letters; empty when one begins with no word."""
        spelled: dict[str, dict[str, list[str]]] = {}
        seconds: dict[str, set[str]] = {}
        for form in _spell_out(self._variants):
            words = WORD.findall(form)
            if not words or not form.startswith(words[0]):
                return {}
            first = words[0].lower()
            spelled.setdefault(first, {}).setdefault(words[0], []).append(form)
            seconds.setdefault(first, set()).update(word.lower() for word in (*words, first)[1:2])
        return {
            first: Beginning(
                frozenset(seconds[first]),
                {word: ONE_WORD if set(forms) == {word} else _compile(forms) for word, forms in by_word.items()},
            )
            for first, by_word in spelled.items()
        }

    def find_all(self, text: str) -> Iterator[Sighting]:
        """Yield every mention in order, the longest form first where forms overlap."""
        return self.find_in(read_words(text))

    def find_in(self, wording: Wording) -> Iterator[Sighting]:
        """Yield the same of a text whose words are known."""
        quick = wording.blanked is not None and self.beginnings
        for found in self._meet(wording) if quick else self.pattern.finditer(wording.text):
            actor = self.variants_of(found[0])
            if actor is not None:
                yield Sighting(actor, found[0], found.start(), found.end())

    def _meet(self, wording: Wording) -> Iterator[re.Match[str]]:
        """Yield what the pattern meets, looking only where the first word of a mention stands."""
        found: list[tuple[int, re.Match[str]]] = []
        for word in self.beginnings.keys() & wording.words:
            seconds, patterns = self.beginnings[word]
            if seconds.isdisjoint(wording.words):
                continue
            for place in wording.find(word):
                printed = wording.text[place : place + len(word)]
                mention = patterns[printed].match(wording.text, place) if printed in patterns else None
                if mention is not None:
                    found.append((place, mention))
        end = 0
        for place, mention in sorted(found, key=itemgetter(0)):
            if place >= end:
                end = mention.end()
                yield mention

    @property
    def _variants(self) -> Iterator[str]:
        return (variant for entry in self.by_id.values() for variant in entry.variants)


def load_actors(folder: Path | None = None) -> Actors:
    """Return the actors, with those of `folder`/actors.toml laid over the program's; raises BadRuleFile.

    Without a folder they are those in use (see `using_actors`). A changed file is read anew at the next call.
    """
    if folder is None:
        return _IN_USE.get() or _shipped()
    file = folder / FILE
    if not file.is_file():
        return _shipped()
    state = file.stat()
    return _load(file, state.st_mtime_ns, state.st_size)


@contextmanager
def using_actors(folder: Path | None) -> Iterator[None]:
    """Let `load_actors()` mean the actors with a library's own, inside this block and thread only."""
    token = _IN_USE.set(load_actors(folder) if folder else _shipped())
    try:
        yield
    finally:
        _IN_USE.reset(token)


@cache
def _shipped() -> Actors:
    text = (resources.files("archive.authorities") / FILE).read_text(encoding="utf-8")
    return read_actors(text)


@lru_cache(4)
def _load(file: Path, _changed: int, _size: int) -> Actors:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadRuleFile(FILE, "the file", f"cannot be read as UTF-8 text ({problem})") from problem
    return lay_over(_shipped(), read_own_actors(text))


def lay_over(program: Actors, own: Mapping[str, OwnActor]) -> Actors:
    """Return the program's actors with a library's laid over: a name that it gives to one is no other's any more."""
    taken = {fold_name(name): actor.id for actor in own.values() for name in actor.variants}
    entries = []
    for entry in program.by_id.values():
        said = own.get(entry.id, OwnActor(entry.id))
        gone = {fold_name(name) for name in said.without}
        kept = tuple(
            use for use in entry.usage
            if (name := fold_name(use.name)) not in gone and taken.get(name, entry.id) == entry.id
        )  # fmt: skip
        entries.append(_with(replace(entry, usage=kept), said))
    entries += [_with(ActorEntry(one.id, one.label or one.id, ()), one) for one in own.values()
                if one.id not in program.by_id]  # fmt: skip
    return _gather([entry for entry in entries if entry.variants])


def _with(entry: ActorEntry, said: OwnActor) -> ActorEntry:
    known = {fold_name(use.name) for use in entry.usage}
    usage = (*entry.usage, *(Variant(name) for name in said.variants if fold_name(name) not in known))
    return ActorEntry(entry.id, said.label or entry.label, tuple(use.name for use in usage), usage, said.note)


def read_actors(text: str) -> Actors:
    """Return the actors that a TOML text lists; raises BadRuleFile."""
    return _gather([_entry(actor) for actor in tomllib.loads(text)["actors"]])


def _gather(entries: Sequence[ActorEntry]) -> Actors:
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


def _spell_out(variants: Iterable[str]) -> Iterator[str]:
    """Yield the forms in which texts print these: capitals as given, or the whole variant in capitals."""
    for variant in variants:
        yield from (variant, variant.upper(), variant[0].upper() + variant[1:])


def _compile(forms: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for all forms.

    They share their beginnings in one tree, so that a word that begins none of them is passed over at once.
    """
    tree: Branches = {}
    for form in forms:
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
