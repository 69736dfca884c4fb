"""Reports taken out of the archive, and out of what is found."""

from collections.abc import Iterable

from archive.holdings import Event, Withdrawal
from archive.model import Report
from indexer.room import Room


class Withdrawals(Room):
    """Reports taken out of the archive; `by` is who, and stands in the log with the reason."""

    def withdraw(self, report_id: str, *, by: str, reason: str) -> Event:
        """Take a report out of the archive and of all that is found, and seal it; raises UnknownReport."""
        event = self._store.withdrawals.withdraw(report_id, by=by, reason=reason)
        self._keep_up()
        return event

    def withdraw_all(self, ids: Iterable[str], *, by: str, reason: str) -> int:
        """Take these reports out of the archive, those that are there, and return how many that were."""
        done = self._store.withdrawals.withdraw_all(ids, by=by, reason=reason)
        self._keep_up()
        return done

    def restore(self, report_id: str, *, by: str, reason: str = "") -> Event:
        """Put a sealed report back as it was; NotWithdrawn when it is not sealed."""
        event = self._store.withdrawals.restore(report_id, by=by, reason=reason)
        self._keep_up()
        return event

    def ask_deletion(self, report_id: str, *, by: str) -> None:
        """Ask that a sealed report be deleted for good; another person has to confirm. NotWithdrawn."""
        self._store.withdrawals.ask_deletion(report_id, by=by)

    def keep_sealed(self, report_id: str, *, by: str) -> None:
        """Take the wish to delete back, or refuse it; NotWithdrawn."""
        self._store.withdrawals.keep_sealed(report_id, by=by)

    def delete(self, report_id: str, *, by: str) -> Event:
        """Delete a sealed report for good; SamePerson when nobody else has asked for it, NotWithdrawn."""
        return self._store.withdrawals.delete(report_id, by=by)

    def find(self, report_id: str) -> Withdrawal | None:
        """Return the withdrawal of a report that is not in the archive now; None when it was never withdrawn."""
        return self._store.withdrawals.find(report_id)

    def all(self, *, offset: int = 0, limit: int = 50) -> tuple[Withdrawal, ...]:
        """Return the withdrawals, newest first: those that stand, and those that were taken back."""
        return self._store.withdrawals.all(offset=offset, limit=limit)

    def count(self, *, standing: bool = False) -> int:
        """Return how many withdrawals there were, or how many reports are withdrawn now."""
        return self._store.withdrawals.count(standing=standing)

    def report(self, report_id: str) -> Report:
        """Return a sealed report as it last read, for those who decide on it; NotWithdrawn."""
        return self._store.withdrawals.report(report_id)

    def original(self, report_id: str) -> bytes | None:
        """Return a sealed report's original; None where it was damaged before. NotWithdrawn."""
        return self._store.withdrawals.original(report_id)
