"""What an archive holds beside its reports as described: corrections, collections, the log of events, stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from archive.model import Report

NO_ELEMENTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on one field of one report; it outlives every re-import and rule change.

    `value` is the field's JSON form (see archive/fields.py), None for "this field is empty". `base` is the number of
    the event that the person had before them: what somebody else has decided since is not overwritten.
    """

    report_id: str
    field: str
    value: object
    by: str
    reason: str = ""
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A named group of reports, made by a librarian.

    `parent` is the collection it is part of; `level` and `elements` are its description after ISAD(G)
    (archive/finding_aids.py); `question` is the query string of a search whose reports are in it as well. One that is
    not `public`, or lies in one that is not, is shown to people of the desk only.
    """

    key: str
    name: str
    parent: str | None = None
    level: str = "collection"
    public: bool = True
    question: str = ""
    elements: Mapping[str, str] = field(default_factory=lambda: NO_ELEMENTS)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report taken out of the archive: by whom, why, and how it stands (sealed, deleted or restored).

    `asked_by` has asked that it be deleted; `ended_by` has deleted it, or put it back. `title` is known while it is not
    deleted.
    """

    report_id: str
    title: str
    state: str
    by: str
    at: str
    reason: str
    event: int
    asked_by: str | None = None
    ended_by: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """A report in a collection, in its order, with what the curator says of it there."""

    report_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CollectionFigures:
    """What reports come to: how many, in how many bytes, of which days, and how sure that is.

    `undated` have no day at all; `uncertain` may be from more than one day.
    """

    reports: int = 0
    bytes: int = 0
    earliest: str | None = None
    latest: str | None = None
    undated: int = 0
    uncertain: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for good: the log that history, audit and undo are read from."""

    number: int
    type: str
    when: str
    agent: str
    report_id: str | None
    batch: int | None
    outcome: str
    before: object = None
    after: object = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the store gives it out: the effective record with corrections applied, and its keeping.

    `collections` are the public ones it was put into, `within` those that they are part of. `story` is the story it
    belongs to; None when no other report prints the same copy.
    """

    id: str
    report: Report
    version: int
    collections: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    reviewed: bool = False
    story: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports found to print the same copy, and which part of the shorter one they share (0 to 1)."""

    one: str
    other: str
    share: float


@dataclass(frozen=True, slots=True)
class Story:
    """Reports that print the same copy, by the days they may date from, the undated last.

    `first` is the one a person wants shown first; `decided` are the reports whose place a person has decided, with
    the person; `links` say why the software put them together.
    """

    id: str
    reports: tuple[str, ...]
    first: str | None = None
    decided: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryInDoubt:
    """A story no person has decided on: how many reports it has, and the least share that two linked ones have."""

    id: str
    size: int
    share: float


StoryActKind = Literal["confirmed", "split", "merged", "first", "undone"]


@dataclass(frozen=True, slots=True)
class StoryAct:
    """What a person did to a story at once: its first event, and the reports that stood elsewhere afterwards."""

    event: int
    kind: StoryActKind
    by: str
    when: str
    reason: str
    moved: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page in quarantine; `sha256` names its bytes when they were kept, `closed` is why it needs no work any more."""

    number: int
    name: str
    code: str
    reason: str
    sha256: str | None
    batch: int
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class OwnFileEdit:
    """A change of one of the library's own files; of a table only the lines that went and came, otherwise the text."""

    event: int
    file: str
    by: str
    when: str
    reason: str
    before: str | None
    after: str | None
    lines: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    undoes: int | None = None
    undone: bool = False
