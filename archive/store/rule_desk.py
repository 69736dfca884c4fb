"""Rules as a person works on them: the files there are, a draft checked, a file put in place and taken back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.errors import BadOutletKey, BadRuleFile
from archive.holdings import Event, OwnFileEdit
from archive.identifiers import make_collection_key
from archive.outlet_files import GENERIC, read_shipped
from archive.priors import Priors, read_priors, read_text, write_priors
from archive.rules import OUTLET_KEY, OutletRules, RuleSet, load_rule_set
from archive.store.access import Access
from archive.store.own_files import OwnFiles
from archive.store.room import Room

LONGEST_KEY = 80
PRIORS = "collections.toml"
YEARS = re.compile(r"published\s*=")  # published = [1991, 2017]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file of rules: those of an outlet, or the generic ones; `own` is the library's, in place of one `shipped`."""

    key: str
    name: str
    about: str
    own: bool
    shipped: bool
    rules: int


class RuleDesk(Room):
    """The rules by which pages are read, as a person works on them."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._files = OwnFiles(access)

    def load(self) -> RuleSet:
        """Return the rules of today; raises BadRuleFile."""
        home = self.home
        return load_rule_set(home.path / "outlets", home.authorities, collections=home.collections)

    def files(self) -> tuple[RuleFile, ...]:
        """Return every file of rules, by name; the generic rules come last."""
        rules = self.load()
        own = {Path(name).stem for name in self._files.names("outlets")}
        return tuple(_rule_file(one, own) for one in (*rules.outlets.values(), rules.generic))

    def outlets(self) -> tuple[tuple[str, str], ...]:
        """Return the key and the name of every outlet whose rules are known, by name."""
        known = ((one.key, one.name) for one in self.load().outlets.values())
        return tuple(sorted(known, key=lambda pair: pair[1].casefold()))

    def check_key(self, key: str) -> None:
        """Let no key pass that is none: BadOutletKey."""
        _name(key)

    def edits(self, key: str) -> tuple[OwnFileEdit, ...]:
        """Return every change of the library's own file of an outlet, the latest first."""
        return self._files.edits(_name(key))

    def undo(self, event: int, *, by: str) -> Event:
        """Take a change of a file back; raises NotUndoable, AlreadyUndone and OwnFileMoved."""
        return self._files.undo(event, by=by)

    def outlet(self, key: str) -> OutletRules:
        """Return the rules of one outlet, or the generic ones; raises UnknownOutlet."""
        rules = self.load()
        return rules.generic if key == GENERIC else rules.outlet(key)

    def text(self, key: str) -> str:
        """Return the text of a file of rules: the library's own, else the one shipped; empty when there is neither."""
        return self._files.read(_name(key)) or _shipped(key) or ""

    def check(self, key: str, text: str) -> RuleSet:
        """Return the rules as they would be with this text in the place of a file; raises BadRuleFile."""
        with TemporaryDirectory() as folder:
            return self._with(Path(folder), key, text)

    def _with(self, folder: Path, key: str, text: str) -> RuleSet:
        draft = folder / Path(_name(key)).name
        draft.write_text(text, encoding="utf-8")
        home = self.home
        return load_rule_set(home.path / "outlets", home.authorities, collections=home.collections, trial=draft)

    def put(self, key: str, text: str | None, *, by: str, reason: str = "") -> Event | None:
        """Put a file of rules in place, or take the library's own away; None when that changes nothing.

        Raises BadRuleFile when the text cannot be used.
        """
        if text is not None:
            self.check(key, text)
        return self._files.change(_name(key), lambda _: text, by=by, reason=reason)

    def priors(self) -> tuple[Priors, ...]:
        """Return what is known of whole collections; raises BadRuleFile."""
        return tuple(read_priors(self.home.collections).values())

    def set_priors(
        self, collection: str, countries: Sequence[str], years: Sequence[str], *, by: str, reason: str = ""
    ) -> Event | None:
        """Say what is known of a whole collection; raises BadRuleFile naming what cannot be so."""
        if not collection.strip():
            raise BadRuleFile(PRIORS, "the collection", "is not named: countries and years are known of a collection")
        key = make_collection_key(collection)
        numbers = [int(year) if year.isascii() and year.isdigit() else 0 for year in years]

        def change(text: str | None) -> str:
            return write_priors(text or "", key, countries, numbers)

        return self._files.change(PRIORS, change, by=by, reason=reason)

    def draft_priors(self, prior: Priors) -> str:
        """Return the text of collections.toml with this said of one collection; raises BadRuleFile."""
        text = self._files.read(PRIORS) or ""
        return write_priors(text, prior.key, prior.countries, prior.published, dict(prior.places))

    def put_priors(self, text: str, *, by: str, reason: str = "") -> Event | None:
        """Put a text of collections.toml in place; None when that changes nothing. Raises BadRuleFile."""
        read_text(text)
        return self._files.change(PRIORS, lambda _: text, by=by, reason=reason)

    def priors_edits(self) -> tuple[OwnFileEdit, ...]:
        """Return every change of what is known of collections, the latest first."""
        return self._files.edits(PRIORS)

    def draft_years(self, key: str, years: tuple[int, int] | None) -> str:
        """Return the text of an outlet's rules with these years of publication, or none; UnknownOutlet, BadRuleFile."""
        self.outlet(key)
        lines = [line for line in self.text(key).splitlines() if not YEARS.match(line)]
        # Keys of the whole file stand before its first table.
        place = next((number for number, line in enumerate(lines) if line.startswith("[")), len(lines))
        lines[place:place] = [f"published = [{years[0]}, {years[1]}]", ""] if years else []
        text = "\n".join(lines) + "\n"
        self.check(key, text)
        return text


def _name(key: str) -> str:
    if OUTLET_KEY.fullmatch(key) is None or len(key) > LONGEST_KEY:
        raise BadOutletKey(key)
    return f"outlets/{key}.toml"


def _rule_file(rules: OutletRules, own: set[str]) -> RuleFile:
    shipped = _shipped(rules.key) is not None
    return RuleFile(rules.key, rules.name, rules.about, rules.key in own, shipped, len(rules.rules))


def _shipped(key: str) -> str | None:
    return dict(read_shipped()).get(f"{key}.toml")
