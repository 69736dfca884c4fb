"""Listing pages are told from reports: by what they say of themselves, by their template and by how they are built."""

from pathlib import Path

import pytest

from archive.cleaning.lines import split_lines
from archive.cleaning.listings import find_listing, measure
from archive.cleaning.markup import parse_markup
from archive.errors import BadRuleFile
from archive.model import Page
from archive.pipeline import describe_page
from archive.rules import load_rule_set, read_outlet
from archive.sources import read

ROOT = Path(__file__).parent.parent
LISTINGS = Path(__file__).parent / "data" / "pages" / "listings"
RULES = {
    "cards.html": "listing/pairs",
    "category.html": "listing/named",
    "front-page.html": "listing/front",
    "identifiers.txt": "listing/identifiers",
    "links.html": "listing/links",
    "quillwort-tag.txt": "quillwort-courier/archives-title",
    "search-results.html": "listing/named",
    "search-results.txt": "listing/named",
    "tag-by-template.html": "listing/template",
    "teasers.html": "listing/teasers",
    "teasers.txt": "listing/teasers",
}
PARAGRAPH = "The first ferry since the fighting crossed the river on Monday with nine cars on it. "
OUTLET = """
key = "tern-gazette"
name = "The Tern Gazette"
about = "Invented."
version = 1
"""


@pytest.mark.parametrize("name", sorted(path.name for path in LISTINGS.iterdir()))
def test_a_listing_is_recognised_by_the_sign_it_shows(name: str) -> None:
    """Each kind of listing page is found, by the rule that names its sign, and the record says so."""
    (page,) = read([LISTINGS / name], limit=100_000)
    assert isinstance(page, Page)
    description = describe_page(page, load_rule_set())
    assert description.listing == RULES[name]
    assert "L01" in {issue.code for issue in description.report.issues}


@pytest.mark.parametrize("name", sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("samples/*/*.*")))
def test_no_report_of_the_samples_is_a_listing(name: str) -> None:
    """A report with menus, teasers of other reports and comments stays a report."""
    (page,) = read([ROOT / name], limit=1_000_000)
    assert isinstance(page, Page)
    assert describe_page(page, load_rule_set()).listing is None


@pytest.mark.parametrize("opening", ["Search results for: ferries", "Category: Balkans", "Ferries Archives - Gazette"])
def test_a_long_stretch_of_prose_speaks_for_a_report(opening: str) -> None:
    """Whatever a page calls itself, two hundred words in one piece are a report."""
    lines = [opening, *("A headline of six plain words" for _ in range(5)), *(PARAGRAPH for _ in range(14))]
    assert find_listing(split_lines("\n\n".join(lines)), None, (), None) is None


def test_a_page_with_a_day_of_publication_is_no_listing() -> None:
    """A page whose head states when it was published is one article, however it looks."""
    page = (LISTINGS / "category.html").read_text(encoding="utf-8")
    dated = page.replace("</head>", '<meta property="article:published_time" content="1993-05-03"></head>')
    markup = parse_markup(dated)
    assert find_listing(markup.blocks, markup, (), None) is None


def test_subheads_do_not_break_prose_in_plain_text() -> None:
    """One short line between paragraphs is a subhead; two in a row part them."""
    article = split_lines(f"{PARAGRAPH}\n\nThe harbour was quiet\n\n{PARAGRAPH}")
    apart = split_lines(f"{PARAGRAPH}\n\nThe harbour was quiet\n\nThe bakers counted sacks\n\n{PARAGRAPH}")
    assert measure(article, html=False).longest == 2 * measure(apart, html=False).longest


def test_an_outlet_may_count_its_own_sign() -> None:
    """A rule with `times` wants its sign so often, and a selector counts the blocks it covers."""
    outlet = read_outlet(
        "tern-gazette.toml",
        f"{OUTLET}[[listing]]\nid = 'ids'\nwhy = 'One a report.'\npattern = '^ID '\nexample = 'ID 1'\ntimes = 3\n",
    )
    assert find_listing(split_lines("ID 1\nID 2"), None, (), outlet) is None
    assert find_listing(split_lines("ID 1\nID 2\nID 3"), None, (), outlet) == "tern-gazette/ids"


def test_an_outlets_selector_finds_listings() -> None:
    """Blocks that a listing's selector covers are the sign."""
    rule = "[[listing]]\nid = 'pager'\nwhy = 'Only lists have pages.'\nselector = 'div.pager'\n"
    outlet = read_outlet("tern-gazette.toml", OUTLET + rule)
    selectors = {each.label: each.selector for each in outlet.listing if each.selector is not None}
    markup = parse_markup("<body><p>One.</p><div class='pager'>2 3 4</div></body>", selectors)
    assert find_listing(markup.blocks, markup, (), outlet) == "tern-gazette/pager"


@pytest.mark.parametrize("entry", ["", "pattern = 'x'\nselector = 'p'\nexample = 'x'", "pattern = 'x'\nexample = 'y'"])
def test_a_listing_rule_without_one_clear_sign_stops_the_program(entry: str) -> None:
    """A listing rule has a pattern with its example or a selector, and not both."""
    with pytest.raises(BadRuleFile, match=r"listing\.bad"):
        read_outlet("tern-gazette.toml", f"{OUTLET}[[listing]]\nid = 'bad'\nwhy = 'Bad.'\n{entry}\n")
