"""Reprints in the pages: folded results, the report's other versions, the story and two versions side by side."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from archive.home import create_home
from archive.model import Date, Title
from archive.store import Store
from indexer import Catalogue
from tests.copies import copy_page, write_copy
from tests.factories import make_description
from tests.reading import read, said
from web.application import create_app

COPY, OTHER = write_copy(1), write_copy(2)
VERSIONS = {
    "dawn": (COPY, "2016-10-17"),
    "dusk": (tuple(part.replace("militia", "fighters") for part in COPY[:5]), "2016-10-19"),
    "noon": ((*COPY, "A <b>school</b> was closed & reopened in the morning."), "2016-10-18"),
    "other": (OTHER, "2016-10-20"),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, new_home: Path) -> Iterator[tuple[FlaskClient, dict[str, str]]]:
    """Return a reader of an archive of one story in three versions and a report of its own, and their ids."""
    home = create_home(copytree(new_home, tmp_path_factory.mktemp("stories") / "home"))
    ids = {}
    with Store.open(home) as store:
        batch = store.start_batch("ann", [])
        for name, (parts, day) in VERSIONS.items():
            page, changes = copy_page(name, parts)
            title = Title(f"{name} tells", name, "made.up", "printed")
            changes |= {"published": Date(day, day, day, "stated"), "title": title}
            ids[name] = store.put(page, make_description(page, **changes), batch=batch).report_id
    with Catalogue.open(home, engine="memory") as catalogue:
        yield create_app(catalogue).test_client(), ids


Room = tuple[FlaskClient, dict[str, str]]


def test_results_are_counted_and_folded(room: Room) -> None:
    """Four reports are two stories; the switch shows each once, and its address is the permalink."""
    reader, _ = room
    page = read(reader, "/search?q=tells")
    switch = page.select_one("nav[aria-label=Reprints]")
    assert said(switch) == "Showevery report (4)each story once (2)"
    assert [said(tag) for tag in page.select(".reprints")] == ["2 reprints of this report"] * 3
    folded = read(reader, "/search?q=tells&fold=1")
    assert said(folded.find("h1")) == "2 stories, 4 reports, for tells"
    assert len(folded.select(".hit")) == 2


def test_a_result_without_reprints_has_no_switch(room: Room) -> None:
    """Where nothing is reprinted, nothing is said of it."""
    assert not read(room[0], "/search?q=title:other").select("nav[aria-label=Reprints], .reprints")


def test_a_report_names_who_else_printed_it(room: Room) -> None:
    """Other versions stand beside the report with outlet and date, earliest first; a report of its own has none."""
    reader, ids = room
    listed = read(reader, f"/a/{ids['dusk']}").select(".reprints li")
    assert [said(tag) for tag in listed] == ["Dawn-Gazette 17 October 2016", "Noon-Gazette 18 October 2016"]
    assert not read(reader, f"/a/{ids['other']}").select(".reprints")


def test_a_story_shows_its_versions_by_date_and_what_they_did(room: Room) -> None:
    """Each version says what it cut, added and renamed; hostile text is only text."""
    reader, ids = room
    page = read(reader, "/story/s1")
    versions = page.select(".versions li")
    assert [said(version.find("h3")) for version in versions] == ["dawn tells", "noon tells", "dusk tells"]
    assert "Added 1 sentence." in said(versions[1])
    assert "Cut 1 sentence and changed" in said(versions[2])
    assert "militia became fighters" in said(versions[2]).replace("→ ", "")
    shown = page.select_one(".shared")
    assert shown is not None
    assert len(shown.select(".common")) == 5
    assert "[in 2 of 3]" in said(shown)
    assert reader.get(f"/story/{ids['dawn']}").headers["Location"] == "/story/s1"
    assert reader.get(f"/story/{ids['other']}").headers["Location"] == f"/a/{ids['other']}"
    read(reader, "/story/s9", status=404)


def test_two_versions_stand_side_by_side(room: Room) -> None:
    """Every sentence has a row that says in words what became of it, and its other words are marked."""
    reader, ids = room
    page = read(reader, f"/story/s1/compare?a={ids['dawn']}&b={ids['dusk']}")
    rows = page.select("tbody tr")
    assert {said(row.find("th")) for row in rows} <= {"the same", "changed", "only in the first"}
    assert {said(tag).lower() for tag in page.select("tbody ins")} == {"fighters"}
    assert [said(row.find("th")) for row in rows].count("only in the first") == 1
    assert page.select_one(f"select[name=b] option[selected][value='{ids['dusk']}']")
    hostile = read(reader, f"/story/s1/compare?a={ids['dawn']}&b={ids['noon']}")
    assert "<b>school</b> was closed & reopened" in said(hostile.find("tbody"))
