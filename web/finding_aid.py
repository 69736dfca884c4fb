"""A collection as its finding aid tells of it: after ISAD(G), what a person wrote beside what is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl

from flask import url_for

from indexer import ELEMENTS, Collection, CollectionFigures
from web.access import signed_in
from web.address import SearchAddress
from web.context import here
from web.pages.reports import ReportView, view_report
from web.pages.search import link
from web.words import count, date_in_words

PER_PAGE = 50
MOST_PRINTED = 2_000
MOST_COUNTED = 20_000  # reports of a question that are counted for its figures
KILO = 1_000


@dataclass(frozen=True, slots=True)
class PartView:
    """A collection in a list, with those that are part of it."""

    key: str
    name: str
    href: str
    level: str
    reports: str
    public: bool
    parts: tuple["PartView", ...] = ()


@dataclass(frozen=True, slots=True)
class ItemView:
    """A report in a collection, with what the curator says of it."""

    number: int
    report: ReportView
    note: str


@dataclass(frozen=True, slots=True)
class AidView:
    """What the finding aid of a collection says; each of `statements` is number, label and text."""

    collection: Collection
    above: tuple[tuple[str, str], ...]
    statements: tuple[tuple[str, str, str], ...]
    parts: tuple[PartView, ...]
    question_href: str | None
    hidden: bool


def read_question(collection: Collection) -> SearchAddress | None:
    """Return the search whose reports a collection has as well; None when it has none."""
    return SearchAddress.read(parse_qsl(collection.question)) if collection.question else None


def list_parts(shown: Iterable[Collection], parent: str | None = None) -> tuple[PartView, ...]:
    """Return these collections as they are nested, from `parent` down; one whose parent is not shown is at the top."""
    everything = tuple(shown)
    keys = {one.key for one in everything}
    counts = here().catalogue.collection_desk.counts()
    children: dict[str | None, list[Collection]] = {}
    for one in everything:
        children.setdefault(one.parent if one.parent in keys else None, []).append(one)

    def view(one: Collection) -> PartView:
        there = url_for("shelves.collection", value=one.key)
        found = count(_count(one, counts), "report")
        return PartView(
            one.key, one.name, there, one.level, found, one.public, tuple(map(view, children.get(one.key, ())))
        )

    return tuple(map(view, children.get(parent, ())))


def visible_collections() -> tuple[Collection, ...]:
    """Return the collections that this person may see: readers the public ones, people who curate all."""
    room, user = here().catalogue.collection_desk, signed_in()
    shown = room.shown()
    return tuple(one for one in room.all() if one.key in shown or (user and user.may("curator")))


def view_aid(collection: Collection, shown: tuple[Collection, ...]) -> AidView:
    """Return the finding aid of a collection for somebody who may see these."""
    by_key = {one.key: one for one in shown}
    above: list[Collection] = []
    parent = collection.parent
    while parent in by_key and by_key[parent] not in above:
        above.insert(0, by_key[parent])
        parent = by_key[parent].parent
    question = read_question(collection)
    return AidView(
        collection,
        tuple((one.name, url_for("shelves.collection", value=one.key)) for one in above),
        tuple(_statements(collection, [*above, collection])),
        list_parts(shown, collection.key),
        link(question) if question else None,
        hidden=collection.key not in here().catalogue.collection_desk.shown(),
    )


def view_items(key: str, *, offset: int, limit: int) -> list[ItemView]:
    """Return some of a collection's reports, in its order."""
    catalogue = here().catalogue
    items = catalogue.collection_desk.items(key, offset=offset, limit=limit)
    stored = {one.id: one for one in catalogue.reports(item.report_id for item in items)}
    return [
        ItemView(number, view_report(stored[item.report_id]), item.note)
        for number, item in enumerate(items, offset + 1)
        if item.report_id in stored
    ]


def _statements(collection: Collection, path: list[Collection]) -> Iterable[tuple[str, str, str]]:
    figures = _figures(collection)
    yield "3.1.1", "Reference code", " / ".join(one.key for one in path)
    yield "3.1.2", "Title", collection.name
    yield "3.1.3", "Dates", _dates(figures)
    yield "3.1.4", "Level of description", collection.level
    yield "3.1.5", "Extent", f"{count(figures.reports, 'report')}, {_size(figures.bytes)}"
    for element in ELEMENTS:
        if text := collection.elements.get(element.key):
            yield element.number, element.label, text


def _figures(collection: Collection) -> CollectionFigures:
    room, question = here().catalogue.collection_desk, read_question(collection)
    if question is None:
        return room.figures(collection.key)
    found = islice(here().catalogue.find_all(question.request).ids, MOST_COUNTED)
    given = (item.report_id for key in _below(collection.key) for item in room.items(key, limit=MOST_COUNTED))
    return room.figures_of(list(dict.fromkeys((*given, *found))))


def _below(key: str) -> list[str]:
    """Return the keys of a collection and of all that are part of it."""
    everything, found = here().catalogue.collection_desk.all(), [key]
    for above in found:  # grows while it is read
        found += [one.key for one in everything if one.parent == above and one.key not in found]
    return found


def _dates(figures: CollectionFigures) -> str:
    if figures.earliest is None and figures.latest is None:
        return "none of its reports has a date" if figures.reports else "no reports yet"
    first, last = (date_in_words(day) or str(day) for day in (figures.earliest, figures.latest))
    span = first if first == last else f"{first} to {last}"
    doubts = [
        f"{count(figures.uncertain, 'report is', 'reports are')} of uncertain date" if figures.uncertain else "",
        f"{count(figures.undated, 'report has', 'reports have')} none" if figures.undated else "",
    ]
    said = " and ".join(filter(None, doubts))
    return f"{span}; {said}" if said else span


def _size(number: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if number < KILO:
            return f"{number:,} {unit}"
        number = round(number / KILO)
    return f"{number:,} GB"


def _count(one: Collection, counts: Mapping[str, int]) -> int:
    question = read_question(one)
    return counts.get(one.key, 0) + (here().catalogue.count(question.request) if question else 0)
