"""What the form of a correction asks of the store: how a field read then and now, and a page's blocks by name."""

from collections.abc import Iterable
from typing import Any

from archive.errors import UnknownBlock
from archive.holdings import Correction, Event
from archive.restoring import name_judged
from archive.store.curation import correct, read_field
from archive.store.reading import read_blocks
from archive.store.room import Room

Json = Any


class Correcting(Room):
    """A person's work on one report's fields and blocks."""

    def field_at(self, report_id: str, field: str, event: int) -> Json:
        """Return how a field read, as JSON, once this event had happened; UnknownReport, UnknownField."""
        with self.snapshot() as connection:
            return read_field(connection, report_id, field, event)

    def block_names(self, report_id: str) -> tuple[str | None, ...]:
        """Return the name of each block of a report's page, in order; None for those that cannot be moved."""
        with self.snapshot() as connection:
            return tuple(name_judged(read_blocks(connection, report_id)))

    def move_block(self, report_id: str, name: str, *, kept: bool, by: str, reason: str = "") -> Event:
        """Let a person take a block back into the report's text, or set it aside; UnknownReport, UnknownBlock."""
        with self.transaction() as connection:
            text = _text_of(name, read_blocks(connection, report_id))
            if text is None:
                raise UnknownBlock(report_id)
            value = {"kept": kept, "text": text}
            return correct(connection, Correction(report_id, name, value, by, reason), self.home.authorities)


def _text_of(name: str, blocks: Iterable[Any]) -> str | None:
    judged = tuple(blocks)
    named = zip(name_judged(judged), judged, strict=True)
    return next((one.block.text for found, one in named if found == name), None)
