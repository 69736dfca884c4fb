"""The query language: what readers write, what is understood, and what they are told."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.questions import UNITS, WHOLES, count_steps, repeat
from indexer.query.limits import MAX_ARRANGEMENTS, MAX_SLOP, allowed_slop
from indexer.query.parser import parse
from indexer.query.tokens import QUERY_FIELDS
from indexer.query.tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Has,
    Nearby,
    Node,
    Not,
    Or,
    Phrase,
    UnknownDate,
    Wildcard,
    Within,
    Word,
    make_exact,
)
from indexer.query.writer import write

NOT_JOINED = (
    "W/5 joins plain words and phrases, in one field and not too many; here both sides were searched without it."
)
KNOWN = f"Fields: {', '.join(QUERY_FIELDS)}."


def name_query(text: str) -> str:
    """Return the beginning of a query as the name of its test."""
    return text[:8].encode("ascii", "backslashreplace").decode()


A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a b) c", And((A, B, C))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("a NOT NOT b", And((A, B))),
        ("-(a b)", Not(And((A, B)))),
        ('-"a b"', Not(Phrase("a b"))),
        ("(-a)", Not(A)),
        ("a - b", And((A, B))),
        ("al-Baghdadi", Word("al-Baghdadi")),
        ("or and not", And((Word("or"), Word("and"), Word("not")))),
        ('"old city"', Phrase("old city")),
        ("“old city”", Phrase("old city")),
        ('"old city"~5', Phrase("old city", 5)),
        ('="Islamic State"', Phrase("Islamic State", exact=True)),
        ("=ISIS", Word("ISIS", exact=True)),
        ("=OR", Word("OR", exact=True)),
        ("bomb*", Wildcard("bomb*")),
        ("al-Bagh*", Wildcard("al-Bagh*")),
        ("mossul~", Fuzzy("mossul")),
        ("mossul~2", Fuzzy("mossul", 2)),
        ("mossul~0", Word("mossul")),
        ("mossul~,2", Fuzzy("mossul", 1, 2)),
        ("mossul~2,3", Fuzzy("mossul", 2, 3)),
        ("m*sul", Wildcard("m*sul")),
        ("wom?n", Wildcard("wom?n")),
        ("al-B*di*?*", Wildcard("al-B*di?*")),
        ("(m*sul),", Wildcard("m*sul")),
        ("mosul?", Word("mosul")),
        ("mosul? ?", Word("mosul")),
        ("http://x.org/y?z=b", Phrase("http x org y z b")),
        ("a W/10 b", Nearby(A, B, 10)),
        ("a w/0 b", Nearby(A, B, 0)),
        ('"a b" W/5 c', Nearby(Phrase("a b"), C, 5)),
        ("(a OR b) W/5 c", Nearby(Or((A, B)), C, 5)),
        ("a b W/5 c", And((A, Nearby(B, C, 5)))),
        ("a W/5 b OR c", Or((Nearby(A, B, 5), C))),
        ("-a W/5 b", Not(Nearby(A, B, 5))),
        ("a W/5 b W/6 c", And((Nearby(A, B, 5), Nearby(B, C, 6)))),
        ("title:a W/5 b", Within(("title",), Nearby(A, B, 5))),
        ("title:a W/5 title:b", Within(("title",), Nearby(A, B, 5))),
        ("title:(a W/5 b)", Within(("title",), Nearby(A, B, 5))),
        ("a/W/5", Phrase("a W 5")),
        ("title,caption:a", Within(("title", "caption"), A)),
        ("title,TITLE:a", Within(("title",), A)),
        ("in:a", Within(("collection",), A)),
        ("has:byline", Has("byline")),
        ("has:author", Has("byline")),
        ("-has:(date OR place)", Not(Or((Has("date"), Has("place"))))),
        ("(a OR b) AND NOT c", And((Or((A, B)), Not(C)))),
        ("title:a", Within(("title",), A)),
        ("TITLE:a", Within(("title",), A)),
        ('title:"a b" c', And((Within(("title",), Phrase("a b")), C))),
        ("title:(a OR text:b)", Within(("title",), Or((A, Within(("text",), B))))),
        ("-title:a", Not(Within(("title",), A))),
        ("title:=A", Within(("title",), Word("A", exact=True))),
        ("language:ar", Within(("language",), Word("ar"))),
        ("date:2016", DateRange("2016", "2016")),
        ("date:2016-10..2017-07", DateRange("2016-10", "2017-07")),
        ("date:..1990", DateRange(None, "1990")),
        ("date:2016-10-17..", DateRange("2016-10-17", None)),
        ("date:(1989 OR 1991)", Or((DateRange("1989", "1989"), DateRange("1991", "1991")))),
        ("date:unknown", UnknownDate()),
        ("10:30", Phrase("10 30")),
        ("and/or", Phrase("and or")),
        ("http://x.org/y", Phrase("http x org y")),
        ("U.S. 1,200", And((Word("U.S."), Word("1,200")))),
        ("مدينة الموصل", And((Word("مدينة"), Word("الموصل")))),
    ],
)
def test_a_query_is_read_as_the_manual_says(text: str, tree: Node) -> None:
    """Each form of the language has one reading, and nothing to complain of."""
    assert parse(text) == parse(text).__class__(tree, ())


@pytest.mark.parametrize(
    ("text", "tree", "message", "start", "end"),
    [
        ('a "b', And((A, B)), "A quotation mark is missing its partner; searched as words.", 2, 3),
        ("(a", A, "An opening parenthesis is missing its partner; it was left out.", 0, 1),
        ("a)", A, "A closing parenthesis is missing its partner; it was left out.", 1, 2),
        ("a OR", A, 'OR has nothing to join and was left out; to find the word, write "or".', 2, 4),
        ("AND a", A, 'AND has nothing to join and was left out; to find the word, write "and".', 0, 3),
        ("a NOT", A, 'NOT has nothing to join and was left out; to find the word, write "not".', 2, 5),
        ("a *b", And((A, B)), "A * needs letters before it; searched without it.", 2, 4),
        ("a,b*c", Phrase("a b c"), "A * works inside and at the end of single words; searched without it.", 0, 5),
        ("a*b*c*d*e*f*g", Phrase("a b c d e f g"), "A word may have 5 of * and ?; searched without them.", 0, 13),
        ("a*b~", Wildcard("a*b"), "* and ~ do not go together; the ~ was left out.", 0, 4),
        ("=a*", Wildcard("a*"), "= goes with none of * ? ~; the = was left out.", 0, 3),
        ("a W/5", A, "W/5 has nothing to join on one side and was left out.", 2, 5),
        ("W/5 a", A, "W/5 has nothing to join on one side and was left out.", 0, 3),
        ("a W/5 -b", And((A, Not(B))), "W/5 has nothing to join on one side and was left out.", 2, 5),
        ("a W/5 (b c)", And((A, B, C)), NOT_JOINED, 2, 5),
        ("a W/5 title:b", And((A, Within(("title",), B))), NOT_JOINED, 2, 5),
        ("a* W/5 b W/6 c", And((Wildcard("a*"), Nearby(B, C, 6))), NOT_JOINED, 3, 6),
        ("a W/99 b", Nearby(A, B, 50), "At most 50 words can be allowed between; searched as W/50.", 2, 6),
        ("=a W/5 b", Nearby(make_exact(A), make_exact(B), 5), "The = on one side of W/5 holds for both.", 3, 6),
        ("x,title:a", Within(("title",), A), f"'x,title' names something that is no field; it was left out. {KNOWN}",
         0, 8),
        ("title,date:a", Within(("title",), A),
         "date: and has: stand alone, in no list of fields; they were left out of it.", 0, 11),
        ("has:titel", Word("titel"), f"has: needs the name of a field; searched as words. {KNOWN}", 4, 9),
        ("a~9", Fuzzy("a", 2), "Words more than 2 letters apart are not searched; ~2 was used.", 0, 3),
        ('"a b"~99', Phrase("a b", 50), "Between 2 words at most 50 others can be allowed; searched as ~50.", 0, 8),
        ("title: a", And((Word("title"), A)), "To search in one field write title:word, without a space.", 0, 6),
        ("date:2017..2016", DateRange("2016", "2017"), "The range ended before it began; its ends were exchanged.",
         5, 15),
        ("&", Everything(), "Nothing in the query can be searched for; all reports are shown.", 0, 1),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_read_kindly_and_said(
    text: str, tree: Node, message: str, start: int, end: int
) -> None:
    """The reader gets an answer, and one sentence that points at the spot."""
    parsed = parse(text)
    assert parsed.tree == tree
    assert [(note.message, note.start, note.end) for note in parsed.diagnostics] == [(message, start, end)]


def test_an_unknown_field_becomes_words_and_the_known_are_listed() -> None:
    """`bad:thing` searches both words and names the fields there are."""
    parsed = parse("bad:thing")
    assert parsed.tree == And((Word("bad"), Word("thing")))
    assert parsed.diagnostics[0].message.startswith("There is no field 'bad'; searched as words. Fields: title,")


@pytest.mark.parametrize("text", ["2016-13", "16", "2016-02-30", "soon", "2016..soon", "..", "0000"])
def test_what_is_no_date_is_searched_as_words(text: str) -> None:
    """A date that cannot be read never narrows a search in silence."""
    parsed = parse(f"date:{text}")
    assert not isinstance(parsed.tree, DateRange)
    said = [note.message for note in parsed.diagnostics]
    assert any(message.startswith(f"'{text}' is not a date; searched as words.") for message in said)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a " * 6_000, "Only the first 10,000 characters of the query were read."),
        ("(" * 60 + "a" + ")" * 60, "Parentheses more than 50 deep were left out."),
        ("a " * 201, "Only the first 200 words of the query were searched."),
        (f'"{"a " * 201}"', "Only the first 200 words of the query were searched."),
        ("a-" * 250, "Only the first 200 words of the query were searched."),
    ],
)
def test_endless_queries_are_cut_and_it_is_said(text: str, message: str) -> None:
    """Length, depth and number of words have limits that the reader is told."""
    assert message in [note.message for note in parse(text).diagnostics]


@pytest.mark.slow
@pytest.mark.parametrize("text", [*(repeat(unit, 10_000) for unit in UNITS), *WHOLES], ids=name_query)
def test_any_query_has_a_tree(text: str) -> None:
    """Ten thousand characters chosen to hurt are read, and what was understood can be written out and read again."""
    tree = parse(text).tree
    assert parse(write(tree)).tree == tree


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=name_query)
def test_a_query_twice_as_long_takes_twice_the_steps(unit: str) -> None:
    """Reading is linear in length; its steps are counted, not timed."""
    once, twice = (count_steps(repeat(unit, length)) for length in (1_000, 2_000))
    assert twice <= 2.1 * once + 200


QUERY_LIKE = st.text(st.sampled_from("ab\"“()-=~*?,/:.OR NDTW12é'ا\x00\u202e"), max_size=30)
PIECES = st.lists(
    st.sampled_from(
        [
            "OR",
            "AND",
            "NOT",
            "-",
            "(",
            ")",
            '"',
            "title:",
            "date:",
            "2016",
            "x:",
            "a",
            "b*",
            "b?c",
            "=C",
            " W/2 ",
            "title,x:",
            "has:",
            " ",
        ]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(st.text(max_size=40), QUERY_LIKE, PIECES))
@example("title:title:-x")
@example("\u200eOR")
@example("=0 W/0 0")
def test_reading_back_what_was_understood_gives_it_again(text: str) -> None:
    """For any text: it has a tree, and the tree written out is read as the same tree without complaint."""
    tree = parse(text).tree
    assert parse(write(tree)).tree == tree
    assert parse(write(tree)).diagnostics == ()


MANUAL = (Path(__file__).parent.parent / "docs" / "querying.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \|", MANUAL, re.MULTILINE)  # | `mosul bridge` | reports with …


@pytest.mark.parametrize("query", EXAMPLES)
def test_the_manuals_examples_are_good_questions(query: str) -> None:
    """Every example in docs/querying.md is read without a word of complaint."""
    assert parse(query).diagnostics == ()


@pytest.mark.parametrize("key", QUERY_FIELDS)
def test_the_manual_shows_every_field(key: str) -> None:
    """No field of the query language is missing from the manual's table."""
    assert any(example.startswith(f"{key}:") for example in EXAMPLES)


