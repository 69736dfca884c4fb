"""What a container states, laid over what the page prints: dates in every form, and who goes before whom."""

from dataclasses import replace

import pytest

from archive.description.stated_days import read_stated_date
from archive.model import Description, Given, Page, Span, Stated, Stretch
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import make_page
from tests.containers import BODY, HTML, MORE

DATED = HTML.replace("<head>", '<head><meta property="article:published_time" content="2016-11-03T06:58:00Z">')


def describe(page: Page, given: Given | None = None, **stated: str) -> Description:
    """Return the description of a page of which a row states these values."""
    said = tuple(Stated(field, value, f"row/{field}") for field, value in stated.items())
    return describe_page(replace(page, stated=said), load_rule_set(), given or Given())


def html(text: str = HTML) -> Page:
    """Return a page of HTML."""
    return make_page("a.html", text.encode(), "text/html")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2016-11-03", "2016-11-03"),
        ("2016-11-03T23:59:00-05:00", "2016-11-03"),
        ("2016-11-03 06:58", "2016-11-03"),
        ("20161103", "2016-11-03"),
        ("2016/11/03", "2016-11-03"),
        ("3 November 2016", "2016-11-03"),
        ("November 3, 2016", "2016-11-03"),
        ("November 3, 2016 6:58 AM", "2016-11-03"),
        ("Thursday, November 3, 2016", "2016-11-03"),
        ("November 3, 2016 Thursday", "2016-11-03"),
        ("Nov 3, 2016", "2016-11-03"),
        ("Thu, 03 Nov 2016 06:58:00 GMT", "2016-11-03"),
        ("23/11/2016", "2016-11-23"),
        ("11/23/2016", "2016-11-23"),
        ("11/11/2016", "2016-11-11"),
        ("23.11.2016", "2016-11-23"),
        ("1478156280", "2016-11-03"),
        ("1478156280000", "2016-11-03"),
        ("2016-11", "2016-11"),
        ("2016", "2016"),
        ("02/11/2016", None),
        ("yesterday", None),
        ("", None),
        ("2016-13-45", None),
        ("99/99/2016", None),
        ("9" * 14, None),
    ],
)
def test_stated_dates(text: str, edtf: str | None) -> None:
    """A stated date is read in the forms that tables have; one whose order is uncertain is not."""
    date = read_stated_date(text)
    assert (date and date.edtf) == edtf


def test_a_headline_that_the_page_prints_too_stays_printed() -> None:
    """The page's own headline has its place on the page; the row's is further evidence."""
    description = describe(html(), title="Bridge Reopens")
    title = description.report.title
    assert title is not None
    assert (title.value, title.basis) == ("Bridge reopens", "printed")
    assert "row/title" in {one.rule for one in description.evidence if one.field == "title"}


def test_a_headline_that_differs_goes_before_the_pages() -> None:
    """The row's headline is taken, and the printed one kept as evidence."""
    description = describe(html(), title="River bridge open")
    title = description.report.title
    assert title is not None
    assert (title.value, title.rule, title.basis) == ("River bridge open", "row/title", "metadata")
    assert [one.value for one in description.evidence if one.field == "title"] == [
        "River bridge open",
        "Bridge reopens",
    ]


@pytest.mark.parametrize(
    ("page", "date", "edtf", "basis", "codes"),
    [
        (HTML, "2016-11-03", "2016-11-03", "stated", set()),
        (HTML, "2016-11", "2016-11", "stated", set()),
        (DATED, "2016-11-03", "2016-11-03", "stated", set()),
        (DATED, "2016-11", "2016-11-03", "stated", set()),
        (DATED, "2016-11-05", "[2016-11-03,2016-11-05]", "inferred", {"D02"}),
        (DATED, "02/11/2016", "2016-11-03", "stated", {"D10"}),
        (HTML, "02/11/2016", None, "unknown", {"D01", "D10"}),
    ],
)
def test_a_stated_date_and_the_pages(page: str, date: str, edtf: str | None, basis: str, codes: set[str]) -> None:
    """A stated day fills or confirms the page's; two that differ are one of two; an uncertain one is said."""
    report = describe(html(page), date=date).report
    assert (report.published.edtf, report.published.basis) == (edtf, basis)
    assert {issue.code for issue in report.issues if issue.code.startswith("D")} == codes


