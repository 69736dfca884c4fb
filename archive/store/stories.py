"""Stories: reports that print the same copy, put together by what they share unless a person says otherwise.

Links join reports that were found alike; a story is what its links hold together. A report whose place a person has
decided (`by`) is never moved, and two stories that persons have decided on are never made one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from archive.errors import UnknownStory
from archive.holdings import Link, Story
from archive.likeness import Words, compare_texts
from archive.store.codec import load
from archive.store.events import MODIFICATION, SOFTWARE, add_events, make_row
from archive.store.sketches import Marked, find_candidates, keep_sketches
from archive.store.tables import reports, stories, story_items, story_links

THOUSANDTHS = 1_000
ITEM = select(story_items).where(story_items.c.report_id == bindparam("report_id"))
STORIES = select(story_items.c.report_id, story_items.c.story).where(
    story_items.c.report_id.in_(bindparam("ids", expanding=True)), story_items.c.story.is_not(None)
)
ANY = select(story_items.c.report_id).where(story_items.c.story.is_not(None)).limit(1)
LINKS = select(story_links).where(story_links.c.report_id == bindparam("report_id"))
TEXT = select(reports.c.record, reports.c.outlet).where(reports.c.id == bindparam("report_id"))
ADD_LINK = insert(story_links).prefix_with("OR IGNORE", dialect="sqlite")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stands: its story's number, and the person who decided so, if one did."""

    story: int | None = None
    by: str | None = None


@dataclass(slots=True)
class Moves:
    """What one act changes: for each report where it stood and where it stands now, and why."""

    connection: Connection
    before: dict[str, Place] = field(default_factory=dict)
    after: dict[str, Place] = field(default_factory=dict)

    def place_of(self, report_id: str) -> Place:
        """Return where a report stands now."""
        if report_id not in self.after:
            row = self.connection.execute(ITEM, {"report_id": report_id}).one_or_none()
            self.before[report_id] = self.after[report_id] = Place(row.story, row.by) if row else Place()
        return self.after[report_id]

    def put(self, report_id: str, place: Place) -> None:
        """Put a report into a story, or into none."""
        if self.place_of(report_id) == place:
            return
        self.after[report_id] = place
        self.connection.execute(delete(story_items).where(story_items.c.report_id == report_id))
        if place != Place():
            row = {"report_id": report_id, "story": place.story, "by": place.by}
            self.connection.execute(insert(story_items), row)

    def changed(self) -> Mapping[str, tuple[Place, Place]]:
        """Return the reports that stand elsewhere than before, in order of id."""
        pairs = {one: (self.before[one], self.after[one]) for one in sorted(self.after)}
        return {one: pair for one, pair in pairs.items() if pair[0] != pair[1]}


def group(connection: Connection, marked: Iterable[Marked], *, batch: int | None = None) -> int:
    """Compare reports that are new or read differently with all others, and put them into stories.

    Return how many reports stand elsewhere than before. The same marks again change nothing.
    """
    moves = Moves(connection)
    texts: dict[str, tuple[Words, str | None]] = {}
    new = keep_sketches(connection, marked)
    for one in new:
        _unlink(moves, one.report_id)
    for one in new:
        found = [Found(other, share) for other in find_candidates(connection, one)
                 if (share := _alike(connection, one.report_id, other, texts))]  # fmt: skip
        _link(connection, one.report_id, found)
        _assign(moves, one.report_id, found)
    changed = moves.changed()
    if changed:
        rows = [make_event_row(connection, one, *pair, agent=SOFTWARE, batch=batch) for one, pair in changed.items()]
        add_events(connection, rows)
    return len(changed)


def mark(connection: Connection, report_ids: Iterable[str]) -> Iterator[Marked]:
    """Yield stored reports with the marks of their texts."""
    for report_id in report_ids:
        record = connection.execute(TEXT, {"report_id": report_id}).one().record
        yield Marked(report_id, _words(record).marks)


def make_event_row(
    connection: Connection,
    report_id: str,
    before: Place,
    after: Place,
    *,
    agent: str,
    batch: int | None = None,
    act: int | None = None,
    undoes: int | None = None,
    note: str | None = None,
) -> dict[str, object]:
    """Return the event that a report stands elsewhere; by software it says what the report was found alike."""
    said = _said(after)
    if act is not None:
        said |= {"act": act} | ({"undoes": undoes} if undoes is not None else {})
    elif after.story is not None:
        said |= {"like": [[link.other, link.share] for link in _links_of(connection, report_id)]}
    return make_row(
        MODIFICATION, agent=agent, report_id=report_id, batch=batch, before=_said(before), after=said, note=note
    )


