"""The report page, readers' comments, and the JSON record."""

import json

import pytest
from flask.testing import FlaskClient

from archive.model import Source
from indexer import Catalogue
from tests.reading import find_id, read, said
from web.pages.reports import safe_link


@pytest.fixture(scope="module")
def gogjali(reading_room: Catalogue) -> str:
    """Return the id of a report with byline, caption, subheads, comments and no date."""
    return find_id(reading_room, "title:gogjali")


@pytest.fixture(scope="module")
def arabic(reading_room: Catalogue) -> str:
    """Return the id of the report in Arabic."""
    return find_id(reading_room, "outlet:mithal")


def test_a_report_is_shown_as_it_was_signed(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """Title, byline as printed and outlet stand at the head."""
    report, page = reading_room.report(gogjali).report, read(reader, f"/a/{gogjali}")
    assert report.title
    assert report.byline
    assert said(page.find("h1")) == report.title.value
    assert said(page.select_one("article .byline")) == report.byline.value


def test_paragraphs_have_addresses_in_order(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """Every passage of the text has its number, from #p1 on."""
    anchors = [str(tag["id"]) for tag in read(reader, f"/a/{gogjali}").select(".text [id^=p]")]
    assert anchors == [f"p{number}" for number, _ in enumerate(reading_room.report(gogjali).report.body, 1)]


def test_the_text_is_the_report_and_nothing_else(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """Each passage is shown in full."""
    shown = said(read(reader, f"/a/{gogjali}").select_one(".text"))
    assert all(passage.text in shown for passage in reading_room.report(gogjali).report.body)


def test_captions_stand_apart_with_their_credit(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """A caption is labelled as one and ends with its credit."""
    caption = reading_room.report(gogjali).report.captions[0]
    shown = said(read(reader, f"/a/{gogjali}").select_one("aside.caption"))
    assert shown == f"Caption {caption.text} [{caption.credit}]"


def test_words_of_the_query_are_marked(reader: FlaskClient, gogjali: str) -> None:
    """With ?q=, the words looked for are marked in the text; without, nothing is."""
    assert {said(mark) for mark in read(reader, f"/a/{gogjali}?q=camps&variants=0").select("mark")} == {"camps", "camp"}
    assert not read(reader, f"/a/{gogjali}").select("mark")


def test_each_match_leads_to_the_next_and_the_one_before(reader: FlaskClient, gogjali: str) -> None:
    """Title, byline, text and captions are marked and numbered in the page's order; links go round in both ways."""
    page = read(reader, f"/a/{gogjali}?q=families+OR+caption:road+OR+byline:in")
    numbers = [mark["id"] for mark in page.select("article mark")]
    assert numbers == [f"m{number}" for number in range(1, len(numbers) + 1)]
    assert [hop["href"] for hop in page.select("article .hop.on")] == [f"#{number}" for number in numbers[1:]] + ["#m1"]
    assert [hop["href"] for hop in page.select("article .hop.back")] == [f"#{n}" for n in (numbers[-1:] + numbers[:-1])]
    assert {"h1", "aside"} <= {parent.name for mark in page.select("mark") for parent in mark.parents}
    assert said(page.select_one("#matches")).startswith(f"{len(numbers)} matches of families OR caption:road")


def test_matches_in_comments_are_told_and_marked_there(reader: FlaskClient, gogjali: str) -> None:
    """A question about readers' words leads to them."""
    page = read(reader, f"/a/{gogjali}?q=comments:blankets")
    assert said(page.select_one("#matches")).startswith(
        "No word of comments:blankets stands in this text. One match is in readers’ comments."
    )
    link = page.select("#matches a")[0]["href"]
    assert [said(mark) for mark in read(reader, str(link)).select(".comments mark")] == ["blankets"]


def test_a_very_long_report_is_shown_without_marks(
    reader: FlaskClient, gogjali: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for the marks of a page of megabytes."""
    monkeypatch.setattr("web.pages.reports.MOST_MARKED", 10)
    assert not read(reader, f"/a/{gogjali}?q=camps").select("mark, .tool")


def test_an_unknown_date_is_said_to_be_unknown(reader: FlaskClient, gogjali: str) -> None:
    """No date given, and n.d. in the citation."""
    page = read(reader, f"/a/{gogjali}")
    assert said(page.select_one(".when")) == "no date given"
    assert " n.d., " in said(page.select_one(".citation"))


def test_the_citation_names_archive_address_and_day(reader: FlaskClient, gogjali: str) -> None:
    """A footnote can be copied as it stands."""
    citation = said(read(reader, f"/a/{gogjali}").select_one(".citation"))
    assert citation.startswith("Hadi Qasirli, “Families leave Gogjali")
    assert citation.endswith(
        f"The Reading Room, report {gogjali}, http://localhost/a/{gogjali} (accessed March 9, 2026)."
    )


def test_each_value_shows_its_rule_and_the_printed_words(reader: FlaskClient, gogjali: str) -> None:
    """The row of the byline quotes the line and names the rule that read it."""
    rows = {said(row.find("th")): row for row in read(reader, f"/a/{gogjali}").select(".sources tbody tr")}
    byline = said(rows["Byline"])
    assert "By Hadi Qasirli in Erbil" in byline
    assert "samphire-features/byline" in byline


def test_a_value_leads_to_its_place_in_the_original(reader: FlaskClient, gogjali: str) -> None:
    """The link from a value ends at the marked words in the original."""
    rows = {said(row.find("th")): row for row in read(reader, f"/a/{gogjali}").select(".sources tbody tr")}
    link = rows["Byline"].select_one("a")
    assert link is not None
    assert said(read(reader, str(link["href"])).select_one("mark#at")) == "By Hadi Qasirli in Erbil"


def test_dates_of_the_text_lead_to_the_original(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """Each date the text mentions is listed as printed, in words, with its place in the original."""
    mentioned = reading_room.report(gogjali).report.dates_mentioned
    page = read(reader, f"/a/{gogjali}")
    listed = page.select("#sources details li q")
    assert mentioned
    assert [one.text for one in mentioned] == [quote.text for quote in listed][-len(mentioned) :]


def test_identifiers_can_be_checked(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """The report's id and the digest of its original are on the page."""
    identifiers = said(read(reader, f"/a/{gogjali}").select_one(".identifiers"))
    assert gogjali in identifiers
    assert reading_room.report(gogjali).report.source.sha256 in identifiers


def test_issues_are_told_in_words(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """What waits for a librarian is said with its code."""
    issue = reading_room.report(gogjali).report.issues[0]
    assert f"{issue.code} {issue.message}" in said(read(reader, f"/a/{gogjali}").select_one(".issues"))


def test_comments_are_not_on_the_report_page(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """Readers' words are one link away and nowhere in the report."""
    comment = reading_room.report(gogjali).report.comments[0]
    page = read(reader, f"/a/{gogjali}")
    assert comment.text not in said(page)
    assert page.select(f"a[href='/a/{gogjali}/comments']")


def test_comments_have_their_own_page_that_no_search_engine_lists(reader: FlaskClient, gogjali: str) -> None:
    """The page says whose words they are and asks not to be indexed."""
    page = read(reader, f"/a/{gogjali}/comments")
    assert len(page.select(".comments li")) == 3
    assert page.select("meta[name=robots][content=noindex]")
    assert reader.get(f"/a/{gogjali}/comments").headers["X-Robots-Tag"] == "noindex"


def test_arabic_runs_from_the_right(reader: FlaskClient, arabic: str) -> None:
    """Language and direction are set on the text, not on the page around it."""
    page = read(reader, f"/a/{arabic}")
    text = page.select_one("article .text")
    assert text is not None
    assert (text["lang"], text["dir"], page.html and page.html["lang"]) == ("ar", "rtl", "en")


def test_the_record_is_the_catalogue_s_own(reader: FlaskClient, gogjali: str, reading_room: Catalogue) -> None:
    """The JSON behind a report is the public record, untouched."""
    assert json.loads(reader.get(f"/a/{gogjali}.json").text) == json.loads(json.dumps(reading_room.record(gogjali)))


@pytest.mark.parametrize("tail", ["", ".json", "/original", "/original/raw", "/comments"])
def test_an_unknown_report_is_not_found(reader: FlaskClient, tail: str) -> None:
    """Every page of a report that never was says so."""
    assert reader.get(f"/a/bcdfghjkmnpq{tail}").status_code == 404


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("https://example.org/\njavascript:x", False),
        ('https://example.org/"onclick="x', False),
        ("//example.org", False),
        (" javascript:alert(1)", False),
        (None, False),
    ],
)
def test_only_ordinary_web_addresses_become_links(url: str | None, linked: bool) -> None:  # noqa: FBT001  a table's column
    """Where a page was saved from is a link only if it is plainly http or https."""
    assert (safe_link(Source("page.html", "0" * 64, "text/html", 1, url=url)) is not None) == linked
