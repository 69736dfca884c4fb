"""The gazetteer: names find places, places know what they lie in, and a library adds its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.authorities import PlaceEntry, load_places, using_places
from archive.authorities.compiled import Compiled, write
from archive.authorities.entries import COLUMNS
from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from tests.factories import make_page

MOSUL, NINEVEH, IRAQ = "geonames:99072", "geonames:92877", "geonames:99237"
GAZETTEER = load_places()


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Mosul", "IQ", "Mosul"),
        ("MOSUL", "IQ", "Mosul"),
        ("al-Mawsil", "IQ", "Mosul"),
        ("Mossul", "IQ", "Mosul"),
        ("Ninawa", "IQ", "Nineveh"),
        ("Gogjali", "IQ", "Kokjali"),
        ("al-Qa’im", "IQ", "Al Qā’im"),
        ("Al Qaim", "IQ", "Al Qā’im"),
        ("Qaim", "IQ", "Al Qā’im"),
        ("Raqqah", "SY", "Ar Raqqah"),
        ("Deir Ezzor", "SY", "Deir ez-Zor"),
        ("el-Fasher", "SD", "El Fasher"),
        ("Malvinas", "FK", "Falkland Islands"),
        ("Saigon", "VN", "Ho Chi Minh City"),
        ("Nord-Kivu", "CD", "Nord Kivu"),
        ("الموصل", "IQ", "Mosul"),
    ],
)
def test_any_spelling_finds_its_place(name: str, country: str, found: str) -> None:
    """Case, accents, apostrophes, hyphens, articles and former names do not hide a place."""
    entry = GAZETTEER.find(name, country)
    assert entry is not None
    assert entry.name == found


@pytest.mark.parametrize("name", ["", "-", "Zzyzzxqq", "'’ʼ"])
def test_no_name_finds_nothing(name: str) -> None:
    """A word that is no name has no candidates and begins none."""
    assert GAZETTEER.candidates(name) == ()
    assert GAZETTEER.longest(name) == 0


def test_a_country_comes_before_a_province_and_a_city_before_its_own() -> None:
    """Where names are shared, countries are first and a division stands behind its capital."""
    assert [entry.kind for entry in GAZETTEER.candidates("Georgia")[:2]] == ["country", "province"]
    assert [entry.kind for entry in GAZETTEER.candidates("Aleppo")[:2]] == ["city", "province"]


def test_a_quarter_lies_in_town_province_and_country() -> None:
    """The closure of a quarter holds everything around it, larger places first."""
    assert [entry.name for entry in GAZETTEER.parents("dateline:iq-kokjali")] == ["Iraq", "Nineveh", "Mosul"]
    assert GAZETTEER.closure(["dateline:iq-kokjali", MOSUL]) == (IRAQ, NINEVEH, MOSUL, "dateline:iq-kokjali")
    assert [entry.id for entry in GAZETTEER.around(MOSUL)] == [NINEVEH]


def test_an_unknown_id_is_in_no_place() -> None:
    """What we do not know has no parents and no names, and is its own closure."""
    assert GAZETTEER.get("geonames:0") is None
    assert GAZETTEER.parents("geonames:0") == ()
    assert GAZETTEER.names("geonames:0") == ()
    assert GAZETTEER.closure(["geonames:0"]) == ("geonames:0",)


def test_a_division_is_found_by_name_and_country() -> None:
    """The province is meant, not the town of the same name."""
    province = GAZETTEER.admin1("SY", "Halab")
    assert province is not None
    assert (province.name, province.kind) == ("Aleppo", "province")
    assert GAZETTEER.admin1("IQ", "Halab") is None


@pytest.mark.parametrize(("word", "words"), [("Deir", 3), ("Khan", 3), ("Baghdad", 1), ("qwertz", 0)])
def test_the_longest_name_that_a_word_begins(word: str, words: int) -> None:
    """Recognition need not look further than this many words."""
    longest = GAZETTEER.longest(word)
    assert longest >= words if words else longest == 0


@pytest.mark.slow
@given(st.text(max_size=40))
def test_a_folded_name_is_its_own_folding(name: str) -> None:
    """Folding twice is folding once."""
    assert fold_name(fold_name(name)) == fold_name(name)


@pytest.mark.slow
def test_every_place_is_found_by_each_of_its_names() -> None:
    """No name in the tables is lost on the way into the compiled file."""
    for entry in list(GAZETTEER)[::9973]:
        for name in entry.names():
            assert not fold_name(name) or entry in GAZETTEER.candidates(name)


def test_a_compiled_file_gives_back_what_was_written(tmp_path: Path) -> None:
    """Writing and reading a gazetteer changes nothing, also where a place has neither coordinates nor parents."""
    places = (
        PlaceEntry("a:1", "Tigrania", "country", "XX", None, None, None, 0),
        PlaceEntry("a:2", "Tell Ahmar", "village", "XX", "North", 1.5, -2.25, 7, ("Tall Aḩmar",), 2, "a:1"),
    )
    write(tmp_path / "gazetteer.bin", places, "digest")
    compiled = Compiled(tmp_path / "gazetteer.bin")
    assert tuple(sorted(compiled, key=lambda entry: entry.id)) == places
    assert compiled.named("tallahmar") == (places[1],)
    assert (compiled.longest("tell"), compiled.longest("tigrania"), compiled.digest) == (2, 1, "digest")


@pytest.mark.parametrize("cut", [lambda data: data[:100], lambda data: b"X" + data[1:], lambda data: data + b"more"])
def test_a_damaged_file_is_refused(tmp_path: Path, cut: Callable[[bytes], bytes]) -> None:
    """A file that is not whole is not used: it is made anew."""
    file = tmp_path / "gazetteer.bin"
    write(file, GAZETTEER.countries(), "digest")
    file.write_bytes(cut(file.read_bytes()))
    with pytest.raises((ValueError, OSError)):
        Compiled(file)


def write_places(folder: Path, *rows: str) -> Path:
    """Write a library's table of places."""
    folder.mkdir(exist_ok=True)
    text = "\n".join(["\t".join(COLUMNS), "# ours", *(row.replace("|", "\t") for row in rows), ""])
    (folder / "places.tsv").write_text(text, encoding="utf-8")
    return folder


