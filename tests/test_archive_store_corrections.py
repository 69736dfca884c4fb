"""A person's correction: its shape, what it makes of the report, and that nothing but its undoing takes it away."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.authorities import load_places
from archive.edtf_dates import parse_edtf
from archive.errors import (
    AlreadyUndone,
    ArchiveError,
    BadCorrection,
    BadDate,
    NotUndoable,
    UnknownEvent,
    UnknownField,
    UnknownOutlet,
    UnknownReport,
)
from archive.holdings import Correction, StoredReport
from archive.home import create_home
from archive.model import Byline, Date, Mention, Place, Report, Span
from archive.store import Store
from tests.factories import make_description, make_page, make_place, make_report

MOSUL = "geonames:99072"


@pytest.fixture
def report_id(store: Store) -> str:
    """Return the id of one stored report."""
    return put(store)


def put(store: Store, *, rule_set: str = "rules-1", **changes: object) -> str:
    """Store the one page of these tests as a rule set describes it."""
    batch = 1 if store.batches() else store.start_batch("ann", [])
    page = make_page()
    return store.put(page, make_description(page, rule_set=rule_set, **changes), batch=batch).report_id


def correct(store: Store, report_id: str, field: str, value: object) -> StoredReport:
    """Correct one field and return the report as it reads then."""
    store.correct(Correction(report_id, field, value, "ann", "I have the paper before me"))
    return store.report(report_id)


# --- shapes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "authors", "place"),
    [
        ("By Alaa Hussain in Baghdad", ("Alaa Hussain",), "Baghdad"),
        ("Rosa Quill and Tom Fenn", ("Rosa Quill", "Tom Fenn"), None),
        ("by A. Hasan, B. Aziz and C. Said in Erbil", ("A. Hasan", "B. Aziz", "C. Said"), "Erbil"),
        ("Andrea Brandt", ("Andrea Brandt",), None),
    ],
)
def test_a_byline_may_be_written_as_its_line(
    store: Store, report_id: str, line: str, authors: tuple[str, ...], place: str | None
) -> None:
    """A byline given as one line is kept as written, and its names and place are read from it."""
    kinds = ("person",) * len(authors)
    assert correct(store, report_id, "byline", line).report.byline == Byline(line, authors, kinds, place, "correction")  # type: ignore[arg-type]


def test_a_byline_may_be_written_in_parts(store: Store, report_id: str) -> None:
    """A byline given in parts is taken word for word; a name the rules knew as an agency stays one."""
    put(store, rule_set="rules-2", byline=Byline("Quill Press", ("Quill Press",), ("organisation",), None, "x"))
    parts = {"value": "R. Quill in Ur (Quill Press)", "authors": ["R. Quill", "Quill Press"], "place": "Ur"}
    found = correct(store, report_id, "byline", parts).report.byline
    assert found == Byline(
        parts["value"], ("R. Quill", "Quill Press"), ("person", "organisation"), "Ur", "correction",  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_corrected_title_is_a_persons_word(store: Store, report_id: str) -> None:
    """The new title has its white space folded, basis person, and no place in the page is claimed for it."""
    title = correct(store, report_id, "title", "  The bridge \n reopens ").report.title
    assert title is not None
    assert (title.value, title.rule, title.basis, title.span) == ("The bridge reopens", "correction", "person", None)


def test_a_corrected_date_carries_its_evidence(store: Store, report_id: str) -> None:
    """A person's date is as precise as written, and its evidence says who gave it."""
    date = correct(store, report_id, "published", "[2016-11-03..2016-11-04]").report.published
    assert (date.earliest, date.latest, date.basis) == ("2016-11-03", "2016-11-04", "inferred")
    assert [(each.basis, each.by, each.status) for each in date.evidence] == [("person", "ann", "accepted")]


def test_an_outlets_name_is_looked_up(store: Store, report_id: str) -> None:
    """An outlet is given by its key: of the rule files, or of the reports already here."""
    diyaruna = correct(store, report_id, "outlet", "diyaruna").report.outlet
    assert diyaruna is not None
    assert (diyaruna.key, diyaruna.name, diyaruna.basis) == ("diyaruna", "Diyaruna", "person")
    other = make_page("Other\nText\n", name="other.txt")
    store.put(other, make_description(other), batch=1)
    gazette = correct(store, report_id, "outlet", "samara-gazette").report.outlet
    assert gazette is not None
    assert gazette.name == "Samara Gazette"


