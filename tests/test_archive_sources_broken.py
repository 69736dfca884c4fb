"""Damaged, locked and hostile files: each gives clear lines, and what is whole beside the damage is read."""

import gzip
import io
import random
import tarfile
from pathlib import Path

import pytest

from archive.issues import ISSUE_BY_CODE
from archive.sources import Refused, archives, entries, reopen
from tests.containers import (
    BODY,
    HTML,
    MORE,
    docx_of,
    mhtml_of,
    pages_of,
    pdf_of,
    read_all,
    reasons,
    tar_of,
    tell,
    wacz_of,
    warc_gz,
    warc_record,
    zip_of,
)

BROKEN = Path(__file__).parent / "data" / "broken"
# file: what becomes of it and of what lies in it (names without the file's own)
EXPECTED: dict[str, list[tuple[str, str]]] = {
    "binary.txt": [("", "S02")],
    "bomb.zip": [("", "S05")],
    "broken-letters.txt": [("", "page")],
    "cut-short-g2.xml": [("", "S12")],
    "cut-short.docx": [("", "S12")],
    "cut-short.html.gz": [("/cut-short.html", "S05")],
    "cut-short.mht": [("", "S12")],
    "cut-short.pdf": [("", "S12")],
    "cut-short.tar.gz": [("/a.html", "page"), ("", "S05")],
    "cut-short.wacz": [("", "S05")],
    "cut-short.warc.gz": [("/20161105065800/https://example.org/a", "page"), ("", "S05")],
    "cut-short.xml": [("", "S12")],
    "cut-short.zip": [("", "S05")],
    "damaged-inside.tar": [("/a.html", "page"), ("", "S05")],
    "damaged-inside.zip": [("/a.html", "S05"), ("/b.html", "page")],
    "entities.xml": [("", "S12")],
    "leading-out.zip": [("/../a.html", "S06"), ("//etc/a.html", "S06"), ("/C:\\a.html", "S06"), ("/ok.html", "page")],
    "locked.docx": [("", "S07")],
    "locked.pdf": [("", "S07")],
    "locked.zip": [("/a.html", "S07")],
    "no-captures.warc": [("", "S05")],
    "no-closing-quote.csv": [("/1", "page"), ("/row 2", "S08")],
    "no-document.docx": [("", "S12")],
    "no-page.mht": [("", "S12")],
    "no-text-column.csv": [("", "S08")],
    "old-word.docx": [("", "S12")],
    "only-pictures.pdf": [("", "S09")],
    "other.xml": [("", "skipped")],
    "outside.xml": [("", "S12")],
    "records.jsonl": [
        ("/line 1", "page"), ("/line 2", "S08"), ("/line 3", "S08"), ("/line 4", "S08"), ("/line 5", "S08"),
        ("/line 6", "page"),
    ],
    "too-deep.zip": [("/3.zip/2.zip/1.zip/0.zip", "S05")],
    "too-many-cells.csv": [("/1", "S08"), ("/2", "page")],
}  # fmt: skip
WARC = warc_record(HTML.encode())
SAMPLES = {
    "a.csv": f'id,title,text\n1,"a","{BODY}"\n2,b,c\n'.encode(),
    "a.docx": docx_of(["Bridge reopens", BODY]),
    "a.html": HTML.encode(),
    "a.html.gz": gzip.compress(HTML.encode()),
    "a.jsonl": b'{"title": "a", "text": "b"}\n{"text": "%s"}\n' % BODY.encode(),
    "a.mht": mhtml_of(),
    "a.pdf": pdf_of([["Bridge reopens", BODY], [MORE]]),
    "a.tar": tar_of({"a.html": HTML.encode(), "b.txt": BODY.encode()}, "w"),
    "a.tar.xz": tar_of({"a.html": HTML.encode(), "b.txt": BODY.encode()}, "w:xz"),
    "a.wacz": wacz_of(warc_gz([WARC])),
    "a.warc": WARC * 3,
    "a.warc.gz": warc_gz([WARC] * 3),
    "a.xml": f"<nitf><body><body.content><p>{BODY}</p><p>{MORE}</p></body.content></body></nitf>".encode(),
    "a.zip": zip_of({"a.html": HTML.encode(), "b.tar.gz": tar_of({"c.html": HTML.encode()})}),
}


