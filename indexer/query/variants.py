"""Tree → tree: a word that names an actor of the authority file also finds the actor's other names."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Protocol

from indexer.analysis import fold, tokenize
from indexer.query.limits import MAX_PAIRS
from indexer.query.tree import And, Nearby, Node, Not, Or, Phrase, Within, Word, sides
from indexer.results import Expansion

LONGEST = 5  # words of a name typed without quotation marks
SHORT = 3  # letters; a short name (IS, PA, IRA) is only meant where it is printed just so
WORDLIKE = 2  # letters; a name as short as IS is a verb in every dispatch typed in capitals, so it is never added


class Authority(Protocol):
    """One actor: its neutral label and every name it is printed under."""

    @property
    def label(self) -> str:
        """The neutral name shown to readers."""

    @property
    def variants(self) -> tuple[str, ...]:
        """The printed names."""


FindAuthority = Callable[[str], Authority | None]


def expand(tree: Node, find: FindAuthority) -> tuple[Node, tuple[Expansion, ...]]:
    """Return the tree with every variant's siblings beside it, and what was added; exact words stay as they are."""
    added: dict[Expansion, None] = {}
    return _expand(tree, find, added), tuple(added)


def _expand(node: Node, find: FindAuthority, added: dict[Expansion, None]) -> Node:
    match node:
        case Word(text, exact=False) | Phrase(text, slop=0, exact=False):
            return _with_siblings(node, text, find, added)
        case And(parts):
            return replace(node, parts=tuple(_expand_row(parts, find, added)))
        case Or(parts):
            return replace(node, parts=tuple(_expand(part, find, added) for part in parts))
        case Not(part) | Within(_, part):
            return replace(node, part=_expand(part, find, added))
        case Nearby():
            return _expand_near(node, find, added)
        case _:
            return node


def _expand_row(parts: tuple[Node, ...], find: FindAuthority, added: dict[Expansion, None]) -> Iterator[Node]:
    """Expand words standing side by side, names of several words (Islamic State) before the words themselves."""
    at = 0
    while at < len(parts):
        row = list(takewhile(_is_plain, parts[at : at + LONGEST]))
        for length in range(len(row), 1, -1):
            name = " ".join(word.text for word in row[:length] if isinstance(word, Word))
            whole = And(tuple(row[:length]))
            if (expanded := _with_siblings(whole, name, find, added)) is not whole:
                yield expanded
                at += length
                break
        else:
            yield _expand(parts[at], find, added)
            at += 1


def _expand_near(node: Nearby, find: FindAuthority, added: dict[Expansion, None]) -> Node:
    """Expand both sides of W/n, as far as there is room for all their pairs.

    A short name is left out: it is only meant as printed, and both sides are compared alike.
    """
    left = _expand_side(node.left, MAX_PAIRS // len(sides(node.right)), find, added)
    right = _expand_side(node.right, MAX_PAIRS // len(sides(left)), find, added)
    return replace(node, left=left, right=right)


def _expand_side(side: Node, room: int, find: FindAuthority, added: dict[Expansion, None]) -> Node:
    leaves = list(sides(side))
    if any(leaf.exact for leaf in leaves):
        return side
    for leaf in sides(side):
        authority = find(leaf.text)
        if authority is None or not _meant(leaf.text, authority):
            continue
        siblings = tuple(name for name in _siblings(leaf.text, authority) if len(name) > SHORT)
        siblings = siblings[: room - len(leaves)]
        if siblings:
            added[Expansion(leaf.text, siblings, authority.label)] = None
            leaves += [leaf for name in siblings for leaf in sides(_as_node(name))]
    return Or(tuple(leaves)) if len(leaves) > 1 else side


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word) and not node.exact


def _with_siblings(node: Node, text: str, find: FindAuthority, added: dict[Expansion, None]) -> Node:
    authority = find(text)
    if authority is None or not _meant(text, authority):
        return node
    siblings = _siblings(text, authority)
    if not siblings:
        return node
    added[Expansion(text, siblings, authority.label)] = None
    return Or((node, *(_as_node(sibling) for sibling in siblings)))


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
