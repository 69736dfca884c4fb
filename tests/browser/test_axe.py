"""Every page passes axe-core's checks of WCAG 2.2 AA, by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from indexer import Catalogue
from tests.addresses import DESK_PAGES, PAGES, fill

pytestmark = pytest.mark.browser

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def complaints(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page, as rule, element and reason."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(shared: Page, reading_room: Catalogue, path: str) -> None:
    """No violation in either colour scheme, with every part of the page unfolded."""
    shared.set_viewport_size({"width": 1280, "height": 900})
    shared.goto(fill(path, reading_room))
    shared.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for scheme in ("light", "dark"):
        shared.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert complaints(shared) == [], scheme


@pytest.mark.parametrize("path", DESK_PAGES)
def test_a_page_of_the_desk_is_for_everyone(at_desk: Page, reading_room: Catalogue, path: str) -> None:
    """The same for who is signed in; and on a phone nothing stands out at the side."""
    at_desk.goto(fill(path, reading_room))
    assert "/sign-in" not in at_desk.url  # otherwise it is that page which is looked at
    at_desk.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for scheme in ("light", "dark"):
        at_desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert complaints(at_desk) == [], scheme
    at_desk.set_viewport_size({"width": 390, "height": 844})
    assert at_desk.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    at_desk.set_viewport_size({"width": 1280, "height": 900})


def test_the_list_of_keys_is_for_everyone(page: Page) -> None:
    """The dialog that a script adds is held to the same."""
    page.goto("/search?q=mosul")
    page.keyboard.press("?")
    assert complaints(page) == []


def test_axe_would_tell(page: Page) -> None:
    """A field without a name is found, so that silence means something."""
    page.goto("/about")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any(said.startswith("label") for said in complaints(page))
