"""Words that stand for places: the people of a country or town, and names that were theirs once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal, cast, get_args

from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile

DemonymKind = Literal["country", "people", "region", "city"]
DEMONYMS: Final = "demonyms.tsv"
FORMER: Final = "former.tsv"
# Endings after which the plural is the word itself: Chinese, British, French, Swiss, Frenchmen.
NO_PLURAL: Final = ("ese", "sh", "ch", "ss", "s", "men")


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people or things of places: `places` are ids, several where the word does not tell (Congolese).

    `kind` is what the word names: the people of a country, of a region or of a city, or a people in several.
    """

    word: str
    kind: DemonymKind
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a place had from one year to another (None where open); `successors` are today's countries' ids."""

    name: str
    place: str
    first: int | None
    last: int | None
    successors: tuple[str, ...] = ()

    def held(self, year: int) -> bool:
        """Return whether the place had this name in a year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


def find_demonym(word: str) -> Demonym | None:
    """Return what a word such as Iraqi, FRENCHMEN or Salvadorans says; a word in small letters says nothing."""
    return load_demonyms().get(fold_name(word)) if word[:1].isupper() else None


@cache
def load_demonyms() -> Mapping[str, Demonym]:
    """Return the demonyms by folded word, plurals among them; raises BadRuleFile."""
    found: dict[str, Demonym] = {}
    for number, (word, kind, ids) in _rows(DEMONYMS, 3):
        if kind not in get_args(DemonymKind):
            raise BadRuleFile(DEMONYMS, f"line {number}", f"the kind is '{kind}'")
        demonym = Demonym(word, cast("DemonymKind", kind), tuple(ids.split()))
        for form in (word, *([] if word.endswith(NO_PLURAL) else [f"{word}s"])):
            found.setdefault(fold_name(form), demonym)
    return found


@cache
def load_former_names() -> Mapping[str, tuple[FormerName, ...]]:
    """Return the former names of places by folded name; raises BadRuleFile."""
    found: dict[str, tuple[FormerName, ...]] = {}
    for number, (name, place, first, last, successors) in _rows(FORMER, 5):
        years = [int(year) if year.isdecimal() else None for year in (first, last)]
        if any(text and year is None for text, year in zip((first, last), years, strict=True)):
            raise BadRuleFile(FORMER, f"line {number}", f"'{first}' and '{last}' must be years or empty")
        former = FormerName(name, place, years[0], years[1], tuple(successors.split()))
        key = fold_name(name)
        found[key] = (*found.get(key, ()), former)
    return found


def find_former(name: str, year: int | None = None) -> FormerName | None:
    """Return the place that had this name, in a year when one is given."""
    names = load_former_names().get(fold_name(name), ())
    return next((former for former in names if year is None or former.held(year)), None)


def _rows(file: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    text = (resources.files("archive.authorities") / "tables" / file).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != columns:
            raise BadRuleFile(file, f"line {number}", f"has {len(cells)} columns instead of {columns}")
        yield number, cells
