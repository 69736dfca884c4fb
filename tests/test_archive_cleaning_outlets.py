"""A page's outlet is found among hundreds as it is among few: by asking each of them."""

import re
from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.lines import split_lines
from archive.cleaning.outlets import ENOUGH, MANY, recognise
from archive.model import Given
from archive.rules import OutletRules, Recognise, RuleSet
from tests.describing import shipped

WORDS = ("Tern", "Gull", "News", "of", "the", "Day")
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
patterns = st.one_of(
    phrases.map(re.escape), phrases.map("(?m)^{}$".format), phrases.map("(?i){}".format), phrases.map(r"{}\s*\Z".format)
)
clues = st.builds(
    Recognise,
    st.just("clue"),
    patterns.map(re.compile),
    st.just(""),
    st.integers(1, 3),
    st.sampled_from(["text", "url"]),
)
FILLING = tuple(Recognise("filling", re.compile(f"a line of nobody {n}"), "") for n in range(MANY))


def make_rules(*outlets: tuple[Recognise, ...]) -> RuleSet:
    """Return a rule set of outlets that have these clues and nothing else."""
    made = [OutletRules(f"o{n}", f"O{n}", "", 1, recognise=clues) for n, clues in enumerate(outlets)]
    return replace(shipped(), outlets=MappingProxyType({outlet.key: outlet for outlet in made}))


def list_fitting(outlets: list[tuple[Recognise, ...]], text: str, url: str) -> set[str]:
    """Return the keys of the outlets with points enough, asked one by one."""
    points = [sum(c.points for c in own if c.pattern.search(text if c.where == "text" else url)) for own in outlets]
    best = max([ENOUGH, *points])
    return {f"o{n}" for n, sum_ in enumerate(points) if sum_ == best}


@given(
    st.lists(st.lists(clues, max_size=3).map(tuple), max_size=5), st.lists(phrases, max_size=4).map("\n".join), phrases
)
def test_many_outlets_change_no_answer(outlets: list[tuple[Recognise, ...]], text: str, url: str) -> None:
    """Each page has the outlet that asking one by one would give it, or the issue that says why it has none."""
    blocks, fitting = split_lines(text), list_fitting(outlets, text, url)
    alone = recognise(blocks, {"url": [url]}, make_rules(*outlets), Given())
    among_many = recognise(blocks, {"url": [url]}, make_rules(*outlets, FILLING), Given())
    assert among_many == alone
    assert {alone.claim.key} == fitting if alone.claim is not None else len(fitting) != 1
