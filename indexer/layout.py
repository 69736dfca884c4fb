"""How words are laid out for an engine that splits text at spaces and counts positions by itself.

Handing over each word as an object takes most of the time an index takes to build; a line of text is read by the
library at once. Word k of a text stands at position k. The joined form of a hyphenated name belongs beside its first
and its last part, where a line has no room; so these forms are told apart from the line, each with its positions.

Nearly all words are plain: ASCII letters and figures, with nothing inside them that the analysis would have to look at.
Where they end and what they are folded is told for a whole text at once; only their stems are looked up word by word.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from indexer.analysis import APOSTROPHES, HYPHENS, MAX_WORD, Stream, Token, compare, find_plain, tokenize
from indexer.stemming import stem

STREAMS: tuple[Stream, ...] = ("stem", "folded", "printed")
BESIDE = "="  # what a form begins with that stands beside a part of the name it joins; no word has this sign
MOST_KNOWN = 100_000  # different words whose stems are kept at hand
MOST_LOOKED_AT = 30_000  # different pieces of text whose forms are
MOST_LAID_OUT = 10_000  # different short texts whose layout is: names of outlets and places, and the like
LONGEST_NUMBER = 4  # figures: a year, not an identifier
BETWEEN = "\t"  # joined values of a facet
LONGEST_KNOWN = 40  # characters; longer pieces are hardly ever met again
INSIDE = frozenset(f"{APOSTROPHES}{HYPHENS}.,")  # beside letters and figures: Qa'im, al-Qaim, U.S., 1,200
# UTF-8 with a space for each ASCII character that stands in no word.
APART = bytes(code if code > 0x7F or chr(code).isalnum() or chr(code) in INSIDE else 0x20 for code in range(0x100))  # noqa: PLR2004
# At the edge of a word no form of it depends on these.
EDGES = (b", ", b". ", b"' ", b" '", b"- ", b" -")


class Joined(NamedTuple):
    """The joined form of a name in each stream of STREAMS, and the position of a part that it stands beside."""

    place: int
    forms: tuple[str, ...]


class Layout(NamedTuple):
    """One text in each stream of STREAMS, how many words that is, and the joined forms beside them in order."""

    streams: tuple[str, ...]
    words: int
    joined: tuple[Joined, ...] = ()


class _Piece(NamedTuple):
    """What stands between white space: its layout, and all of its forms in each stream, joined ones too."""

    layout: Layout
    forms: tuple[str, ...]


class _Known(dict[str, _Piece]):
    """Every piece of text that was looked at so far."""

    def __missing__(self, piece: str) -> _Piece:
        if word := find_plain(piece):
            folded, stemmed = compare(word)
            layout = Layout((stemmed, folded, word), 1)
            found = _Piece(layout, layout.streams)
        else:
            found = _read_piece(tokenize(piece))
        # Long numbers are met once each; to keep them would push out what is met again.
        if len(piece) <= (LONGEST_NUMBER if piece.isdecimal() else LONGEST_KNOWN):
            if len(self) >= MOST_LOOKED_AT:
                self.clear()
            self[piece] = found
        return found


class _Stems(dict[str, str]):
    """The stem of every plain word in lower case met so far; nothing for what is not plain."""

    def __missing__(self, word: str) -> str:
        found = stem(word) if word.isascii() and word.isalnum() and len(word) <= MAX_WORD else ""
        if not word.isdecimal() or len(word) <= LONGEST_NUMBER:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[word] = found
        return found


class _Short(dict[str, Layout | None]):
    """The layouts of short texts met so far."""

    def __missing__(self, text: str) -> Layout | None:
        found = _lay_out(text)
        if not text.isdecimal():
            if len(self) >= MOST_LAID_OUT:
                self.clear()
            self[text] = found
        return found


def lay_out(text: str) -> Layout | None:
    """Return a text as an engine is to read it; None where it has no words."""
    return _short[text] if len(text) <= LONGEST_KNOWN else _lay_out(text)


def list_words(text: str, stream: Stream) -> list[str]:
    """Return the words of a text in a stream, in order and without joined forms."""
    laid_out = lay_out(text)
    return laid_out.streams[STREAMS.index(stream)].split() if laid_out else []


def list_forms(pieces: AbstractSet[str], stream: Stream) -> frozenset[str]:
    """Return every form in a stream of what stands between white space, joined ones too."""
    number = STREAMS.index(stream)
    return frozenset(" ".join([_known[piece].forms[number] for piece in pieces]).split())


def find_pieces(pieces: AbstractSet[str], stream: Stream, letters: str) -> list[str]:
    """Return the pieces that have these letters in a word of the stream: a quick look before a close one."""
    number = STREAMS.index(stream)
    return [piece for piece in pieces if letters in _known[piece].forms[number]]


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


def _lay_out(text: str) -> Layout | None:
    spaced = f"{text} ".encode("utf-8", "replace").translate(APART)
    for edge in EDGES:
        spaced = spaced.replace(edge, b"  ")
    line = spaced.decode()
    lower = line.lower()
    folded = lower.split()
    stems = list(map(_stems.__getitem__, folded))
    if not all(stems):
        return _look_closely(line.split(), folded, stems)
    return Layout((" ".join(stems), lower, line), len(stems)) if stems else None


def _look_closely(words: list[str], folded: list[str], stems: list[str]) -> Layout | None:
    """Lay out the words of a text of which some are not plain: those have no stem here."""
    joined: list[Joined] = []
    more = 0  # words than pieces so far
    for at in [at for at, found in enumerate(stems) if not found]:
        layout = _known[words[at]].layout
        stems[at], folded[at], words[at] = layout.streams
        joined += [Joined(at + more + place, forms) for place, forms in layout.joined]
        more += layout.words - 1
    count = len(words) + more
    return Layout((" ".join(stems), " ".join(folded), " ".join(words)), count, tuple(joined)) if count else None


def _read_piece(tokens: Sequence[Token]) -> _Piece:
    words = [token for token in tokens if not token.joined]
    joined = (Joined(token.position, _forms(token)) for token in tokens if token.joined)
    return _Piece(Layout(_write(words), len(words), tuple(joined)), _write(tokens))


def _write(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(" ".join([token.form(stream) for token in tokens]) for stream in STREAMS)


def _forms(token: Token) -> tuple[str, ...]:
    return tuple(map(token.form, STREAMS))


_known, _stems, _short = _Known(), _Stems(), _Short()
