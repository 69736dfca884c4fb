"""Single words, phrases and dates of a query: what each of them asks for."""

import re
from dataclasses import dataclass, field

from indexer.analysis import find_words, tokenize
from indexer.query.dates import read_days, read_range
from indexer.query.limits import MAX_TERMS, MAX_WILDCARDS, allowed_slop
from indexer.query.tokens import ALIASES, QUERY_FIELDS, QueryToken
from indexer.query.tree import DateRange, Fuzzy, Has, Node, Phrase, UnknownDate, Wildcard, Within, Word, sides
from indexer.results import Diagnostic, DiagnosticLevel

# mossul~ · mossul~2 · mossul~2,3
FUZZY = re.compile(r"(?P<body>.*[^~])~(?P<distance>[0-9]{0,6})(?:,(?P<fixed>[0-9]{0,6}))?", re.DOTALL)
WILD = re.compile(r"(?P<wild>[*?]+)")  # * of bomb* · ? of wom?n
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

    def read(self, token: QueryToken, fields: tuple[str, ...]) -> Node | None:
        """Return the leaf for a word or phrase token standing in some fields; None when it holds no letter or digit."""
        if self.count >= MAX_TERMS:
            self.notes.at(f"Only the first {MAX_TERMS} words of the query were searched.", token)
            return None
        leaf = self._date(token) if fields == ("date",) else self._has(token) if fields == ("has",) else None
        if leaf is not None:
            return leaf
        if token.kind == "phrase":
            return self._words(token.text, token, quoted=True)
        return self._near_spelling(token) or self._pattern(token) or self._words(token.text, token)

    def repeat(self, node: Node | None, token: QueryToken) -> bool:
        """Count words once more that are asked for twice; False, with a word about it, where there is no room."""
        part = node.part if isinstance(node, Within) else node
        more = sum(count_parts(leaf.text) for leaf in sides(part)) if part is not None else 0
        if self.count + more > MAX_TERMS:
            self.notes.at(f"Only the first {MAX_TERMS} words of the query were searched.", token)
            return False
        self.count += more
        return True

    def _near_spelling(self, token: QueryToken) -> Node | None:
        """Return the leaf of a word that ends in ~, if it does."""
        fuzzy = FUZZY.fullmatch(token.text)
        words = find_words(fuzzy["body"], 2) if fuzzy else ()
        if fuzzy is None or len(words) != 1 or "*" in fuzzy["body"]:
            return None
        self._count_marked(token)
        asked = int(fuzzy["distance"] or 1)
        if asked > MAX_DISTANCE:
            self.notes.at(
                f"Words more than {MAX_DISTANCE} letters apart are not searched; ~{MAX_DISTANCE} was used.", token
            )
        fixed = min(int(fuzzy["fixed"] or 0), len(words[0]))
        return Fuzzy(words[0], min(asked, MAX_DISTANCE), fixed) if asked else self._words(words[0], token)

    def _pattern(self, token: QueryToken) -> Node | None:
        """Return the leaf of a word with * inside or at its end or with ? inside, if it is one; else tell of the *."""
        pattern, problem = _read_pattern(token.text)
        if pattern is not None:
            self._count_marked(token)
            if "~" in token.text:
                self.notes.at("* and ~ do not go together; the ~ was left out.", token)
            return Wildcard(pattern)
        if problem and "*" in token.text:
            self.notes.at(problem, token)
        return None

    def _count_marked(self, token: QueryToken) -> None:
        self.count += 1
        if token.exact:
            self.notes.at("= goes with none of * ? ~; the = was left out.", token)

    def _has(self, token: QueryToken) -> Node | None:
        name = token.text.strip().lower()
        name = ALIASES.get(name, name)
        if name not in QUERY_FIELDS:
            known = ", ".join(QUERY_FIELDS)
            self.notes.at(f"has: needs the name of a field; searched as words. Fields: {known}.", token)
            return None
        self.count += 1
        return Has(name)

    def _words(self, text: str, token: QueryToken, *, quoted: bool = False) -> Node | None:
        words = find_words(text, MAX_TERMS + 1)
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


def _read_pattern(text: str) -> tuple[str | None, str | None]:
    """Return the pattern a word is meant as, or what keeps it from being one; a ? at its end is a question mark."""
    pieces = WILD.split(text.rstrip("?"))
    words = [find_words(piece, 2) for piece in pieces[::2]]
    if any(len(found) > 1 for found in words):
        return None, "A * works inside and at the end of single words; searched without it."
    if not words[0]:
        return None, "A * needs letters before it; searched without it."
    parts = [found[0] if found else "" for found in words]
    joined = parts[0] + "".join(mark + part for mark, part in zip(pieces[1::2], parts[1:], strict=True))
    pattern = WILD.sub(_in_order, joined).rstrip("?")
    wild = sum(map(pattern.count, "*?"))
    if wild > MAX_WILDCARDS:
        return None, f"A word may have {MAX_WILDCARDS} of * and ?; searched without them."
    return (pattern, None) if wild else (None, None)


def _in_order(run: re.Match[str]) -> str:
    """Return a run of * and ? in its one spelling: all ? and then at most one *."""
    return "?" * run[0].count("?") + "*" * ("*" in run[0])


def count_parts(text: str) -> int:
    """Return how many words a text has, each part of a hyphenated name counted."""
    return sum(not token.joined for token in tokenize(text))


def _exchanged(first: str, last: str) -> tuple[str, str]:
    earlier, later = sorted((first, last), key=lambda text: read_days(text) or (0, 0))
    return earlier, later
