"""The process of one job from the desk: `python -m web.cli.working HOME NUMBER`, begun by the server.

It works by the same functions as the commands. When the server that began it goes away, however it does, this process
ends as by Ctrl-C: what it reported is kept, and the job can be taken up again.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from web.cli.telling import Teller
from web.cli.withdrawing import restore, withdraw

if TYPE_CHECKING:
    from archive.batch import BatchReport
    from archive.home import Home
    from archive.jobs import Job, JobRun
    from archive.rules import RuleSet
    from archive.sources import Item
    from archive.store import BatchLine, Store

PATIENCE = 6 * 3_600.0  # seconds that a job waits for a command that writes
MOST_FOUND = 1_000  # findings of a check that its page lists; the log has all
TAKEN_IN = frozenset({"imported", "unchanged", "updated", "duplicate", "listing"})

Work = Callable[["Home", "Job", "JobRun"], None]


def main(home: str, number: str) -> int:
    """Do one job; 0 when it is done, 1 when it was stopped or failed, which its page then says."""
    from archive.errors import ArchiveError
    from archive.home import open_home
    from archive.jobs import Jobs
    from indexer.errors import FindingError

    signal.signal(signal.SIGINT, signal.default_int_handler)  # the processes of a server have it ignored
    threading.Thread(target=_end_with_server, daemon=True).start()
    try:
        opened = open_home(Path(home))
        jobs = Jobs(opened)
        with jobs.taken(int(number)) as run:
            job = jobs.read(int(number))
            WORKS[job.kind](opened, job, run)
    except (ArchiveError, FindingError, KeyboardInterrupt):
        return 1
    return 0


def _end_with_server() -> None:
    """Wait for the end of what the server holds open, which comes when it dies, and end in good order."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def _import(home: "Home", job: "Job", run: "JobRun") -> None:
    """Import what was uploaded, or a folder of this machine."""
    from archive.batch import import_pages
    from archive.jobs import Jobs
    from archive.model import Given
    from archive.sources import Reading, read_columns
    from archive.sources.splitting import load_exports
    from archive.store import Store
    from web.cli.importing import count_ahead
    from web.cli.options import choose_crew

    asked = job.asked
    folder = Path(asked["folder"]) if asked.get("folder") else Jobs(home).files(job.number)
    named = [asked["folder"]] if asked.get("folder") else [f"uploaded: {name}" for name in asked["uploaded"]]
    limit = home.settings.max_page_bytes
    reading = Reading(limit, read_columns(()), load_exports(home.path / "exports"), folder.resolve())
    given = Given(outlet=asked.get("outlet"), collection=asked.get("collection"), by=job.by)
    totals = count_ahead((folder,))
    with Store.open(home, patience=PATIENCE) as store:
        teller = Teller(run, store, writes=True)
        report = import_pages(
            store, [folder], _rules(home), given,
            report=lambda line: teller(line.outcome, totals[0] if totals else None),
            limit=limit, reading=reading, crew=choose_crew(None, home.settings), named=named,
        )  # fmt: skip
        _finish(home, store, run, report)
    if not asked.get("folder"):
        _drop(Jobs(home).files(job.number))  # every byte that could be read is in the archive or in quarantine


def _finish(home: "Home", store: "Store", run: "JobRun", report: "BatchReport") -> None:
    """Say the final figures, put the new reports into their stories and bring the index up to date."""
    from indexer import Catalogue

    lines = report.lines
    run.say(batch=report.batch, counts=dict(lines), done=sum(lines.values()), total=sum(lines.values()))
    while store.group_older():
        pass
    with Catalogue.open(home) as catalogue:
        catalogue.refresh()


