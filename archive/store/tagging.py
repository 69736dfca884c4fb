"""Tags: words that people give a report; each change is a correction of its field, in force until it is undone."""

from collections.abc import Callable

from archive.holdings import Correction, Event
from archive.store import curation, reading
from archive.store.room import Room

FIELD = "tags"


class Tagging(Room):
    """The words that people give reports."""

    def add(self, report_id: str, tag: str, *, by: str) -> Event | None:
        """Give a report a tag; None when it has it. UnknownReport, BadCorrection."""
        return self._change(report_id, lambda held: [*held, tag], by)

    def remove(self, report_id: str, tag: str, *, by: str) -> Event | None:
        """Take a tag from a report; None when it has no such tag. Raises UnknownReport."""
        known = tag.casefold()
        return self._change(report_id, lambda held: [one for one in held if one.casefold() != known], by)

    def _change(self, report_id: str, change: Callable[[list[str]], list[str]], by: str) -> Event | None:
        # Read and written in one transaction: of two people who tag at once, both are heard.
        with self.transaction() as connection:
            held = list(reading.read_report(connection, report_id).report.tags)
            wanted = change(held)
            if len({one.casefold().strip() for one in wanted}) == len(held):
                return None
            return curation.correct(connection, Correction(report_id, FIELD, wanted, by), self.home.authorities)
