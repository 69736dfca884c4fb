"""Reading what people have: files and folders of text and HTML, also inside ZIP files, as a stream of pages.

Bytes are read, digested and decoded; nothing is fetched, executed or unpacked to disk.
"""

from archive.sources.decoding import make_page
from archive.sources.files import MEDIA_TYPES, Item, Refused, Skipped, read

__all__ = ["MEDIA_TYPES", "Item", "Refused", "Skipped", "make_page", "read"]
