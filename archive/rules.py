"""Rules are data: the outlets' TOML files, read, checked and frozen.

One file per outlet in `archive/outlets/`. A file is an ordered list of rules; the first rule that fits a block
decides. Every pattern stands beside an example it must match, so a broken pattern stops the program at start,
with file and key, instead of silently changing an archive.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

import soupsieve

from archive.errors import BadRuleFile, UnknownOutlet
from archive.model import BlockKind
from archive.outlet_files import GENERIC, read_shipped
from archive.outlet_notes import NO_NOTES, OutletNote, read_outlet_notes
from archive.priors import NO_PRIORS, Priors, read_priors

Where = Literal["article", "head", "above title", "comments", "anywhere"]
Zone = Literal["comments", "related"]
Clue = Literal["text", "url", "site"]
ListingClue = Literal["text", "url"]

# Raised by hand whenever the code of cleaning or description changes what comes out of the same rule files.
CODE_VERSION = 4
OUTLET_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # tern-gazette
KEPT_OUTLETS = 512  # rule files read before that a process keeps at hand
# Parts of a page in which a rule decides line by line, so that it needs something to see in the line itself.
NEEDS_SIGHT = frozenset({"article", "comments", "anywhere"})


@dataclass(frozen=True, slots=True)
class Recognise:
    """One clue that a page is this outlet's; clues add up, and three points are enough."""

    id: str
    pattern: re.Pattern[str]
    example: str
    points: int = 3
    where: Clue = "text"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell what a block is.

    A block fits when every condition given holds: `pattern` (a regular expression with optional named groups),
    `needs` (the block holds one of these, in small or capital letters: looked for before the pattern, being cheap),
    `unless` (a pattern that must not match), `selector` (CSS, for HTML), `labels` (the block consists of these),
    `min_words`, `max_words`, `after` (the block follows one that these rules decided), `before` (it stands directly
    above one). `where` limits the rule to a part of the page; `opens` puts all that follows into a zone; `once`
    lets only the first block count.
    """

    id: str
    kind: BlockKind
    why: str
    pattern: re.Pattern[str] | None = None
    example: str = ""
    needs: tuple[str, ...] = ()
    unless: re.Pattern[str] | None = None
    selector: str | None = None
    labels: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    min_words: int = 0
    max_words: int = 0
    where: Where = "article"
    opens: Zone | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One sign that a page of this outlet lists reports and is none: `pattern` or `selector`, met so many `times`."""

    id: str
    why: str
    pattern: re.Pattern[str] | None = None
    example: str = ""
    selector: str | None = None
    where: ListingClue = "text"
    times: int = 1

    @property
    def label(self) -> str:
        """The name under which the selector labels blocks."""
        return f"listing/{self.id}"


@dataclass(frozen=True, slots=True)
class OutletRules:
    """What we know of one outlet and how its pages are built."""

    key: str
    name: str
    about: str
    version: int
    language: str | None = None
    countries: tuple[str, ...] = ()
    published: tuple[int, ...] = ()
    home: str | None = None
    body: str | None = None
    title_suffixes: tuple[re.Pattern[str], ...] = ()
    recognise: tuple[Recognise, ...] = ()
    listing: tuple[Listing, ...] = ()
    rules: tuple[Rule, ...] = ()

    def rule_id(self, rule: str) -> str:
        """Return the name under which a record cites one of this outlet's rules."""
        return f"{self.key}/{rule}"

    def find_rule(self, cited: str) -> Rule | None:
        """Return the rule a record cites, or None when another file's rule is cited."""
        return next((rule for rule in self.rules if self.rule_id(rule.id) == cited), None)


@dataclass(frozen=True, slots=True, eq=False)  # one rule set is itself only: by it is kept what is worked out from it
class RuleSet:
    """All outlets' rules and the generic ones, under one version."""

    outlets: Mapping[str, OutletRules]
    generic: OutletRules
    version: str
    authorities: Path | None = None
    collections: Mapping[str, Priors] = field(default_factory=lambda: NO_PRIORS)
    notes: Mapping[str, OutletNote] = field(default_factory=lambda: NO_NOTES)

    def outlet(self, key: str) -> OutletRules:
        """Return one outlet's rules; raises UnknownOutlet."""
        try:
            return self.outlets[key]
        except KeyError:
            raise UnknownOutlet(key, tuple(sorted(self.outlets))) from None


