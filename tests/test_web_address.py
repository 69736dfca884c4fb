"""A search and its address are made from each other without loss."""

from typing import get_args
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fields import FACETS
from indexer.results import SearchRequest, Sort
from web.address import FACET_KEYS, LONGEST_QUERY, SearchAddress, default_sort, narrowed_to

NAMES = [
    "q",
    "mode",
    "variants",
    "fold",
    "sort",
    "page",
    "per",
    "unheard",
    *FACET_KEYS,
    *(f"x.{key}" for key in FACET_KEYS),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PAIRS = st.lists(
    st.tuples(st.sampled_from(NAMES), TEXTS | st.sampled_from(["0", "7", "certain", "newest"])), max_size=12
)
VALUES = st.lists(TEXTS.filter(bool), min_size=1, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
CHOSEN = st.dictionaries(st.sampled_from(FACET_KEYS), VALUES, max_size=3)
REQUESTS = st.builds(
    SearchRequest,
    text=TEXTS.map(str.strip),
    selected=CHOSEN,
    excluded=CHOSEN,
    date_mode=st.sampled_from(["possible", "certain"]),
    variants=st.booleans(),
    fold=st.booleans(),
    sort=st.sampled_from(get_args(Sort)),
    page=st.integers(1, 1000),
    per_page=st.integers(1, 100),
)


def read(query_string: str) -> SearchAddress:
    """Return the address a browser would send with this query string."""
    return SearchAddress.read(parse_qsl(query_string, keep_blank_values=True))


@given(REQUESTS)
def test_a_request_survives_its_address(request: SearchRequest) -> None:
    """Writing a request as a query string and reading it back gives the same request."""
    assert read(SearchAddress(request).query_string).request == request


@given(PAIRS)
def test_every_address_has_one_canonical_form(pairs: list[tuple[str, str]]) -> None:
    """Reading any parameters and writing them gives a form that reading and writing leave alone."""
    canonical = SearchAddress.read(pairs).pairs()
    assert SearchAddress.read(canonical).pairs() == canonical


def test_parameters_stand_in_one_order() -> None:
    """The same question in another order is the same permalink."""
    jumbled = read("page=2&x.place=IQ&outlet=b&sort=oldest&outlet=a&per=25&q=old+city&mode=certain&variants=0")
    assert jumbled.query_string == (
        "q=old+city&outlet=a&outlet=b&x.place=IQ&mode=certain&variants=0&sort=oldest&per=25&page=2"
    )


@pytest.mark.parametrize(
    ("given_text", "page"), [("", 1), ("0", 1), ("-3", 1), ("x", 1), ("7", 7), ("9" * 30, 1_000_000), ("٣", 1)]
)
def test_page_numbers_are_kept_in_bounds(given_text: str, page: int) -> None:
    """A page number is at least one, at most a million, and nonsense is one."""
    assert SearchAddress.read([("page", given_text)]).request.page == page


@pytest.mark.parametrize(("given_text", "size"), [("25", 25), ("0", 1), ("5000", 100), ("many", 10)])
def test_page_sizes_are_kept_in_bounds(given_text: str, size: int) -> None:
    """Nobody gets more than a hundred results at once."""
    assert SearchAddress.read([("per", given_text)]).request.per_page == size


def test_a_long_query_is_cut_and_the_reader_told() -> None:
    """A query beyond the limit is cut, with a diagnostic that says so."""
    address = SearchAddress.read([("q", "a" * (LONGEST_QUERY + 1))])
    assert (len(address.request.text), len(address.diagnostics)) == (LONGEST_QUERY, 1)


def test_a_query_within_the_limit_has_nothing_to_tell() -> None:
    """The longest query allowed is not cut."""
    assert SearchAddress.read([("q", "a" * LONGEST_QUERY)]).diagnostics == ()


def test_facet_values_have_bounds() -> None:
    """An address with thousands of values, or with very long ones, asks for a hundred ordinary ones."""
    pairs = [("outlet", f"o{number:04}") for number in range(500)] + [("place", "x" * 201), ("name", "")]
    assert {key: len(values) for key, values in SearchAddress.read(pairs).request.selected.items()} == {"outlet": 100}


@pytest.mark.parametrize(("text", "order"), [("mosul", "relevance"), ("", "newest")])
def test_the_order_that_goes_without_saying(text: str, order: str) -> None:
    """A question is answered best match first; without one, the newest comes first."""
    assert default_sort(text) == order


def test_a_removed_value_leaves_the_others() -> None:
    """Removing one selection keeps the rest and goes back to the first page."""
    address = read("outlet=a&outlet=b&x.outlet=c&page=4")
    assert address.without("outlet", "a").query_string == "outlet=b&x.outlet=c"


def test_an_excluded_value_is_no_longer_selected() -> None:
    """Leaving a value out unticks it."""
    assert read("outlet=a&page=2").excluding("outlet", "a").query_string == "x.outlet=a"


def test_a_link_to_one_value_is_its_own_canonical_address() -> None:
    """A link from the front page is not redirected."""
    assert narrowed_to("outlet", "a").query_string == "outlet=a"


def test_every_facet_of_the_archive_has_a_place_in_the_address() -> None:
    """The facets of the field table and those of the address are the same."""
    assert set(FACET_KEYS) == {field.key for field in FACETS}
