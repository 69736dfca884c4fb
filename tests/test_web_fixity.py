"""Fixity at the desk: a check beside everything else, and what it found with what to do."""

from pathlib import Path

import pytest
from flask import Flask

from tests.desk import Desk, sign_in
from tests.desk_jobs import work_at_once


@pytest.fixture
def home(workplace: Flask) -> Path:
    """Return the home behind the workplace."""
    found: Path = workplace.extensions["dateline"].catalogue.jobs.home
    return found


def test_a_check_finds_everything_as_received(curator: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page says so, and the page of fixity when that was."""
    work_at_once(monkeypatch)
    assert "not been compared" in curator.get("/desk/fixity").get_text()
    led = curator.post("/desk/fixity").headers["Location"]
    assert "Every original is as it was received" in curator.get(led).get_text()
    assert "everything was as received" in curator.get("/desk/fixity").get_text()


def test_a_changed_and_a_missing_original_are_named(curator: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its code and what to do."""
    work_at_once(monkeypatch)
    changed, missing = sorted(file for file in (home / "originals").glob("*/*") if file.is_file())[:2]
    changed.chmod(0o600)
    changed.write_bytes(b"other")
    missing.unlink()
    page = curator.get(curator.post("/desk/fixity").headers["Location"]).get_text()
    assert "F01" in page
    assert "F02" in page
    assert "2 things are not as received" in curator.get("/desk/fixity").get_text()


def test_a_researcher_checks_nothing(workplace: Flask) -> None:
    """Imports wait while a check runs: it is a curator's to ask for."""
    assert sign_in(workplace, "researcher").post("/desk/fixity").status_code == 403
