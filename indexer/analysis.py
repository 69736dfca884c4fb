"""The one text analysis: index, query, highlighting and the test oracle all see words through `tokenize`.

What counts as the same word is decided here and nowhere else (docs/querying.md tells it to readers):
case and accents do not matter, apostrophes inside names are dropped, a possessive 's is dropped, U.S. is us,
1,200 is 1200, Arabic letters are brought to one form, and a hyphenated name is found with and without its hyphen.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from string import punctuation
from typing import Literal, NamedTuple

from indexer.stemming import stem

ANALYSIS_VERSION = "1"
MAX_WORD = 100  # code points kept of one word; nobody searches for more, and engines have limits of their own
MAX_PARTS = 6  # hyphens of one name; longer chains are lists, and get no joined form
VALUE_GAP = 100  # positions left between two paragraphs, so that no phrase reaches from one into the next

Stream = Literal["stem", "folded", "printed"]


class Token(NamedTuple):
    """One word of a text.

    `start` and `end` are offsets into the text as given. `printed` keeps case and accents, `folded` has neither, and
    `stem` is what an ordinary search compares. `joined` marks the form of a hyphenated name without its hyphens: it
    stands at the position of the name's first and of its last part, so that phrases pass over it on either side.
    """

    start: int
    end: int
    position: int
    printed: str
    folded: str
    stem: str
    joined: bool = False

    def form(self, stream: Stream) -> str:
        """Return the token's form in one of the three streams."""
        return self.stem if stream == "stem" else self.folded if stream == "folded" else self.printed


# ' ’ ʼ ʿ ‘ ` and their kin, all met in transliterated names: Qa'im, Sana’a, Shi‘ite, Baʿath
APOSTROPHES = "'\u2019\u02bc\u02bf\u2018`\u02be\u2032\uff07\u02b9\u00b4"
HYPHENS = "-\u2010\u2011\u2013"


def _characters(*categories: str) -> str:
    """Return the body of a character class: everything beyond ASCII in these Unicode categories, as ranges."""
    codes = [code for code in range(0x80, 0x20000) if unicodedata.category(chr(code)) in categories]
    starts = [code for code, before in zip(codes, [0, *codes], strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], 0], strict=True) if code + 1 != after]
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in zip(starts, ends, strict=True))


# Marks that continue a word (e + U+0301) and characters without width or meaning (soft hyphen, joiners, bidi controls).
_INSIDE = f"(?![\x00-\x7f])[{_characters('Mn', 'Mc', 'Me', 'Cf')}]"
_LETTER = rf"[^\W_{APOSTROPHES}]"
_NOT_DIGIT = rf"[^\W\d_{APOSTROPHES}]"
_RUN = rf"(?:{_LETTER}++(?:{_INSIDE})*+)++"
_ABBREVIATION = rf"(?:{_NOT_DIGIT}\.){{1,9}}{_NOT_DIGIT}(?!{_LETTER})\.?"  # U.S. · a.m.
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])"  # 1,200 · 3,000,000
_WORD = rf"{_RUN}(?:[{APOSTROPHES}]{_RUN})*+"  # Mosul · Qa'im · Shi’ite
_UNIT = rf"(?:{_ABBREVIATION}|{_NUMBER}|{_WORD})"
UNIT = re.compile(_UNIT)
COMPOUND = re.compile(rf"{_UNIT}(?P<more>[{HYPHENS}]{_UNIT})*+")  # al-Baghdadi · U.S.-led
POSSESSIVE = re.compile(rf"(?<=.)[{APOSTROPHES}][sS]\Z")  # Mosul's · MOSUL’S
_NO_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, ""))

# Letters that no Unicode decomposition takes apart, and Arabic letters and digits brought to one form.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a",
        "\u0671": "\u0627",  # alef wasla → alef
        "\u0649": "\u064a", "\u06cc": "\u064a",  # alef maksura, Persian yeh → yeh
        "\u0629": "\u0647",  # teh marbuta → heh
        "\u06a9": "\u0643",  # keheh → kaf
        "\u0640": "",  # tatweel only stretches a word
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    },
)  # fmt: skip


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order, the joined form of a hyphenated name beside its first and last part."""
    return tuple(_tokenize(text, 0))


def find_words(text: str, most: int | None = None) -> tuple[str, ...]:
    """Return the words of a text as printed, hyphenated names in one piece, and nothing that stands between them.

    With `most` only so many are looked for.
    """
    return tuple(islice((match.group() for match in COMPOUND.finditer(text) if _split(match, 0)), most))


def tokenize_all(values: Iterable[str]) -> Iterator[Token]:
    """Yield the words of a field's values one after the other, each value well apart from the one before.

    Offsets are into the value the token stands in; positions are the field's.
    """
    base = 0
    for value in values:
        tokens = _tokenize(value, base)
        yield from tokens
        base = (tokens[-1].position if tokens else base) + VALUE_GAP + 1


def fold(printed: str) -> str:
    """Return a word without case, accents and vowel points; folding twice changes nothing more."""
    if printed.isascii():
        return printed.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", printed).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare.translate(_LETTERS).casefold().translate(_LETTERS))


def compare(printed: str) -> tuple[str, str]:
    """Return the folded form and the stem of a printed form."""
    folded = fold(printed)[:MAX_WORD]
    return folded, stem(folded)


def find_plain(piece: str) -> str | None:
    """Return the one word of a piece without white space that is nothing but ASCII letters and figures; else None."""
    # Most pieces are such words with a comma or bracket; to take those off is much quicker than to look for words.
    word = piece.strip(punctuation)
    return word[:MAX_WORD] if word.isascii() and word.isalnum() else None


def _tokenize(text: str, position: int) -> list[Token]:
    tokens: list[Token] = []
    for match in COMPOUND.finditer(text):
        if match.lastgroup is None:
            parts = _unit(match, position)
            tokens += parts
        else:
            parts = _split(match, position)
            tokens += _with_joined(parts) if 1 < len(parts) <= MAX_PARTS else parts
        position += len(parts)
    return tokens


def _split(match: re.Match[str], position: int) -> list[Token]:
    parts: list[Token] = []
    for unit in UNIT.finditer(match.string, match.start(), match.end()):
        parts += _unit(unit, position + len(parts))
    return parts


def _unit(match: re.Match[str], position: int) -> list[Token]:
    """Return the one token of a unit; none when it consists of letters that are not kept."""
    start, end = match.span()
    forms = _forms(match.string[start : min(end, start + 4 * MAX_WORD)])
    if not forms.folded:
        return []
    end -= 2 if forms.possessive else 0
    return [Token(start, end, position, forms.printed, forms.folded, forms.stem)]


def _with_joined(parts: list[Token]) -> list[Token]:
    first, last = parts[0], parts[-1]
    printed = "".join(part.printed for part in parts)[:MAX_WORD]
    whole = Token(first.start, last.end, first.position, printed, *compare(printed), joined=True)
    return [first, whole, *parts[1:], whole._replace(position=last.position)]


class _Forms(NamedTuple):
    printed: str
    folded: str
    stem: str
    possessive: bool


@lru_cache(maxsize=100_000)
def _forms(raw: str) -> _Forms:
    possessive = POSSESSIVE.search(raw) is not None
    name = (raw[:-2] if possessive else raw).translate(_NO_APOSTROPHES)
    printed = "".join(filter(_belongs, unicodedata.normalize("NFKC", name)))[:MAX_WORD]
    return _Forms(printed, *compare(printed), possessive)


def _belongs(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
