"""Marks and snippets: exactly what matched, for every kind of query, and never more text than asked for."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.holdings import StoredReport
from indexer.analysis import tokenize
from indexer.document import TEXT_KEYS, make_document
from indexer.engine import Question
from indexer.engines.memory import MemoryEngine
from indexer.highlight import ELLIPSIS, SNIPPET, Parts, find_marks, make_snippets, mark_texts, opening
from indexer.query.clauses import words_sought
from indexer.query.matching import find_tokens
from indexer.query.meaning import understand
from indexer.query.parser import parse
from indexer.query.tree import DateRange, Everything, Has, Node, UnknownDate
from tests.engine_contract import LEAVES, REPORTS

FIELDS = ("title", "text", "caption")


def marked(query: str, text: str) -> str:
    """Return a text with what the query matched in brackets."""
    parts = mark_texts({"text": (text,)}, understand(parse(query).tree, FIELDS))["text"][0]
    return in_brackets(parts)


def in_brackets(parts: Parts) -> str:
    """Return parts as one text, the matched ones in brackets."""
    return "".join(f"[{text}]" if matched else text for text, matched in parts)


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("bomb", "Bombing, bombs and a bombast", "[Bombing], [bombs] and a bombast"),
        ("bomb*", "Bombing, bombs and a bombast", "[Bombing], [bombs] and a [bombast]"),
        ("=bombs", "Bombing, BOMBS", "Bombing, [BOMBS]"),
        ("=ISIS", "ISIS or Isis", "[ISIS] or Isis"),
        ("mosul", "Mosul’s mayor", "[Mosul]’s mayor"),
        ("mossul~", "Mosul, Moscow", "[Mosul], Moscow"),
        ("m*sul", "Mosul, Mawsul, Mosuls", "[Mosul], [Mawsul], Mosuls"),
        ("wom?n", "women, woman, womenn", "[women], [woman], womenn"),
        ("mossul~2,3", "Mossad, Masul", "[Mossad], Masul"),
        ('"old city" W/1 mosul', "old city, so Mosul, old x city", "[old city], so [Mosul], old x city"),
        ("mosul W/0 old", "Mosul old, old x Mosul", "[Mosul old], old x Mosul"),
        ("bomb W/2 bomb", "bombs and bombs, a b c bomb", "[bombs] and [bombs], a b c bomb"),
        ("has:title b", "a b", "a [b]"),
        ('"old city"', "old city, city old", "[old city], city old"),
        ('"old city"~2', "old and big city, old", "[old] and big [city], old"),
        ("al-Qaim", "in al-Qaim, alqaim, al Qaim, Qaim", "in [al-Qaim], [alqaim], [al Qaim], Qaim"),
        ("qaim", "in al-Qa’im", "in al-[Qa’im]"),
        ("u.s.", "The U.S. said", "The [U.S.] said"),
        ("us", "The U.S. said", "The [U.S.] said"),
        ("1200", "some 1,200 men", "some [1,200] men"),
        ("albaghdadi", "al-Baghdadi spoke", "[al-Baghdadi] spoke"),
        ("die", "dying, died, DIES", "[dying], [died], [DIES]"),  # a stem of which one letter is the word's
        ("relate", "relational", "[relational]"),
        ("cafe", "cafe\u0301 CAFÉ", "[cafe\u0301] [CAFÉ]"),
        ("مدينه", "في مدينة", "في [مدينة]"),
        ("a -b", "a b", "[a] b"),
        ("title:a", "a b", "a b"),
        ("a OR zzz", "a b", "[a] b"),
        ("date:2016 b", "2016 b", "2016 [b]"),
    ],
)
def test_marks_stand_on_exactly_what_matched(query: str, text: str, shown: str) -> None:
    """Whatever finds a report can be seen in it, and nothing else is marked."""
    assert marked(query, text) == shown


@given(
    st.text(st.sampled_from("ab c'-.é\n<"), max_size=60),
    st.sampled_from(["a", '"a b"~3', "ab*", "a~2", "=a", "a-b OR b"]),
)
def test_parts_joined_are_the_text(text: str, query: str) -> None:
    """Marking loses no character and adds none."""
    parts = mark_texts({"text": (text,)}, understand(parse(query).tree, ("text",)))["text"][0]
    assert "".join(part for part, _ in parts) == text


LONG = " ".join(f"word{number}" for number in range(500))


@given(
    st.text(st.sampled_from("ab c'-.é\n<1,\u3000"), max_size=60),
    st.sampled_from(["a", "=a", "a OR b", "title:a b", "a OR =B OR c", "a*", "b~1", "a?", "*c OR a~"]),
)
def test_words_are_marked_where_reading_all_of_the_text_finds_them(text: str, query: str) -> None:
    """Only pieces that may have a word are read, and yet all marks are where the definition of a match has them."""
    leaves = words_sought(understand(parse(query).tree, FIELDS))
    tokens = tokenize(text)
    found = {token for leaf in leaves if leaf.field == "text" for group in find_tokens(leaf, tokens) for token in group}
    letters = {at for token in found for at in range(token.start, token.end)}
    marks = find_marks(text, "text", leaves)
    assert {at for mark in marks for at in range(mark.start, mark.end)} == letters


def test_a_snippet_is_short_and_cut_between_words() -> None:
    """About two hundred characters around the match, with … where the text goes on."""
    (snippet,) = make_snippets({"text": (LONG,)}, understand(parse("word250").tree, ("text",)))
    text = "".join(part for part, _ in snippet.parts)
    assert text.startswith(f"{ELLIPSIS}word")
    assert text.endswith(ELLIPSIS)
    assert SNIPPET // 2 < len(text) <= SNIPPET + 2
    assert ("word250", True) in snippet.parts


def test_a_short_text_is_its_own_snippet() -> None:
    """Nothing is cut where there is room."""
    (snippet,) = make_snippets({"text": ("An old city.",)}, understand(parse("city").tree, ("text",)))
    assert snippet.parts == (("An old ", False), ("city", True), (".", False))


def test_snippets_show_the_title_and_the_best_two_pieces() -> None:
    """A piece with two of the words is better than one with a single word, and order is the text's own."""
    texts = {"title": ("Old town",), "text": (f"old {LONG}", f"old city {LONG}", f"city {LONG}", "old city")}
    snippets = make_snippets(texts, understand(parse("old city").tree, FIELDS))
    assert [in_brackets(snippet.parts)[:14] for snippet in snippets] == ["[Old] town", "[old] [city] w", "[old] [city]"]