def load_rule_set(
    extra: Path | None = None,
    authorities: Path | None = None,
    *,
    collections: Path | None = None,
    trial: Path | None = None,
) -> RuleSet:
    """Return the rules shipped with the program, with those of the folder `extra` added or put in their place.

    `authorities` is the folder of a library's own places, actors and word on outlets: the rule set keeps it, and what
    can change a report counts in the version.
    `collections` is the file that tells what is known of whole collections, which counts in the version too.
    `trial` is one more file, in no folder yet. Raises BadRuleFile, naming file and key, when one does not validate.
    """
    texts = dict(read_shipped())
    if extra is not None and extra.is_dir():
        texts |= {file.name: _read_text(file) for file in sorted(extra.glob("*.toml")) if file.is_file()}
    if trial is not None:
        texts[trial.name] = _read_text(trial)
    outlets = {name: read_outlet(name, text) for name, text in sorted(texts.items())}
    generic = outlets.pop(f"{GENERIC}.toml")
    by_key = {outlet.key: outlet for outlet in outlets.values()}
    own = (*(authorities / file for file in LIBRARY_FILES if authorities), collections)
    notes = read_outlet_notes(authorities)
    # What is told of an outlet changes no report; which outlet is another does.
    same = {f"{note.key} is": note.same_as for note in notes.values() if note.same_as}
    version = _version(texts | same, [file for file in own if file is not None and file.is_file()])
    return RuleSet(MappingProxyType(by_key), generic, version, authorities, read_priors(collections), notes)