@pytest.mark.parametrize("name", sorted(file.name for file in BROKEN.iterdir()))
def test_damage_is_named_and_the_rest_is_read(name: str) -> None:
    """Each file of tests/data/broken gives exactly these lines: pages, refusals with their code, or a word."""
    assert tell(read_all(BROKEN / name)) == [(name + inside, what) for inside, what in EXPECTED[name]]


@pytest.mark.parametrize("name", sorted(file.name for file in BROKEN.iterdir()))
def test_every_refusal_tells_the_next_step(name: str) -> None:
    """A refusal has a code of the table, and a sentence with what to do after a colon."""
    for item in read_all(BROKEN / name):
        if isinstance(item, Refused):
            assert item.error.code in ISSUE_BY_CODE
            assert ": " in str(item.error)


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    """An XML file that names another file does not get its content."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    hostile = (
        f'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "{secret}"><nitf><body><body.content><p>Open</p></body.content>'
    )
    (tmp_path / "a.xml").write_text(f"{hostile}</body></nitf>")
    (page,) = pages_of(read_all(tmp_path / "a.xml"))
    assert page.text == "Open"


@pytest.mark.parametrize("name", ["bomb.html.gz", "bomb.tar.gz", "bomb.jsonl.gz", "bomb.warc.gz"])
def test_bombs_are_stopped_at_a_multiple_of_their_size(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What unpacks to far more than its size is refused, whatever kind it is, before it is all unpacked."""
    monkeypatch.setattr(entries, "SMALLEST_COUNTED", 1_000)
    payload = b" " * 2_000_000
    if "tar" in name:
        payload = tar_of({"a.txt": payload}, "w")
    if "warc" in name:
        payload = (
            b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Type: image/png\r\nContent-Length: 2000000\r\n\r\n" + payload
        )
    (tmp_path / name).write_bytes(gzip.compress(payload))
    said = [item for item in read_all(tmp_path / name, limit=10_000_000) if isinstance(item, Refused)]
    assert [item.error.code for item in said] == ["S05"]
    assert "200 times" in str(said[0].error)


