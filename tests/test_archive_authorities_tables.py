"""The tables of places, peoples and former names that the program ships: complete, consistent, and wide enough."""

import pytest

from archive.authorities import find_demonym, find_former, find_spelling, load_places
from archive.authorities.entries import KINDS
from archive.authorities.words import load_demonyms, load_former_names

GAZETTEER = load_places()
OWN = [entry for entry in GAZETTEER if entry.id.startswith("dateline:")]


def test_our_own_places_are_many_and_of_many_conflicts() -> None:
    """At least 300 places that every source misses, in at least twenty countries of conflict."""
    assert len(OWN) >= 300
    assert len({entry.country for entry in OWN}) >= 20


def test_our_own_places_are_whole() -> None:
    """Each has a kind we know, coordinates, and a country above it, except former states and parts of the world."""
    for entry in OWN:
        assert entry.kind in KINDS
        assert entry.lat is not None
        assert entry.lon is not None
        above = GAZETTEER.parents(entry.id)
        assert entry.kind == "country" or not entry.country or above[0].kind == "country"


def test_every_parent_is_there_and_nearer_than_a_thousand_kilometres() -> None:
    """A place lies near what it lies in: a wrong sign or swapped coordinates show here."""
    for entry in OWN:
        parent = GAZETTEER.get(entry.parent) if entry.parent else None
        if parent is None or parent.kind == "country" or parent.lat is None or parent.lon is None:
            continue
        assert entry.lat is not None
        assert entry.lon is not None
        assert abs(entry.lat - parent.lat) < 3, entry.id
        assert abs(entry.lon - parent.lon) < 4, entry.id


def test_every_country_has_a_point_on_the_map() -> None:
    """No country is without coordinates, and none is far from its own cities."""
    for country in GAZETTEER.countries():
        assert country.lat is not None, country.name
        assert country.lon is not None, country.name


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("Iraqi", ["Iraq"]),
        ("IRAQIS", ["Iraq"]),
        ("Frenchmen", ["France"]),
        ("Afghans", ["Afghanistan"]),
        ("Pakistanis", ["Pakistan"]),
        ("Salvadorans", ["El Salvador"]),
        ("Congolese", ["Democratic Republic of the Congo", "Republic of the Congo"]),
        ("Kurds", ["Iraq", "Turkey", "Iran", "Syria"]),
        ("Soviets", ["Soviet Union"]),
        ("Chechens", ["Chechnya"]),
        ("Bosnian Serbs", ["Bosnia and Herzegovina"]),
        ("polish", []),
        ("Iraqiss", []),
    ],
)
def test_a_demonym_names_its_places(word: str, places: list[str]) -> None:
    """Plurals and capitals are known, doubt is kept, and small letters are no people."""
    found = [entry.name for place in GAZETTEER.demonym(word) if (entry := GAZETTEER.get(place))]
    assert found == places


def test_every_demonym_and_former_name_leads_to_a_place() -> None:
    """No id in the tables is unknown to the gazetteer."""
    named = [place for demonym in load_demonyms().values() for place in demonym.places]
    named += [
        place for names in load_former_names().values() for name in names for place in (name.place, *name.successors)
    ]
    assert {place for place in named if GAZETTEER.get(place) is None} == set()


def test_nearly_every_country_has_a_people() -> None:
    """States with inhabitants have a demonym, small dependencies and states that are no more aside."""
    covered = {place for demonym in load_demonyms().values() for place in demonym.places}
    covered |= {name.place for names in load_former_names().values() for name in names if name.last}
    without = [one.name for one in GAZETTEER.countries() if one.population > 500_000 and one.id not in covered]
    assert without == []


@pytest.mark.parametrize(
    ("name", "year", "now"),
    [
        ("Zaire", 1985, "Democratic Republic of the Congo"),
        ("Zaire", 2005, None),
        ("LENINGRAD", 1942, "Saint Petersburg"),
        ("Stalingrad", 1942, "Volgograd"),
        ("Saigon", 1968, "Ho Chi Minh City"),
        ("Salisbury", 1975, "Harare"),
        ("USSR", None, "Soviet Union"),
        ("Upper Volta", 1980, "Burkina Faso"),
        ("East Pakistan", 1971, "Bangladesh"),
        ("Léopoldville", 1960, "Kinshasa"),
        ("Baghdad", None, None),
    ],
)
def test_a_former_name_holds_for_its_years(name: str, year: int | None, now: str | None) -> None:
    """A name of its time leads to the place, and to nothing in another time."""
    found = GAZETTEER.former(name, year)
    assert (found.name if found else None) == now


def test_former_names_are_candidates_too() -> None:
    """Whoever searches by the old name finds the place, whatever the years."""
    for names in load_former_names().values():
        for former in names:
            assert former.place in {entry.id for entry in GAZETTEER.candidates(former.name)}, former.name


def test_a_former_state_knows_its_successors() -> None:
    """Reports on the Soviet Union can be told apart from reports on Russia, and brought together."""
    former = find_former("Soviet Union")
    assert former is not None
    assert "geonames:2017370" in former.successors
    assert GAZETTEER.country("SU") == GAZETTEER.get("dateline:soviet-union")


def test_a_people_of_a_city_is_marked() -> None:
    """Recognition can tell the people of a state from the people of a town."""
    found = find_demonym("Beirutis")
    assert found is not None
    assert found.kind == "city"


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("Ninawa", "Nineveh"),
        ("nineveh", "Ninewa"),
        ("Mossul", "al-Mawsil"),
        ("al-Mawsil", "Mosul"),
        ("Gogjali", "Kokjali"),
        ("Saigon", "Ho Chi Minh City"),
        ("Deir Ezzor", "Dayr az Zawr"),
        ("Malvinas", "Falklands"),
    ],
)
def test_one_spelling_brings_the_others(typed: str, also: str) -> None:
    """Whoever searches by one name of a place is offered the names other outlets print."""
    spelling = find_spelling(typed)
    assert spelling is not None
    assert also in spelling.variants


@pytest.mark.parametrize("words", ["old city", "east mosul", "unity", ""])
def test_what_is_no_one_place_has_no_spellings(words: str) -> None:
    """An old city is in every town; a word is no place."""
    assert find_spelling(words) is None
