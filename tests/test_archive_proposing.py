"""A proposed rule file reads its own example pages nearly as well as the file a person wrote for the same outlet."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import NoExamples
from archive.model import Page, Report
from archive.pipeline import describe_page
from archive.proposing import Proposal, phrases, propose_outlet
from archive.proposing.agreeing import find_losses, leave_out
from archive.proposing.examples import is_text, read_examples
from archive.proposing.selectors import find_selector
from archive.proposing.writing import Entry, Value, write_file
from archive.rules import load_rule_set, read_outlet
from archive.sources import read
from tests.describing import MORE, PROSE
from tests.factories import make_page

SAMPLES = Path(__file__).parent.parent / "samples"
OUTLETS = ("ferrin-wire", "marrowby-signal", "quillwort-courier", "samphire-features")


def sample_pages(outlet: str) -> list[Page]:
    """Return the sample pages of one outlet."""
    return [page for page in read([SAMPLES / outlet], limit=1_000_000) if isinstance(page, Page)]


def make_html(text: str) -> Page:
    """Return a page of HTML."""
    page = make_page(text, name="page.html")
    return replace(page, source=replace(page.source, media_type="text/html"))


@cache
def proposed(outlet: str) -> Proposal:
    """Return what is proposed for the outlet of these samples."""
    return propose_outlet("copy-of", sample_pages(outlet), load_rule_set())


def written(outlet: str) -> list[Report]:
    """Return what the outlet's own file makes of its samples."""
    return [describe_page(page, load_rule_set()).report for page in sample_pages(outlet)]


def count_alike(outlet: str, field: str) -> int:
    """Return how many samples have the same value by the proposal and by the outlet's own file."""
    pairs = zip(proposed(outlet).tried, written(outlet), strict=True)
    return sum(read_field(tried.report, field) == read_field(own, field) for tried, own in pairs)


def read_field(report: Report, field: str) -> object:
    """Return what of a field is compared."""
    if field == "body":
        return [passage.text for passage in report.body]
    if field == "captions":
        return [caption.text for caption in report.captions]
    return report.title and report.title.value


@pytest.mark.parametrize("outlet", OUTLETS)
def test_a_proposal_finds_every_headline(outlet: str) -> None:
    """The proposed rules read each headline as the outlet's own rules do."""
    assert count_alike(outlet, "title") == len(proposed(outlet).tried)


@pytest.mark.parametrize(("outlet", "most"), [("ferrin-wire", 0), ("marrowby-signal", 1), ("quillwort-courier", 4)])
def test_a_proposal_finds_the_text(outlet: str, most: int) -> None:
    """The text is the same line by line on all pages but so many."""
    assert count_alike(outlet, "body") >= len(proposed(outlet).tried) - most


@pytest.mark.parametrize("outlet", OUTLETS)
def test_a_proposal_recognises_its_pages(outlet: str) -> None:
    """Each page is given to the outlet by the proposed clues alone."""
    assert all(tried.recognised for tried in proposed(outlet).tried)


def test_captions_and_comments_of_text_pages_are_found() -> None:
    """The label above a caption, the credit at its end and the line that opens comments become rules."""
    assert count_alike("samphire-features", "captions") == len(proposed("samphire-features").tried)
    assert sum(len(tried.report.comments) for tried in proposed("samphire-features").tried) > 0


def test_a_proposal_says_what_to_check() -> None:
    """A rule that only the example pages speak for carries a remark, and its reason says on how many it was seen."""
    text = proposed("quillwort-courier").text
    assert "# Check: is this never the report's own?" in text
    assert 'why = "recurs on all 7 pages"' in text


def test_a_rule_by_which_pages_read_worse_is_left_out() -> None:
    """Losing a name, a day, a caption or a part of the text takes the rules about it out of the file, and no others."""
    (read,) = (one.report for one in proposed("samphire-features").tried[:1])
    assert find_losses([read], [read]) == frozenset()
    worse = replace(read, byline=None, body=read.body[:1])
    assert find_losses([read], [worse]) == {"byline", "body"}
    entries = [Entry("rules", {"id": kind, "kind": kind}) for kind in ("title", "byline", "advert")]
    head, kept = leave_out(frozenset({"byline", "body"}), {"key": "x", "body": "main"}, entries)
    assert (head, [entry.id for entry in kept]) == ({"key": "x"}, ["title"])


