"""Report ids: always the same for the same original, and safe to read out."""

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from archive.identifiers import make_report_id

digests = st.binary(max_size=20).map(lambda content: hashlib.sha256(content).hexdigest())


def test_an_id_never_changes() -> None:
    """The id of this original is what it was when the first archive was made; a link to it must not break."""
    assert make_report_id("0" * 64) == "1vx1vjrgg3kr"
    assert make_report_id("0" * 64, part=1) == "524txfgvmqbw"


@given(digests, st.integers(0, 1000))
def test_an_id_is_twelve_signs_that_spell_no_word(digest: str, part: int) -> None:
    """An id has twelve signs: figures and consonants, no vowels, no l."""
    assert re.fullmatch("[0-9bcdfghjkmnpqrstvwxz]{12}", make_report_id(digest, part))


def test_no_two_of_many_originals_share_an_id() -> None:
    """Ten thousand originals and their parts have ten thousand ids."""
    ids = {make_report_id(hashlib.sha256(b"%d" % n).hexdigest(), part) for n in range(5000) for part in (0, 1)}
    assert len(ids) == 10_000
