"""A person's word on stories: confirming, splitting, merging, choosing what is shown first, and taking it back.

Each act is one transaction with an event for every report that stands elsewhere afterwards, or stands there by a
person's word now; the events of one act bear the same `act`, and are undone together.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from archive.errors import AlreadyUndone, NotInStory, NotUndoable, UnknownStory
from archive.holdings import Event, StoryAct, StoryInDoubt
from archive.store.events import MODIFICATION, add_events, last_event, make_row, read_event, read_events
from archive.store.room import Room
from archive.store.stories import (
    Moves,
    Place,
    make_event_row,
    members,
    new_story,
    read_story,
    retire,
    story_id,
    story_number,
)
from archive.store.story_lists import count_undecided, read_acts, read_undecided
from archive.store.tables import stories

Json = Any  # what an event says, read back from JSON


class StoryDesk(Room):
    """A person's word on stories; later imports leave it as it is."""

    def count_undecided(self, outlet: str | None = None) -> int:
        """Return how many stories no person has decided on; with an outlet, those that it printed."""
        with self.snapshot() as connection:
            return count_undecided(connection, outlet)

    def undecided(self, outlet: str | None = None, *, offset: int = 0, limit: int = 50) -> tuple[StoryInDoubt, ...]:
        """Return stories no person has decided on, those that hang together by the weakest link first."""
        with self.snapshot() as connection:
            return read_undecided(connection, outlet, offset=offset, limit=limit)

    def acts(self, story_id: str) -> tuple[StoryAct, ...]:
        """Return what persons did to a story, the latest first. Raises UnknownStory."""
        with self.snapshot() as connection:
            return read_acts(connection, story_id)

    def confirm(self, story_id: str, *, by: str, reason: str = "") -> str:
        """Let a person say that a story is right as it stands; returns its id. Raises UnknownStory."""
        with self.transaction() as connection:
            return confirm(connection, story_id, by=by, reason=reason)

    def split(self, story_id: str, report_ids: Iterable[str], *, by: str, reason: str = "") -> str:
        """Let a person take reports out of a story for good; returns the id of what they are now. NotInStory."""
        with self.transaction() as connection:
            return split(connection, story_id, report_ids, by=by, reason=reason)

    def merge(self, ids: Sequence[str], *, by: str, reason: str = "") -> str:
        """Let a person make one story of these stories and reports, for good; returns its id."""
        with self.transaction() as connection:
            return merge(connection, ids, by=by, reason=reason)

    def choose_first(self, story_id: str, report_id: str | None, *, by: str, reason: str = "") -> None:
        """Let a person choose which version of a story is shown first; None takes the choice back. NotInStory."""
        with self.transaction() as connection:
            choose_first(connection, story_id, report_id, by=by, reason=reason)


def confirm(connection: Connection, name: str, *, by: str, reason: str = "") -> str:
    """Let a person say that a story is right as it stands; returns its id. Raises UnknownStory."""
    number = _number_of(connection, name)
    moves = Moves(connection)
    for report_id in members(connection, number):
        moves.put(report_id, Place(number, by))
    _write(moves, by, reason)
    return f"s{number}"


def split(connection: Connection, name: str, report_ids: Iterable[str], *, by: str, reason: str = "") -> str:
    """Let a person take reports out of a story, to be a story of their own; returns its id.

    One report alone is a story of one, under its own id. What stays behind stays by the person's word too. Raises
    UnknownStory and NotInStory.
    """
    number = _number_of(connection, name)
    leaving, held = tuple(dict.fromkeys(report_ids)), members(connection, number)
    for report_id in leaving:
        if report_id not in held:
            raise NotInStory(report_id, f"s{number}")
    moves = Moves(connection)
    own = new_story(connection) if len(leaving) > 1 else None
    staying = [report_id for report_id in held if report_id not in leaving]
    for report_id in leaving:
        moves.put(report_id, Place(own, by))
    for report_id in staying:
        moves.put(report_id, Place(number if len(staying) > 1 else None, by))
    _retire_empty(moves)
    _write(moves, by, reason)
    return story_id(own) or leaving[0]


def merge(connection: Connection, names: Sequence[str], *, by: str, reason: str = "") -> str:
    """Let a person make one story of these stories and reports; returns the first one's id. Raises UnknownStory."""
    held = [read_story(connection, name) for name in names]
    numbers = [number for one in held if (number := story_number(one.id)) is not None]
    target = numbers[0] if numbers else new_story(connection)
    moves = Moves(connection)
    for one in held:
        for report_id in one.reports:
            moves.put(report_id, Place(target, by))
    _retire_empty(moves, into=target)
    _write(moves, by, reason)
    return f"s{target}"


