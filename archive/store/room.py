"""A room of the store: the reading and writing of one subject, in a module of its own."""

from archive.store.access import Access


class Room:
    """One subject's part of an open archive: it reads through `snapshot` and writes through `transaction`.

    What no import touches is written through `beside`, so that it need not wait for one to end. Each act is one
    transaction together with its events. Rooms are reached through the store and live as long as it.
    """

    def __init__(self, access: Access) -> None:
        self.home = access.home
        self.snapshot = access.snapshot
        self.transaction = access.transaction
        self.beside = access.beside
