"""New rules over old originals: first what they would change, then, only on request, new versions as one batch."""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from archive.batch import BatchReport, closing_batch
from archive.comparing import Change, find_differences, issue_codes
from archive.describing import ALONE, ByRules, Crew, Task, describe_in_order
from archive.errors import OriginalLost, SourceError, UnknownReport
from archive.model import Given, Issue
from archive.numbering import LEAST_DATED, Orders, place_in_order, prove_orders
from archive.ready import Ready, with_report
from archive.record import report_from_json
from archive.rules import RuleSet
from archive.sources import reopen
from archive.sources.splitting import ExportRules
from archive.store import BatchLine, Standing, Store

Exports = tuple[ExportRules, ...] | None  # the split rules of press databases; None for those shipped

GROUP = 32
# What was said of a page by the file it came in, whose own bytes do not say it: it stays with the report.
SAID_BY_CONTAINER = frozenset({"S13", "S14"})


@dataclass(frozen=True, slots=True)
class Original:
    """A report's original to be described again: how its record stands, and its bytes (None: they are lost)."""

    standing: Standing
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Again:
    """Reads an original again and describes it; travels to other processes as its rules do."""

    by_rules: ByRules
    exports: Exports = None

    def __call__(self, original: Original) -> Ready:
        """Describe one original."""
        before = report_from_json(json.loads(original.standing.record))
        page = reopen(before.source, original.content or b"", self.exports)
        said: list[Issue] = [issue for issue in before.issues if issue.code in SAID_BY_CONTAINER]
        outlet = before.outlet.key if before.outlet is not None and before.outlet.basis == "person" else None
        known = outlet if outlet in self.by_rules.rules.outlets else None
        given = Given(outlet=known, collections=original.standing.collections)
        return self.by_rules(Task(replace(page, content=b"", issues=(*page.issues, *said)), given))


def compare(
    store: Store,
    rules: RuleSet,
    *,
    outlet: str | None = None,
    ids: Iterable[str] | None = None,
    exports: Exports = None,
    crew: Crew = ALONE,
    least: int = LEAST_DATED,
) -> Iterator[Change]:
    """Yield what these rules would change in each stored report, in order of id; nothing is written.

    Where at least `least` dated reports of an outlet prove the order of its Media IDs, they date its other reports
    (see numbering); 0 leaves that out, and takes out what it said before.

    `outlet` leaves out reports that neither the archive nor the rules give to this outlet; `ids` names the only
    reports to look at. Collections and the outlet a person named at an import are kept.
    """
    for change, _ in _describe_again(store, rules, outlet=outlet, ids=ids, exports=exports, crew=crew, least=least):
        yield change


def apply(
    store: Store,
    rules: RuleSet,
    ids: Iterable[str],
    *,
    by: str,
    report: Callable[[BatchLine], None],
    exports: Exports = None,
    crew: Crew = ALONE,
    least: int = LEAST_DATED,
) -> BatchReport:
    """Give these reports a further version by these rules, as one batch; a person's corrections stay over it.

    `least` is as in `compare`.

    `report` hears of each once it is safe on the disk. A page that cannot be described any more keeps what it has.
    """
    lines: Counter[str] = Counter()
    issues: Counter[str] = Counter()
    described = _describe_again(store, rules, ids=ids, exports=exports, crew=crew, least=least)
    with store.one_batch(), closing(described):
        batch = store.start_batch(by, ["rerun", f"--rules={rules.version}"])
        with closing_batch(store, batch, lines):
            while group := list(islice(described, GROUP)):
                for line in _renew(store, group, batch):
                    lines[line.outcome] += 1
                    issues.update(line.issues)
                    report(line)
                store.give_way()
    return BatchReport(batch, MappingProxyType(dict(lines)), MappingProxyType(dict(issues)))


def _describe_again(
    store: Store,
    rules: RuleSet,
    *,
    outlet: str | None = None,
    ids: Iterable[str] | None = None,
    exports: Exports = None,
    crew: Crew = ALONE,
    least: int,
) -> Generator[tuple[Change, Ready | None], None, None]:
    orders = prove_orders((stored.report for stored in store.reports()), least)
    originals = _read_originals(store, ids)
    answers = describe_in_order(
        originals, Again(ByRules(rules), exports), lambda one: None if one.content is None else one, crew, size=_size
    )
    with closing(answers):
        for original, described in answers:
            answer = _place_in_order(described, orders) if isinstance(described, Ready) else described
            change = _compare_one(original.standing, answer)
            if outlet is None or outlet in _outlets(original.standing, answer):
                yield change, answer if isinstance(answer, Ready) else None


def _place_in_order(ready: Ready, orders: Orders) -> Ready:
    """Return the description with what the number of the report says of its date, if it says anything."""
    if ready.outlet not in orders:
        return ready
    report = report_from_json(json.loads(ready.record))
    placed = place_in_order(report, orders)
    return ready if placed is report else with_report(ready, placed)


def _read_originals(store: Store, ids: Iterable[str] | None) -> Iterator[Original]:
    for standing in store.standing(ids):
        try:
            content = store.original(standing.report_id)[1]
        except OriginalLost:
            yield Original(standing, None)
        else:
            yield Original(standing, content)


def _size(original: Original) -> int:
    return len(original.content or b"") + len(original.standing.record)


def _compare_one(standing: Standing, answer: Ready | SourceError | None) -> Change:
    before = json.loads(standing.record)
    name, codes = before["source"]["name"], issue_codes(before)
    if answer is None:
        return Change(standing.report_id, name, failure=("F01", "its original is missing or was changed"))
    if isinstance(answer, SourceError):
        return Change(standing.report_id, name, failure=(answer.code, str(answer)))
    if (answer.record, answer.blocks, answer.evidence) == (standing.record, standing.blocks, standing.evidence):
        return Change(standing.report_id, name, issues_before=codes, issues_after=codes)
    return Change(
        standing.report_id,
        name,
        find_differences(before, json.loads(answer.record)),
        reasons=True,
        corrected=standing.corrected,
        issues_before=codes,
        issues_after=answer.issues,
    )


def _outlets(standing: Standing, answer: Ready | SourceError | None) -> tuple[str | None, str | None]:
    before = json.loads(standing.record)["outlet"]
    return (before["key"] if before else None), (answer.outlet if isinstance(answer, Ready) else None)


def _renew(store: Store, group: list[tuple[Change, Ready | None]], batch: int) -> list[BatchLine]:
    lines = []
    with store.writing():
        for change, ready in group:
            if ready is None:
                code, reason = change.failure or ("", "")
                lines.append(BatchLine(change.name, "unchanged", change.report_id, code, reason))
                continue
            try:
                changed = change.reasons and store.renew(ready, batch=batch)
            except UnknownReport:  # withdrawn since it was read
                lines.append(BatchLine(change.name, "withdrawn", change.report_id))
                continue
            lines.append(
                BatchLine(change.name, "updated" if changed else "unchanged", change.report_id, issues=ready.issues)
            )
        store.add_lines(batch, lines)
    return lines