def test_corrected_places_keep_where_the_page_names_them(store: Store, report_id: str) -> None:
    """A place the rules found keeps role and mentions; one they did not find is one the report is about."""
    named = make_place(role="filed from", mentions=(Mention("Mosul", Span(3, 8), MOSUL),))
    put(store, rule_set="rules-2", places=(named, make_place("geonames:1", name="Elsewhere")))
    iraq = load_places().country("IQ")
    assert iraq is not None
    found = correct(store, report_id, "places", [iraq.id, MOSUL]).report.places
    assert [(place.id, place.role) for place in found] == [(iraq.id, "main"), (MOSUL, "filed from")]
    assert found[1].mentions == named.mentions


@pytest.mark.parametrize(
    ("field", "value", "empty"),
    [
        ("title", None, None),
        ("title", "  ", None),
        ("byline", "", None),
        ("media_id", None, None),
        ("outlet", None, None),
        ("published", "", Date()),
        ("places", None, ()),
        ("section", [], ()),
        ("language", None, None),
    ],
)
def test_a_person_may_say_that_a_field_is_empty(
    store: Store, report_id: str, field: str, value: object, empty: object
) -> None:
    """Nothing, or empty text, means that the field has no value, and that this is known."""
    stored = correct(store, report_id, field, value)
    found = getattr(stored.report, field)
    assert (replace(found, evidence=()) if isinstance(found, Date) else found) == empty
    assert stored.corrected == (field,)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("body", "x", UnknownField),
        ("captions", ["x"], UnknownField),
        ("nonsense", "x", UnknownField),
        ("title", 5, BadCorrection),
        ("title", "x" * 2_001, BadCorrection),
        ("title", "a\x00b", BadCorrection),
        ("title", "a\ud83db", BadCorrection),
        ("byline", {"authors": []}, BadCorrection),
        ("byline", {"value": "x", "colour": "red"}, BadCorrection),
        ("byline", ["x"], BadCorrection),
        ("section", "Iraq", BadCorrection),
        ("section", ["Iraq", ""], BadCorrection),
        ("tags", ["x" * 61], BadCorrection),
        ("tags", [f"tag {number}" for number in range(51)], BadCorrection),
        ("language", "English", BadCorrection),
        ("published", "3 November 2016", BadDate),
        ("published", {"edtf": "2016"}, BadCorrection),
        ("outlet", "no-such-paper", UnknownOutlet),
        ("places", ["geonames:0"], BadCorrection),
        ("places", MOSUL, BadCorrection),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(
    store: Store, report_id: str, field: str, value: object, error: type[ArchiveError]
) -> None:
    """A correction that cannot be meant is refused in words, and leaves neither row nor event."""
    before = store.last_event()
    with pytest.raises(error):
        correct(store, report_id, field, value)
    assert (store.last_event(), store.report(report_id).corrected) == (before, ())


def test_right_to_left_marks_are_text(store: Store, report_id: str) -> None:
    """Joiners and direction marks, which Persian and Arabic need, may stand in a correction."""
    title = correct(store, report_id, "title", "می‌گویند\u200f").report.title
    assert title is not None
    assert title.value == "می‌گویند\u200f"


def test_a_report_that_is_not_there_cannot_be_corrected(store: Store) -> None:
    """The missing report is named."""
    with pytest.raises(UnknownReport, match="b2"):
        correct(store, "b2", "title", "x")


# --- what stands, and what outlives what ------------------------------------------------------------------------


def test_a_correction_outlives_import_and_rules(store: Store, report_id: str) -> None:
    """The same bytes come again, and come under new rules: the person's word stands."""
    correct(store, report_id, "title", "Mine")
    for rule_set in ("rules-1", "rules-2", "rules-3"):
        put(store, rule_set=rule_set, language="ku")
        stored = store.report(report_id)
        assert stored.report.title is not None
        assert (stored.report.title.value, stored.corrected) == ("Mine", ("title",))
    assert (stored.version, stored.report.language) == (4, "ku")


def test_a_correction_is_an_event_with_before_and_after(store: Store, report_id: str) -> None:
    """The log says who changed what from what, and why; the index hears of it."""
    before = store.last_event()
    event = store.correct(Correction(report_id, "language", "ar", "ann", "read it"))
    assert (event.type, event.agent, event.before, event.after, event.note) == (
        "metadata modification", "ann", {"language": "en"}, {"language": "ar"}, "read it",
    )  # fmt: skip
    assert list(store.events(report_id, after=before)) == [event]
    assert store.changed_since(before) == (report_id,)


