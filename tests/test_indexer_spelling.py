"""Did you mean: what is suggested, from what, and when nothing is."""

from collections.abc import Iterator

import pytest

from indexer.document import DEFAULT_KEYS, make_document
from indexer.engine import Engine, Question
from indexer.engines import open_engine
from indexer.query.meaning import understand
from indexer.query.parser import parse
from indexer.query.tree import Node
from indexer.results import Suggestion
from indexer.spelling import Vocabulary, begin_otherwise, suggest
from tests.engine_contract import write_report

TEXTS = (
    *(f"The ceasefire in Brellmouth held for day {number}" for number in range(30)),
    "Talks about a ceasefire and a cesefire",
    "A bridge over the Torvel",
    *(f"The government met on day {number}" for number in range(12)),
    "A governent was formed",
    "شارع المدينة القديمة",
    "Peshmerga at a checkpoint",
)


@pytest.fixture(params=("memory", "tantivy", "whoosh"), scope="module")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return each engine in turn, holding some reports."""
    opened = open_engine(request.param, tmp_path_factory.mktemp(request.param))
    opened.update([make_document(write_report(number, "Report", text)) for number, text in enumerate(TEXTS)])
    yield opened
    opened.close()


def mean(engine: Engine, query: str, **selected: tuple[str, ...]) -> Suggestion | None:
    """Return what a reader of this query may have meant."""

    def narrowed(node: Node) -> int:
        return engine.search(Question(understand(node, DEFAULT_KEYS), selected=selected, limit=0, facets=())).total

    def count(node: Node) -> int:
        return engine.search(Question(understand(node, DEFAULT_KEYS), limit=0, facets=())).total

    tree = parse(query).tree
    names = {"daesh": "Daesh", "peshmerga": "Peshmerga", "tisk": "Tisk"}
    return suggest(tree, narrowed(tree), Vocabulary(count, narrowed, engine.spellings, names))


@pytest.mark.parametrize(
    ("query", "changes", "meant", "total"),
    [
        ("ceasefyre", (("ceasefyre", "ceasefire"),), "ceasefire", 31),
        ("cesefire", (("cesefire", "ceasefire"),), "ceasefire", 31),  # one report has it, thirty-one the other
        ("seasefire", (("seasefire", "ceasefire"),), "ceasefire", 31),  # another first letter
        ("brelmouht ceasfire", (("brelmouht", "brellmouth"), ("ceasfire", "ceasefire")), "brellmouth ceasefire", 30),
        ('"ceasefire in brelmouth"', (("brelmouth", "brellmouth"),), '"ceasefire in brellmouth"', 30),
        ("ceasefire W/3 brelmouth", (("brelmouth", "brellmouth"),), "ceasefire W/3 brellmouth", 30),
        ("text:brigde -x", (("brigde", "bridge"),), "text:bridge NOT x", 1),
        ("govermnent", (("govermnent", "government"),), "government", 13),  # not the misspelling with the same stem
        ("peshmurga", (("peshmurga", "peshmerga"),), "peshmerga", 1),
        ("المدنية", (("المدنية", "المدينه"),), "المدينه", 1),
    ],
)
def test_a_misspelt_word_is_suggested_in_the_collections_spelling(
    engine: Engine, query: str, changes: tuple[tuple[str, str], ...], meant: str, total: int
) -> None:
    """Each engine offers the same question, says which word it changed, and how many reports that finds."""
    assert mean(engine, query) == Suggestion(changes, meant, total)


@pytest.mark.parametrize(
    "query",
    ["ceasefire", "zugunruhe", "=ceasefyre", "ceasefyre*", "ceasefyre~", "-ceasefyre", "tha", "Daesh", "bridge", "",
     "ceasefyre bridge", "date:2016", "1,2345"],
)  # fmt: skip
def test_nothing_is_suggested_where_it_would_not_help(engine: Engine, query: str) -> None:
    """Words that are found, meant exactly, unwanted, short or known are left alone, and so is what finds no more."""
    assert mean(engine, query) is None


def test_a_suggestion_keeps_the_selections(engine: Engine) -> None:
    """Where the reader's selections leave nothing, another spelling is no help."""
    assert mean(engine, "ceasefyre", outlet=("nobody",)) is None


def test_a_word_begins_otherwise_by_one_edit() -> None:
    """The first letter replaced, dropped, added before or exchanged, in the alphabet it is from."""
    assert {"bosul", "osul", "amosul", "omsul"} <= begin_otherwise("mosul")
    assert len(begin_otherwise("mosul")) == 25 + 26 + 1 + 1
    assert begin_otherwise("жabc") == {"abc", "aжbc"}