def choose_first(connection: Connection, name: str, report_id: str | None, *, by: str, reason: str = "") -> None:
    """Let a person choose the version of a story that is shown first; None takes the choice back."""
    number = _number_of(connection, name)
    held = members(connection, number)
    if report_id is not None and report_id not in held:
        raise NotInStory(report_id, f"s{number}")
    before = connection.execute(select(stories.c.first).where(stories.c.number == number)).scalar()
    if before == report_id:
        return
    connection.execute(update(stories).where(stories.c.number == number).values(first=report_id))
    act = last_event(connection) + 1
    after: Json = {"story": f"s{number}", "first": report_id, "act": act}
    row = make_row(MODIFICATION, agent=by, report_id=report_id or before, note=reason or None,
                   before={"story": f"s{number}", "first": before}, after=after)  # fmt: skip
    add_events(connection, [row])


def is_about_story(event: Event) -> bool:
    """Tell whether an event put a report into a story or took it out."""
    return event.type == MODIFICATION and isinstance(event.after, Mapping) and "story" in event.after


def undo(connection: Connection, number: int, *, by: str) -> Event:
    """Take an act on stories back, as a whole; a grouping by the software is undone for this one report.

    A report that somebody has moved since is left where it is. Raises NotUndoable and AlreadyUndone.
    """
    event = read_event(connection, number)
    after: Json = event.after
    if not is_about_story(event):
        raise NotUndoable(number, event.type)
    act = after.get("act", number)
    for later in _all_events(connection, event.report_id, number):
        said: Json = later.after
        if is_about_story(later) and said.get("undoes") == act:
            raise AlreadyUndone(number, later.agent)
    if "first" in after:
        story, before = _number_of(connection, after["story"]), _read(event.before)
        connection.execute(update(stories).where(stories.c.number == story).values(first=before["first"]))
    moves = Moves(connection)
    for one in [event] if "act" not in after else _events_of_act(connection, act):
        said = one.after
        if "first" not in said and one.report_id is not None and moves.place_of(one.report_id) == _place(said):
            # What software did is undone by a person's word, or the next import would do it again.
            moves.put(one.report_id, _place(_read(one.before)) if "act" in said else Place(None, by))
    _retire_empty(moves)
    numbers = _write(moves, by, f"undoes event {number}", undoes=act, of=event)
    return read_event(connection, numbers[0])


def _write(moves: Moves, by: str, reason: str, *, undoes: int | None = None, of: Event | None = None) -> list[int]:
    act = last_event(moves.connection) + 1
    rows = [
        make_event_row(moves.connection, one, *pair, agent=by, act=act, undoes=undoes, note=reason or None)
        for one, pair in moves.changed().items()
    ]
    if of is not None and not any(row["report_id"] == of.report_id for row in rows):
        said: Json = of.after
        after = {"story": said["story"], "act": act, "undoes": undoes}
        rows.append(make_row(MODIFICATION, agent=by, report_id=of.report_id, after=after, note=reason))
    return add_events(moves.connection, rows) if rows else []


def _retire_empty(moves: Moves, into: int | None = None) -> None:
    """Write down which stories have no reports any more; one of a single report is none."""
    for number in {place.story for place in moves.before.values() if place.story is not None} - {into}:
        left = members(moves.connection, number)
        if len(left) == 1:
            moves.put(left[0], Place(None, moves.place_of(left[0]).by))
        if len(left) < 2:  # noqa: PLR2004 - a story needs two
            retire(moves.connection, number, into)


def _number_of(connection: Connection, name: str) -> int:
    number = story_number(read_story(connection, name).id)
    if number is None:
        raise UnknownStory(name)
    return number


def _events_of_act(connection: Connection, act: int) -> list[Event]:
    found = []
    for event in _all_events(connection, None, act - 1):
        said: Json = event.after
        if not is_about_story(event) or said.get("act") != act:
            break
        found.append(event)
    return found


def _all_events(connection: Connection, report_id: str | None, after: int) -> Iterable[Event]:
    while page := read_events(connection, report_id, after):
        yield from page
        after = page[-1].number


def _place(said: Json) -> Place:
    return Place(story_number(said["story"] or ""), said.get("by"))


def _read(said: Json) -> Json:
    return said
