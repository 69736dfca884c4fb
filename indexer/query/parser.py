"""Tokens → tree. Parsing never raises: what cannot be meant as written is searched as words, and said."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.query.limits import MAX_DEPTH, MAX_LENGTH
from indexer.query.terms import Notes, TermReader
from indexer.query.tokens import QUERY_FIELDS, Kind, QueryToken, read_tokens
from indexer.query.tree import And, Everything, Node, Not, Or, Within
from indexer.results import Diagnostic

OPERANDS: tuple[Kind | None, ...] = ("word", "phrase", "open")
ENDS: tuple[Kind | None, ...] = (None, "close", "or")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood, and what the reader should know about how it was read."""

    tree: Node
    diagnostics: tuple[Diagnostic, ...]


def parse(text: str) -> Parsed:
    """Return the tree of any text whatever, with a diagnostic for everything that could not be meant as written.

    OR binds less tightly than standing side by side: `a b OR c` is (a b) OR c.
    """
    notes = Notes()
    if len(text) > MAX_LENGTH:
        notes.warn(f"Only the first {MAX_LENGTH:,} characters of the query were read.", MAX_LENGTH, len(text))
    tree = _Reading(list(read_tokens(text[:MAX_LENGTH])), notes, TermReader(notes)).either(0, None)
    if tree is None and text.strip():
        notes.warn("Nothing in the query can be searched for; all reports are shown.", 0, len(text))
    return Parsed(tree or Everything(), notes.in_order())


def combine(kind: type[And | Or], parts: Sequence[Node]) -> Node | None:
    """Join parts, taking in parts of the same kind; one part stands alone and none is None."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    if len(flat) > 1:
        return kind(tuple(flat))
    return flat[0] if flat else None


def negate(part: Node | None) -> Node | None:
    """Return the opposite of a part; twice negated is the part itself."""
    if part is None:
        return None
    return part.part if isinstance(part, Not) else Not(part)


@dataclass(slots=True)
class _Reading:
    """One walk over the tokens; `either`, `all_of` and `one` are the grammar's three levels."""

    tokens: list[QueryToken]
    notes: Notes
    terms: TermReader
    at: int = 0
    ignored: int = field(default=0)  # parentheses too deep to be followed, whose partners are still to come

    def either(self, depth: int, key: str | None) -> Node | None:
        parts = []
        while True:
            part = self.all_of(depth, key)
            if part is not None:
                parts.append(part)
            if self.peek() != "or":
                return combine(Or, parts)
            operator = self.take()
            if part is None or self.peek() in ENDS:
                self.lone(operator)

    def all_of(self, depth: int, key: str | None) -> Node | None:
        parts: list[Node] = []
        while not self.at_end(depth):
            if self.peek() == "and":
                operator = self.take()
                if not parts or self.peek() in (*ENDS, "and"):
                    self.lone(operator)
            elif (part := self.one(depth, key)) is not None:
                parts.append(part)
        return combine(And, parts)

    def at_end(self, depth: int) -> bool:
        """Tell whether this level ends here, passing over closing parentheses that close nothing."""
        while self.peek() == "close" and (self.ignored or depth == 0):
            token = self.take()
            if self.ignored:
                self.ignored -= 1
            else:
                self.notes.at("A closing parenthesis is missing its partner; it was left out.", token)
        return self.peek() in ENDS

    def one(self, depth: int, key: str | None) -> Node | None:
        token = self.take()
        match token.kind:
            case "not":
                return self.negation(token, depth, key)
            case "field":
                return self.fielded(token, depth, key)
            case "open":
                return self.group(token, depth, key)
            case "loose quote":
                self.notes.at("A quotation mark is missing its partner; searched as words.", token)
                return None
            case _:
                return self.terms.read(token, key)

    def negation(self, token: QueryToken, depth: int, key: str | None) -> Node | None:
        negative = True
        while self.peek() == "not":
            token, negative = self.take(), not negative
        if self.peek() in (*ENDS, "and"):
            self.lone(token)
            return None
        part = self.one(depth, key)
        return negate(part) if negative else part

    def fielded(self, token: QueryToken, depth: int, key: str | None) -> Node | None:
        """Read `key:operand`; names of no field become words beside the operand."""
        words: list[Node] = []
        while True:
            name = token.text.lower()
            if name in QUERY_FIELDS and self.peek() in (*OPERANDS, "field"):
                key = name
            else:
                self.unknown_field(token)
                words += [word for word in (self.terms.read(token._replace(kind="word"), key),) if word is not None]
            if self.peek() != "field":
                break
            token = self.take()
        part = self.one(depth, key) if self.peek() in OPERANDS else None
        if part is not None and key is not None and key != "date" and not isinstance(part, Within):
            part = Within(key, part)
        return combine(And, [*words, *([part] if part is not None else [])])

    def group(self, token: QueryToken, depth: int, key: str | None) -> Node | None:
        if depth >= MAX_DEPTH:
            self.notes.at(f"Parentheses more than {MAX_DEPTH} deep were left out.", token)
            self.ignored += 1
            return None
        part = self.either(depth + 1, key)
        if self.peek() == "close":
            self.take()
        else:
            self.notes.at("An opening parenthesis is missing its partner; it was left out.", token)
        return part

    def unknown_field(self, token: QueryToken) -> None:
        if token.text.lower() not in QUERY_FIELDS:
            known = ", ".join(QUERY_FIELDS)
            self.notes.at(f"There is no field '{token.text}'; searched as words. Fields: {known}.", token)

    def lone(self, operator: QueryToken) -> None:
        text = operator.text
        self.notes.at(
            f'{text} has nothing to join and was left out; to find the word, write "{text.lower()}".', operator
        )

    def peek(self) -> Kind | None:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else None

    def take(self) -> QueryToken:
        token = self.tokens[self.at]
        self.at += 1
        return token
