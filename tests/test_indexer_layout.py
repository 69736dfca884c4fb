"""Words laid out in lines for an engine stand where the analysis says."""

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis import tokenize
from indexer.layout import BESIDE, STREAMS, lay_out, list_words

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


@given(TEXTS.map(" ".join))
@example("Abu Bakr al-Baghdadi spoke")
def test_every_form_stands_where_the_analysis_says(text: str) -> None:
    """In each stream word k is the k-th of the line, and joined forms are told with their positions."""
    tokens, laid_out = tokenize(text), lay_out(text)
    assert (laid_out is None) == (not tokens)
    words = [token for token in tokens if not token.joined]
    for number, (stream, line) in enumerate(zip(STREAMS, laid_out.streams if laid_out else (), strict=False)):
        assert laid_out
        assert [token.position for token in words] == list(range(laid_out.words))
        assert line.split() == [token.form(stream) for token in words]
        joined = [(joined.place, joined.forms[number]) for joined in laid_out.joined]
        assert joined == [(token.position, token.form(stream)) for token in tokens if token.joined]


@given(TEXTS.map(" ".join))
def test_no_form_has_the_sign_of_joined_ones(text: str) -> None:
    """So a form that stands beside a name is never taken for a word."""
    assert not any(BESIDE in token.printed for token in tokenize(text))


@given(TEXTS.map(" ".join))
def test_words_are_listed_without_joined_forms(text: str) -> None:
    """What a text is laid out as tells its words in order, as the analysis has them."""
    assert list_words(text, "folded") == [token.folded for token in tokenize(text) if not token.joined]
