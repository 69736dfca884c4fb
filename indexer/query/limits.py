"""How much one query may ask, so that any text is answered at once."""

from math import comb

MAX_LENGTH = 10_000  # characters
MAX_DEPTH = 50  # parentheses inside parentheses
MAX_TERMS = 200  # words, those in phrases counted
MAX_SLOP = 50  # less than the gap between paragraphs
MAX_WILDCARDS = 5  # * and ? in one word
MAX_PAIRS = 100  # choices on one side of W/n, times those on the other
MAX_ARRANGEMENTS = 300  # ways to spread the words between; an engine tries each of them


def allowed_slop(words: int) -> int:
    """Return how many further words may stand between the first and the last of so many words."""
    if words < 2:  # noqa: PLR2004 - nothing stands between one word
        return 0
    slop = MAX_SLOP
    while comb(slop + words - 1, words - 1) > MAX_ARRANGEMENTS:
        slop -= 1
    return slop
