"""Words laid out in lines for an engine stand where the analysis says."""

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis import Token, tokenize
from indexer.layout import FILLER, STREAMS, STRIDE, joined_term, lay_out, list_words

TEXTS = st.lists(
    st.sampled_from(
        [
            "al-Qaim",
            "U.S.-led",
            "1,200",
            "Mosul's",
            "x-y-z",
            "Łódź",
            "«a»,b",
            '("bank,"',
            "'1987'.",
            "_a_",
            "a" * 101,
            "-",
            " ",
        ]
    )
    | st.text()
)


def read_back(line: str) -> set[tuple[int, str]]:
    """Return the words of a line with their positions, as a library that splits at spaces counts them."""
    return {(place, word) for place, word in enumerate(line.split()) if word != FILLER}


def place(token: Token) -> int:
    """Return where a token is laid."""
    return STRIDE * token.position + token.joined


@given(TEXTS.map(" ".join))
@example("Abu Bakr al-Baghdadi spoke")
def test_every_form_stands_where_the_analysis_says(text: str) -> None:
    """In each stream a word stands at three times its position, and a joined form one further."""
    tokens, laid_out = tokenize(text), lay_out(text)
    assert (laid_out is None) == (not tokens)
    for stream, line in zip(STREAMS, laid_out.streams if laid_out else (), strict=False):
        assert read_back(line) == {(place(token), token.form(stream)) for token in tokens}


def test_joined_forms_are_named_for_each_stream() -> None:
    """Whoever looks for a phrase can ask whether a word of it stands anywhere as a joined form."""
    laid_out = lay_out("Caught in al-Qaim, alqaim.")
    assert laid_out
    assert set(laid_out.joined.split()) == {
        joined_term("stem", "alqaim"), joined_term("folded", "alqaim"), joined_term("printed", "alQaim")}  # fmt: skip


@given(TEXTS.map(" ".join))
def test_words_are_listed_without_joined_forms(text: str) -> None:
    """What a text is laid out as tells its words in order, as the analysis has them."""
    assert list_words(text, "folded") == [token.folded for token in tokenize(text) if not token.joined]
