"""The query as a frozen tree: what the reader wrote, before any analysis of words."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; `exact` (written =word) asks for it without stemming and without variants."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order with at most `slop` other words between the first and the last, counted together."""

    text: str
    slop: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word beginning so (written bomb*)."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word at most `distance` letters away (written mossul~ or mossul~2)."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class DateRange:
    """Publication dates from `start` to `end`, both included, as typed (2016, 2016-10 or 2016-10-17); None is open."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class UnknownDate:
    """Reports whose date is unknown (written date:unknown)."""


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Within:
    """The part, looked for in one field only; `field` is a key of archive/fields.py."""

    field: str
    part: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every report: what an empty query asks for."""


Node: TypeAlias = Word | Phrase | Prefix | Fuzzy | DateRange | UnknownDate | And | Or | Not | Within | Everything


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts a node is made of."""
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Not | Within):
        return (node.part,)
    return ()
