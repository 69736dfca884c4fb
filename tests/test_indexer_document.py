"""What the index holds of a report, and how its facets read."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from archive.fields import FACETS, FIELDS
from archive.holdings import StoredReport
from archive.model import Byline, Caption, Comment, Date, Dateline, MediaId, Mention, Name, Report, Span
from indexer.document import DEFAULT_KEYS, FACET_KEYS, TEXT_KEYS, UNKNOWN, Names, date_values, make_document
from indexer.engine import sort_keys
from indexer.facets import NONE_LABELS, Labels, label_date, make_facet
from tests.factories import make_place, make_report

SPAN = Span(0, 1)


@dataclass(frozen=True)
class Entry:
    """A place of a gazetteer."""

    id: str
    name: str
    country: str | None = None


IRAQ = Entry("geonames:99237", "Iraq", "IQ")
NAMES = Names({"IQ": IRAQ}.get, {"muc": "Dispatches"})
LABELS = Labels(
    outlets={"dawn": "The Dawn"},
    collections={"muc": "Dispatches"},
    place={"geonames:99072": Entry("geonames:99072", "Mosul", "IQ"), IRAQ.id: IRAQ}.get,
    country={"IQ": IRAQ}.get,
)


def store_report(**changes: Any) -> StoredReport:  # noqa: ANN401 - any field of Report
    """Return a stored report with these fields."""
    return StoredReport("b" * 12, make_report(**changes), 1)


def day(iso: str) -> int:
    """Return a day's number."""
    return date.fromisoformat(iso).toordinal()


def test_every_field_of_the_table_has_its_texts_and_values() -> None:
    """A field added to the table without a way into the index fails here, not in a search."""
    document = make_document(store_report())
    assert set(document.texts) == set(TEXT_KEYS)
    assert set(document.values) == {field.key for field in FACETS} | {"story"}


def test_people_and_agencies_of_a_byline_are_facets_apart() -> None:
    """Who signed and which agency is credited, from byline and dateline, each as printed."""
    byline = Byline("By A. Hussain and AFP", ("A. Hussain", "AFP"), ("person", "organisation"), None, "r")
    document = make_document(store_report(byline=byline, dateline=Dateline("MOSUL (Reuters)", "MOSUL", "Reuters", "r")))
    assert (document.values["byline"], document.values["agency"]) == (("A. Hussain",), ("AFP", "Reuters"))


def test_the_review_state_says_who_had_the_last_word() -> None:
    """A report is as the rules proposed it or corrected by a person, and either may have open issues."""
    stored = StoredReport("b" * 12, make_report(issues=()), 1)
    assert make_document(stored).values["review"] == ("proposed",)
    corrected = StoredReport("b" * 12, make_report(), 1, corrected=("title",))
    assert make_document(corrected).values["review"] == ("corrected", "issues")


def test_comments_are_searched_only_on_request() -> None:
    """Readers' words have a field of their own and are in no search without it."""
    assert "comments" in TEXT_KEYS
    assert "comments" not in DEFAULT_KEYS
    assert {field.key for field in FIELDS if field.default} == set(DEFAULT_KEYS)


def test_a_reports_parts_become_texts() -> None:
    """Captions come in order with their credits after them; names and numbers are searchable."""
    report = store_report(
        byline=Byline("By A. Hussain", ("A. Hussain",), ("person",), None, "r"),
        media_id=MediaId("55378322", "r"),
        captions=(Caption("A wall", "AFP", SPAN), Caption("A door", None, SPAN)),
        comments=(Comment("First!", SPAN),),
        names=(Name("is", "ISIL", 3),),
        section=("Iraq",),
    )
    texts = make_document(replace(report, collections=("muc",)), NAMES).texts
    assert [texts[key] for key in ("byline", "media", "caption", "comments", "name", "section", "collection")] == [
        ("By A. Hussain",), ("55378322",), ("A wall", "A door", "AFP"), ("First!",), ("ISIL",), ("Iraq",),
        ("muc", "Dispatches"),
    ]  # fmt: skip


def test_a_place_brings_its_country() -> None:
    """A report on Mosul is found under Iraq, by value and by word, and under the names it prints."""
    place = make_place(mentions=(Mention("Mossul", SPAN), Mention("Mosul", SPAN), Mention("Mossul", SPAN)))
    document = make_document(store_report(places=(place,)), NAMES)
    assert document.values["place"] == ("IQ", "geonames:99072")
    assert document.texts["place"] == ("Mosul", "Mossul", "Iraq")


def test_a_place_brings_its_town_and_province() -> None:
    """A report on a quarter is found under its town, its province and its country, by value and by word."""
    around = {"dateline:kokjali": (Entry("geonames:92877", "Nineveh"), Entry("geonames:99072", "Mosul"))}
    names = replace(NAMES, around=lambda place: around.get(place, ()))
    document = make_document(store_report(places=(make_place("dateline:kokjali", name="Kokjali"),)), names)
    assert document.values["place"] == ("IQ", "dateline:kokjali", "geonames:92877", "geonames:99072")
    assert {"Kokjali", "Mosul", "Nineveh", "Iraq"} <= set(document.texts["place"])


