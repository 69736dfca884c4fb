"""What a text must hold for a pattern to match it is looked for first, and changes no answer."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.literals import is_anchored, required_literal, search, whole_words
from archive.rules import load_rule_set


def list_patterns() -> Iterator[tuple[str, str]]:
    """Yield every pattern of the rule files with its example."""
    for outlet in (*load_rule_set().outlets.values(), load_rule_set().generic):
        yield from ((clue.pattern.pattern, clue.example) for clue in outlet.recognise)
        yield from ((rule.pattern.pattern, rule.example) for rule in outlet.rules if rule.pattern is not None)


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        (r"^Media ID:\s*(?P<id>\d+)?$", "Media ID:"),
        (r"\| THE GAZETTE\s*$", "| THE GAZETTE"),
        (r"^(?P<count>\d+) Comment\(s\)$", " Comment(s)"),
        (r"colou?r of money", "r of money"),
        (r"(?:told|informed) Tern", " Tern"),
        (r"Goodbye+ now", "Goodbye"),
        (r"x{2,3}yes", "yes"),
        (r"[|]bell[^a]end\x27s27", "bell"),
        (r"one|two", ""),
        (r"(?i)Reply", ""),
        (r"(one) \1", ""),
        (r"\d+-\d+", ""),
    ],
)
def test_the_longest_certain_text_is_found(pattern: str, literal: str) -> None:
    """Groups, classes, escapes and what a quantifier may leave out count for nothing; a choice leaves nothing."""
    assert required_literal(pattern) == literal


@pytest.mark.parametrize(("pattern", "example"), list(list_patterns()))
def test_every_rules_example_holds_its_literal(pattern: str, example: str) -> None:
    """What we look for first stands in every example that the rule files give."""
    assert required_literal(pattern) in example


@pytest.mark.parametrize(
    ("literal", "words"),
    [("told Tern News", ["Tern"]), (" of Tern", ["of"]), (" Tern ", ["Tern"]), ("Tern", []), (" \t", []), ("", [])],
)
def test_a_word_at_a_literals_edge_may_be_part_of_a_longer_one(literal: str, words: list[str]) -> None:
    """Only words with white space on both sides are words of every text that holds the literal."""
    assert whole_words(literal) == words


PIECES = st.sampled_from(
    [
        "ab",
        "c",
        r"\.",
        "[xy]",
        r"\d",
        "(?:de|f)",
        "(g)",
        "h?",
        "i*",
        "j+",
        "k{1,2}",
        r"\bm",
        "^",
        "$",
        "|",
        r"\|",
        "[|]",
    ]
)


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        (r"^a", True), (r"(?i)^(?:one|two)[|]\|$", True), (r"^one|two", False), (r"one", False), (r"(?:^a)", False),
        (r"^*a", False), (r"(?x)^a  # a (", False),
    ],
)  # fmt: skip
def test_a_pattern_that_looks_at_the_first_sign_only_is_known(pattern: str, anchored: bool) -> None:  # noqa: FBT001
    """It need not be tried at every other sign; where any of it may look elsewhere it is."""
    assert is_anchored(pattern) == anchored


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.text("abcdefghijkxym.1", max_size=24))
def test_looking_first_never_changes_the_answer(pattern: str, text: str) -> None:
    """Whatever pattern and text: the quick search answers as the slow one."""
    compiled = re.compile(pattern)
    quick, slow = search(compiled, text), compiled.search(text)
    assert (quick and quick.span()) == (slow and slow.span())
