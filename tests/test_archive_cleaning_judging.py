"""What must hold of every page, known outlet or not: nothing lost, and every verdict with its reason."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.cleaning.cleaner import KEPT
from archive.cleaning.generic import RULE_TEXTS, _join_rules
from archive.cleaning.lines import split_lines
from archive.cleaning.markup import parse_markup
from archive.cleaning.prose import PROSE_RULES
from archive.model import Report, Span
from tests.describing import MORE, PROSE, clean, describe, shipped

OUTLETS = (None, *sorted(shipped().outlets))
# Lines that the shipped rules look for, so that made-up pages meet many rules at once.
MARKS = [
    example for outlet in shipped().outlets.values() for example in [rule.example for rule in outlet.rules] if example
]  # fmt: skip
SHARED = [rule.example for rule in shipped().generic.rules if rule.example]
ODD = ["\u00a0", "Iraq", "12", "IraqWest Asia", "By Jane Roe", "Caption:", "x" * 300, "—", "MOSUL – Rain fell.", "¿?"]
lines = st.sampled_from([*MARKS, *SHARED, *ODD, PROSE, MORE]) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
)
texts = st.lists(lines, min_size=1, max_size=14).map("\n".join).filter(lambda text: text.strip() != "")
tags = st.sampled_from(["p", "h1", "h2", "li", "div class=comments", "div class='related'", "figcaption", "nav", "td"])
pages = st.lists(st.tuples(tags, lines), min_size=1, max_size=12).map(
    lambda parts: "".join(f"<{tag}>{line}</{tag.split()[0]}>" for tag, line in parts)
)
outlets = st.sampled_from(OUTLETS)


@given(st.tuples(lines, st.sampled_from(["", "x ", "(AFP)", " * required fields", " cookie policy"])).map("".join))
def test_no_shared_mark_is_overlooked_by_the_first_glance(line: str) -> None:
    """The quick look before the rules that all pages share passes over no line that one of them fits."""
    rules = shipped().generic.rules
    for text in (line, line.upper(), line.capitalize(), line.casefold()):
        fits = any(rule.pattern is not None and rule.pattern.search(text) for rule in rules)
        assert _join_rules(rules).find(["", text]) == ({1} if fits else set())


@given(texts, outlets)
def test_judging_loses_no_line(text: str, outlet: str | None) -> None:
    """The judged blocks are the blocks of the page, all of them and in order."""
    assert tuple(one.block for one in clean(text, outlet=outlet).blocks) == split_lines(text)


@given(pages.filter(lambda page: parse_markup(page).blocks != ()), outlets)
def test_judging_loses_no_element(page: str, outlet: str | None) -> None:
    """The judged blocks hold every word of an HTML page, in order."""
    judged = clean(page, media_type="text/html", outlet=outlet).blocks
    split = " ".join(block.text for block in parse_markup(page).blocks)
    assert " ".join(one.block.text for one in judged).split() == split.split()


@given(texts, outlets)
def test_every_verdict_has_a_reason(text: str, outlet: str | None) -> None:
    """The rule that a block cites is one of the rules used, or one that the program explains; its kind fits."""
    cleaned = clean(text, outlet=outlet)
    for one in cleaned.blocks:
        assert cleaned.rule_of(one) is not None or one.rule in EXPLAINED
        assert one.kept == (one.kind in KEPT)


EXPLAINED = {*RULE_TEXTS, *PROSE_RULES}


def spans_of(report: Report) -> list[Span]:
    """Return where the parts of a report stand, in page order."""
    spans = [head.span for head in (report.title, report.byline) if head is not None and head.span is not None]
    spans += [passage.span for passage in report.body]
    spans += [caption.span for caption in report.captions]
    spans += [comment.span for comment in report.comments]
    spans += [block.span for block in report.set_aside]
    return sorted(spans, key=lambda span: span.start)


@given(texts, outlets)
@example(f"{PROSE}\nA bridge opens (AFP)\n{PROSE}\nA bridge opens (AFP)", None)
@example("By Jane Roe\nBy John Poe\n" + PROSE, None)
def test_the_parts_of_a_report_are_the_page(text: str, outlet: str | None) -> None:
    """Title, byline, body, captions, comments and what is set aside hold every character of the page once."""
    spans = spans_of(describe(text, outlet=outlet).report)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())


@given(pages, outlets)
@example("<p>By Jane Roe</p><p>By John Poe</p>", None)
@example("<figure><figcaption>A bridge.</figcaption></figure><figcaption>A bridge.</figcaption>", None)
@example("<td>A bridge across the river. (AFP)</td><p>Rain fell.</p><td>A ship in the harbour. (AFP)</td>", None)
def test_the_parts_of_an_html_report_are_its_blocks(page: str, outlet: str | None) -> None:
    """Every block of an HTML page is in one part of the report, and only there."""
    description = describe(page, media_type="text/html", outlet=outlet)
    report, blocks = description.report, description.blocks
    parts = [part.span for group in (report.body, report.captions, report.set_aside) for part in group]
    heads = [one for one in blocks if one.kept and one.kind in {"title", "byline"}]
    for one in blocks:
        if one.kind != "comment" and one not in heads:
            assert sum(part.start <= one.block.span.start and one.block.span.end <= part.end for part in parts) == 1
    for one in heads:
        part = report.title if one.kind == "title" else report.byline
        assert part is not None
        assert part.span is not None
        assert part.span.start < one.block.span.end
        assert one.block.span.start < part.span.end


@given(texts, outlets)
def test_evidence_stands_where_it_says(text: str, outlet: str | None) -> None:
    """The printed form of each piece of evidence is what the page has there, white space folded."""
    for one in describe(text, outlet=outlet).evidence:
        if one.span is not None and one.field != "outlet":
            assert " ".join(text[one.span.start : one.span.end].split()) == one.printed


@pytest.mark.parametrize("outlet", OUTLETS)
def test_describing_is_a_pure_function(outlet: str | None) -> None:
    """The same page under the same rules gives the same description."""
    text = "\n".join([*MARKS, PROSE, MORE])
    assert describe(text, outlet=outlet) == describe(text, outlet=outlet)