def story_id(number: int | None) -> str | None:
    """Return the id readers know a story by."""
    return None if number is None else f"s{number}"


def story_number(name: str) -> int | None:
    """Return the number in a story's id; None when it is none."""
    digits = name[1:]
    known = name[:1] == "s" and digits.isascii() and digits.isdigit() and len(digits) < len("1000000000")
    return int(digits) if known else None


def read_story(connection: Connection, name: str) -> Story:
    """Return the story with this id, or the one it went into, or the one of the report with this id.

    A report that no other reprints is a story of one, under its own id. Raises UnknownStory.
    """
    number = _find_number(connection, name)
    if number is None:
        if connection.execute(TEXT, {"report_id": name}).one_or_none() is None:
            raise UnknownStory(name)
        return Story(name, (name,))
    row = connection.execute(select(stories).where(stories.c.number == number)).one()
    items = connection.execute(
        select(story_items.c.report_id, story_items.c.by)
        .join(reports, reports.c.id == story_items.c.report_id)
        .where(story_items.c.story == number)
        .order_by(reports.c.earliest.is_(None), reports.c.earliest, reports.c.latest, reports.c.id)
    ).all()
    inside = {item.report_id for item in items}
    links = [
        link
        for one in sorted(inside)
        for link in _links_of(connection, one)
        if one < link.other and link.other in inside
    ]
    return Story(
        f"s{number}",
        tuple(item.report_id for item in items),
        first=row.first if row.first in inside else None,
        decided=tuple((item.report_id, item.by) for item in items if item.by is not None),
        links=tuple(links),
    )


def stories_of(connection: Connection, report_ids: Sequence[str]) -> Mapping[str, str]:
    """Return the story of each of these reports that has one."""
    found = connection.execute(STORIES, {"ids": tuple(report_ids)})
    return {report_id: f"s{story}" for report_id, story in found}


def sizes_of(connection: Connection, report_ids: Sequence[str]) -> Mapping[str, int]:
    """Return how many reports the story of each of these reports has; a report without one is left out."""
    told = select(story_items.c.story).where(story_items.c.report_id.in_(report_ids), story_items.c.story.is_not(None))
    counting = select(story_items.c.story, func.count()).where(story_items.c.story.in_(told))
    counts = {f"s{row[0]}": row[1] for row in connection.execute(counting.group_by(story_items.c.story))}
    return {report_id: counts[story] for report_id, story in stories_of(connection, report_ids).items()}


def count_all(connection: Connection) -> tuple[int, int]:
    """Return how many stories there are, and how many reports are in them."""
    row = connection.execute(select(func.count(story_items.c.story.distinct()), func.count(story_items.c.story))).one()
    return int(row[0]), int(row[1])


def has_any(connection: Connection) -> bool:
    """Tell whether any report reprints another."""
    return connection.execute(ANY).first() is not None


def members(connection: Connection, number: int) -> list[str]:
    """Return the reports of a story, in order of id."""
    chosen = select(story_items.c.report_id).where(story_items.c.story == number).order_by(story_items.c.report_id)
    return list(connection.execute(chosen).scalars())


def new_story(connection: Connection) -> int:
    """Return the number of a story that is just being made."""
    return int(connection.execute(insert(stories).values(first=None).returning(stories.c.number)).scalar_one())


def retire(connection: Connection, number: int, into: int | None) -> None:
    """Write down what a story without reports went into."""
    connection.execute(update(stories).where(stories.c.number == number).values(became=into))


# --- finding what is alike ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A report found alike, and which part of the shorter text is shared."""

    report_id: str
    share: float


def _alike(connection: Connection, one: str, other: str, texts: dict[str, tuple[Words, str | None]]) -> float | None:
    """Return which part of the shorter text two reports share if one reprints the other."""
    for report_id in (one, other):
        if report_id not in texts:
            row = connection.execute(TEXT, {"report_id": report_id}).one()
            texts[report_id] = _words(row.record), row.outlet
    (words, outlet), (others, other_outlet) = texts[one], texts[other]
    likeness = compare_texts(words, others)
    one_house = outlet is not None and outlet == other_outlet
    return likeness.share if likeness.is_reprint(one_house=one_house) else None


def _words(record: str) -> Words:
    return Words(passage["text"] for passage in load(record)["body"])


