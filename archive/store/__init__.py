"""What we hold, kept safe: originals on disk, records and their log in one database.

The folder meets SQLAlchemy (Alembic in migrate.py, SQLite's own words in sqlite.py); above it there is only `Store`
with its rooms.
Nothing is changed without an event in the same transaction, and no record is written before its original is durable.
"""

from archive.store.accounts import Accounts
from archive.store.papers import Papers
from archive.store.results import (
    BatchLine,
    BatchRecord,
    Finding,
    Held,
    Outcome,
    Quarantined,
    Standing,
    Status,
    Stretch,
    Version,
)
from archive.store.sessions import Sessions
from archive.store.snapshots import Snapshots
from archive.store.store import Store

__all__ = [
    "Accounts",
    "BatchLine",
    "BatchRecord",
    "Finding",
    "Held",
    "Outcome",
    "Papers",
    "Quarantined",
    "Sessions",
    "Snapshots",
    "Standing",
    "Status",
    "Store",
    "Stretch",
    "Version",
]
