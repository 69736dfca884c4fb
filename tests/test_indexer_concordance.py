"""A concordance has one line for every place that the highlighting marks, in the order asked for."""

import pytest

from indexer.concordance import CONTEXT, LINE_ORDERS, Line, LineOrder, read_lines, sort_lines
from indexer.document import DEFAULT_KEYS, make_document
from indexer.highlight import mark_texts
from indexer.query.meaning import understand
from indexer.query.parser import parse
from tests.engine_contract import write_report

REPORTS = [
    write_report(1, "The bridge fell", "An old bridge stood here. The new bridge is narrow.", outlet="dusk"),
    write_report(2, "Quiet day", "Nobody crossed.", "A bridge, some said, would help.", outlet="dawn"),
    write_report(3, "Rivers", "B" * 300 + " bridge " + "c" * 300),
]


def lines(query: str) -> list[Line]:
    """Return the lines of a query in the order of the reports."""
    return list(read_lines(REPORTS, understand(parse(query).tree, DEFAULT_KEYS)))


@pytest.mark.parametrize("query", ["bridge", '"old bridge"', "brid*", "brigde~", "bridge -narrow", "crossed OR help"])
def test_every_mark_is_a_line(query: str) -> None:
    """Whatever kind of query: the keywords are the marked words of title and text, and no others."""
    clause = understand(parse(query).tree, DEFAULT_KEYS)
    marked = []
    for stored in REPORTS:
        texts = mark_texts(make_document(stored).texts, clause)
        marked += [text for key in ("title", "text") for parts in texts[key] for text, hit in parts if hit]
    assert [line.keyword for line in lines(query)] == marked


def test_a_line_knows_its_paragraph_and_keeps_to_it() -> None:
    """Context ends with the passage, a paragraph has the number its page gives it, a title has none."""
    found = lines("bridge")
    assert [(line.report_id, line.field, line.passage) for line in found] == [
        ("id001", "title", None), ("id001", "text", 1), ("id001", "text", 1),
        ("id002", "text", 2), ("id003", "text", 1),
    ]  # fmt: skip
    assert (found[3].left, found[3].right) == ("A ", ", some said, would help.")
    assert max(len(found[4].left), len(found[4].right)) <= CONTEXT


@pytest.mark.parametrize(
    ("order", "lefts"),
    [
        ("newest", ["The ", "An old ", "An old bridge stood here. The new ", "A "]),
        ("L1", ["A ", "An old bridge stood here. The new ", "An old ", "The "]),
        ("R1", ["The ", "An old bridge stood here. The new ", "A ", "An old "]),
        ("outlet", ["A ", "The ", "An old ", "An old bridge stood here. The new "]),
    ],
)
def test_lines_are_sorted_by_words_or_outlet(order: LineOrder, lefts: list[str]) -> None:
    """L1 looks at the word before the keyword, R1 at the one after it; equal lines stay in the reports' order."""
    found = sort_lines(lines("bridge")[:4], order)
    assert [line.left for line in found] == lefts


@pytest.mark.parametrize("order", LINE_ORDERS)
def test_sorting_on_disk_gives_what_sorting_in_memory_gives(order: LineOrder) -> None:
    """Many short runs merge into the same order as one long one, and no line is lost."""
    many = [line._replace(report_id=f"{at}\ud800") for at in range(5) for line in lines("bridge")]
    assert list(sort_lines(many, order, run=3)) == list(sort_lines(many, order))
    assert sorted(sort_lines(many, order, run=3)) == sorted(many)
