"""The people who work with an archive: who they are, and what each may do."""

import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from archive.errors import BadUserName, UnknownRole

Role = Literal["reader", "researcher", "curator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
LONGEST_NAME = 60
OURS = "dateline"  # who did what the software did, in the log
BETWEEN = " .-_'’@"
WRITTEN = ("L", "M", "N")  # Unicode's letters, marks on letters, and numbers


@dataclass(frozen=True, slots=True)
class User:
    """One person with an account; the name stands in the log for good, so accounts are disabled and never deleted."""

    number: int
    name: str
    role: Role
    disabled: bool
    added: str

    def may(self, least: Role) -> bool:
        """Tell whether this person may do what needs at least this role."""
        return not self.disabled and ROLES.index(self.role) >= ROLES.index(least)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person is told on the next page; `undo` is the address that takes it back, with the fields to send."""

    text: str
    undo: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person is signed in; times are seconds since 1970."""

    digest: str
    user: User
    started: int
    seen: int
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs that act for a person; its secret is known to them alone."""

    number: int
    label: str
    added: str
    used: str | None
    revoked: str | None


def check_user_name(name: str) -> str:
    """Return the name as it is kept; BadUserName says what is wrong with it."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise BadUserName("it is empty")
    if len(kept) > LONGEST_NAME:
        raise BadUserName(f"it has {len(kept)} characters")
    odd = next((one for one in kept if unicodedata.category(one)[0] not in WRITTEN and one not in BETWEEN), None)
    if odd is not None:
        raise BadUserName(f"it has the character {unicodedata.name(odd, f'U+{ord(odd):04X}')}")
    if unicodedata.category(kept[0])[0] not in {"L", "N"}:
        raise BadUserName("it does not begin with a letter or a digit")
    if make_name_key(kept) == OURS:
        raise BadUserName("the software signs its own work so")
    return kept


def make_name_key(name: str) -> str:
    """Return a name as it is compared, without case and without differences of form alone."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def check_role(role: str) -> Role:
    """Return the role of this name; UnknownRole when there is none."""
    if not _is_role(role):
        raise UnknownRole(role, ROLES)
    return role


def _is_role(role: str) -> TypeGuard[Role]:
    return role in ROLES
