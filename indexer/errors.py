"""Every failure of finding; each class builds the sentence its user reads.

FindingError
├── UnknownEngine       no engine has this name
├── EngineMissing       the engine's library is not installed
├── IndexBusy           another process is writing the index
└── IndexUnwritable     the index cannot be written where it is
"""

from pathlib import Path


class FindingError(Exception):
    """Something that keeps us from finding, said in one sentence with the next step."""


class UnknownEngine(FindingError):
    """No engine has this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no search engine named '{name}'. Choose one of: {', '.join(known)}.")


class EngineMissing(FindingError):
    """The library of an engine that was asked for by name is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The search engine '{name}' needs the package '{name}', which is not installed. "
            f"Install it with: pip install {name} - or leave the choice to Dateline with: --engine auto",
        )


class IndexBusy(FindingError):
    """Another process is writing the index and did not finish while we waited."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another command is writing the index in {folder}. Wait until it is done, then try again.")


class IndexUnwritable(FindingError):
    """The system or an engine's library refuses to write the index."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The index in {folder} could not be written ({reason}). The archive itself is unharmed. "
            "Make room or correct the permissions, then run: dateline index --rebuild",
        )