def test_a_lead_that_stands_apart_is_part_of_the_body() -> None:
    """A body in several places is picked by several selectors."""
    lead, text = f"<div class='lead'>{PROSE}</div>", f"<div class='story'><p>{MORE}</p><p>{PROSE} {MORE}</p></div>"
    page = make_html(
        f"<!DOCTYPE html><body><nav>Home</nav><h1>The bridge is open</h1>{lead}<hr><aside>More</aside>{text}"
    )
    outlet = propose_outlet("tern", [page], load_rule_set()).outlet
    assert sorted((outlet.body or "").split(", ")) == ["div.lead", "div.story"]


def test_without_pages_there_is_nothing_to_propose() -> None:
    """No page, no proposal: the message says what to name."""
    with pytest.raises(NoExamples, match="handful"):
        propose_outlet("tern-gazette", [], load_rule_set())


def test_pages_of_the_rarer_kind_are_left_out_with_a_remark() -> None:
    """Selectors and lines need files of their own."""
    pages = [*sample_pages("marrowby-signal"), *sample_pages("unsigned")]
    assert "1 pages of another kind" in propose_outlet("tern-gazette", pages, load_rule_set()).text


def test_a_selector_must_fit_every_page() -> None:
    """A class that one page lacks is passed over for one they share."""
    body = "<p>The ferry crossed the river on Monday with nine cars and a cow on its deck.</p>" * 4
    foot = "<div class='foot'>Foot</div>"
    pages = [make_html(f"<body><div class='{name} text'>{body}</div>{foot}</body>") for name in ("alpha", "beta")]
    found = find_selector(read_examples(pages, load_rule_set()), is_text)
    assert found is not None
    assert found.selector == "div.text"


def test_of_equal_selectors_the_same_is_proposed_each_time() -> None:
    """Of names that pick the same, the first of the innermost element is taken, whatever order a set would have."""
    body = "<p>The ferry crossed the river on Monday with nine cars and a cow on its deck.</p>" * 4
    names = "lark tern gull crow rook wren"
    page = make_html(
        f"<body><div class='kite hawk'><div class='{names}'>{body}</div></div><p class='foot'>Foot</p></body>"
    )
    found = find_selector(read_examples([page], load_rule_set()), is_text)
    assert found is not None
    assert found.selector == "div.lark"


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("Back to top", "^Back to top$"),
        ("12 Comment(s)", r"^\d+ Comment\(s\)$"),
        ("END 67-0609", r"^END \d+-\d+$"),
    ],
)
def test_a_line_becomes_a_pattern(line: str, pattern: str) -> None:
    """Signs with a meaning are escaped and figures may change."""
    assert phrases.with_figures(line) == pattern


def test_the_first_figures_may_be_named() -> None:
    """A declared number of comments is read by name."""
    assert phrases.with_figures("3 of 4 replies", "count") == r"^(?P<count>\d+) of \d+ replies$"


@pytest.mark.parametrize(
    ("lines", "pattern"),
    [
        (["3 November 2016", "Published on: 4 May 2001"], r"(?P<date>\d{1,2} [A-Z][a-z]+ \d{4})"),
        (["2016-11-03"], r"(?P<date>\d{4}-\d{2}-\d{2})"),
        (["3 November 2016", "2016-11-03"], None),
        ([], None),
    ],
)
def test_days_share_a_form_or_none(lines: list[str], pattern: str | None) -> None:
    """One way of printing days gives a pattern; two do not."""
    assert phrases.day_pattern(lines) == pattern


def test_a_suffix_is_what_every_title_tag_adds() -> None:
    """The site's name is found by what the title tag has more than the headline."""
    pairs = [("A Bridge Opens", "A Bridge Opens - The Gazette"), ("A Ferry Sails", "A Ferry Sails - The Gazette")]
    assert phrases.find_suffix(pairs) == " - The Gazette"
    assert phrases.find_suffix([*pairs, ("Rain", "Rain | Weather")]) is None


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@given(TEXTS, TEXTS, st.integers(0, 999), st.lists(TEXTS, max_size=3))
def test_what_is_written_reads_back(pattern: str, why: str, points: int, suffixes: list[str]) -> None:
    """Whatever a page prints, the file is TOML and says the same."""
    values: dict[str, Value] = {"id": "one", "pattern": pattern, "why": why, "points": points}
    data = tomllib.loads(write_file(["A remark."], {"suffixes": suffixes}, [Entry("rules", values, "check it.")]))
    assert data == {"suffixes": suffixes, "rules": [values]}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_a_proposal_is_a_rule_file(outlet: str) -> None:
    """The text loads under its own name, with every example matched by its pattern."""
    assert read_outlet("copy-of.toml", proposed(outlet).text) == proposed(outlet).outlet
