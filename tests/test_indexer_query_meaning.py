"""What a tree asks of an engine, what counts as a match, and which other names are searched too."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import tokenize, tokenize_all
from indexer.query.clauses import (
    EVERYTHING,
    All,
    AnyOf,
    Between,
    Clause,
    Near,
    Sequence,
    StartsWith,
    Term,
    Undated,
    Without,
    words_sought,
)
from indexer.query.matching import edit_distance, find_tokens
from indexer.query.meaning import understand
from indexer.query.parser import parse
from indexer.query.tree import And, Nearby, Node, Not, Or, Phrase, Word
from indexer.query.variants import expand
from indexer.results import AuthorityKind, Expansion


@dataclass(frozen=True)
class Group:
    """An actor as the authority file would have it."""

    label: str
    variants: tuple[str, ...]
    kind: AuthorityKind = "actor"


RIVER_ARMY = Group("River Army", ("RA", "ROR", "River Army", "Army of the River", "Riverines"))


def find(words: str) -> Group | None:
    """Return the one actor there is, by any of its names in any case."""
    return RIVER_ARMY if words.lower() in {name.lower() for name in RIVER_ARMY.variants} else None


@pytest.mark.parametrize(
    ("query", "clause"),
    [
        ("Bombing", Term("text", "stem", "bomb")),
        ("=Bombing", Term("text", "printed", "Bombing")),
        ("=bombing", Term("text", "folded", "bombing")),
        ('"Old cities"~2', Sequence("text", "stem", ("old", "citi"), 2)),
        ('="old City"', Sequence("text", "printed", ("old", "City"))),
        ("Bom*", StartsWith("text", "bom")),
        ("al-Bom*", StartsWith("text", "albom")),
        ("Mossul~2", Near("text", "mossul", 2)),
        ("title:x", Term("title", "stem", "x")),
        ("al-Qaim", AnyOf((Sequence("text", "stem", ("al", "qaim")), Term("text", "stem", "alqaim")))),
        ("a -b", All((Term("text", "stem", "a"), Without(Term("text", "stem", "b"))))),
        ("date:0001-01-02", Between(2, 2)),
        ("date:..0001", Between(1, 365)),
        ("date:unknown", Undated()),
        ("", EVERYTHING),
    ],
)
def test_a_tree_is_analysed_into_a_clause(query: str, clause: Clause) -> None:
    """Words become stems, or folded or printed forms, and dates become days."""
    assert understand(parse(query).tree, ("text",)) == clause


def test_words_without_a_field_are_looked_for_in_every_field_given() -> None:
    """A word is found in any of the fields, a phrase within one of them."""
    terms = (Term("title", "stem", "a"), Term("text", "stem", "a"))
    assert understand(Word("a"), ("title", "text")) == AnyOf(terms)


def test_many_hyphenated_names_are_read_in_parts_or_in_one_piece() -> None:
    """A phrase of up to three such names is tried in every mixture, a longer one in two ways."""
    three = understand(parse('"a-b c-d e-f"').tree, ("text",))
    four = understand(parse('"a-b c-d e-f g-h"').tree, ("text",))
    assert (isinstance(three, AnyOf) and len(three.parts), isinstance(four, AnyOf) and len(four.parts)) == (8, 2)


def test_only_words_that_are_wanted_are_marked() -> None:
    """What a report must not have cannot be shown in it."""
    clause = understand(parse("a -b date:2016 (c OR d*)").tree, ("text",))
    assert words_sought(clause) == (Term("text", "stem", "a"), Term("text", "stem", "c"), StartsWith("text", "d"))


@pytest.mark.parametrize(
    ("phrase", "slop", "text", "found"),
    [
        ("a b", 0, "a b", 1),
        ("a b", 0, "b a", 0),
        ("a b", 0, "a x b", 0),
        ("a b", 1, "a x b", 1),
        ("a b", 1, "a x x b", 0),
        ("a b", 5, "b x a", 0),  # never against the order
        ("a b c", 1, "a x b c", 1),
        ("a b c", 1, "a x b x c", 0),  # the words between are counted together
        ("a b c", 2, "a x b x c", 1),
        ("a b c", 2, "a b x x c", 1),
        ("a a", 0, "a a a", 2),
        ("a a", 0, "a", 0),
        ("a b", 1, "a a b", 2),
    ],
)
def test_slop_counts_the_words_between_all_together(phrase: str, slop: int, text: str, found: int) -> None:
    """The words stand in this order, with at most so many others between the first and the last."""
    sequence = Sequence("text", "folded", tuple(phrase.split()), slop)
    assert len(list(find_tokens(sequence, tokenize(text)))) == found


def test_a_phrase_does_not_cross_paragraphs() -> None:
    """Even the widest phrase ends with its paragraph."""
    tokens = tuple(tokenize_all(["a", "b"]))
    assert not list(find_tokens(Sequence("text", "folded", ("a", "b"), 50), tokens))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("mosul", "mosul", 0), ("mosul", "mossul", 1), ("mosul", "osul", 1), ("mosul", "nosul", 1),
        ("mosul", "msoul", 1), ("gaddafi", "qaddafi", 1), ("gaddafi", "kadafi", 2), ("ca", "abc", 3), ("", "ab", 2),
    ],
)  # fmt: skip
def test_distances_count_edits_of_single_letters(one: str, other: str, distance: int) -> None:
    """Insert, drop, replace or exchange two neighbours, no letter twice; the first letter counts like any other."""
    assert edit_distance(one, other, 3) == edit_distance(other, one, 3) == distance


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 2))
def test_distances_above_the_limit_are_one_more_than_it(one: str, other: str, limit: int) -> None:
    """Stopping early never changes which words are near."""
    assert edit_distance(one, other, limit) == min(edit_distance(one, other, 20), limit + 1)


ROR, WHOLE, ARMY, LAST = Word("ROR", exact=True), Phrase("River Army"), Phrase("Army of the River"), Word("Riverines")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("RA", Or((Word("RA"), ROR, WHOLE, ARMY, LAST))),
        ("ROR", Or((Word("ROR"), WHOLE, ARMY, LAST))),
        ("riverines", Or((Word("riverines"), ROR, WHOLE, ARMY))),  # RA is too short to be added
        ('"river army"', Or((Phrase("river army"), ROR, ARMY, LAST))),
        ("river army x", And((Or((And((Word("river"), Word("army"))), ROR, ARMY, LAST)), Word("x")))),
        ("-Riverines", Not(Or((LAST, ROR, WHOLE, ARMY)))),
        ("ra", Word("ra")),  # an ordinary word, not the short name
        ("=Riverines", Word("Riverines", exact=True)),
        ("river -army", And((Word("river"), Not(Word("army"))))),
        ('"river army"~2', Phrase("river army", 2)),
        (
            "riverines W/5 x",
            Nearby(Or((Word("riverines"), WHOLE, ARMY)), Word("x"), 5),
        ),
        ("=riverines W/5 x", Nearby(Word("riverines", exact=True), Word("x", exact=True), 5)),
    ],
)
def test_other_names_of_an_actor_are_searched_too(query: str, tree: Node) -> None:
    """A name finds its siblings, short ones only as printed, the shortest never; exact words are left alone."""
    assert expand(parse(query).tree, find).tree == tree


OTHERS = Expansion("riverines", ("ROR", "River Army", "Army of the River"), "River Army")


def test_what_was_added_is_said_once() -> None:
    """The reader learns which word was searched under which other names, and who says so."""
    assert expand(parse("riverines OR title:riverines").tree, find).added == (OTHERS,)


def test_names_are_switched_off_word_by_word() -> None:
    """A word the reader wants alone is left alone in any spelling, and what it would have found is still told."""
    tree = parse("riverines ROR").tree
    expanded = expand(tree, find, alone=["Riverines"])
    assert (expanded.withheld, [added.word for added in expanded.added]) == ((OTHERS,), ["ROR"])
    assert expand(tree, find, alone=None).tree == tree


def test_names_near_each_other_are_no_more_than_an_engine_can_try() -> None:
    """Where a side has many choices, fewer names are added on the other."""
    many = Or(tuple(Word(f"w{number}") for number in range(40)))
    expanded = expand(Nearby(many, Word("riverines"), 5), find)
    assert expanded.tree == Nearby(many, Or((Word("riverines"), WHOLE)), 5)
    assert expanded.added[0].also == ("River Army",)
