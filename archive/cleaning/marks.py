"""Knowing where HTML text came from: every run of text gets a mark before parsing, whatever the parser then does.

A parser hands out text without offsets. So one private-use code point goes in front of each run of text between
two tags; after parsing, the mark says where in the original the text behind it begins, and the original the rest.
"""

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from archive.cleaning.nesting import STYLE_TAG, flatten_nesting

# Two whole planes of private-use code points, less the four that are no characters: one for each run of text.
FIRST_MARK = 0xF0000
MARKS = 0x10FFFD - FIRST_MARK
MARK = re.compile(f"[{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARKS)}]")
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")  # all of the two planes, what is no character in them too
PLANES = (b"\xf3", b"\xf4")  # how a mark begins in UTF-8, and hardly anything else does
BYTES_EACH = 4  # of each sign in a text that holds any sign beyond the first plane; most pages hold none

# Tags, comments and scripts in a row, with the white space after each. No repeat ever gives back what it took, so
# the time is linear in the page however the page is built.
# The letters of script and style stand in both cases: a pattern that folds case reads each sign far more slowly.
SCRIPT, STYLE = "[sS][cC][rR][iI][pP][tT]", "[sS][tT][yY][lL][eE]"
TAGS = re.compile(
    rf"""((?:<(?:
      /?(?!(?:{SCRIPT}|{STYLE})[\s/>])[a-zA-Z]                                     # <p class="a">  </p>
        [^>"'=]*+ (?:="[^"]*+"[^>"'=]*+)*+ (?:>|                                 # most tags end here
          (?: =[ \t\r\n\f]*+ (?:"[^"]*+"|'[^']*+')?+ [^>"'=]*+ | ["'][^>"'=]*+ )*+ (?:>|\Z))
    | {SCRIPT}[\s/>] [^<]*+ (?:<(?!/{SCRIPT}[\s/>])[^<]*+)*+ (?:</{SCRIPT}[^>]*+>?)?+   # <script>…</script>
    | {STYLE}[\s/>] [^<]*+ (?:<(?!/{STYLE}[\s/>])[^<]*+)*+ (?:</{STYLE}[^>]*+>?)?+      # <style>…</style>
    | !--(?:>|->|[^-]*+(?:-(?!->|-!>)[^-]*+)*+(?:--!?>)?+)                   # <!-- a note -->
    | [!?/][^>]*+(?:>|\Z)                                                    # <!DOCTYPE html>  <?xml version="1.0"?>
    )\s*+)++)""",
    re.VERBOSE,
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")  # &amp;  &#8217;  &#x2019;
NUMBER = re.compile(r"&#(?:(?P<decimal>\d+)|[xX](?P<hexadecimal>[0-9a-fA-F]+));?")  # &#8217;  &#x2019;
LONGEST_ENTITY = 40
FEW_RUNS = 4096
LONGEST_TAG = 65_536
LONG_TAG = re.compile(r"<([a-zA-Z][^\s/>]*+)[^<>]{65536,}+>")  # <a b0 b1 b2 …>
SELF_CLOSED = re.compile(rf"<[sS](?={SCRIPT[4:]}\b[^<>]*/>)")  # <script src="x"/>, as XHTML closes it
# Both that and the tags that style, looked for at once: "" for each of these, some letters for each such script.
ODD = re.compile(rf"{STYLE_TAG}|<[sS]({SCRIPT[4:]})\b[^<>]*/>")
SUBSET = re.compile(r"(<!DOCTYPE[^<>\[]*)\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)  # <!DOCTYPE html [<!ENTITY a "b">]>
HEAD = 10_000
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Marked:
    """A page for the parser, and where each run of its text begins.

    `plain` is the original with what the parser would change replaced, length kept; `markup` is its UTF-8 with a mark
    before each run of text; `starts` holds where in `plain` each run begins; `used` counts the marks.
    """

    plain: str
    markup: bytes
    starts: tuple[int, ...]
    used: int


def mark_runs(original: str) -> Marked:
    """Put a mark before every run of text that is not blank, as far as there are marks."""
    text = original.replace("\r", "\n")
    odd = ODD.findall(text)
    plain = flatten_nesting(_read_as_html(text, closed=any(odd)), styles=odd.count(""))
    marked = _mark(plain)
    if b"\0" in marked.markup:  # found at once in bytes, in a text of wide signs only one by one
        plain = plain.replace("\0", REPLACED)
        marked = _mark(plain)
    if sys.getsizeof(plain) < BYTES_EACH * len(plain) or sum(map(marked.markup.count, PLANES)) == marked.used:
        return marked
    # The page has such code points of its own: they would be taken for marks.
    return _mark(PRIVATE.sub(REPLACED, plain).encode("utf-8", "replace").decode("utf-8"))


def _read_as_html(text: str, *, closed: bool) -> str:
    """Return the page, length kept, with those ways of XML that an HTML parser would take for something else.

    `closed` tells whether a script is closed in its own tag.
    """
    if "[" in text[:HEAD]:
        subset = SUBSET.search(text, 0, HEAD)
        if subset is not None:
            start, end = subset.end(1), subset.end() - 1
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return SELF_CLOSED.sub("<!", text) if closed else text


def _mark(plain: str) -> Marked:
    parts = TAGS.split(plain, MARKS)
    starts = [0, *accumulate(map(len, parts))][:-1:2]
    used = len(starts)
    marks = list(_encoded_marks()[:used]) if used <= FEW_RUNS else [chr(FIRST_MARK + n).encode() for n in range(used)]
    for edge in {0, used - 1}:  # only the first and the last can be blank: TAGS takes the blanks after a tag
        if not parts[2 * edge].strip():
            marks[edge] = b""
            used -= 1
    if max(map(len, parts)) >= LONGEST_TAG:
        parts[1::2] = map(_shorten, parts[1::2])
    encoded = _encode(parts)
    pieces = [b""] * (len(parts) + len(marks))
    pieces[::3], pieces[1::3], pieces[2::3] = marks, encoded[::2], encoded[1::2]
    return Marked(plain, b"".join(pieces), tuple(starts), used)


@cache
def _encoded_marks() -> tuple[bytes, ...]:
    return tuple(chr(FIRST_MARK + number).encode() for number in range(FEW_RUNS))


def _encode(parts: list[str]) -> list[bytes]:
    # Piece by piece: joined first, the marks among them would make four bytes of every sign.
    try:
        return list(map(str.encode, parts))
    except UnicodeEncodeError:  # half a character
        return [part.encode("utf-8", "replace") for part in parts]


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
    """Yield (number of the run, its text) for parsed text; number -1 for what stands before the first mark."""
    number, position = -1, 0
    for found in MARK.finditer(text):
        if found.start() > position:
            yield number, text[position : found.start()]
        number, position = ord(found[0]) - FIRST_MARK, found.end()
    if position < len(text):
        yield number, text[position:]


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
