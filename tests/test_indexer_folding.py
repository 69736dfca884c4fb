"""Each story once: the same for every engine, with counts in reports and in stories."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from archive.home import create_home
from archive.model import Date
from archive.store import Store
from indexer import Catalogue, SearchRequest
from tests.copies import copy_page, write_copy
from tests.factories import make_description

ENGINES = ("memory", "tantivy", "whoosh")
STORIES, VERSIONS = 4, 3


@pytest.fixture(scope="module", params=ENGINES)
def catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, new_home: Path
) -> Iterator[Catalogue]:
    """Return a catalogue of four stories of three reports each, and two reports that are stories of their own."""
    home = create_home(copytree(new_home, tmp_path_factory.mktemp("folding") / "home"))
    with Store.open(home) as store:
        batch = store.start_batch("ann", [])
        for number in range(STORIES * VERSIONS + 2):
            lone = number >= STORIES * VERSIONS
            copy = write_copy(number if lone else number % STORIES)
            page, changes = copy_page(f"page{number}", copy[: 6 - number % 2])
            day = f"2016-10-{number + 1:02}"
            changes["published"] = Date(day, day, day, "stated")
            store.put(page, make_description(page, **changes), batch=batch)
    with Catalogue.open(home, engine=request.param) as opened:
        yield opened


def test_counts_are_given_both_ways(catalogue: Catalogue) -> None:
    """Fourteen reports are six stories, folded or not; a hit says how many reprint it."""
    page = catalogue.search(SearchRequest(sort="oldest", per_page=20))
    assert (page.total, page.stories, page.pages) == (14, 6, 1)
    assert [hit.reprints for hit in page.hits] == [2] * 12 + [0, 0]
    assert len({hit.story for hit in page.hits}) == STORIES + 1


def test_folded_pages_hold_each_story_once(catalogue: Catalogue) -> None:
    """The first report of each story in the order stands for it, and pages go on where the last one ended."""
    asked = SearchRequest(sort="oldest", fold=True, per_page=4)
    first, second = (catalogue.search(replace(asked, page=number)) for number in (1, 2))
    assert (first.total, first.stories, first.pages) == (14, 6, 2)
    published = [hit.published for page in (first, second) for hit in page.hits]
    assert published == [f"2016-10-{day:02}" for day in (1, 2, 3, 4, 13, 14)]


def test_all_of_a_folded_result_is_what_its_pages_show(catalogue: Catalogue) -> None:
    """What is exported is what is on screen, and the way to the next report passes over reprints."""
    asked = SearchRequest(sort="newest", fold=True, per_page=20)
    ids = [hit.id for hit in catalogue.search(asked).hits]
    found = catalogue.find_all(asked)
    assert (found.total, list(found.ids)) == (6, ids)
    turning = catalogue.neighbours(asked, ids[2], 3)
    assert turning is not None
    assert (turning.total, turning.before, turning.after) == (6, ids[1], ids[3])


def test_words_narrow_before_stories_are_folded(catalogue: Catalogue) -> None:
    """Only matching reports count, in both ways of counting."""
    asked = SearchRequest("date:2016-10-05..2016-10-13", sort="oldest", fold=True)
    page = catalogue.search(asked)
    assert (page.total, page.stories) == (9, 5)
    assert page.hits[0].published == "2016-10-05"
