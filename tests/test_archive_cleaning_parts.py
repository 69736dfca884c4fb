"""Readers' comments and pictures' captions on pages of outlets without rules, and the words that find them."""

from collections.abc import Callable

import pytest

from archive.authorities.bylines import read_byline_words
from archive.authorities.calendar import read_calendar
from archive.authorities.parts import read_parts
from archive.cleaning.captions import find_captions
from archive.cleaning.comments import find_comments
from archive.cleaning.headline import find_headline
from archive.cleaning.markup import Markup, parse_markup
from archive.errors import BadRuleFile

PROSE = "<p>The bridge over the river was opened to carts again on Tuesday, the mayor said.</p>" * 3
WORDS = "I crossed it this morning and it holds."


def parse(body: str) -> tuple[Markup, tuple[int, ...]]:
    """Return a page and the blocks of its headline."""
    markup = parse_markup(f"<html><body><article><h1>A Bridge Opens Again</h1>{PROSE}</article>{body}</body></html>")
    headline = find_headline(markup)
    return markup, headline.blocks if headline is not None else ()


def comments_in(body: str) -> list[str]:
    """Return the readers' words on a page that ends so."""
    markup, headline = parse(body)
    kinds = find_comments(markup, headline)
    return [markup.blocks[number].text for number, kind in kinds.items() if kind == "comment"]


COMMENTS = {
    "a list": f'<ol class="comment-list"><li class="comment"><p>{WORDS}</p></li></ol>',
    "a box": f'<div id="comments"><div class="comment"><div class="comment-text">{WORDS}</div></div></div>',
    "letters to the editor": f'<section class="leserbriefe"><div class="leserbrief"><p>{WORDS}</p></div></section>',
    "below its author and date": (
        '<ul class="comments"><li class="comment"><cite class="comment-author">Ann Coe says:</cite>'
        f'<span class="comment-date">3 May 2016 at 10:00</span><p>{WORDS}</p><a href="#">Reply</a></li></ul>'
    ),
    "in a foot that lists them": f'<footer><ol class="comment-list"><li class="comment">{WORDS}</li></ol></footer>',
}


@pytest.mark.parametrize("body", COMMENTS.values(), ids=COMMENTS)
def test_a_reader_s_words_are_a_comment(body: str) -> None:
    """Of a comment, the words are the reader's; names, days and buttons are not."""
    assert comments_in(body) == [WORDS]


NO_COMMENTS = {
    "the outlet's notice": f'<div id="comments"><p>The Gazette is committed to a civil forum. {WORDS}</p></div>',
    "nobody's comment": f'<div id="comments"><p>{WORDS}</p></div>',
    "the form": f'<div id="comments"><form><li>{WORDS}</li></form></div>',
    "another report's": f'<ul class="recent-comments"><li class="comment">{WORDS}</li></ul>',
    "a mention elsewhere": '<ol class="comments"><li class="comment">[…] the bridge they wrote of […]</li></ol>',
    "a thank-you": '<ol class="comments"><li class="comment"><p>Your comment will be reviewed first.</p></li></ol>',
    "in a teaser": f'<ul class="teaser-list"><li class="teaser comment"><div class="comment">{WORDS}</div></li></ul>',
    "the same label twice": '<ul class="comments"><li class="comment"><div class="text">Premium</div></li></ul>' * 2,
    "a count": '<li class="comment">12 Comments</li>',
    "in the foot": f'<footer><div class="kommentar"><li>{WORDS}</li></div></footer>',
    "no part of that name": f'<div class="commentary"><p>{WORDS}</p></div>',
}


@pytest.mark.parametrize("body", NO_COMMENTS.values(), ids=NO_COMMENTS)
def test_what_the_outlet_says_is_no_comment(body: str) -> None:
    """Notices, forms, counts and lists of other reports' comments are not readers' words on this report."""
    assert comments_in(body) == []


def test_an_op_ed_called_comment_stays_the_report() -> None:
    """A part that holds the headline, or one long text alone, is the article whatever its name."""
    headed = parse_markup(f'<div class="comment"><h1>A Bridge Opens Again</h1>{PROSE}</div>')
    long = parse_markup(f'<h1>A Bridge Opens Again</h1><li class="comment">{PROSE * 5}</li>')
    assert [find_comments(one, (0,)) for one in (headed, long)] == [{}, {}]


def captions_in(body: str) -> list[str]:
    """Return the captions on a page that ends so."""
    markup, headline = parse(body)
    return [markup.blocks[number].text for number in sorted(find_captions(markup, headline))]


CAPTION = "Carts on the bridge at dawn"
CAPTIONS = {
    "HTML's own": f"<figure><figcaption>{CAPTION}</figcaption></figure>",
    "a class": f'<div class="wp-caption"><p class="wp-caption-text">{CAPTION}</p></div>',
    "a picture's box": f'<div class="main-image"><p>{CAPTION}</p></div>',
    "a figure without the element": f"<figure><p>{CAPTION}</p></figure>",
}


@pytest.mark.parametrize("body", CAPTIONS.values(), ids=CAPTIONS)
def test_words_at_a_picture_are_its_caption(body: str) -> None:
    """HTML's elements and the names that pages use say what is a caption."""
    assert captions_in(body) == [CAPTION]


NO_CAPTIONS = {
    "a teaser's": f'<div class="related"><figure><figcaption>{CAPTION}</figcaption></figure></div>',
    "an author's": f'<div class="author-box"><figure><figcaption>{CAPTION}</figcaption></figure></div>',
    "a quotation": f"<figure><blockquote>{CAPTION}</blockquote></figure>",
    "a day": "<figure><figcaption>10.09.2025, 09:53 Uhr</figcaption></figure>",
    "a notice": "<figure><figcaption>Please switch on JavaScript to see it</figcaption></figure>",
    "an article with a picture": f'<section class="image">{PROSE * 5}</section>',
    "a heading at a picture": f'<div class="caption"><h3>{CAPTION}</h3></div>',
}


@pytest.mark.parametrize("body", NO_CAPTIONS.values(), ids=NO_CAPTIONS)
def test_other_words_near_a_picture_are_none(body: str) -> None:
    """Teasers, quotations, days, notices and articles are no captions of the report's pictures."""
    assert captions_in(body) == []


BROKEN: list[tuple[Callable[[str], object], str, str]] = [
    (read_parts, "[comments", "the file"),
    (read_parts, "[comments]\nnames = ['(']", "comments.names"),
    (read_parts, "[comments]\nnames = []", "comments.names"),
    (read_byline_words, "lead_ins = ['by']", "jobs"),
    (read_byline_words, "=", "the file"),
    (read_calendar, "[months]\nen = ['january']", "months.en"),
    (read_calendar, "[months]", "words.published"),
    (read_calendar, "[", "the file"),
]


@pytest.mark.parametrize(("load", "text", "key"), BROKEN)
def test_a_broken_word_list_is_named(load: Callable[[str], object], text: str, key: str) -> None:
    """A list that does not validate stops the program with file and key."""
    with pytest.raises(BadRuleFile) as caught:
        load(text)
    assert caught.value.key == key
