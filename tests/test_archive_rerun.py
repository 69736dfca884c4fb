"""New rules over old originals: said before it is done, done as one batch, and never over a person's word."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive import rerun
from archive.batch import BatchReport, Crew, import_pages
from archive.comparing import Change, Comparison, Difference, find_differences
from archive.describing import ByRules, Task
from archive.errors import BinaryPage, UnknownReport
from archive.holdings import Correction
from archive.model import Given, Title
from archive.ready import Ready, make_ready
from archive.record import report_to_json
from archive.rules import RuleSet, load_rule_set
from archive.store import BatchLine, Store
from tests.factories import make_description, make_page, make_report

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1>
<p>The mayor said on Tuesday that carts and people may pass again from the morning on, as they did before.</p>
</article></body></html>"""
TITLES = {"a.html": "Bridge reopens after repairs", "b.html": "Harbour closes for the winter"}


@pytest.fixture
def rules() -> RuleSet:
    """Return the rules there are, as if they were a newer set."""
    return replace(load_rule_set(), version="newer")


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Return a store of two reports, imported by the rules of today into a collection, of one the outlet given."""
    for (name, title), outlet in zip(TITLES.items(), (None, "mithal"), strict=True):
        (tmp_path / name).write_text(PAGE.format(title), encoding="utf-8")
        given = Given(outlet=outlet, collection="Bridges")
        import_pages(store, [tmp_path / name], load_rule_set(), given, report=lambda _: None, limit=10_000)
    return store


def given(ready: Ready) -> bool:
    """Return whether a person named the outlet of this report."""
    return '"basis":"person"' in ready.record


@pytest.fixture
def shouting(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - filled by the old rules first
    """Let new rules write headlines and the mayor's words in capitals, and find nothing else to change."""
    real = ByRules.__call__

    def describe(self: ByRules, task: Task) -> Ready:
        ready = real(self, task)
        record = ready.record.replace('"value":"Bridge reopens', '"value":"BRIDGE REOPENS')
        return replace(
            ready, record=record.replace('"text":"The mayor', '"text":"THE MAYOR') if given(ready) else record
        )

    monkeypatch.setattr(ByRules, "__call__", describe)


def compare(store: Store, rules: RuleSet, **options: str) -> Comparison:
    """Return the sum of what rules would change."""
    found = Comparison()
    for change in rerun.compare(store, rules, outlet=options.get("outlet")):
        found.add(change)
    return found


def apply(store: Store, rules: RuleSet, ids: list[str]) -> BatchReport:
    """Write new versions of these reports."""
    return rerun.apply(store, rules, ids, by="ann", report=lambda _: None)


def id_of(store: Store, name: str) -> str:
    """Return the id of the report that came under this name."""
    return next(stored.id for stored in store.reports() if stored.report.source.name == name)


def title_of(store: Store, report_id: str) -> str:
    """Return a report's headline as readers see it."""
    title = store.report(report_id).report.title
    return title.value if title else ""


# --- what would change ----------------------------------------------------------------------------------------------


def test_the_same_rules_change_nothing(filled: Store, rules: RuleSet) -> None:
    """Rules that describe as the old ones did change no report, whatever their version is called."""
    found = compare(filled, rules)
    assert (found.reports, found.changed, found.reasons_only, found.ids, found.failures) == (2, 0, 0, [], [])


@pytest.mark.usefixtures("shouting")
def test_a_change_is_shown_and_not_made(filled: Store, rules: RuleSet) -> None:
    """The comparison names report, field, and what would be there instead of what; the archive stays as it is."""
    before = filled.last_event()
    found = compare(filled, rules)
    ((change, difference),) = found.samples["title"]
    assert (found.changed, found.fields["title"], change.name) == (2, 1, "a.html")
    assert difference == Difference("title", ("Bridge reopens after repairs",), ("BRIDGE REOPENS after repairs",))
    assert filled.last_event() == before


@pytest.mark.usefixtures("shouting")
def test_only_one_outlets_reports_are_looked_at(filled: Store, rules: RuleSet) -> None:
    """With an outlet, reports that neither archive nor rules give to it do not count."""
    assert compare(filled, rules, outlet="diyaruna").reports == 0
    assert compare(filled, rules, outlet="mithal").changed == 1


def test_other_processes_see_the_same_changes(filled: Store) -> None:
    """Changes come in the order of ids and are the same, whoever describes."""
    outlets = {key: rules for key, rules in load_rule_set().outlets.items() if key != "mithal"}
    fewer = replace(load_rule_set(), outlets=outlets, version="fewer")
    alone = list(rerun.compare(filled, fewer))
    assert sum(bool(change.differences) for change in alone) == 1
    assert list(rerun.compare(filled, fewer, crew=Crew(2))) == alone


