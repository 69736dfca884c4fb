"""Did you mean: another spelling of a word that hardly any report has, from the collection's own words and the names.

A word is doubted when at most FEW reports have it. What is near it in spelling is weighed by how many reports have
that, and offered only when the whole question then finds far more. Each step asks the engine the questions a reader
could ask, so every engine makes the same suggestion.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.analysis import Token, fold, tokenize
from indexer.document import DEFAULT_KEYS
from indexer.query.clauses import Near
from indexer.query.matching import edit_distance
from indexer.query.tree import And, Nearby, Node, Or, Phrase, Within, Word
from indexer.query.writer import write
from indexer.results import Suggestion

FEW = 2  # reports; with more than these nobody needs help
TIMES = 10  # how many times more a suggestion must find than what was typed
SHORTEST = 4  # letters; nearly every shorter word is near some other
ONE_EDIT = 5  # letters; up to this length one edit is looked at, beyond it two
RARER = 20  # a spelling one edit further off must stand in so many times more reports
MOST_TRIED = 40
LATIN = "abcdefghijklmnopqrstuvwxyz"
ARABIC = "".join(chr(code) for code in (*range(0x0621, 0x063B), *range(0x0641, 0x064B)))

Fields = tuple[str, ...]
Doubt = tuple[Fields, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a suggestion is made from.

    `count` tells how many reports a tree finds, `narrowed` how many with the reader's selections; `near` the folded
    words of a field near another, `names` the authorities' names as printed, by their folded form.
    """

    count: Callable[[Node], int]
    narrowed: Callable[[Node], int]
    near: Callable[[Near], Iterable[str]]
    names: Mapping[str, str]


def suggest(tree: Node, total: int, held: Vocabulary) -> Suggestion | None:
    """Return the question with its doubtful words in another spelling, if that finds far more than `total` reports."""
    if total > FEW:
        return None
    found = {doubt: _best(*doubt, held) for doubt in dict.fromkeys(_words(tree, DEFAULT_KEYS))}
    changes = {doubt: better for doubt, better in found.items() if better}
    if not changes:
        return None
    changed = _change(tree, DEFAULT_KEYS, changes)
    finds = held.narrowed(changed)
    if finds < max(1, TIMES * total):
        return None
    return Suggestion(tuple((word, better) for (_, word), better in changes.items()), write(changed), finds)


def _words(node: Node, fields: Fields) -> Iterator[Doubt]:
    """Yield the words that may be misspelt: plain ones that a report must have, each with where it is looked for."""
    match node:
        case Word(text, exact=False) | Phrase(text, exact=False):
            yield from ((fields, token.printed) for token in _parts(text))
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part, fields)
        case Nearby(left, right):
            yield from _words(left, fields)
            yield from _words(right, fields)
        case Within(named, part):
            yield from _words(part, named)


def _change(node: Node, fields: Fields, changes: Mapping[Doubt, str]) -> Node:
    match node:
        case Word(text, exact=False) | Phrase(text, exact=False):
            for token in reversed(_parts(text)):
                better = changes.get((fields, token.printed))
                text = text[: token.start] + better + text[token.end :] if better else text
            return replace(node, text=text)
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_change(part, fields, changes) for part in parts))
        case Nearby(left, right):
            return replace(node, left=_change(left, fields, changes), right=_change(right, fields, changes))
        case Within(named, part):
            return replace(node, part=_change(part, named, changes))
        case _:
            return node


def _parts(text: str) -> list[Token]:
    long_enough = (token for token in tokenize(text) if len(token.folded) >= SHORTEST and not token.joined)
    return [token for token in long_enough if not any(letter.isdigit() for letter in token.folded)]


def _best(fields: Fields, word: str, held: Vocabulary) -> str | None:
    folded = fold(word)
    if folded in held.names:
        return None  # whoever knows a name can spell it
    own = held.count(Within(fields, Word(word)))
    if own > FEW:
        return None
    ranked = sorted(
        _candidates(fields, folded, held),
        key=lambda other: (edit_distance(fold(other), folded, 2), -_shared(fold(other), folded), fold(other)),
    )
    best, most = None, float(TIMES * own)
    for other in ranked[:MOST_TRIED]:
        # A word counts in this very spelling, for its stem is another misspelling's too; a name counts with all others.
        having = held.count(Within(fields, Word(other, exact=fold(other) not in held.names)))
        weight = having / RARER ** (edit_distance(fold(other), folded, 2) - 1)
        if weight > most:
            best, most = other, weight
    return best


def _candidates(fields: Fields, folded: str, held: Vocabulary) -> set[str]:
    """Return other spellings: words of these fields, those with another beginning, and names."""
    distance = 1 if len(folded) <= ONE_EDIT else 2
    near = {word for field in fields for word in held.near(Near(field, folded, distance, fixed=1))}
    begun = {word for word in begin_otherwise(folded) if held.count(Within(fields, Word(word, exact=True)))}
    letters = frozenset(folded)
    # One edit changes at most two of the letters used: a quick look that spares most comparisons.
    alike = [name for name in held.names if len(letters ^ frozenset(name)) <= 2 * distance]
    named = {name for name in alike if edit_distance(name, folded, distance) <= distance} - near - begun
    return ((near | begun) - {folded}) | {held.names[name] for name in named}


def begin_otherwise(word: str) -> set[str]:
    """Return what a word may be when one edit at its beginning puts it right, in the alphabets we know."""
    alphabet = next((letters for letters in (LATIN, ARABIC) if word[0] in letters), "")
    replaced = {letter + word[1:] for letter in alphabet}
    return {*replaced, *(letter + word for letter in alphabet), word[1:], word[1] + word[0] + word[2:]} - {word}


def _shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((at for at, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its), len(one))
