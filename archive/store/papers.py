"""A person's own papers: lists, notes, saved searches. Nobody else sees them but for notes shared with the desk.

No import touches them, so none is waited for; every change is an event that names no report, since a report's history
is read by everybody.
"""

import json
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from archive.errors import BadPaper, PaperChanged, UnknownEvent, UnknownPaper
from archive.papers import LONGEST_LIST, LONGEST_NAME, LONGEST_TEXT, Paper, PaperKind, Written
from archive.people import User
from archive.store.codec import now, plain
from archive.store.events import ACCESSION, PAPER, VISIBLE, add_event, read_event
from archive.store.people_tables import papers, users
from archive.store.room import Room
from archive.store.tables import events

Json = Any
STATE = ("name", "text", "reports", "shared", "removed")  # what an act changes, and taking it back restores
FULL = select(papers, users.c.name.label("author")).join(users, users.c.number == papers.c.owner)


class Papers(Room):
    """A person's own lists, notes and saved searches."""

    def count(self, user: User, kind: PaperKind, find: str = "") -> int:
        """Return how many papers of a kind a person has; with `find`, those in whose name or text it stands."""
        with self.snapshot() as connection:
            chosen = select(func.count()).select_from(papers).where(_of(user, kind, find))
            return connection.execute(chosen).scalar_one()

    def of(self, user: User, kind: PaperKind, find: str = "", *, offset: int = 0, limit: int = 50) -> tuple[Paper, ...]:
        """Return some of a person's papers of a kind, those changed last first."""
        chosen = FULL.where(_of(user, kind, find)).order_by(papers.c.changed.desc(), papers.c.number.desc())
        with self.snapshot() as connection:
            return tuple(_read(row) for row in connection.execute(chosen.offset(offset).limit(limit)))

    def paper(self, user: User, number: int) -> Paper:
        """Return a person's paper, a removed one too; UnknownPaper when it is not theirs."""
        with self.snapshot() as connection:
            return _read(_row(connection, user, number))

    def notes_on(self, user: User, report_id: str) -> tuple[Paper, ...]:
        """Return a person's notes on a report and those that others share with the desk, oldest first."""
        seen = or_(papers.c.owner == user.number, papers.c.shared.is_(True))
        chosen = FULL.where(papers.c.about == report_id, papers.c.removed.is_(False), seen)
        with self.snapshot() as connection:
            return tuple(_read(row) for row in connection.execute(chosen.order_by(papers.c.number)))

    def write(
        self,
        user: User,
        kind: PaperKind,
        *,
        name: str = "",
        text: str = "",
        reports: tuple[str, ...] = (),
        shared: bool = False,
        looked: int = 0,
        found: int = 0,
    ) -> Written:
        """Begin a paper; BadPaper says why it cannot be kept."""
        state = _check(kind, {"name": name, "text": text, "reports": list(reports), "shared": shared, "removed": False})
        about = reports[0] if kind == "note" and reports else None
        row = {"kind": kind, "owner": user.number, "about": about, "looked": looked, "found": found, "changed": now()}
        with self.beside() as connection:
            values = row | _columns(state)
            number: int = connection.execute(insert(papers).values(values).returning(papers.c.number)).scalar_one()
            before = state | {"removed": True}  # taking the beginning back removes it
            event = add_event(connection, PAPER, agent=user.name, before=_said(number, before),
                              after=_said(number, state))  # fmt: skip
            return Written(_read(_row(connection, user, number)), event.number)

    def change(self, user: User, number: int, **values: object) -> Written:
        """Change a person's paper: name, text, reports, shared or removed. UnknownPaper, BadPaper."""
        with self.beside() as connection:
            paper = _read(_row(connection, user, number))
            before = _state(paper)
            return _change(connection, user, paper, _check(paper.kind, before | values))

    def undo(self, user: User, event_number: int) -> Written:
        """Take an act on one's own paper back; PaperChanged when it was changed again since. UnknownEvent."""
        with self.beside() as connection:
            event = read_event(connection, event_number)
            before, after = _read_said(event.before), _read_said(event.after)
            if event.type != PAPER or before is None or after is None:
                raise UnknownEvent(event_number)
            paper = _read(_row(connection, user, after["paper"]))
            if _said(paper.number, _state(paper)) != after:
                raise PaperChanged
            return _change(connection, user, paper, {key: before[key] for key in STATE})

    def look(self, user: User, number: int, *, event: int, found: int) -> None:
        """Note that a person has seen what a saved search finds up to this event; no event itself."""
        with self.beside() as connection:
            _row(connection, user, number)
            values = {"looked": event, "found": found}
            connection.execute(update(papers).where(papers.c.number == number).values(values))

    def since(self, event: int) -> tuple[frozenset[str], frozenset[str]]:
        """Return the reports that came in after an event, and those that read differently since then."""
        later = select(events.c.report_id).where(events.c.number > event, events.c.report_id.is_not(None)).distinct()
        with self.snapshot() as connection:
            came = frozenset(connection.execute(later.where(events.c.type == ACCESSION)).scalars())
            touched = frozenset(connection.execute(later.where(events.c.type.in_(VISIBLE))).scalars())
        return came, touched - came