NAMES = st.sampled_from(("mosul", "al-Qaim", "U.S.", "Łódź", "or", "1,200", "الموصل"))
SIDE = st.one_of(
    st.builds(Word, NAMES),
    st.builds(Phrase, st.lists(NAMES, min_size=1, max_size=4).map(" ".join), st.just(0)),
)
PLAIN_SIDES = st.one_of(SIDE, st.builds(Or, st.lists(SIDE, min_size=2, max_size=3).map(tuple)))
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, NAMES, st.booleans()),
    st.builds(Phrase, st.lists(NAMES, min_size=1, max_size=4).map(" ".join), st.just(0), st.booleans()),
    st.builds(Phrase, st.lists(NAMES, min_size=2, max_size=3).map(" ".join), st.integers(0, 3), st.booleans()),
    st.sampled_from([Wildcard(pattern) for pattern in ("mos*", "m*sul", "al-Q?im", "Ł?d?*", "U.S.*", "ا*ل")]),
    st.builds(Fuzzy, NAMES, st.integers(1, 2), st.integers(0, 2)),
    st.builds(Has, st.sampled_from(QUERY_FIELDS)),
    st.builds(Nearby, PLAIN_SIDES.map(make_exact), PLAIN_SIDES.map(make_exact), st.integers(0, 50)),
    st.builds(Nearby, PLAIN_SIDES, PLAIN_SIDES, st.integers(0, 50)),
    st.sampled_from((DateRange("1989", "1991-02"), DateRange(None, "1990"), DateRange("2016-10-17", None))),
    st.just(UnknownDate()),
)


