"""Many processes give the archive one process gives, a bad page stops none of the others, and nothing is done twice."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import describing
from archive.batch import BatchReport, Crew, Request, import_items, import_pages
from archive.describing import ByRules, Task
from archive.errors import BinaryPage
from archive.home import Home, create_home
from archive.model import Given, Page
from archive.ready import Ready
from archive.rules import load_rule_set
from archive.sources import Item, Refused, Skipped
from archive.store import BatchLine, Store
from archive.workers import Limits
from tests.factories import make_description, make_page
from tests.tasks import describe_or_misbehave

pytestmark = pytest.mark.slow

ANN = Request("ann", ("pages",), "Bridges")
TWO = Crew(2, Limits(seconds=20, memory=200_000_000))
LIMIT = 100_000
PAGE = "Bridge {0} reopens after repairs\n\nThe bridge was opened to carts again on Tuesday, the mayor said.\n"


def mixed_items() -> list[Item]:
    """Return pages with doubles, refused and skipped files among them."""
    items: list[Item] = [make_page(f"Title {n - n % 5 // 4}\nBody\n", name=f"{n:03}.txt") for n in range(60)]
    items[7:7] = [Refused("x", BinaryPage("a picture"), b"bytes"), Skipped("y", "a picture")]
    return items


def contents(store: Store) -> list[object]:
    """Return all that an import leaves, but for the time of day."""
    events = [replace(event, when="") for event in store.events()]
    reports = [(stored, store.sources(stored.id), store.evidence(stored.id)) for stored in store.reports()]
    lines = [line for batch in store.batches() for line in store.batch_lines(batch.number)]
    return [events, reports, lines, store.quarantined()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of a few pages, two of them the same."""
    made = tmp_path / "in"
    made.mkdir()
    for number in range(4):
        (made / f"{number}.txt").write_text(PAGE.format(number), encoding="utf-8")
    shutil.copy(made / "0.txt", made / "copy.txt")
    return made


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the pages that are described, as they are."""
    names: list[str] = []

    def attempt(describe: ByRules, task: Task) -> Ready:
        names.append(task.page.source.name)
        return describe(task)

    monkeypatch.setattr(describing, "attempt", attempt)
    return names


def bring_in(store: Store, folder: Path, given: Given | None = None, *, crew: Crew | None = None) -> BatchReport:
    """Import a folder by the rules there are."""
    return import_pages(
        store, [folder], load_rule_set(), given or Given(), report=lambda _: None, limit=LIMIT, crew=crew or Crew()
    )


# --- many processes -----------------------------------------------------------------------------------------------


def test_two_processes_leave_what_one_leaves(store: Store, tmp_path: Path, new_home: Path) -> None:
    """Reports, ids, sources, events, lines and their order are the same, whoever described the pages."""
    other = create_home(shutil.copytree(new_home, tmp_path / "other"))
    with Store.open(other) as alone:
        one = import_items(alone, mixed_items(), make_description, ANN, report=lambda _: None)
        two = import_items(store, mixed_items(), make_description, ANN, report=lambda _: None, crew=TWO)
        assert two == one
        assert contents(store) == contents(alone)


def test_rules_travel_to_the_processes(store: Store, folder: Path, tmp_path: Path, new_home: Path) -> None:
    """The real description, by the rules of this very program, is the same from other processes."""
    other = create_home(shutil.copytree(new_home, tmp_path / "other"))
    with Store.open(other) as alone:
        assert bring_in(store, folder, crew=TWO).lines == bring_in(alone, folder).lines
        assert contents(store) == contents(alone)


def test_bad_pages_are_put_aside_and_the_others_go_on(store: Store) -> None:
    """A page that dies, or eats all memory, goes to quarantine with its bytes; its neighbours become reports."""
    misdeeds = ("signal SIGSEGV", "eat", "recurse", "raise")
    titles = [title for misdeed in misdeeds for title in (misdeed, f"Well after {misdeed}")]
    pages = [make_page(f"{title}\nBody\n", name=f"{title}.txt") for title in titles]
    lines: list[BatchLine] = []
    import_items(store, pages, describe_or_misbehave, ANN, report=lines.append, crew=TWO)
    assert [line.name for line in lines] == [page.source.name for page in pages]
    assert [line.code for line in lines[::2]] == ["S18", "S18", "S18", "S18"]
    assert {line.outcome for line in lines[1::2]} == {"imported"}
    assert all(put_aside.sha256 for put_aside in store.quarantined())


@pytest.mark.slow
def test_a_page_without_end_does_not_hold_up_the_others(store: Store) -> None:
    """A page that takes too long goes to quarantine as such; the others become reports meanwhile."""
    pages = [make_page(f"{title}\nBody\n", name=title) for title in ("sleep", *"abcdefgh")]
    lines: list[BatchLine] = []
    crew = Crew(2, Limits(seconds=2))
    import_items(store, pages, describe_or_misbehave, ANN, report=lines.append, crew=crew)
    assert [line.code for line in lines] == ["S17"] + [None] * 8


@pytest.mark.slow
def test_ctrl_c_with_processes_leaves_what_was_reported(store: Store) -> None:
    """Ctrl-C while others describe: what was reported is there, the batch is marked, and the rest comes next time."""

    def pages(count: int) -> Iterator[Page]:
        for number in range(count):
            yield make_page(f"Title {number}\nBody\n", name=f"{number:03}.txt")
        if count < 200:
            raise KeyboardInterrupt

    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        import_items(store, pages(190), make_description, ANN, report=lambda line: done.append(line.name), crew=TWO)
    assert len(done) == store.count() > 0
    assert store.batches()[-1].outcome == "interrupted"
    found = import_items(store, pages(200), make_description, ANN, report=lambda _: None, crew=TWO)
    assert found.lines == {"unchanged": len(done), "imported": 200 - len(done)}


# --- nothing twice ------------------------------------------------------------------------------------------------


def test_what_is_described_is_not_described_again(store: Store, folder: Path, described: list[str]) -> None:
    """A second import by the same rules describes nothing; a double is a double again."""
    bring_in(store, folder)
    described.clear()
    again = bring_in(store, folder)
    assert (dict(again.lines), described) == ({"unchanged": 4, "duplicate": 1}, [])


def test_an_import_cut_short_is_completed(store: Store, folder: Path, described: list[str]) -> None:
    """After a part was imported, the whole describes only what is missing."""
    bring_in(store, folder / "1.txt")
    described.clear()
    assert bring_in(store, folder).lines == {"unchanged": 1, "imported": 3, "duplicate": 1}
    assert described == ["0.txt", "2.txt", "3.txt", "copy.txt"]


def test_issues_are_told_again(store: Store, folder: Path) -> None:
    """Pages that are not described again keep their issues in the report of the batch."""
    first = bring_in(store, folder)
    assert bring_in(store, folder).issues == first.issues != {}


def test_a_persons_word_is_described(store: Store, folder: Path, described: list[str]) -> None:
    """Naming an outlet is a reason to describe again, once; saying the same a second time is not."""
    bring_in(store, folder)
    for word, outcome in (("mithal", "updated"), ("mithal", "unchanged"), (None, "unchanged")):
        described.clear()
        assert bring_in(store, folder, Given(outlet=word)).lines == {outcome: 4, "duplicate": 1}
        assert bool(described) is (outcome == "updated")


def test_new_rules_are_a_reason_to_describe_again(
    store: Store, folder: Path, described: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another rule set every page is described again, and becomes a further version."""
    bring_in(store, folder)
    described.clear()
    newer = replace(load_rule_set(), version="newer")
    monkeypatch.setattr("tests.test_archive_batch_crew.load_rule_set", lambda: newer)
    assert bring_in(store, folder).lines["updated"] >= 4
    assert len(described) == 5


