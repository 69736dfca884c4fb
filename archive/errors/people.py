"""What goes wrong with accounts: names, passwords, roles and tokens."""

from archive.errors.base import ArchiveError


class UnknownUser(ArchiveError):
    """Nobody has an account of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Nobody here is called '{name}'. See who is: dateline user list")


class UserThere(ArchiveError):
    """An account of this name, or of one that looks like it, is there already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account called '{name}' already. Choose another name, or change that account.")


class BadUserName(ArchiveError):
    """A name cannot be that of an account."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"This cannot be the name of an account: {problem}. Use up to 60 letters, digits, spaces, . - _ ' and @.",
        )


class UnknownRole(ArchiveError):
    """No role has this name."""

    def __init__(self, role: str, known: tuple[str, ...]) -> None:
        super().__init__(f"No role is called '{role}'. Known are {', '.join(known)}.")


class BadPassword(ArchiveError):
    """A password is too easy to guess, or too long to be one."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"Choose another password: {problem}.")


class LastAdmin(ArchiveError):
    """Without this person nobody could look after the accounts any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' is the only admin left. Make somebody else an admin first.")


class TooManyAttempts(ArchiveError):
    """Too many wrong passwords came for one name or from one address; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        wait = "a minute" if minutes <= 1 else f"{minutes} minutes"
        super().__init__(f"There were too many wrong passwords. Wait {wait}, then try again.")
        self.seconds = seconds


class UnknownToken(ArchiveError):
    """This person has no token of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no token {number} of yours. Your account's page lists those there are.")
