"""A historian's hour, from the front page to a file on her own machine, with JavaScript and without."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def search(page: Page, words: str) -> None:
    """Ask from the front page."""
    page.goto("/")
    page.get_by_label("Search the reports").fill(words)
    page.keyboard.press("Enter")


def test_she_searches_narrows_and_takes_back(either: Page) -> None:
    """A tick and Apply narrow the result; the chip above it takes the narrowing back."""
    search(either, "Mosul")
    expect(either.locator("h1")).to_have_text("3 reports for Mosul")
    either.get_by_role("checkbox", name="Samphire Features").check()
    either.get_by_role("button", name="Apply").click()
    expect(either.locator("h1")).to_have_text("1 report for Mosul")
    either.get_by_role("link", name="Remove Outlet: Samphire Features").click()
    expect(either.locator("h1")).to_have_text("3 reports for Mosul")


def test_she_reads_on_through_the_result(either: Page) -> None:
    """Previous and next lead through the result, and back to its list."""
    search(either, "Mosul")
    either.locator("#hits h2 a").nth(1).click()
    expect(either.locator(".turning .said")).to_have_text("Report 2 of 3")
    either.get_by_role("link", name="Next report").click()
    expect(either.locator(".turning .said")).to_have_text("Report 3 of 3")
    either.get_by_role("link", name="Back to the results").click()
    expect(either).to_have_url("/search?q=Mosul")


def test_she_asks_why_and_sees_it_in_the_original(either: Page) -> None:
    """How a date is known is one click away, and the words of the page one more."""
    search(either, "title:gogjali")
    either.locator("#hits h2 a").first.click()
    either.get_by_role("link", name="how this is known").click()
    expect(either.locator("#from-date")).to_be_in_viewport()
    either.locator("#from-date").get_by_role("link").first.click()
    expect(either.locator("mark#at")).to_be_in_viewport()


def test_she_cites_it(either: Page) -> None:
    """Every style is on the page, and a file for her reference manager behind a link."""
    search(either, "title:gogjali")
    either.locator("#hits h2 a").first.click()
    either.locator(".styles summary").click()
    for name in ("chicago-note", "chicago-author-date", "mla", "apa", "harvard", "wiki"):
        expect(either.locator(f"#cite-{name}")).to_be_visible()
    with either.expect_download() as download:
        either.get_by_role("link", name="RIS").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("TY  - NEWS")


def test_she_lists_what_she_wants_and_takes_it_away(either: Page) -> None:
    """Two ticks, a list, and a table of just these two."""
    search(either, "Mosul")
    either.locator(".tick input").nth(0).check()
    either.locator(".tick input").nth(2).check()
    either.get_by_role("button", name="List the ticked reports").click()
    expect(either.locator("h1")).to_have_text("2 reports on this list")
    either.get_by_role("link", name="Export this list").click()
    with either.expect_download() as download:
        either.get_by_role("link", name="CSV alone").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 2


def test_the_script_remembers_the_list_from_page_to_page(page: Page) -> None:
    """What was ticked before is still ticked, and counted in the masthead."""
    search(page, "Mosul")
    page.locator(".tick input").first.check()
    search(page, "title:dust")
    expect(page.locator(".tick input").first).to_be_checked()
    expect(page.get_by_role("link", name="Your list (1)")).to_be_visible()
    page.get_by_role("link", name="Your list (1)").click()
    page.locator("a.drop").click()
    expect(page.locator("h1")).to_have_text("Your list")
    expect(page.get_by_role("link", name="Your list", exact=True)).to_be_visible()


def test_the_script_applies_ticks_and_keeps_the_place(page: Page) -> None:
    """A tick narrows by itself, and its box has the focus again."""
    search(page, "Mosul")
    page.get_by_role("checkbox", name="Samphire Features").check()
    expect(page).to_have_url("/search?q=Mosul&outlet=samphire-features")
    expect(page.get_by_role("checkbox", name="Samphire Features")).to_be_focused()


def test_the_script_copies_a_citation(page: Page) -> None:
    """One press, and the note is on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    search(page, "title:gogjali")
    page.locator("#hits h2 a").first.click()
    page.get_by_role("button", name="Copy Chicago, note").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-chicago-note").inner_text()


def test_keys_lead_through_results_and_reports(page: Page) -> None:
    """j, k, x and o in the list; ], [, c and r in the report; / to ask again."""
    page.goto("/search?q=Mosul")
    for key in "jjkj":
        page.keyboard.press(key)
    expect(page.locator("#hits h2 a").nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".tick input").nth(1)).to_be_checked()
    page.locator("#hits h2 a").nth(1).focus()
    page.keyboard.press("o")
    expect(page.locator(".turning .said")).to_have_text("Report 2 of 3")
    page.keyboard.press("]")
    expect(page.locator(".turning .said")).to_have_text("Report 3 of 3")
    page.keyboard.press("[")
    expect(page.locator(".turning .said")).to_have_text("Report 2 of 3")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Copy Chicago, note")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("h1")).to_have_text("The original beside the cleaned report")
    page.keyboard.press("r")
    expect(page.locator("article .title")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jo]")
    expect(page.locator("#q")).to_have_value("jo]")


def test_single_keys_can_be_switched_off(page: Page) -> None:
    """Who speaks to the machine needs no letters that act (WCAG 2.1.4)."""
    page.goto("/search?q=Mosul")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator("#hits h2 a").first).not_to_be_focused()
