"""Where a search's words stand on a report's page: marks with numbers, so that one leads to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType

from indexer import SearchRequest
from web.context import here

Parts = Sequence[tuple[str, int]]  # (text, number of the match); 0 where nothing matches
NONE: Mapping[tuple[str, str], Parts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found in each text of each field, not yet numbered."""

    found: Mapping[tuple[str, str], Parts] = field(default_factory=lambda: NONE)

    def of(self, field: str, text: str) -> Parts:
        """Return a text of a field in parts."""
        return self.found.get((field, text)) or ((text, 0),)

    def count(self, field: str) -> int:
        """Return how many matches a field has in all."""
        return sum(matched > 0 for (key, _), parts in self.found.items() if key == field for _, matched in parts)


def find_matches(report_id: str, asked: SearchRequest) -> Matches:
    """Return where a question's words stand in a report; raises UnknownReport."""
    if not asked.text:
        return Matches()
    found = here().catalogue.highlight(report_id, asked.text, variants=asked.variants, alone=asked.alone)
    shown = ((key, parts) for key, texts in found.items() for parts in texts)
    return Matches({(key, "".join(text for text, _ in parts)): parts for key, parts in shown})


def number_matches(texts: Sequence[Parts]) -> tuple[list[Parts], int]:
    """Return texts whose matches are numbered from 1 in this order, and how many there are."""
    counter = count(1)
    numbered: list[Parts] = [
        tuple((text, next(counter) if matched else 0) for text, matched in parts) for parts in texts
    ]
    return numbered, next(counter) - 1
