"""Editing many reports at once: what one edit makes of one field's value, and what is known of a whole edit.

A value is seen simply here: text, a list of texts, or None for an empty field. An outlet is its key, a place its id
of the gazetteer, a date its EDTF; a byline keeps its parts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal

from archive.errors import BadEdit
from archive.fields import CORRECTABLE

# A field of the public record, or its simple form: read back from JSON.
Json = Any
Act = Literal["set", "add", "remove", "replace", "find", "confirm"]
State = Literal["planned", "waiting", "running", "stopped", "done"]
ItemOutcome = Literal["waiting", "changed", "same", "refused", "kept"]
DECISIONS = ("block", "settled")  # block:0123…:0, settled:weak-date: decisions on a report that are no field's value
COLLECTION = "collection"  # a report's membership: no field of the record, and edited like a list
LISTS = ("section", "places", "names", "tags", COLLECTION)
TEXTS = ("title", "byline", "media_id", "section", "tags")
ACTS: Mapping[Act, tuple[str, ...]] = {
    "set": CORRECTABLE,
    "add": LISTS,
    "remove": (*CORRECTABLE, COLLECTION),
    "replace": CORRECTABLE,
    "find": TEXTS,
    "confirm": CORRECTABLE,
}
LONGEST = 2_000
# Each field of the record as an edit sees it.
SIMPLE: Mapping[str, Callable[[Json], Json]] = {
    "title": itemgetter("value"),
    "byline": lambda value: {key: value[key] for key in ("value", "authors", "place")},
    "dateline": lambda value: {key: value[key] for key in ("value", "place", "source")},
    "media_id": itemgetter("value"),
    "outlet": itemgetter("key"),
    "published": itemgetter("edtf"),
    "places": lambda value: [place["id"] for place in value],
    "names": lambda value: [name["printed"] for name in value],
    "section": list,
    COLLECTION: str,
    "tags": list,
    "language": str,
}


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be done to one field of many reports.

    `set` gives it `value` (None empties it); `add` and `remove` put a value into a list or take it out; `replace`
    exchanges a whole value `old` for `value`; `find` exchanges a stretch of text `old` for `value`, in any case
    unless `exact_case`, and only whole words with `whole_words`; `confirm` makes what stands there a person's word.
    """

    field: str
    act: Act
    value: Json = None
    old: str = ""
    exact_case: bool = False
    whole_words: bool = False


@dataclass(frozen=True, slots=True)
class EditCounts:
    """How many reports of an edit wait, were changed, stayed the same, could not take the value, or were left alone."""

    waiting: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    kept: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.done

    @property
    def done(self) -> int:
        """Those that need no more work."""
        return self.changed + self.same + self.refused + self.kept


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One edit of many reports, from its plan to its end; the reports were fixed when it was planned.

    `question` says how they were found; `undoes` is the edit this one takes back, `undone` the one that takes this
    one back; `looked_at` is how many of its reports were looked at for the preview. `notes` say what interrupted it.
    """

    number: int
    edit: Edit
    state: State
    by: str
    planned: str
    reason: str
    question: str
    counts: EditCounts
    looked_at: int
    undoes: int | None = None
    undone: int | None = None
    started: str | None = None
    finished: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditLine:
    """One report of a bulk edit: its value before and after (to be, while it waits), and why it was left alone."""

    report_id: str
    outcome: ItemOutcome
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    note: str | None = None


def check_edit(edit: Edit) -> Edit:
    """Return the edit, tidied; BadEdit when its act does not go with its field or misses what it needs."""
    if edit.act not in ACTS:
        raise BadEdit(f"there is no act '{edit.act}'")
    if edit.field not in ACTS[edit.act] and not (edit.act == "set" and is_decision(edit.field)):
        raise BadEdit(f"the field '{edit.field}' is not one for '{edit.act}'; it goes with {', '.join(ACTS[edit.act])}")
    if edit.act in {"replace", "find"} and not edit.old.strip():
        raise BadEdit("say what is to be replaced")
    if max(len(edit.old), len(str(edit.value or ""))) > LONGEST:
        raise BadEdit(f"write at most {LONGEST:,} characters")
    if edit.act in {"add", "remove"} and (not isinstance(edit.value, str) or not edit.value.strip()):
        raise BadEdit("say which value")
    return edit


def is_decision(field: str) -> bool:
    """Tell whether an edit is about a piece of the page or a doubt, and not about a field of the record."""
    family, colon, _ = field.partition(":")
    return bool(colon) and family in DECISIONS


def simplify(field: str, value: Json) -> Json:
    """Return a field of the public record as an edit sees it."""
    return value if value is None or is_decision(field) else SIMPLE[field](value)


def show(value: Json) -> tuple[str, ...]:
    """Return a simple value as the texts a person reads."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return (str(value["value"]) if "value" in value else "kept" if value["kept"] else "set aside",)
    return (value,) if isinstance(value, str) else tuple(value)


def is_same(field: str, one: Json, other: Json) -> bool:
    """Tell whether two simple values read the same; a byline given as a line is not looked into."""
    if field == "byline" and (isinstance(one, str) or isinstance(other, str)):
        return show(one) == show(other)
    return bool((one or None) == (other or None))


def change(edit: Edit, value: Json) -> Json:
    """Return what an edit makes of a simple value."""
    return _CHANGES[edit.act](edit, value)


def _set(edit: Edit, _: Json) -> Json:
    return edit.value


def _confirm(_: Edit, value: Json) -> Json:
    return value


def _add(edit: Edit, value: Json) -> Json:
    return value if edit.value in value else [*value, edit.value]


def _remove(edit: Edit, value: Json) -> Json:
    if isinstance(value, list):
        return [each for each in value if each != edit.value]
    return None if show(value) == (edit.value,) else value


def _replace(edit: Edit, value: Json) -> Json:
    if isinstance(value, list):
        new = [edit.value if each == edit.old else each for each in value]
        return list(dict.fromkeys(each for each in new if each))
    if isinstance(value, Mapping) and edit.old in value["authors"] and edit.value:
        # An author's name is replaced where the line has it.
        authors = [edit.value if each == edit.old else each for each in value["authors"]]
        return {**value, "value": value["value"].replace(edit.old, edit.value), "authors": authors}
    return edit.value if show(value) == (edit.old,) else value


def _find(edit: Edit, value: Json) -> Json:
    pattern = re.escape(edit.old)
    if edit.whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    sought = re.compile(pattern, 0 if edit.exact_case else re.IGNORECASE)

    def exchange(text: str) -> str:
        return " ".join(sought.sub(lambda _: edit.value or "", text).split())

    if value is None or not any(sought.search(text) for text in show(value)):
        return value
    if isinstance(value, list):
        return list(dict.fromkeys(filter(None, map(exchange, value))))
    if isinstance(value, Mapping):
        line, place = exchange(value["value"]), value["place"] and exchange(value["place"])
        authors = list(filter(None, map(exchange, value["authors"])))
        return {"value": line, "authors": authors, "place": place or None} if line else None
    return exchange(value) or None


_CHANGES: Mapping[Act, Callable[[Edit, Json], Json]] = {
    "set": _set,
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "find": _find,
    "confirm": _confirm,
}