@lru_cache(KEPT_OUTLETS)
def read_outlet(file: str, text: str) -> OutletRules:
    """Return one outlet's rules from the text of its file; raises BadRuleFile."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleFile(file, "the file", f"is not valid TOML ({error})") from error
    recognise = _tables(file, data, "recognise")
    listing = _tables(file, data, "listing")
    rules = _tables(file, data, "rules")
    _check_keys(file, "", data, OutletRules)
    suffixes = data.pop("title_suffixes", [])
    outlet = OutletRules(
        **{key: _tuple(value) for key, value in data.items()},
        title_suffixes=tuple(_compile(file, "title_suffixes", suffix) for suffix in suffixes),
        recognise=tuple(_read_recognise(file, entry) for entry in recognise),
        listing=tuple(_read_listing(file, entry) for entry in listing),
        rules=tuple(_read_rule(file, entry) for entry in rules),
    )
    _check_outlet(file, outlet)
    return outlet


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadRuleFile(file.name, "the file", f"is not valid UTF-8 (byte {error.start})") from error


DATA = (".toml", ".tsv", ".tsv.gz", ".txt", ".json")
DATA_FOLDERS = ("authorities", "authorities/tables", "cleaning", "description/expressions", "description/places")
LIBRARY_FILES = ("places.tsv", "actors.toml")


@cache
def _authorities() -> bytes:
    """Return the digest of the data that decides as rules do: authorities, word lists and the trained models."""
    archive = resources.files("archive")
    folders = [archive.joinpath(*name.split("/")) for name in DATA_FOLDERS]
    files = [file for folder in folders for file in folder.iterdir() if file.name.endswith(DATA)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files, key=lambda file: file.name))).digest()


def _version(texts: Mapping[str, str], own: Iterable[Path]) -> str:
    digest = hashlib.sha256(_authorities())
    for file in own:
        digest.update(file.read_bytes())
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return f"{CODE_VERSION}.{digest.hexdigest()[:8]}"


def _tables(file: str, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    tables = data.pop(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadRuleFile(file, key, f"must be a list of tables, each opened by [[{key}]]")
    return tables


def _read_recognise(file: str, entry: dict[str, Any]) -> Recognise:
    place = f"recognise.{entry.get('id', '?')}"
    _check_keys(file, place, entry, Recognise)
    _check_choice(file, place, "where", entry.get("where", "text"), get_args(Clue))
    pattern = _compile(file, f"{place}.pattern", entry["pattern"])
    _check_example(file, place, pattern, entry["example"])
    return Recognise(**entry | {"pattern": pattern})


def _read_listing(file: str, entry: dict[str, Any]) -> Listing:
    place = f"listing.{entry.get('id', '?')}"
    _check_keys(file, place, entry, Listing)
    _check_choice(file, place, "where", entry.get("where", "text"), get_args(ListingClue))
    if ("pattern" in entry) == ("selector" in entry):
        raise BadRuleFile(file, place, "must have a pattern or a selector, and not both")
    values = dict(entry)
    if "pattern" in entry:
        values["pattern"] = _compile(file, f"{place}.pattern", entry["pattern"])
        _check_example(file, place, values["pattern"], entry.get("example", ""))
    else:
        _check_selector(file, place, entry["selector"])
    return Listing(**values)


def _read_rule(file: str, entry: dict[str, Any]) -> Rule:
    place = f"rules.{entry.get('id', '?')}"
    _check_keys(file, place, entry, Rule)
    _check_choice(file, place, "kind", entry["kind"], get_args(BlockKind))
    _check_choice(file, place, "where", entry.get("where", "article"), get_args(Where))
    _check_choice(file, place, "opens", entry.get("opens", "comments"), get_args(Zone))
    values = {key: _tuple(value) for key, value in entry.items()}
    for key in ("pattern", "unless"):
        if key in values:
            values[key] = _compile(file, f"{place}.{key}", values[key])
    rule = Rule(**values)
    if rule.pattern is not None:
        _check_example(file, place, rule.pattern, rule.example)
    if rule.needs and not any(need in rule.example.lower() for need in rule.needs):
        raise BadRuleFile(file, f"{place}.needs", "must be in small letters, and the example must hold one of them")
    if rule.selector is not None:
        _check_selector(file, f"{place}.selector", rule.selector)
    if rule.pattern is None and rule.selector is None and rule.kind != "title" and rule.where in NEEDS_SIGHT:
        raise BadRuleFile(file, place, "never decides: give it a pattern or a selector, or a place near the headline")
    return rule


def _check_outlet(file: str, outlet: OutletRules) -> None:
    if file != f"{outlet.key}.toml":
        raise BadRuleFile(file, "key", f"is '{outlet.key}', but must equal the file's name")
    ids = [rule.id for rule in outlet.rules]
    _check_once(file, "recognise", [clue.id for clue in outlet.recognise])
    _check_once(file, "rules", ids)
    for rule in outlet.rules:
        unknown = next((one for one in (*rule.after, *rule.before) if one not in ids), None)
        if unknown is not None:
            raise BadRuleFile(file, f"rules.{rule.id}", f"speaks of the rule '{unknown}', which is not in this file")
    if outlet.body is not None:
        _check_selector(file, "body", outlet.body)


def _check_once(file: str, place: str, ids: Sequence[str]) -> None:
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        raise BadRuleFile(file, f"{place}.{twice}", "is there twice")


def _check_keys(file: str, place: str, data: Mapping[str, Any], shape: type[Any]) -> None:
    known = {field.name: field for field in fields(shape)}
    prefix = f"{place}." if place else ""
    unknown = next((key for key in data if key not in known), None)
    if unknown is not None:
        raise BadRuleFile(file, f"{prefix}{unknown}", f"is not known; known keys are {', '.join(known)}")
    needed = [name for name, field in known.items() if field.default is MISSING and field.default_factory is MISSING]
    missing = next((name for name in needed if name not in data), None)
    if missing is not None:
        raise BadRuleFile(file, f"{prefix}{missing}", "is missing")
    for key, value in data.items():
        _check_type(file, f"{prefix}{key}", value, str(known[key].type))


def _check_type(file: str, key: str, value: object, annotation: str) -> None:
    wanted: type[Any] = str
    if "tuple" in annotation:
        wanted = list
    elif "bool" in annotation:
        wanted = bool
    elif "int" in annotation:
        wanted = int
    if type(value) is not wanted:
        words = {list: "a list", bool: "true or false", int: "a whole number", str: "a text"}
        raise BadRuleFile(file, key, f"must be {words[wanted]}")
    inside = int if "int" in annotation else str
    if isinstance(value, list) and not all(type(one) is inside for one in value):
        raise BadRuleFile(file, key, f"must be a list of {'whole numbers' if inside is int else 'texts'}")


def _check_choice(file: str, place: str, key: str, value: str, allowed: Iterable[str]) -> None:
    choices = tuple(allowed)
    if value not in choices:
        raise BadRuleFile(file, f"{place}.{key}", f"is '{value}', but must be one of {', '.join(choices)}")


def _check_example(file: str, place: str, pattern: re.Pattern[str], example: str) -> None:
    if not example:
        raise BadRuleFile(file, f"{place}.example", "is missing: show a line that the pattern matches")
    if pattern.search(example) is None:
        raise BadRuleFile(file, f"{place}.pattern", f"does not match its own example '{example}'")


def _check_selector(file: str, place: str, selector: str) -> None:
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        reason = str(error).splitlines()[0]
        raise BadRuleFile(file, place, f"is not a CSS selector ({reason})") from error


def _compile(file: str, place: str, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern))
    except re.error as error:
        raise BadRuleFile(file, place, f"is not a regular expression ({error})") from error


def _tuple(value: Any) -> Any:  # noqa: ANN401 - TOML values; _check_type has seen them
    return tuple(value) if isinstance(value, list) else value
