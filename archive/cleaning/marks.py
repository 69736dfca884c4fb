"""Knowing where HTML text came from: every run of text gets a mark before parsing, whatever the parser then does.

A parser hands out text without offsets. So one private-use code point goes in front of each run of text between
two tags; after parsing, the mark says which run of the original this is, and the original says the rest.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Two whole planes of private-use code points, less the four that are no characters: one for each run of text.
FIRST_MARK = 0xF0000
MARKS = 0x10FFFD - FIRST_MARK
MARK = re.compile(f"[{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARKS)}]")

TAG_START = re.compile(r"<(?:!--|[a-zA-Z/!?])")  # <p  </p  <!DOCTYPE  <?xml  <!--
TAG_STOP = re.compile(r"[>\"']")
RAW_TEXT = re.compile(r"<(script|style)\b", re.IGNORECASE)  # <script type="text/javascript">
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")  # &amp;  &#8217;  &#x2019;
LONGEST_TAG = 65_536


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the offset in the original where it begins; `end` is where it ends there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The original with its runs marked, and the runs as (start, end) offsets in the original."""

    markup: str
    runs: tuple[tuple[int, int], ...]
    dropped: bool


def mark_runs(original: str) -> Marked:
    """Put a mark before every run of text that is not blank; `dropped` says that there were more runs than marks."""
    clean = MARK.sub("\ufffd", original)
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    for start, end, is_text in _split_tags(clean):
        if is_text and not clean[start:end].isspace() and len(runs) < MARKS:
            parts.append(chr(FIRST_MARK + len(runs)))
            runs.append((start, end))
        parts.append(clean[start:end])
    return Marked("".join(parts), tuple(runs), len(runs) == MARKS)


def read_marks(text: str) -> Iterator[int]:
    """Yield the numbers of the runs marked in parsed text."""
    for found in MARK.finditer(text):
        yield ord(found[0]) - FIRST_MARK


def unescape_run(original: str, start: int, end: int) -> Iterator[Piece]:
    """Yield original[start:end] as readers see it, entities decoded, each piece with its place."""
    position = start
    if "&" in original[start:end]:
        for entity in ENTITY.finditer(original, start, end):
            if entity.start() > position:
                yield Piece(original[position : entity.start()], position, entity.start())
            yield Piece(html.unescape(entity[0]), entity.start(), entity.end())
            position = entity.end()
    if position < end:
        yield Piece(original[position:end], position, end)


def _split_tags(text: str) -> Iterator[tuple[int, int, bool]]:
    position = 0
    while (found := TAG_START.search(text, position)) is not None:
        if found.start() > position:
            yield position, found.start(), True
        end = _find_tag_end(text, found.start())
        raw = RAW_TEXT.match(text, found.start())
        if raw is not None:
            end = _find_raw_end(text, end, raw[1])
        yield found.start(), end, False
        position = end
    if position < len(text):
        yield position, len(text), True


def _find_tag_end(text: str, start: int) -> int:
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return len(text) if end < 0 else end + 3
    limit = min(start + LONGEST_TAG, len(text))
    position = start + 1
    while (stop := TAG_STOP.search(text, position, limit)) is not None:
        if stop[0] == ">":
            return stop.end()
        # A quotation mark only opens a value after an equals sign; elsewhere it is a slip of the page's author.
        opens = text[max(start, stop.start() - 8) : stop.start()].rstrip().endswith("=")
        close = text.find(stop[0], stop.end(), limit) if opens else -1
        position = close + 1 if close >= 0 else stop.end()
    return limit


def _find_raw_end(text: str, start: int, name: str) -> int:
    close = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(text, start)
    return len(text) if close is None else close.end()
