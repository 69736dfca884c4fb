"""What a page calls its parts: names are looked up letter pair by letter pair, and mean what the list of words says."""

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.hints import (
    BIT,
    HINT_WORDS,
    LONGEST,
    PAIR_BITS,
    PROMISE,
    PROMISING,
    hint_bits,
    pick_names,
)

ALL_WORDS = re.compile("|".join(f"(?P<{name}>{words})" for name, words in HINT_WORDS.items()))
KNOWN = sorted({*re.findall("[a-z]{2,}", " ".join(HINT_WORDS.values())), *PROMISE.pattern.split("|")})
pieces = st.lists(st.sampled_from(KNOWN) | st.text("acdeimnoprst", max_size=3), max_size=4).map("".join)


@given(pieces.filter(bool))
def test_a_word_means_what_the_whole_list_says(piece: str) -> None:
    """Looking by the first two letters finds what looking through the list from end to end finds."""
    found = [match.lastgroup or "" for match in ALL_WORDS.finditer(piece)] if len(piece) <= LONGEST else []
    wanted = sum({BIT[name] for name in found})
    assert hint_bits(piece) & (PROMISING - 1) == wanted
    assert bool(hint_bits(piece) & PROMISING) == (PROMISE.search(piece) is not None or piece.endswith("time"))


@given(st.sampled_from(sorted(PAIR_BITS)), st.sampled_from("-_ 0"))
def test_two_words_mean_more_than_each(pair: tuple[str, str], between: str) -> None:
    """A pair is seen whatever parts its words."""
    bits = hint_bits(between.join(pair))
    assert bits & PAIR_BITS[pair]
    assert bits & hint_bits(pair[0]) == hint_bits(pair[0])


def test_time_promises_only_where_the_word_ends() -> None:
    """A class named for the time of day is a sign, one for timelines and sometimes-words is none."""
    names = ("post-time", "time", "time_left", "timeline", "x" * 600 + " author", "x" * 600 + " time", "date " * 200)
    promises = [bool(hint_bits(name) & PROMISING) for name in names]
    assert promises == [True, True, False, False, True, True, True]


@given(st.sets(st.text("ab \n-", max_size=6)), st.lists(st.sampled_from(["a", "ba", "b b"])))
def test_names_are_picked_by_the_words_in_them(names: set[str], words: list[str]) -> None:
    """Looking through all names of a page at once picks those that hold a word, line ends and all."""
    assert pick_names(names, words) == {name for name in names if any(word in name for word in words)}
