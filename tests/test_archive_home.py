"""The home folder: made once, opened often, and never with settings nobody can explain."""

from pathlib import Path

import pytest

from archive.errors import BadSettings, DiskFull, HomeUnusable, NoHome
from archive.home import ABOUT, Settings, create_home, home_error, open_home


def test_a_new_home_has_every_folder(tmp_path: Path) -> None:
    """Making a home gives the folders of the design and every setting as it comes."""
    home = create_home(tmp_path / "made" / "here")
    assert home.created
    assert home.settings == Settings()
    assert all(folder.is_dir() for folder in (home.originals, home.index, home.quarantine))


def test_making_a_home_twice_is_harmless(tmp_path: Path) -> None:
    """A second `create_home` says that the archive was there and keeps its settings."""
    create_home(tmp_path)
    (tmp_path / "settings.toml").write_text('title = "Our papers"\n')
    again = create_home(tmp_path)
    assert not again.created
    assert again.settings.title == "Our papers"
    assert open_home(tmp_path) == again


def test_a_folder_without_an_archive_is_no_home(tmp_path: Path) -> None:
    """Opening a folder that holds no archive names the command that makes one."""
    with pytest.raises(NoHome, match="dateline init --home"):
        open_home(tmp_path / "nothing")


def test_a_home_that_lost_its_settings_file_opens(tmp_path: Path) -> None:
    """An archive is recognised by its database too, and then has every setting as it comes."""
    (tmp_path / "archive.db").touch()
    assert open_home(tmp_path).settings == Settings()


@pytest.mark.parametrize(
    ("toml", "key", "says"),
    [
        ("max_page_byte = 5", "max_page_byte", "no setting has this name"),
        ("[server]\nport = 1", "server", "no setting has this name"),
        ('port = "8000"', "port", "a whole number"),
        ("port = true", "port", "a whole number"),
        ("port = 70000", "port", "from 0 to 65535"),
        ("max_page_bytes = 0", "max_page_bytes", "from 1 to"),
        ("title = 5", "title", "text in quotation marks"),
        ('engine = "lucene"', "engine", "auto, tantivy, whoosh, memory"),
        ("port = x", "the file", "line 1"),
        ('access = "secret"', "access", "public or private"),
        ('desk = "no"', "desk", "true or false"),
        ("desk = 1", "desk", "true or false"),
        ('access = "private"\ndesk = false', "desk", "nobody could sign in"),
        ("title = '\xe9'", "byte 9", "UTF-8"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, toml: str, key: str, says: str) -> None:
    """Settings that cannot be used stop the program with the file, the key and what to write."""
    file = tmp_path / "settings.toml"
    file.write_bytes(toml.encode("latin-1"))
    with pytest.raises(BadSettings, match=says) as caught:
        open_home(tmp_path)
    assert str(caught.value).startswith(f"{file}: {key}: ")


def test_the_settings_file_as_made_says_what_it_can_say(tmp_path: Path) -> None:
    """Every setting stands in a new settings.toml with its meaning, and taking the # away keeps it readable."""
    file = create_home(tmp_path).path / "settings.toml"
    text = file.read_text(encoding="utf-8")
    assert all(about in text for about in ABOUT.values())
    file.write_text("\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line))
    assert open_home(tmp_path).settings == Settings()


def test_a_file_cannot_be_a_home(tmp_path: Path) -> None:
    """A path that is a file is refused with the operating system's reason."""
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="exists"):
        create_home(tmp_path / "file")


def test_no_room_is_said_as_such(tmp_path: Path) -> None:
    """A full disk is DiskFull, whatever the system calls it; anything else keeps the system's words."""
    assert isinstance(home_error(tmp_path, OSError(28, "No space left on device")), DiskFull)
    assert isinstance(home_error(tmp_path, OSError(27, "File too large")), DiskFull)
    assert "Permission denied" in str(home_error(tmp_path, OSError(13, "Permission denied")))
