"""The words of a text, runs of letters and figures, found soon: most texts fit into one byte a letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"\w+")
ONE_BYTE = "cp1252"
LETTERS = [bytes([code]).decode(ONE_BYTE, "ignore") for code in range(256)]
# Letters and figures stay, in small letters; every other sign becomes a blank.
BLANKED = bytes(ord(" ") if WORD.fullmatch(letter) is None else code for code, letter in enumerate(LETTERS))
SMALL = BLANKED.translate(bytes((letter.lower().encode(ONE_BYTE) or b" ")[0] for letter in LETTERS))
OTHER_LETTER = re.compile(rf"[^\W\x00-\x7f{''.join(letter for letter in LETTERS[0x80:] if WORD.match(letter))}]")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and its words in small letters.

    `blanked` is the text with a blank for all that is no word, place for place and one more on either side; None when
    the text holds letters that do not fit into one byte, and its words are to be found in another way.
    """

    text: str
    blanked: str | None
    words: frozenset[str]

    def find(self, word: str) -> Iterator[int]:
        """Yield the places where a word stands in the text."""
        if self.blanked is None:
            return
        sought = f" {word} "
        place = self.blanked.find(sought)
        while place >= 0:
            yield place
            place = self.blanked.find(sought, place + 1)


def read_words(text: str) -> Wording:
    """Return a text with its words."""
    blanked = _blank(text)
    if blanked is None:
        return Wording(text, None, frozenset(word.lower() for word in WORD.findall(text)))
    return Wording(text, f" {blanked} ", frozenset(blanked.split()))


def list_words(text: str) -> list[str]:
    """Return the words of a text in order, in small letters."""
    blanked = _blank(text)
    return [word.lower() for word in WORD.findall(text)] if blanked is None else blanked.split()


def _blank(text: str) -> str | None:
    if text.isascii():
        return text.encode().translate(SMALL).decode()
    try:
        folded = text.encode(ONE_BYTE)
    except UnicodeEncodeError:
        if OTHER_LETTER.search(text) is not None:
            return None
        folded = text.encode(ONE_BYTE, "replace")
    return folded.translate(SMALL).decode(ONE_BYTE)
