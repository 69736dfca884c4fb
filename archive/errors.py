"""Every failure the archive can name; each class builds the sentence its user reads.

ArchiveError
├── RulesError                 a data file of rules or authorities is wrong
│   └── BadRuleFile
├── SourceError                one page cannot be read; the batch goes on and reports it
│   ├── EmptyPage
│   ├── BinaryPage
│   ├── OversizedPage
│   ├── UnreadablePage
│   ├── BrokenContainer
│   │   └── OverflowingContainer
│   ├── UnsafeMember
│   ├── LockedDocument
│   ├── BadRow
│   ├── NoTextLayer
│   ├── BrokenDocument
│   ├── UnknownCoding
│   ├── SlowPage
│   └── FailedPage
├── HomeError                  the home folder cannot be used
│   ├── NoHome
│   ├── HomeTooNew
│   ├── BadSettings
│   ├── HomeBusy
│   ├── HomeUnusable
│   └── DiskFull
├── BadColumns
├── NoWorker
├── UnknownReport
├── UnknownBatch
├── UnknownStory
├── NotInStory
├── OriginalLost
├── UnknownEvent
├── AlreadyUndone
├── NotUndoable
├── BadCorrection
├── UnknownOutlet
├── BadOutletKey
├── NoExamples
├── RuleFileThere
├── UnknownField
└── BadDate
"""

from collections.abc import Callable
from pathlib import Path


class ArchiveError(Exception):
    """Something the archive cannot do, said in one sentence with the next step."""


class RulesError(ArchiveError):
    """A data file of rules or authorities cannot be used."""


class BadRuleFile(RulesError):
    """A rule or authority file does not validate: names the file and the key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}. Correct the file and run the command again.")
        self.file, self.key = file, key


class SourceError(ArchiveError):
    """One page cannot become a report; `code` is stable and listed in docs/issues.md."""

    code = "S00"

    def __reduce__(self) -> tuple[Callable[[type["SourceError"], str], "SourceError"], tuple[type["SourceError"], str]]:
        """Travel between processes as the class and its finished sentence."""
        return _same_error, (type(self), str(self))


def _same_error(kind: type[SourceError], sentence: str) -> SourceError:
    return kind.__new__(kind, sentence)


class EmptyPage(SourceError):
    """The file holds no bytes, or nothing but white space."""

    code = "S01"

    def __init__(self) -> None:
        super().__init__("the file is empty: save the page again")


class BinaryPage(SourceError):
    """The bytes are not text in any encoding we know."""

    code = "S02"

    def __init__(self, kind: str) -> None:
        super().__init__(f"this is {kind}, not a page: save the page as text or HTML")


class OversizedPage(SourceError):
    """The page is larger than the limit in settings.toml."""

    code = "S03"

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"{size:,} bytes is more than the limit of {limit:,} for one page: "
            "split the file, or raise max_page_bytes in settings.toml",
        )


class UnreadablePage(SourceError):
    """The operating system refuses to read the file."""

    code = "S04"

    def __init__(self, reason: str) -> None:
        super().__init__(f"cannot be read ({reason}): check its permissions and import it again")


class BrokenContainer(SourceError):
    """A file that holds pages (ZIP, TAR, WARC …) is damaged, too deep or too large inside."""

    code = "S05"

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}: unpack it yourself and import the folder")


class OverflowingContainer(BrokenContainer):
    """A file that holds pages unpacks to far more than its own size, as bombs do; nothing more of it is read."""

    def __init__(self, times: int) -> None:
        super().__init__(f"it unpacks to more than {times} times its size, and was not read to its end")


class UnsafeMember(SourceError):
    """A file in an archive has a name that leads out of the archive, or no usable name."""

    code = "S06"

    def __init__(self, problem: str) -> None:
        super().__init__(f"its name {problem}: rename it in the archive, or unpack the archive and import the folder")


class LockedDocument(SourceError):
    """A file is locked with a password."""

    code = "S07"

    def __init__(self) -> None:
        super().__init__("it is locked with a password: save it without the password and import it again")


class BadRow(SourceError):
    """A row or record of a table cannot become a page."""

    code = "S08"

    def __init__(self, problem: str, step: str = "correct the row and import the file again") -> None:
        super().__init__(f"{problem}: {step}")


class NoTextLayer(SourceError):
    """A PDF holds pictures of pages and no text."""

    code = "S09"

    def __init__(self, pages: int) -> None:
        super().__init__(
            f"none of the PDF's {pages:,} pages holds text, only pictures of it: "
            "make a PDF with a text layer (by text recognition, OCR) and import that",
        )


class BrokenDocument(SourceError):
    """A document (MHTML, PDF, DOCX, news XML) cannot be read as what it says it is."""

    code = "S12"

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}: save the page again, or as HTML or text")


class UnknownCoding(SourceError):
    """A captured page is stored in a compression we do not read."""

    code = "S16"

    def __init__(self, coding: str) -> None:
        super().__init__(f"the page is stored in the compression '{coding}': save it again as gzip or uncompressed")


class SlowPage(SourceError):
    """Describing the page took longer than the settings allow, and was stopped."""

    code = "S17"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"describing it took more than {seconds:g} seconds and was stopped: "
            "save a simpler copy of the page, or raise max_page_seconds in settings.toml",
        )


class FailedPage(SourceError):
    """Describing the page broke the program or asked for more memory than the settings allow."""

    code = "S18"

    def __init__(self, how: str) -> None:
        super().__init__(
            f"describing it failed ({how}): its bytes are kept; "
            "save a simpler copy of the page, and tell the makers of Dateline",
        )


class HomeError(ArchiveError):
    """The home folder cannot be used as it is."""


class NoHome(HomeError):
    """There is no archive at this place yet."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"There is no archive in {home}. Make one with: dateline init --home {home}")


