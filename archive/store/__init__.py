"""What we hold, kept safe: originals on disk, records and their log in one database.

The folder meets SQLAlchemy (Alembic in migrate.py, SQLite's own words in sqlite.py); above it there is only `Store`.
Nothing is changed without an event in the same transaction, and no record is written before its original is durable.
"""

from archive.store.results import BatchLine, BatchRecord, Finding, Held, Outcome, Quarantined, Standing, Status, Version
from archive.store.store import Store

__all__ = [
    "BatchLine",
    "BatchRecord",
    "Finding",
    "Held",
    "Outcome",
    "Quarantined",
    "Standing",
    "Status",
    "Store",
    "Version",
]
