"""Single words, phrases and dates of a query: what each of them asks for."""

import re
from dataclasses import dataclass, field

from indexer.analysis import find_words, tokenize
from indexer.query.dates import read_days, read_range
from indexer.query.limits import MAX_TERMS, allowed_slop
from indexer.query.tokens import QUERY_FIELDS, QueryToken
from indexer.query.tree import DateRange, Fuzzy, Node, Phrase, Prefix, UnknownDate, Word
from indexer.results import Diagnostic, DiagnosticLevel

FUZZY = re.compile(r"(?P<body>.*[^~])~(?P<distance>[0-9]{0,6})", re.DOTALL)  # mossul~ · mossul~2
PREFIX = re.compile(r"(?P<body>.*[^*])\*+", re.DOTALL)  # bomb*
MAX_DISTANCE = 2
OPERATORS = ("AND", "NOT", "OR")


@dataclass(slots=True)
class Notes:
    """The diagnostics of one query; the same sentence is said once, where it first applies."""

    found: dict[str, Diagnostic] = field(default_factory=dict)

    def warn(self, message: str, start: int, end: int, level: DiagnosticLevel = "warning") -> None:
        """Remember a sentence about query[start:end]."""
        self.found.setdefault(message, Diagnostic(level, message, start, end))

    def at(self, message: str, token: QueryToken, level: DiagnosticLevel = "warning") -> None:
        """Remember a sentence about one token."""
        self.warn(message, token.start, token.end, level)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Return all sentences in the order of the query."""
        return tuple(sorted(self.found.values(), key=lambda note: (note.start, note.end)))


@dataclass(slots=True)
class TermReader:
    """Turns word and phrase tokens into leaves of the tree, counting them."""

    notes: Notes
    count: int = 0

    def read(self, token: QueryToken, key: str | None) -> Node | None:
        """Return the leaf for a word or phrase token standing in a field; None when it holds no letter or digit."""
        if self.count >= MAX_TERMS:
            self.notes.at(f"Only the first {MAX_TERMS} words of the query were searched.", token)
            return None
        if key == "date" and (leaf := self._date(token)) is not None:
            return leaf
        if token.kind == "phrase":
            return self._words(token.text, token, quoted=True)
        return self._marked(token) or self._words(token.text, token)

    def _marked(self, token: QueryToken) -> Node | None:
        """Return the leaf of a word that ends in * or ~, if it does."""
        text = token.text
        prefix, fuzzy = PREFIX.fullmatch(text), FUZZY.fullmatch(text)
        body = prefix["body"] if prefix else fuzzy["body"] if fuzzy else None
        words = find_words(body) if body else ()
        if "*" in (body if prefix and body else text):
            self.notes.at("A * works only at the end of a word; searched without it.", token)
        if len(words) != 1:
            return None
        self.count += 1
        if token.exact:
            self.notes.at("= goes with neither * nor ~; the = was left out.", token)
        if prefix:
            return Prefix(words[0])
        return self._fuzzy(words[0], fuzzy["distance"] if fuzzy else "", token)

    def _fuzzy(self, word: str, distance: str, token: QueryToken) -> Node:
        asked = int(distance or 1)
        if asked > MAX_DISTANCE:
            self.notes.at(
                f"Words more than {MAX_DISTANCE} letters apart are not searched; ~{MAX_DISTANCE} was used.", token
            )
        return Fuzzy(word, min(asked, MAX_DISTANCE)) if asked else Word(word)

    def _words(self, text: str, token: QueryToken, *, quoted: bool = False) -> Node | None:
        words = find_words(text)
        if text.endswith(":") and text[:-1].lower() in QUERY_FIELDS:
            self.notes.at(f"To search in one field write {text}word, without a space.", token, "note")
        words = self._take(words, token)
        if not words:
            return None
        if len(words) > 1 or quoted:
            return self._phrase(" ".join(words), token)
        # An operator's name inside punctuation was meant as a word; in capitals it would be read back as the operator.
        lone = words[0].lower() if words[0] in OPERATORS and not token.exact else words[0]
        return Word(lone, exact=token.exact)

    def _take(self, words: tuple[str, ...], token: QueryToken) -> tuple[str, ...]:
        """Return as many words as the query still has room for; each part of a hyphenated name counts."""
        taken = []
        for word in words:
            self.count += count_parts(word)
            if self.count > MAX_TERMS:
                self.notes.at(f"Only the first {MAX_TERMS} words of the query were searched.", token)
                break
            taken.append(word)
        return tuple(taken)

    def _phrase(self, text: str, token: QueryToken) -> Phrase:
        parts = count_parts(text)
        most = allowed_slop(parts)
        if token.slop > most > 0:
            self.notes.at(f"Between {parts} words at most {most} others can be allowed; searched as ~{most}.", token)
        return Phrase(text, slop=min(token.slop, most), exact=token.exact)

    def _date(self, token: QueryToken) -> Node | None:
        text = token.text.strip()
        if text.lower() == "unknown":
            return UnknownDate()
        start, dots, end = text.partition("..")
        first, last = start or None, (end or None) if dots else start
        days = read_range(first, last) if first or last else None
        if days is None:
            self.notes.at(
                f"'{text[:40]}' is not a date; searched as words. "
                "Write date:2016, date:2016-10, date:2016-10-17, date:2016-10..2017-07 or date:unknown.",
                token,
            )
            return None
        self.count += 1
        if days.last < days.first and first and last:
            self.notes.at("The range ended before it began; its ends were exchanged.", token, "note")
            return DateRange(*_exchanged(first, last))
        return DateRange(first, last)


def count_parts(text: str) -> int:
    """Return how many words a text has, each part of a hyphenated name counted."""
    return sum(not token.joined for token in tokenize(text))


def _exchanged(first: str, last: str) -> tuple[str, str]:
    earlier, later = sorted((first, last), key=lambda text: read_days(text) or (0, 0))
    return earlier, later
