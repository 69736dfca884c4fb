"""Take the pictures of the pages that the README and the docs show, from the sample collection.

python tools/take_screens.py        needs Chromium as /usr/bin/chromium
"""

import tempfile
import threading
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright
from waitress import create_server

from archive.home import create_home
from archive.model import Given
from indexer import Catalogue
from web.application import create_app
from web.cli.importing import run_import

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
PAGES = {
    "search": "/search?q=Daesh+OR+Kobani+OR+Grozny",
    "report": "/a/mwwj4vcn1spk?q=city",
    "original": "/a/mwwj4vcn1spk/original",
    "cite": "/a/mwwj4vcn1spk#cite",
    "home": "/",
    "outlet": "/outlets/marrowby-signal",
    "names": "/names/islamic-state",
    "trends": "/trends?q=city&q=ceasefire+OR+truce&unit=year",
    "compare": "/compare?a=outlet:marrowby-signal&b=outlet:samphire-features",
    "timeline": "/timeline?unit=year",
    "export": "/export?q=city",
}
PHONE = ("search", "report")  # shown on a phone too, at night


def main() -> None:
    """Serve the sample collection and take a picture of each page."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = create_home(Path(folder) / "home")
        run_import(home, (ROOT / "samples",), Given(collection="Demonstration", by="demo"))
        with Catalogue.open(home) as catalogue:
            server = create_server(create_app(catalogue, today=lambda: date(2026, 11, 21)), port=0)
            threading.Thread(target=server.run, daemon=True).start()
            take(f"http://127.0.0.1:{server.effective_port}")
            server.close()


def take(address: str) -> None:
    """Take the pictures of the pages at this address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=SCREENS / f"{name}.png")
        phone = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
        for name in PHONE:
            phone.goto(address + PAGES[name])
            phone.screenshot(path=SCREENS / f"{name}-phone.png")
        browser.close()


if __name__ == "__main__":
    main()
