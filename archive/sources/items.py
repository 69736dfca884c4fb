"""What reading yields, and what a person may say about how to read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import SourceError
from archive.model import Page
from archive.sources.columns import Columns
from archive.sources.entries import Entry
from archive.sources.splitting import ExportRules, load_exports


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that should be a page and cannot be; `content` is None when it could not be read or is too large."""

    name: str
    error: SourceError
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a kind that holds no page, or several such files of which one line is enough."""

    name: str
    reason: str


Item = Page | Refused | Skipped


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the most bytes of a page, a person's column mapping, the split rules of press databases.

    What lies outside the folder `within`, reached by a link, is refused.
    """

    limit: int
    columns: Columns = field(default_factory=Columns)
    exports: tuple[ExportRules, ...] = field(default_factory=load_exports)
    within: Path | None = None


Reader = Callable[[Entry, Reading], Iterator[Item]]
