"""What each rule does over the whole archive: how many blocks it decided, in how many reports, with examples."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.store import Standing

SAMPLES = 5
LONGEST = 300
# Where the parts of a stored block lie that are looked at here (archive/ready.py writes them).
TEXT, KEPT, KIND, RULE = 0, 7, 8, 9

Row = Any  # a stored block, read back from JSON


@dataclass(frozen=True, slots=True)
class Sample:
    """One block a rule decided, between the texts that stand before and after it on the page."""

    report_id: str
    text: str
    before: str
    after: str


@dataclass(slots=True)
class Hits:
    """The blocks one rule decided: those set aside and those kept, and over how many reports."""

    set_aside: int = 0
    kept: int = 0
    reports: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)


class RuleHits:
    """Counts, report by report, what the rules did; examples are of blocks set aside where there are any."""

    def __init__(self) -> None:
        self.by_rule: dict[str, Hits] = {}
        self.reports = 0

    def add(self, standing: Standing) -> None:
        """Count what the rules did to one report."""
        rows: list[Row] = json.loads(standing.blocks)
        self.reports += 1
        met = set()
        for place, row in enumerate(rows):
            rule = row[RULE]
            hits = self.by_rule.setdefault(rule, Hits())
            hits.kept += bool(row[KEPT])
            hits.set_aside += not row[KEPT]
            hits.kinds[row[KIND]] = hits.kinds.get(row[KIND], 0) + 1
            if rule not in met and len(hits.samples) < SAMPLES:
                hits.samples.append(_sample(standing.report_id, rows, place))
            met.add(rule)
        for rule in met:
            self.by_rule[rule].reports += 1

    def to_json(self) -> dict[str, object]:
        """Return all counts and examples as JSON, by rule."""
        return {"reports": self.reports, "rules": dict(self._rules())}

    def _rules(self) -> Iterator[tuple[str, object]]:
        for rule, hits in sorted(self.by_rule.items()):
            samples = [[one.report_id, one.text, one.before, one.after] for one in hits.samples]
            yield (
                rule,
                {
                    "set_aside": hits.set_aside,
                    "kept": hits.kept,
                    "reports": hits.reports,
                    "kinds": hits.kinds,
                    "samples": samples,
                },
            )


def _sample(report_id: str, rows: list[Row], place: int) -> Sample:
    before = rows[place - 1][TEXT] if place else ""
    after = rows[place + 1][TEXT] if place + 1 < len(rows) else ""
    return Sample(report_id, *(_shorten(text) for text in (rows[place][TEXT], before, after)))


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
