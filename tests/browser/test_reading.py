"""A reader's way through the archive in a real browser, on this machine only."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from indexer import Catalogue
from tests.addresses import PAGES, fill
from tests.reading import find_id

pytestmark = pytest.mark.browser

PHONE = 390


def test_a_reader_finds_narrows_opens_and_sees_the_original(page: Page) -> None:
    """From the front page to the greyed blocks of an original, with a mouse and a keyboard."""
    page.goto("/")
    page.get_by_label("Search the reports").fill("Mosul")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Samphire Features").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url("/search?q=Mosul&outlet=samphire-features")
    expect(page.get_by_role("link", name="Remove Outlet: Samphire Features")).to_be_visible()
    page.locator("#hits h2 a").first.click()
    expect(page.locator("article mark").first).to_be_visible()
    page.get_by_role("link", name="The original beside this text").click()
    expect(page.locator(".block.aside").first).to_contain_text("set aside")


def test_the_months_of_a_year_open_in_place(page: Page) -> None:
    """What a year leads to is fetched beneath it, opened and closed by the same link, and its boxes narrow."""
    page.goto("/search")
    door = page.locator("#narrow a.door").first
    door.click()
    months = page.locator("#narrow ul.inside")
    expect(months).to_be_visible()
    expect(door).to_have_attribute("aria-expanded", "true")
    door.press("Enter")
    expect(months).to_be_hidden()
    door.press("Enter")
    months.get_by_role("checkbox").first.check()
    expect(page).to_have_url(re.compile(r"[?&]date=\d{4}-\d{2}$"))


def test_a_concordance_gives_its_width_to_the_context(page: Page) -> None:
    """The word stands narrow in the middle, and as much of the line is seen before it as after it."""
    page.goto("/kwic?q=city")
    line = page.locator(".lines tbody tr").first
    left, word, right, _ = line.evaluate("row => [...row.children].map(cell => cell.offsetWidth)")
    assert left == pytest.approx(right, abs=1)
    assert word < left / 2


def test_several_values_are_ticked_on_the_page_of_a_facet(either: Page) -> None:
    """With a script or without, what is ticked there narrows the search it came from."""
    either.goto("/search/values/place?q=city&by=name")
    for box in either.get_by_role("checkbox").all()[:2]:
        box.check()
    either.get_by_role("button", name="Show reports with the ticked values").click()
    expect(either.get_by_role("link", name="Remove Place:")).to_have_count(2)
    expect(either.locator("#q")).to_have_value("city")


def test_matches_are_gone_through_by_link_and_by_key(page: Page, reading_room: Catalogue) -> None:
    """A match that is gone to shows the way on; n goes to the next and p back to the one before."""
    page.goto(f"/a/{find_id(reading_room, 'title:gogjali')}?q=families")
    page.locator("#matches").get_by_role("link", name="first").click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.get_by_role("link", name="Next match; this is 1").click()
    assert urlsplit(page.url).fragment == "m2"
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert urlsplit(page.url).fragment == "m3"
    expect(page.locator("mark#m3")).to_be_in_viewport()


def test_suggestions_are_chosen_with_the_keyboard(page: Page) -> None:
    """Arrow keys go through the list, Escape closes it, Enter follows what is pointed at."""
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the reports")
    box.press_sequentially("samphire")
    expect(page.get_by_role("option").first).to_contain_text("Samphire Features")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Samphire Features")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search?outlet=samphire-features")


def test_what_was_typed_is_searched_unless_something_is_pointed_at(page: Page) -> None:
    """Enter without a choice asks the question as it stands."""
    page.goto("/")
    page.get_by_role("combobox", name="Search the reports").press_sequentially("samphire")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search?q=samphire")


def test_a_value_is_followed_into_the_original(page: Page, reading_room: Catalogue) -> None:
    """The link beside the byline ends with the byline marked and in sight."""
    page.goto(f"/a/{find_id(reading_room, 'title:gogjali')}")
    page.locator(".sources tr", has_text="Byline").get_by_role("link").first.click()
    expect(page.locator("mark#at")).to_be_in_viewport()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scrolling(shared: Page, reading_room: Catalogue, path: str) -> None:
    """Every page fits 390 pixels."""
    shared.set_viewport_size({"width": PHONE, "height": 844})
    shared.goto(fill(path, reading_room))
    assert shared.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_the_keyboard_sees_where_it_is(page: Page) -> None:
    """The first Tab reaches the skip link, and what has the focus has an outline."""
    page.goto("/search?q=mosul")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_print_shows_the_report_and_hides_the_tools(page: Page, reading_room: Catalogue) -> None:
    """On paper there is the text and its citation, not the search box."""
    page.goto(f"/a/{find_id(reading_room, 'title:gogjali')}")
    page.emulate_media(media="print")
    expect(page.locator("#cite-chicago-note")).to_be_visible()
    expect(page.locator(".masthead form")).to_be_hidden()


def test_the_report_page_obeys_its_own_policy(page: Page, reading_room: Catalogue) -> None:
    """A hostile page runs nothing: no dialog opens and the console stays silent."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for tail in ("", "/original", "/comments"):
        page.goto(f"/a/{find_id(reading_room, 'zugzwang')}{tail}")
    assert dialogs == []


def test_the_map_is_walked_with_the_keyboard(either: Page) -> None:
    """Without mouse or script, a reader goes from disc to disc, and from a country through a town to its reports."""
    either.goto("/search/map?level=country")
    disc = either.locator("svg a").first
    disc.focus()
    expect(disc).to_be_focused()
    either.keyboard.press("Tab")
    expect(either.locator("svg a").nth(1)).to_be_focused()
    either.get_by_role("link", name="Iraq: ").press("Enter")
    expect(either.get_by_role("link", name="Remove Place: Iraq")).to_be_visible()
    town = either.locator("svg a[aria-label^='Mosul: ']")
    said = str(town.get_attribute("aria-label"))
    town.press("Enter")
    expect(either.get_by_role("heading", level=1)).to_contain_text(said.partition(": ")[2].partition(",")[0])