def test_a_bomb_deep_inside_stops_the_file_it_came_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget is that of the file on the disk, however deep the bomb lies; other files are read on."""
    monkeypatch.setattr(entries, "SMALLEST_COUNTED", 1_000)
    bomb = gzip.compress(b" " * 2_000_000)
    (tmp_path / "a.tar").write_bytes(
        tar_of({"x.html": HTML.encode(), "bomb.txt.gz": bomb, "y.html": HTML.encode()}, "w")
    )
    (tmp_path / "b.html").write_text(HTML)
    monkeypatch.setattr(entries, "MOST_EXPANSION", 50)
    assert tell(read_all(tmp_path, limit=10_000_000)) == [
        ("a.tar/x.html", "page"), ("a.tar", "S05"), ("b.html", "page"),
    ]  # fmt: skip


def test_a_zip_that_lies_about_a_member_is_caught_at_the_limit(tmp_path: Path) -> None:
    """A member is read to the limit of a page, not to the size it claims."""
    (tmp_path / "a.zip").write_bytes(zip_of({"a.txt": b"x" * 5_000, "b.html": HTML.encode()}))
    assert tell(read_all(tmp_path / "a.zip", limit=1_000)) == [("a.zip/a.txt", "S03"), ("a.zip/b.html", "page")]


def test_a_zip_with_too_large_a_table_of_contents_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table of contents is held in memory, so its size is checked before it is read."""
    monkeypatch.setattr(archives, "LARGEST_DIRECTORY", 100)
    (tmp_path / "a.zip").write_bytes(zip_of({f"{number}.html": HTML.encode() for number in range(5)}))
    assert tell(read_all(tmp_path / "a.zip")) == [("a.zip", "S05")]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_archives_of_too_many_files_are_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with more files than we would hold the names of is refused as a whole."""
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    files = {f"{number}.html": HTML.encode() for number in range(3)}
    (tmp_path / f"a.{kind}").write_bytes(zip_of(files) if kind == "zip" else tar_of(files, "w"))
    assert tell(read_all(tmp_path / f"a.{kind}")) == [(f"a.{kind}", "S05")]


def test_a_tar_header_larger_than_any_name_is_refused(tmp_path: Path) -> None:
    """An extended header may claim gigabytes; it is not read into memory."""
    member = tarfile.TarInfo("a.html")
    member.type, member.size = tarfile.XHDTYPE, 3_000_000_000
    (tmp_path / "a.tar").write_bytes(member.tobuf() + bytes(10_240))
    assert tell(read_all(tmp_path / "a.tar")) == [("a.tar", "S05")]


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    """A symbolic link in a TAR is passed over with a word."""
    (tmp_path / "a.tar.gz").write_bytes(tar_of({"a.html": HTML.encode()}, links=["passwd.html"]))
    items = read_all(tmp_path / "a.tar.gz")
    assert tell(items) == [("a.tar.gz/a.html", "page"), ("a.tar.gz/passwd.html", "skipped")]
    assert reasons(items) == ["this is a link or a device, not a file"]


def test_an_empty_tar_and_a_tar_of_nothing_are_told_apart(tmp_path: Path) -> None:
    """A TAR without files says that nothing is in it; a file that is no TAR is refused."""
    out = io.BytesIO()
    tarfile.open(fileobj=out, mode="w").close()
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    (tmp_path / "b.tar").write_bytes(b"not a tar at all")
    assert tell(read_all(tmp_path)) == [("a.tar", "skipped"), ("b.tar", "S05")]


def test_a_page_with_broken_letters_is_read_and_says_so() -> None:
    """Bytes that are no letters show as such, and an issue leads a librarian to the page."""
    [page] = pages_of(read_all(BROKEN / "broken-letters.txt"))
    assert page.text.startswith("The bridge")
    assert [issue.code for issue in page.issues] == ["S10"]


def test_a_damaged_file_in_a_zotero_folder_does_not_hide_the_others(tmp_path: Path) -> None:
    """Zotero keeps each page in a folder of its own: one that cannot be read is named, the rest come in."""
    for folder, name in (("ABCD2345", "cut-short.pdf"), ("EFGH6789", "broken-letters.txt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes((BROKEN / name).read_bytes())
    assert tell(read_all(tmp_path)) == [("ABCD2345/cut-short.pdf", "S12"), ("EFGH6789/broken-letters.txt", "page")]


def test_a_saved_page_that_is_empty_is_named_beside_its_folder(tmp_path: Path) -> None:
    """A browser's folder without its page's content is one line, and the page says that it is empty."""
    (tmp_path / "news_files").mkdir()
    (tmp_path / "news_files" / "style.css").write_bytes(b"p {}")
    (tmp_path / "news.html").write_bytes(b"")
    assert [what for _, what in tell(read_all(tmp_path))] == ["S01", "skipped"]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_damage_crashes_the_reader_or_silences_it(name: str, tmp_path: Path) -> None:
    """Files cut, filled and mixed up at random always give lines; their pages are read again as they were read."""
    chance = random.Random(name)  # noqa: S311 - the same damage at every run
    for _ in range(100):
        content = bytearray(SAMPLES[name])
        for _ in range(chance.choice((1, 2, 5, 20))):
            place = chance.randrange(len(content) + 1)
            content[place : place + chance.randrange(20)] = chance.randbytes(chance.randrange(8))
        (tmp_path / name).write_bytes(content[: chance.choice((None, chance.randrange(1, len(content) + 1)))])
        items = read_all(tmp_path / name)
        assert items
        for page in pages_of(items):
            again = reopen(page.source, page.content)
            assert (again.text, again.stated, again.stretches) == (page.text, page.stated, page.stretches)
