"""What the desk leads to: each page of it with the role it needs, a sentence, and what waits there."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from web.access import LEAST, acting_user
from web.context import here
from web.words import count


@dataclass(frozen=True, slots=True)
class Door:
    """One page of the desk; `waiting` says what there is to do, or nothing."""

    endpoint: str
    label: str
    about: str
    waiting: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class DoorView:
    """A door as it is shown."""

    label: str
    href: str
    about: str
    waiting: str


def _count_bulk() -> str:
    return "one is under way" if here().catalogue.bulk.waits() else ""


def _count_users() -> str:
    return count(len(here().catalogue.accounts.users()), "account")


# In the order of a working day; a page is listed for those who may open it.
DOORS = (
    Door("bulk.index", "Bulk edits", "Changes to many reports at once, and how to take each back.", _count_bulk),
    Door("users.index", "People", "Who has an account, and what each may do.", _count_users),
)  # fmt: skip


def list_doors(*, waiting: bool = False) -> list[DoorView]:
    """Return the pages of the desk that the person who is signed in may open; `waiting` asks what there is to do."""
    user = acting_user()
    open_to = [door for door in DOORS if (least := LEAST[door.endpoint]) != "anyone" and user.may(least)]
    return [
        DoorView(door.label, url_for(door.endpoint), door.about, door.waiting() if waiting else "") for door in open_to
    ]
