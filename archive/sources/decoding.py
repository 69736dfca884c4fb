"""Bytes to text in any encoding, noting what could not be read: the one file that meets charset-normalizer."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from archive.errors import BinaryPage, EmptyPage
from archive.model import Issue, Page, Source, Stated, Stretch
from archive.sources.saved import read_note

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset\s*=|<\?xml[^>]{0,80}encoding\s*=)\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
)
HEAD = 4096
CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
ASCII = bytes(range(0x80))
MOSTLY_TEXT = 0.02
FEW_CONTROLS = 8  # in a short page a few stray bytes are many per cent
FEW_BROKEN = 0.01
FEW_ACCENTS = 0.02
MANY, FEW = 0.4, 0.1  # shares of NUL bytes in the high and low halves of UTF-16
# Encodings a page may declare; codecs that are no character sets (base64, zip …) are not among them, nor UTF-16, in
# which no declaration could be read.
TRUSTED = re.compile(
    r"^(?:utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(?:windows-|cp)12\d\d|koi8-[ru]|mac-?roman|gb2312|gbk|gb18030"
    r"|big5|shift_?jis|euc-(?:jp|kr))$",
)
# What pages mean by the names they declare, as browsers read them: curly quotes are not in ISO 8859-1.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gbk",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
WESTERN = "cp1252"
SAMPLE = 200_000
MARKUP = "text/html"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, the encoding that gave it, whether that is a guess, and whether bytes were unreadable."""

    text: str
    encoding: str
    damaged: bool = False
    guessed: bool = False


def make_page(
    name: str,
    content: bytes,
    media_type: str,
    *,
    url: str | None = None,
    captured: str | None = None,
    charset: str | None = None,
) -> Page:
    """Return the page that these bytes are; raises EmptyPage or BinaryPage.

    `charset` is what the page's container says of its encoding. Where the container says nothing of URL and time of
    saving, the note that saving programs leave in HTML does.
    """
    decoded = decode(content, charset)
    if not (url and captured) and media_type.startswith(MARKUP):
        noted = read_note(decoded.text)
        url, captured = url or noted[0], captured or noted[1]
    # Bytes are searched at once; a text of wide signs for its NUL sign by sign.
    nul = b"\0" in content
    return build_page(name, content, media_type, decoded, url=url, captured=captured, may_hold_nul=nul)


def build_page(
    name: str,
    content: bytes,
    media_type: str,
    decoded: Decoded,
    *,
    url: str | None = None,
    captured: str | None = None,
    part: int = 0,
    may_hold_nul: bool = True,
    reads_as: str | None = None,
    stated: tuple[Stated, ...] = (),
    stretches: tuple[Stretch, ...] = (),
    issues: tuple[Issue, ...] = (),
) -> Page:
    """Return the page of these bytes whose text was read already; raises EmptyPage."""
    if not decoded.text or decoded.text.isspace():
        raise EmptyPage
    text, found = decoded.text, list(issues)
    if decoded.damaged:
        found.append(
            Issue("S10", f"Some bytes are not valid {decoded.encoding}; they show as \N{REPLACEMENT CHARACTER}.")
        )
    if decoded.guessed:
        found.append(Issue("S20", f"The page does not say how its bytes read; {decoded.encoding} is likeliest."))
    if may_hold_nul and "\0" in text:
        # One code point for one, so that every span still points to the same place.
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
        found.append(Issue("S11", "The page holds NUL bytes; they show as \N{REPLACEMENT CHARACTER}."))
    digest = hashlib.sha256(content).hexdigest()
    source = Source(name, digest, media_type, len(content), url, captured, part)
    return Page(
        source, content, text, decoded.encoding, tuple(found), reads_as=reads_as, stated=stated, stretches=stretches
    )


def decode(content: bytes, charset: str | None = None) -> Decoded:
    """Return bytes as text: by byte order mark, as UTF-8, by declaration, then by likelihood.

    `charset` is declared from outside, and goes before what the page declares itself. UTF-8 goes before any
    declaration because bytes that are valid UTF-8 by chance are very rare, and wrong declarations are not.
    Raises EmptyPage and BinaryPage.
    """
    if not content:
        raise EmptyPage
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding)
    kind = next((kind for signature, kind in SIGNATURES if content.startswith(signature)), None)
    if kind is not None:
        raise BinaryPage(kind)
    wide = _guess_wide(content)
    if wide is not None:
        return _decode_as(content, wide)
    sample = content[:SAMPLE]
    if len(sample) - len(sample.translate(None, CONTROL)) > max(len(sample) * MOSTLY_TEXT, FEW_CONTROLS):
        raise BinaryPage("binary data")
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_narrow(content, _trust(charset) or _declared(content))


def _decode_narrow(content: bytes, declared: str | None) -> Decoded:
    repaired = content.decode("utf-8", errors="replace")
    beyond_ascii = len(content[:SAMPLE].translate(None, ASCII))
    broken = repaired[:SAMPLE].count("\N{REPLACEMENT CHARACTER}")
    if broken * 4 < beyond_ascii or (declared == "utf-8" and broken <= len(repaired) * FEW_BROKEN):
        return Decoded(repaired, "utf-8", damaged=True)
    for encoding in _candidates(declared, content):
        try:
            return Decoded(content.decode(encoding), encoding, guessed=encoding != declared)
        except UnicodeDecodeError:
            continue
    return Decoded(content.decode(WESTERN, errors="replace"), WESTERN, damaged=True, guessed=True)


def _candidates(declared: str | None, content: bytes) -> Iterator[str]:
    if declared is not None:
        yield declared
    likely = _likely(content)
    if likely is not None:
        yield likely
    yield WESTERN


def _decode_as(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(content.decode(encoding, errors="replace"), encoding, damaged=True)


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content[:HEAD])
    return None if found is None else _trust(found[1].decode("ascii"))


def _trust(charset: str | None) -> str | None:
    """Return the codec that a declared character set means, or None when it is not one we know."""
    name = (charset or "").strip().lower()
    if TRUSTED.match(name) is None:
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None  # windows-1299
    return MEANT.get(known, known)


def _guess_wide(content: bytes) -> str | None:
    """Return UTF-16's byte order when every other byte is mostly NUL, as in English text without a mark."""
    sample = content[:HEAD]
    half = len(sample) // 2
    if half and len(content) % 2 == 0:
        for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if sample[offset::2].count(0) > half * MANY and sample[1 - offset :: 2].count(0) < half * FEW:
                return encoding
    return None


def _likely(content: bytes) -> str | None:
    """Return the encoding in which the bytes read most like a language.

    The Western one when none reads better, and when a few accented letters are all there is to go by.
    """
    sample = content[:SAMPLE]
    if sum(byte >= 0x80 for byte in sample) < len(sample) * FEW_ACCENTS:  # noqa: PLR2004 - where ASCII ends
        return WESTERN
    matches = from_bytes(sample, preemptive_behaviour=False)
    best = matches.best()
    if best is None:
        return None
    western = next((match for match in matches if WESTERN in match.could_be_from_charset), None)
    as_good = western is not None and western.chaos <= best.chaos and western.coherence >= best.coherence
    return WESTERN if as_good else best.encoding
