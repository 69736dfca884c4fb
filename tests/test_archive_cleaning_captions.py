"""What is looked at before a page's captions are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.authorities.parts import load_part
from archive.cleaning.captions import CAPTIONS, MAYBE


@pytest.mark.parametrize("name", ["names", "picture"])
def test_every_name_of_a_picture_passes_the_quick_look(name: str) -> None:
    """Whatever the part's own patterns fit holds one of the words that are looked for first."""

    @given(st.from_regex(load_part(CAPTIONS)[name], alphabet=st.characters(max_codepoint=127)))
    def look(hints: str) -> None:
        assert any(word in hints for word in MAYBE)

    look()
