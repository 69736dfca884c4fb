"""Facets as a reader ticks them."""

from indexer import Facet, FacetValue
from web.address import SearchAddress
from web.narrowing import FacetView, show_chips, show_facets

MONTHS = (
    FacetValue("2016-11", "November 2016", 9, parent="2016"),
    FacetValue("2016-10", "October 2016", 4, parent="2016"),
)
DATES = Facet("date", "Date", (FacetValue("unknown", "no date", 50), FacetValue("2016", "2016", 13), *MONTHS,
                               FacetValue("1989", "1989", 2)))  # fmt: skip
OUTLETS = Facet("outlet", "Outlet", tuple(FacetValue(f"o{n:02}", f"Outlet {n}", 50 - n) for n in range(40)))


def label(key: str, value: str) -> str:
    """Return a stand-in for the catalogue's label."""
    return f"{key} {value}"


def link(address: SearchAddress) -> str:
    """Return a stand-in for a page's address."""
    return address.query_string


def all_link(address: SearchAddress, key: str) -> str:
    """Return a stand-in for the address of a facet's page."""
    return f"{key}?{address.query_string}"


def show(facet: Facet, *pairs: tuple[str, str]) -> FacetView:
    """Return one facet as shown for these parameters."""
    return show_facets([facet], SearchAddress.read(pairs), label, link, all_link)[0]


def test_months_stand_inside_their_year() -> None:
    """A year opens to its months in the order of time."""
    year = next(choice for choice in show(DATES).branch.first if choice.value == "2016")
    assert year.inside is not None
    assert [month.label for month in year.inside.first] == ["October 2016", "November 2016"]


def test_dates_stand_in_the_order_of_time_with_no_date_last() -> None:
    """Years are not shuffled by their counts, and the undated are always offered."""
    assert [choice.value for choice in show(DATES).branch.first] == ["1989", "2016", "unknown"]


def test_the_months_of_a_long_facet_are_behind_a_door_until_one_is_ticked() -> None:
    """Where there are many dates, a year leads to its months; what is ticked inside is in sight."""
    dates = Facet("date", "Date", DATES.values, 200)
    year = next(choice for choice in show(dates).branch.first if choice.value == "2016")
    assert (year.inside, year.door, year.said) == (None, "date?&in=2016", "2 months")
    opened = next(choice for choice in show(dates, ("date", "2016-10")).branch.first if choice.value == "2016")
    assert opened.inside
    assert opened.chosen == 1


def test_a_long_list_shows_twelve_and_leads_to_the_rest() -> None:
    """Every value is reachable: the first twelve at once, the others on the facet's own page."""
    shown = show(OUTLETS)
    assert (len(shown.branch.first), shown.branch.left) == (12, 28)
    assert (shown.all_href, shown.all_said) == ("outlet?", "Find among all 40 values")


def test_what_is_left_out_is_written_as_the_address_writes_it() -> None:
    """The short way to a "not" link gives the address itself, whatever stands in query and value."""
    facet = Facet("outlet", "Outlet", tuple(FacetValue(value, value, 1) for value in ("V", "a b", "ö&x=1", "kept")))
    pairs = (("q", "x.outlet=V"), ("alone", "x.outlet=V"), ("outlet", "kept"), ("x.place", "IQ"), ("sort", "oldest"))
    address = SearchAddress.read(pairs)
    for choice in show(facet, *pairs).branch.first:
        assert choice.exclude == address.excluding("outlet", choice.value).query_string


def test_a_ticked_value_is_never_hidden() -> None:
    """A selection far down the list moves into sight."""
    assert "o35" in [choice.value for choice in show(OUTLETS, ("outlet", "o35")).branch.first]


def test_a_selection_without_matches_is_kept() -> None:
    """A ticked value that no report has any more keeps its box, with its label and a zero."""
    choice = show(OUTLETS, ("outlet", "gone")).branch.first[-1]
    assert (choice.label, choice.count, choice.selected) == ("outlet gone", 0, True)


def test_a_facet_says_how_many_are_selected() -> None:
    """Ticks inside a year count too."""
    assert show(DATES, ("date", "2016-10"), ("date", "1989")).chosen == 2


def test_a_facet_without_values_is_not_shown() -> None:
    """An empty facet has nothing to choose and stays away."""
    assert show_facets([Facet("place", "Place", ())], SearchAddress.read(()), label, link, all_link) == ()


def test_values_that_contain_each_other_do_not_hang_the_page() -> None:
    """Damaged parents end in a page, not in an endless loop."""
    circle = (
        FacetValue("a", "A", 1, parent="b"),
        FacetValue("b", "B", 1, parent="a"),
        FacetValue("c", "C", 1, parent="c"),
    )
    assert [choice.value for choice in show(Facet("place", "Place", circle)).branch.first] == ["c"]


def test_each_selection_has_a_chip_that_removes_it() -> None:
    """A chip names facet and value, and leads to the search without them."""
    chips = show_chips([OUTLETS], SearchAddress.read([("outlet", "o01"), ("x.place", "IQ")]), label, link)
    assert [(chip.name, chip.href) for chip in chips] == [
        ("Outlet: outlet o01", "x.place=IQ"),
        ("Not Place: place IQ", "outlet=o01"),
    ]
