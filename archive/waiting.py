"""What waits at the desk: reports in queues, lines that recur, and what readers wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report that waits in a queue: its outlet (None: not known) and why it waits."""

    queue: str
    report_id: str
    outlet: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Reports of one outlet that wait in a queue for the same cause, and how many they are."""

    outlet: str | None
    cause: str
    count: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of a queue's reports are asked for; None leaves a thing open, an empty outlet is one not known."""

    outlet: str | None = None
    collection: str | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class RecurringLine:
    """A line that recurs in the texts of an outlet's reports: how many have it, and one of them."""

    key: str
    outlet: str
    text: str
    count: int
    report_id: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a reader wrote of a page, and what a person answered (None: it is open)."""

    number: int
    report_id: str
    said: str
    contact: str | None
    at: str
    answer: str | None = None
    closed_by: str | None = None
    closed_at: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.closed_by is None
