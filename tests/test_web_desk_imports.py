"""Importing in the browser: what is sent comes in, what is hostile ends in a clear line, nothing is read elsewhere."""

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import EmptyPage, FolderRefused
from archive.spool import LONGEST_NAME, choose_folder, clean_name
from tests.desk import Desk, sign_in
from tests.desk_jobs import work_at_once
from tests.reading import said
from web.context import EXTENSION, Context

pytestmark = pytest.mark.slow

PAGE = "Bridge over the Samara reopens\nThe bridge was opened to carts again on Tuesday, the mayor said.\n"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work_at_once(monkeypatch)


def send(desk: Desk, *files: tuple[str, bytes], **fields: str) -> str:
    """Send files to be imported and return what the job's page says."""
    parts = [(io.BytesIO(content), name) for name, content in files]
    answer = desk.post("/desk/import", files=parts, **fields)
    assert answer.status_code == 303, answer.text[:3_000]
    return said(desk.get(answer.headers["Location"]))


def home_of(desk: Desk) -> Path:
    """Return the folder of the archive behind a desk."""
    context: Context = desk.client.application.extensions[EXTENSION]
    return context.catalogue.jobs.home


def zipped(names: dict[str, bytes]) -> bytes:
    """Return a ZIP file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names.items():
            packed.writestr(name, content)
    return file.getvalue()


def test_files_are_sent_and_found(curator: Desk) -> None:
    """Several files become reports of the collection named; the batch says who sent what, and nothing is left over."""
    told = send(curator, ("a.txt", PAGE.encode()), ("b.txt", PAGE.replace("Samara", "Tern").encode()),
                collection="Bridges")  # fmt: skip
    assert "2 pages" in told
    assert "2 new reports" in told
    batch = said(curator.get("/batches/2"))
    assert "uploaded: a.txt" in batch
    assert "by A curator" in batch
    link = curator.get("/batches/2").select_one("tbody th a")
    assert link is not None
    assert "Bridges" in said(curator.get(str(link["href"])))
    home = home_of(curator)
    assert [path.name for path in (home / "jobs").rglob("*.txt")] == []
    assert not list((home / "jobs").glob("upload-*"))


def test_what_is_known_of_the_collection_is_kept(curator: Desk) -> None:
    """Countries and years are written down for the collection, or refused in words without importing anything."""
    send(curator, ("a.txt", PAGE.encode()), collection="Bridges 1921", countries="ru, ua", first="1921")
    text = (home_of(curator) / "collections.toml").read_text()
    assert text == '["bridges-1921"]\ncountries = ["RU", "UA"]\npublished = [1921, 1921]\n'
    answer = curator.post("/desk/import", files=[(io.BytesIO(b"x"), "a.txt")], collection="B", countries="Russia")
    assert (answer.status_code, "must be a list of codes" in answer.text) == (400, True)
    assert (home_of(curator) / "collections.toml").read_text() == text


HOSTILE = ("../../escape.txt", "/etc/passwd.txt", "..\\..\\boot.txt", "C:\\pages\\a.txt", ".hidden.txt", "a\x00b.txt",
           "x" * 400 + ".txt", "\u202etxt.exe.txt", "<b>&.txt")  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(curator: Desk, name: str) -> None:
    """A file sent under any name becomes a report under a harmless one, and lies nowhere else."""
    home = home_of(curator)
    before = {path for path in home.parent.rglob("*") if not path.is_relative_to(home)}
    assert "1 new reports" in send(curator, (name, PAGE.encode()))
    assert {path for path in home.parent.rglob("*") if not path.is_relative_to(home)} == before


def test_a_bomb_ends_in_a_clear_line(curator: Desk) -> None:
    """A file that unpacks to far more than it holds is refused by its name; one beside it comes in."""
    bomb = zipped({"big.txt": b"0" * 300_000_000})
    told = send(curator, ("bomb.zip", bomb), ("a.txt", PAGE.encode()))
    assert "1 in quarantine" in told
    assert "1 new reports" in told
    assert "bomb.zip" in said(curator.get("/desk/quarantine"))


def test_members_of_an_archive_lead_nowhere(curator: Desk) -> None:
    """A ZIP file whose members name other folders is read without writing there."""
    told = send(curator, ("evil.zip", zipped({"../../../out.txt": PAGE.encode(), "ok.txt": PAGE.encode()})))
    assert "Finished" in told
    assert not (home_of(curator).parent / "out.txt").exists()


def test_more_than_the_settings_allow_is_refused(curator: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload beyond the limit of bytes or files is answered in words, and nothing of it is left."""
    monkeypatch.setattr("indexer.jobs.JobRoom.most_bytes", property(lambda _: -200_000))
    answer = curator.post("/desk/import", files=[(io.BytesIO(b"x" * 350_000), "a.txt")])
    assert (answer.status_code, "too much at once" in answer.text) == (413, True)
    monkeypatch.setattr("indexer.jobs.JobRoom.most_files", property(lambda _: -998))
    answer = curator.post("/desk/import", files=[(io.BytesIO(b"x"), f"{number}.txt") for number in range(4)])
    assert answer.status_code == 413
    assert not list((home_of(curator) / "jobs").glob("upload-*"))


