"""Tokens → tree. Parsing never raises: what cannot be meant as written is searched as words, and said."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.query.limits import MAX_DEPTH, MAX_LENGTH, MAX_PAIRS, MAX_SLOP
from indexer.query.terms import Notes, TermReader
from indexer.query.tokens import ALIASES, ALONE, QUERY_FIELDS, Kind, QueryToken, read_tokens
from indexer.query.tree import And, Everything, Nearby, Node, Not, Or, Within, make_exact, sides
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
    tree = _Reading(list(read_tokens(text[:MAX_LENGTH])), notes, TermReader(notes)).either(0, ())
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

    def either(self, depth: int, fields: tuple[str, ...]) -> Node | None:
        parts = []
        while True:
            part = self.all_of(depth, fields)
            if part is not None:
                parts.append(part)
            if self.peek() != "or":
                return combine(Or, parts)
            operator = self.take()
            if part is None or self.peek() in ENDS:
                self.lone(operator)

    def all_of(self, depth: int, fields: tuple[str, ...]) -> Node | None:
        parts: list[Node] = []
        while not self.at_end(depth):
            if self.peek() == "and":
                operator = self.take()
                if not parts or self.peek() in (*ENDS, "and"):
                    self.lone(operator)
            elif (part := self.operand(depth, fields)) is not None:
                parts.append(part)
        return combine(And, parts)

    def operand(self, depth: int, fields: tuple[str, ...]) -> Node | None:
        """Read one operand, or several joined by W/n: of a chain, each is near the next, and so stands twice."""
        parts: list[Node] = []
        left, said = self.one(depth, fields), False  # said: what stands on the left is in `parts` already
        while self.peek() == "near":
            operator = self.take()
            right = self.one(depth, fields) if self.peek() in (*OPERANDS, "field") else None
            near = self.near(left, right, operator) if not said or self.terms.repeat(left, operator) else None
            parts += [part for part in (near,) if part] or [part for part in (left,) if part and not said]
            left, said = right, near is not None
        if not said and left is not None:
            parts.append(left)
        return combine(And, parts)

    def near(self, left: Node | None, right: Node | None, operator: QueryToken) -> Node | None:
        """Join two operands by W/n; None, with a word about it, where that cannot be meant."""
        if left is None or right is None:
            self.notes.at(f"{operator.text} has nothing to join on one side and was left out.", operator)
            return None
        fields = left.fields if isinstance(left, Within) else ()
        right = right.part if isinstance(right, Within) and right.fields == fields else right
        left = left.part if isinstance(left, Within) else left
        ones, others = sides(left), sides(right)
        if not ones or not others or len(ones) * len(others) > MAX_PAIRS:
            self.notes.at(
                f"{operator.text} joins plain words and phrases, in one field and not too many; here both sides were "
                "searched without it.",
                operator,
            )
            return None
        if operator.slop > MAX_SLOP:
            self.notes.at(f"At most {MAX_SLOP} words can be allowed between; searched as W/{MAX_SLOP}.", operator)
        if len({leaf.exact for leaf in (*ones, *others)}) > 1:
            self.notes.at(f"The = on one side of {operator.text} holds for both.", operator, "note")
            left, right = make_exact(left), make_exact(right)
        pair = Nearby(left, right, min(operator.slop, MAX_SLOP))
        return Within(fields, pair) if fields else pair

    def at_end(self, depth: int) -> bool:
        """Tell whether this level ends here, passing over closing parentheses that close nothing."""
        while self.peek() == "close" and (self.ignored or depth == 0):
            token = self.take()
            if self.ignored:
                self.ignored -= 1
            else:
                self.notes.at("A closing parenthesis is missing its partner; it was left out.", token)
        return self.peek() in ENDS

    def one(self, depth: int, fields: tuple[str, ...]) -> Node | None:
        token = self.take()
        match token.kind:
            case "not":
                return self.negation(token, depth, fields)
            case "field":
                return self.fielded(token, depth, fields)
            case "open":
                return self.group(token, depth, fields)
            case "loose quote":
                self.notes.at("A quotation mark is missing its partner; searched as words.", token)
                return None
            case "near":
                self.notes.at(f"{token.text} has nothing to join on one side and was left out.", token)
                return None
            case _:
                return self.terms.read(token, fields)

    def negation(self, token: QueryToken, depth: int, fields: tuple[str, ...]) -> Node | None:
        negative = True
        while self.peek() == "not":
            token, negative = self.take(), not negative
        if self.peek() in (*ENDS, "and"):
            self.lone(token)
            return None
        part = self.operand(depth, fields)
        return negate(part) if negative else part

    def fielded(self, token: QueryToken, depth: int, fields: tuple[str, ...]) -> Node | None:
        """Read `field:operand`; names of no field become words beside the operand."""
        words: list[Node] = []
        while True:
            named = self.names(token)
            if named and self.peek() in (*OPERANDS, "field"):
                fields = named
            else:
                words += [word for word in (self.terms.read(token._replace(kind="word"), fields),) if word is not None]
            if self.peek() != "field":
                break
            token = self.take()
        part = self.one(depth, fields) if self.peek() in OPERANDS else None
        if part is not None and fields and not ALONE & set(fields) and not isinstance(part, Within):
            part = Within(fields, part)
        return combine(And, [*words, *([part] if part is not None else [])])

    def names(self, token: QueryToken) -> tuple[str, ...]:
        """Return the fields that a list of names means, each once; what is no field is said."""
        given = [ALIASES.get(name, name) for name in token.text.lower().split(",")]
        known = [name for name in dict.fromkeys(given) if name in QUERY_FIELDS or name in ALONE]
        shared = [name for name in known if name not in ALONE] or known[:1]
        if len(given) == 1 and not known:
            self.unknown(f"There is no field '{token.text}'; searched as words.", token)
        elif len(known) < len(set(given)):
            self.unknown(f"'{token.text}' names something that is no field; it was left out.", token)
        elif len(shared) < len(known):
            self.notes.at("date: and has: stand alone, in no list of fields; they were left out of it.", token)
        return tuple(shared)

    def unknown(self, message: str, token: QueryToken) -> None:
        self.notes.at(f"{message} Fields: {', '.join(QUERY_FIELDS)}.", token)

    def group(self, token: QueryToken, depth: int, fields: tuple[str, ...]) -> Node | None:
        if depth >= MAX_DEPTH:
            self.notes.at(f"Parentheses more than {MAX_DEPTH} deep were left out.", token)
            self.ignored += 1
            return None
        part = self.either(depth + 1, fields)
        if self.peek() == "close":
            self.take()
        else:
            self.notes.at("An opening parenthesis is missing its partner; it was left out.", token)
        return part

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
