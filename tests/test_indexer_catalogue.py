"""The one door: what it finds and shows, and that a correction changes store and index in one step."""

import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from archive.errors import UnknownReport
from archive.fields import FACETS
from archive.holdings import Correction
from archive.home import Home, create_home
from archive.model import Byline, Comment, Date, Description, MediaId, Name, Page, Span
from archive.record import report_from_json
from archive.store import Store
from indexer import Catalogue, SearchRequest
from indexer.lock import hold
from indexer.results import Sort
from tests.factories import make_description, make_page, make_place

SPAN = Span(0, 1)
WAR_DAY = Date("2016-10-17", "2016-10-17", "2016-10-17", "stated")
LATER = Date("2017", "2017-01-01", "2017-12-31", "stated")


def describe(page: Page, number: int) -> Description:
    """Return one of three descriptions: a dated report, a vaguely dated one, and one with hardly anything."""
    if number == 0:
        return make_description(
            page, published=WAR_DAY, places=(make_place(),), media_id=MediaId("55378322", "r"),
            byline=Byline("By A. Hussain", ("A. Hussain",), ("person",), None, "r"),
            names=(Name("islamic-state", "ISIL", 2),), comments=(Comment("Gibberish!", SPAN),),
        )  # fmt: skip
    return make_description(page, published=LATER if number == 1 else Date(), outlet=None)


TEXTS = (
    "ISIL bombs bridge\nBridges of Mosul were bombed.\nBack to top\n",
    "Market reopens\nThe market near the old bridge sells fish.\nBack to top\n",
    "Notes\nNothing.\nBack to top\n",
)


def fill(home: Home) -> None:
    """Store the three reports."""
    with Store.open(home) as store, store.writing():
        batch = store.start_batch("tester", [])
        for number, text in enumerate(TEXTS):
            page = make_page(text, name=f"{number}.txt")
            store.put(page, describe(page, number), batch=batch)
        store.finish_batch(batch, {})


