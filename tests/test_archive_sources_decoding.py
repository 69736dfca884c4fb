"""Bytes to text: any encoding a page comes in, and a plain word about what is no text."""

import hashlib
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import BinaryPage, EmptyPage
from archive.sources import make_page
from archive.sources.decoding import decode

ENGLISH = "The mayor’s café stood open — “as ever”, he said."
PLAIN = "The river rose again and the old mill stood still until the evening."
ARABIC = "قال السكان إن الجسر القديم أغلق صباح اليوم أمام العربات وإن النهر ارتفع"
POLISH = "Most został zamknięty, powiedział burmistrz, a łódź odpłynęła bez świateł."
XML = b'<?xml version="1.0" encoding="ISO-8859-2"?>'
JAPANESE = "橋は火曜日に再び開通したと市長は述べた。"


def declare(said: str, text: str, *, written: str | None = None) -> bytes:
    """Return a page that declares an encoding and is written in it, or in another."""
    return f'<html><head><meta charset="{said}"></head><p>{text}</p>'.encode(written or said)


# Bytes, the encoding they are read in, and words that must come out.
READ = {
    "UTF-8": (ENGLISH.encode(), "utf-8", ENGLISH),
    "UTF-8 with a mark": (ENGLISH.encode("utf-8-sig"), "utf-8-sig", ENGLISH),
    "UTF-16 LE with a mark": (b"\xff\xfe" + ARABIC.encode("utf-16-le"), "utf-16", ARABIC),
    "UTF-16 BE with a mark": (b"\xfe\xff" + ARABIC.encode("utf-16-be"), "utf-16", ARABIC),
    "UTF-16 LE without": (ENGLISH.encode("utf-16-le"), "utf-16-le", ENGLISH),
    "UTF-16 BE without": (ENGLISH.encode("utf-16-be"), "utf-16-be", ENGLISH),
    "UTF-32 LE": (ENGLISH.encode("utf-32"), "utf-32", ENGLISH),
    "UTF-32 BE": (b"\0\0\xfe\xff" + ENGLISH.encode("utf-32-be"), "utf-32", ENGLISH),
    "windows-1252 undeclared": (ENGLISH.encode("cp1252"), "cp1252", ENGLISH),
    "windows-1252 declared": (declare("windows-1252", ENGLISH), "cp1252", ENGLISH),
    "windows-1256 declared": (declare("windows-1256", ARABIC), "cp1256", ARABIC),
    "windows-1256 undeclared": (ARABIC.encode("cp1256"), "cp1256", ARABIC),
    "ISO 8859-2 declared": (declare("iso-8859-2", POLISH), "iso8859-2", POLISH),
    "ISO 8859-15 declared": (declare("ISO-8859-15", "Ein Zoll kostet 5 €"), "iso8859-15", "5 €"),
    "Shift JIS declared": (declare("shift_jis", JAPANESE), "cp932", JAPANESE),
    "KOI8-R declared": (declare("koi8-r", "Мост закрыт"), "koi8-r", "Мост закрыт"),
    "XML declaration": (XML + POLISH.encode("iso-8859-2"), "iso8859-2", POLISH),
    "curly quotes declared as ISO 8859-1": (declare("iso-8859-1", ENGLISH, written="windows-1252"), "cp1252", ENGLISH),
    "UTF-8 declared as ISO 8859-1": (declare("iso-8859-1", ENGLISH, written="utf-8"), "utf-8", ENGLISH),
    "one byte declared as UTF-16": (declare("utf-16", ENGLISH, written="windows-1252"), "cp1252", ENGLISH),
    "an encoding that does not exist": (declare("windows-1299", ENGLISH, written="windows-1252"), "cp1252", ENGLISH),
    "a number that ISO 8859 lacks": (declare("iso-8859-12", ENGLISH, written="windows-1252"), "cp1252", ENGLISH),
    "Spanish undeclared": ("El niño cruzó la montaña, dijo el señor Peña.".encode("cp1252"), "cp1252", "niño"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "encoding", "words"), READ.values(), ids=READ)
def test_a_page_is_read_in_its_encoding(content: bytes, encoding: str, words: str) -> None:
    """By mark, as UTF-8, as declared or as likely: the words come out, and nothing is damaged."""
    decoded = decode(content)
    assert (decoded.encoding, decoded.damaged) == (encoding, False)
    assert words in decoded.text


