"""One page cannot become a report: the batch goes on and reports it."""

from collections.abc import Callable

from archive.errors.base import ArchiveError


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


class BadColumns(ArchiveError):
    """A column mapping cannot be understood, or names a field that pages have not."""

    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"'{given}' does not say which column holds what. Write FIELD=COLUMN, as in title=headline. "
            f"Fields: {', '.join(known)}.",
        )
