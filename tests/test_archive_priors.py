"""What is known of a whole collection: its countries weigh, its years bound, and a wrong file is named."""

from pathlib import Path

import pytest

from archive import rerun
from archive.batch import import_pages
from archive.errors import BadRuleFile
from archive.model import Given, Report
from archive.pipeline import describe_page
from archive.priors import Priors, read_priors, read_text, write_priors
from archive.rules import load_rule_set
from archive.store import Store
from tests.factories import make_page

TEXT = (
    "Carts wait in Tripoli\n\nCaption:\nCarts wait, June 8, 1982. (Jane Roe/FWS)\n\n"
    "The mayor said on Tuesday that the market of Tripoli was open to carts and people again from the morning on.\n"
)
PRIORS = '[harbour-box]\ncountries = ["LB"]\npublished = [1982, 1982]\n'


def write(folder: Path, text: str) -> Path:
    """Write collections.toml and return it."""
    file = folder / "collections.toml"
    file.write_text(text, encoding="utf-8")
    return file


def countries(report: Report) -> set[str | None]:
    """Return the countries of a report's places."""
    return {place.country for place in report.places}


def test_a_collections_countries_decide_between_namesakes(tmp_path: Path) -> None:
    """Tripoli is Libya's for everyone, and Lebanon's in a box of papers from Lebanon."""
    rules = load_rule_set(collections=write(tmp_path, PRIORS))
    assert countries(describe_page(make_page(TEXT), rules).report) == {"LY"}
    assert countries(describe_page(make_page(TEXT), rules, Given(collection="Harbour box")).report) == {"LB"}
    assert countries(describe_page(make_page(TEXT), rules, Given(collections=("harbour-box",))).report) == {"LB"}


def test_a_collections_years_bound_the_date(tmp_path: Path) -> None:
    """They are evidence as an outlet's years are, and cited as the collection's."""
    rules = load_rule_set(collections=write(tmp_path, PRIORS))
    published = describe_page(make_page(TEXT), rules, Given(collection="Harbour box")).report.published
    assert (published.latest, published.basis) == ("1982-12-31", "inferred")
    assert "collection/harbour-box/published" in {one.rule for one in published.evidence}


def test_what_is_known_later_is_used_when_reports_are_described_again(store: Store, tmp_path: Path) -> None:
    """A librarian who writes the file after the import sees the change by `rerun`."""
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    given = Given(collection="Harbour box")
    import_pages(store, [tmp_path / "page.txt"], load_rule_set(), given, report=lambda _: None, limit=10_000)
    rules = load_rule_set(collections=write(tmp_path, PRIORS))
    (change,) = rerun.compare(store, rules)
    assert {one.field for one in change.differences} >= {"places", "published"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = [", "the file"),
        ("a = 3", "a: must be a table"),
        ('[a]\ncountry = ["IQ"]', "a.country: is unknown"),
        ('[a]\ncountries = "IQ"', "a.countries: must be a list"),
        ('[a]\ncountries = ["Iraq"]', "a.countries: must be a list"),
        ("[a]\npublished = [2017, 2016]", "a.published: must be"),
        ("[a]\npublished = [2017]", "a.published: must be"),
        ('[a]\npublished = ["2016", "2017"]', "a.published: must be"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    """File and key are in the sentence."""
    with pytest.raises(BadRuleFile, match=r"collections\.toml") as caught:
        read_priors(write(tmp_path, text))
    assert said in str(caught.value)


def test_the_file_counts_in_the_version(tmp_path: Path) -> None:
    """Without a file nothing is known; with one the rules are another set, so that pages are described anew."""
    assert read_priors(tmp_path / "collections.toml") == read_priors(None) == {}
    rules = load_rule_set(collections=write(tmp_path, PRIORS))
    assert rules.collections == {"harbour-box": Priors("harbour-box", ("LB",), (1982, 1982))}
    assert rules.version != load_rule_set().version


def test_a_collection_says_what_a_name_means(tmp_path: Path) -> None:
    """A name means the place that its collection says, with that as its rule, whatever the text speaks for."""
    file = write(tmp_path, '[harbour-box]\nplaces = {"Tripoli" = "geonames:3117735"}\n')  # Madrid
    places = describe_page(make_page(TEXT), load_rule_set(collections=file), Given(collection="Harbour box"))
    assert ("LY" not in countries(places.report), "Madrid" in {place.name for place in places.report.places}) == (
        True,
        True,
    )
    assert "collection/harbour-box/places" in {one.rule for one in places.evidence}
    assert countries(describe_page(make_page(TEXT), load_rule_set(collections=file)).report) == {"LY"}


@pytest.mark.parametrize("value", ['"Mosul"', '{"" = "x"}', '{"Mosul" = 7}', '{"Mosul" = "a\\nb"}'])
def test_names_of_the_wrong_shape_are_named(tmp_path: Path, value: str) -> None:
    """What cannot be a name with a place stops the program with file and key."""
    with pytest.raises(BadRuleFile, match=r"collections.toml: box.places"):
        read_priors(write(tmp_path, f"[box]\nplaces = {value}\n"))


def test_what_is_written_is_read_again_and_the_rest_stays() -> None:
    """A collection's table is written anew with names of any letters; other tables and their comments stay."""
    text = '# ours\n[other]\ncountries = ["SY"]\n'
    places = {'Old "City"': "dateline:iq-old-city-of-mosul", "الموصل": "geonames:99072"}
    written = write_priors(text, "box", ["IQ"], [2016, 2017], places)
    assert written.startswith(text.rstrip("\n"))
    assert dict(read_text(written)["box"].places) == places
    kept = write_priors(written, "box", [], [])
    assert read_text(kept)["box"] == Priors("box", places=tuple(sorted(places.items())))
