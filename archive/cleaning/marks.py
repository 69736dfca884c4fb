"""Knowing where HTML text came from: every run of text gets a mark before parsing, whatever the parser then does.

A parser hands out text without offsets. So one private-use code point goes wherever text may begin, behind each `>`;
after parsing, the mark says where in the original the text behind it begins, and the original the rest.
"""

import html
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise

from archive.cleaning.nesting import FEW_STYLES, FEW_TAGS, flatten_nesting
from archive.cleaning.odd_tags import find_odd_tags

# Two whole planes of private-use code points, less the four that are no characters: one for each run of text.
FIRST_MARK = 0xF0000
MARKS = 0x10FFFD - FIRST_MARK
MARK = re.compile(f"[{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARKS)}]")
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")  # all of the two planes, what is no character in them too
PLANES = (b"\xf3", b"\xf4")  # how a mark begins in UTF-8, and hardly anything else does
BYTES_EACH = 4  # of each sign in a text that holds any sign beyond the first plane; most pages hold none

# Where text may begin: behind a `>`, and the white space behind that. Telling tags from scripts, comments and quoted
# values takes far longer, and is not needed: a mark there changes nothing of how the page is read. `unmark` takes out
# those in attributes and scripts, and `split_runs` those behind a `>` that is text itself.
BEGINNING = re.compile(r">\s*+(?!<[a-zA-Z/!?]|\Z)")  # <p class="a">  Text    <b>< 5
FIRST_TEXT = re.compile(r"\s*+(?!<[a-zA-Z/!?]|\Z)")  # of a page that begins with text
# The letters of script stand in both cases: a pattern that folds case reads each sign far more slowly.
SCRIPT = "[sS][cC][rR][iI][pP][tT]"
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")  # &amp;  &#8217;  &#x2019;
NUMBER = re.compile(r"&#(?:(?P<decimal>\d+)|[xX](?P<hexadecimal>[0-9a-fA-F]+));?")  # &#8217;  &#x2019;
LONGEST_ENTITY = 40
FEW_RUNS = 4096
LONGEST_TAG = 65_536
LONG_TAG = re.compile(r"<([a-zA-Z][^\s/>]*+)[^<>]{65536,}+>")  # <a b0 b1 b2 …>
SELF_CLOSED = re.compile(rf"<[sS](?={SCRIPT[4:]}\b[^<>]*/>)")  # <script src="x"/>, as XHTML closes it
CLOSED_SCRIPT = re.compile(rf"<[sS]{SCRIPT[4:]}\b[^<>]*/>".encode())
SUBSET = re.compile(r"(<!DOCTYPE[^<>\[]*)\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)  # <!DOCTYPE html [<!ENTITY a "b">]>
HEAD = 10_000
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Marked:
    """A page for the parser, and where each run of its text begins.

    `plain` is the original with what the parser would change replaced, length kept; `markup` is its UTF-8 with a mark
    before each run of text, and in further places; `starts` holds where in `plain` each mark stands.
    """

    plain: str
    markup: bytes
    starts: tuple[int, ...]


def mark_runs(original: str) -> Marked:
    """Put a mark before every run of text that is not blank, as far as there are marks."""
    plain = _blank_subset(original.replace("\r", "\n"))
    marked = _mark(plain)
    if _is_odd(marked.markup):
        plain = flatten_nesting(SELF_CLOSED.sub("<!", plain)).replace("\0", REPLACED)
        marked = _mark(plain)
    if sys.getsizeof(plain) < BYTES_EACH * len(plain) or sum(map(marked.markup.count, PLANES)) == len(marked.starts):
        return marked
    # The page has such code points of its own: they would be taken for marks.
    return _mark(PRIVATE.sub(REPLACED, plain).encode("utf-8", "replace").decode("utf-8"))


def _blank_subset(text: str) -> str:
    """Return the page, length kept, without what an XML document type declares: HTML would show it."""
    subset = SUBSET.search(text, 0, HEAD) if "[" in text[:HEAD] else None
    if subset is None:
        return text
    start, end = subset.end(1), subset.end() - 1
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _is_odd(markup: bytes) -> bool:
    """Tell whether a page may nest too deep, holds NUL, or closes a script in its own tag."""
    # Bytes are looked through at once, a text of wide signs one by one.
    found = find_odd_tags(markup)
    if found.tags > FEW_TAGS or found.styles > FEW_STYLES or b"\0" in markup:
        return True
    return any(CLOSED_SCRIPT.match(markup, place) is not None for place in found.scripts)


def _mark(plain: str) -> Marked:
    starts = [found.end() for found in islice(BEGINNING.finditer(plain), MARKS)]
    if FIRST_TEXT.match(plain) is not None:
        starts.insert(0, 0)
    used = len(starts)
    pieces = [b""] * (2 * used + 1)
    pieces[::2] = _encode(list(map(plain.__getitem__, map(slice, [0, *starts], [*starts, len(plain)]))))
    pieces[1::2] = _encoded_marks()[:used] if used <= FEW_RUNS else [chr(FIRST_MARK + n).encode() for n in range(used)]
    return Marked(plain, b"".join(pieces), tuple(starts))


@cache
def _encoded_marks() -> tuple[bytes, ...]:
    return tuple(chr(FIRST_MARK + number).encode() for number in range(FEW_RUNS))


def _encode(pieces: list[str]) -> list[bytes]:
    # Piece by piece: joined first, the marks among them would make four bytes of every sign.
    if max(map(len, pieces)) >= LONGEST_TAG:
        pieces = list(map(_shorten, pieces))
    try:
        return list(map(str.encode, pieces))
    except UnicodeEncodeError:  # half a character
        return [piece.encode("utf-8", "replace") for piece in pieces]


def _shorten(tags: str) -> str:
    """Return tags for the parser; of one with thousands of attributes, each of which it compares with all, the name."""
    return tags if len(tags) < LONGEST_TAG else LONG_TAG.sub(r"<\1>", tags)


def restore_marks(text: str, runs: tuple[tuple[int, int], ...], original: str) -> str:
    """Return a block's text with those code points of its own that had to give way to the marks."""
    signs = list(text)
    for (start, origin), (end, _) in pairwise((*runs, (len(text), 0))):
        for place in range(start, min(end, len(text))):
            sign = original[origin + place - start : origin + place - start + 1]
            if signs[place] == REPLACED and PRIVATE.match(sign):
                signs[place] = sign
    return "".join(signs)


def split_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number of the mark, the text behind it) for parsed text; number -1 for what stands before the first."""
    number, position = -1, 0
    for found in MARK.finditer(text):
        if found.start() > position:
            yield number, text[position : found.start()]
        number, position = ord(found[0]) - FIRST_MARK, found.end()
    if position < len(text):
        yield number, text[position:]


def split_runs(text: str, starts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the same for each run of text; marks that only stand behind a > of the text itself divide none."""
    number, end, parts = -1, -1, list[str]()
    for one, part in split_marks(text):
        if number >= 0 and starts[one] == end:
            parts.append(part)
        else:
            if parts:
                yield number, "".join(parts)
            number, parts = one, [part]
            end = starts[one] if one >= 0 else -1
        end += len(part)
    if parts:
        yield number, "".join(parts)


