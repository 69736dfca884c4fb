"""The front page: one box, what the archive holds, and an honest start."""

import pytest
from flask.testing import FlaskClient

from archive.home import Home
from indexer import Catalogue
from tests.reading import read, said
from web.application import create_app
from web.pages.home import facts_sentence


def test_the_front_page_has_one_search_box(reader: FlaskClient) -> None:
    """One labelled box that leads to the search page."""
    forms = read(reader, "/").select("form")
    assert [(form["action"], form.find("input")["name"]) for form in forms] == [("/search", "q")]  # type: ignore[index]


def test_the_front_page_says_what_the_archive_holds(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Reports, outlets, dates and the undated are counted as the catalogue counts them."""
    status = reading_room.status()
    facts = said(read(reader, "/").select_one(".facts"))
    assert facts.startswith(f"{status.reports} reports from {status.outlets} outlets")
    assert f"{status.undated} have no date" in facts


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((1, 1, "1963-11-02", "1963-11-02", 0), "1 report from 1 outlet, dated 2 November 1963."),
        ((5, 2, None, None, 5), "5 reports from 2 outlets; 5 have no date."),
        ((1305, 4, "1963", "2017-07", 1), "1,305 reports from 4 outlets, dated from 1963 to July 2017; 1 has no date."),
    ],
)
def test_the_facts_agree_with_their_nouns(figures: tuple[int, int, str | None, str | None, int], sentence: str) -> None:
    """The sentence is grammatical for one, for many, and without any date."""
    reports, outlets, earliest, latest, undated = figures
    said_here = facts_sentence(reports=reports, outlets=outlets, earliest=earliest, latest=latest, undated=undated)
    assert said_here == sentence


def test_outlets_collections_and_years_are_ways_into_the_search(reader: FlaskClient) -> None:
    """Every link on the front page leads to a page, and to results where it promises some."""
    links = [str(link["href"]) for link in read(reader, "/").select("main a[href^='/search?']")]
    assert {link.partition("?")[2].partition("=")[0] for link in links} == {"outlet", "collection", "place", "date"}
    assert all(read(reader, link).select_one("#hits") for link in links[:8])


def test_an_empty_archive_says_how_to_fill_it(home: Home) -> None:
    """Before the first import, the front page says so and gives the command."""
    with Catalogue.open(home, engine="memory") as catalogue:
        page = read(create_app(catalogue).test_client(), "/")
    assert "Nothing has been imported yet" in said(page.select_one("main"))
    assert said(page.select_one("pre")) == "dateline import FOLDER"


def test_the_archive_bears_its_own_title(reader: FlaskClient) -> None:
    """The title from the settings is on every page's head."""
    assert said(read(reader, "/").select_one(".wordmark")).startswith("The Reading Room")
