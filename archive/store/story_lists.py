"""Lists for a person who works on stories: those nobody has decided yet, and what persons did to one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from archive.holdings import Event, StoryAct, StoryActKind, StoryInDoubt
from archive.store.events import MODIFICATION, read_events
from archive.store.stories import THOUSANDTHS, read_story
from archive.store.tables import events, reports, story_items, story_links

Json = Any  # what an event says, read back from JSON


def count_undecided(connection: Connection, outlet: str | None) -> int:
    """Return how many stories no person has decided on; with an outlet, those that it printed."""
    chosen = _undecided(outlet).subquery()
    return int(connection.execute(select(func.count()).select_from(chosen)).scalar_one())


def read_undecided(connection: Connection, outlet: str | None, *, offset: int, limit: int) -> tuple[StoryInDoubt, ...]:
    """Return stories no person has decided on, those that hang together by the weakest link first."""
    weakest = _weakest().subquery()
    share: ColumnElement[int] = func.coalesce(weakest.c.share, 0)
    chosen = _undecided(outlet).subquery()
    rows = connection.execute(
        select(chosen.c.story, chosen.c.size, share.label("share"))
        .outerjoin(weakest, weakest.c.story == chosen.c.story)
        .order_by(share, chosen.c.story)
        .offset(offset)
        .limit(limit)
    )
    return tuple(StoryInDoubt(f"s{row.story}", row.size, row.share / THOUSANDTHS) for row in rows)


def _undecided(outlet: str | None) -> Select[Any]:
    items = story_items.c
    chosen = (
        select(items.story, func.count().label("size"))
        .where(items.story.is_not(None))
        .group_by(items.story)
        .having(func.count(items.by) == 0)
    )
    if outlet is None:
        return chosen
    printed = select(items.story).join(reports, reports.c.id == items.report_id).where(reports.c.outlet == outlet)
    return chosen.where(items.story.in_(printed))


def _weakest() -> Select[Any]:
    """Choose for each story the least share among the links that lie inside it."""
    one, other = story_items.alias(), story_items.alias()
    return (
        select(one.c.story, func.min(story_links.c.share).label("share"))
        .join(one, one.c.report_id == story_links.c.report_id)
        .join(other, (other.c.report_id == story_links.c.other) & (other.c.story == one.c.story))
        .where(story_links.c.report_id < story_links.c.other)
        .group_by(one.c.story)
    )


def read_acts(connection: Connection, name: str) -> tuple[StoryAct, ...]:
    """Return what persons did to the story a report or story is in, the latest first. Raises UnknownStory."""
    story = read_story(connection, name)
    found: dict[int, list[Event]] = {}
    for report_id in story.reports:
        for event in _all_of(connection, report_id):
            said: Json = event.after
            if "act" in said:
                found.setdefault(said["act"], []).append(event)
    undone = {said["undoes"] for act in found.values() for one in act if "undoes" in (said := _said(one))}
    acts = [_act(act, _events_of(connection, act), undone) for act in found]
    return tuple(sorted((act for act in acts if act is not None), key=lambda act: -act.event))


def _act(number: int, happened: Sequence[Event], undone: set[int]) -> StoryAct | None:
    if not happened:
        return None
    first = happened[0]
    moved = tuple(one.report_id for one in happened if one.report_id is not None and _moves(one))
    return StoryAct(
        first.number, _kind(happened), first.agent, first.when, first.note or "", moved, undone=number in undone
    )


def _kind(happened: Sequence[Event]) -> StoryActKind:
    said = [_said(one) for one in happened]
    if any("undoes" in one for one in said):
        return "undone"
    if "first" in said[0]:
        return "first"
    if not any(map(_moves, happened)):
        return "confirmed"
    targets = {one["story"] for one in said}
    return "merged" if len(targets) == 1 and None not in targets else "split"


def _moves(event: Event) -> bool:
    before: Json = event.before
    return before is not None and before.get("story") != _said(event)["story"]


def _said(event: Event) -> Json:
    return event.after


def _all_of(connection: Connection, report_id: str) -> Sequence[Event]:
    found: list[Event] = []
    after = 0
    while page := read_events(connection, report_id, after):
        found += [one for one in page if one.type == MODIFICATION and "story" in (_said(one) or {})]
        after = page[-1].number
    return found


def _events_of(connection: Connection, act: int) -> Sequence[Event]:
    """Return the events of one act: they were written together, so their numbers follow one another."""
    last = connection.execute(select(func.max(events.c.number))).scalar() or 0
    found: list[Event] = []
    after = act - 1
    while after < last:
        page = read_events(connection, None, after)
        for event in page:
            said = _said(event)
            if not isinstance(said, dict) or said.get("act") != act:
                return found
            found.append(event)
        after = page[-1].number
    return found
