"""The contract of all engines: for every question the oracle's reports, the oracle's order and the oracle's counts."""

import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.holdings import StoredReport
from indexer.document import DEFAULT_KEYS, make_document
from indexer.engine import Engine, Question
from indexer.engines import ENGINES, choose_engine, is_installed, open_engine, tantivy
from indexer.engines.fields import JOINED
from indexer.engines.records import open_index
from indexer.errors import EngineMissing, UnknownEngine
from indexer.paging import rank_id
from indexer.query.meaning import understand
from indexer.query.parser import parse
from indexer.results import DateMode, Sort
from indexer.spreading import arrange
from tests.engine_contract import REPORTS, check_agreement, questions, write_report

NAMES = ("memory", "tantivy", "whoosh")
SMALL_ARCHIVE = (
    write_report(1, "Bombing in Mosul", "The old city was bombed.", dates=("2016-10-17", "2016-10-17"),
                 outlet="dawn", places=("iq-mosul",), section=("News", "War")),
    write_report(2, "Abu Bakr al-Baghdadi speaks", "He spoke to ISIS.", "Nobody in the city was old.",
                 dates=("2016-10-01", "2016-11-30"), outlet="dusk", places=("iq-qaim",), section=("News",)),
    write_report(3, "A bomb, a city", "Old and very large city; Isis is a river.", dates=("1990-01-01", None)),
    write_report(4, "Łódź", "Reporters of the U.S. in Qa'im said 1,200 left", "Mosul's mayor too.",
                 caption="An old car"),
)  # fmt: skip
FOUND = (
    ("", "1234"),
    ("bomb", "13"),  # stems: bombing, bombed, bomb
    ("BOMBS", "13"),
    ("mosul bomb", "1"),  # all words, whichever field they stand in
    ("title:mosul", "1"),
    ("mosul", "14"),
    ("mosul OR lodz", "14"),
    ("city -bomb", "2"),
    ("NOT city", "4"),
    ("-city -mosul", ""),
    ("-(bomb OR lodz)", "2"),
    ('"old city"', "1"),
    ('"city old"', ""),
    ('"old city"~2', "1"),
    ('"old city"~3', "13"),  # old [and very large] city
    ('"old was"~1', "1"),
    ('"city bombed"~1', "1"),
    ('"was old"', "2"),
    ('"isis nobody"~50', ""),  # no phrase reaches from one paragraph into the next
    ("bomb*", "13"),
    ("bombi*", "1"),
    ("mossul~", "14"),
    ("msoul~", "14"),  # two letters exchanged are one edit
    ("osul~", "14"),  # the first letter may differ
    ("mxxsul~", ""),
    ("mxxsul~2", "14"),
    ("osul~1,1", ""),  # the first letter is fixed
    ("msoul~1,1", "14"),
    ("mossul~1,4", ""),  # moss…
    ("m*sul", "14"),
    ("m?sul", "14"),
    ("m?*l", "14"),
    ("b*b", "3"),  # bomb, and neither bombing nor bombed
    ("bo?b?*", "1"),
    ("albag*di", "2"),
    ("old W/0 city", "1"),
    ("city W/0 old", "1"),
    ("old W/2 city", "12"),
    ("city w/3 old", "123"),
    ('"the old" W/1 bombed', ""),  # the old [city was] bombed
    ('"the old" W/2 bombed', "1"),
    ('bombing W/1 "in mosul"', "1"),
    ('"old and" W/3 "is a"', ""),  # Old and [very large city; Isis] is a river
    ('"old and" W/4 "is a"', "3"),
    ('"is a" W/4 "old and"', "3"),
    ('"is a" W/3 "old and"', ""),
    ('"the old" W/9 "was bombed"', "1"),
    ('"city was" W/9 "was bombed"', ""),  # they share a word: neither stands beside the other
    ("(old OR large) W/0 city", "13"),
    ("isis W/50 nobody", ""),  # not from one paragraph into the next
    ("city W/5 city", ""),  # there is only one in each
    ("=isis W/5 river", "3"),
    ("=ISIS W/5 river", ""),
    ("qa'im W/3 said", "4"),
    ("al-Baghdadi W/0 speaks", "2"),
    ("has:caption", "4"),
    ("has:place", "12"),
    ("-has:outlet", "34"),
    ("has:date", "12"),
    ("has:media", ""),
    ("title,caption:old", "4"),
    ("title,text:(old bombing)", "13"),
    ("(lodz OR mosul) AND NOT bombing", "4"),
    ("=isis", "23"),
    ("=ISIS", "2"),
    ("=Isis", "3"),
    ("isis", "23"),
    ("=bomb", "3"),
    ('="old City"', ""),
    ('="old city"', "1"),
    ("al-Baghdadi", "2"),
    ("albaghdadi", "2"),
    ('"al baghdadi"', "2"),
    ('"abu bakr albaghdadi"', "2"),
    ('"albaghdadi speaks"', "2"),
    ("al-Bagh*", "2"),
    ("albagdadi~", "2"),
    ("lodz", "4"),
    ("=lodz", "4"),
    ("=Lodz", ""),
    ("us", "4"),
    ("qaim 1200", "4"),
    ("caption:old", "4"),
    ("outlet:dawn", "1"),
    ("section:war", "1"),
    ("place:mosul", "1"),
    ("title:(mosul OR lodz) old", "14"),
    ("date:2016", "123"),  # number 3 is from 1990 or any time after
    ("date:2016-10", "123"),
    ("date:2016-11", "23"),
    ("date:2016-10-18..", "23"),
    ("date:..1990", "3"),
    ("date:1989", ""),
    ("date:2020", "3"),
    ("date:unknown", "34"),  # "since 1990" says less than a century
    ("-date:unknown", "12"),
)


