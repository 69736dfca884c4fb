"""What is asked for is not among what the archive holds."""

from archive.errors.base import ArchiveError


class UnknownReport(ArchiveError):
    """No report has this id."""

    def __init__(self, report_id: str) -> None:
        self.report_id = report_id
        super().__init__(f"No report has the id '{report_id}'. Find ids with: dateline search WORDS")


class UnknownBatch(ArchiveError):
    """No import has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No batch has the number {number}. See all with: dateline batch")


class UnknownStory(ArchiveError):
    """No story and no report has this id."""

    def __init__(self, story_id: str) -> None:
        super().__init__(f"No story has the id '{story_id}'. A report's page names the story it belongs to.")


class UnknownEvent(ArchiveError):
    """No event has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No event has the number {number}. Find numbers in the report's history.")


class UnknownCollection(ArchiveError):
    """No collection has this key, or the report is not in it."""

    def __init__(self, key: str, report_id: str | None = None) -> None:
        what = f"No collection has the key '{key}'" if report_id is None else f"Report {report_id} is not in '{key}'"
        super().__init__(f"{what}. The page of collections lists all there are.")


class UnknownEdit(ArchiveError):
    """No edit of many reports has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No bulk edit has the number {number}. The desk lists all there are.")


class UnknownBlock(ArchiveError):
    """The page of a report has no such block that could be moved."""

    def __init__(self, report_id: str) -> None:
        super().__init__(f"The page of report {report_id} has no such piece any more. Open its original again.")


class OriginalLost(ArchiveError):
    """The original of a report is missing from the home folder, or its bytes are no longer those that came in."""

    def __init__(self, report_id: str, sha256: str) -> None:
        super().__init__(
            f"The original of report {report_id} ({sha256}) is missing or was changed. "
            "Run dateline verify, then bring the file back from a backup or import it again.",
        )


class UnknownJob(ArchiveError):
    """No job has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No job has the number {number}. The page of imports lists them all.")


class UnknownQuarantined(ArchiveError):
    """No page in quarantine has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No page in quarantine has the number {number}. The quarantine page lists them all.")


class JobOver(ArchiveError):
    """What is asked of a job does not fit how it stands."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Job {number} does not stand as you saw it: look at its page again.")
