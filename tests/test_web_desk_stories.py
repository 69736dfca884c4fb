"""A curator's word on stories, given in the browser: confirmed, parted, put together, and taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from archive.home import create_home
from archive.store import Store
from indexer import Catalogue
from tests.copies import put_copy, write_copy
from tests.desk import Desk, sign_in
from tests.reading import said
from web.application import create_app

pytestmark = pytest.mark.slow

COPY, OTHER = write_copy(1), write_copy(2)


@pytest.fixture
def ids(workplace_home: Path) -> dict[str, str]:
    """Return the reports of one story in three versions, and one of its own."""
    with Store.open(create_home(workplace_home)) as store:
        return {
            name: put_copy(store, name, parts)
            for name, parts in (("dawn", COPY), ("dusk", COPY[:4]), ("noon", (*COPY, OTHER[0])), ("own", OTHER))
        }


@pytest.fixture
def workplace_home(tmp_path: Path, new_home: Path) -> Path:
    """Return the folder of an empty archive."""
    return Path(copytree(new_home, tmp_path / "stories"))


@pytest.fixture
def desk(workplace_home: Path, ids: dict[str, str]) -> Iterator[Desk]:
    """Return a curator's browser in an archive with one story."""
    assert ids
    with Catalogue.open(create_home(workplace_home), engine="memory") as catalogue:
        yield sign_in(create_app(catalogue, today=lambda: date(2026, 3, 9)))


def versions(desk: Desk, ids: dict[str, str], name: str = "dawn") -> set[str]:
    """Return who is in the story of a report, by what the story's page shows."""
    page = desk.client.get(f"/story/{ids[name]}", follow_redirects=True).text
    return {one for one, report_id in ids.items() if f"/a/{report_id}" in page}


def test_a_story_waits_until_somebody_decides(desk: Desk) -> None:
    """The queue shows the story with its versions; confirming it takes it out, undoing brings it back."""
    page = desk.get("/desk/stories")
    assert said(page.find("h1")) == "One story to decide"
    assert len(page.select(".waits .listed li")) == 3
    assert "right as it stands" in desk.send("/desk/stories/s1/confirm", then="list")
    assert "No story waits" in said(desk.get("/desk/stories"))
    event = desk.get("/story/s1").select_one("section.desk li button")
    assert event is not None
    assert "Taken back" in desk.send("/desk/stories/undo", event=event["value"])
    assert said(desk.get("/desk/stories?outlet=dawn-gazette").find("h1")) == "One story to decide"
    assert "No story of this outlet" in said(desk.get("/desk/stories?outlet=own-gazette"))


def test_a_report_is_taken_out(desk: Desk, ids: dict[str, str]) -> None:
    """What is ticked leaves the story; without a tick nothing happens, and it is said."""
    assert "Nothing was taken out" in desk.send("/desk/stories/s1/split", reason="x")
    assert "1 report taken out" in desk.send("/desk/stories/s1/split", report=ids["noon"], reason="another day")
    assert versions(desk, ids) == {"dawn", "dusk"}
    assert "another day" in said(desk.get("/story/s1"))


@pytest.mark.parametrize("named", ["{own}", "/a/{own}", "https://archive.example/a/{own}/the-title?q=x", "s1"])
def test_a_report_is_put_together_by_id_or_address(desk: Desk, ids: dict[str, str], named: str) -> None:
    """An id or an address leads to what the two would be; only then are they put together."""
    start = ids["own"] if named == "s1" else "s1"
    named = named.format(**ids)
    page = desk.client.get(f"/desk/stories/{start}/merge", query_string={"with": named}).text
    assert "They would be one story" in page
    other = ids["own"] if start == "s1" else "s1"
    assert "one story now" in desk.send(f"/desk/stories/{start}/merge", **{"with": other})
    assert versions(desk, ids) == {"dawn", "dusk", "noon", "own"}


def test_a_report_is_found_by_words(desk: Desk, ids: dict[str, str]) -> None:
    """Words find reports to choose from; one of the story itself is no choice."""
    page = desk.get("/desk/stories/s1/merge?with=own")
    links = [link["href"] for link in page.select("ol.plain-list a")]
    assert links == [f"/desk/stories/s1/merge?with={ids['own']}"]
    assert "No report was found" in said(desk.get("/desk/stories/s1/merge?with=zugunruhe"))
    assert "in this story already" in said(desk.get(f"/desk/stories/s1/merge?with={ids['dawn']}"))


def test_the_version_shown_first_is_chosen(desk: Desk, ids: dict[str, str]) -> None:
    """The choice shows on the page and can be taken back."""
    desk.send("/desk/stories/s1/first", report=ids["noon"])
    assert said(desk.get("/story/s1").select_one("li.shown h3")).startswith("noon")
    desk.send("/desk/stories/s1/first")
    assert "Shown first by choice" not in said(desk.get("/story/s1"))


def test_readers_see_none_of_it(desk: Desk, ids: dict[str, str]) -> None:
    """Who is not a curator sees the story without the tools, and cannot use them."""
    assert ids
    website = desk.client.application
    assert "Decide" not in website.test_client().get("/story/s1").text
    researcher = sign_in(website, "researcher")
    assert researcher.post("/desk/stories/s1/confirm").status_code == 403


def test_somebody_was_faster(desk: Desk, ids: dict[str, str]) -> None:
    """What no longer fits is refused in words, and nothing changes."""
    desk.send("/desk/stories/s1/split", report=ids["noon"])
    answer = desk.post("/desk/stories/s1/split", report=ids["noon"])
    assert (answer.status_code, "is not in story" in answer.text) == (409, True)
    assert desk.post("/desk/stories/s9/confirm").status_code == 404