HOSTILE = ("base64", "zip", "zlib", "bz2", "hex", "rot13", "idna", "punycode", "unicode_escape", "raw_unicode_escape",
           "uu", "quopri", "undefined", "utf-7", "mbcs", "../../etc")  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_codec_that_is_no_character_set_is_never_used(name: str) -> None:
    """A page cannot have its bytes unpacked or rewritten by declaring such a codec."""
    decoded = decode(b'<meta charset="%s"><p>%s na\xefve \\x41 =41 aGVsbG8=' % (name.encode(), PLAIN.encode()))
    assert decoded.encoding == "cp1252"
    assert decoded.text.endswith("naïve \\x41 =41 aGVsbG8=")


def test_broken_utf_8_stays_mostly_readable() -> None:
    """A few wrong bytes do not turn a page into another alphabet; the page says that it is damaged."""
    page = make_page("page.txt", (ENGLISH * 20).encode() + b"\xe2\x80 and on" + ENGLISH.encode(), "text/plain")
    assert page.text.count("\N{REPLACEMENT CHARACTER}") == 1
    assert page.text.startswith(ENGLISH)
    assert [issue.code for issue in page.issues] == ["S10"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"a na\xefve plan", ["S20"]),
        (b"<meta charset='iso-8859-1'><p>a na\xefve plan", []),
        ("a naïve plan".encode(), []),
        (b"a plain plan", []),
    ],
)
def test_a_guessed_encoding_is_said(content: bytes, codes: list[str]) -> None:
    """A page that neither is UTF-8 nor names its encoding says what it was read as; any other has nothing to say."""
    assert [issue.code for issue in make_page("page.txt", content, "text/plain").issues] == codes


def test_a_cut_utf_16_page_is_read_to_the_cut() -> None:
    """Half a code unit at the end damages nothing before it."""
    decoded = decode(b"\xff\xfe" + PLAIN.encode("utf-16-le") + b"x")
    assert decoded.damaged
    assert decoded.text.startswith(PLAIN)


def test_nul_bytes_are_shown_one_for_one() -> None:
    """A stray NUL becomes one replacement character, so that every span stays where it was."""
    page = make_page("page.txt", f"{PLAIN}\0{PLAIN}\0{PLAIN}".encode(), "text/plain")
    assert page.text == f"{PLAIN}\ufffd{PLAIN}\ufffd{PLAIN}"
    assert [issue.code for issue in page.issues] == ["S11"]


def test_a_page_keeps_its_bytes_and_their_digest() -> None:
    """What is stored is what came in, not what it decodes to."""
    page = make_page("page.txt", b"caf\xe9 x", "text/plain", url="https://example.org/")
    assert (page.content, page.source.bytes, page.source.url) == (b"caf\xe9 x", 6, "https://example.org/")
    assert page.source.sha256 == hashlib.sha256(b"caf\xe9 x").hexdigest()


BINARY = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff\xe0JFIF", "a JPEG picture"),
    (b"GIF89a", "a GIF picture"),
    (b"%PDF-1.4\n", "a PDF document"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b\x08", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
    (bytes(range(1, 9)) * 50, "binary data"),
)


@pytest.mark.parametrize(("content", "kind"), BINARY, ids=[kind for _, kind in BINARY])
def test_what_is_no_text_is_called_by_its_name(content: bytes, kind: str) -> None:
    """The sentence says what the file is and what to save instead."""
    with pytest.raises(BinaryPage) as caught:
        make_page("page.txt", content, "text/plain")
    assert str(caught.value) == f"this is {kind}, not a page: save the page as text or HTML"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", "\u00a0\u2003\u2028".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_page_of_nothing_is_refused(content: bytes) -> None:
    """No bytes, white space and a bare byte order mark are all empty."""
    with pytest.raises(EmptyPage, match="the file is empty: save the page again"):
        make_page("page.txt", content, "text/plain")


marks = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b'<meta charset="'])


@given(marks, st.binary(max_size=300))
@example(b'<meta charset="', b'windows-1299">\xe9')
@example(b'<meta charset="', b'gb18030">\x83\x36\xd0\x30\xff')
def test_any_bytes_are_read_or_refused(mark: bytes, content: bytes) -> None:
    """Whatever comes in is text that can be stored, or refused in a sentence; nothing else happens."""
    try:
        page = make_page("page.txt", mark + content, "text/plain")
    except (EmptyPage, BinaryPage):
        return
    assert page.text.encode()
    assert not re.search("\0", page.text)
