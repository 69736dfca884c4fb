"""The store takes pages in once, gives them back as they were, and writes down what happened."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import archive
from archive.errors import BinaryPage, HomeTooNew, HomeUnusable, OversizedPage, UnknownReport
from archive.holdings import Collection
from archive.home import Home
from archive.identifiers import make_collection_key
from archive.model import Block, Date
from archive.store import BatchLine, Store
from archive.store.migrate import configure
from archive.store.tables import SCHEMAS, metadata
from tests.factories import make_description, make_page, make_report

IMPORT = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)  # from sqlalchemy.exc import DatabaseError


def query(home: Home, sql: str) -> list[tuple[object, ...]]:
    """Ask the database itself, past the store."""
    with closing(sqlite3.connect(home.database)) as connection, connection:
        return connection.execute(sql).fetchall()


def put(store: Store, text: str = "One\nTwo\nThree\n", *, name: str = "a.txt", batch: int = 1) -> str:
    """Store a page in a batch that is begun if need be, and return its report's id."""
    while len(store.batches()) < batch:
        store.start_batch("ann", ["pages"])
    page = make_page(text, name=name)
    return store.put(page, make_description(page), batch=batch).report_id


# --- taking in --------------------------------------------------------------------------------------------------


def test_a_new_page_is_imported(store: Store) -> None:
    """What was put in comes out: the report, every block, the evidence and the very bytes."""
    page = make_page()
    description = make_description(page)
    outcome = store.put(page, description, batch=store.start_batch("ann", []))
    assert outcome.kind == "imported"
    assert store.report(outcome.report_id).report == description.report
    assert store.evidence(outcome.report_id) == description.evidence
    assert store.original(outcome.report_id) == (page.source, page.content)


def test_blocks_come_back_without_their_runs(store: Store) -> None:
    """Every block is kept with its verdict, rule and span; only the runs, used up by then, are left out."""
    page = make_page()
    description = make_description(page)
    report_id = store.put(page, description, batch=store.start_batch("ann", [])).report_id
    assert store.blocks(report_id) == tuple(
        judged._replace(block=judged.block._replace(runs=())) for judged in description.blocks
    )
    assert isinstance(store.blocks(report_id)[0].block, Block)


def test_the_same_page_again_changes_nothing(store: Store) -> None:
    """Same bytes, name, rule set and result: unchanged, and no event touches the report."""
    report_id = put(store)
    before = store.last_event()
    page = make_page("One\nTwo\nThree\n", name="a.txt")
    assert store.put(page, make_description(page), batch=1).kind == "unchanged"
    assert store.last_event() == before
    assert store.changed_since(before) == ()
    assert store.report(report_id).version == 1


def test_better_rules_make_a_new_version(store: Store) -> None:
    """Same bytes under a new rule set: updated, the old version is kept, the index hears of it."""
    report_id = put(store)
    before = store.last_event()
    page = make_page("One\nTwo\nThree\n", name="a.txt")
    outcome = store.put(page, make_description(page, rule_set="rules-2", language="fr"), batch=1)
    assert outcome.kind == "updated"
    assert store.changed_since(before) == (report_id,)
    stored = store.report(report_id)
    assert (stored.version, stored.report.language) == (2, "fr")
    assert query(store.home, "SELECT number, rule_set FROM versions") == [(1, "rules-1"), (2, "rules-2")]


def test_the_same_bytes_under_another_name_are_a_further_source(store: Store) -> None:
    """A duplicate names the page it repeats and becomes no second report, however often it comes."""
    report_id = put(store, name="a.txt")
    page = make_page("One\nTwo\nThree\n", name="b.txt")
    for _ in range(2):
        outcome = store.put(page, make_description(page), batch=1)
        assert (outcome.kind, outcome.report_id, outcome.of) == ("duplicate", report_id, "a.txt")
    assert store.count() == 1
    assert [source.name for source in store.sources(report_id)] == ["a.txt", "b.txt"]
    assert store.report(report_id).report.source.name == "a.txt"


