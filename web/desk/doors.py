"""What the desk leads to: each page of it with the role it needs, a sentence, and what waits there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import url_for

from indexer import PaperKind
from web.access import LEAST, acting_user
from web.context import here
from web.desk.queues import count_waiting
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


def _count_papers(kind: PaperKind) -> str:
    number = here().catalogue.papers.count(acting_user(), kind)
    return f"{number:,}" if number else ""


def _count_withdrawn() -> str:
    standing = here().catalogue.withdrawals.count(standing=True)
    return count(standing, "report") if standing else ""


def _count_users() -> str:
    return count(len(here().catalogue.accounts.users()), "account")


def _count_jobs() -> str:
    working = sum(not job.over for job in here().catalogue.jobs.all("import", "retry"))
    return f"{working} at work" if working else ""


def _count_quarantined() -> str:
    waiting = here().catalogue.quarantine_desk.count()
    return count(waiting, "page") if waiting else ""


def _count_stories() -> str:
    waiting = here().catalogue.story_desk.count_undecided()
    return f"{waiting:,} to decide" if waiting else ""


# A page is listed for those who may open it.
DOORS: Mapping[str, tuple[Door, ...]] = MappingProxyType({
    "To decide": (
        Door("queues.index", "Queues", "What is doubtful, one report at a time or many alike.", count_waiting),
        Door("story_desk.index", "Stories", "Reports that print the same copy, to confirm or to part.", _count_stories),
        Door("quarantine.index", "Quarantine", "Pages that could not become reports, and why.", _count_quarantined),
    ),
    "Many at once": (
        Door("bulk.index", "Bulk edits", "Changes to many reports at once, and how to take each back.", _count_bulk),
        Door("widening.show", "Said for many", "What holds for a whole collection or outlet."),
        Door("collections.index", "Collections", "Groups of reports in an order, with parts and a description."),
    ),
    "In and out": (
        Door("imports.index", "Import", "Send files, or name a folder of the server; see what came in.", _count_jobs),
        Door("withdrawals.index", "Withdrawn", "Reports taken out of the archive, and why.", _count_withdrawn),
        Door("fixity.show", "Fixity", "Whether every original is as it was received."),
    ),
    "What the rules go by": (
        Door("rules.index", "Rules", "By which rules pages are read, what they do, and drafts to try."),
        Door("outlet_desk.index", "Outlets", "What readers are told of each, and which are one and the same."),
        Door("place_desk.index", "Places", "Your own places, and further names of those the gazetteer has."),
        Door("actor_desk.index", "Names", "Which name means which actor, and under which label."),
    ),
    "Your own": (
        Door("own_lists.index", "Your lists", "Reports you keep together.", lambda: _count_papers("list")),
        Door("notes.index", "Your notes", "What you wrote on reports.", lambda: _count_papers("note")),
        Door("searches.index", "Your searches", "Questions you keep, and what is new to them.",
             lambda: _count_papers("search")),
        Door("snapshots.index", "Snapshots", "Answers frozen under a number, to be cited."),
    ),
    "Accounts": (
        Door("users.index", "People", "Who has an account, and what each may do.", _count_users),
    ),
})  # fmt: skip


def list_doors(*, waiting: bool = False) -> dict[str, list[DoorView]]:
    """Return the pages of the desk that the person who is signed in may open, by what they are for.

    `waiting` asks what there is to do on each.
    """
    user = acting_user()

    def view(door: Door) -> DoorView:
        return DoorView(door.label, url_for(door.endpoint), door.about, door.waiting() if waiting else "")

    open_to = {
        purpose: [view(door) for door in doors if (least := LEAST[door.endpoint]) != "anyone" and user.may(least)]
        for purpose, doors in DOORS.items()
    }
    return {purpose: doors for purpose, doors in open_to.items() if doors}
