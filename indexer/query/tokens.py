"""Query text → tokens, each knowing where it stands. Any text has tokens; nothing here can fail."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from archive.fields import FIELDS

Kind = Literal["word", "phrase", "open", "close", "or", "and", "not", "near", "field", "loose quote"]

# What else readers call a field.
ALIASES: Mapping[str, str] = MappingProxyType({"in": "collection", "headline": "title", "author": "byline"})
ALONE = frozenset({"date", "has"})  # what stands before the colon and cannot share it with others
QUERY_FIELDS = tuple(field.key for field in FIELDS if field.searchable or field.facet)
QUOTES = '"“”„«»'

SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
# "old city" · “old city”~5 · ="Islamic State"
QUOTED = re.compile(rf"(?P<exact>=?)[{QUOTES}](?P<text>[^{QUOTES}]*)[{QUOTES}](?:~(?P<slop>[0-9]{{1,6}}))?")
# title: in title:mosul, not http://… · title,caption: in title,caption:mosul
FIELD = re.compile(r"(?P<key>[A-Za-z_]{1,40}(?:,[A-Za-z_]{1,40}){0,20}):(?=[^\s\x00-\x1f\x7f:/)])")
RUN = re.compile(rf"[^\s\x00-\x1f\x7f(){QUOTES}]+")  # al-Baghdadi · bomb* · 2016-10..2017-07
OPERATOR = re.compile(rf"(?P<name>OR|AND|NOT)(?=[\s\x00-\x1f\x7f(){QUOTES}]|\Z)")
NEARNESS = re.compile(rf"[Ww]/(?P<words>[0-9]{{1,6}})(?=[\s\x00-\x1f\x7f(){QUOTES}]|\Z)")  # W/10 · w/3
MINUS = re.compile(r"-(?=[^\s\x00-\x1f\x7f)-])")  # -word · -(…) · -"…", but not a dash between spaces


class QueryToken(NamedTuple):
    """One token: `text` without its marks, `start` and `end` where it stands in the query.

    `slop` is the number of a phrase's ~5 and of W/5.
    """

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
    return (_read_marked(text, at) if free else None) or _read_run(text, at)


def _read_marked(text: str, at: int) -> QueryToken | None:
    """Return what has a meaning only after white space: a minus, or W/5."""
    if MINUS.match(text, at):
        return QueryToken("not", "-", at, at + 1)
    if near := NEARNESS.match(text, at):
        return QueryToken("near", near.group(), at, near.end(), int(near["words"]))
    return None


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
