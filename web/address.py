"""The address of a search: its query string and its SearchRequest, each made from the other.

The query string is the permalink, so there is exactly one for each request: parameters in a fixed order, values
sorted, defaults left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, get_args
from urllib.parse import urlencode

from indexer.results import Diagnostic, SearchRequest, Sort

FACET_KEYS: Final = (
    "outlet", "place", "date", "name", "byline", "agency", "section", "language", "collection", "tag", "review",
)  # fmt: skip
EXCLUDED: Final = "x."
LONGEST_QUERY: Final = 10_000
LONGEST_VALUE: Final = 200
MOST_VALUES: Final = 100
MOST_ALONE: Final = 50
MOST_PAGES: Final = 1_000_000
PER_PAGE: Final = (10, 25, 50, 100)
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
NUMBER_DIGITS: Final = 9

Pairs = Iterable[tuple[str, str]]
Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """One search as it stands in an address; `cut` says that its query was longer than we search."""

    request: SearchRequest
    cut: bool = False

    @classmethod
    def read(cls, pairs: Pairs) -> "SearchAddress":
        """Return the address these parameters mean; what is unknown or out of bounds is left out, never an error."""
        pairs = tuple(pairs)
        first = dict(reversed(pairs))
        text = first.get("q", "").strip()
        sort = first.get("sort")
        request = SearchRequest(
            text=text[:LONGEST_QUERY].strip(),
            selected=_chosen(pairs, ""),
            excluded=_chosen(pairs, EXCLUDED),
            date_mode="certain" if first.get("mode") == "certain" else "possible",
            variants=first.get("variants") != "0",
            fold=first.get("fold") == "1",
            alone=_alone(value for key, value in pairs if key == "alone" and first.get("variants") != "0"),
            sort=next((known for known in SORTS if known == sort), default_sort(text)),
            page=bounded(first.get("page"), default=1, most=MOST_PAGES),
            per_page=bounded(first.get("per"), default=PER_PAGE[0], most=PER_PAGE[-1]),
        )
        return cls(request, cut=len(text) > LONGEST_QUERY)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters in canonical order."""
        request = self.request
        pairs = [("q", request.text)] if request.text else []
        pairs += [(key, value) for key in FACET_KEYS for value in request.selected.get(key, ())]
        pairs += [(EXCLUDED + key, value) for key in FACET_KEYS for value in request.excluded.get(key, ())]
        pairs += self.settings()
        return (*pairs, ("page", str(request.page))) if request.page > 1 else tuple(pairs)

    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters that are neither query, nor facet, nor page: a form carries them on unseen."""
        request = self.request
        pairs = [("mode", "certain")] if request.date_mode == "certain" else []
        pairs += [("alone", word) for word in request.alone] if request.variants else [("variants", "0")]
        pairs += [("fold", "1")] if request.fold else []
        pairs += [("sort", request.sort)] if request.sort != default_sort(request.text) else []
        pairs += [("per", str(request.per_page))] if request.per_page != PER_PAGE[0] else []
        return tuple(pairs)

    @property
    def query_string(self) -> str:
        """Return the canonical query string, without the question mark."""
        return urlencode(self.pairs())

    @property
    def narrowed(self) -> bool:
        """Say whether any facet value is selected or excluded."""
        return bool(self.request.selected or self.request.excluded)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what a reader must be told about how this address was read."""
        if not self.cut:
            return ()
        message = f"The query was longer than {LONGEST_QUERY:,} characters; the rest was left out."
        return (Diagnostic("warning", message, LONGEST_QUERY, LONGEST_QUERY),)

    def on_page(self, number: int) -> "SearchAddress":
        """Return the same search on another page."""
        return SearchAddress(replace(self.request, page=number))

    def sorted_by(self, sort: Sort) -> "SearchAddress":
        """Return the same search in another order, from its first page."""
        return SearchAddress(replace(self.request, sort=sort, page=1))

    def with_per_page(self, number: int) -> "SearchAddress":
        """Return the same search with more or fewer hits on a page, from its first page."""
        return SearchAddress(replace(self.request, per_page=number, page=1))

    def asking(self, text: str) -> "SearchAddress":
        """Return another question with the same selections, from its first page."""
        return SearchAddress(replace(self.request, text=text, page=1))

    def with_variants(self, *, on: bool) -> "SearchAddress":
        """Return the same search with or without the other names of everything it looks for."""
        return SearchAddress(replace(self.request, variants=on, alone=(), page=1))

    def folded(self, *, on: bool) -> "SearchAddress":
        """Return the same search with each story shown once, or with all its reports."""
        return SearchAddress(replace(self.request, fold=on, page=1))

    def with_alone(self, words: Iterable[str]) -> "SearchAddress":
        """Return the same search without the other names of just these words."""
        return SearchAddress(replace(self.request, variants=True, alone=_alone(words), page=1))

    def excluding(self, key: str, value: str) -> "SearchAddress":
        """Return the same search without the reports that have this value."""
        selected = _less(self.request.selected, key, value)
        excluded = _more(self.request.excluded, key, value)
        return SearchAddress(replace(self.request, selected=selected, excluded=excluded, page=1))

    def without(self, key: str, value: str) -> "SearchAddress":
        """Return the same search with this value neither selected nor excluded."""
        selected, excluded = _less(self.request.selected, key, value), _less(self.request.excluded, key, value)
        return SearchAddress(replace(self.request, selected=selected, excluded=excluded, page=1))

    def including(self, key: str, value: str) -> "SearchAddress":
        """Return the same search with this value selected beside those of its facet that are selected already."""
        selected = _more(self.request.selected, key, value)
        excluded = _less(self.request.excluded, key, value)
        return SearchAddress(replace(self.request, selected=selected, excluded=excluded, page=1))

    def choosing(self, key: str, value: str) -> "SearchAddress":
        """Return the same search with this value selected in place of all others of its facet."""
        chosen = _frozen({**self.request.selected, key: (value,)})
        excluded = _less(self.request.excluded, key, value)
        return SearchAddress(replace(self.request, selected=chosen, excluded=excluded, page=1))

    def widened(self) -> "SearchAddress":
        """Return the same query without any facet value."""
        return SearchAddress(replace(self.request, selected=_frozen({}), excluded=_frozen({}), page=1))


