"""How long the pages of the desk's queues take in a large archive.

Run: python -m benchmarks.queues [articles] [home]. Makes an archive of so many articles (100,000), a third of them with
something that waits, in a temporary folder, or takes the one in `home` if there is one, and asks a curator's pages in
this process (processor time, without a network). Such an archive has no originals. Reads ../shared.
"""

import platform
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert

from archive.edtf_dates import parse_edtf
from archive.home import Home, create_home
from archive.model import Description, Evidence, Issue, Mention, Passage, Report, Span
from archive.queues import QUEUES
from archive.ready import Ready, make_ready
from archive.store import Store
from archive.store.events import EXTRACTION, add_events, make_row
from archive.store.tables import originals, reports, versions
from archive.store.tasks import add_tasks
from benchmarks.articles import TOGETHER, make_report
from indexer import Catalogue
from web.application import create_app
from web.desk.queues import ELSEWHERE

ARTICLES = 100_000
ROUNDS = 25
WANTED = 200.0  # ms at p95
FOOT = "Sign up for our evening letter"
HERE, LATER = Span(0, 1), Span(1, 2)


def make_doubtful(number: int) -> Report:
    """Return an article with doubts as real collections have them: dates most of all."""
    report = make_report(number)
    issues, changes = list(report.issues), dict[str, Any]()
    if number % 5 == 0 and report.published.edtf:
        issues.append(Issue("D03", "The day is not called the publication's."))
    if number % 25 == 1:
        issues.append(Issue("D04", "A picture is later than the page."))
    if number % 20 == 2:
        changes["outlet"] = None
        issues.append(Issue("M01", "Nobody is named."))
    if number % 15 == 3:
        town = f"Town {number % 300}"
        changes["mentions"] = (Mention(town, LATER),)
        issues.append(Issue("P01", "No gazetteer entry.", LATER))
    if number % 10 == 4:
        issues.append(Issue("C01", "The page declares 3 comments and holds 2."))
    if number % 3 == 0:
        changes["body"] = (*report.body, Passage(f"{FOOT} {number % 40}", "paragraph", HERE))
    return replace(report, issues=tuple(issues), **changes)


def fill(home: Home, size: int) -> None:
    """Write so many articles with what waits into an empty archive."""
    with Store.open(home) as store:
        waiting = (make_ready(_describe(number)) for number in range(size))
        batch = store.start_batch("benchmark", [])
        while part := list(islice(waiting, TOGETHER)):
            _write(store, part)
        store.finish_batch(batch, {"imported": size})


def _describe(number: int) -> Description:
    report = make_doubtful(number)
    day = parse_edtf("2011-05")
    evidence = Evidence("published", day.edtf or "", "May 2011", "body", "synthetic", "inferred", HERE)
    return Description(report, (), (evidence,), "synthetic")


def _write(store: Store, part: list[Ready]) -> None:
    with store.transaction() as connection:
        connection.execute(
            insert(originals),
            [
                {"sha256": one.source.sha256, "bytes": 1, "media_type": "text/plain", "added": "2020-01-01T00:00:00Z"}
                for one in part
            ],
        )
        connection.execute(insert(reports), [_report_row(one) for one in part])
        numbers = add_events(connection, [make_row(EXTRACTION, report_id=one.report_id) for one in part])
        connection.execute(
            insert(versions),
            [
                {"report_id": one.report_id, "number": 1, "rule_set": "synthetic", "digest": one.digest,
                 "record": one.record, "blocks": one.blocks, "evidence": one.evidence, "event": number}
                for one, number in zip(part, numbers, strict=True)
            ],
        )  # fmt: skip
        add_tasks(connection, part)


def _report_row(ready: Ready) -> dict[str, object]:
    return {
        "id": ready.report_id,
        "sha256": ready.source.sha256,
        "part": 0,
        "version": 1,
        "record": ready.record,
        "outlet": ready.outlet,
        "earliest": ready.earliest,
        "latest": ready.latest,
    }


def time_page(client: FlaskClient, path: str) -> list[float]:
    """Return the milliseconds that a page took, each time it was asked for; queues are walked on from page to page."""
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        with client.get(path, follow_redirects=True) as answer:
            text = answer.get_data(as_text=True)
            taken.append(1_000 * (time.process_time() - started))
            if answer.status_code != 200:  # a page
                message = f"{path}: {answer.status_code}"
                raise RuntimeError(message)
        _, found, rest = text.partition('rel="next" data-key="j"')
        before = text[: text.find(found)] if found else ""
        path = before.rpartition('href="')[2].partition('"')[0].replace("&amp;", "&") if before else path
        del rest
    return taken


def measure(home: Home) -> None:
    """Print the figures of one archive."""
    with Catalogue.open(home, engine="tantivy") as catalogue:
        app = create_app(catalogue)
        user = catalogue.accounts.users()[0] if catalogue.accounts.any() else None
        user = user or catalogue.accounts.add("A curator", "curator", "seven grey herons at dawn", by="benchmark")
        client = app.test_client()
        client.set_cookie("dateline-session", catalogue.sessions.begin(user))
        counts = catalogue.queues.counts()
        print(", ".join(f"{key} {count:,}" for key, count in counts.items() if count))
        outlet = "outlet-03"
        paths = ["/desk/queues", f"/desk/queues?outlet={outlet}", "/desk/lines"]
        for queue in QUEUES:
            if queue.key not in ELSEWHERE and counts[queue.key]:
                own = f"/desk/queue/{queue.key}"
                paths += [own, f"{own}/list", f"{own}/list?page=100", f"{own}?outlet={outlet}"]
        every: list[float] = []
        for path in paths:
            taken = sorted(time_page(client, path))
            every += taken
            print(f"{path}: p50 {statistics.median(taken):.1f} ms, p95 {taken[int(len(taken) * 0.95)]:.1f} ms")
        every.sort()
        print(f"all pages: p50 {statistics.median(every):.1f} ms, p95 {every[int(len(every) * 0.95)]:.1f} ms "
              f"(wanted {WANTED:.0f})")  # fmt: skip


def main() -> None:
    """Print the figures."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    print(f"{platform.machine()}, Python {platform.python_version()}, {articles:,} articles")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "home"  # a home is named
        home = create_home(place)
        if home.created:
            fill(home, articles)
        measure(home)


if __name__ == "__main__":
    main()
