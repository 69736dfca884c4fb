"""Edits of many reports: planned and undone through the store, worked off here, with the index right behind."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from archive.edits import BulkEdit, Edit, EditLine, ItemOutcome
from archive.errors import BadDate, BadEdit
from archive.spoken_dates import read_date
from indexer.room import Room

PAUSE = 0.1  # seconds between two portions, in which other writers have their turn
FOLLOW = 4  # portions after which the index follows, so that nobody else finds much to catch up with


class BulkEdits(Room):
    """Edits of many reports at once, each a batch that can be undone.

    What is started waits until somebody calls `work`, in any thread of any process; what was cut short is taken up
    again by the next who does.
    """

    def plan(self, edit: Edit, ids: Iterable[str], *, by: str, reason: str = "", question: str = "") -> int:
        """Write down an edit of these reports without beginning it, and return its number; raises BadEdit.

        A date may be written in words.
        """
        if edit.field == "published" and isinstance(edit.value, str):
            try:
                edit = replace(edit, value=read_date(edit.value).edtf)
            except BadDate as problem:
                raise BadEdit(str(problem).removesuffix(".")) from problem
        return self._store.bulk.plan(edit, ids, by=by, reason=reason, question=question)

    def plan_each(
        self, field: str, values: Mapping[str, object], *, by: str, reason: str = "", question: str = ""
    ) -> int:
        """Write down an edit that gives each of these reports its own value of a field; as `plan`."""
        return self._store.bulk.plan_each(field, values, by=by, reason=reason, question=question)

    def drop(self, number: int) -> None:
        """Forget an edit that was planned and never begun; raises UnknownEdit and EditNotReady."""
        self._store.bulk.drop(number)

    def start(self, number: int, *, by: str) -> None:
        """Let a planned edit, or one that was stopped, be worked off; raises UnknownEdit and EditNotReady."""
        self._store.bulk.start(number, by=by)

    def stop(self, number: int, *, by: str) -> None:
        """Let an edit rest after the portion that is being written; raises UnknownEdit and EditNotReady."""
        self._store.bulk.stop(number, by=by)

    def undo(self, number: int, *, by: str, reason: str = "") -> int:
        """Begin the undoing of an edit as a further one, and return its number; raises UnknownEdit and EditNotReady."""
        return self._store.bulk.undo(number, by=by, reason=reason)

    def work(self, *, pause: float = PAUSE) -> bool:
        """Work off every edit that waits, the index following; False when somebody else is at it.

        Raises what the store raises; what was worked off until then stays so.
        """
        with self._store.bulk.turn() as mine:
            portions = 0
            while mine and (number := self._store.bulk.advance()) is not None:
                portions += 1
                if not self._store.bulk.edit(number).counts.waiting:
                    self._keep_up()  # first the index, then the word that it is done
                    self._store.bulk.close(number)
                elif portions % FOLLOW == 0:
                    self._keep_up()
                time.sleep(pause)
            return mine

    def waits(self) -> bool:
        """Tell whether an edit waits to be worked off, or is being worked off."""
        return self._store.bulk.waits()

    def edit(self, number: int) -> BulkEdit:
        """Return one edit and how far it is; raises UnknownEdit."""
        return self._store.bulk.edit(number)

    def edits(self, *, offset: int = 0, limit: int = 50) -> tuple[BulkEdit, ...]:
        """Return the edits that were begun, newest first."""
        return self._store.bulk.edits(offset=offset, limit=limit)

    def count(self) -> int:
        """Return how many edits were begun."""
        return self._store.bulk.count()

    def lines(
        self, number: int, outcomes: Sequence[ItemOutcome] = (), *, offset: int = 0, limit: int = 50
    ) -> tuple[EditLine, ...]:
        """Return some reports of an edit, in order: all, or those with these outcomes; raises UnknownEdit."""
        return self._store.bulk.lines(number, outcomes, offset=offset, limit=limit)
