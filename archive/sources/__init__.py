"""Reading what people have, as a stream of pages: files, folders and archives of them, tables, captures, exports.

Bytes are read, digested and decoded; nothing is fetched or executed, and nothing unpacked where a name says.
"""

from archive.sources.columns import Columns, read_columns
from archive.sources.decoding import make_page
from archive.sources.items import Item, Reading, Refused, Skipped
from archive.sources.kinds import MEDIA_TYPES
from archive.sources.reading import read, read_bytes
from archive.sources.reopening import reopen
from archive.sources.splitting import load_exports

__all__ = [
    "MEDIA_TYPES",
    "Columns",
    "Item",
    "Reading",
    "Refused",
    "Skipped",
    "load_exports",
    "make_page",
    "read",
    "read_bytes",
    "read_columns",
    "reopen",
]
