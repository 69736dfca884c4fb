"""The door to tags: words that people give reports, and that readers search by."""

from archive.holdings import Event
from indexer.room import Room


class Tagging(Room):
    """The words that people give reports."""

    def add(self, report_id: str, tag: str, *, by: str) -> Event | None:
        """Give a report a tag; None when it has it. UnknownReport, BadCorrection."""
        event = self._store.tagging.add(report_id, tag, by=by)
        self._keep_up()
        return event

    def remove(self, report_id: str, tag: str, *, by: str) -> Event | None:
        """Take a tag from a report; None when it has no such tag. Raises UnknownReport."""
        event = self._store.tagging.remove(report_id, tag, by=by)
        self._keep_up()
        return event
