"""Collections: nested without circles, ordered without loss, private where they should be, and every act undoable."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.edits import Edit, EditCounts
from archive.errors import AlreadyUndone, BadCollection, ChangedSince, UnknownCollection
from archive.holdings import Collection, CollectionFigures, CollectionItem
from archive.store import Store
from tests.factories import make_description, make_page
from tests.test_archive_store_bulk import fill, work

NOTHING: dict[str, str] = {}


@pytest.fixture
def ids(store: Store) -> list[str]:
    """Return the ids of the reports in `store`."""
    return fill(store, 6)


def keys(store: Store) -> list[str]:
    """Return the collections that readers see."""
    return [one.key for one in store.collections()]


def order(store: Store, key: str) -> list[str]:
    """Return the reports of a collection in its order."""
    return [item.report_id for item in store.collection_desk.items(key, limit=1_000)]


def make(store: Store, name: str = "Floods", *, parent: str | None = None, public: bool = True) -> str:
    """Make a collection that readers may see."""
    return store.collection_desk.create(name, by="ann", parent=parent, public=public)


def test_a_new_collection_is_private_until_it_is_published(store: Store, ids: list[str]) -> None:
    """Readers see neither it nor that a report is in it; published, they see both."""
    key = make(store, public=False)
    store.collection_desk.add(key, ids[:2], by="ann")
    assert (keys(store), store.report(ids[0]).collections) == ([], ())
    assert [one.key for one in store.collection_desk.of(ids[0])] == [key]
    store.collection_desk.publish(key, public=True, by="ann")
    assert (keys(store), store.report(ids[0]).collections) == ([key], (key,))


def test_a_part_is_found_by_the_whole_and_hidden_with_it(store: Store, ids: list[str]) -> None:
    """A report in a part lies within the whole; when that is not public, neither is its part."""
    whole = make(store)
    part = make(store, "The great flood", parent=whole)
    store.collection_desk.add(part, ids[:1], by="ann")
    stored = store.report(ids[0])
    assert (stored.collections, stored.within) == ((part,), (whole,))
    store.collection_desk.publish(whole, public=False, by="ann")
    assert (keys(store), store.report(ids[0]).collections, store.report(ids[0]).within) == ([], (), ())


def test_no_collection_is_part_of_itself(store: Store) -> None:
    """Neither directly nor by a detour; and no two have one name."""
    one = make(store)
    two = make(store, "The great flood", parent=one)
    for parent in (one, two):
        with pytest.raises(BadCollection, match="part of itself"):
            store.collection_desk.nest(one, parent, by="ann")
    with pytest.raises(BadCollection, match="of that name already"):
        make(store, "floods")
    with pytest.raises(UnknownCollection):
        make(store, "Droughts", parent="nowhere")


ACTS: dict[str, Callable[[Store, str, str], object]] = {
    "describe": lambda s, key, _: s.collection_desk.describe(
        key, by="ann", name="High water", level="series", elements={"scope": "All floods."}, question="q=flood"
    ),
    "publish": lambda s, key, _: s.collection_desk.publish(key, public=False, by="ann"),
    "nest": lambda s, key, _: s.collection_desk.nest(key, "other", by="ann"),
    "place": lambda s, key, _: s.collection_desk.place(key, 2, by="ann"),
    "delete": lambda s, key, _: s.collection_desk.delete(key, by="ann"),
    "add": lambda s, key, new: s.collection_desk.add(key, [new], by="ann"),
    "remove": lambda s, key, _: s.collection_desk.remove(key, order(s, key)[1], by="ann"),
    "move": lambda s, key, _: s.collection_desk.move(key, order(s, key)[0], 3, by="ann"),
    "annotate": lambda s, key, _: s.collection_desk.annotate(key, order(s, key)[0], "The first of its kind.", by="ann"),
}


def state(store: Store) -> tuple[object, ...]:
    """Return all there is of the collections, as a person sees it."""
    everything = store.collection_desk.all()
    return everything, {one.key: store.collection_desk.items(one.key) for one in everything}, keys(store)


@pytest.mark.parametrize("act", list(ACTS))
def test_every_act_is_an_event_and_can_be_undone(store: Store, ids: list[str], act: str) -> None:
    """Who did it stands in the log; undone, all is as it was; undone twice is refused; the undoing can be undone."""
    key = make(store)
    make(store, "Other")
    make(store, "A part", parent=key)
    store.collection_desk.add(key, ids[:4], by="ann")
    before = state(store)
    ACTS[act](store, key, ids[5])
    after, number = state(store), store.last_event()
    assert after != before
    undoing = store.undo(number, "ben")
    assert undoing.agent == "ben"
    assert state(store) == before
    with pytest.raises(AlreadyUndone, match="by ben"):
        store.undo(number, "ben")
    store.undo(undoing.number, "cem")
    assert state(store)[2] == after[2]


def test_what_was_changed_since_is_not_undone(store: Store, ids: list[str]) -> None:
    """A later word on the same thing stands, and the earlier one says why it cannot be taken back."""
    key = make(store)
    store.collection_desk.add(key, ids[:1], by="ann")
    first = store.collection_desk.annotate(key, ids[0], "One", by="ann")
    store.collection_desk.annotate(key, ids[0], "Two", by="ben")
    assert first is not None
    with pytest.raises(ChangedSince, match="changed since"):
        store.undo(first.number, "ann")


def test_deleting_moves_its_parts_up_and_keeps_its_reports(store: Store, ids: list[str]) -> None:
    """No report is lost with a collection, and an import that names it again brings it back."""
    key = make(store)
    part = make(store, "A part", parent=key)
    store.collection_desk.add(key, ids, by="ann")
    store.collection_desk.delete(key, by="ann", reason="made by mistake")
    assert (store.collection_desk.get(part).parent, store.count(), store.report(ids[0]).collections) == (None, 6, ())
    with pytest.raises(UnknownCollection):
        store.collection_desk.add(key, ids, by="ann")
    page = make_page("Another\nflood\nTop\n", name="other.txt")
    store.put(page, make_description(page), batch=1, collection="Floods")
    assert len(order(store, key)) == 7


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-2, 9)), max_size=12))
def test_any_moves_keep_each_report_once_and_where_it_was_put(store: Store, moves: list[tuple[int, int]]) -> None:
    """The order is that of a list from which each report was taken and put in again."""
    ids = [stored.id for stored in store.reports()] or fill(store, 6)
    key = "floods" if any(one.key == "floods" for one in store.collection_desk.all()) else make(store)
    store.collection_desk.add(key, ids, by="ann")
    expected = order(store, key)
    for which, position in moves:
        store.collection_desk.move(key, ids[which], position, by="ann")
        expected.remove(ids[which])
        expected.insert(min(max(position, 1), 6) - 1, ids[which])
    assert order(store, key) == expected


def test_figures_are_those_of_all_parts(store: Store, ids: list[str]) -> None:
    """Reports, bytes, days and how sure they are; a report in two parts counts once."""
    key = make(store)
    part = make(store, "A part", parent=key)
    store.collection_desk.add(key, ids[:2], by="ann")
    store.collection_desk.add(part, ids[1:3], by="ann")
    for number, edtf in ((0, "2016-11-03"), (1, "[2016-11-05..2016-11-06]")):
        with store.writing():
            run = store.bulk.plan(Edit("published", "set", edtf), [ids[number]], by="ann")
            store.bulk.start(run, by="ann")
        work(store)
    found = store.collection_desk.figures(key)
    assert found == CollectionFigures(3, found.bytes, "2016-11-03", "2016-11-06", 1, 1)
    assert store.collection_desk.figures_of(ids[:3]) == found


def test_a_whole_result_can_be_put_in_and_taken_back(store: Store, ids: list[str]) -> None:
    """As a bulk edit: what is in it already stays, and what a curator wrote a text for since is left in."""
    key = make(store)
    store.collection_desk.add(key, ids[:1], by="ann")
    number = store.bulk.plan(Edit("collection", "add", key), ids, by="ann")
    assert store.bulk.edit(number).counts == EditCounts(waiting=5, same=1)
    assert store.bulk.lines(number, ["waiting"], limit=1)[0].after == (key,)
    store.bulk.start(number, by="ann")
    work(store, 2)
    assert order(store, key) == ids
    store.collection_desk.annotate(key, ids[3], "Look at this one.", by="ben")
    own = store.bulk.undo(number, by="ann")
    work(store, 2)
    assert order(store, key) == [ids[0], ids[3]]
    assert [line.report_id for line in store.bulk.lines(own, ["kept"])] == [ids[3]]


def test_taking_out_and_undoing_keeps_order_and_texts(store: Store, ids: list[str]) -> None:
    """A bulk edit that takes reports out, undone, leaves the collection as it was."""
    key = make(store)
    store.collection_desk.add(key, ids, by="ann")
    store.collection_desk.annotate(key, ids[2], "Look at this one.", by="ann")
    number = store.bulk.plan(Edit("collection", "remove", key), ids[1:4], by="ann")
    store.bulk.start(number, by="ann")
    work(store, 2)
    assert order(store, key) == [ids[0], *ids[4:]]
    store.bulk.undo(number, by="ann")
    work(store, 2)
    assert order(store, key) == ids
    assert store.collection_desk.items(key, offset=2, limit=1) == (CollectionItem(ids[2], "Look at this one."),)


def test_a_description_is_kept_as_written(store: Store) -> None:
    """Level and elements of ISAD(G); what is no level or element is refused."""
    key = make(store)
    store.collection_desk.describe(
        key, by="ann", name="Floods ", level="fonds", elements={"scope": " All. ", "note": " "}
    )
    assert store.collection_desk.get(key) == Collection(key, "Floods", None, "fonds", True, "", {"scope": "All."})
    with pytest.raises(BadCollection, match="level is one of"):
        store.collection_desk.describe(key, by="ann", name="Floods", level="box", elements=NOTHING)
    with pytest.raises(BadCollection, match="each element"):
        store.collection_desk.describe(key, by="ann", name="Floods", level="file", elements={"smell": "x"})
