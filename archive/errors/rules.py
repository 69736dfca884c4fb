"""A data file of rules, authorities or outlets is wrong, or in the way."""

from pathlib import Path

from archive.errors.base import ArchiveError


class RulesError(ArchiveError):
    """A data file of rules or authorities cannot be used."""


class BadRuleFile(RulesError):
    """A rule or authority file does not validate: names the file and the key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}. Correct the file and run the command again.")
        self.file, self.key = file, key


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


class RulesMoved(ArchiveError):
    """The rules are not those that were tried."""

    def __init__(self) -> None:
        super().__init__("The rules have changed since they were tried. Try them again, then use what you see.")
