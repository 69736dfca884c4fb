"""Fixtures for every test: an empty home and its open store."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from archive.home import Home, create_home
from archive.store import Store
from indexer import Catalogue
from tests.reading import SAMPLES, import_folders, write_hostile_page
from web.application import create_app

# The check gives the same verdict on the same tree; `make explore` looks for new examples that break a law.
settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=3_000, deadline=None, print_blob=True)
settings.load_profile("check")


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


@pytest.fixture(scope="session")
def reading_room(tmp_path_factory: pytest.TempPathFactory, new_home: Path) -> Iterator[Catalogue]:
    """Return an open catalogue of the sample collection and one hostile page; tests only read from it."""
    folder = tmp_path_factory.mktemp("reading-room")
    home = create_home(shutil.copytree(new_home, folder / "home"))
    import_folders(home, SAMPLES, write_hostile_page(folder / "pages"), collection="Demonstration reports")
    with Catalogue.open(home, engine="tantivy") as catalogue:
        yield catalogue


@pytest.fixture(scope="session")
def website(reading_room: Catalogue) -> Flask:
    """Return the pages of the reading room on a day that does not change."""
    return create_app(reading_room, title="The Reading Room", today=lambda: date(2026, 3, 9))


@pytest.fixture
def reader(website: Flask) -> FlaskClient:
    """Return a browser without JavaScript, in the reading room."""
    return website.test_client()
