"""One place of the gazetteer, and the rows of the tables that list places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from archive.errors import BadRuleFile

PlaceKind = Literal[
    "country", "province", "region", "district", "city", "town", "village", "quarter",
    "camp", "base", "site", "front", "river", "mountain", "sea",
]  # fmt: skip
KINDS: Final[tuple[str, ...]] = get_args(PlaceKind)
COLUMNS: Final = ("id", "name", "kind", "parent", "country", "lat", "lon", "variants", "source")
# The tier of a place in our own tables: 1 is recognised anywhere, 2 where its country, 3 where its town is named too.
TIERS: Final[Mapping[str, int]] = {"quarter": 3, "village": 2, "camp": 2, "site": 2}

QUARTER: Final = 3
# The tier of villages from lists that know no number of inhabitants: looked up where the country is given, and
# recognised where the text says that it is a village or town.
LISTED: Final = 4


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place: `id` as `geonames:99072` or `dateline:iq-kokjali`, coordinates in degrees (None where unknown).

    `admin1` is the name of the first-level division, `parent` the id of the next larger place. `tier` says how much a
    text must support the name: 1 nothing, 2 its country, 3 its town, 4 its country and a word such as village.
    `population` is 0 where unknown.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    variants: tuple[str, ...] = ()
    tier: int = 1
    parent: str | None = None

    def names(self) -> tuple[str, ...]:
        """Return the preferred name and every variant."""
        return (self.name, *self.variants)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row of a table of our own or a library's; with the id of a known place it adds to that place."""

    id: str
    name: str
    kind: str
    parent: str
    country: str
    lat: float | None
    lon: float | None
    variants: tuple[str, ...]
    source: str
    line: int = field(default=0, compare=False)


def read_own(file: str, text: str) -> Iterator[OwnRow]:
    """Yield the rows of a table of places; raises BadRuleFile naming the file and the line.

    The first line names the columns; empty lines and lines that begin with `#` are passed over.
    """
    lines = [(number, line) for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
    for number, line in lines:
        cells = line.split("\t")
        cells += [""] * (len(COLUMNS) - len(cells))
        if number == lines[0][0]:
            _check_header(file, tuple(cells))
            continue
        yield _own_row(file, number, cells)


def _check_header(file: str, cells: tuple[str, ...]) -> None:
    if tuple(cell.strip() for cell in cells) != COLUMNS:
        raise BadRuleFile(file, "line 1", f"must name the columns {', '.join(COLUMNS)}, parted by tabs")


def _own_row(file: str, number: int, cells: list[str]) -> OwnRow:
    line = f"line {number}"
    if len(cells) > len(COLUMNS):
        raise BadRuleFile(file, line, f"has {len(cells)} columns; there are {len(COLUMNS)}")
    place_id, name, kind, parent, country, lat, lon, variants, source = (cell.strip() for cell in cells)
    if ":" not in place_id:
        raise BadRuleFile(file, line, f"the id '{place_id}' needs a prefix and a colon, as in library:old-mill")
    if kind and kind not in KINDS:
        raise BadRuleFile(file, line, f"the kind is '{kind}', but must be one of {', '.join(KINDS)}")
    names = tuple(one.strip() for one in variants.split("|") if one.strip())
    where = _degrees(file, line, lat, 90), _degrees(file, line, lon, 180)
    return OwnRow(place_id, name, kind, parent, country, *where, names, source, number)


def _degrees(file: str, line: str, value: str, most: int) -> float | None:
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        degrees = most + 1.0
    if not -most <= degrees <= most:
        raise BadRuleFile(file, line, f"'{value}' is no number of degrees from -{most} to {most}")
    return degrees
