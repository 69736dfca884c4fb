"""The query as a frozen tree: what the reader wrote, before any analysis of words."""

from dataclasses import dataclass, replace
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
class Wildcard:
    """Every word of this pattern: * stands for any letters or none, ? for one (written bomb*, m*sul, wom?n)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word at most `distance` letters away (written mossul~ or mossul~2).

    The first `fixed` letters must be as typed (mossul~2,3).
    """

    text: str
    distance: int = 1
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Nearby:
    """Both sides in either order, with at most `words` other words between them (written "old city" W/10 mosul).

    A side is a word, a phrase without slop, or an Or of these.
    """

    left: "Node"
    right: "Node"
    words: int


@dataclass(frozen=True, slots=True)
class Has:
    """Reports of which this field is known (written has:byline); `field` is a key of archive/fields.py."""

    field: str


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
    """The part, looked for in these fields only, which are keys of archive/fields.py; any of them will do."""

    fields: tuple[str, ...]
    part: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every report: what an empty query asks for."""


Leaf: TypeAlias = Word | Phrase | Wildcard | Fuzzy | DateRange | UnknownDate | Has | Everything
Node: TypeAlias = Leaf | Nearby | And | Or | Not | Within


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts a node is made of."""
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Not | Within):
        return (node.part,)
    if isinstance(node, Nearby):
        return (node.left, node.right)
    return ()


def sides(part: Node) -> tuple[Word | Phrase, ...]:
    """Return the words and phrases that stand on one side of W/n; none when something else does."""
    if isinstance(part, Or):
        found = [sides(choice) for choice in part.parts]
        return tuple(leaf for choice in found for leaf in choice) if all(found) else ()
    return (part,) if isinstance(part, Word) or (isinstance(part, Phrase) and not part.slop) else ()


def make_exact(part: Node) -> Node:
    """Return one side of W/n with each of its words and phrases as printed."""
    if isinstance(part, Or):
        return Or(tuple(map(make_exact, part.parts)))
    return replace(part, exact=True) if isinstance(part, Word | Phrase) else part
