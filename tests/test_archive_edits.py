"""What one edit makes of one field's value, and which edits there cannot be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.edits import Edit, change, check_edit, is_same, show
from archive.errors import BadEdit

LINE = {"value": "By A. Reed in Ur", "authors": ["A. Reed"], "place": "Ur"}


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (Edit("language", "set", "ar"), "en", "ar"),
        (Edit("title", "set", None), "Bridge opened", None),
        (Edit("section", "add", "War"), ["World"], ["World", "War"]),
        (Edit("section", "add", "War"), ["War"], ["War"]),
        (Edit("section", "remove", "War"), ["World", "War"], ["World"]),
        (Edit("outlet", "remove", "gazette"), "gazette", None),
        (Edit("outlet", "remove", "gazette"), "herald", "herald"),
        (Edit("outlet", "replace", "herald", old="gazette"), "gazette", "herald"),
        (Edit("outlet", "replace", "herald", old="gazette"), None, None),
        (Edit("section", "replace", "War", old="Wars"), ["Wars", "War"], ["War"]),
        (Edit("byline", "replace", "Ann Reed", old="A. Reed"), LINE,
         {"value": "By Ann Reed in Ur", "authors": ["Ann Reed"], "place": "Ur"}),
        (Edit("title", "find", "Mosul", old="mosul"), "MOSUL falls", "Mosul falls"),
        (Edit("title", "find", "Mosul", old="mosul", exact_case=True), "MOSUL falls", "MOSUL falls"),
        (Edit("title", "find", "town", old="city", whole_words=True), "city, citywide", "town, citywide"),
        (Edit("title", "find", "", old=" | Gazette"), "Bridge opened | Gazette", "Bridge opened"),
        (Edit("title", "find", "", old="Gazette"), "Gazette", None),
        (Edit("title", "find", r"\1", old="a.c"), "abc a.c", r"abc \1"),
        (Edit("section", "find", "", old="War"), ["War", "World"], ["World"]),
        (Edit("byline", "find", "Ann", old="A."), LINE,
         {"value": "By Ann Reed in Ur", "authors": ["Ann Reed"], "place": "Ur"}),
        (Edit("published", "confirm"), "2016-11", "2016-11"),
    ],
)  # fmt: skip
def test_what_an_edit_makes_of_a_value(edit: Edit, before: Any, after: Any) -> None:  # noqa: ANN401
    """Each act does to the value what it says, and nothing else."""
    assert change(check_edit(edit), before) == after


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit("body", "set", "x"), "field 'body' is not one for 'set'"),
        (Edit("title", "add", "x"), "goes with section, places"),
        (Edit("title", "burn", "x"), "no act 'burn'"),  # type: ignore[arg-type]
        (Edit("section", "add", " "), "say which value"),
        (Edit("title", "find", "x", old=" "), "say what is to be replaced"),
        (Edit("title", "set", "x" * 2_001), "at most 2,000 characters"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(edit: Edit, said: str) -> None:
    """The sentence says what is wrong, and that nothing was changed."""
    with pytest.raises(BadEdit, match=rf"{said}.*Nothing was changed"):
        check_edit(edit)


@given(st.text(max_size=40), st.text(min_size=1, max_size=5).filter(str.strip), st.text(max_size=5))
def test_what_is_not_found_is_left_as_it_is(text: str, old: str, new: str) -> None:
    """Find and replace touches no value in which the text does not stand."""
    if old.casefold() not in text.casefold() and old.lower() not in text.lower() and old.upper() not in text.upper():
        assert change(Edit("title", "find", new, old=old), text) == text


def test_a_byline_written_as_its_line_is_the_same() -> None:
    """A byline is compared by its line when only that is given, and empty is empty however written."""
    assert is_same("byline", LINE, "By A. Reed in Ur")
    assert not is_same("byline", LINE, "A. Reed")
    assert is_same("section", [], None)
    assert (show(None), show(LINE), show(["a"])) == ((), ("By A. Reed in Ur",), ("a",))