class HomeTooNew(HomeError):
    """The archive was written by a newer version of the program."""

    def __init__(self, home: Path, found: str) -> None:
        super().__init__(
            f"The archive in {home} was written by a newer Dateline (schema {found}). Nothing was changed. "
            "Upgrade Dateline, then run the command again.",
        )


class BadSettings(HomeError):
    """settings.toml has a key we do not know, or a value of the wrong kind."""

    def __init__(self, file: Path, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}. Correct or remove the line.")


class HomeBusy(HomeError):
    """Another process is writing to this archive."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"Another command is writing to {home}. Wait until it has finished, then run this again.")


class HomeUnusable(HomeError):
    """The operating system or the database refuses to work with the home folder."""

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            f"The archive in {home} cannot be used ({reason}). "
            "Check the folder's permissions and its disk, then run the command again.",
        )


class DiskFull(HomeError):
    """There is no room left; what was reported as done is kept."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"No room is left on the disk of {home}. Everything reported as done is kept; make room and import again.",
        )


class BadColumns(ArchiveError):
    """A column mapping cannot be understood, or names a field that pages have not."""

    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"'{given}' does not say which column holds what. Write FIELD=COLUMN, as in title=headline. "
            f"Fields: {', '.join(known)}.",
        )


class NoWorker(ArchiveError):
    """A process that should describe pages did not start."""

    def __init__(self, how: str) -> None:
        super().__init__(
            f"A process to describe pages with could not be started ({how}). Everything reported as done is kept; "
            "run the command again with --jobs 1.",
        )


class UnknownReport(ArchiveError):
    """No report has this id."""

    def __init__(self, report_id: str) -> None:
        super().__init__(f"No report has the id '{report_id}'. Find ids with: dateline search WORDS")


class UnknownBatch(ArchiveError):
    """No import has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No batch has the number {number}. See all with: dateline batch")


class UnknownStory(ArchiveError):
    """No story and no report has this id."""

    def __init__(self, story_id: str) -> None:
        super().__init__(f"No story has the id '{story_id}'. A report's page names the story it belongs to.")


class NotInStory(ArchiveError):
    """A report is not one of the story's."""

    def __init__(self, report_id: str, story_id: str) -> None:
        super().__init__(f"Report {report_id} is not in story {story_id}, so it was left as it is.")


class OriginalLost(ArchiveError):
    """The original of a report is missing from the home folder, or its bytes are no longer those that came in."""

    def __init__(self, report_id: str, sha256: str) -> None:
        super().__init__(
            f"The original of report {report_id} ({sha256}) is missing or was changed. "
            "Run dateline verify, then bring the file back from a backup or import it again.",
        )


class UnknownEvent(ArchiveError):
    """No event has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No event has the number {number}. Find numbers in the report's history.")


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


class UnknownOutlet(ArchiveError):
    """No rule file has this outlet key."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(f"No outlet has the key '{key}'. Known: {', '.join(known)}.")


class BadOutletKey(ArchiveError):
    """An outlet's key cannot be the name of its rule file."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"'{key}' cannot be an outlet's key. Write it in small letters, figures and hyphens: tern-gazette."
        )


class NoExamples(ArchiveError):
    """None of the files given is a page from which rules could be read."""

    def __init__(self) -> None:
        super().__init__("None of these files is a page of text or HTML. Name a handful of the outlet's report pages.")


class RuleFileThere(ArchiveError):
    """A rule file of this name is there already, and may hold a person's work."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is there already and was left as it is. Move it away, or choose another key.")


class UnknownField(ArchiveError):
    """A correction names a field that does not exist or cannot be corrected."""

    def __init__(self, field: str, known: tuple[str, ...]) -> None:
        super().__init__(f"The field '{field}' cannot be corrected. Fields that can: {', '.join(known)}.")


class BadDate(ArchiveError):
    """A date given by a person is not valid EDTF."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is not a date we can read. Write 2016-11-03, 2016-11, 2016, "
            "[2016-11-03..2016-11-04] for one day among several, or leave it empty for unknown.",
        )
