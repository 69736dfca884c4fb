"""More like this is the same on every engine: defined by us, weighed in whole numbers."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.home import Home
from archive.store import Store
from indexer import Catalogue
from indexer.document import make_document
from indexer.engine import Question
from indexer.engines import open_engine
from indexer.engines.memory import MemoryEngine
from indexer.query.clauses import AnyOf, Term, Weighed
from indexer.resembling import find_distinctive, is_alike, shared_words
from tests.copies import put_copy, write_copy
from tests.engine_contract import ENGINES, REPORTS

TERMS = st.builds(Term, st.just("text"), st.just("stem"), st.sampled_from(("bomb", "mosul", "old", "a")))
WEIGHED = st.lists(st.builds(Weighed, TERMS, st.integers(1, 90)), min_size=1, max_size=4)


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=8)
@given(reports=REPORTS, parts=WEIGHED)
def test_weights_add_up_alike_on_every_engine(name: str, reports: list, parts: list[Weighed]) -> None:  # type: ignore[type-arg]
    """The same reports in the same order with the same scores, whatever the weights."""
    question = Question(AnyOf(tuple(parts)), limit=20, facets=())
    oracle, documents = MemoryEngine(), [make_document(stored) for stored in reports]
    oracle.update(documents)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(name, Path(folder))
        engine.update(documents, fresh=True)
        engine.refresh()
        assert engine.search(question).page == oracle.search(question).page
        engine.close()


def test_what_is_common_or_alone_tells_nothing() -> None:
    """Words in a fifth of all reports or in this one only are left out; rare ones and those of the title weigh more."""
    counts = {"bridg": 5, "the": 90, "zugzwang": 1, "mosul": 5, "ferri": 2}
    found = find_distinctive(
        ["Mosul"],
        ["The bridge of Mosul, the ferry, the zugzwang 2016."],
        100,
        lambda stem: counts.get(stem, 99),
    )
    assert list(found) == ["mosul", "ferri", "bridg"]
    assert is_alike(sum(found.values()), found)
    assert not is_alike(found["bridg"] - 1, found)
    assert shared_words(found, ["A ferry in Mosul."]) == ("Mosul", "ferry")


@pytest.mark.parametrize("engine", ["memory", "tantivy", "whoosh"])
def test_a_reports_reprints_are_not_more_like_it(store: Store, home: Home, engine: str) -> None:
    """Others about the same are found, each story once; the report itself and its reprints are not."""
    copy, other, far = write_copy(1), write_copy(2), write_copy(3)
    theme = "Zeppelin hangar inspectors measured the zeppelin hangar twice beside the lagoon."
    first = put_copy(store, "dawn", (*copy, theme))
    put_copy(store, "dusk", (*copy, theme))
    like = [put_copy(store, name, (*other, theme)) for name in ("noon", "night")]
    for number, name in enumerate(("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")):
        put_copy(store, name, write_copy(10 + number))
    put_copy(store, "far", far)
    with Catalogue.open(home, engine=engine) as catalogue:
        found = catalogue.more_like(first)
    assert len(found) == 1
    assert found[0].stored.id in like
    assert {"Zeppelin", "hangar", "lagoon"} <= set(found[0].shared)
