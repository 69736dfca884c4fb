"""What an engine is asked: analysed words in named fields, days, and how they combine.

`All(())` is every report and `AnyOf(())` is none. The comments on each value are the definition every engine meets.
"""

from dataclasses import dataclass
from typing import TypeAlias

from indexer.analysis import Stream


@dataclass(frozen=True, slots=True)
class Term:
    """The field has a token whose form in this stream is `text`."""

    field: str
    stream: Stream
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """The field has the words at rising positions, with (last - first) - (words - 1) at most `slop`.

    So the words stand in this order, and all words standing between them, wherever they stand, number at most `slop`.
    """

    field: str
    stream: Stream
    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The field has a token whose folded form begins with `text`."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Like:
    """The field has a token whose folded form fits `pattern`: * is any letters or none, ? is one."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Near:
    """The field has a token whose folded form is at most `distance` edits from `text` and begins as it does.

    An edit inserts, drops or replaces one letter, or exchanges two neighbours; no letter is edited twice
    (optimal string alignment). The first `fixed` letters are as in `text`; with none fixed the first letter may
    differ like any other: Gaddafi, Kaddafi, Qaddafi.
    """

    field: str
    text: str
    distance: int
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Close:
    """The field has the words of `one` at consecutive positions and those of `other` too, close to each other.

    Either stands first, they share no position, and at most `words` positions lie between them.
    """

    field: str
    stream: Stream
    one: tuple[str, ...]
    other: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Has:
    """The field has a token at all."""

    field: str


@dataclass(frozen=True, slots=True)
class Between:
    """The publication date lies on these days (ordinals, both included): possibly, or `certain` with all it allows."""

    first: int
    last: int
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Undated:
    """The publication date is unknown."""


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: "Clause"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The part holds; a report for which it does gains just this weight, however often its words stand there.

    Whole weights, so that their sums are the same on every engine. No query asks for it; likeness does.
    """

    part: "Clause"
    weight: int


Leaf: TypeAlias = Term | Sequence | StartsWith | Like | Near | Close
Clause: TypeAlias = Leaf | Has | Between | Undated | All | AnyOf | Without | Weighed

EVERYTHING = All(())
NOTHING = AnyOf(())


def words_sought(clause: Clause) -> tuple[Leaf, ...]:
    """Return the words a matching report is praised for: all leaves that are not under a `Without`."""
    match clause:
        case All(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in words_sought(part))
        case Weighed(part):
            return words_sought(part)
        case Without() | Has() | Between() | Undated():
            return ()
        case _:
            return (clause,)
