"""How words are laid out for an engine that splits text at spaces and counts positions by itself.

Handing over each word as an object takes most of the time an index takes to build; a line of text is read by the
library at once. Word k of a value stands at position 3k; the joined form of a hyphenated name stands beside its first
and its last part at 3k + 1. Fillers keep the places where nothing stands, and the library leaves them out again:

    Bakr al-Baghdadi spoke  →  bakr · · al albaghdadi · baghdadi albaghdadi · spoke · ·

So the distance of two forms tells how many words apart they stand, whichever of them are joined: 3d - 1 to 3d + 1.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from indexer.analysis import Stream, Token, compare, find_plain, tokenize

STREAMS: tuple[Stream, ...] = ("stem", "folded", "printed")
STRIDE = 3  # positions from one word to the next
FILLER = "\x01"  # no word has a control character in it
MOST_KNOWN = 100_000  # different pieces of text whose layout is kept at hand
REST = " ".join([FILLER] * (STRIDE - 2))
LONGEST_NUMBER = 4  # figures: a year, not an identifier
BETWEEN = "\t"  # joined values of a facet
LONGEST_KNOWN = 40  # characters; longer pieces are hardly ever met again


class Layout(NamedTuple):
    """One text in each stream of STREAMS, and the joined forms in it, each with the name of its stream."""

    streams: tuple[str, ...]
    joined: str


class _Known(dict[str, tuple[str, ...]]):
    """What every piece of text met so far is in each stream, and last its joined forms' terms."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if word := find_plain(piece):
            folded, stem = compare(word)
            # Most words are the same in all streams: one text instead of three is found in the processor's memory.
            lines = {form: f"{form} {FILLER} {REST}" for form in (stem, folded, word)}
            found: tuple[str, ...] = (lines[stem], lines[folded], lines[word], "")
        else:
            tokens = tokenize(piece)
            found = (*(_place(tokens, stream) for stream in STREAMS), _name_joined(tokens))
        # Long numbers are met once each; to keep them would push out what is met again.
        if len(piece) <= (LONGEST_NUMBER if piece.isdecimal() else LONGEST_KNOWN):
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[piece] = found
        return found


def lay_out(text: str) -> Layout | None:
    """Return a text as an engine is to read it; None where it has no words."""
    pieces = text.split()  # no word reaches over white space, and pieces come again
    if not pieces:
        return None
    *streams, joined = zip(*map(_known.__getitem__, pieces), strict=True)
    lines = tuple(map(" ".join, streams))
    if not lines[0] or lines[0].isspace():
        return None
    return Layout(lines, " ".join(filter(None, dict.fromkeys(joined))))


def list_words(text: str, stream: Stream) -> list[str]:
    """Return the words of a text in a stream, in order and without joined forms."""
    laid_out = lay_out(text)
    return laid_out.streams[STREAMS.index(stream)].split()[::STRIDE] if laid_out else []


def list_forms(pieces: AbstractSet[str], stream: Stream) -> frozenset[str]:
    """Return every form in a stream of what stands between white space, joined ones too."""
    number = STREAMS.index(stream)
    return frozenset(" ".join([_known[piece][number] for piece in pieces]).split())


def find_pieces(pieces: AbstractSet[str], stream: Stream, letters: str) -> list[str]:
    """Return the pieces that have these letters in a word of the stream: a quick look before a close one."""
    number = STREAMS.index(stream)
    return [piece for piece in pieces if letters in _known[piece][number]]


def joined_term(stream: Stream, form: str) -> str:
    """Return the term that says that a joined form stands somewhere in a stream."""
    return f"{stream}:{form}"


def join_values(values: Sequence[str]) -> str:
    """Return the values that one report has of a facet as one, for an engine that counts one a report faster."""
    return BETWEEN.join(values)


def part_counts(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return how many reports have each value, from how many have each of `join_values`."""
    parted: dict[str, int] = {}
    for joined, count in counts.items():
        for value in joined.split(BETWEEN):
            parted[value] = parted.get(value, 0) + count
    return parted


def _place(tokens: tuple[Token, ...], stream: Stream) -> str:
    words = {token.position: token.form(stream) for token in tokens if not token.joined}
    joined = {token.position: token.form(stream) for token in tokens if token.joined}
    return " ".join(f"{word} {joined.get(place, FILLER)} {REST}" for place, word in sorted(words.items()))


def _name_joined(tokens: tuple[Token, ...]) -> str:
    return " ".join({joined_term(stream, token.form(stream)) for token in tokens if token.joined for stream in STREAMS})


_known = _Known()