def test_a_lost_original_is_said(filled: Store, rules: RuleSet) -> None:
    """A report whose original is gone cannot be described again, and is counted with its code."""
    next(file for file in filled.home.originals.rglob("*") if file.is_file()).unlink()
    found = compare(filled, rules)
    assert [change.failure and change.failure[0] for change in found.failures] == ["F01"]


def test_differences_are_what_readers_see() -> None:
    """Another rule cited for the same words is no difference; other words, in any field, are."""
    report = make_report()
    before = report_to_json(report, "id")
    other_rule = replace(report, title=Title("Bridge over the Samara reopens", "x", "another.rule", "inferred"))
    assert find_differences(before, report_to_json(other_rule, "id")) == ()
    shorter = report_to_json(replace(report, body=(), language=None), "id")
    assert [found.field for found in find_differences(before, shorter)] == ["language", "body"]


def test_issues_are_counted_by_report() -> None:
    """The comparison says of each code how many reports have it before and after, where that differs."""
    found = Comparison()
    found.add(Change("1", "a", reasons=True, issues_before=("D01", "D01"), issues_after=("T01",)))
    found.add(Change("2", "b", issues_before=("T01",), issues_after=("T01",)))
    assert found.issues == {"D01": (1, 0), "T01": (1, 2)}


# --- and then is changed --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shouting")
def test_new_versions_are_one_batch(filled: Store, rules: RuleSet) -> None:
    """Only reports that change get a version; the batch says which, and the old versions stay readable."""
    changed = id_of(filled, "a.html")
    found = apply(filled, rules, compare(filled, rules, outlet="mithal").ids)
    assert dict(found.lines) == {"updated": 1}
    found = apply(filled, rules, compare(filled, rules).ids)
    assert (dict(found.lines), filled.batches()[-1].arguments) == ({"updated": 1}, ("rerun", "--rules=newer"))
    assert title_of(filled, changed) == "BRIDGE REOPENS after repairs"
    titles = [version.report.title.value for version in filled.versions(changed) if version.report.title]
    assert titles == ["Bridge reopens after repairs", "BRIDGE REOPENS after repairs"]
    assert [len(filled.versions(stored.id)) for stored in filled.reports()] == [2, 2]


@pytest.mark.usefixtures("shouting")
def test_a_persons_correction_stands(filled: Store, rules: RuleSet) -> None:
    """What a person corrected is not overwritten, and the comparison says beforehand that it will stand."""
    report_id = id_of(filled, "a.html")
    filled.correct(Correction(report_id, "title", "A bridge, by Ann", "ann"))
    found = compare(filled, rules)
    assert (found.fields["title"], found.kept["title"]) == (1, 1)
    apply(filled, rules, found.ids)
    assert title_of(filled, report_id) == "A bridge, by Ann"
    assert filled.versions(report_id)[-1].rule_set == "newer"


@pytest.mark.usefixtures("shouting")
def test_collections_and_given_outlets_stay(filled: Store, rules: RuleSet) -> None:
    """A further version is in the same collections and of the outlet a person named at the import."""
    report_id = id_of(filled, "b.html")
    apply(filled, rules, [report_id])
    stored = filled.report(report_id)
    assert (stored.version, stored.collections) == (2, ("bridges",))
    assert stored.report.outlet is not None
    assert (stored.report.outlet.key, stored.report.outlet.basis) == ("mithal", "person")


def test_a_page_that_fails_keeps_what_it_has(filled: Store, rules: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """When new rules cannot describe a page, its report stays, and the batch says why."""
    report_id = id_of(filled, "a.html")

    def refuse(*_: object) -> Ready:
        raise BinaryPage("a picture")

    monkeypatch.setattr(ByRules, "__call__", refuse)
    lines: list[BatchLine] = []
    rerun.apply(filled, rules, [report_id], by="ann", report=lines.append)
    assert [(line.outcome, line.code) for line in lines] == [("unchanged", "S02")]
    assert len(filled.versions(report_id)) == 1


@pytest.mark.usefixtures("shouting")
def test_a_report_withdrawn_meanwhile_stays_withdrawn(
    filled: Store, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody withdraws while it is being described again gets no new version, and the batch says so."""
    report_id, real = id_of(filled, "a.html"), ByRules.__call__

    def describe(self: ByRules, task: Task) -> Ready:
        with Store.open(filled.home, patience=0.1) as other:
            other.withdrawals.withdraw(report_id, by="ben", reason="asked to")
        return real(self, task)

    monkeypatch.setattr(ByRules, "__call__", describe)
    assert dict(apply(filled, rules, [report_id]).lines) == {"withdrawn": 1}
    assert filled.count() == 1


def test_unknown_reports_have_no_versions(store: Store) -> None:
    """Asking for the versions of nothing says so, and so does renewing it."""
    with pytest.raises(UnknownReport):
        store.versions("nothing")
    with pytest.raises(UnknownReport):
        store.renew(make_ready(make_description(make_page())), batch=1)