def test_an_outlet_we_know_brings_its_rules() -> None:
    """A row that names an outlet with rules of its own is cleaned by them, and the claim is the row's."""
    rules = load_rule_set()
    outlet = next(iter(rules.outlets.values()))
    claim = describe(html(), outlet=outlet.name.upper()).report.outlet
    assert claim is not None
    assert (claim.key, claim.rule, claim.basis) == (outlet.key, "row/outlet", "metadata")


def test_an_outlet_nobody_knows_is_named_as_stated() -> None:
    """An outlet without rules is still the outlet, under the name the row gives."""
    report = describe(html(), outlet="Example Gazette").report
    assert report.outlet is not None
    assert (report.outlet.key, report.outlet.name) == ("Example Gazette", "Example Gazette")
    assert "M01" not in {issue.code for issue in report.issues}


def test_a_persons_word_goes_before_the_rows() -> None:
    """What the person importing says of the outlet stands, whatever the row states."""
    key = next(iter(load_rule_set().outlets))
    report = describe(html(), Given(outlet=key), outlet="Example Gazette").report
    assert report.outlet is not None
    assert (report.outlet.key, report.outlet.basis) == (key, "person")


@pytest.mark.parametrize(
    ("byline", "authors", "place"),
    [
        ("By Jane Roe in Mosul", ("Jane Roe",), "Mosul"),
        ("Jane Roe; John Poe", ("Jane Roe", "John Poe"), None),
        ("Roe, Jane; Poe, John", ("Jane Roe", "John Poe"), None),
        ("Jane Roe and John Poe", ("Jane Roe", "John Poe"), None),
    ],
)
def test_stated_bylines(byline: str, authors: tuple[str, ...], place: str | None) -> None:
    """Names are parted, and turned round where the surname stands first."""
    stated = describe(html(), byline=byline).report.byline
    assert stated is not None
    assert (stated.authors, stated.place, stated.value) == (authors, place, byline)


def test_stated_places_are_looked_up() -> None:
    """A place of the gazetteer is a main place; one it lacks is an issue."""
    report = describe(html(), place="Mosul, Iraq").report
    assert ("Mosul", "IQ", "main") in [(place.name, place.country, place.role) for place in report.places]
    lost = describe(html(), place="Nowhereville").report
    assert "P01" in {issue.code for issue in lost.issues}


def test_other_stated_values() -> None:
    """Identifier, sections and language are taken; the language only where the text's letters leave it open."""
    report = describe(html(), media_id="55378322", section="World; Iraq", language="French", id="7").report
    assert (report.media_id and report.media_id.value, report.section) == ("55378322", ("World", "Iraq"))
    assert report.language == "en"


def test_a_page_without_a_container_is_described_as_before() -> None:
    """Where nothing is stated, nothing changes."""
    page = html()
    assert describe(page) == describe_page(page, load_rule_set())


def test_stretches_decide_every_line() -> None:
    """Each line is what its stretch says; what no stretch covers is text; blank lines are placeholders."""
    text = f"Bridge reopens\nMenu\n{BODY}\n\u00a0\n{MORE}"
    menu = Span(text.index("Menu"), text.index("Menu") + 4)
    page = replace(
        make_page("a.txt", text.encode(), "text/plain"),
        stated=(Stated("title", "Bridge reopens", "row/title"),),
        stretches=(Stretch(menu, "navigation", "row/menu"),),
    )
    blocks = describe_page(page, load_rule_set()).blocks
    assert [(one.kind, one.kept) for one in blocks] == [
        ("title", True), ("navigation", False), ("paragraph", True), ("placeholder", False), ("paragraph", True),
    ]  # fmt: skip
    assert all(text[one.block.span.start : one.block.span.end] == one.block.text for one in blocks)
