"""Edits of many reports, and what is found after them."""

import pytest

from archive.home import Home
from archive.store import Store
from indexer import Catalogue, Edit, SearchRequest
from tests.test_archive_store_bulk import fill


@pytest.mark.parametrize("engine", ["memory", "tantivy"])
def test_the_index_follows_an_edit_and_its_undoing(home: Home, engine: str) -> None:
    """When an edit is done its new words are found and its old ones are not; undone, the other way round."""
    with Store.open(home) as store:
        fill(store)
    with Catalogue.open(home, engine=engine) as catalogue:
        ids = tuple(catalogue.find_all(SearchRequest("title:flood")).ids)
        number = catalogue.bulk.plan(Edit("title", "find", "Deluge", old="flood"), ids, by="ann")
        catalogue.bulk.start(number, by="ann")
        assert (catalogue.bulk.waits(), catalogue.bulk.work(pause=0), catalogue.bulk.waits()) == (True, True, False)
        assert [catalogue.count(SearchRequest(q)) for q in ("title:flood", "title:deluge")] == [0, 12]
        catalogue.bulk.undo(number, by="ann")
        catalogue.bulk.work(pause=0)
        assert [catalogue.count(SearchRequest(q)) for q in ("title:flood", "title:deluge")] == [12, 0]
        assert [each.number for each in catalogue.bulk.edits()] == [2, 1]


@pytest.mark.parametrize("engine", ["memory", "tantivy"])
def test_the_index_follows_a_collection_and_its_parts(home: Home, engine: str) -> None:
    """The whole finds the reports of its parts, under its new name too; private, the facet does not name it."""
    with Store.open(home) as store:
        ids = fill(store)
    with Catalogue.open(home, engine=engine) as catalogue:
        desk = catalogue.collection_desk
        whole = desk.create("Rivers", by="ann", public=True)
        part = desk.create("Floods", by="ann", public=True, parent=whole)
        desk.add(part, ids[:3], by="ann")
        chosen = SearchRequest(selected={"collection": (whole,)})
        assert (catalogue.count(chosen), catalogue.count(SearchRequest("collection:rivers"))) == (3, 3)
        desk.describe(whole, by="ann", name="Streams", level="fonds", elements={})
        assert (catalogue.count(SearchRequest("collection:streams")), catalogue.label("collection", whole)) == (
            3,
            "Streams",
        )
        event = desk.publish(whole, public=False, by="ann")
        assert (catalogue.count(chosen), catalogue.count(SearchRequest("collection:floods"))) == (0, 0)
        assert event is not None
        catalogue.undo(event.number, by="ann")
        assert catalogue.count(chosen) == 3
