"""What goes wrong with a person's own papers and with snapshots."""

from archive.errors.base import ArchiveError


class UnknownPaper(ArchiveError):
    """There is no such paper, or it is somebody else's."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no {number} among your papers. The desk lists those there are.")


class BadPaper(ArchiveError):
    """A paper cannot be kept as it is."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This cannot be kept: {problem}.")


class PaperChanged(ArchiveError):
    """An act cannot be taken back, since the paper was changed again afterwards."""

    def __init__(self) -> None:
        super().__init__("It was changed again since. Nothing was taken back; change it as it stands now.")


class UnknownSnapshot(ArchiveError):
    """There is no such snapshot, or it is somebody else's and not public."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no snapshot {number} that you may see.")
