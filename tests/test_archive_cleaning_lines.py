"""Plain text into blocks: nothing is lost, and every word knows where it came from."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.cleaning.lines import split_lines
from archive.model import Span

WRAPPED = """VALLETTA, 1 JAN 60 (FWS) -- The harbour was closed to all ships on
friday evening after a fire on the mole, and the boats that were still
out had to lie under the lee of the island until the morning, when the
harbour master let them in one after another.

The fire had begun in a store of rope, a sergeant said, and had burned
for six hours before the fire boats of the yard put it out. nobody was
hurt, but two cranes fell into the basin and will have to be raised by
divers before the larger ships can be brought alongside again.

A second store was saved by the crew of a collier who came ashore with
buckets.
"""

spaces = st.sampled_from([" ", "  ", "\t", "\u00a0", "\u3000", "\x1f", "\n", "\r\n", "\n\n", "\v", "\u2028", "\x85"])
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
texts = st.lists(st.one_of(words, spaces), max_size=30).map("".join)


@given(texts)
@example("a\u00a0\u00a0b \u3000c\n\u00a0\n")
@example(WRAPPED)
def test_every_character_is_in_one_block(text: str) -> None:
    """Each character that is not white space lies in exactly one block's span, and blocks come in order."""
    blocks = split_lines(text)
    ends = [0, *(block.span.end for block in blocks)]
    assert all(end <= block.span.start < block.span.end for end, block in zip(ends, blocks, strict=False))
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(text.split())
    assert all("".join(text[b.span.start : b.span.end].split()) == "".join(b.text.split()) for b in blocks)


@given(texts)
@example(WRAPPED)
@example("  a\u00a0 b  c ")
def test_every_word_is_found_in_the_original(text: str) -> None:
    """A word of a block stands in the original where the block says."""
    for block in split_lines(text):
        for word in re.finditer(r"\S+", block.text):
            span = block.locate(*word.span())
            assert text[span.start : span.end] == word[0]


@given(texts)
def test_white_space_in_a_block_is_folded(text: str) -> None:
    """Between two words of a block stands one space, and none at its ends, unless it holds no word."""
    assert all(block.text == " ".join(block.text.split()) or block.text.isspace() for block in split_lines(text))


LINES: tuple[tuple[str, list[str]], ...] = (
    ("One.\nTwo.", ["One.", "Two."]),
    ("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
    ("\n\n  One \t two \n\n", ["One two"]),
    ("One\fTwo\vThree\x85Four\u2028Five", ["One", "Two", "Three", "Four", "Five"]),
    ("One\n\u00a0\nTwo", ["One", "\u00a0", "Two"]),
    (" \t \n", []),
    ("", []),
)


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_a_line_is_a_block(text: str, lines: list[str]) -> None:
    """Whatever ends a line ends a block; a line of no-break spaces is a block too."""
    assert [block.text for block in split_lines(text)] == lines


def test_lines_typed_to_a_width_are_joined() -> None:
    """Lines that break in the middle of sentences are one paragraph, up to the next blank line."""
    paragraphs = split_lines(WRAPPED)
    assert [block.text[:9] for block in paragraphs] == ["VALLETTA,", "The fire ", "A second "]
    assert paragraphs[0].text.endswith("on friday evening after a fire on the mole, and the boats that were still "
                                       "out had to lie under the lee of the island until the morning, when the "
                                       "harbour master let them in one after another.")  # fmt: skip


def test_lines_that_only_happen_to_be_short_are_not_joined() -> None:
    """A page of headings and labels keeps its lines, also where one begins with a small letter."""
    menu = "Home\nnews\nWorld\nsports\nAbout us\n" * 3
    assert [block.text for block in split_lines(menu)] == menu.split("\n")[:-1]


def test_locating_nothing_is_a_place_and_no_stretch() -> None:
    """An empty stretch of a block is an empty span."""
    (block,) = split_lines("  One two")
    assert block.locate(4, 4) == Span(6, 6)
