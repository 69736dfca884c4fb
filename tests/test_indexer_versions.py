"""Two versions of one piece of copy are compared sentence by sentence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.versions import compare_versions, count_printing, split_sentences

LEADING = (
    "The militants held the bridge for two days. Gen. Aziz said the U.S. Army would stay. “We left at night.” "
    "The mayor asked the militants to leave."
)
WHOLE = (LEADING, "Bread was handed out in the market.")
CUT = ("The rebels held the bridge for two days. The mayor asked the rebels to leave.", "A school was closed.")
TEXTS = st.lists(st.text(st.sampled_from("abAB .!?\n“”"), max_size=60), max_size=4)


def test_sentences_end_where_readers_see_them_end() -> None:
    """Short forms and single capitals end no sentence; a closing quotation mark belongs to its own."""
    assert [sentence.text for sentence in split_sentences(WHOLE)] == [
        "The militants held the bridge for two days.",
        "Gen. Aziz said the U.S. Army would stay.",
        "“We left at night.”",
        "The mayor asked the militants to leave.",
        "Bread was handed out in the market.",
    ]


def test_what_was_changed_cut_and_added_is_told() -> None:
    """Every sentence of either version is in a row, and what was renamed is counted."""
    found = compare_versions(split_sentences(WHOLE), split_sentences(CUT))
    assert [row.change for row in found.rows] == ["changed", "cut", "cut", "changed", "cut", "added"]
    assert found.renamed == (("militants", "rebels", 2),)
    assert found.rows[0].second == (("The", False), (" rebels", True), (" held the bridge for two days.", False))
    assert (found.count("cut"), found.count("same")) == (3, 0)


def test_a_sentence_in_another_place_has_moved() -> None:
    """The longest part in one order stands still; what stands elsewhere is moved, not cut and added."""
    first = split_sentences(("Bread was handed out. The river rose again. Three boats came in.",))
    second = split_sentences(("Three boats came in. Bread was handed out. The river rose again.",))
    assert [row.change for row in compare_versions(first, second).rows] == ["same", "same", "moved"]


def test_each_sentence_knows_who_prints_it() -> None:
    """Sentences are counted over all other versions, changed or not."""
    others = [split_sentences(CUT), split_sentences(WHOLE[:1])]
    assert count_printing(split_sentences(WHOLE), others) == (2, 1, 1, 2, 0)


@settings(max_examples=50)
@given(TEXTS, TEXTS)
def test_no_sentence_is_lost(first: list[str], second: list[str]) -> None:
    """The rows hold every sentence of both versions once, whatever the texts are."""
    one, other = split_sentences(first), split_sentences(second)
    rows = compare_versions(one, other).rows
    lefts = ["".join(text for text, _ in row.first) for row in rows if row.first]
    rights = ["".join(text for text, _ in row.second) for row in rows if row.second]
    assert lefts == [sentence.text for sentence in one]
    assert sorted(rights) == sorted(sentence.text for sentence in other)