def _change(connection: Connection, user: User, paper: Paper, state: Json) -> Written:
    said = _said(paper.number, _state(paper)), _said(paper.number, state)
    connection.execute(
        update(papers).where(papers.c.number == paper.number).values(_columns(state) | {"changed": now()})
    )
    event = add_event(connection, PAPER, agent=user.name, before=said[0], after=said[1])
    return Written(_read(_row(connection, user, paper.number)), event.number)


def _of(user: User, kind: PaperKind, find: str) -> Any:  # noqa: ANN401  a clause of the toolkit
    mine = and_(papers.c.owner == user.number, papers.c.kind == kind, papers.c.removed.is_(False))
    if not find:
        return mine
    return and_(
        mine, or_(papers.c.name.icontains(find, autoescape=True), papers.c.text.icontains(find, autoescape=True))
    )


def _row(connection: Connection, user: User, number: int) -> Row[Any]:
    row = connection.execute(FULL.where(papers.c.number == number, papers.c.owner == user.number)).one_or_none()
    if row is None:
        raise UnknownPaper(number)
    return row


def _check(kind: PaperKind, state: Json) -> Json:
    """Return what a paper says in the form it is kept; BadPaper otherwise."""
    name, text = " ".join(plain(str(state["name"])).split()), plain(str(state["text"])).strip()
    reports = list(dict.fromkeys(state["reports"]))
    if len(name) > LONGEST_NAME or len(text) > LONGEST_TEXT:
        raise BadPaper(f"a name has at most {LONGEST_NAME} characters, a text {LONGEST_TEXT:,}")
    if len(reports) > LONGEST_LIST:
        raise BadPaper(f"a list holds at most {LONGEST_LIST:,} reports")
    if kind == "note" and not text:
        raise BadPaper("the note is empty")
    if kind != "note" and not name:
        raise BadPaper("it needs a name")
    return {"name": name, "text": text, "reports": reports, "shared": bool(state["shared"]),
            "removed": bool(state["removed"])}  # fmt: skip


def _state(paper: Paper) -> Json:
    return {"name": paper.name, "text": paper.text, "reports": list(paper.reports), "shared": paper.shared,
            "removed": paper.removed}  # fmt: skip


def _columns(state: Json) -> dict[str, object]:
    return {**state, "reports": json.dumps(state["reports"])}


def _said(number: int, state: Json) -> Json:
    return {"paper": number, **state}


def _read_said(value: Json) -> Json:
    return value if isinstance(value, dict) and "paper" in value else None


def _read(row: Row[Any]) -> Paper:
    return Paper(
        number=row.number,
        kind=row.kind,
        owner=row.owner,
        author=row.author,
        name=row.name,
        text=row.text,
        reports=tuple(json.loads(row.reports)),
        shared=row.shared,
        looked=row.looked,
        found=row.found,
        changed=row.changed,
        removed=row.removed,
    )