def test_a_new_name_of_known_bytes_is_a_duplicate(store: Store, folder: Path, described: list[str]) -> None:
    """Bytes that are known are recorded under their new name, without being described."""
    bring_in(store, folder)
    described.clear()
    (folder / "3.txt").rename(folder / "moved.txt")
    lines: list[BatchLine] = []
    import_pages(store, [folder], load_rule_set(), Given(), report=lines.append, limit=LIMIT)
    moved = next(line for line in lines if line.name == "moved.txt")
    assert (moved.outcome, moved.reason, described) == ("duplicate", "the same page as 3.txt", [])


# --- pages that are no reports --------------------------------------------------------------------------------------


def test_a_listing_page_is_kept_without_a_report(home: Home) -> None:
    """A list of other pages is kept as an original, told as a listing each time, and is no report."""
    page = make_page()
    description = replace(make_description(page), listing="generic/tag-page")
    lines: list[BatchLine] = []
    with Store.open(home) as store:
        for _ in range(2):
            import_items(store, [page], lambda _: description, ANN, report=lines.append)
        status = store.status()
        assert (status.reports, status.originals, list(store.verify())) == (0, 1, [])
    assert [(line.outcome, line.code, line.report_id, line.reason) for line in lines] == [
        ("listing", "L01", None, "generic/tag-page")
    ] * 2
