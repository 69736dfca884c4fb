"""Tree → tree: a word that names an actor of the authority file also finds the actor's other names."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

from indexer.analysis import fold, tokenize
from indexer.query.limits import MAX_PAIRS
from indexer.query.tree import And, Nearby, Node, Not, Or, Phrase, Within, Word, sides
from indexer.results import AuthorityKind, Expansion

LONGEST = 5  # words of a name typed without quotation marks
SHORT = 3  # letters; a short name (IS, PA, IRA) is only meant where it is printed just so
WORDLIKE = 2  # letters; a name as short as IS is a verb in every dispatch typed in capitals, so it is never added


class Authority(Protocol):
    """One actor or place: its neutral label, every name it is printed under, and which of the two it is."""

    @property
    def label(self) -> str:
        """The neutral name shown to readers."""

    @property
    def variants(self) -> tuple[str, ...]:
        """The printed names."""

    @property
    def kind(self) -> AuthorityKind:
        """Which authority file it stands in."""


FindAuthority = Callable[[str], Authority | None]


@dataclass(frozen=True, slots=True)
class Expanded:
    """A tree with the other names in it, what was added, and what was not because the reader did not want it."""

    tree: Node
    added: tuple[Expansion, ...] = ()
    withheld: tuple[Expansion, ...] = ()


def expand(tree: Node, find: FindAuthority, alone: Collection[str] | None = ()) -> Expanded:
    """Return the tree with every name's siblings beside it; exact words stay as they are.

    The names in `alone` stay too, in whatever case and accents; None stands for all names.
    """
    keys = None if alone is None else frozenset(map(_key, alone))
    expanding = _Expanding(find, keys, {}, {})
    return Expanded(expanding.node(tree), tuple(expanding.added), tuple(expanding.withheld))


@dataclass(frozen=True, slots=True)
class _Expanding:
    find: FindAuthority
    alone: frozenset[tuple[str, ...]] | None
    added: dict[Expansion, None]
    withheld: dict[Expansion, None]

    def node(self, node: Node) -> Node:
        match node:
            case Word(text, exact=False) | Phrase(text, slop=0, exact=False):
                return self.with_siblings(node, text)
            case And(parts):
                return replace(node, parts=tuple(self.row(parts)))
            case Or(parts):
                return replace(node, parts=tuple(self.node(part) for part in parts))
            case Not(part) | Within(_, part):
                return replace(node, part=self.node(part))
            case Nearby():
                return self.near(node)
            case _:
                return node

    def row(self, parts: tuple[Node, ...]) -> Iterator[Node]:
        """Expand words standing side by side, names of several words (Islamic State) before the words themselves."""
        at = 0
        while at < len(parts):
            row = list(takewhile(_is_plain, parts[at : at + LONGEST]))
            for length in range(len(row), 1, -1):
                name = " ".join(word.text for word in row[:length] if isinstance(word, Word))
                whole = And(tuple(row[:length]))
                if (expanded := self.with_siblings(whole, name)) is not whole:
                    yield expanded
                    at += length
                    break
            else:
                yield self.node(parts[at])
                at += 1

    def near(self, node: Nearby) -> Node:
        """Expand both sides of W/n, as far as there is room for all their pairs.

        A short name is left out: it is only meant as printed, and both sides are compared alike.
        """
        if any(leaf.exact for side in (node.left, node.right) for leaf in sides(side)):
            return node
        left = self.side(node.left, MAX_PAIRS // len(sides(node.right)))
        return replace(node, left=left, right=self.side(node.right, MAX_PAIRS // len(sides(left))))

    def side(self, side: Node, room: int) -> Node:
        leaves = list(sides(side))
        for leaf in sides(side):
            names = self.siblings(leaf.text, room - len(leaves))
            leaves += [found for name in names for found in sides(_as_node(name))]
        return Or(tuple(leaves)) if len(leaves) > 1 else side

    def with_siblings(self, node: Node, text: str) -> Node:
        siblings = self.siblings(text)
        return Or((node, *map(_as_node, siblings))) if siblings else node

    def siblings(self, text: str, room: int | None = None) -> tuple[str, ...]:
        """Return the names to search beside a name, and remember what was found of it."""
        authority = self.find(text)
        if authority is None or not _meant(text, authority):
            return ()
        names = _siblings(text, authority)
        if room is not None:
            names = tuple(name for name in names if len(name) > SHORT)[:room]
        if not names:
            return ()
        wanted = self.alone is not None and _key(text) not in self.alone
        (self.added if wanted else self.withheld)[Expansion(text, names, authority.label, authority.kind)] = None
        return names if wanted else ()


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word) and not node.exact


def _meant(text: str, authority: Authority) -> bool:
    """Tell whether a short word is the name and not an ordinary word: `IS`, not `is`."""
    return len(text) > SHORT or text in authority.variants


def _siblings(text: str, authority: Authority) -> tuple[str, ...]:
    seen, siblings = {_key(text)}, []
    for variant in authority.variants:
        if len(variant) > WORDLIKE and (key := _key(variant)) and key not in seen:
            seen.add(key)
            siblings.append(variant)
    return tuple(siblings)


def _as_node(variant: str) -> Node:
    exact = len(variant) <= SHORT
    words = tokenize(variant)
    return Word(variant, exact=exact) if len({word.start for word in words}) == 1 else Phrase(variant, exact=exact)


def _key(text: str) -> tuple[str, ...]:
    # Names that the analysis already treats alike need not be added.
    return tuple(fold(token.printed) for token in tokenize(text) if not token.joined)
