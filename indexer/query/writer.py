"""Tree → text: the query read back to the reader; parsing it again gives the same tree."""

from indexer.query.tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Has,
    Leaf,
    Nearby,
    Node,
    Not,
    Or,
    Phrase,
    UnknownDate,
    Wildcard,
    Within,
    Word,
)


def write(node: Node) -> str:
    """Return the query text of a tree, with parentheses wherever AND and OR meet."""
    match node:
        case And(parts):
            return " ".join(_enclosed(part, Or) for part in parts)
        case Or(parts):
            return " OR ".join(_enclosed(part, And) for part in parts)
        case Not(part):
            return f"NOT {_enclosed(part, And, Or)}"
        case Within(fields, part):
            return f"{','.join(fields)}:{_enclosed(part, And, Or, Not, Nearby, Within)}"
        case Nearby(left, right, words):
            return f"{_enclosed(left, Or)} W/{words} {_enclosed(right, Or)}"
        case _:
            return _write_leaf(node)


def _enclosed(node: Node, *kinds: type[Node]) -> str:
    return f"({write(node)})" if isinstance(node, kinds) else write(node)


def _write_leaf(node: Leaf) -> str:  # noqa: PLR0911 - one line for each kind of leaf
    match node:
        case Word(text, exact):
            return f"={text}" if exact else text
        case Phrase(text, slop, exact):
            return f'{"=" if exact else ""}"{text}"{f"~{slop}" if slop else ""}'
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, distance, fixed):
            return f"{text}~{distance},{fixed}" if fixed else f"{text}~{distance if distance > 1 else ''}"
        case Has(field):
            return f"has:{field}"
        case DateRange(start, end):
            return f"date:{start}" if start == end else f"date:{start or ''}..{end or ''}"
        case UnknownDate():
            return "date:unknown"
        case Everything():
            return ""
