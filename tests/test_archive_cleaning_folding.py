"""Folding texts into one line: white space single, and every code point's origin kept."""

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.folding import NOWHERE, fold
from archive.cleaning.marks import MARK, mark_runs, split_marks
from archive.model import Block

PIECES = ("a", "bc", " ", "  ", "\n\t", "&amp;", "&nbsp;", "&#8212;", "&", "&lol;", "é", "\u3000", "\U0001f600")
printed_texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


@given(st.lists(st.tuples(printed_texts, st.booleans()), min_size=1, max_size=5))
def test_every_code_point_is_found_again(printed: list[tuple[str, bool]]) -> None:
    """What a folded line locates in the page reads, entities decoded and white space folded, as the line does."""
    plain, texts, places = "", [], []
    for text, parted in printed:
        plain += "<i>"
        texts += [html.unescape(text), *([" "] if parted else [])]
        places += [len(plain), *([NOWHERE] if parted else [])]
        plain += text
    folded = fold(plain, texts, places)
    assert (folded is None) == (not "".join(texts).strip())
    if folded is None:
        return
    line, span, runs = folded
    assert line == " ".join("".join(texts).split())
    block = Block(line, span, runs=runs)
    for number, sign in enumerate(line):
        place = block.locate(number, number + 1)
        assert sign == " " or html.unescape(plain[place.start : place.end]) == sign
    assert all(first <= second for (first, _), (second, _) in pairwise(runs))


FOLDED: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...] = (
    ("one two", "one two", ((0, 0),)),
    ("one\n  two", "one two", ((0, 0), (4, 6))),
    ("  one  ", "one", ((0, 2),)),
    ("a &amp; b", "a & b", ((0, 0), (3, 7))),
)


@pytest.mark.parametrize(("plain", "line", "runs"), FOLDED)
def test_runs_say_where_the_line_and_the_page_part(plain: str, line: str, runs: tuple[tuple[int, int], ...]) -> None:
    """A pair stands only where the two stop to advance together."""
    folded = fold(plain, [html.unescape(plain)], [0])
    assert folded is not None
    assert (folded[0], folded[2]) == (line, runs)


TAGS = (
    "<b>",
    "</b>",
    "<!-- x -->",
    "<!-- x > y -->",
    "<script>x > y</script>",
    '<i title="x > y">',
    "<br/>",
    " > ",
    "<",
)


@given(st.lists(st.sampled_from([*PIECES, *TAGS, "x"]), max_size=20))
def test_marks_stand_before_every_run_of_text(pieces: list[str]) -> None:
    """Without its marks the page is as it was, and each mark's place is where its run begins."""
    page = "".join(pieces)
    marked = mark_runs(page)
    text = marked.markup.decode()
    assert MARK.sub("", text) == page
    assert len(MARK.findall(text)) == len(marked.starts)
    for number, run in split_marks(text):
        assert number < 0 or page.startswith(run.partition("<")[0], marked.starts[number])
