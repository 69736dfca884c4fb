"""The queues in the store: they follow every record, decisions end them, and undoing brings them back."""

import pytest

from archive.edits import Edit
from archive.edtf_dates import parse_edtf
from archive.errors import AlreadyUndone, BadProblem, ChangedMeanwhile, NotWaiting, UnknownBlock, UnknownReport
from archive.holdings import Correction
from archive.model import Date, Issue, SetAside, Span
from archive.restoring import name_blocks
from archive.store import Store
from archive.store.queue_desk import LEAST_REPEATED
from archive.store.tables import queue_marks
from archive.waiting import Narrowing
from tests.factories import make_description, make_page


def put(store: Store, text: str, *, rule_set: str = "rules-1", **changes: object) -> str:
    """Store one page of this text and return its report's id."""
    batch = 1 if store.batches() else store.start_batch("ann", [])
    page = make_page(text, name=f"{text[:20]}.txt")
    return store.put(page, make_description(page, rule_set=rule_set, **changes), batch=batch).report_id


def fill(store: Store, count: int = 3) -> list[str]:
    """Store some reports without a date, in the order of the queue."""
    for number in range(count):
        put(store, f"Title {number}\nThe bridge is open.\nfoot\n")
    return [one.report_id for one in store.queue_desk.page("no-date")]


def test_a_correction_takes_a_report_out_of_its_queue_and_undoing_puts_it_back(store: Store) -> None:
    """A date given by a person answers the issue, in the record too, until the word is undone."""
    first, *_ = fill(store)
    event = store.correct(Correction(first, "published", "1990-03~", "ann"))
    assert store.report(first).report.issues == ()
    assert store.queue_desk.counts()["no-date"] == 2
    store.undo(event.number, "ann")
    assert [issue.code for issue in store.report(first).report.issues] == ["D01"]
    assert store.queue_desk.counts()["no-date"] == 3


def test_a_date_that_a_person_calls_unknown_waits_no_more(store: Store) -> None:
    """That a field is empty is an answer, too."""
    first, *_ = fill(store)
    store.correct(Correction(first, "published", None, "ann", "not even the paper says"))
    assert store.queue_desk.counts()["no-date"] == 2


def test_no_problem_ends_the_waiting_and_outlives_newer_rules(store: Store) -> None:
    """What a person found to be no problem does not come back with the next rules, but with another problem."""
    text = "Title\nThe bridge is open.\nfoot\n"
    report_id = put(store, text, published=_day("2016-11-03"), issues=(Issue("D03", "a day"),))
    store.queue_desk.settle("weak-date", report_id, by="ann")
    assert (store.report(report_id).report.issues, store.report(report_id).corrected) == ((), ())
    put(store, text, rule_set="rules-2", published=_day("2016-11-03"), issues=(Issue("D03", "another"),))
    assert store.queue_desk.tasks_of(report_id) == ()
    put(store, text, rule_set="rules-3", published=_day("2016-11-03"), issues=(Issue("D05", "order"),))
    assert [one.cause for one in store.queue_desk.tasks_of(report_id)] == ["D05"]


def test_settling_what_does_not_wait_is_refused(store: Store) -> None:
    """A decision on something that somebody else has decided says so."""
    report_id = put(store, "Title\nThe bridge is open.\nfoot\n")
    store.queue_desk.settle("no-date", report_id, by="ann")
    with pytest.raises(NotWaiting):
        store.queue_desk.settle("no-date", report_id, by="ben")


def test_a_queue_is_paged_and_knows_its_neighbours(store: Store) -> None:
    """Pages follow each other without a gap, and every report knows its number and who stands beside it."""
    ids, desk = fill(store, 5), store.queue_desk
    assert [one.report_id for one in desk.page("no-date", after=ids[1], limit=2)] == ids[2:4]
    waiting = desk.find("no-date", ids[2])
    assert waiting is not None
    assert desk.place_of(waiting) == (3, ids[1], ids[3])


def test_a_queue_is_narrowed_to_an_outlet_a_collection_or_a_cause(store: Store) -> None:
    """Only what an outlet, a collection or a cause has in the queue is counted and shown."""
    ids, desk = fill(store), store.queue_desk
    store.correct(Correction(ids[0], "outlet", "diyaruna", "ann"))
    assert desk.counts(Narrowing(outlet="diyaruna"))["no-date"] == 1
    assert desk.counts(Narrowing(collection="none"))["no-date"] == 0
    assert desk.ids("no-date", Narrowing(outlet="diyaruna", cause="D01")) == (ids[0],)
    assert [(one.outlet, one.count) for one in desk.alike("no-date")] == [("samara-gazette", 2), ("diyaruna", 1)]


