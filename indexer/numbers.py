"""The Media IDs of one outlet against its days: whether they follow each other, and which reports stand apart."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.numbering import LEAST_DATED, NUMBER, Dated, prove_order


@dataclass(frozen=True, slots=True)
class Numbered:
    """A report with a whole number for a Media ID and a day that its page states."""

    id: str
    title: str | None
    printed: str
    number: int
    day: dt.date
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is known of one outlet's numbers: reports in order of number, and how many have no day or no number.

    `proven` says that the numbers follow the days well enough to date others by; only then is any of them a `stray`.
    """

    reports: tuple[Numbered, ...]
    proven: bool
    undated: int
    unnumbered: int


def read_numbers(records: Iterable[Mapping[str, Any]], least: int = LEAST_DATED) -> Numbers:
    """Return what these records of one outlet say; of reports with the same number the first counts for the proof."""
    found: list[Numbered] = []
    undated = unnumbered = 0
    for record in records:
        printed, published = (record["media_id"] or {}).get("value", ""), record["published"]
        if not NUMBER.fullmatch(printed):
            unnumbered += 1
        elif (
            published["basis"] != "stated" or not published["earliest"] or published["earliest"] != published["latest"]
        ):
            undated += 1
        else:
            title, day = (record["title"] or {}).get("value"), dt.date.fromisoformat(published["earliest"])
            found.append(Numbered(record["id"], title, printed, int(printed), day))
    found.sort(key=lambda one: (one.number, one.day, one.id))
    dated = {one.number: Dated(one.number, one.day, one.printed) for one in reversed(found)}
    order = prove_order(list(dated.values()), least) if least else None
    chain = {(one.number, one.day) for one in order.chain} if order else set()
    marked = (
        Numbered(
            one.id,
            one.title,
            one.printed,
            one.number,
            one.day,
            order is not None and (one.number, one.day) not in chain,
        )
        for one in found
    )
    return Numbers(tuple(marked), order is not None, undated, unnumbered)