def test_a_library_adds_places_and_variants(tmp_path: Path) -> None:
    """A row with a new id is a new place, a row with a known id adds names to it; nothing else changes."""
    folder = write_places(tmp_path, f"lib:mill|Old Mill|quarter|{MOSUL}|||||archive", f"{MOSUL}|||||||Moosel|letters")
    own = load_places(folder)
    mill = own.find("old mill")
    assert mill is not None
    assert (mill.country, mill.admin1, mill.tier) == ("IQ", "Nineveh", 3)
    assert [entry.name for entry in own.parents(mill.id)] == ["Iraq", "Nineveh", "Mosul"]
    assert [entry.id for entry in own.candidates("Moosel")] == [MOSUL]
    assert own.longest("Old") >= 2
    assert GAZETTEER.find("Moosel") is None


def test_a_librarys_places_are_in_use_only_inside_the_block(tmp_path: Path) -> None:
    """While a page is described by a library's rules its own places count, and afterwards no longer."""
    folder = write_places(tmp_path, "lib:a|Upper Ford|village||IQ||||")
    with using_places(folder):
        assert load_places().find("Upper Ford") is not None
        with using_places(None):
            assert load_places().find("Upper Ford") is None
    assert load_places().find("Upper Ford") is None


def test_a_report_is_described_with_the_librarys_places(tmp_path: Path) -> None:
    """A place that only the library knows is found in a report once its table says so, without code."""
    text = (
        "A ferry stops\n\nBy Ann Reed in Upper Ford\n\nThe ferry near Baghdad, Iraq, was stopped at noon by soldiers.\n"
    )
    rules = load_rule_set(authorities=write_places(tmp_path, "lib:a|Upper Ford|village||IQ||||"))
    assert "lib:a" in {place.id for place in describe_page(make_page(text), rules).report.places}
    assert "lib:a" not in {place.id for place in describe_page(make_page(text), load_rule_set()).report.places}


def test_a_changed_table_is_read_anew(tmp_path: Path) -> None:
    """A librarian who edits the table sees the change without starting the program again."""
    load_places(write_places(tmp_path, "lib:a|Upper Ford|village||IQ||||"))
    again = load_places(write_places(tmp_path, "lib:a|Upper Ford|village||IQ||||", "lib:b|Nether Ford|village||IQ||||"))
    assert again.find("Nether Ford") is not None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nocolon|Mill|quarter||IQ||||", "line 3: the id 'nocolon'"),
        ("lib:a|Mill|mill||IQ||||", "line 3: the kind is 'mill'"),
        ("lib:a|Mill|quarter||IQ|91|0||", "line 3: '91'"),
        ("lib:a|Mill|quarter||IQ|north|0||", "line 3: 'north'"),
        ("lib:a|Mill|quarter||IQ|1|1||s|more", "line 3: has 10 columns"),
        ("lib:a|||||1|1||", "place lib:a: is new"),
        ("lib:a|Mill|quarter|lib:none|||||", "place lib:a: the parent 'lib:none'"),
        ("lib:a|Mill|quarter||QQ||||", "place lib:a: the country 'QQ'"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    """File and row are in the sentence, so that the librarian finds them."""
    with pytest.raises(BadRuleFile, match=r"places\.tsv") as caught:
        load_places(write_places(tmp_path, row))
    assert said in str(caught.value)


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    """The first line must name the columns."""
    (tmp_path / "places.tsv").write_text("name\tid\n", encoding="utf-8")
    with pytest.raises(BadRuleFile, match="must name the columns"):
        load_places(tmp_path)


def test_a_librarys_places_count_in_the_version(tmp_path: Path) -> None:
    """Other places make another rule set, so that reports are described anew."""
    before = load_rule_set(authorities=tmp_path)
    write_places(tmp_path, "lib:a|Upper Ford|village||IQ||||")
    after = load_rule_set(authorities=tmp_path)
    assert before.version == load_rule_set().version != after.version
    assert after.authorities == tmp_path
