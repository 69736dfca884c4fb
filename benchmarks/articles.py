"""Archives of any size for measuring a search: articles made from Reuters ones, and put into a store in bulk.

Half the sentences of each article are exchanged for others', dates lie between 2003 and 2020, and 30 outlets print
them; number n is the same article on every machine. The bulk path writes records, their originals' digests and one
event each into the store's own tables, without the originals' bytes and without describing anything: what a search
reads, in minutes instead of hours. Such an archive is for measuring only; `dateline verify` rightly misses every
original in it.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from sqlalchemy import insert

from archive.authorities import load_places
from archive.home import Home
from archive.identifiers import make_report_id
from archive.model import (
    Byline,
    Date,
    Description,
    Issue,
    MediaId,
    Mention,
    Name,
    OutletClaim,
    Page,
    Passage,
    Place,
    Report,
    Source,
    Span,
    Title,
)
from archive.ready import Ready, make_ready
from archive.store import Store
from archive.store.events import EXTRACTION, make_row
from archive.store.tables import events, originals, reports

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "search" / "reuters21578.zip"
SENTENCE_END = re.compile(r"(?<=[a-z0-9\"]\.)\s+")  # "… last week. The dry period …"
FIRST_DAY, DAYS = date(2003, 1, 1), 18 * 365 + 4
OUTLETS = tuple((f"outlet-{number:02}", f"Outlet {number:02}") for number in range(30))
NAMES = (("islamic-state", ("ISIL", "ISIS", "Daesh")), ("plo", ("PLO",)), ("opec", ("OPEC",)), ("un", ("UN", "U.N.")))
FULL_NAMES = {"usa": "United States", "uk": "United Kingdom", "ussr": "Soviet Union", "uae": "United Arab Emirates"}
SPAN = Span(0, 1)
UNDATED, SPREAD = 40, 25  # one article in so many has no date, or is only known to a month
TOGETHER = 2_000


@dataclass(frozen=True, slots=True)
class Material:
    """What articles are made from: each original's head, and every sentence."""

    titles: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    topics: tuple[tuple[str, ...], ...]
    sentences: tuple[tuple[str, ...], ...]


@cache
def read_material() -> Material:
    """Return the corpus, its articles cut into sentences."""
    with zipfile.ZipFile(CORPUS) as archive, archive.open("reuters21578.jsonl") as lines:
        found = [json.loads(line) for line in io.TextIOWrapper(lines, encoding="utf-8")]
    return Material(
        tuple(each["title"] for each in found),
        tuple(tuple(each["places"]) for each in found),
        tuple(tuple(each["topics"]) for each in found),
        tuple(tuple(SENTENCE_END.split(each["text"].replace("\n", " "))) for each in found),
    )


def make_report(number: int) -> Report:
    """Return synthetic article number so-and-so."""
    material, chance = read_material(), Random(number)  # noqa: S311 - figures, not secrets
    base = number % len(material.titles)
    sentences = list(material.sentences[base])
    for place in chance.sample(range(len(sentences)), (len(sentences) + 1) // 2):
        sentences[place] = chance.choice(chance.choice(material.sentences))
    digest = hashlib.sha256(b"%d" % number).hexdigest()
    key, name = OUTLETS[chance.randrange(len(OUTLETS))]
    actor, printed = chance.choice(NAMES)
    title = material.titles[base] or sentences[0][:60]
    author = f"Reporter {chance.randrange(400)}"
    return Report(
        source=Source(f"articles/{number}.txt", digest, "text/plain", 1),
        outlet=OutletClaim(key, name, "synthetic", "metadata"),
        title=Title(title, title, "synthetic", "printed", SPAN),
        byline=Byline(f"By {author}", (author,), ("person",), None, "synthetic", SPAN) if number % 3 else None,
        media_id=MediaId(str(50_000_000 + number), "synthetic", SPAN),
        section=material.topics[base],
        language="en",
        published=_make_date(number, chance),
        body=tuple(Passage(" ".join(sentences[at : at + 3]), "paragraph", SPAN) for at in range(0, len(sentences), 3)),
        places=tuple(_find_place(place) for place in material.places[base]),
        names=(Name(actor, chance.choice(printed), 1),) if number % 4 == 0 else (),
        issues=() if number % UNDATED else (Issue("D01", "no date was found"),),
    )


def _make_date(number: int, chance: Random) -> Date:
    if number % UNDATED == 0:
        return Date()
    day = FIRST_DAY + timedelta(chance.randrange(DAYS))
    if number % SPREAD:
        return Date(day.isoformat(), day.isoformat(), day.isoformat(), "stated")
    first = day.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return Date(f"{first:%Y-%m}", first.isoformat(), last.isoformat(), "inferred")


@cache
def _find_place(name: str) -> Place:
    printed = FULL_NAMES.get(name, name.replace("-", " ").title())
    mention = (Mention(printed, SPAN, None),)
    found = load_places().find(printed)
    if found is None:
        return Place(f"reuters:{name}", printed, None, None, None, None, "mentioned", mention)
    return Place(found.id, found.name, found.country, None, None, None, "mentioned", mention)


def make_pages(numbers: Iterable[int]) -> Iterator[tuple[Page, Ready]]:
    """Yield articles as the store's own door takes them in."""
    for number in numbers:
        report = make_report(number)
        content = b"%d" % number
        yield Page(report.source, content, str(number), "utf-8"), make_ready(Description(report, (), (), "synthetic"))


def fill_in_bulk(home: Home, size: int) -> None:
    """Write so many articles into an empty archive."""
    with Store.open(home) as store:
        waiting = make_pages(range(size))
        batch = store.start_batch("benchmark", [])
        while part := [ready for _, ready in islice(waiting, TOGETHER)]:
            with store.transaction() as connection:
                connection.execute(insert(originals), [_original_row(ready) for ready in part])
                connection.execute(insert(reports), [_report_row(ready) for ready in part])
                connection.execute(insert(events), [make_row(EXTRACTION, report_id=r.report_id) for r in part])
        store.finish_batch(batch, {"imported": size})


def _original_row(ready: Ready) -> dict[str, object]:
    source = ready.source
    return {"sha256": source.sha256, "bytes": 1, "media_type": source.media_type, "added": "2020-01-01T00:00:00Z"}


def _report_row(ready: Ready) -> dict[str, object]:
    return {
        "id": make_report_id(ready.source.sha256, 0),
        "sha256": ready.source.sha256,
        "part": 0,
        "version": 1,
        "record": ready.record,
        "outlet": ready.outlet,
        "earliest": ready.earliest,
        "latest": ready.latest,
    }
