"""An import tells of each page what became of it, only once that is safe, and can be cut short at any moment."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archive import batch as batch_module
from archive.batch import Request, import_items, import_pages
from archive.errors import BinaryPage, DiskFull, EmptyPage, HomeBusy, UnknownOutlet
from archive.holdings import Correction
from archive.home import Home
from archive.model import Description, Given, Page
from archive.ready import Ready
from archive.rules import load_rule_set
from archive.sources import Item, Refused, Skipped
from archive.store import BatchLine, Store
from tests.factories import make_description, make_page

LIMIT = 100_000
ANN = Request("ann", ("pages",), "Bridges")


def pages(count: int) -> list[Item]:
    """Return that many different pages."""
    return [make_page(f"Title {number}\nBody\n", name=f"{number:03}.txt") for number in range(count)]


def save(folder: Path, texts: dict[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, content in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


# --- the whole path ---------------------------------------------------------------------------------------------


def test_a_folder_becomes_reports(store: Store, tmp_path: Path) -> None:
    """Every file of a folder has its line, in order, and the figures and the log agree with the lines."""
    page = b"Bridge over the Samara reopens\n\nThe bridge was opened to carts again on Tuesday, the mayor said.\n"
    folder = save(tmp_path / "in", {"a.txt": page, "b/copy.txt": page, "c.txt": b"", "d.png": b"\x89PNG"})
    lines: list[BatchLine] = []
    found = import_pages(store, [folder], load_rule_set(), Given(by="ann"), report=lines.append, limit=LIMIT)
    assert sorted((line.name, line.outcome) for line in lines) == [
        ("a.txt", "imported"), ("b/copy.txt", "duplicate"), ("c.txt", "quarantined"), ("d.png", "skipped"),
    ]  # fmt: skip
    assert found.lines == {"imported": 1, "duplicate": 1, "quarantined": 1, "skipped": 1}
    assert list(store.batch_lines(found.batch)) == lines
    (record,) = store.batches()
    assert (record.agent, record.outcome, record.counts) == ("ann", "success", found.lines)


def test_importing_a_folder_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    """The second run finds every page as it was: same reports, same quarantine, no report touched."""
    folder = save(tmp_path / "in", {"a.txt": b"One title\n\nA body of text.\n", "b.txt": b"\x00\x01\x02" * 50})
    rules = load_rule_set()
    import_pages(store, [folder], rules, Given(), report=lambda _: None, limit=LIMIT)
    before, last = store.status(), store.last_event()
    again = import_pages(store, [folder], rules, Given(), report=lambda _: None, limit=LIMIT)
    after = store.status()
    assert again.lines == {"unchanged": 1, "quarantined": 1}
    assert store.changed_since(last) == ()
    assert (after.reports, after.originals, after.quarantined) == (before.reports, before.originals, before.quarantined)


def test_what_the_importer_says_is_in_the_log(store: Store, tmp_path: Path) -> None:
    """Paths, outlet and collection are the batch's arguments, and the reports are in the collection."""
    folder = save(tmp_path / "in", {"a.txt": b"One title\n\nA body of text.\n"})
    given = Given(outlet="diyaruna", collection="Mosul 2016", by="ann")
    import_pages(store, [folder], load_rule_set(), given, report=lambda _: None, limit=LIMIT)
    assert store.batches()[0].arguments == (str(folder), "--outlet=diyaruna", "--collection=Mosul 2016")
    (stored,) = store.reports()
    assert (stored.collections, stored.report.outlet and stored.report.outlet.key) == (("mosul-2016",), "diyaruna")


def test_an_outlet_named_once_need_not_be_named_again(store: Store, tmp_path: Path) -> None:
    """The outlet a person gave at one import still stands when the same page is imported without it."""
    folder = save(tmp_path / "in", {"a.txt": b"One title\n\nA body of text.\n"})
    rules = load_rule_set()
    import_pages(store, [folder], rules, Given(outlet="diyaruna"), report=lambda _: None, limit=LIMIT)
    again = import_pages(store, [folder], rules, Given(by="ben"), report=lambda _: None, limit=LIMIT)
    assert again.lines == {"unchanged": 1}
    other = import_pages(store, [folder], rules, Given(outlet="mithal"), report=lambda _: None, limit=LIMIT)
    assert other.lines == {"updated": 1}
    assert [outlet and outlet.key for outlet in (stored.report.outlet for stored in store.reports())] == ["mithal"]


def test_an_unknown_outlet_begins_no_batch(store: Store, tmp_path: Path) -> None:
    """An outlet nobody knows is said before anything is written."""
    with pytest.raises(UnknownOutlet, match="no-such-paper"):
        import_pages(store, [tmp_path], load_rule_set(), Given(outlet="no-such-paper"), report=print, limit=LIMIT)
    assert store.batches() == ()


# --- page by page -----------------------------------------------------------------------------------------------


