"""The body of unknown outlets' pages: what is body, what never is, and that no block is lost either way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.choosing import choose_body
from archive.cleaning.extractor import find_body
from archive.cleaning.forest import shipped_forest
from archive.cleaning.generic import RULE_TEXTS, judge_markup
from archive.cleaning.headline import find_headline
from archive.cleaning.layout import Layout, count_words
from archive.cleaning.markup import Markup, parse_markup
from archive.model import BODY_KINDS, JudgedBlock
from archive.rules import load_rule_set

GENERIC = load_rule_set().generic
SENTENCES = (
    "The bridge over the river was opened to carts again on Tuesday, the mayor said at a short ceremony.",
    "Engineers had worked through the winter, and the first families crossed with their animals before noon.",
    "Soldiers still hold the eastern bank, but the shelling of the market stopped eleven days ago, people said.",
    "A second bridge, further down, is to follow in the spring if the road to the quarry can be cleared of mines.",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
PAGE = f"""<html><head><title>Bridge opens again</title></head><body>
<nav><ul><li><a href=a>Home</a><li><a href=b>World</a><li><a href=c>Sport</a></ul></nav>
<main><article><h1>Bridge opens again</h1>{{above}}<div class="article-body">{BODY}</div></article>{{below}}</main>
<footer><p>The Example Gazette is published by nobody at all. <a href=d>Terms</a></p></footer></body></html>"""
COMMENTS = """<section class="comments" id="comments"><h2>Comments</h2>
<div class="comment"><p>I crossed it yesterday with my brother and we both wept, a good day for the town.</p></div>
<div class="comment"><p>They said the same two years ago, and then it was blown up again within a month.</p></div>
</section>"""
CAPTION = "Families cross the bridge on Tuesday morning, before the mayor spoke."
FIGURE = f"<figure><img src=x><figcaption>{CAPTION}</figcaption></figure>"


def judge(page: str, *, with_forest: bool = True) -> tuple[JudgedBlock, ...]:
    """Return a page's judged blocks, by the shipped forest or by rules alone."""
    markup = parse_markup(page)
    return judge_markup(markup, GENERIC, find_headline(markup), shipped_forest() if with_forest else None)


def body_of(judged: tuple[JudgedBlock, ...]) -> list[str]:
    """Return the texts that are body."""
    return [one.block.text for one in judged if one.kind in BODY_KINDS]


@pytest.mark.parametrize("with_forest", [True, False])
def test_the_report_is_found(with_forest: bool) -> None:  # noqa: FBT001 - a table of two
    """The paragraphs of the article are the body, whole and alone, by the model and by the rules."""
    assert body_of(judge(PAGE.format(above="", below=""), with_forest=with_forest)) == list(SENTENCES)


def test_readers_comments_are_never_body() -> None:
    """Comments below the article are not the report's text, however well they read."""
    assert body_of(judge(PAGE.format(above="", below=COMMENTS))) == list(SENTENCES)


def test_captions_are_never_body() -> None:
    """The words below a picture are a caption."""
    judged = judge(PAGE.format(above=FIGURE, below=""))
    assert body_of(judged) == list(SENTENCES)
    assert [one.kind for one in judged if one.block.tag == "figcaption"] == ["caption"]


def test_words_on_cookies_are_never_body() -> None:
    """A notice about cookies inside the article is set aside, also when the model would keep it."""
    notice = "<p>This website uses cookies to improve your experience and stores them in your browser.</p>"
    assert body_of(judge(PAGE.format(above=notice, below=""))) == list(SENTENCES)


@given(st.lists(st.floats(-9, 9, allow_nan=False), min_size=4, max_size=4), st.booleans())
def test_the_choice_is_made_among_the_candidates(scores: list[float], figure: bool) -> None:  # noqa: FBT001
    """Whatever the scores, body is part of what was scored, and a caption is not."""
    markup = parse_markup(f"{FIGURE if figure else ''}{BODY}")
    given_scores = dict(enumerate(scores))
    chosen = choose_body(markup, Layout(markup, -1), given_scores)
    assert chosen <= set(given_scores)
    assert not (figure and 0 in chosen)


def test_a_page_the_model_does_not_know_is_measured_by_its_own_best() -> None:
    """Where even the best blocks score low, they are body all the same, and what scores far lower is not."""
    markup = parse_markup(BODY)
    assert choose_body(markup, Layout(markup, -1), {0: -1.0, 1: -1.0, 2: -8.0, 3: -1.0}) == {0, 1, 3}


SCRAPS = """
<p>|<div class=comments>|<table><tr><td>|<li>|<h1>|</div>|<figure>|<nav>|<br><br>|A word. |And so on, she said. |<a>x
"""


@given(st.lists(st.sampled_from(SCRAPS.strip().split("|")), max_size=30).map("".join), st.booleans())
def test_no_block_is_lost_and_each_has_a_reason(page: str, with_forest: bool) -> None:  # noqa: FBT001
    """Every block of any page is judged once, in order, kept or not, by a rule that is explained."""
    judged = judge(page, with_forest=with_forest)
    assert tuple(one.block for one in judged) == parse_markup(page).blocks
    rules = {f"generic/{rule.id}" for rule in GENERIC.rules}
    assert all(one.rule in RULE_TEXTS or one.rule in rules for one in judged)


def test_a_page_without_words_has_no_body() -> None:
    """Nothing in, nothing out."""
    forest = shipped_forest()
    assert forest is not None
    empty: Markup = parse_markup("<body></body>")
    assert find_body(empty, -1, forest) == frozenset()


@pytest.mark.parametrize(("text", "words"), [("One two", 2), ("Łódź", 1), ("橋が再び開通したと発表した", 7)])
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    """Where a script sets no words apart, letters stand for them."""
    assert count_words(text) == words
