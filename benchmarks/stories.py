"""How rightly reprints are put together: the labelled set of benchmarks/reprints.py, imported into an archive.

Run: python benchmarks/stories.py            precision and recall over pairs, and which edits are missed
     python benchmarks/stories.py --untouched N  what is put together among N agency articles nobody edited
     python benchmarks/stories.py --scale N  what comparing one report costs in an archive of N others
"""

import argparse
import hashlib
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path

from sqlalchemy import insert

from archive.home import create_home
from archive.model import Description, OutletClaim, Page, Passage, Report, Source, Span
from archive.ready import make_ready
from archive.store import Store
from archive.store.tables import sketch_marks
from benchmarks.reprints import SHARED, Version, is_labelled, make_set, read_reuters

GROUP = 32

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of reports: put together and rightly so, put together in all, and to be put together in all.

    `missed` and `wrong` count, for each way the reports were made, the pairs that went wrong.
    """

    right: int
    found: int
    wanted: int
    missed: Mapping[str, int]
    wrong: Mapping[str, int]

    @property
    def precision(self) -> float:
        """The share of pairs put together that belong together."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """The share of pairs that belong together and were put together."""
        return self.right / max(1, self.wanted)


def measure(versions: Sequence[Version]) -> Score:
    """Import these reports into a new archive and compare its stories with the labels."""
    with tempfile.TemporaryDirectory() as folder, Store.open(create_home(Path(folder) / "home")) as store:
        ids = list(import_versions(store, versions))
        told = [store.report(report_id).story or report_id for report_id in ids]
    found = {pair for pair in _pairs(told) if is_labelled(*(versions[at] for at in pair))}
    wanted = _pairs([version.story for version in versions])
    return Score(
        right=len(found & wanted),
        found=len(found),
        wanted=len(wanted),
        missed=_kinds(versions, wanted - found),
        wrong=_kinds(versions, found - wanted),
    )


def import_versions(store: Store, versions: Iterable[Version]) -> Iterator[str]:
    """Store these reports as an import does, and yield their ids."""
    batch = store.start_batch("benchmark", [])
    group = []
    for number, version in enumerate(versions):
        page = make_page(number, version)
        group.append((page, make_ready(Description(make_report(page, version), (), (), "benchmark"))))
        if len(group) == GROUP:
            yield from (outcome.report_id for outcome in store.put_all(group, batch=batch))
            group = []
    yield from (outcome.report_id for outcome in store.put_all(group, batch=batch)) if group else ()


def make_page(number: int, version: Version) -> Page:
    """Return the page of one version."""
    content = "\n\n".join((f"{version.title} ({number})", *version.paragraphs)).encode()
    source = Source(f"{number}.txt", hashlib.sha256(content).hexdigest(), "text/plain", len(content))
    return Page(source, content, content.decode(), "utf-8")


def make_report(page: Page, version: Version) -> Report:
    """Return the report of one version."""
    span = Span(0, 1)
    return Report(
        page.source,
        outlet=OutletClaim(version.outlet, version.outlet, "benchmark", "metadata"),
        body=tuple(Passage(paragraph, "paragraph", span) for paragraph in version.paragraphs),
    )


def group_untouched(size: int) -> tuple[int, list[list[str]]]:
    """Return how many agency articles as they are were imported, each as an outlet's own, and the titles of stories."""
    articles = [replace(one, outlet=one.origin) for one in islice(read_reuters(), size)]
    with tempfile.TemporaryDirectory() as folder, Store.open(create_home(Path(folder) / "home")) as store:
        told: dict[str, list[str]] = defaultdict(list)
        for article, report_id in zip(articles, import_versions(store, articles), strict=True):
            told[report_id].append(article.title)
        stories: dict[str, list[str]] = defaultdict(list)
        for report_id, titles in told.items():
            stories[store.report(report_id).story or report_id] += titles
    return len(articles), sorted((titles for titles in stories.values() if len(titles) > 1), key=len, reverse=True)


def measure_scale(size: int, versions: Sequence[Version]) -> float:
    """Return the CPU milliseconds that storing and comparing one report costs beside `size` others."""
    chance = random.Random(size)  # noqa: S311 - the same archive every time
    with tempfile.TemporaryDirectory() as folder, Store.open(create_home(Path(folder) / "home")) as store:
        if size:
            _fill(store, size, chance)
        started = time.process_time()
        count = len(list(import_versions(store, versions)))
        return (time.process_time() - started) / count * 1000


def _fill(store: Store, size: int, chance: random.Random) -> None:
    """Put marks of `size` other reports into the archive: as many words in common as English reports have."""
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for start in range(0, size, 10_000):
            several = range(start, min(start + 10_000, size))
            marks = [{"mark": _draw(chance), "sketch": number + 10} for number in several for _ in range(24)]
            connection.execute(insert(sketch_marks).prefix_with("OR IGNORE"), marks)


def _draw(chance: random.Random) -> int:
    # One mark in ten is a turn of phrase that many reports have; the others stand in this report alone.
    return chance.randrange(5_000) if chance.random() < 0.1 else chance.randrange(1 << 44)


def _pairs(labels: Sequence[str]) -> set[Pair]:
    alike: dict[str, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        alike[label].append(at)
    return {pair for group in alike.values() for pair in combinations(group, 2)}


def _kinds(versions: Sequence[Version], pairs: Iterable[Pair]) -> Mapping[str, int]:
    found: Counter[str] = Counter(" + ".join(sorted(versions[at].kind for at in pair)) for pair in pairs)
    return dict(found.most_common())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--untouched", type=int, metavar="N")
    parser.add_argument("--scale", type=int, nargs="+", metavar="N")
    given = parser.parse_args()
    if not SHARED.is_dir():
        print("The corpora are not in ../shared beside the project.")
        return
    if given.untouched is not None:
        count, stories = group_untouched(given.untouched)
        print(f"{count:,} articles as they are: {len(stories):,} stories, the largest of {len(stories[0])}")
        for titles in stories[:10]:
            print(f"{len(titles):>4}  {' | '.join(titles[:4])}")
        return
    versions = make_set()
    if given.scale is not None:
        for size in given.scale:
            print(f"{size:>9,} other reports: {measure_scale(size, versions[:640]):.2f} ms CPU for each report")
        return
    score = measure(versions)
    print(f"{len(versions):,} reports, {score.wanted:,} pairs of reprints")
    print(f"precision {score.precision:.4f}  recall {score.recall:.4f}")
    print("wrongly together:", ", ".join(f"{kind} {count}" for kind, count in score.wrong.items()) or "none")
    print("missed:", ", ".join(f"{kind} {count}" for kind, count in list(score.missed.items())[:12]))


if __name__ == "__main__":
    main()