@given(st.recursive(LEAVES, lambda part: st.one_of(
    st.builds(Not, part.filter(lambda node: not isinstance(node, Not))),
    st.builds(Within, st.sampled_from((("title",), ("text", "place"))), part.filter(
        lambda node: isinstance(node, Word | Phrase | Wildcard | Fuzzy | Nearby | And | Or))),
    st.builds(And, st.lists(part.filter(lambda node: not isinstance(node, And)), min_size=2, max_size=3).map(tuple)),
    st.builds(Or, st.lists(part.filter(lambda node: not isinstance(node, Or)), min_size=2, max_size=3).map(tuple)),
), max_leaves=8))  # fmt: skip
def test_every_tree_can_be_written_and_read_again(tree: Node) -> None:
    """For any tree of the language: its text is read as the tree."""
    assert parse(write(tree)).tree == tree


@pytest.mark.parametrize("words", range(1, 30))
def test_the_slop_allowed_keeps_arrangements_few(words: int) -> None:
    """However long the phrase, an engine has few ways to try, and two words may stand far apart."""
    from math import comb  # noqa: PLC0415 - the formula is this test's alone

    slop = allowed_slop(words)
    assert comb(slop + words - 1, words - 1) <= MAX_ARRANGEMENTS
    assert slop <= MAX_SLOP
    assert allowed_slop(2) == MAX_SLOP
