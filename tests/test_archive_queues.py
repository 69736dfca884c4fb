"""What waits for a person: found from a record, gone once it is answered, and back only for another reason."""

from dataclasses import replace

import pytest

from archive.edtf_dates import parse_edtf
from archive.model import Byline, Evidence, Issue, Mention, Passage, Report, Span
from archive.queues import QUEUES, find_lines, find_tasks
from tests.factories import make_page, make_place, make_report

DATED = parse_edtf("2016-11-03")
MOSUL_ONCE = replace(make_place(), mentions=(Mention("Mosul", Span(0, 5), "geonames:99072"),), role="mentioned")


def sound(**changes: object) -> Report:
    """Return a report that has nothing waiting, but for these changes."""
    return replace(make_report(issues=(), published=DATED), **changes)  # type: ignore[arg-type]


def waiting(report: Report, *evidence: Evidence) -> dict[str, str]:
    """Return why the report waits, by queue."""
    return {task.queue: task.cause for task in find_tasks(report, evidence)}


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (sound(), {}),
        (make_report(), {"no-date": "D01"}),
        (sound(issues=(Issue("D03", "a day"),)), {"weak-date": "D03"}),
        (sound(issues=(Issue("D04", "two days"), Issue("D02", "two"))), {"date-conflict": "D04; D02"}),
        (sound(issues=(Issue("M01", "nobody"),), outlet=None), {"no-outlet": "M01"}),
        (sound(issues=(Issue("C01", "3 and 2"),)), {"comments": "C01"}),
        (sound(issues=(Issue("P01", "no entry", Span(3, 7)),), mentions=(Mention("Ur", Span(3, 7)),)),
         {"unknown-place": "Ur"}),
        (sound(body=(Passage("Mosul said he would stay.", "paragraph", Span(0, 25)),), places=(MOSUL_ONCE,)),
         {"person-or-place": "Mosul"}),
        (sound(byline=Byline("Dara Mosul", ("Dara Mosul",), ("person",), None, "x"), places=(MOSUL_ONCE,)),
         {"person-or-place": "Mosul"}),
    ],
)  # fmt: skip
def test_a_record_says_what_waits(report: Report, expected: dict[str, str]) -> None:
    """Each doubt of a record puts it into the queue that is made for it, and a sound record waits nowhere."""
    assert waiting(report) == expected


def test_two_sources_of_one_field_disagree() -> None:
    """Two values for the title, by two rules, wait; the same value in other capitals does not."""
    one = Evidence("title", "Bridge opens", "Bridge opens", "title", "x", "printed")
    assert waiting(sound(), one, replace(one, value="BRIDGE OPENS")) == {}
    assert waiting(sound(), one, replace(one, value="Bridge falls")) == {"disagreement": "title"}


def test_what_was_settled_waits_again_only_for_another_reason() -> None:
    """A cause that a person found to be no problem is not asked about again; a new one is."""
    report = sound(issues=(Issue("D03", "a day"),))
    assert find_tasks(report, (), {"weak-date": "D03"}) == []
    assert find_tasks(replace(report, issues=(Issue("D05", "order"),)), (), {"weak-date": "D03"}) != []


def test_long_lines_and_pages_without_outlet_have_no_lines() -> None:
    """Only short lines may be boilerplate, and only an outlet's pages can repeat them."""
    page = make_page(f"Title\n{'word ' * 200}\nfoot\n")
    assert find_lines(make_report(page)) == ()
    assert len(find_lines(make_report())) == 1
    assert find_lines(make_report(outlet=None)) == ()


def test_every_queue_has_its_own_key() -> None:
    """Keys are addresses, so that no two queues share one."""
    assert len({queue.key for queue in QUEUES}) == len(QUEUES)
