"""A person's own papers: lists of reports, notes on reports, saved searches; and the snapshots that are cited."""

from dataclasses import dataclass
from typing import Literal

PaperKind = Literal["list", "note", "search"]
LONGEST_NAME, LONGEST_TEXT = 200, 10_000  # characters
LONGEST_LIST = 5_000  # reports
MOST_FROZEN = 200_000  # reports in a snapshot


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a person's.

    A list has a name, a text about it and reports in order. A note has a text on one report, and is `shared` with the
    desk or its writer's alone. A search has a name and, as its text, its address; `looked` is the newest event when its
    owner last looked, and `found` how many reports it had then.
    """

    number: int
    kind: PaperKind
    owner: int
    author: str
    name: str
    text: str
    reports: tuple[str, ...]
    shared: bool
    looked: int
    found: int
    changed: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A paper as it stands after an act, and the act's event."""

    paper: Paper
    event: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is known of a question when its answer is frozen: its address, how it was read, and who answered."""

    address: str
    asked: str
    engine: str
    version: str
    last_event: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The answer to a question as it was, frozen under a number; `digest` is that of its ids, one a line."""

    number: int
    owner: int
    author: str
    name: str
    of: Frozen
    total: int
    digest: str
    taken: str
    public: bool
    removed: bool
