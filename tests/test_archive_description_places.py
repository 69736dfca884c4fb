"""Places: which names are sighted, what they mean, and which are main."""

import pytest

from archive.authorities import load_places
from archive.description.places import Piece, find_places
from archive.model import Report
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from tests.factories import make_page

MOSUL, IRAQ = "geonames:99072", "geonames:99237"


def names(text: str, *, zone: str = "body") -> list[str]:
    """Return the printed names that are taken for places."""
    named, _ = find_places([Piece("title" if zone == "title" else "body", text)])
    return [one.printed for one, _ in named]


def meanings(*texts: str) -> dict[str, tuple[str, str | None]]:
    """Return country and province of each printed name."""
    named, _ = find_places([Piece("body", text) for text in texts])
    return {one.printed: (entry.country, entry.admin1) for one, entry in named}


def describe(text: str) -> Report:
    """Describe a plain page."""
    return describe_page(make_page(text), load_rule_set()).report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shops in Mosul reopened.", ["Mosul"]),
        ("Baghdad's bridges were closed.", ["Baghdad"]),
        ("Iraq: trucks reached al-Qaim from Baghdad.", ["Iraq", "al-Qaim", "Baghdad"]),
        ("The U.S. envoy left Buenos Aires.", ["U.S.", "Buenos Aires"]),
        ("A bus from Louisville, Ky., was late.", ["Louisville", "Ky."]),
        ("THE MAYOR OF SAN SALVADOR LEFT FOR GUATEMALA.", ["SAN SALVADOR", "GUATEMALA"]),
        ("Iraqi and French divers met.", ["Iraqi", "French"]),
        ("It was said that most of them may march.", []),
        ("Said the man: Of course. Most may go, March or not.", []),
        ("THEY TOLD US THAT A CAR STOOD IN MEDELLIN.", ["MEDELLIN"]),
        ("The envoy told the US and the CAR.", ["US", "CAR"]),
        ("Syria: shells fell on the village of Kafr Kalbin.", ["Syria", "Kafr Kalbin"]),
        ("Syria: shells fell on Kafr Kalbin village.", ["Syria", "Kafr Kalbin"]),
        ("Syria: shells fell on Kafr Kalbin.", ["Syria"]),
        ("The village of Kafr Kalbin was named.", []),
    ],
)
def test_names_are_sighted(text: str, expected: list[str]) -> None:
    """Names are found whole, in any case, without their possessive; ordinary words are not names."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of the Islamic State of Iraq and the Levant withdrew.",
        "Mr. Jordan bought bread. Jordan paid in coins.",
        "Abu Bakr al-Baghdadi spoke. Baghdadi spoke again, and al-Baghdadi left.",
        "Carol London sang. Later London slept.",
        "She teaches at Cambridge University.",
        "He reads the London Times.",
        "The descendants of Omar and Ali were asked.",
    ],
)
def test_actors_persons_and_organisations_are_no_places(text: str) -> None:
    """Names inside the names of groups, persons and organisations are passed over."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name", "country", "province"),
    [
        ("The fair in Paris, Texas, opened.", "Paris", "US", "Texas"),
        ("The fair in Paris opened.", "Paris", "FR", "Île-de-France"),
        ("Ontario and Toronto are in Canada. In London, Ontario, it rained.", "London", "CA", "Ontario"),
        ("Zaire was quiet.", "Zaire", "CD", None),
    ],
)
def test_names_are_resolved(text: str, name: str, country: str, province: str | None) -> None:
    """What stands around a name decides between the places that bear it."""
    found = meanings(text)[name]
    assert found[0] == country
    assert province in {None, found[1]}


def test_a_name_means_one_place_in_one_document() -> None:
    """What one mention says of its country counts for the later ones."""
    named, _ = find_places([Piece("body", "In Paris, Texas, it rained."), Piece("body", "Paris was wet.")])
    assert {entry.admin1 for one, entry in named if one.printed == "Paris"} == {"Texas"}


def test_a_name_of_our_own_tables_counts_however_small_the_place() -> None:
    """A town known by two names is found under both, though neither is the one the large gazetteers prefer."""
    found = meanings("Syrian trucks reached Kobani, also known as Ain al-Arab.")
    assert {found["Kobani"], found["Ain al-Arab"]} == {("SY", "Aleppo")}


def test_a_people_of_several_countries_names_none_of_them() -> None:
    """Kurdish does not mean Turkey, whatever else the text names; Iraqi means Iraq."""
    found = meanings("Kurdish and Iraqi officials met in Turkey.")
    assert set(found) == {"Iraqi", "Turkey"}


def test_a_quarter_needs_its_town() -> None:
    """Old City is Mosul's where Mosul is named, and not where it is not."""
    found = {entry.id for _, entry in find_places([Piece("body", "In Mosul, Iraq, the Old City fell.")])[0]}
    assert "dateline:iq-old-city-of-mosul" in found
    assert "Kokjali" not in names("A man named Kokjali sold bread.")


def test_main_places_go_from_the_deepest_to_the_country() -> None:
    """The town of the title leads, its country follows, and the dateline's town is where it was filed."""
    report = describe(
        "Bakers return to Mosul\n\nBaghdad - Bakers have returned to Mosul, officials of the city said on Monday.\n\n"
        "Flour for Mosul comes from other towns of Iraq, and some of it from Turkey, they said in a long letter.\n"
    )
    main = [place.id for place in report.places if place.role == "main"]
    assert main == [MOSUL, IRAQ]
    assert {"Turkey"} <= {place.name for place in report.places if place.role == "mentioned"}
    assert [place.name for place in report.places if place.role == "filed from"] == ["Baghdad"]


def test_main_places_say_why() -> None:
    """A main place has evidence that names the rule which made it one."""
    page = make_page(
        "Bakers return to Mosul\n\nBakers have returned to Mosul in Iraq, the city council said on Monday.\n"
    )
    rules = {one.rule for one in describe_page(page, load_rule_set()).evidence if one.field == "places"}
    assert {"places/main-title", "places/name"} <= rules


def test_mentions_stand_where_they_are_printed() -> None:
    """Every mention's span holds the printed form in the page."""
    text = (
        "Bakers return to Mosul\n\nBakers returned to Mosul’s Old City in Iraq, and the Iraqi army said so at length.\n"
    )
    for place in describe(text).places:
        for mention in place.mentions:
            assert text[mention.span.start : mention.span.end] == mention.text


def test_every_place_found_is_in_the_gazetteer() -> None:
    """Main places and meanings are ids that the gazetteer gives out."""
    named, main = find_places([Piece("title", "Rain in Lima, Peru"), Piece("first", "Peru had rain.")])
    assert all(load_places().get(place_id) for place_id in (*main, *(entry.id for _, entry in named)))


def test_a_dateline_speaks_for_its_country_alone() -> None:
    """A report that names no place but its dateline's is about that country, not about the town."""
    report = describe(
        "Bakers return to their ovens after the flood\n\n"
        "Baghdad - Bakers have returned to work, officials of the city said on Monday.\n"
    )
    roles = {place.name: place.role for place in report.places}
    assert roles == {"Iraq": "main", "Baghdad": "filed from"}
