"""One server and one browser for all tests that drive one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress import create_server

from archive.home import create_home
from indexer import Catalogue
from tests.desk import COOKIE, Desk, sign_in
from tests.reading import find_id
from web.application import create_app
from web.context import EXTENSION

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PHONE, DESK = 390, 1280

OpenPage = Callable[[BrowserContext], Page]


@pytest.fixture(scope="session")
def address(website: Flask) -> Iterator[str]:
    """Serve the reading room and return its address."""
    yield from serve(website)


def serve(website: Flask) -> Iterator[str]:
    """Serve these pages from a thread as long as the address is needed."""
    server = create_server(website, host="127.0.0.1", port=0, threads=2)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, stocked_home: Path) -> Iterator[Flask]:
    """Return the pages of an archive in which people work."""
    home = create_home(shutil.copytree(stocked_home, tmp_path_factory.mktemp("desk") / "home"))
    with Catalogue.open(home, engine="tantivy") as catalogue:
        yield create_app(catalogue, title="The Workplace", today=lambda: date(2026, 3, 9))


@pytest.fixture(scope="session")
def desk_address(desk: Flask) -> Iterator[str]:
    """Serve the workplace and return its address."""
    yield from serve(desk)


@pytest.fixture(scope="session")
def at_desk(browser: Browser, desk: Flask, desk_address: str) -> Iterator[Page]:
    """Return one page of an admin at the desk, for tests that only look."""
    with watch(browser, desk_address, scripted=True) as opened:
        keep_papers(enter(opened, desk, "admin"), desk.extensions[EXTENSION].catalogue)
        yield opened


def keep_papers(signed: Desk, catalogue: Catalogue) -> None:
    """Let somebody have a list, a note, a saved search and a snapshot, numbered from 1."""
    report = find_id(catalogue, "title:gogjali")
    signed.post("/desk/lists", name="Chalk on walls", r=report)
    signed.post(f"/a/{report}/notes", text="Ask about the second photograph.", shared="1")
    signed.post("/desk/searches", name="Mosul", address="q=mosul")
    signed.post("/snapshots", name="Mosul", address="q=mosul")
    signed.get("/desk")  # where all that is said


def enter(page: Page, website: Flask, role: str) -> Desk:
    """Let somebody with this role be signed in on this page."""
    signed = sign_in(website, role)
    page.goto("/static/mark.svg")
    address = page.url.removesuffix("/static/mark.svg")
    port = address.rsplit(":", 1)[1]
    # With the address of a file the cookie would be for its folder alone, and nobody signed in elsewhere.
    page.context.add_cookies([{"name": f"{COOKIE}-{port}", "value": signed.secret, "url": f"{address}/"}])
    return signed


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without it, these tests are skipped."""
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def watch(browser: Browser, address: str, *, scripted: bool) -> Iterator[Page]:
    """Open a page that must log no error and ask no other machine."""
    complaints: list[str] = []
    context = browser.new_context(
        base_url=address, viewport={"width": DESK, "height": 900}, java_script_enabled=scripted
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(address) else complaints.append(sent.url))
    yield page
    context.close()
    # A page that is not there, or no more, is told by the browser as an error of ours; it is the test's business.
    assert [said for said in complaints if not said.endswith(("404 (NOT FOUND)", "410 (GONE)"))] == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page with JavaScript."""
    with watch(browser, address, scripted=True) as opened:
        yield opened


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def either(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Return a page with JavaScript, and one without."""
    with watch(browser, address, scripted=request.param) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared(browser: Browser, address: str) -> Iterator[Page]:
    """Return one page for tests that only look at one address after the other."""
    with watch(browser, address, scripted=True) as opened:
        yield opened
