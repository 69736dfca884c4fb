"""A person's word on pages in quarantine: looked at, tried again, or dropped with a reason; their bytes stay."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from archive.errors import UnknownQuarantined
from archive.holdings import SetAside
from archive.store.events import QUARANTINE, add_event
from archive.store.originals import Originals
from archive.store.room import Room
from archive.store.tables import quarantined

LARGEST = 2**31 - 1


class QuarantineDesk(Room):
    """Pages that could not become reports, as a person works on them."""

    def count(self, *, code: str | None = None, closed: bool = False) -> int:
        """Return how many pages are in quarantine, or were and are closed; with a code, those set aside for it."""
        with self.snapshot() as connection:
            chosen = _chosen(code, closed=closed).subquery()
            return int(connection.execute(select(func.count()).select_from(chosen)).scalar_one())

    def pages(
        self, *, code: str | None = None, closed: bool = False, offset: int = 0, limit: int = 50
    ) -> tuple[SetAside, ...]:
        """Return pages in quarantine, or those that are closed, the latest first."""
        with self.snapshot() as connection:
            chosen = _chosen(code, closed=closed).order_by(quarantined.c.number.desc()).offset(offset).limit(limit)
            return tuple(_read(row) for row in connection.execute(chosen))

    def codes(self) -> tuple[tuple[str, int], ...]:
        """Return how many pages are in quarantine for each code, the most frequent first."""
        with self.snapshot() as connection:
            counting = select(quarantined.c.code, func.count()).where(quarantined.c.closed.is_(None))
            rows = connection.execute(counting.group_by(quarantined.c.code)).all()
        return tuple(sorted(((row[0], row[1]) for row in rows), key=lambda pair: (-pair[1], pair[0])))

    def page(self, number: int) -> SetAside:
        """Return one page that is or was in quarantine; raises UnknownQuarantined."""
        with self.snapshot() as connection:
            return _find(connection, number)

    def content(self, number: int) -> bytes | None:
        """Return the bytes of a page in quarantine; None when none were kept. Raises UnknownQuarantined."""
        sha256 = self.page(number).sha256
        return None if sha256 is None else Originals(self.home.quarantine, self.home.path).read(sha256)

    def close(self, numbers: Sequence[int], *, by: str, reason: str, batch: int | None = None) -> None:
        """Say that these pages need no work any more, and why; raises UnknownQuarantined."""
        with self.transaction() as connection:
            for number in numbers:
                _say(connection, _find(connection, number), closed=True, by=by, reason=reason, batch=batch)

    def reopen(self, numbers: Sequence[int], *, by: str, reason: str = "") -> None:
        """Take back that these pages need no work; raises UnknownQuarantined."""
        with self.transaction() as connection:
            for number in numbers:
                _say(connection, _find(connection, number), closed=False, by=by, reason=reason)


def _say(
    connection: Connection, page: SetAside, *, closed: bool, by: str, reason: str, batch: int | None = None
) -> None:
    if (page.closed is not None and closed) or (page.closed is None and not closed):
        return
    before = {"quarantined": page.number, "closed": page.closed is not None}
    after = {"quarantined": page.number, "closed": closed}
    event = add_event(connection, QUARANTINE, agent=by, batch=batch, before=before, after=after, note=reason or None)
    change = update(quarantined).where(quarantined.c.number == page.number)
    connection.execute(change.values(closed=reason or "closed" if closed else None, event=event.number))


def _chosen(code: str | None, *, closed: bool) -> Select[Any]:
    chosen = select(quarantined).where(quarantined.c.closed.is_not(None) if closed else quarantined.c.closed.is_(None))
    return chosen if code is None else chosen.where(quarantined.c.code == code)


def _find(connection: Connection, number: int) -> SetAside:
    small = number <= LARGEST  # an address may say any number
    chosen = select(quarantined).where(quarantined.c.number == number)
    row = connection.execute(chosen).one_or_none() if small else None
    if row is None:
        raise UnknownQuarantined(number)
    return _read(row)


def _read(row: Row[Any]) -> SetAside:
    return SetAside(row.number, row.name, row.code, row.reason, row.sha256, row.batch, row.closed)