def unmark(value: str) -> str:
    """Return the value of an attribute, or a script, without the marks behind each > of its own."""
    return value if value.isascii() else MARK.sub("", value)


def read_marks(text: str) -> Iterator[int]:
    """Yield the numbers of the runs marked in parsed text."""
    for found in MARK.finditer(text):
        yield ord(found[0]) - FIRST_MARK


def align(plain: str, start: int, text: str) -> Iterator[tuple[int, int]]:
    """Yield (offset in `text`, offset in `plain`) wherever the two fall out of step, the first pair first.

    `text` is what the parser read from plain[start:], its entities decoded. From each pair to the next both advance
    one code point at a time.
    """
    yield 0, start
    if plain.startswith(text, start):
        return
    read, position = 0, start
    while read < len(text):
        found = ENTITY.search(plain, position, position + len(text) - read + LONGEST_ENTITY)
        if found is None or found.start() - position >= len(text) - read:
            return
        read += found.start() - position
        position = found.start()
        printed = _decode(found[0])
        if printed != found[0] and text.startswith(printed, read):
            read += len(printed)
            position = found.end()
            yield read, position
        else:
            read += 1
            position += 1


@lru_cache(maxsize=1024)
def _decode(entity: str) -> str:
    """Return what an entity stands for; Python drops control characters, which HTML's own rule keeps."""
    printed = html.unescape(entity)
    number = NUMBER.fullmatch(entity) if printed == "" else None
    if number is None:
        return printed
    return chr(int(number["decimal"])) if number["decimal"] else chr(int(number["hexadecimal"], 16))
