"""The advanced form builds queries of the one language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.form import FIELD_BOXES, Form, write_form
from indexer.query.parser import parse
from indexer.query.writer import write


@pytest.mark.parametrize(
    ("form", "query"),
    [
        (Form(), ""),
        (Form(words="mosul bridge"), "mosul bridge"),
        (Form(words='bomb* "old city"'), 'bomb* "old city"'),
        (Form(phrase="old city"), '"old city"'),
        (Form(choices="mosul raqqa"), "mosul OR raqqa"),
        (Form(words="bridge", choices="mosul raqqa"), "bridge (mosul OR raqqa)"),
        (Form(words="bridge", unwanted="airport road"), "bridge NOT (airport OR road)"),
        (Form(near=("old city", "mosul"), within=5), '"old city" W/5 mosul'),
        (Form(near=("bridge", "")), "bridge"),
        (Form(near=("OR", "a")), '"OR" W/10 a'),
        (Form(words="a", where=("title", "caption")), "title,caption:a"),
        (Form(words="a b", unwanted="c", where=("title",)), "title:(a b) NOT title:c"),
        (Form(words="a", fields=(("byline", "hussain"),)), "a byline:hussain"),
        (Form(fields=(("place", "old city"), ("name", "x OR y"))), "place:(old city) name:(x OR y)"),
        (Form(outlet="Samphire Features"), 'outlet:"Samphire Features"'),
        (Form(first="2016-10", last="2017-07"), "date:2016-10..2017-07"),
        (Form(first="2016"), "date:2016.."),
        (Form(last="1990", undated=True), "date:..1990 OR date:unknown"),
        (Form(words="a", last="1990", undated=True), "a (date:..1990 OR date:unknown)"),
        (Form(undated=True), "date:unknown"),
        (Form(has=("byline", "place")), "has:byline has:place"),
        (Form(words="c", more="a OR b"), "(a OR b) c"),
        (Form(words="AND"), ""),
        (Form(where=("title", "nowhere"), fields=(("nothing", "x"),)), ""),
    ],
)
def test_each_box_is_a_piece_of_the_query(form: Form, query: str) -> None:
    """What the form builds is what a person would have typed."""
    assert write_form(form).query == query


def test_what_a_box_cannot_mean_is_said() -> None:
    """A date that is none is named and left out; so is what the language cannot read."""
    written = write_form(Form(words='a "b', first="soon"))
    assert written.query == "a b"
    assert [note.message for note in written.diagnostics] == [
        "A quotation mark is missing its partner; searched as words.",
        "'soon' is not a date. Write 2016, 2016-10 or 2016-10-17.",
    ]


BOX = st.text(st.sampled_from('ab"()-=~*?:W/1 .ORNT'), max_size=10)


@given(
    st.builds(
        Form,
        BOX,
        BOX,
        BOX,
        BOX,
        st.tuples(BOX, BOX),
        st.integers(-1, 99),
        st.sampled_from(((), ("title",), ("title", "caption"))),
        st.lists(st.tuples(st.sampled_from(FIELD_BOXES), BOX), max_size=2).map(tuple),
        BOX,
        st.sampled_from(("", "2016", "x")),
        more=BOX,
    )
)
def test_any_form_builds_a_query_that_is_read_as_shown(form: Form) -> None:
    """Whatever is in the boxes, the query shown needs no correction."""
    query = write_form(form).query
    assert parse(query).diagnostics == ()
    assert write(parse(query).tree) == query
