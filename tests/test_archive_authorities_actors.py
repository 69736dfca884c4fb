"""Actors: many, neutral, found as printed."""

import pytest

from archive.authorities import load_actors
from archive.authorities.actors import read_actors
from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile

ACTORS = load_actors()


def test_there_are_at_least_150_actors_with_distinct_labels() -> None:
    """The authority file covers the conflicts of the corpus."""
    assert len(ACTORS.by_id) >= 150
    assert len({entry.label for entry in ACTORS.by_id.values()}) == len(ACTORS.by_id)


def test_every_variant_is_found_in_a_sentence() -> None:
    """Each name, in its own case and in capitals, is found as printed, under its own actor."""
    for entry in ACTORS.by_id.values():
        for variant in entry.variants:
            for printed in {variant, variant.upper()}:
                found = [sighting for sighting in ACTORS.find_all(f"said {printed}.") if sighting.actor is entry]
                assert [sighting.printed for sighting in found] == [printed]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("ISIL fighters", ["ISIL"]),
        ("the Islamic State of Iraq and the Levant (ISIL)", ["Islamic State of Iraq and the Levant", "ISIL"]),
        ("He is there. This IS so", ["IS"]),
        ("AN ELN GUERRILLA", ["ELN"]),
        ("Da’esh left", ["Da’esh"]),
        ("Sendero\n Luminoso", ["Sendero\n Luminoso"]),
        ("Talibanisation", []),
        ("crisis, ISISX", []),
        ("the Army of National Liberation-led column", []),
        ("FMLN- DECLARED", ["FMLN"]),
    ],
)
def test_names_are_found_as_printed(text: str, printed: list[str]) -> None:
    """The longest form wins, line breaks and curly apostrophes do not matter, parts of words do."""
    assert [sighting.printed for sighting in ACTORS.find_all(text)] == printed


@pytest.mark.parametrize(
    ("name", "lang", "used_by"),
    [("daesh", "ar", True), ("Sendero Luminoso", "es", False), ("ISIS", None, False), ("Contras", "en", True)],
)
def test_a_variant_tells_its_language_and_who_uses_it(name: str, lang: str | None, used_by: bool) -> None:  # noqa: FBT001 - a column
    """Where a name takes sides, the file says whose name it is."""
    actor = ACTORS.variants_of(name)
    usage = actor.used(name) if actor else None
    assert usage is not None
    assert (usage.lang, usage.used_by is not None) == (lang, used_by)
    assert actor is not None
    assert actor.used("no such name") is None


@pytest.mark.parametrize(
    ("actors", "said"),
    [
        ([("a", '["Front"]'), ("b", '["FRONT"]')], "also belongs to a"),
        ([("a", '["Front"]'), ("a", '["Army"]')], "stands twice: a"),
        ([("a", "[1]")], "a variant is a text or a table"),
        ([("a", '[{name = "Front", who = "x"}]')], "a variant is a text or a table"),
    ],
)
def test_a_wrong_file_is_named(actors: list[tuple[str, str]], said: str) -> None:
    """Two owners of one name, an id used twice and an unknown key stop the program with the entry."""
    text = "".join(f'[[actors]]\nid = "{one}"\nlabel = "{one}"\nvariants = {names}\n' for one, names in actors)
    with pytest.raises(BadRuleFile, match=said):
        read_actors(text)


def test_names_fold_as_places_do() -> None:
    """Accents and hyphens do not part one actor's names."""
    assert ACTORS.variants_of("Farabundo Martí National Liberation Front") is ACTORS.by_id["fmln"]
    assert fold_name("al-Qā‘ida") == "alqaida"
