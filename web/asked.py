"""What was searched, as the page says it: the query as understood, where, and which other names were looked for."""

from collections.abc import Callable
from dataclasses import dataclass

from indexer import FIELDS, Expansion, Searched, Suggestion
from web.address import SearchAddress
from web.words import count, join_words

NAMES_IN_SIGHT = 6
# Fields as they stand in a sentence.
LABELS = {field.key: field.label if field.key == "media" else field.label.lower() for field in FIELDS}

Link = Callable[[SearchAddress], str]


@dataclass(frozen=True, slots=True)
class ExpansionView:
    """One word and its other names: those in sight, and the rest; `switch` turns them off, or on again."""

    word: str
    first: tuple[str, ...]
    more: tuple[str, ...]
    authority: str
    switch: str


@dataclass(frozen=True, slots=True)
class SearchedView:
    """What was searched: the query as understood, where, the names added and withheld, and the switch for all."""

    query: str
    fields: str
    added: tuple[ExpansionView, ...] = ()
    withheld: tuple[ExpansionView, ...] = ()
    all_off: str | None = None
    all_on: str | None = None

    @property
    def long(self) -> bool:
        """Say whether some names are not in sight."""
        return any(expansion.more for expansion in (*self.added, *self.withheld))


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """The same question in another spelling, with what was changed and what that finds."""

    query: str
    href: str
    changes: tuple[tuple[str, str], ...]
    found: str


def view_suggestion(suggestion: Suggestion | None, address: SearchAddress, link: Link) -> SuggestionView | None:
    """Return what the reader may have meant, as a link."""
    if suggestion is None:
        return None
    href = link(address.asking(suggestion.query))
    return SuggestionView(suggestion.query, href, suggestion.changes, count(suggestion.total, "report"))


def view_searched(searched: Searched, address: SearchAddress, link: Link) -> SearchedView:
    """Return what was searched in words, with the links that change it."""
    asked = address.request
    added = tuple(_view(one, link(address.with_alone((*asked.alone, one.word)))) for one in searched.expansions)
    withheld = tuple(
        # Where all names are switched off, this one alone comes back; the others are then named instead.
        _view(one, link(address.with_alone(_others(one, searched, address))))
        for one in searched.withheld
    )
    return SearchedView(
        query=searched.query,
        fields=join_words([LABELS[key] for key in searched.fields if key in LABELS]),
        added=added,
        withheld=withheld,
        all_off=link(address.with_variants(on=False)) if len(added) > 1 else None,
        all_on=link(address.with_variants(on=True)) if len(withheld) > 1 else None,
    )


def _others(one: Expansion, searched: Searched, address: SearchAddress) -> tuple[str, ...]:
    """Return the words that stay without their other names when one gets them back."""
    if not address.request.variants:
        return tuple(other.word for other in searched.withheld if other != one)
    return tuple(word for word in address.request.alone if word.casefold() != one.word.casefold())


def _view(one: Expansion, switch: str) -> ExpansionView:
    authority = f"{one.kind}: {one.authority}"
    return ExpansionView(one.word, one.also[:NAMES_IN_SIGHT], one.also[NAMES_IN_SIGHT:], authority, switch)
