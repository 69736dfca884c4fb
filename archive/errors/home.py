"""The home folder, or this machine, cannot be used as it is."""

from pathlib import Path

from archive.errors.base import ArchiveError


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


class NoWorker(ArchiveError):
    """A process that should describe pages did not start."""

    def __init__(self, how: str) -> None:
        super().__init__(
            f"A process to describe pages with could not be started ({how}). Everything reported as done is kept; "
            "run the command again with --jobs 1.",
        )


class FolderRefused(ArchiveError):
    """A folder of this machine may not be imported from in the browser."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"“{folder[:200]}” cannot be imported from: {why}.")
