"""Reports that print the same copy are one story, until a person says otherwise."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command

from archive.errors import AlreadyUndone, NotInStory, UnknownStory
from archive.home import Home
from archive.store import Store
from archive.store.migrate import configure
from tests.copies import copy_page, put_copy, write_copy
from tests.factories import make_description

COPY, OTHER = write_copy(1), write_copy(2)


def put_three(store: Store) -> list[str]:
    """Store one piece of copy as three outlets print it."""
    return [put_copy(store, name, parts) for name, parts in
            (("dawn", COPY), ("dusk", COPY[:4]), ("noon", (*COPY, OTHER[0])))]  # fmt: skip


def put_and_fail(store: Store) -> None:
    """Store a reprint in a transaction that fails afterwards."""
    with store.writing():
        put_copy(store, "dusk", COPY)
        raise RuntimeError


def grouping(store: Store, *ids: str) -> list[str | None]:
    """Return the story of each report."""
    return [store.report(report_id).story for report_id in ids]


def test_reprints_become_a_story(store: Store) -> None:
    """Three outlets' versions are one story; a report of its own is none; each end says why."""
    ids, alone = put_three(store), put_copy(store, "alone", OTHER)
    assert grouping(store, *ids, alone) == ["s1", "s1", "s1", None]
    story = store.story(ids[0])
    assert (story.id, sorted(story.reports)) == ("s1", sorted(ids))
    assert all(link.share > 0.9 for link in story.links)
    assert store.story(alone).reports == (alone,)
    with pytest.raises(UnknownStory):
        store.story("s99")


def test_grouping_is_in_the_log_and_the_index_hears_of_it(store: Store) -> None:
    """Joining a report that was alone changes both; each has its event, with what it is alike."""
    first = put_copy(store, "dawn", COPY)
    before = store.last_event()
    second = put_copy(store, "dusk", COPY[:4])
    assert store.changed_since(before) == tuple(sorted((first, second)))
    event = list(store.events(first))[-1]
    assert (event.before, event.after) == ({"story": None}, {"story": "s1", "like": [[second, 1.0]]})


def test_the_same_again_changes_nothing(store: Store) -> None:
    """Importing reprints again, or grouping older reports when there are none, writes no event."""
    put_three(store)
    before = store.last_event()
    for name, parts in (("dawn", COPY), ("dusk", COPY[:4])):
        put_copy(store, name, parts, batch=1)
    assert store.group_older() == 0
    assert store.changed_since(before) == ()


def test_two_stories_meet_in_the_whole_copy(store: Store) -> None:
    """Where the whole copy comes last, what it holds together becomes one story, and the old id leads there."""
    parts = write_copy(3, 12)
    ids = [put_copy(store, name, copy) for name, copy in
           (("a", parts[:6]), ("b", parts[:5]), ("c", parts[6:]), ("d", parts[6:11]))]  # fmt: skip
    assert grouping(store, *ids) == ["s1", "s1", "s2", "s2"]
    whole = put_copy(store, "whole", parts)
    assert grouping(store, *ids, whole) == ["s1"] * 5
    assert store.story("s2").id == "s1"


def test_a_report_that_reads_differently_leaves_its_story(store: Store) -> None:
    """When better rules read another text, the report goes where that belongs, and no story of one is left."""
    first, second = put_copy(store, "dawn", COPY), put_copy(store, "dusk", COPY)
    page, changes = copy_page("dusk", COPY)
    changes["body"] = copy_page("dusk", OTHER)[1]["body"]
    store.put(page, make_description(page, rule_set="rules-2", **changes), batch=1)
    assert grouping(store, first, second) == [None, None]
    with pytest.raises(UnknownStory):
        store.story("s1")


# --- a person's word --------------------------------------------------------------------------------------------


def test_a_split_outlives_the_next_import(store: Store) -> None:
    """What a person took out stays out, and what was left stays together, whatever comes in."""
    ids = put_three(store)
    assert store.story_desk.split("s1", [ids[1]], by="bea", reason="another event") == ids[1]
    later = put_copy(store, "eve", COPY[:5])
    assert grouping(store, *ids, later) == ["s1", None, "s1", "s1"]


def test_a_merge_and_a_confirmed_story_are_left_alone(store: Store) -> None:
    """A merged report stays where a person put it, also when it is read again."""
    ids, alone = put_three(store), put_copy(store, "alone", OTHER)
    assert store.story_desk.merge(["s1", alone], by="bea") == "s1"
    assert store.story_desk.confirm(alone, by="cyd") == "s1"
    page, changes = copy_page("alone", OTHER)
    changes["body"] = copy_page("alone", write_copy(9))[1]["body"]
    store.put(page, make_description(page, rule_set="rules-2", **changes), batch=1)
    assert grouping(store, *ids, alone) == ["s1"] * 4
    assert set(store.story("s1").decided) == {(one, "cyd") for one in (*ids, alone)}


