"""What the store answers, where the values of archive/model.py do not say it already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive.model import Report, Source

OutcomeKind = Literal["imported", "unchanged", "updated", "duplicate", "listing", "withdrawn"]
LineOutcome = Literal["imported", "unchanged", "updated", "duplicate", "listing", "withdrawn", "quarantined", "skipped"]
WITHDRAWN = "withdrawn from this archive by a person, and so not taken in again"
LISTING = "L01"  # the code of a page that is a list of other pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing one page came to; `of` is the first name of the same original when it is a duplicate.

    `issues` are the codes of the description that now stands for the page; `listing` is the rule by which the page
    became no report, and `report_id` then the id it would have.
    """

    kind: OutcomeKind
    report_id: str
    of: str | None = None
    issues: tuple[str, ...] = ()
    listing: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a page that came in before: how it was described last, and under which names it came.

    `outlet` is the key a person named for it, if anybody did; `source` is as the record gives it, and `names` are
    oldest first.
    """

    report_id: str
    rule_set: str
    outlet: str | None
    source: Source
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of all reports in order of id: those after one id and up to another, None for the end; how many."""

    after: str
    last: str | None
    count: int


EVERYTHING = Stretch("", None, 0)  # nobody has counted


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest description of a report as it lies in the database, and the fields a person has overruled."""

    report_id: str
    rule_set: str
    record: str
    blocks: str
    evidence: str
    corrected: tuple[str, ...]
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One description of a report, as the rules made it, without corrections; `number` counts from 1."""

    number: int
    rule_set: str
    when: str
    batch: int | None
    report: Report


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one page of an import; `issues` are codes, `code` and `reason` say why it is no report."""

    name: str
    outcome: LineOutcome
    report_id: str | None = None
    code: str | None = None
    reason: str | None = None
    issues: tuple[str, ...] = ()


def make_line(source: Source, outcome: Outcome) -> BatchLine:
    """Return the batch's line for a page that was stored."""
    if outcome.kind == "listing":
        return BatchLine(source.label, "listing", code=LISTING, reason=outcome.listing, issues=outcome.issues)
    reason = None if outcome.of is None else f"the same page as {outcome.of}"
    if outcome.kind == "withdrawn":
        reason = WITHDRAWN
    return BatchLine(source.label, outcome.kind, outcome.report_id, reason=reason, issues=outcome.issues)


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """One import: who asked for it with which words, when, and how it ended (None: it has not)."""

    number: int
    agent: str
    arguments: tuple[str, ...]
    started: str
    finished: str | None
    outcome: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that could not become a report; `sha256` names its bytes in quarantine/ when they were kept."""

    name: str
    code: str
    reason: str
    sha256: str | None
    batch: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something `verify` found wrong; `code` is stable and listed in docs/issues.md."""

    code: str
    message: str
    sha256: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What the archive holds, in figures; `earliest` and `latest` are the days its dated reports may span.

    `checked` is when its originals were last compared with their digests, `problems` how many were not whole then.
    """

    reports: int
    originals: int
    bytes: int
    outlets: int
    undated: int
    earliest: str | None
    latest: str | None
    corrections: int
    quarantined: int
    batches: int
    unfinished: int
    events: int
    checked: str | None = None
    problems: int = 0
