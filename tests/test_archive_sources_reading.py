"""Reading folders and archives: order, names, saved pages with what belongs to them, and what is passed over."""

import gzip
import os
from pathlib import Path

import pytest

from archive.sources import reopen
from archive.sources.kinds import read_parameters, with_parameters
from archive.sources.saved import NOTES, read_moment, read_note
from tests.containers import BODY, HTML, pages_of, read_all, reasons, tar_of, tell, zip_of


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write these files below a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_folders_are_read_in_an_order_that_stays(tmp_path: Path) -> None:
    """Files of a folder come first, in order of name, then its folders."""
    write(
        tmp_path,
        {"b/c.html": HTML.encode(), "a.txt": BODY.encode(), "c.htm": HTML.encode(), "a/x.xhtml": HTML.encode()},
    )
    assert [name for name, _ in tell(read_all(tmp_path))] == ["a.txt", "c.htm", "a/x.xhtml", "b/c.html"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_folders_that_lead_back_are_read_once(tmp_path: Path) -> None:
    """A link to a folder above is said, and not followed again."""
    write(tmp_path, {"a/x.html": HTML.encode()})
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    items = read_all(tmp_path)
    assert len(pages_of(items)) == 1
    assert reasons(items) == ["this folder was read already under another name"]


@pytest.mark.parametrize("folder", ["page_files", "page-Dateien", "page_fichiers", "page_archivos", "page.files"])
@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
def test_the_folder_of_a_saved_page_is_one_line(folder: str, form: str, tmp_path: Path) -> None:
    """What a browser saved beside a page is passed over in one line, frames in HTML and all."""
    files = {
        "page.html": HTML.encode(),
        f"{folder}/a.css": b"x",
        f"{folder}/frame.html": HTML.encode(),
        "b.html": HTML.encode(),
    }
    if form == "folder":
        items = read_all(write(tmp_path, files))
    else:
        (tmp_path / f"a.{form}").write_bytes(zip_of(files) if form == "zip" else tar_of(files, "w"))
        items = read_all(tmp_path / f"a.{form}")
    assert sorted(name.rpartition("/")[2] for name, what in tell(items) if what == "page") == ["b.html", "page.html"]
    assert reasons(items) == ["2 files (pictures, styles, scripts) of the saved page page.html"]


def test_a_folder_that_only_sounds_like_one_is_read(tmp_path: Path) -> None:
    """A folder named page_files without a page of that name is a folder like any other."""
    write(tmp_path, {"press_files/a.html": HTML.encode()})
    assert tell(read_all(tmp_path)) == [("press_files/a.html", "page")]


def test_zotero_storage_is_read_page_by_page(tmp_path: Path) -> None:
    """Zotero's pages are read, its own files counted in one line."""
    write(tmp_path / "storage", {
        "ABCD2345/report.html": HTML.encode(), "ABCD2345/.zotero-ft-cache": b"x", "ABCD2345/.zotero-reader-state": b"x",
        "EFGH6789/letter.txt": BODY.encode(), "EFGH6789/.zotero-ft-info": b"x", ".DS_Store": b"x",
    })  # fmt: skip
    items = read_all(tmp_path / "storage")
    assert [name for name, what in tell(items) if what == "page"] == ["ABCD2345/report.html", "EFGH6789/letter.txt"]
    assert reasons(items) == [
        "4 internal files of Zotero or of the operating system (.zotero-ft-cache, .DS_Store and the like)"
    ]


@pytest.mark.parametrize(
    ("name", "step"), [("a.rtf", "save it as .docx"), ("a.json", ".jsonl"), ("a.rar", "unpack it"), ("a.xlsx", "CSV")]
)
def test_kinds_not_read_come_with_advice(name: str, step: str, tmp_path: Path) -> None:
    """A kind that people often have and we do not read is passed over with the step that helps."""
    (reason,) = reasons(read_all(write(tmp_path, {name: b"x"})))
    assert step in reason


def test_a_named_file_of_unknown_kind_is_read_as_text(tmp_path: Path) -> None:
    """What a person names is read; what only lies in a folder is passed over."""
    write(tmp_path, {"letter.of.1916": BODY.encode()})
    assert tell(read_all(tmp_path / "letter.of.1916")) == [("letter.of.1916", "page")]
    assert tell(read_all(tmp_path)) == [("letter.of.1916", "skipped")]


def test_archives_in_archives_are_read_and_named_by_the_way(tmp_path: Path) -> None:
    """A page's name is the way to it through every archive."""
    inner = tar_of(
        {"deep.html": HTML.encode(), "more.jsonl.gz": gzip.compress(b'{"text": "%s"}' % BODY.encode())}, "w:xz"
    )
    (tmp_path / "a.zip").write_bytes(zip_of({"b/c.tar.xz": inner, "d.txt": BODY.encode()}))
    assert [name for name, _ in tell(read_all(tmp_path / "a.zip"))] == [
        "a.zip/b/c.tar.xz/deep.html", "a.zip/b/c.tar.xz/more.jsonl.gz/more.jsonl/line 1", "a.zip/d.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.word)
def test_notes_of_saving_programs_are_read(note: object) -> None:
    """Each program's example gives the address or the moment it states, and its word stands in it."""
    example = getattr(note, "example", "")
    assert getattr(note, "word", "-") in example
    url, moment = read_note(example)
    assert (url or "example.org/a").endswith(("example.org/a", "example.org/a.html"))
    assert moment in {None, "2016-11-03T06:58:00Z", "2016-11-03T03:58:00Z"}
    assert (url, moment) != (None, None)


def test_a_note_gives_the_page_its_address_and_day(tmp_path: Path) -> None:
    """A page saved with SingleFile knows where it came from and when it was saved."""
    write(tmp_path, {"a.html": HTML.replace("<head>", f"<!-- {NOTES[0].example} --><head>").encode()})
    (page,) = pages_of(read_all(tmp_path / "a.html"))
    assert (page.source.url, page.source.captured) == ("https://example.org/a", "2016-11-03T03:58:00Z")


def test_a_copy_in_the_internet_archive_gives_the_pages_own_address() -> None:
    """The address of a Wayback copy holds the page's address and the moment of its capture."""
    note = "<!-- saved from url=(0068)https://web.archive.org/web/20161103065800id_/https://example.org/a -->"
    assert read_note(note) == ("https://example.org/a", "2016-11-03T06:58:00Z")


@pytest.mark.parametrize("text", ["", "yesterday", "2016-13-45", "Thu Nov 99 2016 06:58:00 GMT+0300", "9" * 14])
def test_moments_that_are_none_are_not_read(text: str) -> None:
    """What is no moment gives none, and never an error."""
    assert read_moment(text) is None


def test_media_types_carry_their_parameters_there_and_back() -> None:
    """Any value survives in a media type's parameter."""
    value = 'a;b="c", d=e: ü\n%'
    assert read_parameters(with_parameters("text/csv", fields=value, none=None)) == ("text/csv", {"fields": value})


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "utf-16"])
def test_pages_are_read_again_from_their_bytes(charset: str, tmp_path: Path) -> None:
    """A stored page reopened is the page that was read, in any encoding."""
    write(tmp_path, {"a.html": HTML.replace("Samara", "سامراء").encode(charset), "b.txt": BODY.encode(charset)})
    pages = pages_of(read_all(tmp_path))
    assert [reopen(page.source, page.content) for page in pages] == pages