@pytest.fixture(params=["tantivy", "whoosh", "memory"], scope="module")
def catalogue(
    request: pytest.FixtureRequest, new_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    """Return a catalogue of the three reports, with each engine in turn; tests only read from it."""
    home = create_home(shutil.copytree(new_home, tmp_path_factory.mktemp(request.param) / "home"))
    fill(home)
    with Catalogue.open(home, engine=request.param) as opened:
        yield opened


@pytest.fixture(params=["tantivy", "whoosh", "memory"])
def desk(request: pytest.FixtureRequest, home: Home) -> Iterator[Catalogue]:
    """Return a catalogue of the three reports that a test may change."""
    fill(home)
    with Catalogue.open(home, engine=request.param) as opened:
        yield opened


def put_text(store: Store, text: str) -> None:
    """Store a page of this text as a batch of its own."""
    page = make_page(text)
    store.put(page, make_description(page), batch=store.start_batch("tester", []))


def titles(catalogue: Catalogue, query: str, **asked: object) -> list[str | None]:
    """Return the titles a question finds, in order."""
    return [hit.title for hit in catalogue.search(SearchRequest(query, **asked)).hits]  # type: ignore[arg-type]


def first_id(catalogue: Catalogue, query: str) -> str:
    """Return the id of the first report found."""
    return catalogue.search(SearchRequest(query)).hits[0].id


def test_a_hit_shows_all_that_a_list_needs(catalogue: Catalogue) -> None:
    """Title, outlet, date with its basis, byline, Media ID, place and the words found."""
    (hit,) = catalogue.search(SearchRequest("bombed mosul")).hits
    assert (hit.title, hit.outlet, hit.outlet_key, hit.published, hit.published_basis) == (
        "ISIL bombs bridge", "Samara Gazette", "samara-gazette", "2016-10-17", "stated")  # fmt: skip
    assert (hit.byline, hit.media_id, hit.place, hit.opening) == (
        "By A. Hussain", "55378322", "Mosul", "Bridges of Mosul were bombed.")  # fmt: skip
    assert [(snippet.field, [text for text, matched in snippet.parts if matched]) for snippet in hit.snippets] == [
        ("title", ["bombs"]), ("text", ["Mosul", "bombed"])]  # fmt: skip
    assert hit.score > 0


def test_the_answer_reads_the_question_back(catalogue: Catalogue) -> None:
    """The query as understood, the names added, the fields searched, and what was odd about it."""
    page = catalogue.search(SearchRequest('daesh OR "bridge'))
    assert page.searched.query == "daesh OR bridge"
    assert page.searched.expansions[0].word == "daesh"
    assert "ISIL" in page.searched.expansions[0].also
    assert page.searched.fields == ("title", "byline", "media", "text", "caption")
    assert [note.start for note in page.diagnostics] == [9]


def test_variants_can_be_switched_off(catalogue: Catalogue) -> None:
    """Daesh also finds ISIL, unless the reader says otherwise or writes =Daesh."""
    assert titles(catalogue, "daesh") == ["ISIL bombs bridge"]
    assert titles(catalogue, "daesh", variants=False) == []
    assert titles(catalogue, "=Daesh") == []


def test_facets_speak_of_all_matches(catalogue: Catalogue) -> None:
    """Labels, counts, parents and selection, in the table's order of facets."""
    page = catalogue.search(SearchRequest("", per_page=1, selected={"place": ("IQ",)}))
    facets = {facet.key: facet for facet in page.facets}
    assert list(facets) == [field.key for field in FACETS]
    assert [(v.value, v.label, v.count, v.selected, v.parent) for v in facets["place"].values] == [
        ("unknown", "No place found", 2, False, None), ("IQ", "Iraq", 1, True, None),
        ("geonames:92877", "Nineveh", 1, False, "IQ"), ("geonames:99072", "Mosul", 1, False, "geonames:92877"),
    ]  # fmt: skip
    assert [(v.label, v.count) for v in facets["date"].values] == [("2016", 1), ("October 2016", 1)]


def test_pages_are_counted_and_leafed_through(catalogue: Catalogue) -> None:
    """Every report stands on exactly one page; without words the newest come first, the undated last."""
    pages = [catalogue.search(SearchRequest("", page=number, per_page=1)) for number in (1, 2, 3, 4)]
    assert [[hit.title for hit in page.hits] for page in pages] == [
        ["Market reopens"], ["ISIL bombs bridge"], ["Notes"], []]  # fmt: skip
    assert {(page.total, page.pages) for page in pages} == {(3, 3)}


@pytest.mark.parametrize("sort", get_args(Sort))
def test_every_result_is_reached_in_the_order_of_the_pages(catalogue: Catalogue, sort: Sort) -> None:
    """All of a result, read to its end, is its pages one after the other."""
    asked = SearchRequest("bridge OR nothing", sort=sort, per_page=1)
    found = catalogue.find_all(asked)
    pages = [catalogue.search(replace(asked, page=page + 1)).hits[0].id for page in range(found.total)]
    assert [stored.id for stored in catalogue.reports([*found.ids, "nobodys"])] == pages
    assert (found.total, found.searched.query) == (3, "bridge OR nothing")


@pytest.mark.parametrize(
    "asked",
    [
        {"page": 10**30}, {"page": -5}, {"per_page": 0}, {"per_page": -1}, {"per_page": 10**9},
        {"selected": {"nonsense": ("x",), "place": ("\ud800", "\x00", "x" * 100_000)}}, {"excluded": {"": ("",)}},
        {"text": "\x00\u202e)(" * 3_000}, {"text": "a*" * 5_000}, {"text": "b~2 " * 300}, {"text": '"a b c"~9 ' * 60},
    ],
    ids=lambda asked: str(asked)[:30],
)  # fmt: skip
def test_no_question_is_an_error(catalogue: Catalogue, asked: dict[str, object]) -> None:
    """Whatever an address says, there is an answer."""
    page = catalogue.search(SearchRequest(**asked))  # type: ignore[arg-type]
    assert 0 <= len(page.hits) <= page.total <= 3


def test_comments_are_found_only_where_asked_for(catalogue: Catalogue) -> None:
    """A reader's word is not the report's."""
    assert titles(catalogue, "gibberish") == []
    assert titles(catalogue, "comments:gibberish") == ["ISIL bombs bridge"]


def test_a_correction_changes_store_and_index_in_one_step(desk: Catalogue) -> None:
    """The new title is found at once and the old one no longer; taken back, all is as before."""
    report_id = first_id(desk, "market reopens")
    event = desk.correct(Correction(report_id, "title", "Bazaar opens", "librarian"))
    assert titles(desk, "title:bazaar") == ["Bazaar opens"]
    assert titles(desk, "title:market") == []
    desk.undo(event.number, by="librarian")
    assert (titles(desk, "title:bazaar"), titles(desk, "title:market")) == ([], ["Market reopens"])
    assert [event.agent for event in desk.history(report_id)][-2:] == ["librarian", "librarian"]


def test_a_corrected_date_moves_in_the_facet(desk: Catalogue) -> None:
    """A date set by a person is found by its range and counted."""
    desk.correct(Correction(first_id(desk, "notes"), "published", "1989-10", "librarian"))
    page = desk.search(SearchRequest("date:1989"))
    assert [hit.published for hit in page.hits] == ["1989-10"]
    dates = next(facet for facet in page.facets if facet.key == "date")
    assert [value.value for value in dates.values] == ["1989", "1989-10"]


def test_a_report_is_shown_with_its_record_and_its_marks(catalogue: Catalogue) -> None:
    """Record, blocks, evidence, original and highlighted texts belong to one report."""
    report_id = first_id(catalogue, "market")
    report = catalogue.report(report_id).report
    assert report_from_json(catalogue.record(report_id)) == report
    assert [block.kept for block in catalogue.blocks(report_id)] == [True, True, False]
    assert catalogue.evidence(report_id)[0].field == "title"
    assert catalogue.original(report_id)[1].startswith(b"Market reopens")
    assert catalogue.sources(report_id)[0].name == "1.txt"
    marks = catalogue.highlight(report_id, "market -zebra")
    assert marks["title"] == ((("Market", True), (" reopens", False)),)
    assert marks["text"][0][1] == ("market", True)


def test_an_unknown_report_is_said_to_be_unknown(catalogue: Catalogue) -> None:
    """Every way to show a report refuses an id that is nobody's."""
    for show in (catalogue.report, catalogue.record, catalogue.history, catalogue.blocks, catalogue.original):
        with pytest.raises(UnknownReport):
            show("zzzzzzzzzzzz")


def test_labels_are_those_of_the_facets(catalogue: Catalogue) -> None:
    """One value's name can be asked for by itself."""
    assert catalogue.label("place", "IQ") == "Iraq"
    assert catalogue.label("date", "2016-10") == "October 2016"


def test_status_says_what_is_held_and_indexed(catalogue: Catalogue) -> None:
    """Figures of the store beside those of the index."""
    status = catalogue.status()
    assert (status.reports, status.indexed, status.undated, status.earliest, status.latest) == (
        3, 3, 1, "2016-10-17", "2017-12-31")  # fmt: skip
    assert status.note is None


def test_a_correction_is_kept_while_the_index_is_busy(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process holds the index: the correction is stored, and found once the index is free."""
    monkeypatch.setattr("indexer.catalogue.PATIENCE", 0.05)
    page = make_page()
    with Store.open(home) as store:
        store.put(page, make_description(page), batch=store.start_batch("tester", []))
    with Catalogue.open(home) as catalogue:
        with hold(home.index / "writing.lock"):
            catalogue.correct(Correction(first_id(catalogue, ""), "title", "Zebra", "librarian"))
            assert titles(catalogue, "zebra") == []
        assert titles(catalogue, "zebra") == ["Zebra"]


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_correction_during_an_import_is_found_at_once(home: Home, engine: str) -> None:
    """What a person changes is found now, what a running import brings when it is done, and both after that."""
    with Store.open(home) as store, Catalogue.open(home, engine=engine) as catalogue:
        put_text(store, "Before\nText\n")
        catalogue.refresh()
        with store.one_batch():
            put_text(store, "Meanwhile\nText\n")
            catalogue.correct(Correction(first_id(catalogue, "before"), "title", "Zebra", "librarian"))
            assert (titles(catalogue, "zebra"), titles(catalogue, "meanwhile")) == (["Zebra"], [])
        catalogue.refresh()
        assert (titles(catalogue, "zebra"), titles(catalogue, "meanwhile")) == (["Zebra"], ["Meanwhile"])


def test_an_index_in_memory_follows_a_correction_during_an_import(home: Home) -> None:
    """Where the index is no folder it takes in everything, and leaves nothing on the disk."""
    with Store.open(home) as store, Catalogue.open(home, engine="memory") as catalogue:
        put_text(store, "Before\nText\n")
        catalogue.refresh()
        with store.one_batch():
            put_text(store, "Meanwhile\nText\n")
            catalogue.correct(Correction(first_id(catalogue, "before"), "title", "Zebra", "librarian"))
        assert (titles(catalogue, "zebra"), titles(catalogue, "meanwhile")) == (["Zebra"], ["Meanwhile"])
    assert list(home.index.iterdir()) == []


def test_without_tantivy_whoosh_serves_and_it_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive opens all the same, with a note on why it is slower."""
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with Catalogue.open(home) as catalogue:
        status = catalogue.status()
    assert status.engine == "whoosh"
    assert status.note == "The search engine tantivy is not installed here; searching with whoosh, which is slower."


def test_auto_keeps_the_engine_the_index_was_built_with(home: Home) -> None:
    """Who chose whoosh once is not moved to another engine by the next command."""
    Catalogue.open(home, engine="whoosh").close()
    with Catalogue.open(home) as catalogue:
        assert catalogue.status().engine == "whoosh"


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_many_threads_may_ask_while_one_corrects(home: Home, engine: str) -> None:
    """Questions from several threads are answered while the index changes under them."""
    page = make_page()
    with Store.open(home) as store:
        store.put(page, make_description(page), batch=store.start_batch("tester", []))
    totals: list[int] = []
    with Catalogue.open(home, engine=engine) as catalogue:
        report_id = first_id(catalogue, "")

        def ask() -> None:
            totals.extend(len(titles(catalogue, "")) for _ in range(5))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(3):
            catalogue.correct(Correction(report_id, "title", f"Title {number}", "librarian"))
        for thread in threads:
            thread.join()
    assert totals == [1] * 15