def test_nothing_or_both_is_said_so(curator: Desk) -> None:
    """Without files and folder, or with both, the form comes back."""
    assert "one of the two" in curator.post("/desk/import", folder="").text
    assert curator.post("/desk/import", folder="/srv", files=[(io.BytesIO(b"x"), "a.txt")]).status_code == 400


def test_a_form_without_token_keeps_nothing(curator: Desk, workplace: Flask) -> None:
    """An upload that is no form of ours, or by somebody without the role, is refused and leaves nothing."""
    for desk in (curator, sign_in(workplace, "researcher")):
        answer = desk.client.post("/desk/import", data={"files": (io.BytesIO(b"x"), "a.txt")})
        assert answer.status_code == 403
    assert not list(home_of(curator).rglob("upload-*"))
    assert not list((home_of(curator) / "jobs").glob("[0-9]*"))


# --- folders of the server -----------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an allowed folder with pages, beside one that is not, and links from one to the other."""
    root, secret = tmp_path / "allowed", tmp_path / "secret"
    (root / "pages").mkdir(parents=True)
    secret.mkdir()
    (root / "pages" / "a.txt").write_text(PAGE)
    (secret / "b.txt").write_text(PAGE)
    (root / "way-out").symlink_to(secret)
    (root / "pages" / "link.txt").symlink_to(secret / "b.txt")
    (root / "pages" / "folder-link").symlink_to(secret)
    return root


@pytest.mark.parametrize("text", ["pages", "{root}/pages", "pages/../pages", "."])
def test_a_folder_inside_a_root_may_be_read(root: Path, text: str) -> None:
    """A whole path, or one from the first root, is followed to where it really is."""
    assert choose_folder(text.format(root=root), [str(root)]).is_relative_to(root)


@pytest.mark.parametrize("text", ["..", "../secret", "way-out", "/etc", "/", "nowhere", "pages/../../secret", "a\x00b"])
def test_a_folder_outside_is_refused(root: Path, text: str) -> None:
    """Neither a link nor a way up leads out of the roots; without roots nothing may be read."""
    with pytest.raises(FolderRefused):
        choose_folder(text, [str(root)])
    with pytest.raises(FolderRefused):
        choose_folder("pages", [])


