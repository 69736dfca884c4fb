"""What happened to a report, in words: each event with what stood there before and after."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer import CORRECTABLE, FIELD_BY_NAME, QUEUE_BY_KEY, Difference, Event
from web.words import date_in_words

# A value of the record as an event tells it, read back from JSON.
Json = Any
LONGEST = 400  # characters of one value in sight
MODIFIED = "metadata modification"
KINDS: Mapping[str, str] = {
    "message digest calculation": "The digest of the original was worked out",
    "accession": "The page came in",
    "metadata extraction": "The rules described the page",
    "fixity check": "The original was checked",
    "deaccession": "The report was withdrawn",
    "recovery": "A damaged original was replaced by its own bytes",
    "reader report": "A reader reported a problem",
    MODIFIED: "The record was changed",
}
UNDOES = "undoes event "
DECISIONS = ("block:", "settled:")
RECORD_NAMES: Mapping[str, str] = {
    "body": "Text", "set_aside": "Set aside", "comments_declared": "Comments declared", "mentions": "Names of places",
    "dates_mentioned": "Dates mentioned", "issues": "For the librarian", "authors": "Authors",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field before and after."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of a report's history; `undone_by` names who took it back, `undoable` says that one can."""

    number: int
    when: str
    who: str
    what: str
    changes: tuple[ChangeView, ...] = ()
    note: str = ""
    undoable: bool = False
    undone_by: str = ""
    version: int | None = None


def view_events(
    events: Iterable[Event], differences: Mapping[int, tuple[Difference, ...]], *, readers_words: bool
) -> tuple[EventView, ...]:
    """Return events in words, newest first; `differences` are those of each version from the one before it.

    `readers_words` shows what readers wrote, which is not for other readers.
    """
    happened = tuple(events)
    undone = {undoes: event.agent for event in happened if (undoes := _undoes(event)) is not None}
    return tuple(_view(event, undone, differences, readers_words=readers_words) for event in reversed(happened))


def say_field(field: str, value: Json) -> tuple[str, ...]:
    """Return a field's JSON as lines a person reads; nothing for an empty one."""
    if value in (None, [], {}):
        return ()
    if field in SAYINGS:
        return tuple(SAYINGS[field](value))
    if isinstance(value, Mapping):
        return (str(value.get("value", value)),)
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _say_date(value: Json) -> list[str]:
    edtf = value["edtf"]
    return [f"{date_in_words(edtf)} ({edtf})"] if edtf else []


SAYINGS: Mapping[str, Callable[[Json], Iterable[str]]] = {
    "published": _say_date,
    "places": lambda value: (f"{place['name']} ({place['role']})" for place in value),
    "names": lambda value: (name["printed"] for name in value),
    "outlet": lambda value: [value["name"]],
    "byline": lambda value: [value["value"], *(f"author: {author}" for author in value["authors"])],
}


def is_decision(field: str) -> bool:
    """Tell whether a change is about a piece of the page or a doubt, and not about a field."""
    return field.startswith(DECISIONS)


def say_decision(field: str, value: Json) -> str:
    """Return what a decision on many reports does, as a sentence says it."""
    if not isinstance(value, Mapping):
        return f"{label_of(field)}: found to be no problem"
    return f"{'Take back' if value['kept'] else 'Set aside'} the piece “{_short([value['text']])[0]}”"


def label_of(field: str) -> str:
    """Return what readers call a field, a piece of a page, or a doubt."""
    family, _, rest = field.partition(":")
    if family == "block":
        return "Piece of the page"
    if family == "settled" and rest in QUEUE_BY_KEY:
        return QUEUE_BY_KEY[rest].label
    known = FIELD_BY_NAME.get(field)
    return known.label if known else RECORD_NAMES.get(field, field)


def _view(
    event: Event, undone: Mapping[int, str], differences: Mapping[int, tuple[Difference, ...]], *, readers_words: bool
) -> EventView:
    before, after = _mapping(event.before), _mapping(event.after)
    version = after.get("version") if event.type == "metadata extraction" else None
    note = "" if event.type == "reader report" and not readers_words else event.note or ""
    return EventView(
        number=event.number,
        when=event.when.replace("T", " ").removesuffix("Z") + " UTC",
        who=event.agent,
        what=_what(event, before, after),
        changes=_changes(before, after) if version is None else _differences(differences.get(version, ())),
        note=note,
        undoable=event.number not in undone and _undoes(event) is None and _can_undo(event, after),
        undone_by=undone.get(event.number, ""),
        version=version,
    )


def _what(event: Event, before: Mapping[str, Json], after: Mapping[str, Json]) -> str:
    if event.type == "accession" and "source" in after:
        return f"The page came in as {after['source']}"
    if event.type != MODIFIED:
        return KINDS.get(event.type, event.type.capitalize())
    if (undoes := _undoes(event)) is not None:
        return f"Undid event {undoes}"
    names = sorted({*before, *after})
    said = next((say(names, after) for sign, say in ACTS if any(name.startswith(sign) for name in names)), None)
    return said or ("Corrected: " + ", ".join(map(label_of, names)) if names else KINDS[MODIFIED])


def _say_collection(_: Sequence[str], after: Mapping[str, Json]) -> str:
    return f"Put into the collection {after['collection']}" if after.get("collection") else "Taken out of a collection"


def _say_problem(_: Sequence[str], after: Mapping[str, Json]) -> str:
    return "A reader’s report was " + ("answered and closed" if after.get("state") == "closed" else "opened again")


def _say_block(_: Sequence[str], after: Mapping[str, Json]) -> str:
    return "A piece of the page was " + ("taken back" if "kept" in after.values() else "set aside")


# How what a change is about begins, and what is said of it.
ACTS: tuple[tuple[str, Callable[[Sequence[str], Mapping[str, Json]], str]], ...] = (
    ("story", lambda _names, _after: "Its place among the stories was decided"),
    ("collection", _say_collection),
    ("problem", _say_problem),
    ("block:", _say_block),
    ("settled:", lambda names, _after: "Found to be no problem: " + ", ".join(map(label_of, names))),
)


def _changes(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[ChangeView, ...]:
    found = []
    for name in sorted({*before, *after}):
        if name in CORRECTABLE or is_decision(name):
            one, other = say_field(name, before.get(name)), say_field(name, after.get(name))
            found.append(ChangeView(label_of(name), _short(one), _short(other)))
    return tuple(found)


def _differences(found: Iterable[Difference]) -> tuple[ChangeView, ...]:
    return tuple(ChangeView(label_of(one.field), _short(one.removed), _short(one.added)) for one in found)


def _can_undo(event: Event, after: Mapping[str, Json]) -> bool:
    if event.type != MODIFIED:
        return False
    names = [*after]
    decided = len(names) == 1 and (names[0] in CORRECTABLE or is_decision(names[0]))
    return decided or ("story" in after and "act" in after)


def _undoes(event: Event) -> int | None:
    after = _mapping(event.after)
    if isinstance(after.get("undoes"), int):
        return int(after["undoes"])
    number = (event.note or "").removeprefix(UNDOES)
    return int(number) if event.note and number != event.note and number.isascii() and number.isdigit() else None


def _mapping(value: object) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _short(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line if len(line) <= LONGEST else line[:LONGEST] + " …" for line in lines)
