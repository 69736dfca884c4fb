"""The words of a text, runs of letters and figures, found soon: most texts fit into one byte a letter."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

WORD = re.compile(r"\w+")
ONE_BYTE = "cp1252"
BLANK = ord(" ")
LONGEST_REMEMBERED = 40  # letters
LETTERS = [bytes([code]).decode(ONE_BYTE, "ignore") for code in range(256)]
# Letters and figures stay, in small letters; every other sign becomes a blank.
BLANKED = bytes(BLANK if WORD.fullmatch(letter) is None else code for code, letter in enumerate(LETTERS))
SMALL = BLANKED.translate(bytes((letter.lower().encode(ONE_BYTE) or b" ")[0] for letter in LETTERS))
OTHER_LETTER = re.compile(rf"[^\W\x00-\x7f{''.join(letter for letter in LETTERS[0x80:] if WORD.match(letter))}]")

Told = TypeVar("Told")


class Wording(NamedTuple):
    """A text, its words in order and in small letters, and where each begins.

    `starts` is None when the text holds letters that do not fit into one byte.
    """

    text: str
    words: Sequence[str]
    starts: Sequence[int] | None


class Remembered(dict[str, Told]):
    """What a function tells of a word, told once of each: texts use the same words again and again."""

    def __init__(self, tell: Callable[[str], Told], most: int) -> None:
        """Remember what is told of so many words at most."""
        self._tell, self._most = tell, most

    def __missing__(self, word: str) -> Told:
        told = self._tell(word)
        if len(self) < self._most and len(word) <= LONGEST_REMEMBERED:
            self[word] = told
        return told


def read_words(text: str) -> Wording:
    """Return a text with its words."""
    blanked = _blank(text)
    if blanked is None:
        return Wording(text, [word.lower() for word in WORD.findall(text)], None)
    return Wording(text, _decode(blanked).split(), _find_starts(blanked))


def list_words(text: str) -> list[str]:
    """Return the words of a text in order, in small letters."""
    blanked = _blank(text)
    return [word.lower() for word in WORD.findall(text)] if blanked is None else _decode(blanked).split()


def _find_starts(blanked: bytes) -> list[int]:
    """Return where words begin: behind a blank or at the first sign."""
    filled = np.frombuffer(b"".join((b" ", blanked)), np.uint8) != BLANK
    starts: list[int] = np.flatnonzero(filled[1:] > filled[:-1]).tolist()
    return starts


def _decode(blanked: bytes) -> str:
    return blanked.decode("ascii" if blanked.isascii() else ONE_BYTE)


def _blank(text: str) -> bytes | None:
    if text.isascii():
        return text.encode().translate(SMALL)
    try:
        folded = text.encode(ONE_BYTE)
    except UnicodeEncodeError:
        if OTHER_LETTER.search(text) is not None:
            return None
        folded = text.encode(ONE_BYTE, "replace")
    return folded.translate(SMALL)
