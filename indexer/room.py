"""A room of the catalogue: one subject that a person works on, read and changed through one door."""

from collections.abc import Callable

from archive.store import Store


class Room:
    """One subject's part of a catalogue: what it reads comes from the store; after a change the index follows."""

    def __init__(self, store: Store, keep_up: Callable[[], None]) -> None:
        self._store, self._keep_up = store, keep_up
