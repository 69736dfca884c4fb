"""Knowing where HTML text came from: every run of text gets a mark before parsing, whatever the parser then does.

A parser hands out text without offsets. So a mark of two private-use code points goes in front of each run of text
between two tags; after parsing, the mark says which run of the original this is, and the original says the rest.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# A mark is a number of two digits: one from each plane of private-use code points, so enough for any page.
HIGH, LOW = 0xF0000, 0x100000
BASE = 60_000
MARK = re.compile(f"([{chr(HIGH)}-{chr(HIGH + BASE - 1)}])([{chr(LOW)}-{chr(LOW + BASE - 1)}])")
MARK_DIGIT = re.compile(f"[{chr(HIGH)}-{chr(HIGH + BASE - 1)}{chr(LOW)}-{chr(LOW + BASE - 1)}]")

TAG_START = re.compile(r"<(?:!--|[a-zA-Z/!?])")  # <p  </p  <!DOCTYPE  <?xml  <!--
TAG_STOP = re.compile(r"[>\"']")
COMMENT_END = re.compile(r"(?<=<!--)-?>|--!?>")  # <!-- a --> and, as browsers read it, <!--> and --!>
DECLARATION_END = re.compile(r"\]\s*>")  # <!DOCTYPE html [<!ENTITY a "b">]>
RAW_TEXT = re.compile(r"<(script|style)\b", re.IGNORECASE)  # <script type="text/javascript">
STATES_VALUES = re.compile(r"<(?:meta|time)\b", re.IGNORECASE)  # <meta name="date" content="2016-11-03">
ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")  # content="2016-11-03"
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
    """The original with its runs marked, the runs as (start, end) offsets in the original, and what its tags state.

    `values` holds the attribute values of `meta` and `time` elements, each with the place where it first stands.
    """

    markup: str
    runs: tuple[tuple[int, int], ...]
    values: Mapping[str, tuple[int, int]]


def mark_runs(original: str) -> Marked:
    """Put a mark before every run of text that is not blank."""
    clean = MARK_DIGIT.sub("\ufffd", original)
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    values: dict[str, tuple[int, int]] = {}
    for start, end, is_text in _split_tags(clean):
        if is_text and not clean[start:end].isspace():
            high, low = divmod(len(runs), BASE)
            parts.append(chr(HIGH + high) + chr(LOW + low))
            runs.append((start, end))
        elif not is_text and STATES_VALUES.match(clean, start):
            for value in ATTRIBUTE.finditer(original, start, end):
                values.setdefault(read_value(value[value.lastindex or 0]), value.span(value.lastindex or 0))
        parts.append(clean[start:end])
    return Marked("".join(parts), tuple(runs), values)


def read_marks(text: str) -> Iterator[int]:
    """Yield the numbers of the runs marked in parsed text."""
    for found in MARK.finditer(text):
        yield (ord(found[1]) - HIGH) * BASE + ord(found[2]) - LOW


def read_value(value: str) -> str:
    """Return an attribute's value as the parser reads it, white space folded."""
    return " ".join(html.unescape(value).split())


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
        if raw is not None and not text.endswith("/>", found.start(), end):
            end = _find_raw_end(text, end, raw[1])
        yield found.start(), end, False
        position = end
    if position < len(text):
        yield position, len(text), True


def _find_tag_end(text: str, start: int) -> int:
    if text.startswith("<!--", start):
        stop = COMMENT_END.search(text, start + 4)
        return len(text) if stop is None else stop.end()
    if text.startswith(("<!", "<?"), start):
        return _find_declaration_end(text, start)
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


def _find_declaration_end(text: str, start: int) -> int:
    end = text.find(">", start) + 1
    if end and "[" in text[start:end] and text[start : start + 9].upper() == "<!DOCTYPE":
        stop = DECLARATION_END.search(text, start)
        end = stop.end() if stop is not None else end
    return end or len(text)


def _find_raw_end(text: str, start: int, name: str) -> int:
    close = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, start)
    end = text.find(">", close.end()) if close is not None else -1
    return len(text) if end < 0 else end + 1
