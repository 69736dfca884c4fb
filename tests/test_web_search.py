"""The search page: results, what was searched, and ways to narrow them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer import Catalogue, SearchRequest
from tests.reading import read, said
from web.titles import supplied_title


def labels(page: BeautifulSoup, key: str) -> list[str]:
    """Return the label texts of one facet's boxes."""
    return [said(box.find_parent("label")) for box in page.select(f"input[name='{key}'][type=checkbox]")]


def hrefs(page: Tag, selector: str) -> list[str]:
    """Return where the links found by this selector lead."""
    return [str(link["href"]) for link in page.select(selector)]


def test_every_match_is_counted(reader: FlaskClient, reading_room: Catalogue) -> None:
    """The heading says how many reports match and what was asked."""
    total = reading_room.search(SearchRequest(text="mosul")).total
    assert said(read(reader, "/search?q=mosul").find("h1")) == f"{total} reports for mosul"


def test_a_hit_leads_to_its_report_with_the_words_to_mark(reader: FlaskClient) -> None:
    """The link of a hit carries the query, so that the report can mark it."""
    link = hrefs(read(reader, "/search?q=mosul"), "#hits h2 a")[0]
    assert parse_qs(urlsplit(link).query) == {"q": ["mosul"], "n": ["1"]}
    assert read(reader, link).select("article mark")


def test_matching_words_are_marked_in_the_snippets(reader: FlaskClient) -> None:
    """Each hit shows the words it was found by."""
    hits = read(reader, "/search?q=tunnel").select(".hit")
    assert hits
    assert all(hit.select("mark") for hit in hits)


def test_a_hit_says_when_its_date_is_not_given(reader: FlaskClient) -> None:
    """An undated report says so in words."""
    dates = [said(date) for date in read(reader, "/search?date=unknown&per=100").select(".hit .date")]
    assert dates
    assert set(dates) == {"no date given"}


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("Rain.", "[Rain.]"),
        ("", "[Untitled]"),
        (" ".join("abcdefghijklmnop"), "[a b c d e f g h i j k l\N{NO-BREAK SPACE}…]"),
        ("QUITO, 2 MAY 89 (RADIO QUITO) -- [TEXT] Roads are shut", "[Roads are shut]"),
    ],
)
def test_a_report_without_a_title_gets_one_in_brackets(opening: str, title: str) -> None:
    """A supplied title is made of the opening words and stands in square brackets."""
    assert supplied_title(opening) == title


def test_counts_stand_inside_the_label_text(reader: FlaskClient) -> None:
    """A screen reader hears the count with the value."""
    assert "Samphire Features (5)" in labels(read(reader, "/search"), "outlet")


