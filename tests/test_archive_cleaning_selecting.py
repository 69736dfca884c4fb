"""An outlet's CSS selectors: the parser's own answers are BeautifulSoup's, and labels change no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.markup import ParsedPage, parse_markup
from archive.cleaning.selecting import PLAIN, label_runs

TAGS = ("div", "p", "span", "b", "li", "section", "a", "em", "table", "td")
ATTRIBUTES = (
    "",
    ' class="a"',
    ' class="a b"',
    ' class="A"',
    " id=x",
    ' class="b" id="y"',
    ' rel="author nofollow"',
    " title",
)
SELECTORS = (
    "p", "div.a", ".a", ".A", "#x", "div > p", "p + p", "p ~ b", "div p, .b", ".a .b", ".a, .a", "[title]", "SPAN",
    '[rel~="author"]', "[rel^=author]", "[class$=b]", '[class*="a"]', "[class=a]", "p:first-child", "li:last-child b",
    "div.a.b > #y", "section:first-child", "p:not(.a)", "div > :not(:last-child)", "b:nth-child(2)", "p:only-child",
    '[title]:not([rel="author"])', ".a:not(#x)",
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Return HTML of nested elements, some of them never closed."""
    parts = [draw(st.sampled_from(["", "<!DOCTYPE html>"]))]
    for number in range(draw(st.integers(1, 20))):
        tag = draw(st.sampled_from(TAGS))
        parts.append(draw(st.sampled_from([f"<{tag}{draw(st.sampled_from(ATTRIBUTES))}>", f"</{tag}>", f"w{number} "])))
        parts.append(draw(st.sampled_from(["", f"v{number}", " ", "\n"])))
    return "".join(parts)


def write_element(tag: str, attributes: str, inner: list[str]) -> str:
    """Return one element with what it holds."""
    return f"<{tag}{attributes}>{''.join(inner)}</{tag}>"


texts = st.sampled_from(["One", " two ", "\n", "three"])
named = st.sampled_from(ATTRIBUTES)
lines = st.recursive(
    texts,
    lambda some: st.builds(write_element, st.sampled_from(["span", "b", "em"]), named, st.lists(some, max_size=3)),
)
# Elements as the rules of HTML have them: BeautifulSoup's parser rebuilds what stands otherwise, blocks in <b> say.
orderly = st.recursive(
    lines | st.builds(write_element, st.just("p"), named, st.lists(lines, max_size=3)),
    lambda some: st.builds(write_element, st.sampled_from(["div", "section"]), named, st.lists(some, max_size=4)),
)


@given(
    st.sampled_from(["<!DOCTYPE html>", ""]),
    orderly,
    st.lists(st.sampled_from(SELECTORS), min_size=1, max_size=3, unique=True),
)
def test_the_parser_picks_what_beautifulsoup_picks(doctype: str, body: str, selectors: list[str]) -> None:
    """A plain selector labels the same text whoever answers it, also on pages that do not say what HTML they are."""
    page = doctype + body
    plain = {selector: selector for selector in selectors}
    assert all(PLAIN.fullmatch(selector) for selector in selectors)
    soup = {selector: f":is({selector})" for selector in selectors}  # the same, and not plain
    assert not any(PLAIN.fullmatch(selector) for selector in soup.values())
    assert parse_markup(page, plain).blocks == parse_markup(page, soup).blocks


@given(pages(), st.lists(st.sampled_from(SELECTORS), min_size=1, max_size=3, unique=True))
def test_labels_come_to_the_same_with_and_without_a_second_pass(page: str, selectors: list[str]) -> None:
    """Where no block changes its labels midway, naming the blocks there are is reading the page anew."""
    plain = {selector: selector for selector in selectors}
    parsed = ParsedPage(page)
    labels = label_runs(parsed._parser, plain)
    anew = parsed._read(labels)
    assert parsed.label(plain).blocks == tuple(anew.blocks)


HEADS = (
    "<!DOCTYPE html><p>",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
    "<p>",
    "Text<!DOCTYPE html>",
)


@pytest.mark.parametrize("head", HEADS)
def test_capitals_are_told_from_small_letters_on_old_pages_too(head: str) -> None:
    """On pages that do not say what HTML they are the parser would take .Lead for .lead, and #TOP for #top."""
    selectors = {"big": ".Lead", "small": ".lead", "big id": "#TOP", "id": "#top", "both": "#top[rel='a.B']"}
    blocks = parse_markup(f'{head}<div class="lead" id="top" rel="a.B">One</div>', selectors).blocks
    assert [block.labels for block in blocks if block.text == "One"] == [("small", "id", "both")]
