"""What a match can begin with is told from the expression, and never told wrongly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.openings import index_openings, list_openings, opens_like
from archive.rules import load_rule_set


@pytest.mark.parametrize(
    ("pattern", "openings"),
    [
        (r"(?i)^(?:Back to top|scroll up)\W*$", {"bac", "scr"}), (r"(?:the\s+)?(?P<day>\d{1,2})", {"the", "0"}),
        (r"(?P<a>x)(?:1[5-9]|20)(?P=a)b", {"x00"}), (r"(?P<a>x)(?P=a)b", {"x"}), ("a\tb", {"a b"}),
        (r"(?<!\w)in\s+(?:19|20)\d\d", {"in "}), (r"o?x+y", {"ox", "x"}), (r"\(c\)|©", {"(c)", "©"}),
        (r"(?:early|late)?-?a{2,3}", {"ear", "lat", "-a", "a"}), (r"[ab]c", {""}), (r".*menu", {""}), (r"(?>a)", {""}),
        ("q[1-4]", {"q0"}), ("1|2", {"0"}), (r"\x41b", {""}), ("", {""}),
        (r"ab\x41|de", {""}),
    ],
)  # fmt: skip
def test_openings_are_those_of_every_match(pattern: str, openings: set[str]) -> None:
    """Choices, what may be left out and what has no width are followed; what is not known may be anything."""
    assert list_openings(pattern) == openings


def test_every_rules_example_opens_as_its_pattern_says() -> None:
    """What we look for first stands at the beginning of what a rule meets in its example."""
    for rule in load_rule_set().generic.rules:
        found = rule.pattern.search(rule.example) if rule.pattern is not None else None
        assert found is None or opens_like(list_openings(found.re.pattern), found[0])


def test_an_index_tells_every_expression_that_may_be_found() -> None:
    """A line's beginning tells those that look there; one that looks anywhere may always be found."""
    index = index_openings((r"(?i)^back to top", r"cookies", r"^(?:menu|\d+ comments)", r"^x|^y"))
    told = [index.tell(line) for line in ("BACK up", "12 comments", "meet", "x", "")]
    assert told == [(0, 1, 3), (1, 2, 3), (1, 3), (1, 3), (1, 3)]


PIECES = st.sampled_from(
    "ab S \\. [xy] \\d \\s [0-5] (?:de|f) (g|) h? i* j+ k{1,2} k{0,2} \\b ^ (?=d) |".split()  # noqa: SIM905 - read as pieces
)


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.text("abcdefghijkxy.1sSſKİı ", max_size=24))
def test_no_match_opens_otherwise(pattern: str, text: str) -> None:
    """Whatever expression and text: what is met begins with one of the openings."""
    for found in re.compile(pattern, re.IGNORECASE).finditer(text):
        assert opens_like(list_openings(pattern), found[0])


def test_an_expression_with_a_choice_outside_brackets_may_be_met_anywhere() -> None:
    """Only what can match nowhere else is looked for at a line's beginning alone."""
    assert index_openings(("^Share|Tweet$", "^(?:Share|Tweet)$")).tell("a Tweet") == (0,)