def test_a_line_that_recurs_is_asked_about_until_it_is_dismissed(store: Store) -> None:
    """A line of many reports of one outlet waits once; dismissed, it is gone; undone, it is back."""
    fill(store, LEAST_REPEATED)
    (line,) = store.queue_desk.lines()
    assert (line.text, line.count, line.outlet) == ("The bridge is open.", LEAST_REPEATED, "samara-gazette")
    assert len(store.queue_desk.reports_with(line.key)) == LEAST_REPEATED
    event = store.queue_desk.dismiss("boilerplate", line.key, by="ann")
    assert (store.queue_desk.lines(), store.queue_desk.counts()["boilerplate"]) == ((), 0)
    store.undo(event.number, "ann")
    assert store.queue_desk.lines() == (line,)
    with pytest.raises(AlreadyUndone):
        store.undo(event.number, "ann")


def test_reports_older_than_the_queues_are_looked_through(store: Store) -> None:
    """An archive from before there were queues gets them, some reports at a time."""
    fill(store)
    with store.transaction() as connection:
        connection.execute(queue_marks.delete())
    assert store.queue_desk.unsorted() == 3
    assert (store.queue_desk.sort_older(2), store.queue_desk.sort_older(2), store.queue_desk.sort_older(2)) == (2, 1, 0)
    assert store.queue_desk.counts()["no-date"] == 3


# --- blocks -----------------------------------------------------------------------------------------------------


def test_a_block_taken_back_is_in_the_text_and_outlives_newer_rules(store: Store) -> None:
    """A set-aside block that a person restores is part of the text in its place, whatever newer rules say."""
    text = "Title\nThe bridge is open.\nBack to top\n"
    aside = _set_aside(text)
    report_id = put(store, text, set_aside=aside)
    name = store.correcting.block_names(report_id)[2]
    assert name is not None
    event = store.correcting.move_block(report_id, name, kept=True, by="ann")
    put(store, text, rule_set="rules-2", set_aside=aside)
    assert [passage.text for passage in store.report(report_id).report.body] == ["The bridge is open.", "Back to top"]
    assert [(one.kept, one.rule) for one in store.blocks(report_id)][2] == (True, "correction")
    assert [(one.field, one.by) for one in store.evidence(report_id)][-1] == ("body", "ann")
    store.undo(event.number, "ann")
    assert [passage.text for passage in store.report(report_id).report.body] == ["The bridge is open."]


def test_a_kept_block_can_be_set_aside(store: Store) -> None:
    """A paragraph that a person sets aside leaves the text and stays on the page, with the person's word as reason."""
    report_id = put(store, "Title\nThe bridge is open.\nBack to top\n")
    name = store.correcting.block_names(report_id)[1]
    assert name is not None
    store.correcting.move_block(report_id, name, kept=False, by="ann")
    report = store.report(report_id).report
    assert (report.body, [piece.rule for piece in report.set_aside]) == ((), ["correction"])


def test_a_block_that_is_not_there_is_refused(store: Store) -> None:
    """A block is moved only where the page has it."""
    report_id = put(store, "Title\nThe bridge is open.\nBack to top\n")
    with pytest.raises(UnknownBlock):
        store.correcting.move_block(report_id, "block:0123456789abcdef:0", kept=True, by="ann")


# --- two people -------------------------------------------------------------------------------------------------


def test_an_edit_made_from_an_older_state_is_not_saved_over_a_newer_one(store: Store) -> None:
    """Of two people who began from the same state, the second hears of the first and nothing is lost."""
    report_id = put(store, "Title\nThe bridge is open.\nfoot\n")
    base = store.last_event()
    store.correct(Correction(report_id, "title", "Ann's title", "ann", base=base))
    with pytest.raises(ChangedMeanwhile) as refused:
        store.correct(Correction(report_id, "title", "Ben's title", "ben", base=base))
    told = refused.value
    said = [told.base, told.theirs, told.yours]
    assert [each["value"] for each in said] == ["Title", "Ann's title", "Ben's title"]  # type: ignore[index]
    assert store.report(report_id).report.title.value == "Ann's title"  # type: ignore[union-attr]


