"""Authorities: places and actors are found under every name they bear, and never under another's."""

from itertools import islice

import pytest

from archive.authorities import country_names, load_actors, load_places
from archive.authorities.actors import read_actors
from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile

SAME_NAMES = (
    ("San Salvador", "SAN  SALVADOR"),
    ("Bogotá", "Bogota"),
    ("Sana'a", "Sanaa"),
    ("Sana’a", "sanaa"),
    ("Al-Qa'im", "Al Qaim"),
    ("Port-au-Prince", "port au prince"),
    ("Łódź", "ŁÓDŹ"),
)
FOUND = (
    ("Mosul", None, "Mosul", "IQ"),
    ("MOSUL", None, "Mosul", "IQ"),
    ("Bogota", None, "Bogotá", "CO"),
    ("San Jose", "CR", "San José", "CR"),
    ("Tripoli", "LB", "Tripoli", "LB"),
    ("Tripoli", "LY", "Tripoli", "LY"),
    ("Iraq", None, "Iraq", "IQ"),
)
ACTOR_FILE = '[[actors]]\nid = "a"\nlabel = "A"\nvariants = ["Red Front", "RF"]\n[[actors]]\nid = "b"\nlabel = "B"\n'


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_a_name_is_one_name_however_it_is_spelt(one: str, other: str) -> None:
    """Case, accents, white space, hyphens and apostrophes do not make another name."""
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("name", "country", "preferred", "code"), FOUND)
def test_a_place_is_found_by_name_and_country(name: str, country: str | None, preferred: str, code: str) -> None:
    """A name finds its place, and a country picks among places of one name."""
    entry = load_places().find(name, country)
    assert entry is not None
    assert (entry.name, entry.country) == (preferred, code)


@pytest.mark.parametrize("name", ["", "—", "Tonight", "Nowhere in Particular"])
def test_what_is_no_place_is_not_found(name: str) -> None:
    """A word that no place bears finds nothing."""
    assert load_places().find(name) is None
    assert load_places().candidates(name) == ()


@pytest.mark.slow
def test_a_preferred_name_is_never_another_place_s_variant() -> None:
    """A place whose own name it is comes before those that only bear it as a variant."""
    places = load_places()
    for entry in islice(places, 0, None, 500):
        found = places.find(entry.name, entry.country)
        assert found is not None
        assert fold_name(found.name) == fold_name(entry.name)


def test_countries_lead_back_from_their_codes_and_ids() -> None:
    """Ids and codes lead to their entries, and nothing else does."""
    places = load_places()
    assert all(places.country(entry.country) is not None for entry in places.countries())
    assert all(places.get(entry.id) == entry for entry in places.countries())
    iraq = places.country("IQ")
    assert iraq is not None
    assert iraq.name == "Iraq"
    assert places.country("XX") is places.get("geonames:0") is None


def test_every_country_is_listed_with_its_variants() -> None:
    """The names that texts are searched for hold short forms too."""
    assert {"Iraq", "El Salvador", "Syria", "Russia"} <= set(country_names())


SEEN: tuple[tuple[str, list[str]], ...] = (
    ("Daesh fled", ["Daesh"]),
    ("the Islamic State of Iraq and Syria", ["Islamic State of Iraq and Syria"]),
    ("THE ISLAMIC STATE GROUP", ["ISLAMIC STATE GROUP"]),
    ("the Hashd al-Sha’abi", ["Hashd al-Sha’abi"]),
    ("ISIS and ISIL", ["ISIS", "ISIL"]),
    ("IS fighters", ["IS"]),
    ("this is the town", []),
    ("Is it?", []),
    ("the FARCE", []),
    ("non-ISIS", []),
)


@pytest.mark.parametrize(("text", "printed"), SEEN)
def test_actors_are_seen_as_printed(text: str, printed: list[str]) -> None:
    """Actors are found whole words only, in their longest form, and two letters only in capitals."""
    sightings = list(load_actors().find_all(text))
    assert [one.printed for one in sightings] == printed
    assert [text[one.start : one.end] for one in sightings] == printed


@pytest.mark.parametrize(
    ("words", "actor"), [("isil", "islamic-state"), ("IS", "islamic-state"), ("is", None), ("", None)]
)
def test_variants_name_one_actor(words: str, actor: str | None) -> None:
    """Any spelling of a variant names its actor; two letters do so only in capitals."""
    entry = load_actors().variants_of(words)
    assert (entry.id if entry else None) == actor


@pytest.mark.slow
def test_every_shipped_variant_names_its_own_actor() -> None:
    """Each variant of the shipped file is found in a sentence and leads to its entry."""
    actors = load_actors()
    for entry in actors.by_id.values():
        for variant in entry.variants:
            assert [one.actor for one in actors.find_all(f"then {variant}, it said")] == [entry]


def test_a_variant_under_two_actors_is_refused() -> None:
    """One name cannot be two actors', however it is spelt; the error names both."""
    with pytest.raises(BadRuleFile, match=r"actors\.toml: b: the variant 'RED-FRONT' also belongs to a"):
        read_actors(ACTOR_FILE + 'variants = ["RED-FRONT"]\n')


def test_one_actor_may_list_a_variant_in_two_spellings() -> None:
    """Spellings that fold to one name are one variant of one actor."""
    actors = read_actors(ACTOR_FILE + 'variants = ["Blue Front", "Blue-Front"]\n')
    assert [one.actor.id for one in actors.find_all("Blue-Front and Red Front")] == ["b", "a"]
