"""Hostile pages: nesting without end, tags without end, and time in proportion to the page all the same."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.extractor import find_body
from archive.cleaning.forest import shipped_forest
from archive.cleaning.marks import SELF_CLOSED
from archive.cleaning.markup import parse_markup
from archive.cleaning.nesting import DEEPEST, STYLE_TAG, flatten_nesting
from archive.cleaning.odd_tags import find_odd_tags

DEEP = (
    "<div>", "<b>", "<p><span>", "<table>", "<a><div>", "<ul><li>", "<i class=x><p>", "<svg><g>", "<section><h1>",
    "<div><script></script>", "<div></x>", "<x><div></x></div>", "<div><table><td></div>", "<x><b></x>",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("opening", DEEP)
def test_nesting_without_end_is_read_in_time(opening: str) -> None:
    """Fifty thousand elements inside each other, or twice as many, take a moment, and the word inside them is kept."""
    start = process_time()
    blocks = parse_markup(f"{opening * 50_000}One</div>Two<p>Three").blocks
    assert process_time() - start < 2
    assert opening == "<svg><g>" or "".join(block.text for block in blocks).startswith("One")


def test_styles_without_end_are_read_in_time() -> None:
    """Styles that HTML would open again in every paragraph are not multiplied."""
    start = process_time()
    markup = parse_markup("".join(f"<font size={n}>" for n in range(5_000)) + "<p>One</p>" * 5_000)
    assert process_time() - start < 2
    assert len(markup.blocks) == 5_000


HOSTILE = (
    "<p>One &amp; two. </p>", "<div class='comment'><p>One.", "<td>One", "<a href=x>One</a> ", "<!-- ", "<p title='",
    "&#", "<script>", "<p>One\n   two\t", "<time datetime=2016>", "<meta name=a content=", "</p>", "<tr><td>One<td>Two",
    "<![CDATA[", '<meta content="', "<time datetime='", ">", "> One", "<p title='> One'>", "<script/>One",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("scrap", HOSTILE)
def test_time_grows_with_the_page_only(scrap: str) -> None:
    """Eight times the page takes about eight times the time, from the first tag to the body found."""
    forest = shipped_forest()
    assert forest is not None

    def measure(times: int) -> float:
        start = process_time()
        find_body(parse_markup(scrap * times), -1, forest)
        return process_time() - start

    measure(100)
    # What grows with the square would take 64 times as long; large pages are slower than small ones in any cache.
    assert min(measure(16_000), measure(16_000)) < 8 * 4 * max(measure(2_000), 0.03)


def test_a_page_of_people_stays_as_it_is() -> None:
    """A page of usual depth is not touched, however long."""
    page = "<div><ul>" + "<li><p><b>One</b> two</p></li>" * 400 + "</ul></div>"
    assert flatten_nesting(page) is page


LETTERS = "<<<bBiIeEmMsScCrRiIpPtT/> \té"


@given(st.lists(st.sampled_from(["<b>", "<EM ", "<script/>", "<Script a />", "<i/", "<s"]) | st.sampled_from(LETTERS)))
def test_no_odd_tag_is_missed_at_a_glance(pieces: list[str]) -> None:
    """Two letters tell of all tags that style, and of all scripts that are closed in their own tag."""
    page = "".join(pieces)
    found = find_odd_tags(page.encode())
    assert found.styles >= len(STYLE_TAG.findall(page))
    assert found.tags >= len(STYLE_TAG.findall(page)) + len(SELF_CLOSED.findall(page))
    closed = {len(page[: script.start()].encode()) for script in SELF_CLOSED.finditer(page)}
    assert closed <= set(found.scripts)


def test_what_nests_too_deep_keeps_its_length() -> None:
    """Tags beyond the limit become comments of the same length, so that every offset stays true."""
    page = "<div><!-- <div> --><script>'<div>'</script>" * 9_000 + "One" + "</div>" * 9_000
    flat = flatten_nesting(page)
    assert len(flat) == len(page)
    assert page.count("<div>") - flat.count("<div>") == flat.count("<!iv>") == 9_000 - DEEPEST