def test_a_quarter_stands_under_its_town_and_a_town_under_its_province() -> None:
    """The facet's tree follows the gazetteer; a place without a larger one stands under its country."""
    around = {"geonames:99072": (Entry("geonames:92877", "Nineveh"),)}
    labels = replace(LABELS, around=lambda place: around.get(place, ()))
    assert labels.parent("place", "geonames:99072") == "geonames:92877"
    assert LABELS.parent("place", "geonames:99072") == "IQ"


def test_a_country_is_one_value() -> None:
    """A country named as a place is counted under its code alone."""
    country = make_place(IRAQ.id, name="Iraq", country="IQ")
    assert make_document(store_report(places=(country,)), NAMES).values["place"] == ("IQ",)


def test_what_a_report_has_not_is_unknown() -> None:
    """No facet is silent about a report."""
    document = make_document(StoredReport("b" * 12, Report(make_report().source), 1))
    assert {key for key, values in document.values.items() if values != (UNKNOWN,)} == {"review"}
    assert document.values["review"] == ("proposed",)


@pytest.mark.parametrize(
    ("earliest", "latest", "values"),
    [
        ("2016-11-03", "2016-11-03", ("2016", "2016-11")),
        ("2016-12-31", "2017-01-01", ("2016", "2017", "2016-12", "2017-01")),
        ("1989-01-01", "1998-12-31", None),
        ("1980-01-01", "1999-12-31", tuple(str(year) for year in range(1980, 2000))),
        ("1900-01-01", "1999-12-31", tuple(str(year) for year in range(1900, 2000))),
        ("1900-01-01", "2000-01-01", ()),
        ("0001-01-01", "9999-12-31", ()),
    ],
)
def test_a_date_is_counted_wherever_it_may_lie(earliest: str, latest: str, values: tuple[str, ...] | None) -> None:
    """Every possible year and month counts; over ten years only years, over a hundred nothing."""
    found = date_values(day(earliest), day(latest))
    assert len(found) == 10 + 120 if values is None else found == values


def test_an_open_date_is_unknown_to_the_facet_and_has_its_days() -> None:
    """`Since 1990` can be searched by its range, and says less than a century."""
    document = make_document(store_report(published=Date("1990/..", "1990-01-01", None, "stated")))
    assert (document.values["date"], document.certain, document.earliest, document.latest) == (
        (UNKNOWN,), (UNKNOWN,), day("1990-01-01"), None)  # fmt: skip


def test_values_are_bounded_and_whole() -> None:
    """A heading of a million letters or half a character does not reach the engines."""
    (value,) = make_document(store_report(section=("\ud800" + "x" * 1_000_000,))).values["section"]
    assert (len(value), value[:2]) == (500, "?x")


def test_sort_keys_put_the_undated_and_the_untitled_last() -> None:
    """Whatever lacks what is sorted by comes after everything that has it."""
    bare = sort_keys(make_document(StoredReport("b" * 12, Report(make_report().source), 1)))
    full = sort_keys(make_document(store_report(published=Date("2016", "2016-01-01", "2016-12-31", "stated"))))
    assert all(full[sort] < bare[sort] for sort in ("newest", "oldest", "title"))


@pytest.mark.parametrize(
    ("key", "value", "label", "parent"),
    [
        ("date", "2016", "2016", None),
        ("date", "2016-11", "November 2016", "2016"),
        ("date", "unknown", "Date unknown", None),
        ("place", "IQ", "Iraq", None),
        ("place", "geonames:99072", "Mosul", "IQ"),
        ("place", "geonames:0", "geonames:0", None),
        ("place", "unknown", "No place found", None),
        ("outlet", "dawn", "The Dawn", None),
        ("outlet", "dusk", "dusk", None),
        ("collection", "muc", "Dispatches", None),
        ("language", "ar", "Arabic", None),
        ("name", "ISIL", "ISIL", None),
    ],
)
def test_values_are_shown_under_the_names_readers_know(key: str, value: str, label: str, parent: str | None) -> None:
    """A value has a label, and stands under the value it lies in."""
    assert (LABELS.label(key, value), LABELS.parent(key, value)) == (label, parent)


def test_every_facet_has_a_word_for_none() -> None:
    """`unknown` reads as a sentence of the facet's own."""
    assert set(NONE_LABELS) == set(FACET_KEYS)


def test_facet_values_come_by_count_then_value_and_selected_ones_stay() -> None:
    """The order is stable, and a selected value is shown even where nothing is left of it."""
    facet = make_facet("section", {"War": 2, "News": 2, "Art": 5}, ("Gone", "News"), LABELS)
    assert [(value.value, value.count, value.selected) for value in facet.values] == [
        ("Art", 5, False), ("News", 2, True), ("War", 2, False), ("Gone", 0, True),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["2016-13", "x", "", "2016-1-1"])
def test_a_value_that_is_no_month_is_shown_as_it_is(value: str) -> None:
    """An address may select anything; it is shown back, never failed on."""
    assert label_date(value) == value
