"""A person's decision cannot be carried out."""

from archive.errors.base import ArchiveError


class NotInStory(ArchiveError):
    """A report is not one of the story's."""

    def __init__(self, report_id: str, story_id: str) -> None:
        super().__init__(f"Report {report_id} is not in story {story_id}, so it was left as it is.")


class AlreadyUndone(ArchiveError):
    """This correction was undone before."""

    def __init__(self, number: int, by: str) -> None:
        super().__init__(f"Event {number} was undone already, by {by}. To have its value again, correct the field.")


class NotUndoable(ArchiveError):
    """Only corrections can be undone."""

    def __init__(self, number: int, kind: str) -> None:
        super().__init__(
            f"Event {number} ({kind}) is not a correction and cannot be undone. Correct the field instead."
        )


class BadCorrection(ArchiveError):
    """A correction's value has not the shape its field needs."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"The field '{field}' cannot take this value: {problem}.")


class UnknownField(ArchiveError):
    """A correction names a field that does not exist or cannot be corrected."""

    def __init__(self, field: str, known: tuple[str, ...]) -> None:
        super().__init__(f"The field '{field}' cannot be corrected. Fields that can: {', '.join(known)}.")


class ChangedMeanwhile(ArchiveError):
    """Somebody else has changed the field since the person began; `base`, `theirs`, `yours` are its JSON forms."""

    def __init__(self, field: str, *, base: object, theirs: object, yours: object) -> None:
        super().__init__(
            f"The field '{field}' was changed by somebody else meanwhile, so nothing was saved. "
            "Compare both values and decide."
        )
        self.field, self.base, self.theirs, self.yours = field, base, theirs, yours


class NotWaiting(ArchiveError):
    """What a decision is about does not wait in the queue any more."""

    def __init__(self, name: str, queue: str) -> None:
        super().__init__(f"Nothing of {name} waits in the queue '{queue}' any more; somebody may have decided it.")


class BadProblem(ArchiveError):
    """A reader's report of a problem cannot be kept or closed."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This cannot be done: {problem}.")


class BadDate(ArchiveError):
    """A date given by a person is not valid EDTF."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is not a date we can read. Write 2016-11-03, 2016-11, 2016, "
            "[2016-11-03..2016-11-04] for one day among several, or leave it empty for unknown.",
        )


class BadEdit(ArchiveError):
    """An edit of many reports cannot be carried out as it is written."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This edit cannot be made: {problem}. Nothing was changed.")


class EditNotReady(ArchiveError):
    """An edit of many reports is not in the state that the wish needs."""

    def __init__(self, number: int, state: str, wish: str) -> None:
        super().__init__(f"Bulk edit {number} is {state} and cannot be {wish}. Look at it again.")


class BadCollection(ArchiveError):
    """A collection cannot be as a person wants it."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The collection cannot be so: {problem}. Nothing was changed.")


class ChangedSince(ArchiveError):
    """An act cannot be undone because somebody has gone on from it."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"Event {number} cannot be undone: {what}. Nothing was changed.")


class OwnFileMoved(ArchiveError):
    """A file of the library's own was changed again, so that one change of it cannot be taken back alone."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has been changed again since. Take the later changes back first, or edit the file.")


class NotWithdrawn(ArchiveError):
    """A report is not sealed, so that nothing can be decided about it."""

    def __init__(self, report_id: str) -> None:
        super().__init__(f"Report {report_id} is not sealed: it is in the archive, or was deleted for good.")


class SamePerson(ArchiveError):
    """Deleting needs two persons: one who asks, and another who confirms."""

    def __init__(self, report_id: str) -> None:
        super().__init__(
            f"Report {report_id} is deleted when another person has asked for it than the one who confirms. "
            "Nothing was deleted."
        )
