"""Which line of a plain-text page is its headline: the one above the text that says what the text says."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from archive.cleaning.prose_lines import Lines, count_capitals
from archive.model import Block

FEATURES = (
    "shared", "repeated", "distance", "below_text", "seen", "words", "under_four", "over_eighteen", "capitals",
    "bullet", "ends", "announces", "dated", "digits", "kept", "blank_above", "colon", "after_prose", "cut",
)  # fmt: skip
REACH = 20  # lines above the text
FEWEST_WORDS, MOST_WORDS = 2, 35
SHORT_TITLE, LONG_TITLE = 4, 18
LABEL = 12  # words of a line that need not be text
SOLID = 15  # words of a line that surely is text
LONG_WORD = 4
VOCABULARY_LINES = 8
TRIM = ".,;:!?\"“”‘’'()[]«»„"
FIGURES = b"0123456789"
DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d")  # 3 Nov 2016   6:58


def find_candidates(
    lines: Lines, kept: Sequence[bool], blocks: Sequence[Block], text: str, decided: Container[int] = ()
) -> Iterator[tuple[int, list[float]]]:
    """Yield each line that may be the headline, with its features in the order of FEATURES.

    What a line is that is `decided` is known already.
    """
    solid = (n for n, keep in enumerate(kept) if keep and lines.words[n] >= SOLID)
    first = next(solid, next((n for n, keep in enumerate(kept) if keep), 0))
    said: Counter[str] | None = None
    for number in range(max(0, first - REACH), min(lines.count, first + 2)):
        if FEWEST_WORDS <= lines.words[number] <= MOST_WORDS and number not in decided:
            said = _count_words(lines, kept, first) if said is None else said
            above = blocks[number - 1].span.end if number else 0
            blank = text.count("\n", above, blocks[number].span.start) - 1
            yield number, _describe(lines, number, first, kept=kept[number], blank=blank, said=said)


def _describe(lines: Lines, number: int, first: int, *, kept: bool, blank: int, said: Counter[str]) -> list[float]:
    line, words = lines.texts[number], lines.words[number]
    own = _long_words(lines.parts[number])
    digits = _count_digits(line)
    return [
        sum(map(said.__contains__, own)) / (len(own) + 1),
        sum([min(said[word], 3) for word in own if word in said]) / (len(own) + 1) / 3,
        (first - number) / 10,
        float(number >= first),
        float(lines.seen[line] > 1),
        min(words, LABEL) / 10,
        float(words < SHORT_TITLE),
        float(words > LONG_TITLE),
        count_capitals(lines.parts[number]) / max(1, len(lines.parts[number])),
        float(lines.bullet[number]),
        float(lines.ends[number] and not line.endswith(("?", "!"))),
        float(lines.announces[number] > 0),
        float(digits > 0 and DATED.search(line) is not None),
        digits / len(line),
        float(kept),
        max(0, min(blank, 2)) / 2,
        float(line.endswith(":")),
        float(number > 0 and lines.words[number - 1] > LABEL),
        float(lines.cut[number]),
    ]


def _count_words(lines: Lines, kept: Sequence[bool], first: int) -> Counter[str]:
    """Return in how many lines of the text each of its longer words stands."""
    said: Counter[str] = Counter()
    for number in [n for n in range(first, lines.count) if kept[n]][:VOCABULARY_LINES]:
        said.update(set(_long_words(lines.parts[number])))
    return said


def _long_words(parts: Sequence[str]) -> list[str]:
    return [part.strip(TRIM).lower() for part in parts if len(part) >= LONG_WORD]


def _count_digits(line: str) -> int:
    if line.isascii():
        return len(line) - len(line.encode().translate(None, FIGURES))
    return sum(map(str.isdigit, line))