def _drop(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _retry(home: "Home", job: "Job", run: "JobRun") -> None:
    """Read pages from quarantine again by the rules of today; what comes in is closed there."""
    from archive.batch import Request, import_again
    from archive.model import Given
    from archive.store import Store
    from web.cli.options import choose_crew

    numbers: list[int] = job.asked["pages"]
    with Store.open(home, patience=PATIENCE) as store:
        teller = Teller(run, store, total=len(numbers), writes=True)
        taken: set[str] = set()

        def hear(line: "BatchLine") -> None:
            teller(line.outcome)
            if line.outcome in TAKEN_IN:
                taken.add(line.name)

        pages = [store.quarantine_desk.page(number) for number in numbers]
        request = Request(job.by, ("from quarantine", *(f"page {number}" for number in numbers[:20])))
        report = import_again(
            store, _read_again(home, store, numbers), _rules(home), Given(by=job.by), request,
            report=hear, crew=choose_crew(None, home.settings),
        )  # fmt: skip
        came = [page.number for page in pages if page.name in taken]
        if came:
            store.quarantine_desk.close(
                came, by=job.by, reason=f"came in with import {report.batch}", batch=report.batch
            )
        _finish(home, store, run, report)


def _read_again(home: "Home", store: "Store", numbers: list[int]) -> "Iterator[Item]":
    from archive.sources import read_bytes

    for number in numbers:
        content = store.quarantine_desk.content(number)
        if content is not None:
            yield from read_bytes(store.quarantine_desk.page(number).name, content, limit=home.settings.max_page_bytes)


def _compare(home: "Home", job: "Job", run: "JobRun") -> None:
    """Say what rules would change, over the whole archive or some of it; nothing is written."""
    from archive.comparing import Comparison
    from archive.rerun import compare
    from archive.sources.splitting import load_exports
    from archive.store import Store
    from web.cli.options import choose_crew
    from web.cli.rerunning import comparison_to_json

    asked = job.asked
    rules = _trial(home, job)
    found = Comparison(most_samples=SAMPLES)
    with Store.open(home) as store:
        ids = store.batch_desk.reports(asked["batch"]) if asked.get("batch") else asked.get("ids")
        if asked.get("collection"):
            ids = store.queue_desk.reports_in(asked["collection"])
        teller = Teller(run, store, total=store.count() if ids is None else len(ids))
        changes = compare(
            store, rules, outlet=asked.get("outlet"), ids=ids, exports=load_exports(home.path / "exports"),
            crew=choose_crew(None, home.settings), least=home.settings.media_order_least,
        )  # fmt: skip
        for change in changes:
            found.add(change)
            teller()
        teller.flush()
    run.keep(comparison_to_json(found) | {"ids": found.ids, "rules": rules.version})


SAMPLES = 8


def _trial(home: "Home", job: "Job") -> "RuleSet":
    """Return the rules of today, with what the job tries put in its place."""
    from archive.jobs import Jobs
    from archive.rules import load_rule_set

    files = Jobs(home).files(job.number)
    _complete(files / "authorities", home.authorities)
    outlets = tuple((files / "outlets").glob("*.toml"))
    authorities = files / "authorities" if (files / "authorities").is_dir() else home.authorities
    collections = files / "collections.toml" if (files / "collections.toml").is_file() else home.collections
    trial = outlets[0] if outlets else None
    return load_rule_set(home.path / "outlets", authorities, collections=collections, trial=trial)


def _complete(drafts: Path, folder: Path) -> None:
    """Put the library's other files of authorities beside those that are tried."""
    if drafts.is_dir() and folder.is_dir():
        for file in folder.iterdir():
            if file.is_file() and not (drafts / file.name).exists():
                (drafts / file.name).write_bytes(file.read_bytes())


def _apply(home: "Home", job: "Job", run: "JobRun") -> None:
    """Give the reports that a comparison found, or those of a batch, new versions by the rules of today."""
    from archive.errors import RulesMoved
    from archive.jobs import Jobs
    from archive.rerun import apply
    from archive.sources.splitting import load_exports
    from archive.store import Store
    from web.cli.options import choose_crew

    asked, rules = job.asked, _rules(home)
    with Store.open(home, patience=PATIENCE) as store:
        if asked.get("compared"):
            compared = Jobs(home).result(asked["compared"])
            if compared is None or compared["rules"] != rules.version:
                raise RulesMoved
            ids = compared["ids"]
        else:
            ids = store.batch_desk.reports(asked["batch"])
        teller = Teller(run, store, total=len(ids), writes=True)
        report = apply(
            store, rules, ids, by=job.by, report=lambda line: teller(line.outcome),
            exports=load_exports(home.path / "exports"), crew=choose_crew(None, home.settings),
            least=home.settings.media_order_least,
        )  # fmt: skip
        _finish(home, store, run, report)


def _count_rules(home: "Home", job: "Job", run: "JobRun") -> None:
    """Count what each rule does over the whole archive."""
    from archive.rule_hits import RuleHits
    from archive.store import Store

    del job
    hits = RuleHits()
    with Store.open(home) as store:
        event = store.last_event()
        teller = Teller(run, store, total=store.count())
        for standing in store.standing():
            hits.add(standing)
            teller()
        teller.flush()
    run.keep(hits.to_json() | {"event": event})


def _propose(home: "Home", job: "Job", run: "JobRun") -> None:
    """Propose a rule file from the originals of some reports."""
    from archive.proposing import propose_outlet
    from archive.sources import reopen
    from archive.store import Store

    with Store.open(home) as store:
        pages = []
        for report_id in job.asked["reports"]:
            _, content = store.original(report_id)
            pages.append(reopen(store.report(report_id).report.source, content))
    proposal = propose_outlet(job.asked["key"], pages, _rules(home))
    tried = [
        {
            "name": one.name,
            "recognised": one.recognised,
            "title": one.report.title.value if one.report.title else None,
            "byline": one.report.byline.value if one.report.byline else None,
            "date": one.report.published.edtf,
            "lines": len(one.report.body),
        }
        for one in proposal.tried
    ]
    run.say(done=len(pages), total=len(pages))
    run.keep({"key": proposal.key, "text": proposal.text, "tried": tried})


def _verify(home: "Home", job: "Job", run: "JobRun") -> None:
    """Compare every original with its digest, and read every record."""
    from archive.store import Store

    del job
    found: list[dict[str, str | None]] = []
    count = 0
    with Store.open(home, patience=PATIENCE) as store:
        teller = Teller(run, store, total=store.status().originals)
        for finding in store.verify(teller):
            count += 1
            if len(found) < MOST_FOUND:
                found.append({"code": finding.code, "message": finding.message, "id": finding.report_id})
        teller.flush()
    run.keep({"count": count, "findings": found})


def _rules(home: "Home") -> "RuleSet":
    from archive.rules import load_rule_set

    return load_rule_set(home.path / "outlets", home.authorities, collections=home.collections)


WORKS: Mapping[str, Work] = MappingProxyType(
    {
        "import": _import,
        "retry": _retry,
        "compare": _compare,
        "apply": _apply,
        "count rules": _count_rules,
        "propose": _propose,
        "withdraw": withdraw,
        "restore": restore,
        "verify": _verify,
    }
)

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