def narrowed_to(key: str, value: str) -> SearchAddress:
    """Return the address of all reports with this facet value."""
    return narrowed_to_any(key, [value])


def narrowed_to_any(key: str, values: Iterable[str]) -> SearchAddress:
    """Return the address of all reports with one of these facet values."""
    return SearchAddress(SearchRequest(selected=_frozen({key: tuple(sorted(values))}), sort=default_sort("")))


def _alone(words: Iterable[str]) -> tuple[str, ...]:
    """Return words to be left alone in their one order."""
    return tuple(sorted({word for word in words if 0 < len(word) <= LONGEST_VALUE})[:MOST_ALONE])


def default_sort(text: str) -> Sort:
    """Return the order that goes without saying: best match first, or newest first when nothing is asked."""
    return "relevance" if text else "newest"


def _chosen(pairs: Pairs, prefix: str) -> Chosen:
    """Return the facet values among the parameters, each once and sorted, as a mapping from facet key."""
    found: dict[str, tuple[str, ...]] = {}
    pairs = tuple(pairs)
    for key in FACET_KEYS:
        values = {value for name, value in pairs if name == prefix + key and 0 < len(value) <= LONGEST_VALUE}
        if values:
            found[key] = tuple(sorted(values)[:MOST_VALUES])
    return _frozen(found)


def bounded(text: str | None, *, default: int, most: int, least: int = 1) -> int:
    """Return the number a parameter gives, within bounds; what is no number is the default."""
    if text is None or not text.isascii() or not text.isdigit():
        return default
    return max(least, min(int(text[:NUMBER_DIGITS]), most))


def _less(chosen: Chosen, key: str, value: str) -> Chosen:
    left = tuple(other for other in chosen.get(key, ()) if other != value)
    rest = {other: values for other, values in chosen.items() if other != key}
    return _frozen({**rest, key: left} if left else rest)


def _more(chosen: Chosen, key: str, value: str) -> Chosen:
    return _frozen({**chosen, key: tuple(sorted({*chosen.get(key, ()), value}))})


def _frozen(chosen: dict[str, tuple[str, ...]]) -> Chosen:
    return MappingProxyType(chosen)
