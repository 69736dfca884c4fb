"""Which column of a table holds what: by the names people commonly give columns, and by what a person says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from archive.errors import BadColumns

# Our fields, and the names of columns they are taken from unless a person says otherwise; the first that is there.
DEFAULTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "id": ("id", "uid", "guid", "articleid", "docid", "documentid", "recordid"),
    "url": ("url", "link", "uri", "weburl", "permalink", "canonicalurl", "sourceurl", "articleurl"),
    "title": ("title", "headline", "heading", "articletitle"),
    "byline": ("byline", "author", "authors", "creator", "writer"),
    "date": ("date", "published", "publicationdate", "datepublished", "publishedat", "publishdate", "pubdate"),
    "outlet": ("outlet", "publication", "newspaper", "publisher", "source", "sourcename", "sitename", "site"),
    "place": ("place", "location", "city", "town"),
    "dateline": ("dateline",),
    "media_id": ("mediaid",),
    "section": ("section", "category", "categories", "desk"),
    "language": ("language", "lang"),
    "captured": ("captured", "capturedat", "crawled", "crawldate", "datecrawled", "datedownload", "accessed"),
    "text": ("text", "body", "fulltext", "maintext", "articletext", "content", "article", "story"),
    "html": ("html", "rawhtml", "pagehtml", "markup"),
})  # fmt: skip
FIELDS = tuple(DEFAULTS)
SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """A person's word on which column holds which field; what they leave out goes by common names."""

    named: tuple[tuple[str, str], ...] = ()

    def find(self, columns: Iterable[str]) -> Mapping[str, str]:
        """Return, for each field that has one, its column among these."""
        given = dict(self.named)
        there: dict[str, str] = {}
        for column in columns:
            there.setdefault(fold(column), column)
        free = {name: column for name, column in there.items() if column not in given.values()}
        known = ((field, given.get(field) or _first(names, free)) for field, names in DEFAULTS.items())
        return {field: column for field, column in known if column is not None}


def _first(names: Iterable[str], there: Mapping[str, str]) -> str | None:
    return next((there[name] for name in names if name in there), None)


def fold(column: str) -> str:
    """Return a column's name without case, white space and punctuation: `Pub_Date` is pubdate."""
    return SEPARATORS.sub("", column).casefold()


def read_columns(words: Iterable[str]) -> Columns:
    """Return the mapping that words such as `title=headline` make; raises BadColumns naming the word."""
    named: dict[str, str] = {}
    for word in words:
        field, equals, column = word.partition("=")
        field, column = field.strip().replace("-", "_").lower(), column.strip()
        if not equals or not column or field not in FIELDS:
            raise BadColumns(word, FIELDS)
        named[field] = column
    return Columns(tuple(named.items()))
