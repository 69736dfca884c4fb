"""What an outlet's rules do not speak of on an HTML page is judged as on the page of an outlet we do not know."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from archive.cleaning.cleaned import CleanedPage, clean_page
from archive.model import Given
from archive.pipeline import describe_page
from tests.describing import MORE, PROSE, make_outlet, make_text, shipped

PAGE = f"""<!DOCTYPE html><html><head><title>The bridge is open | Samara Gazette</title>
<meta name="author" content="Ann Coe"><meta property="article:published_time" content="2016-11-03"></head><body>
<nav><a href="/a">World</a> <a href="/b">Sport</a></nav><h1>The bridge is open</h1>
<figure><img src="x.jpg"><figcaption>The old bridge at noon, before the war.</figcaption></figure>
<div class="text"><p>{PROSE}</p><p>{MORE}</p><p>{PROSE} {MORE}</p></div>
<div class="more"><a href="/c">The river rises</a> <a href="/d">The mayor speaks</a></div></body></html>"""
TITLE = '[[rules]]\nid = "title"\nkind = "title"\nselector = "h1"\n'


def clean(rules: str, *, head: str = "", page: str = PAGE) -> CleanedPage:
    """Return a page cleaned by the rules of an invented outlet, which the person importing has named."""
    outlet = make_outlet(rules, head=head)
    return clean_page(
        make_text(page, "text/html"),
        replace(shipped(), outlets=MappingProxyType({outlet.key: outlet})),
        Given("samara"),
    )


def texts(cleaned: CleanedPage, *kinds: str) -> list[str]:
    """Return the texts of a page's blocks of these kinds."""
    return [one.block.text for one in cleaned.blocks if one.kind in kinds]


def test_without_a_word_about_the_body_it_is_found() -> None:
    """A file that names the headline alone takes no menu and no teaser for text."""
    cleaned = clean(TITLE)
    assert texts(cleaned, "title", "paragraph") == ["The bridge is open", PROSE, MORE, f"{PROSE} {MORE}"]
    assert next(one.rule for one in cleaned.blocks if one.kind == "title") == "samara/title"


def test_a_selector_that_picks_nothing_here_is_no_word_about_the_body() -> None:
    """A page of another layout is read as any page is, and not set aside whole."""
    assert texts(clean(TITLE, head='body = "div.story"\n'), "paragraph") == [PROSE, MORE, f"{PROSE} {MORE}"]


def test_a_picked_body_is_the_body() -> None:
    """What the outlet's file picks is its text, whatever it looks like, and nothing outside is."""
    cleaned = clean(TITLE, head='body = "div.more"\n')
    assert texts(cleaned, "paragraph", "list") == ["The river rises The mayor speaks"]
    assert PROSE in texts(cleaned, "other")


@pytest.mark.parametrize("head", ["", 'body = "div.text"\n'])
def test_captions_are_found_without_a_rule_for_them(head: str) -> None:
    """Only a file with a rule for captions says which they are."""
    assert texts(clean(TITLE, head=head), "caption") == ["The old bridge at noon, before the war."]
    rule = '[[rules]]\nid = "caption"\nkind = "caption"\nselector = "p.legend"\nwhere = "anywhere"\n'
    assert texts(clean(TITLE + rule, head='body = "div.text"\n'), "caption") == []


def test_headline_author_and_day_are_found_without_rules_for_them() -> None:
    """A file with the body alone costs a report none of its other fields."""
    outlet = make_outlet("", head='body = "div.text"\n')
    rules = replace(shipped(), outlets=MappingProxyType({outlet.key: outlet}))
    report = describe_page(make_text(PAGE, "text/html"), rules, Given("samara")).report
    assert report.title is not None
    assert report.byline is not None
    assert (report.title.value, report.byline.authors) == ("The bridge is open", ("Ann Coe",))
    assert (report.published.edtf, len(report.body)) == ("2016-11-03", 3)
