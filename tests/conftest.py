"""Fixtures for every test: an empty home and its open store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.home import Home, create_home
from archive.store import Store


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new home whose database is made; it is copied, so that the migrations run once for all tests."""
    home = create_home(tmp_path_factory.mktemp("new") / "home")
    Store.open(home).close()
    return home.path


@pytest.fixture
def home(tmp_path: Path, new_home: Path) -> Home:
    """Return an empty home with its settings as they come."""
    return create_home(shutil.copytree(new_home, tmp_path / "home"))


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """Return the open, empty store of `home`; a second writer is refused at once."""
    with Store.open(home, patience=0.1) as opened:
        yield opened