def test_newer_rules_reach_a_report_through_any_of_its_names(store: Store) -> None:
    """A duplicate described by another rule set updates the report, which keeps its first name; then all is quiet."""
    report_id = put(store, name="a.txt")
    for name, kind in (("b.txt", "updated"), ("a.txt", "unchanged"), ("b.txt", "duplicate")):
        page = make_page("One\nTwo\nThree\n", name=name)
        assert store.put(page, make_description(page, rule_set="rules-2"), batch=1).kind == kind
    assert store.report(report_id).report.source.name == "a.txt"


def test_a_changed_page_under_an_old_name_is_another_report(store: Store) -> None:
    """Bytes decide what a report is, not the file's name."""
    assert put(store, "One\nTwo\n", name="a.txt") != put(store, "One\nZwei\n", name="a.txt")
    assert store.count() == 2


@pytest.mark.parametrize(
    "name", ["caf\udce9.txt", "nul\x00.txt", "مدينة.txt", "x" * 5_000, "a'; DROP TABLE reports;--"]
)
def test_any_name_and_any_text_can_be_kept(store: Store, name: str) -> None:
    """Names that are no UTF-8, NULs and broken characters are kept without loss in the record."""
    page = make_page("T\x00itle\nHalf \ud83d of a pair, and الموصل\nfoot\n", name=name, content=b"\x00\xff")
    outcome = store.put(page, make_description(page), batch=store.start_batch("ann", []))
    assert store.report(outcome.report_id).report == make_report(page)
    assert store.put(page, make_description(page), batch=1).kind == "unchanged"


def test_bytes_and_digest_must_agree(store: Store) -> None:
    """A page whose digest is not that of its bytes is a fault of the program, and nothing is stored."""
    page = make_page()
    wrong = replace(page, content=b"other")
    with pytest.raises(ValueError, match="digest"):
        store.put(wrong, make_description(page), batch=store.start_batch("ann", []))
    assert store.count() == 0


def test_a_group_is_stored_whole_or_not_at_all(store: Store) -> None:
    """A failure inside `writing` takes back every page of the group, records, lines and events."""
    batch = store.start_batch("ann", [])
    before = store.last_event()

    def fail_after_one() -> None:
        with store.writing():
            put(store)
            assert store.count() == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_one()
    assert (store.count(), store.last_event(), list(store.batch_lines(batch))) == (0, before, [])


def test_readers_see_a_group_only_when_it_is_done(store: Store) -> None:
    """Another reader sees nothing of a group before it is committed, and all of it after."""
    with Store.open(store.home) as reader:
        with store.writing():
            put(store)
            assert reader.count() == 0
        assert reader.count() == 1