@pytest.fixture(params=NAMES, scope="module")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return each engine in turn, holding the small archive."""
    opened = open_engine(request.param, tmp_path_factory.mktemp(request.param))
    opened.update([make_document(report) for report in SMALL_ARCHIVE], fresh=True)
    yield opened
    opened.close()


def ask(engine: Engine, query: str, mode: DateMode = "possible", **asked: object) -> tuple[str, ...]:
    """Return the numbers of the reports an engine finds."""
    clause = understand(parse(query).tree, DEFAULT_KEYS, certain=mode == "certain")
    answer = engine.search(Question(clause, date_mode=mode, **asked))  # type: ignore[arg-type]
    return tuple(report_id[-1] for report_id, _ in answer.page)


@pytest.mark.parametrize(("query", "numbers"), FOUND)
def test_every_kind_of_query_finds_what_the_manual_says(engine: Engine, query: str, numbers: str) -> None:
    """Each engine finds the reports a person picks out by hand."""
    assert "".join(sorted(ask(engine, query))) == numbers


def test_certain_dates_lie_within_whatever_day_is_meant(engine: Engine) -> None:
    """In the certain mode a date that may lie outside is not found, nor counted."""
    assert sorted(ask(engine, "date:2016-10", "certain")) == ["1"]
    assert sorted(ask(engine, "date:2016", "certain")) == ["1", "2"]
    counts = engine.search(Question(date_mode="certain")).facets["date"]
    assert dict(counts) == {"2016": 2, "2016-10": 1, "unknown": 2}


def test_an_uncertain_date_counts_wherever_it_may_lie(engine: Engine) -> None:
    """In the possible mode October and November both count the report that may be from either."""
    assert dict(engine.search(Question()).facets["date"]) == {"2016": 2, "2016-10": 2, "2016-11": 1, "unknown": 2}


def test_a_facet_ignores_its_own_selection(engine: Engine) -> None:
    """Selecting an outlet narrows every other facet and leaves the outlets' own counts as they were."""
    facets = engine.search(Question(selected={"outlet": ("dawn",)})).facets
    assert dict(facets["outlet"]) == {"dawn": 1, "dusk": 1, "unknown": 2}
    assert dict(facets["section"]) == {"News": 1, "War": 1}


def test_values_of_one_facet_are_alternatives_and_facets_add_up(engine: Engine) -> None:
    """OR inside a facet, AND between facets, and `unknown` is a value like any other."""
    assert sorted(ask(engine, "", selected={"outlet": ("dawn", "unknown")})) == ["1", "3", "4"]
    assert sorted(ask(engine, "", selected={"outlet": ("dawn", "dusk"), "section": ("War",)})) == ["1"]


def test_excluded_values_are_left_out_of_reports_and_counts(engine: Engine) -> None:
    """An excluded value takes its reports away, from its own facet too."""
    question = Question(excluded={"section": ("War",)})
    assert dict(engine.search(question).facets["section"]) == {"News": 1, "unknown": 2}


@pytest.mark.parametrize(("sort", "order"), [("newest", "2134"), ("oldest", "3214"), ("title", "3214")])
def test_orders_are_the_same_everywhere_and_undated_come_last(engine: Engine, sort: str, order: str) -> None:
    """By date the undated come last in both directions; by title capitals and accents do not matter."""
    assert "".join(ask(engine, "", sort=sort)) == order


def test_equal_scores_are_ordered_by_id_over_all_pages(engine: Engine) -> None:
    """Leafing through equally relevant reports shows each of them once, by id."""
    pages = [ask(engine, "NOT zzz", offset=offset, limit=1) for offset in range(5)]
    assert pages == [("1",), ("2",), ("3",), ("4",), ()]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
