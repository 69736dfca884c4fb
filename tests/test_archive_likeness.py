"""Two texts are compared by the short runs of words they share."""

import pytest

from archive.likeness import FEWEST, MARKS, Words, compare_texts
from tests.copies import write_copy

COPY, OTHER = write_copy(1), write_copy(2)
RENAMED = tuple(part.replace("militia", "fighters").replace("convoy", "trucks") for part in COPY)
FORM_SENTENCES = (
    "Output of grain rose to {} tons in the valley in {} from {} tons in {}, the council said. Stocks in the harbour "
    "stood at {} tons and prices at {} a sack against {} a month before, the council said in its monthly survey of the "
    "market at the bridge."
)
FORM = (FORM_SENTENCES.format(412, "March", 389, "February", "1,204", "16-3/4", "15-1/2"),)
NEXT_FORM = (FORM_SENTENCES.format(455, "April", 412, "March", "1,377", "17-1/4", "16-3/4"),)


@pytest.mark.parametrize(
    ("one", "other", "one_house", "reprint"),
    [
        (COPY, COPY, True, True),
        (COPY, COPY[:3], False, True),  # cut
        (COPY, (COPY[0], *COPY[3:]), False, True),  # thinned
        (COPY, (*COPY[:2], *OTHER[:2], *COPY[2:]), False, True),  # added to
        (COPY, RENAMED, False, True),
        (COPY, (OTHER[0], *COPY), False, True),  # opened anew
        (COPY, OTHER, False, False),
        (COPY, (*OTHER, COPY[-1]), False, False),  # a follow-up with a paragraph of background
        ((*COPY[:3], *OTHER[3:]), (*write_copy(3, 3), *OTHER[3:]), True, False),  # closed alike, one house
        (FORM, NEXT_FORM, True, False),  # the same form, filled in for another month
        (("Troops crossed the river.",), ("Troops crossed the river.",), False, False),  # too short to tell
        ((), (), False, False),
    ],
)
def test_reprints_are_told_from_what_only_looks_alike(
    one: tuple[str, ...],
    other: tuple[str, ...],
    one_house: bool,  # noqa: FBT001 - a column of the table
    reprint: bool,  # noqa: FBT001
) -> None:
    """Cut, added to, renamed: a reprint; new news, shared closings, a form filled in: another story."""
    likeness = compare_texts(Words(one), Words(other))
    assert likeness.is_reprint(one_house=one_house) is reprint
    assert compare_texts(Words(other), Words(one)) == likeness


def test_marks_are_few_and_shared_by_what_is_shared() -> None:
    """A text has at most MARKS marks, a part of it shares some, and a text too short has none."""
    whole, part = Words(COPY).marks, Words(COPY[:3]).marks
    assert len(whole) == MARKS
    assert len(set(whole) & set(part)) >= 2
    assert Words(("one two three four " * FEWEST,)).marks == ()
