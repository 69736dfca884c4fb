"""The original beside the cleaned report, and the untouched bytes."""

import hashlib

import pytest
from flask.testing import FlaskClient

from archive.model import Block, JudgedBlock
from indexer import Catalogue, Span
from tests.reading import find_id, read, said
from web.pages.original import LONGEST_MARKED, mark_stretch, read_span, within


@pytest.fixture(scope="module")
def signal(reading_room: Catalogue) -> str:
    """Return the id of an HTML page with menus, sharing buttons and a caption."""
    return find_id(reading_room, 'title:"old city" outlet:marrowby-signal')


def judged(text: str, start: int = 0, *, kept: bool = True) -> JudgedBlock:
    """Return a block that stands at this place of its original."""
    return JudgedBlock(Block(text, Span(start, start + len(text))), kept, "paragraph", "test/rule")


def test_every_block_is_shown_in_page_order(reader: FlaskClient, signal: str, reading_room: Catalogue) -> None:
    """Nothing of the page is missing, and nothing has moved."""
    shown = [said(block) for block in read(reader, f"/a/{signal}/original").select(".block .words")]
    assert shown == [" ".join(judged.block.text.split()) for judged in reading_room.blocks(signal)]


def test_what_was_set_aside_says_why(reader: FlaskClient, signal: str, reading_room: Catalogue) -> None:
    """A greyed block names its kind and the rule that set it aside."""
    verdicts = [said(tag) for tag in read(reader, f"/a/{signal}/original").select(".block.aside .verdict")]
    rules = [block.rule for block in reading_room.blocks(signal) if not block.kept]
    assert [verdict.rpartition(" ")[2] for verdict in verdicts] == rules
    assert all(verdict.startswith("set aside: ") for verdict in verdicts)


def test_the_cleaned_report_stands_beside_it(reader: FlaskClient, signal: str) -> None:
    """Blocks that became paragraphs lead to them."""
    page = read(reader, f"/a/{signal}/original")
    numbers = [str(link["href"]) for link in page.select(".block .verdict a")]
    assert numbers
    assert all(page.select_one(f".cleaned {number}") for number in numbers)


@pytest.mark.parametrize("at", ["x", "5", "-", "9-", "1-2-3", "9" * 40 + "-1", "٣-٤"])
def test_a_strange_place_is_no_place(reader: FlaskClient, signal: str, at: str) -> None:
    """An address that asks for no real stretch shows the page without marks."""
    assert not read(reader, f"/a/{signal}/original?at={at}").select("mark")


def test_a_place_outside_the_blocks_is_explained(reader: FlaskClient, signal: str) -> None:
    """A stretch inside the page's head is not shown, and the page says so."""
    assert "metadata" in said(read(reader, f"/a/{signal}/original?at=0-5").select_one(".notes"))


def test_the_untouched_bytes_come_only_as_a_download(reader: FlaskClient, signal: str, reading_room: Catalogue) -> None:
    """The file is sent byte for byte, as something no browser shows, under a name of ours."""
    response = reader.get(f"/a/{signal}/original/raw")
    assert hashlib.sha256(response.data).hexdigest() == reading_room.report(signal).report.source.sha256
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{signal}.html.txt"'


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        (100, 104, (("The ", True), ("bridge fell", False))),
        (104, 110, (("The ", False), ("bridge", True), (" fell", False))),
        (90, 200, (("The bridge fell", True),)),
        (0, 100, (("The bridge fell", False),)),
        (115, 120, (("The bridge fell", False),)),
    ],
)
def test_a_stretch_is_marked_where_it_stands(start: int, end: int, parts: tuple[tuple[str, bool], ...]) -> None:
    """Marks follow places in the original, not in the block's text."""
    assert mark_stretch(judged("The bridge fell", 100), Span(start, end)) == parts


def test_folded_white_space_does_not_move_a_mark() -> None:
    """Where the original has more white space than the block shows, the mark still finds its word."""
    block = Block("The bridge", Span(0, 14), runs=((0, 0), (4, 8)))
    assert mark_stretch(JudgedBlock(block, kept=True, kind="paragraph", rule="r"), Span(8, 14)) == (
        ("The ", False),
        ("bridge", True),
    )


def test_a_very_long_block_is_marked_whole() -> None:
    """A line of megabytes is not searched letter by letter."""
    assert mark_stretch(judged("x" * (LONGEST_MARKED + 1)), Span(5, 6)) == (("x" * (LONGEST_MARKED + 1), True),)


@pytest.mark.parametrize(("text", "span"), [("10-20", Span(10, 20)), ("10-10", Span(10, 11)), ("20-10", Span(20, 21))])
def test_a_place_has_at_least_one_letter(text: str, span: Span) -> None:
    """An empty stretch marks the letter it stands before."""
    assert read_span(text) == span


def test_a_page_beyond_the_limit_shows_its_beginning() -> None:
    """As many blocks as fit are shown, at least one, and whether that is all is known."""
    blocks = [judged("ten letter"), judged("ten letter"), judged("ten letter")]
    assert [within(blocks, limit)[1] for limit in (30, 29)] == [True, False]
    assert len(within(blocks, 1)[0]) == 1