def test_a_long_match_is_shown_whole() -> None:
    """A match longer than a snippet is not cut."""
    word = "a" * 300
    (snippet,) = make_snippets({"text": (f"x {word} y",)}, understand(parse(word).tree, ("text",)))
    assert (word, True) in snippet.parts


def test_an_opening_ends_between_words() -> None:
    """A list shows the first words of a report and says that it goes on."""
    assert opening((LONG,)).endswith(ELLIPSIS)
    assert len(opening((LONG,))) <= SNIPPET + 1
    assert opening(("Short.", "Text.")) == "Short. Text."
    assert opening(("x" * 999,)) == "x" * SNIPPET + ELLIPSIS


def test_a_book_does_not_keep_a_page_of_results_waiting() -> None:
    """Five million characters are looked through as far as a list of results can use."""
    started = time.thread_time()
    make_snippets({"text": ("word " * 1_000_000,)}, understand(parse("word zebra~2").tree, ("text",)))
    assert time.thread_time() - started < 2


MARKLESS = (Has, DateRange, UnknownDate, Everything)


@pytest.mark.slow
@settings(max_examples=40)
@given(reports=REPORTS, tree=LEAVES.filter(lambda leaf: not isinstance(leaf, MARKLESS)))
def test_a_report_is_found_exactly_where_something_in_it_is_marked(reports: list[StoredReport], tree: Node) -> None:
    """For words, phrases, patterns, near spellings and nearness: no find without a mark, no mark without a find."""
    documents = [make_document(stored) for stored in reports]
    oracle = MemoryEngine()
    oracle.update(documents)
    clause = understand(tree, TEXT_KEYS)
    found = {report_id for report_id, _ in oracle.search(Question(clause)).page}
    marked = {
        document.id
        for document in documents
        if any(hit for texts in mark_texts(document.texts, clause).values() for parts in texts for _, hit in parts)
    }
    assert marked == found