def test_two_people_may_edit_two_fields(store: Store) -> None:
    """What somebody did to another field, or the same value given twice, is no conflict."""
    report_id = put(store, "Title\nThe bridge is open.\nfoot\n")
    base = store.last_event()
    for by in ("ann", "ben"):
        store.correct(Correction(report_id, "title", "One title", by, base=base))
    store.correct(Correction(report_id, "language", "ar", "ben", base=base))
    assert store.report(report_id).corrected == ("title", "language")


def test_newer_rules_count_as_a_change_meanwhile(store: Store) -> None:
    """A field that new rules read otherwise since the form was opened is shown to the person, too."""
    text = "Title\nThe bridge is open.\nfoot\n"
    report_id, base = put(store, text), store.last_event()
    put(store, text, rule_set="rules-2", language="ckb")
    with pytest.raises(ChangedMeanwhile):
        store.correct(Correction(report_id, "language", "ar", "ben", base=base))


# --- readers ----------------------------------------------------------------------------------------------------


def test_a_readers_word_waits_until_it_is_answered(store: Store) -> None:
    """What a reader wrote waits with the report, is closed with an answer, and can be opened again."""
    report_id = put(store, "Title\nThe bridge is open.\nfoot\n")
    problem = store.problems.report(report_id, "  The date is wrong. ", contact="r@example.org")
    assert (problem.said, store.queue_desk.counts()["reported"]) == ("The date is wrong.", 1)
    closed = store.problems.close(problem.number, by="ann", answer="It was; thank you.")
    assert (closed.closed_by, closed.answer, store.problems.count()) == ("ann", "It was; thank you.", 0)
    store.problems.reopen(problem.number, by="ann")
    assert [one.number for one in store.problems.page()] == [problem.number]


@pytest.mark.parametrize("said", ["", "  ", "x" * 2_001])
def test_nothing_and_too_much_are_refused(store: Store, said: str) -> None:
    """A reader's empty word, or one that is too long, is refused with a sentence."""
    report_id = put(store, "Title\nThe bridge is open.\nfoot\n")
    with pytest.raises(BadProblem):
        store.problems.report(report_id, said)
    with pytest.raises(UnknownReport):
        store.problems.report("nobody", "The date is wrong.")


def _day(edtf: str) -> Date:
    return parse_edtf(edtf)


def _set_aside(text: str) -> tuple[SetAside, ...]:
    last = text.splitlines()[-1]
    return (SetAside(last, "navigation", "made.up", Span(text.index(last), text.index(last) + len(last))),)


# --- many at once -----------------------------------------------------------------------------------------------


def _work(store: Store, number: int) -> None:
    store.bulk.start(number, by="ann")
    with store.bulk.turn():
        while store.bulk.advance() is not None and store.bulk.edit(number).counts.waiting:
            pass
        store.bulk.close(number)


def test_reports_alike_are_settled_as_one_batch_and_wait_again_when_it_is_undone(store: Store) -> None:
    """One decision takes all of a cause out of the queue, as a bulk edit; undoing that puts all of them back."""
    ids = fill(store)
    number = store.bulk.plan(Edit("settled:no-date", "set", "D01"), ids, by="ann")
    _work(store, number)
    assert (store.queue_desk.counts()["no-date"], store.bulk.edit(number).counts.changed) == (0, 3)
    undoing = store.bulk.undo(number, by="ann")
    with store.bulk.turn():
        store.bulk.advance()
        store.bulk.close(undoing)
    assert store.queue_desk.counts()["no-date"] == 3


def test_a_recurring_line_is_set_aside_in_all_its_reports(store: Store) -> None:
    """A line of many reports is set aside in each by one bulk edit, and recurs no more."""
    fill(store, LEAST_REPEATED)
    (line,) = store.queue_desk.lines()
    name = next(name_blocks([line.text]))
    edit = Edit(name, "set", {"kept": False, "text": line.text})
    number = store.bulk.plan(edit, store.queue_desk.reports_with(line.key), by="ann")
    assert {one.after for one in store.bulk.lines(number)} == {("set aside",)}
    _work(store, number)
    assert store.queue_desk.lines() == ()
    assert {len(one.report.body) for one in store.reports()} == {0}
