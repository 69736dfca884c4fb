"""Fixtures for every test: an empty home and its open store."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from archive import passwords
from archive.home import Home, create_home
from archive.store import Store
from indexer import Catalogue
from tests.desk import Desk, sign_in
from tests.reading import SAMPLES, import_folders, write_hostile_page
from web import launching
from web.application import create_app

# The check gives the same verdict on the same tree; the everyday run tries a few of its examples; `make explore` looks
# for new ones that break a law.
settings.register_profile("everyday", derandomize=True, deadline=None, max_examples=15)
settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=3_000, deadline=None, print_blob=True)
settings.load_profile("everyday")

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - where Linux has it, files there cost no wait for the disk
ROOM_FOR_TESTS = 2 * 1024**3


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests' archives in memory where there is room: most of their time was waiting for the disk."""
    usable = config.option.basetemp is None and os.access(MEMORY_DISK, os.W_OK)
    if usable and shutil.disk_usage(MEMORY_DISK).free > ROOM_FOR_TESTS:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count a test with an archive of its own to change among the slow ones."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"home", "stocked_home"} or ("new_home" in fixtures and "reading_room" not in fixtures):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Let a password cost tests next to nothing; what it costs otherwise is a test's of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "COST", passwords.Cost(n=2, r=1, p=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_job_outlives_its_test() -> Iterator[None]:
    """Let go of the jobs that pages of the desk have begun, as a server that stops does, and wait for their end."""
    yield
    for child in launching._children:
        assert child.stdin is not None
        child.stdin.close()
        child.wait(60)


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


@pytest.fixture(scope="session")
def stocked_home(tmp_path_factory: pytest.TempPathFactory, new_home: Path) -> Path:
    """Return a home with the sample collection, to be copied and not changed."""
    home = create_home(shutil.copytree(new_home, tmp_path_factory.mktemp("stocked") / "home"))
    import_folders(home, SAMPLES, collection="Demonstration reports")
    return home.path


@pytest.fixture
def workplace(tmp_path: Path, stocked_home: Path) -> Iterator[Flask]:
    """Return the pages of an archive that a test may change: the sample collection, with its index in memory."""
    home = create_home(shutil.copytree(stocked_home, tmp_path / "workplace"))
    with Catalogue.open(home, engine="memory") as catalogue:
        yield create_app(catalogue, title="The Workplace", today=lambda: date(2026, 3, 9))


@pytest.fixture
def curator(workplace: Flask) -> Desk:
    """Return a curator's browser at the workplace."""
    return sign_in(workplace)
