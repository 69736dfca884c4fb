"""How words are laid out for an engine that splits text at spaces and counts positions by itself.

Handing over each word as an object takes most of the time an index takes to build; a line of text is read by the
library at once. Word k of a value stands at position 3k; the joined form of a hyphenated name stands beside its first
and its last part at 3k + 1. Fillers keep the places where nothing stands, and the library leaves them out again:

    Bakr al-Baghdadi spoke  →  bakr · · al albaghdadi · baghdadi albaghdadi · spoke · ·

So the distance of two forms tells how many words apart they stand, whichever of them are joined: 3d - 1 to 3d + 1.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import partial
from typing import NamedTuple

from indexer.analysis import HYPHENS as HYPHEN_SIGNS
from indexer.analysis import Stream, Token, tokenize

STREAMS: tuple[Stream, ...] = ("stem", "folded", "printed")
STRIDE = 3  # positions from one word to the next
FILLER = "\x01"  # no word has a control character in it
MOST_KNOWN = 300_000  # different pieces of text whose layout is kept at hand
REST = " ".join([FILLER] * (STRIDE - 2))
HYPHENS = frozenset(HYPHEN_SIGNS)
LONGEST_NUMBER = 4  # figures: a year, not an identifier
LONGEST_KNOWN = 40  # characters; longer pieces are hardly ever met again


class Layout(NamedTuple):
    """One text in each stream of STREAMS, and the joined forms in it, each with the name of its stream."""

    streams: tuple[str, ...]
    joined: str


class _Known(dict[str, str]):
    """What `read` makes of every piece of text met so far."""

    def __init__(self, read: Callable[[tuple[Token, ...]], str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, piece: str) -> str:
        found = self._read(tokenize(piece))
        # Long numbers are met once each; to keep them would push out what is met again.
        if len(piece) <= (LONGEST_NUMBER if piece.isdecimal() else LONGEST_KNOWN):
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[piece] = found
        return found


def lay_out(text: str) -> Layout | None:
    """Return a text as an engine is to read it; None where it has no words."""
    pieces = text.split()  # no word reaches over white space, and pieces come again
    streams = tuple(" ".join(map(known.__getitem__, pieces)) for known in _words)
    if not streams[0] or streams[0].isspace():
        return None
    hyphened = {piece for piece in pieces if not piece.isalnum() and not HYPHENS.isdisjoint(piece)}
    return Layout(streams, " ".join(filter(None, map(_joined.__getitem__, hyphened))))


def list_forms(text: str, stream: Stream) -> frozenset[str]:
    """Return every form of a text's words in a stream, joined ones too: a quick look whether a word is there at all."""
    known = _words[STREAMS.index(stream)]
    return frozenset(form for piece in set(text.split()) for form in known[piece].split())


def find_pieces(text: str, stream: Stream, forms: AbstractSet[str]) -> frozenset[str]:
    """Return the pieces between white space in which one of these forms of a stream stands, joined ones too."""
    known = _words[STREAMS.index(stream)]
    return frozenset(piece for piece in set(text.split()) if not forms.isdisjoint(known[piece].split()))


def joined_term(stream: Stream, form: str) -> str:
    """Return the term that says that a joined form stands somewhere in a stream."""
    return f"{stream}:{form}"


def _place(tokens: tuple[Token, ...], stream: Stream) -> str:
    words = {token.position: token.form(stream) for token in tokens if not token.joined}
    joined = {token.position: token.form(stream) for token in tokens if token.joined}
    return " ".join(f"{word} {joined.get(place, FILLER)} {REST}" for place, word in sorted(words.items()))


def _name_joined(tokens: tuple[Token, ...]) -> str:
    return " ".join({joined_term(stream, token.form(stream)) for token in tokens if token.joined for stream in STREAMS})


_words = tuple(_Known(partial(_place, stream=stream)) for stream in STREAMS)
_joined = _Known(_name_joined)