def test_all_of_a_result_is_read_in_as_few_steps_as_it_takes(
    sort: Sort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One report at first and then four at a time: seven come in three searches, each once, in the pages' order."""
    opened = tantivy.TantivyEngine(tmp_path)
    opened.update([make_document(write_report(number, "", "Old bridge")) for number in range(7)], fresh=True)
    monkeypatch.setattr(tantivy, "FIRST_STEP", 1)
    monkeypatch.setattr(tantivy, "STEP", 4)
    find = Mock(wraps=tantivy._find_page)
    monkeypatch.setattr(tantivy, "_find_page", find)
    assert list(opened.walk(Question(sort=sort))[1]) == [f"id{number:03}" for number in range(7)]
    assert find.call_count == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_word_of_the_title_adds_to_those_of_the_text(name: str, tmp_path: Path) -> None:
    """Of two reports with the same text, the one that has the word in its title too comes first."""
    texts = ("Troops left the old bridge in the morning.", "Nobody was hurt there, the mayor said.")
    titles = ("A quiet day at the river", "Bridge left", "Another quiet day at the river")
    engine = open_engine(name, tmp_path)
    reports = [write_report(number, title, *texts) for number, title in enumerate(titles)]
    engine.update([make_document(report) for report in reports], fresh=True)
    engine.refresh()
    assert ask(engine, "bridge")[0] == "1"
    engine.close()


@pytest.mark.parametrize("name", NAMES)
def test_an_update_replaces_and_removes(name: str, tmp_path: Path) -> None:
    """A document given again replaces itself, a removed one is gone, the rest stays."""
    engine = open_engine(name, tmp_path)
    engine.update([make_document(report) for report in SMALL_ARCHIVE], fresh=True)
    engine.update([make_document(write_report(1, "Zanzibar"))], removed=["id002"])
    assert (engine.count(), ask(engine, "zanzibar"), ask(engine, "bombing"), ask(engine, "spoke")) == (
        3, ("1",), ("3",), ())  # fmt: skip
    engine.close()


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_another_reader_sees_an_update_after_a_refresh(name: str, tmp_path: Path) -> None:
    """A reader keeps its state until it is told to look, and then sees all of the update."""
    writer = open_engine(name, tmp_path)
    writer.update([make_document(SMALL_ARCHIVE[0])], fresh=True)
    reader = open_engine(name, tmp_path)
    before = reader.count()
    writer.update([make_document(report) for report in SMALL_ARCHIVE])
    reader.refresh()
    assert (before, reader.count()) == (1, 4)
    writer.close()
    reader.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports=REPORTS, asked=st.lists(questions(), min_size=10, max_size=30))
def test_every_question_has_the_oracles_answer(name: str, reports: list[StoredReport], asked: list[Question]) -> None:
    """On any small archive an engine finds the oracle's reports and counts the oracle's facets."""
    check_agreement(name, [make_document(report) for report in reports], asked)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports=REPORTS, asked=st.lists(questions(), min_size=10, max_size=40))
def test_very_many_questions_have_the_oracles_answer(
    name: str, reports: list[StoredReport], asked: list[Question]
) -> None:
    """The same promise, on many more archives and questions."""
    check_agreement(name, [make_document(report) for report in reports], asked)


def test_keys_that_only_order_are_not_listed(tmp_path: Path) -> None:
    """A title's key stands in its column, and not in a list of words as well."""
    engine = tantivy.TantivyEngine(tmp_path)
    engine.update([make_document(report) for report in SMALL_ARCHIVE], fresh=True)
    searcher = open_index(tmp_path).searcher()
    assert [searcher.terms_with_prefix(field, "") for field in ("by_title", *JOINED.values())] == [[]] * 4
    assert [one for one, _ in engine.search(Question(sort="title")).page] == ["id003", "id002", "id001", "id004"]


def test_arrangements_are_all_ways_to_spread_the_words_between() -> None:
    """Two words between three words stand in one gap, in the other, or in both."""
    assert set(arrange(3, 2)) == {(0, 1, 2), (0, 1, 3), (0, 1, 4), (0, 2, 3), (0, 2, 4), (0, 3, 4)}


@given(st.lists(st.text("0123456789bcdfghjkmnpqrstvwxz", min_size=12, max_size=12), min_size=2, max_size=9))
def test_ranks_order_ids_as_their_letters_do(ids: list[str]) -> None:
    """The number that stands for an id sorts as the id does, and fits the index."""
    assert sorted(ids, key=rank_id) == sorted(ids)
    assert max(map(rank_id, ids)) < 2**63


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_that_is_offered_can_be_chosen(name: str) -> None:
    """Each name stands for an engine that is installed with the program."""
    assert is_installed(choose_engine(name))


def test_auto_takes_the_fastest_engine_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tantivy the choice falls on whoosh, and without both on memory."""
    monkeypatch.setitem(sys.modules, "tantivy", None)
    assert choose_engine("auto") == "whoosh"


def test_an_unknown_engine_is_refused_with_the_names_known() -> None:
    """The sentence lists what can be chosen."""
    with pytest.raises(UnknownEngine, match=r"named 'lucene'\. Choose one of: auto, tantivy, whoosh, memory"):
        choose_engine("lucene")


def test_a_missing_library_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for by name, an engine that is not installed is not silently replaced."""
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineMissing, match="pip install tantivy"):
        choose_engine("tantivy")
