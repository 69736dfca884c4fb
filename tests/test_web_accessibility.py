"""Every page can be read by everyone: with a keyboard, a screen reader, a narrow screen, and without JavaScript."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from indexer import Catalogue
from tests.addresses import PAGES, fill
from tests.reading import read, said

pytestmark = pytest.mark.slow  # every page of the site, six times

STYLES = (Path(__file__).parent.parent / "web" / "static" / "dateline.css").read_text(encoding="utf-8")
PALETTES = re.findall(r":root \{([^}]*--paper[^}]*)\}", STYLES)[:2]


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, website: Flask, reading_room: Catalogue) -> BeautifulSoup:
    """Return each page of the site in turn."""
    address = fill(request.param, reading_room)
    return read(website.test_client(), address, 404 if address == "/nowhere" else 200)


def name_of(page: BeautifulSoup, tag: Tag) -> str:
    """Return the name a screen reader says for a link, a button or a box."""
    name = str(tag.get("aria-label", "")) or said(tag)
    label = None if name else tag.find_parent("label") or page.select_one(f"label[for='{tag.get('id')}']")
    return said(label) if label else name


def test_the_page_has_language_title_and_width(page: BeautifulSoup) -> None:
    """A screen reader knows how to speak it, a phone how wide it is."""
    assert page.html
    assert page.html["lang"] == "en"
    assert said(page.title).endswith(" · The Reading Room")
    assert page.select("meta[name=viewport]")


def test_the_page_has_one_first_heading_and_skips_no_level(page: BeautifulSoup) -> None:
    """Headings are an outline of the page."""
    levels = [int(tag.name[1]) for tag in page.select("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_everything_to_press_has_a_name(page: BeautifulSoup) -> None:
    """Links, buttons and boxes all say what they are."""
    controls = page.select("a[href], button, input:not([type=hidden]), summary")
    assert [str(tag) for tag in controls if not name_of(page, tag)] == []


def test_the_first_link_skips_to_the_page(page: BeautifulSoup) -> None:
    """A keyboard reader gets past the masthead with one key, and every skip link has its goal."""
    skips = [str(link["href"]) for link in page.select(".skip a")]
    assert skips[0] == "#main"
    assert all(page.select_one(skip) for skip in skips)


def test_ids_are_unique_and_names_refer_to_something(page: BeautifulSoup) -> None:
    """No two elements share an id, and what names or describes an element exists."""
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    named = [str(tag[name]) for name in ("aria-labelledby", "aria-describedby", "form", "for")
             for tag in page.select(f"[{name}]")]  # fmt: skip
    assert set(named) <= set(ids)


def test_the_parts_of_the_page_are_landmarks(page: BeautifulSoup) -> None:
    """There is one main part, a search, and navigation with names of their own."""
    assert len(page.select("main")) == len(page.select("body > header")) == len(page.select("body > footer")) == 1
    assert len(page.select("form[role=search]")) == 1
    names = [str(nav.get("aria-label", "")) for nav in page.select("nav")]
    assert all(names)
    assert len(names) == len(set(names))


def test_every_page_names_whose_places_these_are(page: BeautifulSoup) -> None:
    """The attribution that GeoNames asks for stands at the foot of every page."""
    assert "GeoNames, CC BY 4.0" in said(page.find("footer"))


def test_no_page_needs_javascript(page: BeautifulSoup) -> None:
    """Two scripts of our own, data for search engines, and nothing that only a script could use."""
    scripts = page.select("script:not([type='application/ld+json'])")
    assert [str(tag["src"]).partition("?")[0] for tag in scripts] == ["/static/suggest.js", "/static/dateline.js"]
    assert not page.select("noscript, a:not([href]), button:not([type=submit])")


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("ink", "paper"), ("soft", "paper"), ("soft", "wash"), ("aside", "wash"), ("aside", "paper"), ("accent", "paper"),
     ("accent", "wash"), ("ink", "mark"), ("on-accent", "accent")],
)  # fmt: skip
def test_colours_can_be_told_apart(palette: str, text: str, ground: str) -> None:
    """Text and ground differ by at least 4.5 to 1, in daylight and in the dark."""
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", palette))
    light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    "rule",
    [":focus-visible", "prefers-color-scheme: dark", "@media print", "prefers-reduced-motion", "max-width: 48rem"],
)
def test_the_stylesheet_keeps_its_promises(rule: str) -> None:
    """Focus is visible, the dark is dark, print is print, and a phone is narrow."""
    assert rule in STYLES


def test_the_stylesheet_fetches_nothing() -> None:
    """No font, no picture, no import from anywhere."""
    assert not re.search(r"url\(|@import|@font-face", STYLES)