def test_what_a_person_did_is_undone_whole(store: Store) -> None:
    """Undoing one event of a merge undoes the merge; a second time is refused."""
    ids, alone = put_three(store), put_copy(store, "alone", OTHER)
    store.story_desk.merge([alone, "s1"], by="bea")
    event = list(store.events(alone))[-1]
    store.undo(event.number, "cyd")
    assert grouping(store, *ids, alone) == ["s1", "s1", "s1", None]
    assert store.story("s1").decided == ()
    with pytest.raises(AlreadyUndone):
        store.undo(event.number, "cyd")


def test_what_the_software_did_is_undone_for_good(store: Store) -> None:
    """Undoing a grouping takes that report out, and the next import leaves it out."""
    ids = put_three(store)
    event = next(one for one in store.events(ids[2]) if isinstance(one.after, dict) and "story" in one.after)
    store.undo(event.number, "bea")
    put_copy(store, "eve", COPY)
    assert grouping(store, *ids) == ["s1", "s1", None]


def test_a_person_chooses_what_is_shown_first(store: Store) -> None:
    """The choice is kept and can be undone; a report of another story is refused."""
    ids, alone = put_three(store), put_copy(store, "alone", OTHER)
    store.story_desk.choose_first("s1", ids[1], by="bea")
    assert store.story("s1").first == ids[1]
    store.undo(list(store.events(ids[1]))[-1].number, "bea")
    assert store.story("s1").first is None
    with pytest.raises(NotInStory):
        store.story_desk.choose_first("s1", alone, by="bea")


def test_the_queue_has_what_nobody_decided_weakest_first(store: Store) -> None:
    """A story leaves the queue when a person decides on it and comes back when that is undone; weak links lead."""
    parts = write_copy(5, 12)
    for name, copy in (("a", parts), ("b", (*parts[:9], *write_copy(6, 3)))):
        put_copy(store, name, copy)
    put_three(store)
    queue = store.story_desk.undecided()
    assert [(one.id, one.size) for one in queue] == [("s1", 2), ("s2", 3)]
    assert queue[0].share < queue[1].share
    assert [one.id for one in store.story_desk.undecided("noon-gazette")] == ["s2"]
    store.story_desk.confirm("s1", by="bea")
    assert (store.story_desk.count_undecided(), store.story_desk.count_undecided("a-gazette")) == (1, 0)
    store.undo(store.story_desk.acts("s1")[0].event, "bea")
    assert store.story_desk.undecided(offset=1, limit=1)[0].id == "s2"
    assert store.story_desk.count_undecided() == 2


def test_what_persons_did_to_a_story_is_told_act_by_act(store: Store) -> None:
    """Each act is told once, the latest first, with what it was, who, why and whether it was taken back."""
    ids, alone = put_three(store), put_copy(store, "alone", OTHER)
    store.story_desk.confirm("s1", by="bea", reason="read")
    store.story_desk.merge(["s1", alone], by="bea")
    store.story_desk.choose_first("s1", ids[1], by="cyd")
    store.story_desk.split("s1", [ids[2]], by="cyd")
    store.undo(store.story_desk.acts("s1")[0].event, "bea")
    acts = store.story_desk.acts(ids[0])
    assert [(one.kind, one.by, one.undone) for one in acts] == [
        ("undone", "bea", False), ("split", "cyd", True), ("first", "cyd", False),
        ("merged", "bea", False), ("confirmed", "bea", False),
    ]  # fmt: skip
    assert (acts[3].moved, acts[4].reason) == ((alone,), "read")
    assert store.story_desk.acts(put_copy(store, "other", write_copy(7))) == ()


# --- older homes ------------------------------------------------------------------------------------------------


def test_an_older_home_gets_its_stories_in_steps(store: Store, home: Home) -> None:
    """A home from before stories is brought up to date, and its reports are grouped when that is asked for."""
    ids = put_three(store)
    with store.transaction() as connection:
        command.downgrade(configure(connection), "0001")
    with Store.open(home) as older:
        assert (older.ungrouped(), grouping(older, *ids)) == (3, [None] * 3)
        assert [older.group_older(2), older.group_older(2), older.group_older(2)] == [2, 1, 0]
        assert (older.ungrouped(), len(set(grouping(older, *ids)))) == (0, 1)


def test_a_failure_leaves_neither_report_nor_story(store: Store, home: Home) -> None:
    """Reports, links, stories and events of one transaction are there together or not at all."""
    first = put_copy(store, "dawn", COPY)
    with pytest.raises(RuntimeError):
        put_and_fail(store)
    assert grouping(store, first) == [None]
    with closing(sqlite3.connect(home.database)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in
                  ("stories", "story_items", "story_links", "sketches")]  # fmt: skip
    assert counts == [0, 0, 0, 1]
