"""A large index is written in parts by several processes, and is afterwards an index like any other."""

import json
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.holdings import Correction
from archive.home import Home
from archive.store import Store
from indexer import Catalogue, SearchRequest, sharing
from indexer.document import make_document
from indexer.engines import tantivy
from indexer.stamp import read_stamp
from tests.engine_contract import write_report
from tests.factories import make_description, make_page

if TYPE_CHECKING:
    import subprocess

REPORTS, CORRECTED = 60, 20


@pytest.fixture
def herd(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return an archive whose index is written in four parts, small as it is."""
    monkeypatch.setattr(sharing, "LARGE", REPORTS // 4)
    monkeypatch.setattr("indexer.builder.FEWEST", 1)
    with Store.open(home) as store, store.writing():
        batch = store.start_batch("tester", [])
        for number in range(REPORTS):
            page = make_page(f"animal{number}\nA report about cattle.\nBack to top\n", name=f"{number}.txt")
            store.put(page, make_description(page), batch=batch)
        store.finish_batch(batch, {"imported": REPORTS})
    return home


def find(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of everything found, in order."""
    return tuple(catalogue.find_all(SearchRequest("cattle", sort="title")).ids)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_index_in_parts_finds_what_one_of_a_piece_finds(herd: Home, jobs: int) -> None:
    """Whoever wrote it, the same reports are found in the same order, and the parts' own folders are gone."""
    with Catalogue.open(herd, engine="memory") as catalogue:
        alone = find(catalogue)
    told: list[int] = []
    with Catalogue.open(herd, engine="tantivy", jobs=jobs) as catalogue:
        assert catalogue.rebuild(lambda done, _total: told.append(done)) == REPORTS
        assert find(catalogue) == alone
    assert told[-1] == REPORTS
    assert not list(herd.index.glob("*/parts"))


@pytest.mark.slow
def test_an_index_in_parts_takes_in_changes(herd: Home) -> None:
    """What is added, corrected or withdrawn later is found or not, and the index is trusted when it is opened again."""
    with Catalogue.open(herd, engine="tantivy", jobs=2) as catalogue:
        for number, report_id in enumerate(find(catalogue)[:CORRECTED]):
            catalogue.correct(Correction(report_id, "title", f"bird{number}", "librarian"))
    with Catalogue.open(herd, engine="tantivy", jobs=2) as catalogue:
        assert catalogue.count(SearchRequest("bird*")) == CORRECTED
        assert catalogue.count(SearchRequest("animal*")) == REPORTS - CORRECTED


@pytest.mark.slow
@pytest.mark.parametrize("program", ["", "print(1)", "raise MemoryError"])
def test_where_other_processes_end_too_soon_this_one_builds_the_index(
    herd: Home, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """A process that is killed, or cannot begin, costs time and nothing else."""
    monkeypatch.setattr(sharing, "COMMAND", (sys.executable, "-c", program))
    with Catalogue.open(herd, engine="tantivy", jobs=2) as catalogue:
        assert len(find(catalogue)) == REPORTS


def test_a_program_that_is_not_there_does_not_hinder_a_build(herd: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may refuse to begin another process."""
    monkeypatch.setattr(sharing, "COMMAND", ("/nowhere/python",))
    with Catalogue.open(herd, engine="tantivy", jobs=2) as catalogue:
        assert len(find(catalogue)) == REPORTS


@pytest.mark.slow
def test_what_ends_a_build_ends_its_processes(herd: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl-C none of them is left, and no index counts that is not whole."""
    ended: list[int | None] = []
    end = sharing._end

    def note(writer: "subprocess.Popen[str]") -> None:
        end(writer)
        ended.append(writer.poll())

    monkeypatch.setattr(sharing, "_end", note)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Catalogue.open(herd, engine="tantivy", jobs=2, progress=stop)
    assert ended == [-signal.SIGKILL] * 2
    assert read_stamp(herd.index) is None


def test_a_part_is_merged_into_one_segment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large it is, what is joined later is one segment, so that a question looks into few."""
    monkeypatch.setattr(tantivy, "AT_ONCE", 4)
    documents = (make_document(write_report(number, "Cattle")) for number in range(53))
    tantivy.fill_part(tmp_path, documents, 50, nullcontext())
    assert tantivy.TantivyEngine(tmp_path).count() == 53
    assert len(json.loads((tmp_path / "meta.json").read_text())["segments"]) == 1


@pytest.mark.parametrize(
    ("reports", "jobs", "parts"),
    [(2_000, 2, 2), (1_000_000, 2, 4), (1_000_000, 1, 4), (1_000_000, 3, 3), (2_000, 64, 4), (100_000, 1, 1)],
)
def test_every_process_writes_as_many_parts_as_any_other(reports: int, jobs: int, parts: int) -> None:
    """And never so many that questions, which look into each, take much longer."""
    assert sharing.count_parts(reports, jobs) == parts


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_stretches_of_the_store_join_without_a_gap(herd: Home, parts: int) -> None:
    """Together they are all reports in order, and each is about as long as another."""
    with Store.open(herd) as store:
        stretches = store.divide(parts)
        found = [[stored.id for stored in store.reports(stretch)] for stretch in stretches]
        assert [len(ids) for ids in found] == [stretch.count for stretch in stretches]
        assert [one for ids in found for one in ids] == [stored.id for stored in store.reports()]
