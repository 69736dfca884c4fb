"""What a person asks of a whole batch: its reports, and those that came in by it and by nothing else."""

from sqlalchemy import Connection, select

from archive.errors import HomeBusy
from archive.store.batches import close_unfinished, find_unfinished
from archive.store.lock import WriterLock
from archive.store.room import Room
from archive.store.tables import batch_lines, batches, reports, sources

AGAIN = '["rerun"%'  # the arguments of a batch that brought nothing and only described anew


class BatchDesk(Room):
    """Whole batches, as a person works on them."""

    def reports(self, batch: int) -> tuple[str, ...]:
        """Return the reports a batch brought, met again or described anew, in order of id."""
        with self.snapshot() as connection:
            chosen = select(batch_lines.c.report_id).where(
                batch_lines.c.batch == batch, batch_lines.c.report_id.is_not(None)
            )
            held = select(reports.c.id).where(reports.c.id.in_(chosen)).order_by(reports.c.id)
            return tuple(connection.execute(held).scalars())

    def only_by(self, batch: int) -> tuple[str, ...]:
        """Return the reports whose originals came in by this batch and by no other, in order of id."""
        with self.snapshot() as connection:
            return _only_by(connection, batch)

    def is_under_way(self) -> bool:
        """Tell whether somebody is importing or describing again just now."""
        with self.snapshot() as connection:
            if not find_unfinished(connection):
                return False
        try:
            with WriterLock(self.home, 0, self.home.batch_lock).held():
                return False
        except HomeBusy:
            return True

    def settle(self) -> bool:
        """Close batches whose process was killed as interrupted; False when a batch is under way, and so alive."""
        with self.snapshot() as connection:
            if not find_unfinished(connection):
                return True
        try:
            with WriterLock(self.home, 0, self.home.batch_lock).held(), self.transaction() as connection:
                close_unfinished(connection)
        except HomeBusy:
            return False
        return True


def _only_by(connection: Connection, batch: int) -> tuple[str, ...]:
    lines, others = batch_lines.alias(), batch_lines.alias()
    brought = select(lines.c.report_id).where(lines.c.batch == batch, lines.c.outcome == "imported")
    again = (
        select(others.c.report_id)
        .join(batches, batches.c.number == others.c.batch)
        .where(others.c.batch != batch, others.c.report_id.is_not(None), batches.c.arguments.not_like(AGAIN))
    )
    elsewhere = select(sources.c.sha256).where(sources.c.batch != batch)
    chosen = select(reports.c.id).where(
        reports.c.id.in_(brought), reports.c.id.not_in(again), reports.c.sha256.not_in(elsewhere)
    )
    return tuple(connection.execute(chosen.order_by(reports.c.id)).scalars())
