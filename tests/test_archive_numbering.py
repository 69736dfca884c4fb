"""The order of Media IDs as evidence: only where it is proven, never more than it says, and taken back on request."""

import datetime as dt
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import rerun
from archive.batch import import_pages
from archive.holdings import Correction, StoredReport
from archive.model import Date, Evidence, Given, Issue, MediaId, Report
from archive.numbering import Dated, Order, place_in_order, prove_order
from archive.rules import load_rule_set
from archive.store import Store
from tests.describing import codes
from tests.factories import make_report
from tests.numbered import FIRST_DAY, write_numbered

ORDERLY = {1000 + 7 * n: 3 * n for n in range(12)}
UNDATED = 1000 + 7 * 5 + 1  # between days 15 and 18


def dated(days: list[int]) -> list[Dated]:
    """Return reports numbered in turn, each so many days after the first day."""
    return [Dated(number, FIRST_DAY + dt.timedelta(days=day), str(number)) for number, day in enumerate(days)]


UNKNOWN = Date()
# The numbers are 0, 10, 20 …
ORDER = Order(tuple(replace(one, number=one.number * 10) for one in dated([0, 3, 6, 9, 12, 15, 18, 21, 24, 27])), 10)


def numbered(printed: str, published: Date = UNKNOWN, *issues: Issue) -> Report:
    """Return a report with this Media ID."""
    return make_report(media_id=MediaId(printed, "made.up"), published=published, issues=issues)


def place(report: Report) -> Report:
    """Return the report placed in the order of its outlet."""
    return place_in_order(report, {"samara-gazette": ORDER})


@pytest.mark.parametrize(
    ("days", "proven"),
    [
        ([0, 3, 6, 9, 12, 15, 18, 21, 24, 27], True),
        ([0, 3, 6, 9, 12, 15, 18, 21, 24], False),  # too few
        ([0, 0, 0, 0, 0, 1, 1, 1, 2, 3], False),  # hardly any days
        ([0, 3, 6, 9, 12, 15, 18, 2, 24, 27], False),  # one in ten out of order
        ([*range(0, 40, 2), 7], True),  # one in twenty-one
        ([27, 24, 21, 18, 15, 12, 9, 6, 3, 0], False),
    ],
)
def test_an_order_is_proven_or_not_used(days: list[int], proven: bool) -> None:  # noqa: FBT001  # a case of the table
    """Ten dated reports on five days prove an order when at most one in twenty stands out of it."""
    assert (prove_order(dated(days)) is not None) is proven


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_the_order_is_the_longest_there_is(days: list[int]) -> None:
    """No choice of more reports would have days that never go back."""
    reports = dated(days)
    order = prove_order(reports + [Dated(100 + n, FIRST_DAY + dt.timedelta(days=90 + n), "") for n in range(200)])
    assert order is not None
    best = max(n for n in range(len(days) + 1) for some in combinations(days, n) if list(some) == sorted(some))
    assert len(order.chain) == best + 200
    assert [one.day for one in order.chain] == sorted(one.day for one in order.chain)


def test_a_report_between_two_neighbours_is_dated_by_them() -> None:
    """The days of both neighbours, and one day of slack on each side, with an issue that tells the working."""
    report = place(numbered("25"))
    assert (report.published.edtf, report.published.basis) == ("[1994-05-07..1994-05-12]", "inferred")
    assert [one.value for one in report.published.evidence] == ["[1994-05-07..]", "[..1994-05-12]"]
    (issue,) = report.issues
    assert issue.code == "D05"
    assert "25 comes after 2 of 1994-05-08 and before 3 of 1994-05-11; 10 of its 10 dated reports" in issue.message


@pytest.mark.parametrize("printed", ["-5", "A25", "999", "2.5"])
def test_a_number_that_is_none_or_lies_outside_dates_nothing(printed: str) -> None:
    """Letters are no number, and beyond the last neighbour there is only one bound."""
    assert place(numbered(printed)).published.edtf is None


def test_other_evidence_narrows_or_contradicts_the_order() -> None:
    """What bounds the date on the page counts too; without a day in common the date stays unknown, with issue D04."""
    later = Evidence("published", "[1994-05-10..]", "a picture", "caption", "published/caption-date", "inferred")
    assert place(numbered("25", Date(evidence=(later,)))).published.edtf == "[1994-05-10..1994-05-12]"
    saved = replace(later, value="[..1994-05-09]", rule="published/captured")
    bounded = Date("[..1994-05-09]", None, "1994-05-09", "inferred", (saved,))
    assert place(numbered("25", bounded)).published.edtf == "[1994-05-07..1994-05-09]"
    never = replace(later, value="[1996-01-01..]")
    contradicted = place(numbered("25", Date(evidence=(never,))))
    assert (contradicted.published.edtf, codes(contradicted)) == (None, ["D04"])


@pytest.mark.parametrize(
    ("published", "issues"),
    [
        (Date("2001-01-01", "2001-01-01", "2001-01-01", "stated"), ()),
        (Date("[1994-05-09..1994-05-10]", "1994-05-09", "1994-05-10", "inferred"), ()),
        (Date(), (Issue("D02", "two days"),)),
    ],
)
def test_a_date_the_page_gives_is_never_changed(published: Date, issues: tuple[Issue, ...]) -> None:
    """A stated date, an inferred one that agrees, and one in doubt are left as they are."""
    report = numbered("25", published, *issues)
    assert place(report) is report


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Return a store of twelve dated reports in order and one undated between the sixth and the seventh."""
    folder = write_numbered(tmp_path / "pages", {**ORDERLY, UNDATED: None})
    import_pages(store, [folder], load_rule_set(), Given(), report=lambda _: None, limit=10_000)
    return store


def undated(store: Store) -> StoredReport:
    """Return the report that the page gives no day for."""
    return next(one for one in store.reports() if one.report.source.name == f"{UNDATED}.txt")


def run_again(store: Store, least: int = 10) -> int:
    """Write what describing all reports again would change; return how many reports that were."""
    rules = load_rule_set()
    ids = [change.report_id for change in rerun.compare(store, rules, least=least) if change.reasons]
    rerun.apply(store, rules, ids, by="ann", report=lambda _: None, least=least)
    return len(ids)


def test_describing_again_dates_by_the_order_once_and_takes_it_back(filled: Store) -> None:
    """A second run changes nothing; with 0 in the settings the next run makes the date unknown again."""
    assert undated(filled).report.published.edtf is None
    assert [run_again(filled), run_again(filled)] == [1, 0]
    assert undated(filled).report.published.edtf == "[1994-05-16..1994-05-21]"
    assert "published/media-order" in {one.rule for one in filled.evidence(undated(filled).id)}
    assert run_again(filled, least=0) == 1
    assert undated(filled).report.published == Date(evidence=undated(filled).report.published.evidence)
    assert len(filled.versions(undated(filled).id)) == 3


def test_a_persons_date_stands_over_the_order(filled: Store) -> None:
    """A correction outlives the run, and a corrected day is one that proves."""
    filled.correct(Correction(undated(filled).id, "published", "1994-06", "ann", "the diary"))
    run_again(filled)
    assert undated(filled).report.published.edtf == "1994-06"
