"""A librarian's day at the desk, in a real browser, with JavaScript and without."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.home import create_home
from indexer import Catalogue, SearchRequest
from tests.browser.conftest import serve, watch
from tests.desk import PASSWORD, give_account
from tests.reading import SAMPLES
from web.application import create_app

pytestmark = pytest.mark.browser
PATIENCE = 60  # times half a second


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def library(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, new_home: Path
) -> Iterator[tuple[Page, Catalogue]]:
    """Return a page before an empty archive that may import the samples, and the archive's catalogue."""
    folder = shutil.copytree(new_home, tmp_path / "home")
    (folder / "settings.toml").write_text(f"import_roots = [{json.dumps(str(SAMPLES))}]\n", encoding="utf-8")
    with Catalogue.open(create_home(folder), engine="tantivy") as catalogue:
        give_account(catalogue, "curator", "N. Karim")
        website = create_app(catalogue, title="The Library", today=lambda: date(2026, 3, 9))
        for address in serve(website):
            with watch(browser, address, scripted=request.param) as page:
                yield page, catalogue


def sign_in(page: Page) -> None:
    """Sign in as a person does, from the front page."""
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name").fill("N. Karim")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Desk")).to_be_visible()


def open_desk(page: Page, door: str) -> None:
    """Go to a page of the desk by its name."""
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("navigation", name="The desk").get_by_role("link", name=door, exact=True).click()


def wait_for(page: Page, words: str) -> None:
    """Look at a page again and again until these words stand on it."""
    for _ in range(PATIENCE):
        if page.locator("main").get_by_text(words).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main")).to_contain_text(words)


def test_a_librarian_s_day(library: tuple[Page, Catalogue]) -> None:
    """Import, the date queue, an outlet corrected in bulk and undone, a collection published, a withdrawal, history."""
    page, catalogue = library
    sign_in(page)
    import_the_samples(page, catalogue)
    report_id = work_the_date_queue(page, catalogue)
    correct_an_outlet_and_take_it_back(page, catalogue)
    make_a_collection(page, catalogue)
    publish_it(page, catalogue)
    withdraw_a_report(page, catalogue)
    read_the_history(page, report_id)


def import_the_samples(page: Page, catalogue: Catalogue) -> None:
    """Name the folder, watch the work, and see what became of each page."""
    open_desk(page, "Import")
    page.get_by_label("Or a folder of the server").fill(str(SAMPLES))
    page.get_by_label("Collection", exact=True).fill("Demonstration")
    page.get_by_role("button", name="Import").click()
    wait_for(page, "Finished")
    page.get_by_role("link", name="What became of each page").click()
    expect(page.locator("h1")).to_have_text("Import 1")
    assert catalogue.status().reports == 30


def work_the_date_queue(page: Page, catalogue: Catalogue) -> str:
    """Say of one undated report when it is from, in words; it waits no longer. Returns its id."""
    waiting = catalogue.queues.counts()["no-date"]
    open_desk(page, "Queues")
    page.get_by_role("link", name="No date", exact=True).click()
    report_id = page.url.rpartition("/")[2].partition("?")[0]
    page.get_by_role("link", name="Write another date").click()
    page.get_by_label("Date", exact=True).fill("about March 1990")
    page.get_by_role("button", name="See how it is read").click()
    expect(page.locator("main")).to_contain_text("1990-03~")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".notice").first).to_be_visible()
    assert catalogue.report(report_id).report.published.edtf == "1990-03~"
    assert catalogue.queues.counts()["no-date"] == waiting - 1
    return report_id


def correct_an_outlet_and_take_it_back(page: Page, catalogue: Catalogue) -> None:
    """Give every report of one outlet to another, see it done, and undo the whole of it."""
    page.goto("/search?outlet=ferrin-wire")
    page.get_by_role("link", name="bulk edit").click()
    form = page.locator("form.stacked").first
    form.get_by_label("Field").select_option("outlet")
    form.get_by_label("What to do").select_option("set")
    form.get_by_label("Value").fill("marrowby-signal")
    form.get_by_role("button", name="Show what would change").click()
    expect(page.locator("table tbody tr").first).to_contain_text("The Marrowby Signal")
    moved = page.locator("main table tbody tr").count()
    page.get_by_role("button", name=f"Change {moved} report").click()
    wait_for(page, "Undo")
    assert count_of(catalogue, "ferrin-wire") == 0
    page.get_by_role("button", name="Undo", exact=True).last.click()
    wait_for(page, "Takes back")
    for _ in range(PATIENCE):
        if count_of(catalogue, "ferrin-wire") == moved:
            break
        page.wait_for_timeout(500)
        page.reload()
    assert count_of(catalogue, "ferrin-wire") == moved


def make_a_collection(page: Page, catalogue: Catalogue) -> None:
    """Put what a search finds into a new collection; readers find it among the collections."""
    page.goto("/search?q=mosul")
    page.get_by_role("link", name="bulk edit").click()
    page.get_by_label("Or a new one").fill("The battle for Mosul")
    page.get_by_role("button", name="Put them in").click()
    page.get_by_role("button", name="Change").click()
    wait_for(page, "Undo")
    made = next(one for one in catalogue.collection_desk.all() if one.name == "The battle for Mosul")
    assert catalogue.collection_desk.figures(made.key).reports == count_found(catalogue, "mosul")


def publish_it(page: Page, catalogue: Catalogue) -> None:
    """Write the curator's word on an item, publish the collection, and see it as readers do."""
    open_desk(page, "Collections")
    page.locator("main").get_by_role("link", name="The battle for Mosul").first.click()
    page.locator("textarea[name=text]").first.fill("Read this one first.")
    page.get_by_role("button", name="Write the text for").first.click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.locator(".notice").first).to_be_visible()
    page.goto("/collections")
    page.locator("main").get_by_role("link", name="The battle for Mosul").click()
    expect(page.locator("main")).to_contain_text("Read this one first.")
    made = next(one for one in catalogue.collection_desk.all() if one.name == "The battle for Mosul")
    assert made.public


def withdraw_a_report(page: Page, catalogue: Catalogue) -> None:
    """Take one report down with a reason: its address says why, and no search finds it."""
    page.goto("/search?q=title:gogjali")
    page.locator("#hits h2 a").first.click()
    address = page.url.partition("?")[0]
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_label("Reason").fill("A person named in it asked for it.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".notice").first).to_be_visible()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(page.locator("main")).to_contain_text("asked for it")
    assert count_found(catalogue, "title:gogjali") == 0


def read_the_history(page: Page, report_id: str) -> None:
    """Read on a report's own page who did what to it, the latest first."""
    page.goto(f"/a/{report_id}")
    page.get_by_role("link", name="What happened to this report").click()
    expect(page.locator(".events li").first).to_contain_text("N. Karim")
    expect(page.locator(".events")).to_contain_text("1990")


def count_found(catalogue: Catalogue, text: str) -> int:
    """Return how many reports a question finds."""
    return catalogue.count(SearchRequest(text))


def count_of(catalogue: Catalogue, outlet: str) -> int:
    """Return how many reports an outlet has."""
    return catalogue.count(SearchRequest(selected={"outlet": (outlet,)}))
