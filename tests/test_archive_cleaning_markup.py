"""HTML into blocks: every visible word once, with the way back into the page, whatever the markup."""

import html
import re
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.cleaning.markup import parse_markup
from archive.model import Block

WORD = re.compile(r"w\d+é?&?x")
INLINE = ("b", "i", "a", "span", "em", "font")
BLOCKS = ("div", "p", "li", "blockquote", "section", "ul", "td", "h2", "pre", "center")
ATTRIBUTES = ("", " class='a > b'", ' title="it\'s > 1"', " id=x", ' data-x="<p>no</p>"', " alt = '&quot;'", " hidden")
SPACES = (" ", "\n", "&nbsp;", " &#32; ", "\t<br>", "<br><br/>", ", ", " &lt;b&gt; ", " < ", " & ")
UNSEEN = """
<!-- no <p>no</p> -->|<!-->|<!--->|<!-- no --!>|<script>if (a < b) '<p>no</p>'</script>|<?php no ?>|<![CDATA[no]]>
|<style>p > b {}</style>|<SCRIPT src='x'/>|<img alt='a > b'>|<wbr>|<hr>|</div>|</b>|<input value='>'>|
<!DOCTYPE html [<!ENTITY no 'no'>]>|<template>no</template>|<svg><text>no</text></svg>
""".strip().split("|")


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return HTML and the words a reader sees in it, in order; no two words are alike."""
    numbers, seen = count(), list[str]()

    def write(depth: int) -> str:
        parts = []
        for kind in draw(st.lists(st.integers(0, 9), min_size=1, max_size=5)):
            if kind < 4 or depth > 4:
                ending = draw(st.sampled_from(["x", "&eacute;x", "é&amp;x", "&#233;x", "&#xE9;x", "&amp;x"]))
                word = f"w{next(numbers)}{ending}"
                seen.append(html.unescape(word))
                parts += [word, draw(st.sampled_from(SPACES))]
            elif kind < 6:
                parts.append(draw(st.sampled_from(UNSEEN)))
            else:
                tag = draw(st.sampled_from(INLINE if kind < 8 else BLOCKS))
                close = draw(st.sampled_from([f"</{tag}>", f"</{tag.upper()} >", ""]))
                parts.append(f"<{tag}{draw(st.sampled_from(ATTRIBUTES))}>{write(depth + 1)}{close}")
        return "".join(parts)

    return write(0), seen


def words_of(blocks: tuple[Block, ...]) -> list[str]:
    """Return the words of all blocks in order."""
    return [word for block in blocks for word in WORD.findall(block.text)]


@settings(max_examples=50)
@given(pages())
def test_every_visible_word_is_in_one_block(page: tuple[str, list[str]]) -> None:
    """The words of the blocks, in order, are those a reader sees: none lost, none twice, none from elsewhere."""
    markup, seen = page
    blocks = parse_markup(markup).blocks
    assert words_of(blocks) == seen
    assert not any("no" in block.text for block in blocks)


@settings(max_examples=50)
@given(pages())
def test_every_word_is_found_in_the_page(page: tuple[str, list[str]]) -> None:
    """A word of a block stands in the page where the block says, its entities written as the page writes them."""
    markup, _ = page
    for block in parse_markup(markup).blocks:
        for word in WORD.finditer(block.text):
            span = block.locate(*word.span())
            assert html.unescape(markup[span.start : span.end]) == word[0]


SCRAPS = """
< > </ /> <! <!-- --> -- <? ?> & ; &# &amp; &lol; ' " = <p <p> <a href= </p> <script <script> </script </script> <title>
</title> <textarea> <svg> <table> <tr> <td> <select> <option> <frameset> <plaintext> <xmp> <meta content= <body> </body>
</html> <html> <head> <style> <![CDATA[ ]]> <!DOCTYPE [ ]> word é
"""
ODD = ["\uffff", "\ufffe", "\ue000", "\U000f0000", "\U00100000", "\U000f0001\U00100001", "\U0010ffff", "\x01", "\x1f"]
letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
scraps = st.sampled_from([*SCRAPS.split(), " ", "\n", "\x85", *ODD])
soups = st.lists(scraps | letters, max_size=25).map("".join)


@given(soups)
@example("<p>\U000f0000\U00100000</p>\U000f0000")
@example('<meta name="x" content=">')
@example("&#xd800;&#0;&#x110000;&#99999999;")
@example("<</p><script--><")
@example("&#1")
@example("<<svg><style></p><")
@example("x&#xfdd0")
def test_any_text_is_parsed_and_points_back_into_itself(text: str) -> None:
    """No text stops the parser; its blocks hold text, and their spans lie inside the page, in order and apart."""
    markup = parse_markup(text)
    ends = [0, *(block.span.end for block in markup.blocks)]
    for end, block in zip(ends, markup.blocks, strict=False):
        assert end <= block.span.start <= block.span.end <= len(text)
        assert block.text.strip()
        assert block.text == " ".join(block.text.split())
        assert 0 <= block.link_length <= len(block.text)


@given(soups)
def test_any_text_between_tags_is_shown_as_it_stands(text: str) -> None:
    """Text that a page prints, whatever signs are in it, is the text of one block."""
    blocks = parse_markup(f"<p>{html.escape(text)}</p>").blocks
    assert [block.text for block in blocks] == ([" ".join(text.split())] if text.strip() else [])


BROKEN_UP: tuple[tuple[str, list[str]], ...] = (
    ("<p>One</p><p>Two</p>", ["One", "Two"]),
    ("<p>One<br>Two", ["One Two"]),
    ("<p>One<br><br>Two", ["One", "Two"]),
    ("<p>One <b>two</b>three</p>", ["One twothree"]),
    ("<p>One\n  <i> two </i>\n three</p>", ["One two three"]),
    ("One<div>Two</div>Three", ["One", "Two", "Three"]),
    ("<table><tr><td>One<td>Two</table>", ["One Two"]),
    ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
    ("<p>One&nbsp;two&#8212;three &amp; four</p>", ["One two—three & four"]),
    ("<p>1 < 2 and 3 > 2</p>", ["1 < 2 and 3 > 2"]),
    ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", ["<script>alert(1)</script>"]),
    ("<textarea>One</textarea>Two", ["One", "Two"]),
    ("<xmp>One</xmp>Two", ["One", "Two"]),
    ("<noscript>One</noscript><iframe>no</iframe><object>no</object>", ["One"]),
    ("<p>One</p></body></html>Two", ["One", "Two"]),
    ("<!doctype html><title>no</title><article><p>One</article>", ["One"]),
    ("<!-- <p>no</p>", []),
    ("<p>One<script>no", ["One"]),
    ("<script src='x'/><p>One", ["One"]),
    ("<p> &nbsp; </p>", []),
)


@pytest.mark.parametrize(("markup", "texts"), BROKEN_UP)
def test_blocks_end_where_a_reader_sees_them_end(markup: str, texts: list[str]) -> None:
    """Block elements, rows of a table and two line breaks end a block; all else runs on."""
    assert [" ".join(block.text.split()) for block in parse_markup(markup).blocks] == texts


def test_entities_of_a_document_are_never_expanded() -> None:
    """A page that declares entities inside entities stays as short as it is."""
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{laughs}]><html><body><p>&a9;!</p></body></html>'
    assert [block.text for block in parse_markup(page).blocks] == ["&a9;!"]


@pytest.mark.slow
def test_more_runs_than_one_plane_of_marks_are_all_kept() -> None:
    """A page of very many short lines loses none of them."""
    (block,) = parse_markup("x<br>" * 70_000).blocks
    assert len(block.text.split()) == 70_000


HEAD = """<html lang="en-GB"><head><title>Bridge opens &amp; closes</title>
<meta property="og:title" content="Bridge opens &quot;again&quot;"><meta name=Author content='By Jane Roe'>
<meta name="DC.date" content=2016-11-03><meta name="empty" content="">
<link rel="canonical" href="https://example.org/bridge"></head><body><time datetime="2016-11-04">today</time>"""
STATED = (
    ("og:title", 'Bridge opens "again"', "Bridge opens &quot;again&quot;"),
    ("author", "By Jane Roe", "By Jane Roe"),
    ("dc.date", "2016-11-03", "2016-11-03"),
)


@pytest.mark.parametrize(("name", "value", "printed"), STATED)
def test_what_the_head_states_is_found_with_its_place(name: str, value: str, printed: str) -> None:
    """A value of the head stands in the page where it says, however its attribute is quoted."""
    meta = parse_markup(HEAD).meta(name)
    assert meta is not None
    assert meta.span is not None
    assert meta.value == value
    assert HEAD[meta.span.start : meta.span.end] == printed


def test_the_page_says_its_title_language_and_address() -> None:
    """Title, language, canonical address and times are read; an empty value is none."""
    markup = parse_markup(HEAD)
    assert markup.head_title is not None
    assert markup.head_title.value == "Bridge opens & closes"
    assert (markup.language, markup.canonical) == ("en-GB", "https://example.org/bridge")
    assert [time.value for time in markup.times] == ["2016-11-04"]
    assert markup.meta("empty") is None


ANGLES = """<!DOCTYPE html><html lang="a > b"><title>Home > News</title><meta name="x > y" content="Home > News">
<link rel=canonical href="/?a=>b"><script type="application/ld+json">{"headline": "Home > News"}</script>
<p class="date [&>a]:x" title="n > x">On <time datetime="1 > 0">Friday</time> <a>Home > News  > now</a></p>"""


def test_a_page_may_have_angles_wherever_it_likes() -> None:
    """What its head, its attributes and its data say is said as printed, each > and what follows it."""
    markup = parse_markup(ANGLES)
    assert markup.head_title is not None
    assert (markup.head_title.value, markup.metas[0].name, markup.metas[0].value) == (
        "Home > News", "x > y", "Home > News",
    )  # fmt: skip
    assert (markup.language, markup.canonical, markup.json_ld) == ("a > b", "/?a=>b", ({"headline": "Home > News"},))
    assert [(sign.hints, sign.value) for sign in markup.signs] == [("date [&>a]:x", "n > x"), ("", "1 > 0")]
    assert [time.value for time in markup.times] == ["1 > 0"]
    assert markup.frames[-1].hints == "date [&>a]:x"


def test_an_angle_in_text_parts_no_text() -> None:
    """A line with > in it goes on behind it: what is counted of its links is counted as of any other line."""
    (block,) = parse_markup(ANGLES).blocks
    assert block.text == "On Friday Home > News > now"
    assert block.link_length == len("Home > News  > now")
    assert ANGLES[block.locate(block.text.index("now"), len(block.text)).start :].startswith("now</a>")


JSON_LD: tuple[tuple[str, list[str | None]], ...] = (
    ('{"@type": "NewsArticle", "datePublished": "2016-11-03"}', ["2016-11-03"]),
    ('[{"datePublished": "2016"}, {"datePublished": "2017"}]', ["2016", "2017"]),
    ('{"@graph": [{"datePublished": "2016"}]}', [None, "2016"]),
    ('{"datePublished": ', []),
    ('"2016"', []),
    ("[" * 5000, []),
    ('{"x": ' + "9" * 5000 + "}", []),
)


@pytest.mark.parametrize(("text", "dates"), JSON_LD)
def test_structured_data_is_read_or_passed_over(text: str, dates: list[str | None]) -> None:
    """Objects of the page's structured data are found in lists and graphs; what is broken says nothing."""
    markup = parse_markup(f'<script type="application/ld+json">{text}</script>')
    assert [item.get("datePublished") for item in markup.json_ld] == dates


@pytest.mark.parametrize("selector", ['[title="n > x"]', ".date", '[class*="&>a"]', ':is([title="n > x"])'])
def test_a_selector_may_ask_for_angles(selector: str) -> None:
    """An attribute is for a selector what the page prints."""
    (block,) = parse_markup(ANGLES, {"day": selector}).blocks
    assert block.labels == ("day",)


def test_a_selector_labels_the_blocks_below_it() -> None:
    """A rule's selector labels all text of its elements, and an inline element becomes a block of its own."""
    page = "<div class='who'>By <b>Jane</b></div><p>On <time>Friday</time> it rained.</p>"
    blocks = parse_markup(page, {"byline": "div.who", "day": "p time"}).blocks
    assert [(block.text, block.labels) for block in blocks] == [
        ("By Jane", ("byline",)), ("On", ()), ("Friday", ("day",)), ("it rained.", ()),
    ]  # fmt: skip
