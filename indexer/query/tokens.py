"""Query text → tokens, each knowing where it stands. Any text has tokens; nothing here can fail."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from archive.fields import FIELDS

Kind = Literal["word", "phrase", "open", "close", "or", "and", "not", "field", "loose quote"]

QUERY_FIELDS = tuple(field.key for field in FIELDS if field.searchable or field.facet)
QUOTES = '"“”„«»'

SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
# "old city" · “old city”~5 · ="Islamic State"
QUOTED = re.compile(rf"(?P<exact>=?)[{QUOTES}](?P<text>[^{QUOTES}]*)[{QUOTES}](?:~(?P<slop>[0-9]{{1,6}}))?")
FIELD = re.compile(r"(?P<key>[A-Za-z_]{1,40}):(?=[^\s\x00-\x1f\x7f:/)])")  # title: in title:mosul, not http://…
RUN = re.compile(rf"[^\s\x00-\x1f\x7f(){QUOTES}]+")  # al-Baghdadi · bomb* · 2016-10..2017-07
OPERATOR = re.compile(rf"(?P<name>OR|AND|NOT)(?=[\s\x00-\x1f\x7f(){QUOTES}]|\Z)")
MINUS = re.compile(r"-(?=[^\s\x00-\x1f\x7f)-])")  # -word · -(…) · -"…", but not a dash between spaces


class QueryToken(NamedTuple):
    """One token: `text` without its marks, `start` and `end` where it stands in the query."""

    kind: Kind
    text: str
    start: int
    end: int
    slop: int = 0
    exact: bool = False


def read_tokens(text: str) -> Iterator[QueryToken]:
    """Yield the tokens of a query from left to right, in time proportional to its length."""
    at, free = 0, True  # free: only white space, a parenthesis or nothing stands before
    closing = max((text.rfind(quote) for quote in QUOTES), default=-1)
    while at < len(text):
        if space := SPACE.match(text, at):
            at, free = space.end(), True
            continue
        token = _read_one(text, at, free=free, closing=closing)
        yield token
        at, free = token.end, token.kind == "open"


def _read_one(text: str, at: int, *, free: bool, closing: int) -> QueryToken:
    if text[at] in "()":
        return QueryToken("open" if text[at] == "(" else "close", text[at], at, at + 1)
    if quoted := _read_quoted(text, at, closing):
        return quoted
    if text[at] in QUOTES:
        return QueryToken("loose quote", text[at], at, at + 1)
    if operator := OPERATOR.match(text, at):
        kind: Kind = "or" if operator["name"] == "OR" else "and" if operator["name"] == "AND" else "not"
        return QueryToken(kind, operator["name"], at, operator.end())
    if free and MINUS.match(text, at):
        return QueryToken("not", "-", at, at + 1)
    return _read_run(text, at)


def _read_quoted(text: str, at: int, closing: int) -> QueryToken | None:
    # Without the look at the last quotation mark, a lone one would be searched for its partner again and again.
    if at >= closing or text[at] not in f"={QUOTES}":
        return None
    quoted = QUOTED.match(text, at)
    if quoted is None:
        return None
    slop = int(quoted["slop"] or 0)
    return QueryToken("phrase", quoted["text"], at, quoted.end(), slop, exact=bool(quoted["exact"]))


def _read_run(text: str, at: int) -> QueryToken:
    if field := FIELD.match(text, at):
        return QueryToken("field", field["key"], at, field.end())
    exact = text[at] == "="
    run = RUN.match(text, at + 1 if exact else at)
    if run is None:  # a lone = before a parenthesis or the end
        return QueryToken("word", "", at, at + 1)
    return QueryToken("word", run.group(), at, run.end(), exact=exact)