def test_a_correction_is_evidence_beside_the_rules(store: Store, report_id: str) -> None:
    """What the rules found is kept as an alternative; the person's word comes after it, accepted, with who and when."""
    found = store.evidence(report_id)
    event = store.correct(Correction(report_id, "title", "Mine", "ann"))
    *rest, mine = store.evidence(report_id)
    assert tuple(rest) == found
    assert (mine.field, mine.value, mine.basis, mine.status, mine.by, mine.when) == (
        "title", "Mine", "person", "accepted", "ann", event.when,
    )  # fmt: skip


def test_undoing_gives_back_what_stood_before(store: Store, report_id: str) -> None:
    """Undoing is a further event: the earlier correction stands again, and at last the rules' own value."""
    original = store.report(report_id)
    first = store.correct(Correction(report_id, "title", "First", "ann"))
    second = store.correct(Correction(report_id, "title", "Second", "ben"))
    event = store.undo(second.number, "cleo")
    assert (event.agent, event.note) == ("cleo", f"undoes event {second.number}")
    assert event.after == first.after
    store.undo(first.number, "cleo")
    assert store.report(report_id) == original


def test_undoing_an_earlier_word_leaves_the_later_one(store: Store, report_id: str) -> None:
    """A correction that was overruled since can be undone; what stands is not touched."""
    first = store.correct(Correction(report_id, "title", "First", "ann"))
    store.correct(Correction(report_id, "title", "Second", "ben"))
    event = store.undo(first.number, "cleo")
    assert event.before == event.after
    title = store.report(report_id).report.title
    assert title is not None
    assert title.value == "Second"


def test_undoing_says_when_it_cannot(store: Store, report_id: str) -> None:
    """What is undone, is no correction or does not exist is said, and nothing is added."""
    event = store.correct(Correction(report_id, "title", "First", "ann"))
    undoing = store.undo(event.number, "cleo")
    for number, error in (
        (event.number, AlreadyUndone), (undoing.number, NotUndoable), (1, NotUndoable), (999, UnknownEvent),
    ):  # fmt: skip
        with pytest.raises(error, match=str(number)):
            store.undo(number, "ann")
    assert store.last_event() == undoing.number


# --- the law ----------------------------------------------------------------------------------------------------

TITLES = st.sampled_from(["North", "South", None])
DATES = st.sampled_from(["2016-11-03", "2016", None])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 3)),
        st.tuples(st.just("title"), TITLES),
        st.tuples(st.just("published"), DATES),
        st.tuples(st.just("undo"), st.integers(0, 5)),
    ),
    max_size=12,
)


@contextmanager
def opened(new_home: Path) -> Iterator[Store]:
    """Open an empty store that is gone afterwards, one for each example."""
    with (
        TemporaryDirectory() as folder,
        Store.open(create_home(shutil.copytree(new_home, Path(folder) / "home"))) as store,
    ):
        yield store


def expected(report: Report, made: list[tuple[str, str | None]]) -> tuple[str | None, str | None]:
    """Return the title and the date that must stand: the rules', overruled by the last word on each."""
    words = dict(made)
    title = words.get("title", report.title.value if report.title else None)
    return title, words.get("published", report.published.edtf)


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_the_record_is_the_last_version_under_the_live_corrections(
    new_home: Path, steps: list[tuple[str, int | str | None]]
) -> None:
    """After any imports, corrections and undoings, the record is the newest description with the words in force."""
    with opened(new_home) as store:
        report_id, report = put(store), make_report()
        made: dict[int, tuple[str, str | None]] = {}
        for step, value in steps:
            if step == "put":
                report = make_report(published=parse_edtf(f"190{value}"))
                put(store, rule_set=f"rules-{value}", published=report.published)
            elif step != "undo":
                assert not isinstance(value, int)
                event = store.correct(Correction(report_id, step, value, "ann"))
                made[event.number] = (step, value)
            elif made:
                number = sorted(made)[int(value or 0) % len(made)]
                store.undo(number, "ben")
                del made[number]
        stored = store.report(report_id)
        title = stored.report.title.value if stored.report.title else None
        assert (title, stored.report.published.edtf) == expected(report, [made[number] for number in sorted(made)])
        assert set(stored.corrected) == {field for field, _ in made.values()}


def test_every_correctable_place_shape_matches_the_model() -> None:
    """A corrected place has all that a place has, beside its role and mentions."""
    kept = set(Place.__dataclass_fields__) - {"role", "mentions"}
    assert kept == {"id", "name", "country", "admin1", "lat", "lon"}
