"""Files, folders and ZIP files: every file becomes a page, a refusal or a word why not, in an order that stays."""

import os
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model import Page
from archive.sources import Item, Refused, Skipped, archives, read, reading

TEXT = "The river rose again and the old mill stood still."
LIMIT = 1000


def read_all(*paths: Path, limit: int = LIMIT) -> list[Item]:
    """Return everything that reading these paths yields."""
    return list(read(paths, limit=limit))


def names(items: Sequence[Item]) -> list[str]:
    """Return the names of what was read, in order."""
    return [item.source.name if isinstance(item, Page) else item.name for item in items]


def refusal(item: Item) -> tuple[str, str]:
    """Return code and sentence of a refusal."""
    assert isinstance(item, Refused), item
    return item.error.code, str(item.error)


def write_zip(path: Path, members: Sequence[tuple[str, bytes]], *, packed: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a ZIP file with these members."""
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_a_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    """A folder's own files come first, by name, then its folders; names are relative to the folder given."""
    for name in ("b.txt", "a.html", "c/b.txt", "c/a.txt", "aa/z.htm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert names(read_all(tmp_path)) == ["a.html", "b.txt", "aa/z.htm", "c/a.txt", "c/b.txt"]


def test_one_page_is_in_memory_at_a_time(tmp_path: Path) -> None:
    """Reading waits until the next page is asked for: a file written meanwhile is read as it is then."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    pages = read([tmp_path], limit=LIMIT)
    next(pages)
    (tmp_path / "b.txt").write_text("Later words.", encoding="utf-8")
    second = next(pages)
    assert isinstance(second, Page)
    assert second.text == "Later words."


KINDS = (
    ("page.txt", TEXT, "text/plain"),
    ("PAGE.HTM", TEXT, "text/html"),
    ("page.xhtml", TEXT, "text/html"),
    ("page.txt", "<!DOCTYPE html><p>x", "text/html"),
    ("page.txt", "\ufeff\n <HTML lang=en><p>x", "text/html"),
    ("page.txt", '<?xml version="1.0"?>\n<!-- saved --><!DOCTYPE HTML PUBLIC "x"><p>', "text/html"),
    ("page.txt", "<html-like> words about <html>", "text/html"),
    ("page.txt", "The <html> element opens a page.", "text/plain"),
)


@pytest.mark.parametrize(("name", "text", "media_type"), KINDS)
def test_the_kind_of_a_page_is_seen_from_name_and_first_words(
    tmp_path: Path, name: str, text: str, media_type: str
) -> None:
    """The ending says HTML or text, and text that opens as HTML is HTML."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (page,) = read_all(tmp_path)
    assert isinstance(page, Page)
    assert page.source.media_type == media_type


def test_a_file_named_by_hand_is_read_whatever_its_ending(tmp_path: Path) -> None:
    """Who names a file wants it read; in a folder its ending must say that it is a page."""
    (tmp_path / "dispatch.001").write_text(TEXT, encoding="utf-8")
    (named,) = read_all(tmp_path / "dispatch.001")
    assert isinstance(named, Page)
    assert read_all(tmp_path) == [Skipped("dispatch.001", "files ending in '.001' are not pages we read")]


def test_a_file_without_ending_is_skipped_with_a_reason(tmp_path: Path) -> None:
    """Nothing in a folder is passed over in silence."""
    (tmp_path / "README").write_text(TEXT, encoding="utf-8")
    assert read_all(tmp_path) == [Skipped("README", "files without an ending (.txt, .html) are not read")]


def test_a_page_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """The sentence names both sizes and the setting that decides."""
    (tmp_path / "big.txt").write_bytes(b"x" * (LIMIT + 1))
    (item,) = read_all(tmp_path)
    code, sentence = refusal(item)
    assert code == "S03"
    assert sentence.startswith("1,001 bytes is more than the limit of 1,000 for one page")


def test_a_page_as_large_as_the_limit_is_read(tmp_path: Path) -> None:
    """The limit itself is allowed."""
    (tmp_path / "big.txt").write_bytes(b"x" * LIMIT)
    assert isinstance(read_all(tmp_path)[0], Page)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is passed on with the next step; the files after it are still read."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    honest = reading._open
    monkeypatch.setattr(reading, "_open", lambda path: _deny(path) if path.name == "a.txt" else honest(path))
    locked, page = read_all(tmp_path)
    assert refusal(locked) == ("S04", "cannot be read (permission denied): check its permissions and import it again")
    assert isinstance(page, Page)


def test_a_folder_that_may_not_be_looked_into_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose entries cannot be told apart stops nothing."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "is_dir", _deny)
    (item,) = read_all(tmp_path / "a.txt")
    assert isinstance(item, Page)


def _deny(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A mistyped name is said to be missing."""
    (item,) = read_all(tmp_path / "gone.txt")
    assert refusal(item)[1].startswith("cannot be read (no such file or directory)")


def test_a_folder_that_leads_into_itself_is_read_once(tmp_path: Path) -> None:
    """A link back up the tree is said and not followed."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(read_all(tmp_path)) == ["a.txt", "loop"]


def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    """A dangling link is a page that cannot be read."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert refusal(read_all(tmp_path)[0])[0] == "S04"


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.zip"])
def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path, name: str) -> None:
    """Opening a pipe would wait for ever, whatever its name promises."""
    os.mkfifo(tmp_path / name)
    assert read_all(tmp_path / name) == read_all(tmp_path) == [Skipped(name, "this is not an ordinary file")]


@pytest.mark.parametrize("name", ["zero.txt", "zero.zip"])
def test_a_device_is_never_opened(tmp_path: Path, name: str) -> None:
    """A link to an endless device is skipped."""
    (tmp_path / name).symlink_to("/dev/zero")
    assert read_all(tmp_path) == [Skipped(name, "this is not an ordinary file")]


def test_a_name_that_is_no_text_can_be_stored(tmp_path: Path) -> None:
    """The bytes of a name that are not UTF-8 show as their numbers."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT, encoding="utf-8")
    assert names(read_all(tmp_path)) == ["caf\\xe9.txt"]


def test_a_zip_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    """Members come sorted, under the ZIP file's name; other kinds are skipped with a reason."""
    members = [("b.txt", TEXT.encode()), ("a/b.html", TEXT.encode()), ("a/x.png", b"x"), ("a/", b""), ("README", b"x")]
    items = read_all(write_zip(tmp_path / "pages.zip", members))
    assert names(items) == ["pages.zip/README", "pages.zip/a/b.html", "pages.zip/a/x.png", "pages.zip/b.txt"]
    assert [type(item) for item in items] == [Skipped, Page, Skipped, Page]


@pytest.mark.parametrize("name", ["../../up.txt", "/etc/up.txt", "C:\\up.txt", "a/../b.txt"])
def test_a_member_s_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    """A name that leads out of the ZIP file is refused, and nothing is ever unpacked to disk."""
    (item,) = read_all(write_zip(tmp_path / "pages.zip", [(name, TEXT.encode())]))
    assert refusal(item)[0] == "S06"
    assert list(tmp_path.iterdir()) == [tmp_path / "pages.zip"]


def test_a_zip_that_would_unpack_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is known by what it claims to hold, before anything is unpacked."""
    bomb = write_zip(tmp_path / "bomb.zip", [(f"{n}.txt", bytes(1_000_000)) for n in range(3)])
    monkeypatch.setattr(archives, "MOST_EXPANSION", 2)
    (item,) = read_all(bomb)
    code, sentence = refusal(item)
    assert code == "S05"
    assert "unpacks to more than 2 times its size" in sentence


def test_a_member_above_the_limit_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    """One large page in a ZIP file does not stop the others."""
    big, small = read_all(write_zip(tmp_path / "pages.zip", [("a.txt", b"x" * 5000), ("b.txt", TEXT.encode())]))
    assert refusal(big)[0] == "S03"
    assert isinstance(small, Page)


def test_a_member_that_claims_too_little_is_stopped(tmp_path: Path) -> None:
    """A member that says 10 bytes and unpacks to more is not read beyond what it says."""
    path = write_zip(tmp_path / "pages.zip", [("a.txt", b"x" * 900_000)])
    content = path.read_bytes().replace((900_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(content)
    assert refusal(read_all(path)[0])[0] == "S05"


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    """A member that needs a password says so."""
    path = write_zip(tmp_path / "pages.zip", [("a.txt", TEXT.encode())])
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    code, sentence = refusal(read_all(path)[0])
    assert code == "S07"
    assert "password" in sentence


@pytest.mark.parametrize("kept", [10, 60, -30])
def test_a_cut_zip_is_refused(tmp_path: Path, kept: int) -> None:
    """A download that broke off is one refusal."""
    path = write_zip(tmp_path / "pages.zip", [("a.txt", TEXT.encode())])
    path.write_bytes(path.read_bytes()[:kept])
    (item,) = read_all(path)
    assert refusal(item)[1].startswith("it is damaged or cut short (")


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    """Bytes that do not unpack are one refusal, whatever the packing raises."""
    path = write_zip(tmp_path / "pages.zip", [("a.txt", TEXT.encode() * 9)])
    packed = zlib.compress(TEXT.encode() * 9, wbits=-15)
    path.write_bytes(path.read_bytes().replace(packed[:20], b"\xff" * 20))
    assert refusal(read_all(path)[0])[0] == "S05"


PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PACKINGS), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4))
def test_any_damage_to_a_zip_is_a_refusal(tmp_path: Path, packed: int, damage: list[tuple[int, int]]) -> None:
    """Whatever bytes of a ZIP file are wrong, reading it ends, and says what it could not read."""
    path = write_zip(tmp_path / "pages.zip", [("a.txt", TEXT.encode()), ("é.txt", TEXT.encode())], packed=packed)
    content = bytearray(path.read_bytes())
    for place, byte in damage:
        content[place % len(content)] = byte
    path.write_bytes(content)
    assert len(read_all(path)) <= 2