def _link(connection: Connection, one: str, found: Iterable[Found]) -> None:
    rows = []
    for other in found:
        share = round(other.share * THOUSANDTHS)
        rows += [(one, other.report_id, share), (other.report_id, one, share)]
    if rows:
        connection.execute(ADD_LINK, [dict(zip(("report_id", "other", "share"), row, strict=True)) for row in rows])


def _links_of(connection: Connection, report_id: str) -> list[Link]:
    rows = connection.execute(LINKS.order_by(story_links.c.other), {"report_id": report_id})
    return [Link(row.report_id, row.other, row.share / THOUSANDTHS) for row in rows]


# --- putting together ---------------------------------------------------------------------------------------------


def _assign(moves: Moves, one: str, found: Sequence[Found]) -> None:
    """Put a report, and what it joins, into one story."""
    own = moves.place_of(one)
    if own.by is not None and own.story is None:
        return
    places = {other.report_id: moves.place_of(other.report_id) for other in found}
    free = [report_id for report_id, place in places.items() if place == Place()]
    met = list(dict.fromkeys(place.story for place in (own, *places.values()) if place.story is not None))
    if not met and not free:
        return
    decided = [number for number in met if _is_decided(moves, number)]
    target = own.story if own.by else None
    target = target or next(iter(decided), None) or min(met, default=None) or new_story(moves.connection)
    for number in met:
        if number != target and number not in decided:
            for report_id in members(moves.connection, number):
                moves.put(report_id, Place(target))
            retire(moves.connection, number, target)
    for report_id in (one, *free):
        if moves.place_of(report_id).by is None:
            moves.put(report_id, Place(target))


def _is_decided(moves: Moves, number: int) -> bool:
    decided = select(story_items.c.report_id).where(story_items.c.story == number, story_items.c.by.is_not(None))
    return moves.connection.execute(decided.limit(1)).first() is not None


def _unlink(moves: Moves, one: str) -> None:
    """Forget what a report was alike before its text changed; what only it held together falls apart."""
    links = _links_of(moves.connection, one)
    if not links:
        return
    moves.connection.execute(delete(story_links).where(story_links.c.report_id == one))
    moves.connection.execute(delete(story_links).where(story_links.c.other == one))
    place = moves.place_of(one)
    if place.story is not None and place.by is None:
        moves.put(one, Place())
    if place.story is not None:
        settle(moves, place.story)


def settle(moves: Moves, number: int) -> None:
    """Keep together what links or persons hold together in a story; the rest become stories of their own."""
    parts = _parts(moves, number)
    kept = max(parts, key=lambda part: (any(moves.place_of(one).by for one in part), len(part), min(part)), default=())
    for part in parts:
        if part is kept and (len(part) > 1 or any(moves.place_of(one).by for one in part)):
            continue
        place = Place(new_story(moves.connection)) if len(part) > 1 else Place()
        for one in part:
            moves.put(one, place)
    if not members(moves.connection, number):
        retire(moves.connection, number, None)


def _parts(moves: Moves, number: int) -> list[tuple[str, ...]]:
    """Return the reports of a story in the parts that hold together."""
    left = dict.fromkeys(members(moves.connection, number))
    neighbours: dict[str, set[str]] = defaultdict(set)
    decided = [one for one in left if moves.place_of(one).by]
    for one in left:
        neighbours[one] = {link.other for link in _links_of(moves.connection, one)} & left.keys()
    for one in decided:
        neighbours[one].update(decided)
    parts = []
    while left:
        waiting, part = [next(iter(left))], []
        while waiting:
            one = waiting.pop()
            if one in left:
                del left[one]
                part.append(one)
                waiting += sorted(neighbours[one] & left.keys())
        parts.append(tuple(part))
    return parts


def _find_number(connection: Connection, name: str) -> int | None:
    number = story_number(name)
    if number is None:
        place = connection.execute(ITEM, {"report_id": name}).one_or_none()
        return place.story if place is not None else None
    seen = set()
    row = connection.execute(select(stories).where(stories.c.number == number)).one_or_none()
    while row is not None and row.became is not None and row.number not in seen:
        seen.add(row.number)
        row = connection.execute(select(stories).where(stories.c.number == row.became)).one_or_none()
    return int(row.number) if row is not None and members(connection, row.number) else None


def _said(place: Place) -> dict[str, object]:
    said: dict[str, object] = {"story": story_id(place.story)}
    return said | ({"by": place.by} if place.by is not None else {})