def test_links_out_of_a_folder_are_lines_of_the_report(
    curator: Desk, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a link inside the folder leads out to is refused by name; the rest comes in."""
    monkeypatch.setattr("indexer.jobs.JobRoom.choose_folder", lambda _, text: choose_folder(text, [str(root)]))
    answer = curator.post("/desk/import", folder="pages")
    told = said(curator.get(answer.headers["Location"]))
    assert "1 new reports" in told
    assert "2 in quarantine" in told
    assert "leads out of the folder" in said(curator.get("/desk/quarantine"))
    refused = curator.post("/desk/import", folder="way-out")
    assert (refused.status_code, "does not lie in" in refused.text) == (400, True)


# --- an import taken back ------------------------------------------------------------------------------------------


def test_an_import_is_withdrawn_and_put_back(curator: Desk) -> None:
    """What came in by it alone is withdrawn with a reason; what was there before stays; all of it can be put back."""
    send(curator, ("old.txt", PAGE.encode()))
    send(curator, ("old.txt", PAGE.encode()), ("new.txt", PAGE.replace("Samara", "Tern").encode()))
    page = said(curator.get("/desk/import/withdraw/3"))
    assert "1 report came in by this import and by nothing else" in page
    assert "1 that also came in otherwise" in page
    assert curator.post("/desk/import/withdraw/3").status_code == 400
    link = curator.get("/batches/3?outcome=imported").select_one("tbody th a")
    assert link is not None
    report = str(link["href"])
    gone = curator.post("/desk/import/withdraw/3", reason="a test")
    assert gone.status_code == 303, gone.text[1500:]
    assert "1 withdrawn" in said(curator.get(gone.headers["Location"]))
    assert curator.client.get(report).status_code == 410
    number = gone.headers["Location"].rsplit("/", 1)[-1]
    back = curator.post(f"/desk/import/restore/{number}")
    assert "1 put back" in said(curator.get(back.headers["Location"]))
    assert curator.client.get(report).status_code == 200


# --- quarantine ----------------------------------------------------------------------------------------------------


def test_a_page_in_quarantine_is_looked_at_tried_again_and_dropped(curator: Desk) -> None:
    """Its bytes are a download, never shown; a try that fails leaves it; dropping needs a reason and is undone."""
    send(curator, ("noise.txt", bytes(range(256)) * 40))
    page = curator.get("/desk/quarantine")
    number = page.select_one("input[name=page]")["value"]  # type: ignore[index]
    raw = curator.client.get(f"/desk/quarantine/{number}")
    assert raw.headers["Content-Disposition"].startswith("attachment")
    assert (raw.mimetype, len(raw.data)) == ("application/octet-stream", 256 * 40)
    curator.post("/desk/quarantine/retry", page=number)
    assert "noise.txt" in said(curator.get("/desk/quarantine"))
    assert "say why" in curator.send("/desk/quarantine/drop", page=number)
    assert "1 page dropped" in curator.send("/desk/quarantine/drop", page=number, reason="not a page")
    assert "Nothing is in quarantine" in said(curator.get("/desk/quarantine"))
    assert "not a page" in said(curator.get("/desk/quarantine?closed=1"))
    assert "1 page in quarantine again" in curator.send("/desk/quarantine/reopen", page=number)


def test_a_page_that_can_be_read_by_now_leaves_quarantine(curator: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was refused comes in as a report under its old name, and says in quarantine by which import."""
    with monkeypatch.context() as older:
        older.setattr("archive.sources.pages.make_page", refuse)
        assert "1 in quarantine" in send(curator, ("a.txt", PAGE.encode()))
    answer = curator.post("/desk/quarantine/retry", all="1", code="S01")
    assert "1 new reports" in said(curator.get(answer.headers["Location"]))
    assert "Nothing is in quarantine" in said(curator.get("/desk/quarantine"))
    assert "came in with import" in said(curator.get("/desk/quarantine?closed=1"))
    assert "new reports (1)" in said(curator.get("/batches/3"))


def refuse(*_: object, **__: object) -> None:
    """Read no page, as an older program may."""
    raise EmptyPage


@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_name_becomes_a_harmless_one(sent: list[str]) -> None:
    """A cleaned name is one step of a path, not hidden, short, and nobody else's."""
    names: list[str] = []
    for name in sent:
        names.append(clean_name(name, names))
    assert len(set(names)) == len(names)
    for name in names:
        assert name
        assert Path(name).name == name
        assert not name.startswith(".")
        assert len(name.encode()) <= LONGEST_NAME + 4
        assert "\x00" not in name