def test_a_page_that_fails_inside_a_group_leaves_no_half(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When one page of a group fails and the group goes on, the others are stored and nothing of that page is."""

    def fail(*_: object) -> None:
        raise RuntimeError

    with store.writing():
        put(store, "One\nTwo\n")
        with monkeypatch.context() as patch:
            patch.setattr("archive.store.batches.add_lines", fail)
            with pytest.raises(RuntimeError):
                put(store, "Other\nTwo\n", name="b.txt")
    assert store.count() == 1
    assert query(store.home, "SELECT count(*) FROM originals") == [(1,)]


# --- reading ----------------------------------------------------------------------------------------------------


def test_reports_come_in_order_of_id(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """All reports stream by, page after page, sorted by id, each once, while writing goes on."""
    monkeypatch.setattr("archive.store.reading.PAGE", 3)
    ids = [put(store, f"Title {number}\nBody\n", name=f"{number}.txt") for number in range(8)]
    seen = []
    for stored in store.reports():
        seen.append(stored.id)
        put(store, "One\nTwo\nThree\n", name=f"again {len(seen)}.txt")
    assert seen == sorted(seen)
    assert set(ids) <= set(seen)


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.report("b2"),
        lambda store: store.blocks("b2"),
        lambda store: store.evidence("b2"),
        lambda store: store.original("b2"),
        lambda store: store.sources("b2"),
    ],
)
def test_an_unknown_id_is_said(store: Store, ask: Callable[[Store], object]) -> None:
    """Asking for anything of a report that is not there names the id."""
    with pytest.raises(UnknownReport, match="'b2'"):
        ask(store)


def test_status_counts_what_is_held(store: Store) -> None:
    """The figures say reports, outlets, undated reports and the days the dated ones span."""
    batch = store.start_batch("ann", [])
    for number, date in enumerate([Date(), Date("2016", "2016-01-01", "2016-12-31", "stated")]):
        page = make_page(f"Title {number}\nBody\n")
        store.put(page, make_description(page, published=date), batch=batch)
    store.quarantine("x", BinaryPage("a picture"), b"\x89PNG", batch=batch)
    found = store.status()
    assert (found.reports, found.originals, found.outlets, found.undated) == (2, 2, 1, 1)
    assert (found.earliest, found.latest) == ("2016-01-01", "2016-12-31")
    assert (found.quarantined, found.batches, found.unfinished) == (1, 1, 1)


# --- collections, quarantine, batches ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Mosul, 2016–17", "mosul-2016-17"),
        ("  Old_Papers ", "old-papers"),
        ("الموصل 2016", "الموصل-2016"),
        ("!!!", "collection"),
        ("x" * 500, "x" * 100),
    ],
)
def test_a_collection_has_a_key_from_its_name(name: str, key: str) -> None:
    """The key is the name's words in small letters, joined by hyphens."""
    assert make_collection_key(name) == key


def test_a_page_joins_a_collection_once(store: Store) -> None:
    """An import may put reports into a collection, also ones that are there already, and says so once."""
    page = make_page()
    batch = store.start_batch("ann", [])
    kinds = [store.put(page, make_description(page), batch=batch, collection=name).kind for name in
             ("Mosul 2016", "mosul 2016", "Bridges")]  # fmt: skip
    assert kinds == ["imported", "unchanged", "updated"]
    assert store.collections() == (Collection("bridges", "Bridges"), Collection("mosul-2016", "Mosul 2016"))
    assert next(store.reports()).collections == ("bridges", "mosul-2016")


def test_a_bad_page_is_put_aside_with_its_reason(store: Store) -> None:
    """Quarantine keeps name, code, reason and the bytes, under their digest."""
    batch = store.start_batch("ann", [])
    assert store.quarantine("x.bin", BinaryPage("a picture"), b"\x89PNG", batch=batch)
    (page,) = store.quarantined()
    assert (page.name, page.code, page.reason) == ("x.bin", "S02", str(BinaryPage("a picture")))
    assert page.sha256 is not None
    assert (store.home.quarantine / page.sha256[:2] / page.sha256[2:]).read_bytes() == b"\x89PNG"
    assert [event.type for event in store.events()] == ["ingestion start", "quarantine"]


def test_the_same_bad_page_again_changes_nothing(store: Store) -> None:
    """A page in quarantine is not put there twice, with its bytes or without."""
    batch = store.start_batch("ann", [])
    large = OversizedPage(50, 10)
    for first in (True, False):
        assert store.quarantine("x.bin", BinaryPage("a picture"), b"\x89PNG", batch=batch) is first
        assert store.quarantine("y.txt", large, None, batch=batch) is first
    assert len(store.quarantined()) == 2


def test_every_page_of_a_batch_has_its_line(store: Store) -> None:
    """The batch's lines say what became of each page, in order."""
    report_id = put(store, name="a.txt")
    put(store, name="b.txt")
    store.skip("c.png", "pictures are not pages", batch=1)
    store.quarantine("d.txt", BinaryPage("a picture"), None, batch=1)
    assert list(store.batch_lines(1)) == [
        BatchLine("a.txt", "imported", report_id, issues=("D01",)),
        BatchLine("b.txt", "duplicate", report_id, reason="the same page as a.txt", issues=("D01",)),
        BatchLine("c.png", "skipped", reason="pictures are not pages"),
        BatchLine("d.txt", "quarantined", code="S02", reason=str(BinaryPage("a picture"))),
    ]


def test_a_batch_that_was_killed_is_closed_by_the_next(store: Store) -> None:
    """An import whose program died is marked as interrupted as soon as another begins."""
    store.start_batch("ann", ["a"])
    second = store.start_batch("ben", ["b"])
    store.finish_batch(second, {"imported": 2})
    first, last = store.batches()
    assert (first.agent, first.arguments, first.outcome) == ("ann", ("a",), "interrupted")
    assert (last.outcome, last.counts, last.finished is not None) == ("success", {"imported": 2}, True)
    assert [event.type for event in store.events()] == [
        "ingestion start", "ingestion end", "ingestion start", "ingestion end",
    ]  # fmt: skip


# --- the log ----------------------------------------------------------------------------------------------------


def test_an_import_writes_its_events(store: Store) -> None:
    """Taking in one page is three events in PREMIS terms, all of one batch, the last by the rule set."""
    report_id = put(store)
    found = list(store.events(report_id))
    assert [event.type for event in found] == ["message digest calculation", "accession", "metadata extraction"]
    assert {event.batch for event in found} == {1}
    assert found[-1].agent == "dateline, rules rules-1"
    assert store.last_event() == found[-1].number


def test_events_stream_after_a_number(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log can be read on from any event, in order and without gaps or repeats."""
    monkeypatch.setattr("archive.store.events.PAGE", 2)
    put(store)
    put(store, "Other\nText\n", name="b.txt")
    numbers = [event.number for event in store.events()]
    assert numbers == list(range(1, 8))
    assert [event.number for event in store.events(after=5)] == [6, 7]


@pytest.mark.parametrize("table", ["events", "corrections"])
@pytest.mark.parametrize("change", ["UPDATE {} SET report_id = 'b2'", "DELETE FROM {}"])
def test_the_log_is_only_ever_added_to(store: Store, table: str, change: str) -> None:
    """The database itself refuses to change or delete an event or a correction."""
    report_id = put(store)
    query(
        store.home,
        f"INSERT INTO corrections VALUES (1, '{report_id}', 'title', '\"x\"', 'ann', '2020', '', NULL)",
    )
    with pytest.raises(sqlite3.IntegrityError, match="are only ever added"):
        query(store.home, change.format(table))


# --- opening ----------------------------------------------------------------------------------------------------


def test_reopening_shows_what_was_stored(home: Home) -> None:
    """A closed store opens again with everything in it."""
    with Store.open(home) as store:
        report_id = put(store)
    with Store.open(home) as store:
        assert store.report(report_id).id == report_id


def test_a_newer_archive_is_left_alone(home: Home) -> None:
    """A schema this program does not know is refused by name, and the database is not touched."""
    query(home, "UPDATE alembic_version SET version_num = '9999'")
    before = home.database.read_bytes()
    with pytest.raises(HomeTooNew, match="schema 9999"):
        Store.open(home)
    assert home.database.read_bytes() == before


def test_a_file_that_is_no_database_is_said(home: Home) -> None:
    """Something else in the place of archive.db stops the program with a sentence."""
    home.database.write_bytes(b"This is not a database, it is a shopping list." * 100)
    with pytest.raises(HomeUnusable, match="not a database"):
        Store.open(home)


def test_migrations_build_the_tables_we_use(store: Store) -> None:
    """The migrations end where SCHEMAS ends, and leave exactly the tables of tables.py."""
    script = ScriptDirectory.from_config(configure())
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == SCHEMAS
    with store.snapshot() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_database_is_kept_as_promised(store: Store) -> None:
    """Each connection writes ahead, waits for the disk, and holds references to be true."""
    with store.snapshot() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                 ("journal_mode", "synchronous", "foreign_keys")}  # fmt: skip
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("sqlalchemy", ("store/",)),
        ("alembic", ("store/migrate.py", "store/migrations/")),
        ("sqlite3", ("store/sqlite.py",)),
        ("edtf", ("edtf_dates.py",)),
    ],
)
def test_each_library_is_met_in_its_own_place(library: str, homes: tuple[str, ...]) -> None:
    """No file of the archive outside its place imports the database toolkit, Alembic, sqlite3 or edtf."""
    folder = Path(archive.__file__).parent
    for file in folder.rglob("*.py"):
        place = file.relative_to(folder).as_posix()
        met = IMPORT.findall(file.read_text(encoding="utf-8"))
        assert place.startswith(homes) or library not in met, place
