"""A librarian's morning at a queue: by keys alone, with the script that adds them and the buttons they press."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import enter, serve, watch
from web.context import EXTENSION

pytestmark = pytest.mark.browser


@pytest.fixture
def at_work(browser: Browser, workplace: Flask) -> Iterator[Page]:
    """Return the page of a curator in an archive that this test may change."""
    for address in serve(workplace):
        with watch(browser, address, scripted=True) as page:
            enter(page, workplace, "curator")
            yield page


def test_a_queue_is_worked_by_keys(at_work: Page, workplace: Flask) -> None:
    """Keys go on and back, leave, accept, undo and open the form, each as its button; typing presses nothing."""
    catalogue = workplace.extensions[EXTENSION].catalogue
    ids = [one.report_id for one in catalogue.queues.page("no-date")]
    at_work.goto("/desk/queue/no-date")
    expect(at_work).to_have_url(f"/desk/queue/no-date/{ids[0]}")
    at_work.keyboard.press("j")
    expect(at_work).to_have_url(f"/desk/queue/no-date/{ids[1]}")
    at_work.keyboard.press("k")
    expect(at_work).to_have_url(f"/desk/queue/no-date/{ids[0]}")
    at_work.get_by_label("Search the archive").press("j")
    expect(at_work).to_have_url(f"/desk/queue/no-date/{ids[0]}")
    at_work.get_by_role("heading", name="Decide").click()
    at_work.keyboard.press("a")
    expect(at_work.get_by_role("status").first).to_contain_text("Decided: date of")
    assert catalogue.queues.find("no-date", ids[0]) is None
    at_work.keyboard.press("u")
    expect(at_work).to_have_url(f"/desk/queue/no-date/{ids[0]}")
    assert catalogue.queues.find("no-date", ids[0]) is not None
    at_work.keyboard.press("s")
    expect(at_work).to_have_url(f"/desk/queue/no-date/{ids[1]}")
    at_work.keyboard.press("e")
    expect(at_work.get_by_role("heading", level=1)).to_have_text("Date")