def test_ticked_values_narrow_the_result(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Two outlets ticked mean either of them."""
    chosen = {"outlet": ("ferrin-wire", "mithal")}
    total = reading_room.search(SearchRequest(selected=chosen)).total
    page = read(reader, "/search?outlet=ferrin-wire&outlet=mithal")
    assert said(page.find("h1")) == f"{total} reports in this selection"


def test_a_facet_says_how_many_are_selected(reader: FlaskClient) -> None:
    """The header and the group's own name both say it."""
    page = read(reader, "/search?outlet=ferrin-wire&outlet=mithal")
    assert "Outlet, 2 selected" in [said(legend) for legend in page.select("legend")]
    assert "Outlet, 2 selected" in [said(summary) for summary in page.select(".facet > summary")]


def test_there_is_one_apply_button(reader: FlaskClient) -> None:
    """All boxes belong to the search form, which one button sends."""
    page = read(reader, "/search?q=mosul")
    assert len(page.select(".narrow button")) == 1
    assert {box.get("form") for box in page.select(".narrow input")} == {"search"}


def test_a_chip_removes_one_selection(reader: FlaskClient) -> None:
    """The chip says what it removes and leads to the search without it."""
    chip = read(reader, "/search?q=mosul&outlet=mithal").select_one(".chips a")
    assert chip is not None
    assert (chip["aria-label"], chip["href"]) == ("Remove Outlet: Sahifat al-Mithal", "/search?q=mosul")


def test_excluded_values_are_left_out_and_kept_by_the_form(reader: FlaskClient) -> None:
    """An exclusion has its chip and goes along with the next search."""
    page = read(reader, "/search?x.outlet=mithal")
    assert said(page.select_one(".chips a")).startswith("Not Outlet: Sahifat al-Mithal")
    assert [box["value"] for box in page.select("form input[type=hidden][name='x.outlet']")] == ["mithal"]


def test_what_was_searched_is_read_back(reader: FlaskClient) -> None:
    """The query as understood, and the fields it was looked for in."""
    assert said(read(reader, "/search?q=title:tunnel").select_one(".searched")) == "Searched: title:tunnel in title."


def test_other_names_are_said_and_can_be_switched_off_and_on(reader: FlaskClient) -> None:
    """What was added to the query is named with the authority, and one link searches without it; another goes back."""
    page = read(reader, "/search?q=Daesh")
    said_searched = said(page.select_one(".searched"))
    assert "captions. Daesh also finds ISI" in said_searched
    assert "(actor: Islamic State group)" in said_searched
    off = hrefs(page, ".searched a")[0]
    assert off == "/search?q=Daesh&alone=Daesh"
    assert hrefs(read(reader, off), ".searched a") == ["/search?q=Daesh"]


def test_other_names_are_switched_off_for_one_word_or_for_all(reader: FlaskClient) -> None:
    """Each word has its own switch, and where several have other names one more switches them all."""
    page = read(reader, "/search?q=Daesh+Nineveh")
    assert hrefs(page, ".searched a") == [
        "/search?q=Daesh+Nineveh&alone=Daesh",
        "/search?q=Daesh+Nineveh&alone=Nineveh",
        "/search?q=Daesh+Nineveh&variants=0",
    ]
    assert hrefs(read(reader, "/search?q=Daesh+Nineveh&variants=0"), ".searched a") == [
        "/search?q=Daesh+Nineveh&alone=Nineveh",
        "/search?q=Daesh+Nineveh&alone=Daesh",
        "/search?q=Daesh+Nineveh",
    ]


def test_a_word_left_alone_finds_and_marks_less(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Without its other names a word finds its own spelling only, in the list and in the report."""
    alone = reading_room.search(SearchRequest("Daesh", alone=("daesh",)))
    assert alone.total < reading_room.search(SearchRequest("Daesh")).total
    page = read(reader, "/search?q=Daesh&alone=Daesh")
    marks = {said(mark).casefold() for mark in read(reader, hrefs(page, "#hits h2 a")[0]).select("article mark")}
    assert marks == {"daesh"}


def test_another_spelling_is_offered_where_a_word_finds_nothing(reader: FlaskClient) -> None:
    """One link asks for the collection's own spelling; the page says which word was changed, and what that finds."""
    meant = read(reader, "/search?q=tunel&per=25").select_one(".meant")
    total = said(read(reader, "/search?q=tunnel").find("h1")).split()[0]
    assert said(meant).startswith(f"Did you mean tunnel? It finds {total} report")
    assert meant is not None
    assert hrefs(meant, "a") == ["/search?q=tunnel&per=25"]
    assert read(reader, "/search?q=tunnel").select_one(".meant") is None


def test_an_odd_query_is_explained_and_never_refused(reader: FlaskClient) -> None:
    """A quotation mark without its partner is searched as words, and the page says so."""
    assert read(reader, "/search?q=%22old+city").select(".notes li")


def test_a_query_beyond_the_limit_is_cut_with_a_word_about_it(reader: FlaskClient) -> None:
    """Ten thousand characters are searched, the rest is not, and the reader is told."""
    page = read(reader, "/search?q=" + "word+" * 2_500)
    assert "10,000 characters" in said(page.select_one(".notes"))


@pytest.mark.parametrize("query", ["zugunruhe", "zugunruhe nowhere", "zugunruhe&outlet=mithal", '"zugunruhe"'])
def test_no_result_offers_three_ways_on(reader: FlaskClient, query: str) -> None:
    """A search that finds nothing ends in three links that lead somewhere."""
    ways = hrefs(read(reader, f"/search?q={query}"), ".ways a")
    assert len(ways) == 3
    assert all(reader.get(way).status_code == 200 for way in ways)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/search?outlet=mithal&q=mosul", "/search?q=mosul&outlet=mithal"),
        ("/search?q=mosul&mode=possible&sort=relevance&per=10&page=1", "/search?q=mosul"),
        ("/search?q=&unheard=1", "/search"),
        ("/search?q=+mosul+", "/search?q=mosul"),
    ],
)
def test_every_search_has_one_address(reader: FlaskClient, address: str, canonical: str) -> None:
    """What a form sends leads to the permalink of the same search."""
    response = reader.get(address)
    assert (response.status_code, response.location) == (302, canonical)


def test_every_page_of_a_result_is_reachable(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Following Next from the first page shows every report once."""
    address, found = "/search?per=7", list[str]()
    while address:
        page = read(reader, address)
        found += hrefs(page, "#hits h2 a")
        address = next(iter(hrefs(page, "a[rel=next]")), "")
    assert len(found) == len(set(found)) == reading_room.status().reports


def test_a_page_beyond_the_last_leads_back(reader: FlaskClient) -> None:
    """An old link into a shrunken result says where the result ends."""
    page = read(reader, "/search?q=mosul&page=900")
    assert hrefs(page, ".list .empty a") == ["/search?q=mosul"]


def test_results_can_be_ordered_by_title(reader: FlaskClient) -> None:
    """The order links say which one is current."""
    page = read(reader, "/search?q=mosul&sort=title")
    assert [said(link) for link in page.select("nav[aria-label=Order] [aria-current]")] == ["title"]


def test_a_certain_date_leaves_out_what_may_be_from_then(reader: FlaskClient) -> None:
    """The mode is carried by the address and by the radio buttons."""
    page = read(reader, "/search?date=2015&mode=certain")
    assert [str(radio["value"]) for radio in page.select("input[name=mode][checked]")] == ["certain"]