def test_a_page_is_reported_only_when_it_is_safe(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the time a page is reported another reader of the disk sees it."""
    monkeypatch.setattr(batch_module, "GROUP_PAGES", 3)
    with Store.open(store.home) as reader:
        seen: list[bool] = []

        def check(line: BatchLine) -> None:
            seen.append(line.report_id is not None and reader.report(line.report_id).id == line.report_id)

        import_items(store, pages(8), make_description, ANN, report=check)
    assert seen == [True] * 8


def test_lines_keep_the_order_of_the_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Good, refused and skipped files are reported in the order they were read, over all groups."""
    monkeypatch.setattr(batch_module, "GROUP_PAGES", 2)
    one, two, three = pages(3)
    items = [one, Refused("x", EmptyPage(), b""), two, Skipped("y", "a picture"), three]
    names: list[str] = []
    found = import_items(store, items, make_description, ANN, report=lambda line: names.append(line.name))
    assert names == ["000.txt", "x", "001.txt", "y", "002.txt"]
    assert found.issues == {"D01": 3}


def test_large_pages_do_not_wait_for_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group ends when it holds enough bytes, so that memory does not grow with the pages."""
    monkeypatch.setattr(batch_module, "GROUP_BYTES", 10)
    read: list[int] = []
    reported: list[int] = []

    def reading() -> Iterator[Item]:
        for number, page in enumerate(pages(4)):
            read.append(number)
            yield page

    import_items(store, reading(), make_description, ANN, report=lambda _: reported.append(len(read)))
    assert reported == [1, 2, 3, 4]


def test_a_page_that_cannot_be_described_goes_into_quarantine(store: Store) -> None:
    """A fault found only while cleaning puts this page aside, with its bytes, and the import goes on."""

    def describe(page: Page) -> Description:
        if page.source.name == "001.txt":
            raise BinaryPage("a picture")
        return make_description(page)

    lines: list[BatchLine] = []
    import_items(store, pages(3), describe, ANN, report=lines.append)
    assert [(line.outcome, line.code) for line in lines] == [
        ("imported", None), ("quarantined", "S02"), ("imported", None),
    ]  # fmt: skip
    assert store.quarantined()[0].sha256 is not None


# --- cut short --------------------------------------------------------------------------------------------------


def interrupted_after(count: int) -> Iterator[Item]:
    """Yield that many pages, and then the person presses Ctrl-C."""
    yield from pages(count)
    raise KeyboardInterrupt


def test_ctrl_c_leaves_what_was_reported(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl-C the reported pages are there, the batch is marked, and the same import completes the rest."""
    monkeypatch.setattr(batch_module, "GROUP_PAGES", 4)
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        import_items(store, interrupted_after(10), make_description, ANN, report=lambda line: done.append(line.name))
    assert len(done) == store.count() == 8
    assert store.batches()[-1].outcome == "interrupted"
    found = import_items(store, pages(10), make_description, ANN, report=lambda _: None)
    assert found.lines == {"unchanged": 8, "imported": 2}
    assert list(store.verify()) == []


def test_a_full_disk_ends_the_import_with_what_was_reported(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is no more room the import stops with that word; what was reported is there, nothing else."""
    monkeypatch.setattr(batch_module, "GROUP_PAGES", 4)
    lines: list[BatchLine] = []
    real = Store.put_all

    def put_all(
        self: Store, pages: Sequence[tuple[Page, Ready | None]], *, batch: int, collection: str | None = None
    ) -> object:
        if any(page.source.name == "006.txt" for page, _ in pages):
            raise DiskFull(self.home.path)
        return real(self, pages, batch=batch, collection=collection)

    monkeypatch.setattr(Store, "put_all", put_all)
    with pytest.raises(DiskFull):
        import_items(store, pages(10), make_description, ANN, report=lines.append)
    assert len(lines) == store.count() == 4
    assert store.batches()[-1].outcome == "failure"


def test_a_correction_is_made_during_an_import(home: Home) -> None:
    """A person corrects a report that came in a moment ago while the pages after it are still being imported."""

    def correct(line: BatchLine) -> None:
        with Store.open(home, patience=0.1) as other:
            other.correct(Correction(line.report_id or "", "title", f"{line.name}, by Ben", "ben"))

    with Store.open(home) as store:
        import_items(store, pages(3), make_description, ANN, report=correct)
        titles = [stored.report.title for stored in store.reports()]
        assert sorted(title.value for title in titles if title) == [f"00{number}.txt, by Ben" for number in range(3)]


def test_only_one_import_at_a_time(home: Home) -> None:
    """A second import is refused while one is under way, and taken up after it."""

    def import_too(_: BatchLine) -> None:
        with Store.open(home, patience=0.01) as other, pytest.raises(HomeBusy):
            import_items(other, pages(1), make_description, ANN, report=lambda _: None)

    with Store.open(home) as store:
        import_items(store, pages(3), make_description, ANN, report=import_too)
    with Store.open(home, patience=0.01) as other:
        import_items(other, pages(1), make_description, ANN, report=lambda _: None)
