"""The index is disposable: built when missing, kept when good, never trusted when not."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.home import Home, create_home
from archive.store import Store
from indexer import Catalogue, IndexBusy, IndexUnwritable, SearchRequest
from indexer.lock import hold
from indexer.stamp import STAMP_FILE, make_stamp, read_stamp, write_stamp
from tests.factories import make_description, make_page

ROOT = Path(__file__).parent.parent


def put_reports(home: Home, *words: str) -> None:
    """Store one report for each word, with the word as its title."""
    with Store.open(home) as store, store.writing():
        batch = store.start_batch("tester", [])
        for word in words:
            page = make_page(f"{word}\nA report about {word}.\nBack to top\n", name=f"{word}.txt")
            store.put(page, make_description(page), batch=batch)
        store.finish_batch(batch, {"imported": len(words)})


def generation(home: Home) -> str:
    """Return the name of the folder the index lies in."""
    stamp = read_stamp(home.index)
    assert stamp
    return stamp.generation


def find(home: Home, query: str, engine: str = "whoosh") -> int:
    """Return how many reports a newly opened catalogue finds."""
    with Catalogue.open(home, engine=engine) as catalogue:
        return catalogue.search(SearchRequest(query)).total


def largest_file(folder: Path) -> Path:
    """Return the largest file of the index in this folder."""
    stamp = read_stamp(folder)
    assert stamp
    return max((folder / stamp.generation).iterdir(), key=lambda file: file.stat().st_size)


def cut_file(folder: Path) -> None:
    """Lose the second half of the index's largest file."""
    file = largest_file(folder)
    os.truncate(file, file.stat().st_size // 2)


def flip_bit(folder: Path) -> None:
    """Turn one bit in the middle of the index's largest file."""
    file = largest_file(folder)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def change_stamp(key: str, value: object) -> Callable[[Path], None]:
    """Return what writes another value into the stamp."""

    def change(folder: Path) -> None:
        file = folder / STAMP_FILE
        file.write_text(json.dumps({**json.loads(file.read_text()), key: value}))

    return change


DAMAGES: dict[str, Callable[[Path], object]] = {
    "file cut": cut_file,
    "bit flipped": flip_bit,
    "file lost": lambda folder: largest_file(folder).unlink(),
    "file added": lambda folder: (largest_file(folder).parent / "more").write_bytes(b"?"),
    "folder lost": lambda folder: shutil.rmtree(largest_file(folder).parent),
    "stamp garbage": lambda folder: (folder / STAMP_FILE).write_bytes(b"\xff{"),
    "stamp deep": lambda folder: (folder / STAMP_FILE).write_text("[" * 100_000),
    "stamp lost": lambda folder: (folder / STAMP_FILE).unlink(),
    "older version": change_stamp("version", "0"),
    "other analysis": change_stamp("analysis", "0/1"),
    "other disk": change_stamp("place", "1:2"),
    "path for a name": change_stamp("generation", "../.."),
    "number for a name": change_stamp("engine", 7),
    "one key too many": change_stamp("extra", 1),
    "everything": shutil.rmtree,
}


def is_trusted(folder: Path) -> bool:
    """Tell whether the index in a folder would be opened as it is."""
    stamp = read_stamp(folder)
    return stamp is not None and stamp.fits(folder)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_or_stale_index_is_not_trusted(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    """A stamp vouches for the files exactly as they were written, here, by this version."""
    folder = tmp_path / "index"
    (folder / "abc").mkdir(parents=True)
    (folder / "abc" / "words").write_bytes(b"words " * 10_000)
    write_stamp(folder, make_stamp("tantivy", folder / "abc", 1))
    assert is_trusted(folder)
    damage(folder)
    assert not is_trusted(folder)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_good_index_is_opened_as_it_is(home: Home, engine: str) -> None:
    """The second opening finds what the first one built, in the same folder."""
    put_reports(home, "zebra", "lion")
    assert find(home, "zebra", engine) == 1
    before = generation(home)
    assert (find(home, "lion", engine), generation(home)) == (1, before)


@pytest.mark.parametrize("damage", [cut_file, change_stamp("engine", "lucene"), shutil.rmtree])
def test_what_is_not_trusted_is_built_anew(home: Home, damage: Callable[[Path], object]) -> None:
    """Whatever happened to the files, the answer comes from the store again, and what lay there is cleared away."""
    put_reports(home, "zebra", "lion")
    find(home, "zebra")
    before = generation(home)
    damage(home.index)
    assert find(home, "zebra") == 1
    assert [path.name for path in home.index.iterdir() if path.is_dir()] == [generation(home)] != [before]


def test_an_index_from_elsewhere_is_never_opened(home: Home, tmp_path: Path) -> None:
    """A copied home gets an index of its own: whoosh would run code that a stranger put into one."""
    put_reports(home, "zebra")
    find(home, "zebra", "whoosh")
    copy = create_home(shutil.copytree(home.path, tmp_path / "copy"))
    poison = max((copy.index / generation(copy)).glob("*.toc"))
    poison.write_bytes(b"cos\nsystem\n(S'touch /nowhere/poisoned'\ntR.")
    assert find(copy, "zebra", "whoosh") == 1
    assert not poison.exists()


def test_changes_reach_the_index_at_the_next_opening(home: Home) -> None:
    """An import while nobody looked is caught up with, in place when it is small."""
    put_reports(home, *(f"animal{number}" for number in range(20)))
    find(home, "zebra")
    before = generation(home)
    put_reports(home, "zebra")
    assert (find(home, "zebra"), generation(home)) == (1, before)


def test_a_large_import_builds_the_index_anew(home: Home) -> None:
    """Adding more than there was is quicker from the start."""
    put_reports(home, "zebra")
    find(home, "zebra")
    before = generation(home)
    put_reports(home, "lion", "tiger", "bear")
    assert find(home, "lion OR tiger OR bear") == 3
    assert generation(home) != before


def test_an_update_cut_short_before_its_stamp_is_not_trusted(home: Home) -> None:
    """When the engine had committed and the stamp was still to come, the index is built anew and complete."""
    put_reports(home, *(f"animal{number}" for number in range(20)))
    find(home, "animal1")
    old = (home.index / STAMP_FILE).read_bytes()
    put_reports(home, "zebra")
    find(home, "zebra")
    (home.index / STAMP_FILE).write_bytes(old)
    assert find(home, "zebra OR animal3") == 2


def test_two_catalogues_see_each_others_changes(home: Home) -> None:
    """What one process corrects, another finds with its next question; so too after a rebuild."""
    put_reports(home, "zebra", "lion", "tiger")
    with Catalogue.open(home) as one, Catalogue.open(home) as other:
        put_reports(home, "okapi")
        one.refresh()
        assert other.search(SearchRequest("okapi")).total == 1
        one.rebuild()
        put_reports(home, "gnu")
        one.refresh()
        assert other.search(SearchRequest("gnu OR zebra")).total == 2


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    """The lock is one process's at a time, and free again once it is let go."""
    refused = pytest.raises(IndexBusy, match="Another command is writing the index")
    with hold(tmp_path / "lock"), refused, hold(tmp_path / "lock", patience=0.1):
        pass
    with hold(tmp_path / "lock", patience=0):
        assert (tmp_path / "lock").exists()


def test_an_index_that_cannot_be_written_is_said_with_the_next_step(home: Home) -> None:
    """Where the folder cannot be made, the sentence says that the archive is unharmed."""
    put_reports(home, "zebra")
    shutil.rmtree(home.index, ignore_errors=True)
    home.index.write_text("in the way")
    with pytest.raises(IndexUnwritable, match=r"The archive itself is unharmed\..*dateline index --rebuild"):
        Catalogue.open(home)


def test_progress_is_told_report_by_report(home: Home) -> None:
    """A rebuild says how far it is, and how far there is to go."""
    put_reports(home, "zebra", "lion")
    told: list[tuple[int, int]] = []
    with Catalogue.open(home) as catalogue:
        assert catalogue.rebuild(lambda done, total: told.append((done, total))) == 2
    assert told == [(1, 2), (2, 2)]


KILLED = """
import sys
from pathlib import Path
from archive.home import open_home
from indexer import Catalogue
with Catalogue.open(open_home(Path(sys.argv[1])), engine=sys.argv[2]) as catalogue:
    print("ready", flush=True)
    while True:
        catalogue.rebuild()
"""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_killed_at_any_moment_the_index_is_the_old_or_the_new(home: Home, engine: str) -> None:
    """Eight times a rebuilding process is killed without warning, and each time the next opening finds everything."""
    put_reports(home, *(f"animal{number}" for number in range(60)))
    for moment in range(8):
        command = [sys.executable, "-c", KILLED, str(home.path), engine]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.013 * (moment + 1))
            process.send_signal(signal.SIGKILL)
        assert find(home, "animal*", engine) == 60
